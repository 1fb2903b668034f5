"""Which days a person works: the unit's week and the calendar, their own shifts, and their absences."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from models import absences, agencies, shifts, workdays
from models.database import Session
from models.employees import Employee, Whose
from models.shifts import ShiftDay
from models.workdays import LONGEST_GAP, Calendar


@dataclass(frozen=True, slots=True)
class Roster:
    """The days of one person within the span it was looked up for."""

    calendar: Calendar
    """The agency's, with the person's own shifts laid over it."""
    week_days: int
    away: frozenset[date] = frozenset()
    asked_at: Mapping[date, time] = field(default_factory=dict)
    """When to ask after a shift, where that is not the unit's time."""

    def works_on(self, day: date) -> bool:
        """A workday without any absence: the person is asked, and counted."""
        return day not in self.away and self.calendar.is_workday(day, self.week_days)

    def between(self, first: date, last: date) -> list[date]:
        return [day for day in self.calendar.between(first, last, self.week_days) if day not in self.away]

    def back(self, day: date, count: int) -> date:
        """The day on which the person worked `count` of their workdays before `day`."""
        return self._present().back(day, count, self.week_days)

    def waited_out(self, day: date, count: int) -> date:
        """The last date after which the person has worked on more than `count` days through `day`."""
        return self._present().waited_out(day, count, self.week_days)

    def ahead(self, day: date) -> date:
        """The first day after `day` on which the person works."""
        return self._present().ahead(day, self.week_days)

    def _present(self) -> Calendar:
        return self.calendar.with_days(dict.fromkeys(self.away, False))


async def of_people(session: Session, people: Collection[Employee], first: date, last: date) -> dict[int, Roster]:
    """By person; shifts and absences from `first` to `last`."""
    calendars = await workdays.calendars_of(session, {person.agency_id for person in people})
    units = (await agencies.units(session, {person.unit_id for person in people})).values()
    usual = {unit.id: Roster(calendars[unit.agency_id].of_unit(unit.id), unit.week_days) for unit in units}
    return await over_units(session, people, usual, first, last)


async def over_units(
    session: Session, people: Collection[Employee], usual: Mapping[int, Roster], first: date, last: date
) -> dict[int, Roster]:
    """As `of_people`, with what is known already: by unit, its usual days."""
    own: dict[int, list[ShiftDay]] = {}
    whose = Whose.of(people)
    for shift in await shifts.between(session, whose, first, last):
        own.setdefault(shift.employee_id, []).append(shift)
    away = await absences.days_away(session, whose, first, last)

    def roster(person: Employee) -> Roster:
        unit, mine = usual[person.unit_id], own.get(person.id, [])
        asked_at = {shift.day: shift.report_at for shift in mine if shift.report_at is not None}
        calendar = unit.calendar.with_days({shift.day: shift.works for shift in mine}) if mine else unit.calendar
        return Roster(calendar, unit.week_days, frozenset(away.get(person.id, ())), asked_at)

    return {person.id: roster(person) for person in people}


async def of_one(session: Session, person: Employee, first: date, last: date) -> Roster:
    return (await of_people(session, [person], first, last))[person.id]


async def next_for(session: Session, person: Employee, day: date) -> date:
    """The first day after `day` on which the person works."""
    return (await of_one(session, person, day, day + timedelta(days=LONGEST_GAP))).ahead(day)


async def is_asked_on(session: Session, person: Employee, day: date) -> bool:
    """Whether the person works and reports on that day."""
    return (await of_one(session, person, day, day)).works_on(day)


async def asked_on(session: Session, people: Collection[Employee], day: date) -> set[int]:
    """Who of them works and reports on that day."""
    return {id_ for id_, roster in (await of_people(session, people, day, day)).items() if roster.works_on(day)}
