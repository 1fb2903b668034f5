"""A closed month, opened again for one person by the level above."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cache

from sqlalchemy import bindparam
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models import audit, duty, employees
from models.database import Session, UtcDateTime
from models.employees import Employee
from models.refusals import Refusal

OPEN_AT_MOST = 14
"""Days, the first one included."""
MONTHS_BACK = 3
REASON_AT_MOST = 500


class MonthOpening(SQLModel, table=True):
    """A closed month, open again for one person for some days, by the level above."""

    __tablename__ = "month_opening"

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    month: date
    """Its first day."""
    until: date
    """Last day on which it is open."""
    reason: str
    opened_by_id: int = Field(foreign_key="employee.id")
    opened_at: datetime = Field(sa_type=UtcDateTime)


def months_before(today: date) -> list[date]:
    """First days of the months that may be opened, the newest first: the running one and those before it."""
    months = [today.replace(day=1)]
    for _ in range(MONTHS_BACK):
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months


async def of_people(session: Session, employee_ids: Iterable[int], *, on: date) -> Sequence[MonthOpening]:
    """Those that hold on a date."""
    return (await session.exec(_of_people(), params={"ids": list(employee_ids), "on": on})).all()


@cache
def _of_people() -> SelectOfScalar[MonthOpening]:
    whose = col(MonthOpening.employee_id).in_(bindparam("ids", expanding=True))
    return select(MonthOpening).where(whose, MonthOpening.until >= bindparam("on"))


async def those_for_whom(session: Session, opener: Employee, *, on: date) -> list[Employee]:
    """The people for whom this person may open a month: those about whose work they decide, and one level below."""
    team = {person.id: person for person in await duty.team_of(session, opener, on=on)}
    team |= {person.id: person for person in await employees.direct_reports(session, [*team])}
    team.pop(opener.id, None)
    return sorted(team.values(), key=lambda person: (person.name, person.id))


async def open_month(
    session: Session,
    opener: Employee,
    person: Employee,
    month: date,
    *,
    days: int,
    reason: str,
    today: date,
    now: datetime,
) -> MonthOpening:
    """Let the person report days of that month, marked late, for `days` days from today.

    Raises: Refusal("not_yours"), Refusal("month_not_openable"), Refusal("days_out_of_range", limit=…),
    Refusal("reason_too_long", limit=…).
    """
    if person.id not in {one.id for one in await those_for_whom(session, opener, on=today)}:
        raise Refusal("not_yours")
    if month not in months_before(today):
        raise Refusal("month_not_openable")
    if not 1 <= days <= OPEN_AT_MOST:
        raise Refusal("days_out_of_range", limit=OPEN_AT_MOST)
    if len(reason) > REASON_AT_MOST:
        raise Refusal("reason_too_long", limit=REASON_AT_MOST)
    opening = MonthOpening(
        agency_id=person.agency_id,
        employee_id=person.id,
        month=month,
        until=today + timedelta(days=days - 1),
        reason=reason,
        opened_by_id=opener.id,
        opened_at=now,
    )
    session.add(opening)
    await session.flush()
    await audit.record(
        session,
        "month_opened",
        agency_id=person.agency_id,
        now=now,
        actor_id=opener.id,
        employee_id=person.id,
        opening=opening.id,
        month=f"{month:%Y-%m}",
        until=opening.until.isoformat(),
    )
    return opening
