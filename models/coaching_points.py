"""The facts behind a supervisor's weekly note, read for the whole team at once."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from models import duty, facts, focus, obstacles, rosters
from models.agencies import Agency
from models.coaching import Feedback
from models.database import Session
from models.employees import Deputy, Employee
from models.obstacles import Obstacle
from models.results import monday_of
from models.scoring import coaching
from models.scoring.coaching_facts import Course, Note, OpenObstacle, PersonFacts, Progress
from models.scoring.facts import TargetFacts
from models.scoring.weekly import State, score_target
from models.targets import Target

WEEKS = 8
"""Weeks through the note's that are looked at."""
PRAISE_LASTS = timedelta(weeks=4)
"""Who has had feedback about a target so lately is not to be praised for it again."""
OUT = frozenset({State.NOT_STARTED, State.ENDED})


@dataclass(frozen=True, slots=True)
class TeamNote:
    """The note with what its points name, each by id."""

    note: Note
    people: dict[int, Employee]
    targets: dict[int, Target]
    obstacles: dict[int, Obstacle]


async def of_team(session: Session, supervisor: Employee, week: date, *, on: date) -> TeamNote:
    """The note about the week ending on the Sunday `week`, to whoever reviews these people on the date `on`."""
    team = await duty.team_of(session, supervisor, on=on)
    people = {person.id: person for person in team if person.left_on is None or person.left_on > on}
    courses = await _courses(session, people.values(), week)
    stand = await obstacles.open_of(session, people)
    there = await _present(session, list(people.values()), week)
    asked, chosen, kept = await _focus(session, supervisor.agency_id, people, week)
    known = [
        PersonFacts(
            id=id_,
            present=id_ in there,
            courses=courses.get(id_, ()),
            obstacles=[OpenObstacle(o.id, o.raised_on, o.target_id) for o in stand if o.employee_id == id_],
            asked=asked[id_],
            chosen=chosen[id_],
            kept=kept[id_],
        )
        for id_ in people
    ]
    note = coaching.note(known, week)
    named = {point.target for point in note.points if point.target is not None}
    rows = (await session.exec(select(Target).where(col(Target.id).in_(named)))).all()
    return TeamNote(note, people, {row.id: row for row in rows}, {row.id: row for row in stand})


def progress(owed: TargetFacts, week: date, *, weeks: int) -> list[Progress]:
    """Expected and approved output of the last weeks in which the target ran, the oldest first."""
    found = []
    for n in range(weeks - 1, -1, -1):
        score = score_target(owed, week - timedelta(weeks=n))
        if score.state not in OUT:
            found.append(
                Progress(week - timedelta(weeks=n), score.expected or Decimal(0), score.realised or Decimal(0))
            )
    return found


async def _courses(session: Session, people: Iterable[Employee], week: date) -> dict[int, list[Course]]:
    by_person = await facts.of_people(session, people, week)
    praised = await _praised(session, by_person, week)
    return {
        id_: [
            Course(
                id=target_id,
                planned=one.plan,
                ends_on=one.ends_on,
                weeks=progress(one, week, weeks=WEEKS),
                marks=one.marks_until(week),
                praised=target_id in praised,
            )
            for target_id, one in held.items()
            if one.starts_on <= week and one.ends_on >= monday_of(week)
        ]
        for id_, held in by_person.items()
    }


async def _praised(session: Session, ids: Iterable[int], week: date) -> frozenset[int]:
    """Targets about which their holders have had feedback lately."""
    since = datetime.combine(week, time(), ZoneInfo("UTC")) - PRAISE_LASTS
    query = select(col(Feedback.target_id)).where(
        col(Feedback.employee_id).in_(list(ids)), col(Feedback.given_at) >= since
    )
    return frozenset(id_ for id_ in (await session.exec(query)).all() if id_ is not None)


async def _present(session: Session, people: Collection[Employee], week: date) -> frozenset[int]:
    """Who had joined and was there on a workday of the week; whoever was away in any way was not."""
    days = await rosters.of_people(session, people, monday_of(week), week)
    joined = [person for person in people if person.joined_at is not None and person.joined_at.date() <= week]
    return frozenset(person.id for person in joined if days[person.id].between(monday_of(week), week))


async def _focus(
    session: Session, agency_id: int, ids: Collection[int], week: date
) -> tuple[Counter[int], Counter[int], Counter[int]]:
    """By person: on how many days of the week they were asked for a focus, had one, and did something for it."""
    if not (await session.get_one(Agency, agency_id)).asks_focus:
        return Counter(), Counter(), Counter()
    days = await focus.days_between(session, ids, monday_of(week), week)
    kept = await focus.kept(session, ids, monday_of(week), week)
    return (
        Counter(day.employee_id for day in days if day.asked_at is not None),
        Counter({id_: len(chosen) for id_, chosen in kept.items()}),
        Counter({id_: sum(day.is_kept for day in chosen) for id_, chosen in kept.items()}),
    )


async def supervisors(session: Session, *, on: date) -> frozenset[int]:
    """Ids of everybody who may have people to talk with on a date: superiors, deputies, those named for the top."""
    standing_in = select(col(Deputy.deputy_id)).where(Deputy.starts_on <= on, Deputy.ends_on >= on)
    found: set[int | None] = set()
    for query in (select(col(Employee.superior_id)), select(col(Employee.approver_id)), standing_in):
        found |= set((await session.exec(query.distinct())).all())
    return frozenset(id_ for id_ in found if id_ is not None)
