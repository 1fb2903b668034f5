"""The score from week to week: a line from 0 to 100 that breaks where a week has no score."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from handlers.charts.canvas import INNER, LEFT, PADDING, RIGHT, Canvas
from handlers.charts.figures import TrendPoint
from handlers.charts.legend import Item, Legend
from handlers.charts.lettering import FIGURE, HEADING, SMALL, Type, drawable, fit
from handlers.charts.palette import CARD, GAP, GRID, INK, QUIET, TREND

PLOT = 230  # height of 0–100
HEADROOM = 60  # for the figure above a score of 100
AXIS = 64  # width of the axis' numbers
TICKS = (0, 50, 100)
WORD_GAP = 8  # between the words of two weeks
AWAY = 14  # of words from what they belong to
STEEP = 12  # a fall, in points, whose line would run through words above the point


@dataclass(frozen=True, slots=True)
class Trend:
    """The card of the trend; at least one of `points` has a value."""

    points: Sequence[TrendPoint]
    title: str
    gap_legend: str

    @property
    def height(self) -> int:
        return 2 * PADDING + self._heading + HEADROOM + PLOT + self._depth + AWAY + SMALL.line

    def draw(self, canvas: Canvas, top: float) -> None:
        canvas.card(top, self.height)
        y = top + PADDING
        title = fit(self.title, HEADING, INNER)
        if title:
            canvas.words(LEFT, y, title, HEADING, INK)
        self._legend.draw(canvas, y + (HEADING.line if title else 0))
        self._draw_plot(canvas, y + self._heading + HEADROOM)

    def _draw_plot(self, canvas: Canvas, top: float) -> None:
        bottom = top + PLOT
        for index, point in enumerate(self.points):
            if point.value is None:
                canvas.box(self._x(index) - self._slot / 2, top, self._x(index) + self._slot / 2, bottom, GAP)
        for tick in TICKS:
            y = bottom - PLOT * tick / 100
            canvas.box(LEFT + AXIS, y - 1, RIGHT, y + 1, GRID)
            canvas.words(LEFT + AXIS - 16, y - SMALL.line / 2, str(tick), SMALL, QUIET, align="r")
        for stretch in self._stretches(bottom):
            if len(stretch) > 1:
                canvas.line(stretch, TREND, 6)
            for x, y in stretch:
                canvas.dot(x, y, 9, TREND)
                canvas.dot(x, y, 5, CARD)
        self._draw_words(canvas, bottom)

    def _draw_words(self, canvas: Canvas, bottom: float) -> None:
        last = max(index for index, point in enumerate(self.points) if point.value is not None)
        for index in self._spaced([point.label for point in self.points], SMALL, len(self.points) - 1):
            label = fit(self.points[index].label, SMALL, self._room)
            canvas.words(self._inside(index, label, SMALL), bottom + self._depth + AWAY, label, SMALL, QUIET, align="m")
        for index in self._spaced([point.figure for point in self.points], FIGURE, last):
            value, figure = self.points[index].value, fit(self.points[index].figure, FIGURE, self._room)
            if value is not None:
                y = bottom - PLOT * value / 100 + (AWAY if self._in_valley(index) else -AWAY - FIGURE.line)
                colour = INK if index == last else QUIET
                canvas.words(self._inside(index, figure, FIGURE), y, figure, FIGURE, colour, align="m", halo=CARD)
        value = self.points[last].value
        if value is not None:
            canvas.dot(self._x(last), bottom - PLOT * value / 100, 12, TREND)

    def _stretches(self, bottom: float) -> Iterator[list[tuple[float, float]]]:
        """The points between two gaps."""
        for scored, stretch in groupby(enumerate(self.points), key=lambda item: item[1].value is not None):
            if scored:
                yield [(self._x(index), bottom - PLOT * (point.value or 0) / 100) for index, point in stretch]

    def _spaced(self, texts: Sequence[str], style: Type, anchor: int) -> range:
        """Which weeks have room for their words: every n-th, so that the week `anchor` has its own."""
        widest = max(style.width(fit(text, style, self._room)) for text in texts)
        step = max(1, ceil((widest + WORD_GAP) / self._slot))
        return range(anchor % step, len(texts), step)

    def _in_valley(self, index: int) -> bool:
        """Whether the line comes down steeply to this week and does not go on down: its figure stands below."""
        value = self.points[index].value or 0
        beside = [
            point.value for point in (*self.points[max(index - 1, 0) : index], *self.points[index + 1 : index + 2])
        ]
        rises = [other - value for other in beside if other is not None]
        return bool(rises) and min(rises) >= 0 and max(rises) > STEEP

    @property
    def _depth(self) -> int:
        """How far figures below their points reach under the axis."""
        low = [p.value for index, p in enumerate(self.points) if p.value is not None and self._in_valley(index)]
        return max(0, ceil(AWAY + FIGURE.line - PLOT * min(low, default=100) / 100))

    def _inside(self, index: int, words: str, style: Type) -> float:
        """The middle of words that would else run over the card's right padding."""
        return min(self._x(index), RIGHT + PADDING - 12 - style.width(words) / 2)

    @property
    def _room(self) -> float:
        return max(self._slot - WORD_GAP, 220)

    @property
    def _slot(self) -> float:
        return (INNER - AXIS) / len(self.points)

    def _x(self, index: int) -> float:
        return LEFT + AXIS + self._slot * (index + 0.5)

    @property
    def _legend(self) -> Legend:
        gaps = any(point.value is None for point in self.points)
        return Legend(Item(draw_gap_sample, 26, self.gap_legend if gaps else ""))

    @property
    def _heading(self) -> int:
        return (HEADING.line if drawable(self.title) else 0) + self._legend.height


def draw_gap_sample(canvas: Canvas, x: float, middle: float) -> None:
    canvas.box(x, middle - 13, x + 26, middle + 13, GRID)
    canvas.box(x + 2, middle - 11, x + 24, middle + 11, GAP)
