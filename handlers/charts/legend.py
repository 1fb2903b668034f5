"""What the marks of a chart mean: samples with words beside them, in as many lines as they need."""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.charts.canvas import INNER, LEFT, Canvas
from handlers.charts.lettering import SMALL, drawable, fit
from handlers.charts.palette import QUIET

ABOVE = 6
GAP = 14  # between a sample and its words
APART = 36


@dataclass(frozen=True, slots=True)
class Item:
    """`sample` draws at x around a middle height, `width` wide; without words the item is left out."""

    sample: Callable[[Canvas, float, float], None]
    width: int
    words: str


class Legend:
    def __init__(self, *items: Item) -> None:
        self._placed: list[tuple[Item, str, float, int]] = []
        x, y = float(LEFT), ABOVE
        for item in items:
            if not drawable(item.words):
                continue
            words = fit(item.words, SMALL, INNER - item.width - GAP)
            width = item.width + GAP + SMALL.width(words)
            if x > LEFT and x + width > LEFT + INNER:
                x, y = float(LEFT), y + SMALL.line
            self._placed.append((item, words, x, y))
            x += width + APART

    @property
    def height(self) -> int:
        return self._placed[-1][3] + SMALL.line if self._placed else 0

    def draw(self, canvas: Canvas, top: float) -> None:
        for item, words, x, y in self._placed:
            item.sample(canvas, x, top + y + SMALL.line / 2)
            canvas.words(x + item.width + GAP, top + y, words, SMALL, QUIET)
