"""What stands behind a point of the weekly note: one person's target over the last weeks, and their latest work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, select

from models import facts, obstacles, targets
from models.activities import STANDING, WORK, Activity
from models.database import Session
from models.employees import Employee
from models.obstacles import Obstacle
from models.results import monday_of
from models.scoring.weekly import State, TargetScore, score_target
from models.targets import Target

WEEKS, WORK_SHOWN = 6, 5


@dataclass(frozen=True, slots=True)
class Evidence:
    """Of a person, or with `target` of one of those they hold in the week (`held`); the newest week last."""

    held: tuple[int, ...]
    target: Target | None
    goal: Target | None
    weeks: tuple[tuple[date, TargetScore], ...]
    obstacles: Sequence[Obstacle]
    work: Sequence[Activity]


async def of_person(session: Session, person: Employee, target_id: int | None, week: date) -> Evidence:
    """Through the week ending on the Sunday `week`. A target that is not theirs in it is left out."""
    owed = (await facts.of_people(session, [person], week))[person.id]
    held = tuple(id_ for id_, one in owed.items() if one.starts_on <= week and one.ends_on >= monday_of(week))
    target = await session.get(Target, target_id) if target_id in held else None
    stand = await obstacles.open_of(session, [person.id])
    return Evidence(
        held=held,
        target=target,
        goal=await targets.serves(session, target) if target is not None else None,
        weeks=tuple(
            (ending, score)
            for n in range(WEEKS if target is not None else 0)
            if (ending := week - timedelta(weeks=WEEKS - 1 - n))
            and (score := score_target(owed[target_id or 0], ending)).state is not State.NOT_STARTED
        ),
        obstacles=[one for one in stand if target is None or one.target_id == target.id],
        work=await _latest(session, person, target),
    )


async def _latest(session: Session, person: Employee, target: Target | None) -> Sequence[Activity]:
    query = select(Activity).where(
        Activity.employee_id == person.id, Activity.kind == WORK, col(Activity.status).in_(STANDING)
    )
    if target is not None:
        query = query.where(Activity.target_id == target.id)
    query = query.order_by(col(Activity.worked_on).desc(), col(Activity.id).desc())
    return (await session.exec(query.limit(WORK_SHOWN))).all()
