"""The sheet a chart is drawn on: pixels of the finished picture in, drawn larger and reduced for smooth edges."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw

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
            self._draw.text(
                at, words, halo, style.font, f"{align}s", stroke_width=HALO * SUPERSAMPLING, stroke_fill=halo
            )
        self._draw.text(at, words, colour, style.font, f"{align}s")

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
        file = BytesIO()
        self._image.reduce(SUPERSAMPLING).save(file, "PNG", compress_level=2)
        return file.getvalue()
