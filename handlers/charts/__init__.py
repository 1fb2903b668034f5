"""Figures → picture: `week_chart(WeekChart(…))` gives the bytes of a PNG. No language and no database in here."""

from handlers.charts.figures import Bar, TrendPoint, WeekChart
from handlers.charts.week import week_chart

__all__ = ["Bar", "TrendPoint", "WeekChart", "week_chart"]
