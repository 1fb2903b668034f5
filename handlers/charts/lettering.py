"""Words in the bundled font: what it can draw, how wide it is, where it breaks."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont

FONTS = Path(__file__).parents[1] / "fonts"
SUPERSAMPLING = 2
ELLIPSIS = "…"
KEPT = 1_000
"""Words of which it is remembered how wide they are and what of them can be drawn: each is asked for many times."""


@dataclass(frozen=True, slots=True)
class Type:
    """A style of text; size and line height in pixels of the finished picture."""

    weight: str
    size: int
    line: int

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        return _font(self.weight, self.size * SUPERSAMPLING)

    def width(self, words: str) -> float:
        return _width(self, words)


TITLE = Type("SemiBold", 46, 58)
SUBTITLE = Type("Regular", 30, 44)
HEADING = Type("SemiBold", 34, 46)
LABEL = Type("SemiBold", 31, 40)
CAPTION = Type("Regular", 28, 36)
FIGURE = Type("SemiBold", 26, 36)
SMALL = Type("Regular", 26, 36)


# The basic layout engine is in every build of Pillow, so that the same picture has the same bytes everywhere.
@lru_cache(maxsize=32)
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    path = FONTS / f"PlusJakartaSans-{weight}.ttf"
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=KEPT)
def _width(style: Type, words: str) -> float:
    return style.font.getlength(words) / SUPERSAMPLING


@lru_cache(maxsize=1)
def _known() -> frozenset[int]:
    with (
        TTFont(FONTS / "PlusJakartaSans-Regular.ttf") as regular,
        TTFont(FONTS / "PlusJakartaSans-SemiBold.ttf") as bold,
    ):
        return frozenset(regular.getBestCmap()) & frozenset(bold.getBestCmap())


@lru_cache(maxsize=KEPT)
def drawable(words: str) -> str:
    """The words without what the font lacks (emoji, other scripts), styled letters made plain, on one line."""
    kept = "".join(_drawable_form(letter) for letter in unicodedata.normalize("NFC", words))
    return " ".join(kept.split())


def _drawable_form(letter: str) -> str:
    if letter.isspace():
        return " "
    plain = letter if ord(letter) in _known() else unicodedata.normalize("NFKD", letter)
    return "".join(part for part in plain if ord(part) in _known() and unicodedata.category(part)[0] not in "CM")


def fit(words: str, style: Type, width: float) -> str:
    """One line no wider than `width`, with an ellipsis where it was cut; "" stays ""."""
    words = drawable(words)
    if style.width(words) <= width:
        return words
    end = _longest(words, style, width - style.width(ELLIPSIS))
    return words[:end].rstrip(" ,;:.–-") + ELLIPSIS


def wrap(words: str, style: Type, width: float, lines: int = 2) -> list[str]:
    """At most `lines` lines of about the same length, the last cut with an ellipsis if need be; no line for ""."""
    words = drawable(words)
    filled = _fill(words, style, width, lines)
    if len(filled) > 1 and style.width(words) <= width * len(filled) * 0.95:
        narrower = (_fill(words, style, width * part / 20, lines) for part in range(10, 20))
        return next((even for even in narrower if " ".join(even) == words), filled)
    return filled


def _fill(words: str, style: Type, width: float, lines: int) -> list[str]:
    """Lines as full as they go, broken between words or, in a word wider than the line, inside it."""
    left = words
    wrapped: list[str] = []
    while left and len(wrapped) < lines - 1 and style.width(left) > width:
        end = max(_longest(left, style, width), 1)
        space = left.rfind(" ", 0, end + 1)
        end = space if space > 0 else end
        wrapped.append(left[:end].rstrip())
        left = left[end:].lstrip()
    return [*wrapped, fit(left, style, width)] if left else wrapped


def _longest(words: str, style: Type, width: float) -> int:
    """How many letters fit; found by halving, since a message can be long."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if style.width(words[:middle]) <= width else (low, middle - 1)
    return low
