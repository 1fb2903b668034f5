"""The focus of a day: the targets a person said they work on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Index, UniqueConstraint, delete, func, text
from sqlmodel import Field, SQLModel, col, or_, select

from models import employees, rosters, targets, work_done, work_hours
from models.agencies import Agency, Unit
from models.database import LongNumber, Session, UtcDateTime, insert
from models.employees import Employee
from models.refusals import Refusal
from models.targets import Target

OPEN = text("closed_at IS NULL")


class FocusDay(SQLModel, table=True):
    """A day for which a person was asked, or had already said, what they work on."""

    __tablename__ = "focus_day"
    __table_args__ = (
        UniqueConstraint("employee_id", "day"),
        Index("ix_focus_day_open", "day", "employee_id", sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: int = Field(default=None, primary_key=True, sa_type=LongNumber)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    day: date = Field(index=True)
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    chosen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When a target was last chosen; None while none is."""
    plan: str | None = None
    """What the report of the day before announced, in the person's words."""
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the morning's card lost its buttons."""


class FocusTarget(SQLModel, table=True):
    __tablename__ = "focus_target"
    __table_args__ = (UniqueConstraint("focus_day_id", "target_id"),)

    id: int = Field(default=None, primary_key=True, sa_type=LongNumber)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    focus_day_id: int = Field(foreign_key="focus_day.id", index=True, sa_type=LongNumber)
    target_id: int = Field(foreign_key="target.id", index=True)


async def of_day(session: Session, employee_id: int, day: date) -> FocusDay | None:
    query = select(FocusDay).where(FocusDay.employee_id == employee_id, FocusDay.day == day)
    return (await session.exec(query.execution_options(populate_existing=True))).first()


async def last_before(session: Session, employee_id: int, day: date) -> FocusDay | None:
    """The newest day before `day` on which something was chosen."""
    query = select(FocusDay).where(
        FocusDay.employee_id == employee_id, FocusDay.day < day, col(FocusDay.chosen_at).is_not(None)
    )
    return (await session.exec(query.order_by(col(FocusDay.day).desc()).limit(1))).first()


async def chosen(session: Session, employee_id: int, day: date) -> Sequence[Target]:
    """The targets chosen for a day that are in force on it."""
    return (await chosen_by(session, [employee_id], day)).get(employee_id, [])


async def chosen_by(session: Session, employee_ids: Iterable[int], day: date) -> dict[int, list[Target]]:
    """As `chosen`, of several people."""
    query = (
        select(FocusDay.employee_id, Target)
        .join(FocusTarget, col(FocusTarget.focus_day_id) == col(FocusDay.id))
        .join(Target, col(FocusTarget.target_id) == col(Target.id))
        .where(col(FocusDay.employee_id).in_(list(employee_ids)), FocusDay.day == day, *targets.in_force(day))
    )
    found: dict[int, list[Target]] = {}
    for employee_id, target in (await session.exec(query.order_by(col(Target.id)))).all():
        found.setdefault(employee_id, []).append(target)
    return found


async def begin(
    session: Session, employee: Employee, day: date, *, asked_at: datetime | None = None, plan: str | None = None
) -> FocusDay:
    """The row of a day, made when there is none. That somebody was asked is noted on it once."""
    row = {"agency_id": employee.agency_id, "employee_id": employee.id, "day": day, "plan": plan}
    await session.exec(insert(session, FocusDay).values(**row).on_conflict_do_nothing())
    found = await of_day(session, employee.id, day)
    if found is None:
        raise RuntimeError("the row has just been made")
    found.asked_at, found.plan = found.asked_at or asked_at, plan or found.plan
    await session.flush()
    return found


async def begin_all(session: Session, asked: Sequence[tuple[Employee, date]], *, asked_at: datetime) -> None:
    """That people were asked, each for a day of which nothing else has to be noted."""
    rows = [
        {"agency_id": person.agency_id, "employee_id": person.id, "day": day, "asked_at": asked_at}
        for person, day in asked
    ]
    if rows:
        statement = insert(session, FocusDay)
        once = {"asked_at": func.coalesce(FocusDay.asked_at, statement.excluded.asked_at)}
        await session.exec(
            statement.on_conflict_do_update(index_elements=["employee_id", "day"], set_=once), params=rows
        )


async def announce(session: Session, employee: Employee, plan: str, *, on: date) -> date | None:
    """Keep what somebody says on a date that they will do, for their next workday; that day.

    None, and nothing is kept, where the agency asks for no focus.
    """
    if not (await session.get_one(Agency, employee.agency_id)).asks_focus:
        return None
    day = await rosters.next_for(session, employee, on)
    said = await of_day(session, employee.id, day)
    await begin(session, employee, day, plan="; ".join(dict.fromkeys([*_plans(said), plan])))
    return day


def _plans(said: FocusDay | None) -> list[str]:
    return [said.plan] if said is not None and said.plan else []


async def choose(session: Session, employee: Employee, day: date, target_ids: Iterable[int], *, now: datetime) -> None:
    """Take targets into the focus of a day, in addition to what is chosen.

    Raises: Refusal("not_your_target") for one that is not the person's, not approved, or does not run on that day.
    """
    wanted = list(target_ids)
    own = {target.id for target in await targets.of_employee(session, employee, on=day)}
    if not own.issuperset(wanted):
        raise Refusal("not_your_target")
    focus = await begin(session, employee, day)
    for target_id in wanted:
        row = {"agency_id": employee.agency_id, "focus_day_id": focus.id, "target_id": target_id}
        await session.exec(insert(session, FocusTarget).values(**row).on_conflict_do_nothing())
    focus.chosen_at = now
    await session.flush()


async def toggle(session: Session, employee: Employee, day: date, target_id: int, *, now: datetime) -> bool:
    """Take a target into the day's focus, or out of it again; whether it is in now.

    Raises: Refusal("not_your_target"), when it is to be taken in.
    """
    before = {target.id for target in await chosen(session, employee.id, day)}
    focus = await of_day(session, employee.id, day)
    if focus is None or target_id not in before:
        await choose(session, employee, day, [target_id], now=now)
        return True
    gone = delete(FocusTarget).where(col(FocusTarget.focus_day_id) == focus.id, col(FocusTarget.target_id) == target_id)
    await session.exec(gone)
    focus.chosen_at = now if before - {target_id} else None
    await session.flush()
    return False


async def days_between(session: Session, employee_ids: Iterable[int], first: date, last: date) -> Sequence[FocusDay]:
    query = select(FocusDay).where(
        col(FocusDay.employee_id).in_(list(employee_ids)), FocusDay.day >= first, FocusDay.day <= last
    )
    return (await session.exec(query.order_by(col(FocusDay.day), col(FocusDay.id)))).all()


async def asked_between(
    session: Session, employee_ids: Iterable[int], first: date, last: date
) -> Sequence[tuple[int, date, bool]]:
    """(person, day, whether a focus was chosen) of the days with the question or an announced plan."""
    query = select(col(FocusDay.employee_id), col(FocusDay.day), col(FocusDay.chosen_at).is_not(None)).where(
        col(FocusDay.employee_id).in_(list(employee_ids)),
        FocusDay.day >= first,
        FocusDay.day <= last,
        or_(col(FocusDay.asked_at).is_not(None), col(FocusDay.plan).is_not(None)),
    )
    return (await session.exec(query)).all()


@dataclass(frozen=True, slots=True)
class Kept:
    """A day's focus, and which of it was worked on. A hint for a conversation, never a score."""

    day: date
    target_ids: tuple[int, ...]
    served: frozenset[int]

    @property
    def is_kept(self) -> bool:
        """Whether any activity of the day served the focus."""
        return bool(self.served)


async def kept(session: Session, employee_ids: Iterable[int], first: date, last: date) -> Mapping[int, list[Kept]]:
    """By person: the days with a chosen focus in a span, both dates included, the oldest first."""
    ids = list(employee_ids)
    days = {row.id: row for row in await days_between(session, ids, first, last) if row.chosen_at is not None}
    picked: dict[int, list[int]] = {}
    query = select(FocusTarget).where(col(FocusTarget.focus_day_id).in_(list(days)))
    for row in (await session.exec(query.order_by(col(FocusTarget.target_id)))).all():
        picked.setdefault(row.focus_day_id, []).append(row.target_id)
    done = {(a.employee_id, a.worked_on, a.target_id) for a in await work_done.between(session, ids, first, last)}
    found: dict[int, list[Kept]] = {id_: [] for id_ in ids}
    for id_, focus in days.items():
        own = tuple(picked.get(id_, ()))
        served = frozenset(target for target in own if (focus.employee_id, focus.day, target) in done)
        found[focus.employee_id].append(Kept(focus.day, own, served))
    return found


async def is_open(session: Session, employee: Employee, day: date, *, now: datetime, late: bool = False) -> bool:
    """Whether the focus of the day may be changed: until the report is asked for, `late` until the day ends."""
    local = now.astimezone(await employees.zone_of(session, employee))
    return local.date() == day and (late or local.time() < await _report_at(session, employee, day))


async def _report_at(session: Session, employee: Employee, day: date) -> time:
    unit = await session.get_one(Unit, employee.unit_id)
    times = work_hours.times_on(unit, await work_hours.of_agency(session, employee.agency_id), day, employee)
    return (await rosters.of_one(session, employee, day, day)).asked_at.get(day, times.report_at)
