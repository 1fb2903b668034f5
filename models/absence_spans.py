"""Spans of dates, both ends included: what is left of one beside another, and what two make together. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeAlias

Span: TypeAlias = tuple[date, date]
DAY = timedelta(days=1)


def touch(one: Span, other: Span) -> bool:
    """They have a day in common."""
    return one[0] <= other[1] and other[0] <= one[1]


def without(span: Span, taken: Span) -> list[Span]:
    """What is left of a span: nothing, one piece, or the pieces before and after."""
    if not touch(span, taken):
        return [span]
    before, after = (span[0], taken[0] - DAY), (taken[1] + DAY, span[1])
    return [piece for piece in (before, after) if piece[0] <= piece[1]]


def together(spans: Iterable[Span]) -> Span:
    """The shortest span that holds all of them."""
    found = list(spans)
    return min(span[0] for span in found), max(span[1] for span in found)
