"""The sheet a chart is drawn on: pixels of the finished picture in, drawn larger and reduced for smooth edges."""

import zlib
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from math import floor, modf
from struct import pack

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import putchunk

from handlers.charts.lettering import SUPERSAMPLING, Type
from handlers.charts.palette import CARD, PAGE

WIDTH = 1080
MARGIN = 36  # around the cards
PADDING = 40  # inside a card
LEFT = MARGIN + PADDING
RIGHT = WIDTH - LEFT
INNER = RIGHT - LEFT
CORNER = 28
HALO = 6

ALL_CORNERS = (True, True, True, True)
LEFT_CORNERS = (True, False, False, True)


class Canvas:
    def __init__(self, height: int) -> None:
        self._image = Image.new("RGB", (WIDTH * SUPERSAMPLING, height * SUPERSAMPLING), PAGE)
        self._draw = ImageDraw.Draw(self._image)

    def words(
        self, x: float, top: float, words: str, style: Type, colour: str, *, align: str = "l", halo: str | None = None
    ) -> None:
        """Write one line whose line box starts at `top`; `align` is l, m or r of `x`; a halo keeps lines off it."""
        baseline = top + style.line * 0.5 + style.size * 0.36
        at = (x * SUPERSAMPLING, baseline * SUPERSAMPLING)
        if halo:
            self._write(at, words, style, halo, align, HALO * SUPERSAMPLING)
        self._write(at, words, style, colour, align)

    def _write(
        self, at: tuple[float, float], words: str, style: Type, colour: str, align: str, stroke: int = 0
    ) -> None:
        (across, x), (down, y) = modf(at[0]), modf(at[1])
        letters = _letters(words, style, align, across, down, stroke)
        if letters is not None:
            left, top, shape = letters
            self._draw.bitmap((int(x) + left, int(y) + top), shape, colour)

    def box(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        colour: str,
        *,
        radius: float = 0,
        corners: tuple[bool, bool, bool, bool] = ALL_CORNERS,
    ) -> None:
        """Fill left ≤ x < right, top ≤ y < bottom; a box without area leaves no trace."""
        x0, y0, x1, y1 = (round(edge * SUPERSAMPLING) for edge in (left, top, right, bottom))
        if x1 <= x0 or y1 <= y0:
            return
        # Pillow refuses some corners without a straight stretch between them.
        radius = max(0, min(radius * SUPERSAMPLING, (x1 - x0) // 2 - 2, (y1 - y0) // 2 - 2))
        self._draw.rounded_rectangle((x0, y0, x1 - 1, y1 - 1), radius, fill=colour, corners=corners)

    def card(self, top: float, height: float) -> None:
        self.box(MARGIN, top, WIDTH - MARGIN, top + height, CARD, radius=CORNER)

    def polygon(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        self._draw.polygon([(x * SUPERSAMPLING, y * SUPERSAMPLING) for x, y in points], fill=colour)

    def line(self, points: Sequence[tuple[float, float]], colour: str, width: float) -> None:
        scaled = [(x * SUPERSAMPLING, y * SUPERSAMPLING) for x, y in points]
        self._draw.line(scaled, fill=colour, width=round(width * SUPERSAMPLING), joint="curve")

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        self._draw.circle((x * SUPERSAMPLING, y * SUPERSAMPLING), radius * SUPERSAMPLING, fill=colour)

    def png(self) -> bytes:
        """The finished picture. Pillow would try five filters on each row, which takes twice as long and, for flat
        colours, makes the file no smaller.
        """
        image = self._image.reduce(SUPERSAMPLING)
        rows = image.tobytes("raw", image.mode, 3 * image.width + 1)  # and after each of them a zero
        file = BytesIO()
        file.write(b"\x89PNG\r\n\x1a\n")
        putchunk(file, b"IHDR", pack(">2I5B", *image.size, 8, 2, 0, 0, 0))  # 8 bits each of red, green and blue
        putchunk(file, b"IDAT", zlib.compress(b"\0" + rows[:-1], 1))  # before each row a zero: not filtered
        putchunk(file, b"IEND", b"")
        return file.getvalue()


@lru_cache(maxsize=100)
def _letters(
    words: str, style: Type, align: str, across: float, down: float, stroke: int
) -> tuple[int, int, Image.Image] | None:
    """The shape of words, and where from their place it begins, left and top; most are the same in every chart.

    Of their place only what is not a whole pixel makes a difference.
    """
    anchor = f"{align}s"
    left, top, right, bottom = map(floor, style.font.getbbox(words, anchor=anchor, stroke_width=stroke))
    if right <= left or bottom <= top:
        return None
    left, top = left - 1, top - 1
    shape = Image.new("L", (right - left + 2, bottom - top + 2))
    at = (across - left, down - top)
    ImageDraw.Draw(shape).text(at, words, 255, style.font, anchor, stroke_width=stroke, stroke_fill=255)
    return left, top, shape
