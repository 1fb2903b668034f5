"""The picture of a unit's week, from top to bottom."""

from collections.abc import Sequence
from typing import Protocol

from handlers.charts.bars import Goals
from handlers.charts.canvas import INNER, LEFT, MARGIN, Canvas
from handlers.charts.figures import WeekChart
from handlers.charts.lettering import SMALL, SUBTITLE, TITLE, Type, wrap
from handlers.charts.palette import INK, QUIET
from handlers.charts.trend import Trend

BETWEEN = 24


class Block(Protocol):
    @property
    def height(self) -> int: ...

    def draw(self, canvas: Canvas, top: float) -> None: ...


class Paragraphs:
    """Words on the bare page: (text, style, colour), each in at most two lines; those without words are left out."""

    def __init__(self, *texts: tuple[str, Type, str]) -> None:
        self._lines = [(line, style, ink) for text, style, ink in texts for line in wrap(text, style, INNER)]

    @property
    def height(self) -> int:
        return sum(style.line for _, style, _ in self._lines)

    def draw(self, canvas: Canvas, top: float) -> None:
        for line, style, colour in self._lines:
            canvas.words(LEFT, top, line, style, colour)
            top += style.line


def week_chart(chart: WeekChart) -> bytes:
    """The PNG of a unit's week, 1,080 pixels wide and as high as its content; same values, same bytes.

    Pure and slow (tenths of a second): call it in another process.
    """
    blocks = [block for block in _blocks(chart) if block.height]
    height = 2 * MARGIN + sum(block.height for block in blocks) + BETWEEN * max(len(blocks) - 1, 0)
    canvas = Canvas(height)
    top = MARGIN
    for block in blocks:
        block.draw(canvas, top)
        top += block.height + BETWEEN
    return canvas.png()


def _blocks(chart: WeekChart) -> Sequence[Block]:
    blocks: list[Block] = [Paragraphs((chart.title, TITLE, INK), (chart.subtitle, SUBTITLE, QUIET))]
    if chart.bars:
        blocks.append(Goals(chart.bars, chart.bars_title, chart.plan_legend, chart.over_legend))
    if any(point.value is not None for point in chart.trend):
        blocks.append(Trend(chart.trend, chart.trend_title, chart.gap_legend))
    return [*blocks, Paragraphs((chart.footer, SMALL, QUIET))]
