"""Which work dates may still be reported."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from models import agencies, employees, openings, rosters
from models.activities import RETURNED, Activity
from models.agencies import Agency
from models.database import Session
from models.employees import Employee
from models.refusals import Refusal
from models.rosters import Roster
from models.workdays import LONGEST_GAP

LOOKS_BACK = timedelta(days=LONGEST_GAP + 62)
"""As far as the longest window reaches: 31 workdays."""


@dataclass(frozen=True, slots=True)
class Window:
    """What one person may report on the day `today`."""

    today: date
    first: date
    """The earliest work date; no later one is closed."""
    month: date
    """The first day of the earliest month that is not closed."""
    opened: frozenset[date] = frozenset()
    """First days of closed months that are open for this person all the same."""

    def is_open(self, day: date) -> bool:
        return day <= self.today and (day >= self.first or day.replace(day=1) in self.opened)

    def has_open_month(self, day: date) -> bool:
        """What an approver may still change: the month is not closed, or open for this person."""
        return day >= self.month or day.replace(day=1) in self.opened


def closing_day(agency: Agency, month: date) -> date:
    """The last day on which days of that month may be reported; `month` is its first day."""
    following = (month + timedelta(days=31)).replace(day=1)
    return following.replace(day=agency.month_close_day)


def first_day(agency: Agency, roster: Roster, today: date) -> date:
    """`backfill_days` of the person's workdays back, within the months that are not closed."""
    return max(roster.back(today, agency.backfill_days), first_month(agency, today))


def first_month(agency: Agency, today: date) -> date:
    """The first day of the earliest month that is not closed."""
    month = today.replace(day=1)
    return month if today.day > agency.month_close_day else (month - timedelta(days=1)).replace(day=1)


def last_chance(agency: Agency, roster: Roster, day: date) -> date:
    """The last day on which `day` may be reported; the roster has to reach that far."""
    after = day
    for _ in range(agency.backfill_days + 1):
        after = roster.ahead(after)
    return min(after - timedelta(days=1), closing_day(agency, day.replace(day=1)))


async def of_people(session: Session, people: Collection[Employee], *, today: date) -> dict[int, Window]:
    """By person, on a day."""
    by_id = await agencies.those(session, {person.agency_id for person in people})
    days = await rosters.of_people(session, people, today - LOOKS_BACK, today)
    opened = _by_person(await openings.of_people(session, days, on=today))
    return {
        person.id: Window(
            today,
            first_day(by_id[person.agency_id], days[person.id], today),
            first_month(by_id[person.agency_id], today),
            frozenset(opened.get(person.id, ())),
        )
        for person in people
    }


def _by_person(rows: Iterable[openings.MonthOpening]) -> dict[int, set[date]]:
    found: dict[int, set[date]] = {}
    for row in rows:
        found.setdefault(row.employee_id, set()).add(row.month)
    return found


async def of_one(session: Session, employee: Employee, *, today: date) -> Window:
    return (await of_people(session, [employee], today=today))[employee.id]


async def first_open_day(session: Session, employee: Employee, *, today: date) -> date:
    """The earliest work date from which on none is closed."""
    return (await of_one(session, employee, today=today)).first


async def check_day(
    session: Session, employee: Employee, day: date, *, today: date, window: Window | None = None
) -> None:
    """Looks the window up unless it is given; today is open in every window.

    Raises: Refusal("future_date"), Refusal("day_closed", day=…, first=…, closed_on=…, zone=…).
    """
    if day > today:
        raise Refusal("future_date", day=day)
    if day == today:
        return
    window = window or await of_one(session, employee, today=today)
    if not window.is_open(day):
        agency = await session.get_one(Agency, employee.agency_id)
        zone = await employees.zone_of(session, employee)
        roster = await rosters.of_one(session, employee, day, day + LOOKS_BACK)
        raise Refusal(
            "day_closed", day=day, first=window.first, closed_on=last_chance(agency, roster, day), zone=zone.key
        )


async def check_month(session: Session, employee: Employee, day: date, *, today: date) -> None:
    """Raises: Refusal("month_is_closed")."""
    if not (await of_one(session, employee, today=today)).has_open_month(day):
        raise Refusal("month_is_closed")


async def check_correctable(session: Session, employee: Employee, activity: Activity, *, today: date) -> None:
    """What was reported may be corrected as long as its day is open; what was returned, always.

    Raises: Refusal("day_closed").
    """
    if activity.status != RETURNED:
        await check_day(session, employee, activity.worked_on, today=max(today, activity.worked_on))
