"""Figures → picture: `week_chart(WeekChart(…))` gives the bytes of a PNG. No language and no database in here."""

from handlers.charts.figures import Bar, TrendPoint, WeekChart

__all__ = ["Bar", "TrendPoint", "WeekChart", "week_chart"]


def week_chart(chart: WeekChart) -> bytes:
    """A PNG. What draws is loaded where it is drawn, in the process for pictures, and not where it is asked for."""
    from handlers.charts.week import week_chart as draw

    return draw(chart)
