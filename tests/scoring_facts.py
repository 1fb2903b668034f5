"""Facts for the tests of the weekly score: a target of 20 workdays, four weeks of March 2026."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from models.scoring.facts import TargetFacts

D = Decimal
START = date(2026, 3, 2)  # a Monday
END = date(2026, 3, 27)  # the Friday of the fourth week: 20 workdays
FIRST, SECOND, THIRD, FOURTH = (START + timedelta(days=6 + 7 * weeks) for weeks in range(4))


def weekdays(start: date, end: date) -> list[date]:
    days = (start + timedelta(days=n) for n in range((end - start).days + 1))
    return [day for day in days if day.weekday() < 5]


def target(
    code: str = "R1",
    *,
    planned: str = "20",
    weight: str | None = None,
    milestone: bool = False,
    absent: Sequence[date] = (),
    outputs: Sequence[tuple[date, str]] = (),
    marks: Mapping[date, int | Decimal | None] | None = None,
    start: date = START,
    end: date = END,
) -> TargetFacts:
    return TargetFacts(
        code=code,
        title="Laporan pengawasan selesai",
        planned=D(planned),
        unit="laporan",
        weight=None if weight is None else D(weight),
        starts_on=start,
        ends_on=end,
        milestone=milestone,
        workdays=weekdays(START - timedelta(days=14), END + timedelta(days=14)),
        absent=frozenset(absent),
        outputs=[(day, D(output)) for day, output in outputs],
        marks=marks or {},
    )


DAY2, DAY9 = START + timedelta(days=1), START + timedelta(days=8)
DAY16 = START + timedelta(days=15)


outputs = st.lists(
    st.tuples(
        st.dates(START - timedelta(days=7), END + timedelta(days=7)),
        st.decimals(0, 40, places=1),
    ),
    max_size=8,
)
marks = st.dictionaries(st.sampled_from([FIRST, SECOND, THIRD, FOURTH]), st.none() | st.integers(0, 100), max_size=4)
weeks = st.sampled_from([FIRST, SECOND, THIRD, FOURTH])


@st.composite
def facts(draw: st.DrawFn) -> TargetFacts:
    start = draw(st.sampled_from([day for day in weekdays(START, END) if day <= DAY16]))
    return replace(
        target(
            code=draw(st.sampled_from(["R1", "R2", "R3"])),
            start=start,
            end=draw(st.sampled_from([day for day in weekdays(START, END) if day >= start])),
            milestone=draw(st.booleans()),
            absent=draw(st.lists(st.sampled_from(weekdays(START, END)), max_size=15)),
            marks=draw(marks),
        ),
        planned=draw(st.decimals("0.1", 60, places=1) | st.integers(1, 60).map(D)),
        weight=draw(st.none() | st.decimals("0.1", 100, places=1)),
        outputs=draw(outputs),
    )


def random_facts(random: Random, code: str) -> TargetFacts:
    """As `facts()`, by plain random numbers: for many of them."""
    days = weekdays(START, END)
    start = random.randrange(len(days))
    month = [START + timedelta(days=n) for n in range(-7, 33)]
    sundays = random.sample([FIRST, SECOND, THIRD, FOURTH], random.randint(0, 4))
    return replace(
        target(
            code=code,
            start=days[start],
            end=days[random.randrange(start, len(days))],
            milestone=random.random() < 0.3,
            absent=random.sample(days, random.randint(0, 15)),
            marks={
                sunday: random.choice([None, *range(101)] if random.random() < 0.7 else [None]) for sunday in sundays
            },
        ),
        planned=D(random.randint(1, 60)) if random.random() < 0.5 else D(random.randint(1, 600)) / 10,
        weight=None if random.random() < 0.3 else D(random.randint(1, 1000)) / 10,
        outputs=[(random.choice(month), D(random.randint(0, 400)) / 10) for _ in range(random.randint(0, 8))],
    )
