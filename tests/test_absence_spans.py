"""What is left of one span beside another, and what spans make together."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.absence_rules import is_same
from models.absence_spans import Span, together, touch, without

FIRST = date(2026, 11, 1)


def day(number: int) -> date:
    return FIRST + timedelta(days=number - 1)


def days(span: Span) -> set[date]:
    return {span[0] + timedelta(days=n) for n in range((span[1] - span[0]).days + 1)}


@pytest.mark.parametrize(
    ("span", "taken", "left"),
    [
        ((1, 5), (6, 9), [(1, 5)]),
        ((1, 5), (1, 5), []),
        ((2, 4), (1, 9), []),
        ((1, 5), (1, 2), [(3, 5)]),
        ((1, 5), (5, 9), [(1, 4)]),
        ((1, 5), (3, 3), [(1, 2), (4, 5)]),
    ],
)
def test_what_is_left(span: tuple[int, int], taken: tuple[int, int], left: list[tuple[int, int]]) -> None:
    found = without((day(span[0]), day(span[1])), (day(taken[0]), day(taken[1])))
    assert found == [(day(first), day(last)) for first, last in left]


SPANS = st.tuples(st.integers(1, 40), st.integers(0, 15)).map(lambda pair: (day(pair[0]), day(pair[0] + pair[1])))


@given(SPANS, SPANS)
def test_a_span_is_what_is_left_of_it_and_what_is_taken(span: Span, taken: Span) -> None:
    pieces = [days(piece) for piece in without(span, taken)]
    assert set().union(*pieces) == days(span) - days(taken)
    assert sum(len(piece) for piece in pieces) == len(days(span) - days(taken))
    assert touch(span, taken) == touch(taken, span) == bool(days(span) & days(taken))


@given(st.lists(SPANS, min_size=1))
def test_together_they_hold_every_day_and_begin_and_end_with_one(spans: list[Span]) -> None:
    whole = together(spans)
    assert set().union(*(days(span) for span in spans)) <= days(whole)
    assert whole[0] in {span[0] for span in spans}
    assert whole[1] in {span[1] for span in spans}


@pytest.mark.parametrize(
    ("kind", "other", "same"),
    [
        ("annual", "annual", True),
        ("leave", "annual", True),
        ("annual", "leave", True),
        ("leave", "sick", False),
        ("annual", "sick", False),
        ("leave", "duty_travel", False),
    ],
)
def test_which_kinds_go_on_in_each_other(kind: str, other: str, same: bool) -> None:
    assert is_same(kind, other) is same
