"""What a supervisor should talk about after a week: from the facts of a team to at most five points, in order.

Each point is about one person, names one target as its evidence (the clearest) and counts the others like it. First
what hinders work and nobody has answered, then results that stay behind, marks that fall, days without direction; the
last place is kept for praise when praise is due.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from models.scoring.coaching_facts import Course, Kind, Note, PersonFacts, Point, Value

MOST = 5
"""Points in one note."""
FAR_BEHIND = Decimal(50)
"""Percent of the expected output below which a target is far behind."""
BEHIND_WEEKS = 3
RECENT, BEFORE = 2, 4
"""Marked weeks compared: the newest with those before them."""
FALL = 10
"""Points by which the mean mark falls before it is spoken of."""
CHOSEN_DAYS = 3
"""Days with a focus from which on it is spoken of that most of them went to something else."""
EXCELLENT, EXCELLENT_WEEKS = 91, 3
"""The scale's highest band (Perka BKN 1/2013: 91–100), and in how many marked weeks running it calls for praise."""

PRAISE = frozenset({Kind.EARLY, Kind.EXCELLENT})
_RANK = {
    Kind.OBSTACLE: 0,
    Kind.NO_OUTPUT: 1,
    Kind.BEHIND: 1,
    Kind.FALLING: 2,
    Kind.NO_TARGET: 3,
    Kind.NO_FOCUS: 4,
    Kind.OTHER_WORK: 4,
    Kind.EARLY: 5,
    Kind.EXCELLENT: 6,
}


def note(people: Sequence[PersonFacts], week: date) -> Note:
    """The note about the week ending on the Sunday `week`."""
    found = sorted((point for person in people for point in _of_person(person, week)), key=_order)
    praise = [point for point in found if point.kind in PRAISE]
    talk = [point for point in found if point.kind not in PRAISE][: MOST - min(len(praise), 1)]
    chosen = (*talk, *praise[: MOST - len(talk)])
    return Note(chosen, len(found) - len(chosen))


def _order(point: Point) -> tuple[int, tuple[Decimal, ...], int, int]:
    return _RANK[point.kind], point.urgency, point.person, point.target or 0


def _of_person(person: PersonFacts, week: date) -> list[Point]:
    """At most one point of each sort about one person. Nobody who was away is spoken of, but for their obstacles."""
    groups = [_obstacles(person)]
    if person.present:
        groups += [
            [point for course in person.courses if (point := _stuck(person, course)) is not None],
            [point for course in person.courses if (point := _falling(person, course, week)) is not None],
            _without_direction(person),
            [point for course in person.courses if (point := _praise(person, course, week)) is not None],
        ]
    return [_first(sorted(group, key=_order)) for group in groups if group]


def _first(group: list[Point]) -> Point:
    return replace(group[0], others=len(group) - 1)


def _obstacles(person: PersonFacts) -> list[Point]:
    return [
        Point(
            Kind.OBSTACLE,
            person.id,
            (Decimal(one.raised_on.toordinal()), Decimal(one.id)),
            one.target,
            {"obstacle": one.id, "since": one.raised_on},
        )
        for one in person.obstacles
    ]


def _stuck(person: PersonFacts, course: Course) -> Point | None:
    """No output though due; or below half of what was expected in each of the last three weeks."""
    running = _weeks_below(course)
    if not running:
        return None
    last = course.weeks[-1]
    kind = Kind.BEHIND if last.realised else Kind.NO_OUTPUT
    if kind is Kind.BEHIND and running < BEHIND_WEEKS:
        return None
    values: dict[str, Value] = {"realised": last.realised, "expected": last.expected, "weeks": running}
    return Point(kind, person.id, (last.percent or Decimal(0), Decimal(-running)), course.id, values)


def _weeks_below(course: Course) -> int:
    """Weeks running, up to the last, in which the target was far behind."""
    running = 0
    for progress in reversed(course.weeks):
        if progress.percent is None or progress.percent >= FAR_BEHIND:
            break
        running += 1
    return running


def _falling(person: PersonFacts, course: Course, week: date) -> Point | None:
    """The mean of the last two marks is lower by ten or more than that of the four before; the newest of this week."""
    marks = course.marks[-RECENT - BEFORE :]
    if len(marks) < RECENT + BEFORE or marks[-1][0] != week:
        return None
    before, now = _mean(marks[:BEFORE]), _mean(marks[BEFORE:])
    if before - now < FALL:
        return None
    return Point(Kind.FALLING, person.id, (now - before,), course.id, {"before": before, "now": now})


def _mean(marks: Sequence[tuple[date, Decimal]]) -> Decimal:
    return sum((mark for _, mark in marks), Decimal(0)) / len(marks)


def _without_direction(person: PersonFacts) -> list[Point]:
    if not person.courses:
        return [Point(Kind.NO_TARGET, person.id, ())]
    if person.asked and not person.chosen:
        return [Point(Kind.NO_FOCUS, person.id, (Decimal(-person.asked),), values={"asked": person.asked})]
    other = person.chosen - person.kept
    if person.chosen >= CHOSEN_DAYS and 2 * person.kept < person.chosen:
        values: dict[str, Value] = {"chosen": person.chosen, "other": other}
        return [Point(Kind.OTHER_WORK, person.id, (Decimal(-other),), values=values)]
    return []


def _praise(person: PersonFacts, course: Course, week: date) -> Point | None:
    return None if course.praised else _early(person, course, week) or _excellent(person, course, week)


def _early(person: PersonFacts, course: Course, week: date) -> Point | None:
    """All that was planned is reached since this week, before the end."""
    last = course.weeks[-1] if course.weeks else None
    earlier = course.weeks[-2].realised if len(course.weeks) > 1 else Decimal(0)
    if last is None or not last.realised >= course.planned > earlier or week >= course.ends_on:
        return None
    values: dict[str, Value] = {"realised": last.realised, "planned": course.planned, "ends_on": course.ends_on}
    return Point(Kind.EARLY, person.id, (Decimal(-(course.ends_on - week).days),), course.id, values)


def _excellent(person: PersonFacts, course: Course, week: date) -> Point | None:
    """The highest marks three marked weeks running, the newest of this week."""
    marks = course.marks[-EXCELLENT_WEEKS:]
    if len(marks) < EXCELLENT_WEEKS or marks[-1][0] != week or any(mark < EXCELLENT for _, mark in marks):
        return None
    mean = _mean(marks)
    return Point(Kind.EXCELLENT, person.id, (-mean,), course.id, {"mean": mean, "weeks": EXCELLENT_WEEKS})
