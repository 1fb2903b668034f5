"""What a supervisor should talk about: the rule by table, and what holds for any team."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.scoring import coaching
from models.scoring.coaching import MOST, PRAISE
from models.scoring.coaching_facts import Course, Kind, OpenObstacle, PersonFacts, Point, Progress, Value

D = Decimal
WEEK = date(2026, 11, 22)
END = date(2026, 12, 31)


def weeks_ago(count: int) -> date:
    return WEEK - timedelta(weeks=count)


def course(*progress: tuple[int, int], marks: Sequence[int] = (), **given: object) -> Course:
    """(expected, realised) of the last weeks and the marks of the last weeks, the oldest first."""
    ran = [Progress(weeks_ago(len(progress) - n), D(e), D(r)) for n, (e, r) in enumerate(progress, 1)]
    marked = [(weeks_ago(len(marks) - n), D(mark)) for n, mark in enumerate(marks, 1)]
    return replace(Course(id=7, planned=D(100), ends_on=END, weeks=ran, marks=marked), **given)  # type: ignore[arg-type]


FINE = course((30, 30), (40, 40), (50, 50))


def person(*courses: Course, **given: object) -> PersonFacts:
    return replace(PersonFacts(id=1, present=True, courses=courses or (FINE,)), **given)  # type: ignore[arg-type]


def said(*people: PersonFacts) -> list[tuple[Kind, int, int | None, dict[str, Value], int]]:
    points = coaching.note(people, WEEK).points
    return [(point.kind, point.person, point.target, dict(point.values), point.others) for point in points]


def obstacle(id_: int, days_ago: int, target: int | None = None) -> OpenObstacle:
    return OpenObstacle(id_, WEEK - timedelta(days=days_ago), target)


@pytest.mark.parametrize(
    ("one", "kind", "target", "values"),
    [
        (person(obstacles=[obstacle(3, 5)]), Kind.OBSTACLE, None, {"obstacle": 3, "since": date(2026, 11, 17)}),
        (person(course((0, 0), (4, 0))), Kind.NO_OUTPUT, 7, {"realised": D(0), "expected": D(4), "weeks": 1}),
        (
            person(course((10, 6), (20, 9), (30, 12), (40, 19))),
            Kind.BEHIND,
            7,
            {"realised": D(19), "expected": D(40), "weeks": 3},
        ),
        (
            person(course((50, 50), marks=[85, 90, 95, 90, 80, 80])),
            Kind.FALLING,
            7,
            {"before": D(90), "now": D(80)},
        ),
        (replace(person(), courses=()), Kind.NO_TARGET, None, {}),
        (person(asked=5), Kind.NO_FOCUS, None, {"asked": 5}),
        (person(asked=5, chosen=4, kept=1), Kind.OTHER_WORK, None, {"chosen": 4, "other": 3}),
        (
            person(course((80, 90), (85, 100))),
            Kind.EARLY,
            7,
            {"realised": D(100), "planned": D(100), "ends_on": END},
        ),
        (person(course((50, 50), marks=[70, 91, 100, 94])), Kind.EXCELLENT, 7, {"mean": D(95), "weeks": 3}),
    ],
)
def test_each_sort_of_point_with_its_evidence(
    one: PersonFacts, kind: Kind, target: int | None, values: dict[str, Value]
) -> None:
    assert said(one) == [(kind, 1, target, values, 0)]


@pytest.mark.parametrize(
    "one",
    [
        person(),
        person(course((0, 0))),  # nothing is due yet
        person(course((30, 30), (20, 9), (30, 12))),  # far behind for two weeks
        person(course((10, 4), (20, 9), (30, 15))),  # half is not far behind
        person(course((50, 50), marks=[90, 90, 90, 90, 81, 81])),  # nine points
        person(course((50, 50), marks=[90, 90, 90, 60, 60])),  # too few to compare
        person(replace(course((50, 50)), marks=[(weeks_ago(n), D(90 - 5 * (6 - n))) for n in range(6, 0, -1)])),
        person(asked=5, chosen=1),
        person(course((80, 100), (85, 100))),  # reached before this week
        person(course((80, 90), (100, 100), ends_on=WEEK)),  # reached, not early
        person(course((80, 90), (85, 100), praised=True)),
        person(course((50, 50), marks=[90, 91, 100])),
        person(course((50, 50), marks=[100, 91])),
        person(course((50, 50), marks=[95, 95, 95], praised=True)),
        replace(person(course((4, 0)), asked=5), present=False),
        replace(person(), courses=(), present=False),
    ],
)
def test_nothing_to_say(one: PersonFacts) -> None:
    assert coaching.note([one], WEEK) == coaching.Note((), 0)


def test_the_clearest_of_several_stands_for_all() -> None:
    behind = course((10, 1), (20, 2), (30, 3), id=8)
    none = [course((4, 0), id=9), course((9, 0), (9, 0), id=10)]
    assert said(person(behind, *none, obstacles=[obstacle(5, 1), obstacle(4, 9, 8)])) == [
        (Kind.OBSTACLE, 1, 8, {"obstacle": 4, "since": date(2026, 11, 13)}, 1),
        (Kind.NO_OUTPUT, 1, 10, {"realised": D(0), "expected": D(9), "weeks": 2}, 2),
    ]


def test_who_was_away_is_spoken_of_for_an_obstacle_only() -> None:
    away = replace(person(course((4, 0)), obstacles=[obstacle(3, 5)]), present=False)
    assert [kind for kind, *_ in said(away)] == [Kind.OBSTACLE]


def test_in_order_and_the_last_place_for_praise() -> None:
    people = [
        person(course((50, 50), marks=[95, 95, 95]), id=1),
        person(id=2, asked=4),
        person(id=3, asked=5),
        replace(person(id=4), courses=()),
        person(course((50, 50), marks=[90, 90, 90, 90, 70, 70]), id=5),
        person(course((9, 2), (9, 2), (9, 2)), id=6),
        person(course((9, 0)), id=7),
    ]
    assert [(point[0], point[1]) for point in said(*people)] == [
        (Kind.NO_OUTPUT, 7),
        (Kind.BEHIND, 6),
        (Kind.FALLING, 5),
        (Kind.NO_TARGET, 4),
        (Kind.EXCELLENT, 1),
    ]
    assert coaching.note(people, WEEK).left == 2
    assert [point[1] for point in said(*people[1:])] == [7, 6, 5, 4, 3]


courses = st.builds(
    course,
    st.tuples(st.integers(0, 9), st.integers(0, 9)),
    st.tuples(st.integers(10, 50), st.integers(0, 100)),
    st.tuples(st.integers(50, 90), st.integers(0, 110)),
    marks=st.lists(st.integers(40, 100), max_size=7),
    id=st.integers(1, 50),
    praised=st.booleans(),
)
people = st.lists(
    st.builds(
        PersonFacts,
        id=st.integers(1, 1000),
        present=st.booleans(),
        courses=st.lists(courses, max_size=4, unique_by=lambda one: one.id),
        obstacles=st.lists(st.builds(obstacle, st.integers(1, 99), st.integers(0, 40)), max_size=2),
        asked=st.integers(0, 5),
        chosen=st.integers(0, 5),
        kept=st.integers(0, 3),
    ),
    max_size=12,
    unique_by=lambda one: one.id,
)


@given(people, st.randoms())
def test_at_most_five_and_always_the_same(team: list[PersonFacts], random: object) -> None:
    shuffled = team[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    note = coaching.note(team, WEEK)
    assert len(note.points) <= MOST
    assert coaching.note(shuffled, WEEK) == note
    assert note.left == 0 or len(note.points) == MOST


@given(people)
def test_no_point_without_evidence(team: list[PersonFacts]) -> None:
    by_id = {one.id: one for one in team}
    for point in coaching.note(team, WEEK).points:
        assert _is_evident(point, by_id[point.person])


def _is_evident(point: Point, one: PersonFacts) -> bool:
    target = next((course for course in one.courses if course.id == point.target), None)
    if point.kind is Kind.OBSTACLE:
        return point.values["obstacle"] in {obstacle.id for obstacle in one.obstacles}
    if point.kind is Kind.NO_TARGET:
        return one.present and not one.courses
    if point.kind is Kind.NO_FOCUS:
        return one.present and one.asked > 0 and one.chosen == 0
    if point.kind is Kind.OTHER_WORK:
        return one.present and one.chosen >= 3 and one.kept < one.chosen / 2
    assert target is not None
    assert one.present
    last = target.weeks[-1]
    return {
        Kind.NO_OUTPUT: last.realised == 0 < last.expected,
        Kind.BEHIND: all(w.expected > 0 and 2 * w.realised < w.expected for w in target.weeks),
        Kind.FALLING: len(target.marks) >= 6,
        Kind.EARLY: last.realised >= target.planned,
        Kind.EXCELLENT: all(mark >= 91 for _, mark in target.marks[-3:]),
    }[point.kind]


@given(people)
def test_praise_that_is_due_is_said(team: list[PersonFacts]) -> None:
    """Due for any one of them by themselves: then somebody is praised in the note for all."""
    alone = [point for one in team for point in coaching.note([one], WEEK).points]
    note = coaching.note(team, WEEK)
    assert any(p.kind in PRAISE for p in alone) == any(p.kind in PRAISE for p in note.points)


@given(people)
def test_points_stand_in_the_order_in_which_they_are_talked_about(team: list[PersonFacts]) -> None:
    order = [Kind.OBSTACLE, Kind.BEHIND, Kind.FALLING, Kind.NO_TARGET, Kind.NO_FOCUS, Kind.EARLY, Kind.EXCELLENT]
    same = {Kind.NO_OUTPUT: Kind.BEHIND, Kind.OTHER_WORK: Kind.NO_FOCUS}
    kinds = [same.get(point.kind, point.kind) for point in coaching.note(team, WEEK).points]
    assert [order.index(kind) for kind in kinds] == sorted(order.index(kind) for kind in kinds)
