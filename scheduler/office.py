"""What a sweep needs to know of everybody, read once: people, units, calendars, shifts, absences, hours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import select

from models import employees, pauses, rosters, rounds, work_hours, workdays
from models.agencies import Agency, Unit
from models.database import Session
from models.employees import Employee
from models.rosters import Roster
from models.work_hours import Times, WorkHours
from models.workdays import Calendar
from scheduler.turns import in_turn

EARLIEST, LATEST = time(6, 0), time(21, 0)
"""Local hours outside which nothing is sent by itself."""
LOOKS_BACK, LOOKS_AHEAD = timedelta(days=100), timedelta(days=40)
"""How far shifts and absences are looked up: the longest window back, the longest pause ahead."""


@dataclass(frozen=True, slots=True)
class Place:
    """One person at a moment: their unit, their days, and the date and time where they live."""

    person: Employee
    unit: Unit
    agency: Agency
    roster: Roster
    local: datetime
    zone: ZoneInfo
    hours: Sequence[WorkHours] = ()
    stands_for_unit: bool = False
    """The place is the unit's, so the person's own times do not matter."""

    @property
    def today(self) -> date:
        return self.local.date()

    @property
    def calendar(self) -> Calendar:
        """The agency's days, with the person's own shifts."""
        return self.roster.calendar

    @property
    def away(self) -> frozenset[date]:
        return self.roster.away

    @property
    def times(self) -> Times:
        return self.times_on(self.today)

    def times_on(self, day: date) -> Times:
        """The times of day that hold on a date, after one's own shift for the question."""
        times = work_hours.times_on(self.unit, self.hours, day, None if self.stands_for_unit else self.person)
        asked_at = self.roster.asked_at.get(day)
        return times if asked_at is None else times.asking_at(asked_at)

    def works_on(self, day: date) -> bool:
        return self.roster.works_on(day)

    def is_between(self, first: time, last: time = LATEST) -> bool:
        return first <= self.local.time() < last

    @property
    def is_muted(self) -> bool:
        """By their own wish nothing comes by itself."""
        return pauses.is_muted(self.person, self.today)

    @property
    def is_quiet(self) -> bool:
        """These are the person's quiet hours."""
        return pauses.after_quiet(self.person, self.local) != self.local

    def is_heard_before(self, until: time) -> bool:
        """Whether something said now is read today before `until`, after quiet hours."""
        return not self.is_muted and pauses.after_quiet(self.person, self.local).astimezone(UTC) < self.at(until)

    def last_workday(self) -> date | None:
        return self.calendar.last_of_week(self.today, self.unit.week_days)

    def summary_due(self, week: date) -> datetime:
        """When the unit's summary of the week ending on `week` is due."""
        return rounds.summary_due(self.unit, week, self.calendar, self.hours, self.zone)

    def at(self, moment: time) -> datetime:
        """That time of today, as UTC."""
        return datetime.combine(self.today, moment, self.local.tzinfo).astimezone(UTC)


SHARED = "office"


@dataclass(frozen=True, slots=True)
class Office:
    """Everybody the bot may write to, and their surroundings; unit by unit, in the day's turn."""

    places: dict[int, Place]
    units: dict[int, Place]
    """For each unit one of its people, on the unit's own days and at its own local time."""

    def __iter__(self) -> Iterator[Place]:
        return iter(self.places.values())

    @classmethod
    async def look(cls, session: Session, now: datetime) -> "Office":
        """Read once for all sweeps of a tick, when `session.info` carries what they share."""
        shared: dict[datetime, Office] = session.info.get(SHARED, {})
        if now not in shared:
            shared[now] = await cls._read(session, now)
        return shared[now]

    @classmethod
    async def _read(cls, session: Session, now: datetime) -> "Office":
        agencies = {row.id: row for row in (await session.exec(select(Agency))).all()}
        units = {row.id: row for row in (await session.exec(select(Unit))).all()}
        hours = await work_hours.by_agency(session)
        people = in_turn(await employees.reachable(session), on=now.date())
        days = await rosters.of_people(session, people, now.date() - LOOKS_BACK, now.date() + LOOKS_AHEAD)
        calendars = await workdays.calendars_of(session, agencies)
        places: dict[int, Place] = {}
        of_units: dict[int, Place] = {}
        for person in people:
            unit, agency = units[person.unit_id], agencies[person.agency_id]
            in_force = hours.get(agency.id, ())
            units_zone = ZoneInfo(unit.zone or agency.zone)
            zone = ZoneInfo(person.zone) if person.zone else units_zone
            at = now.astimezone(zone)
            if employees.has_left(person, at.date()):
                continue
            places[person.id] = Place(person, unit, agency, days[person.id], at, zone, in_force)
            units_days = Roster(calendars[agency.id].of_unit(unit.id), unit.week_days)
            at = now.astimezone(units_zone)
            of_units[unit.id] = Place(person, unit, agency, units_days, at, units_zone, in_force, stands_for_unit=True)
        return cls(places, of_units)
