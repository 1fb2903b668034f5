"""Progress of each goal against plan: one row per goal, one scale for all."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.charts.canvas import INNER, LEFT, LEFT_CORNERS, PADDING, RIGHT, Canvas
from handlers.charts.figures import Bar
from handlers.charts.legend import Item, Legend
from handlers.charts.lettering import CAPTION, HEADING, LABEL, drawable, fit, wrap
from handlers.charts.palette import CARD, DONE, INK, OVER, QUIET, TRACK

THICK = 28
ROUND = 9
ABOVE, BELOW, BETWEEN = 10, 7, 26  # the bar, and between rows
LONGEST = 200.0  # percent; a longer bar is drawn broken, lest it flatten all the others
MARK = 5
OVERHANG = 8  # of the plan's mark above and below a bar


@dataclass(frozen=True, slots=True)
class Goals:
    """The card of the goals; `bars` is not empty."""

    bars: Sequence[Bar]
    title: str
    plan_legend: str
    over_legend: str

    @property
    def height(self) -> int:
        rows = sum(len(self._label(bar)) * LABEL.line + ABOVE + THICK + BELOW + self._caption(bar) for bar in self.bars)
        return 2 * PADDING + self._heading + rows + BETWEEN * (len(self.bars) - 1)

    def draw(self, canvas: Canvas, top: float) -> None:
        canvas.card(top, self.height)
        y = top + PADDING
        title = fit(self.title, HEADING, INNER)
        if title:
            canvas.words(LEFT, y, title, HEADING, INK)
        self._legend.draw(canvas, y + (HEADING.line if title else 0))
        y += self._heading
        for bar in self.bars:
            y = self._draw_row(canvas, bar, y) + BETWEEN

    def _draw_row(self, canvas: Canvas, bar: Bar, y: float) -> float:
        canvas.words(RIGHT, y, self._figure(bar), LABEL, INK, align="r")
        for line in self._label(bar):
            canvas.words(LEFT, y, line, LABEL, INK)
            y += LABEL.line
        y += ABOVE
        self._draw_bar(canvas, bar.percent_of_plan, y)
        y += THICK + BELOW
        if self._caption(bar):
            canvas.words(LEFT, y, fit(bar.caption, CAPTION, INNER), CAPTION, QUIET)
        return y + self._caption(bar)

    def _draw_bar(self, canvas: Canvas, percent: float, y: float) -> None:
        plan, end = self._x(100), self._x(min(percent, LONGEST))
        canvas.box(LEFT, y, plan, y + THICK, TRACK, radius=ROUND, corners=LEFT_CORNERS)
        if percent > 100:
            canvas.box(LEFT, y, end, y + THICK, OVER, radius=ROUND)
        canvas.box(LEFT, y, min(end, plan), y + THICK, DONE, radius=ROUND, corners=LEFT_CORNERS)
        if percent > LONGEST:
            draw_break(canvas, end - 2.2 * THICK, y)
        draw_plan_mark(canvas, plan, y)

    def _x(self, percent: float) -> float:
        """Where a percent lies; the scale ends at the longest bar, never before the plan."""
        furthest = max(100.0, *(min(bar.percent_of_plan, LONGEST) for bar in self.bars))
        return LEFT + INNER * percent / furthest

    def _label(self, bar: Bar) -> list[str]:
        figures = max(LABEL.width(self._figure(one)) for one in self.bars)
        return wrap(bar.label, LABEL, INNER - (figures + 28 if figures else 0)) or [""]

    def _figure(self, bar: Bar) -> str:
        return fit(bar.figure, LABEL, INNER / 4)

    def _caption(self, bar: Bar) -> int:
        return CAPTION.line if drawable(bar.caption) else 0

    @property
    def _legend(self) -> Legend:
        over = any(bar.percent_of_plan > 100 for bar in self.bars)
        return Legend(
            Item(draw_plan_sample, MARK + 4, self.plan_legend),
            Item(draw_over_sample, 26, self.over_legend if over else ""),
        )

    @property
    def _heading(self) -> int:
        height = (HEADING.line if drawable(self.title) else 0) + self._legend.height
        return height + 24 if height else 0


def draw_plan_mark(canvas: Canvas, x: float, y: float) -> None:
    """The line of 100 percent, ending at `x`, ringed so that it stands out from a bar as from its track."""
    top, bottom = y - OVERHANG, y + THICK + OVERHANG
    canvas.box(x - MARK - 2, top, x + 2, bottom, CARD)
    canvas.box(x - MARK, top, x, bottom, INK)


def draw_break(canvas: Canvas, x: float, y: float) -> None:
    """Two slits across a bar: it goes on further than it is drawn."""
    for left in (x, x + 18):
        slit = ((left + 8, y - 1), (left + 16, y - 1), (left + 8, y + THICK + 1), (left, y + THICK + 1))
        canvas.polygon(slit, CARD)


def draw_plan_sample(canvas: Canvas, x: float, middle: float) -> None:
    canvas.box(x + 2, middle - 16, x + 2 + MARK, middle + 16, INK)


def draw_over_sample(canvas: Canvas, x: float, middle: float) -> None:
    canvas.box(x, middle - 12, x + 26, middle + 12, OVER, radius=6)
