"""What a sweep needs to know: first the units alone, which are few, then of the people those who may be due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from models import employees, pauses, rosters, rounds, work_hours, workdays
from models.agencies import Agency, Unit
from models.database import Session
from models.employees import Employee
from models.rosters import Roster
from models.work_hours import Times, WorkHours
from models.workdays import Calendar

EARLIEST, LATEST = time(6, 0), time(21, 0)
"""Local hours outside which nothing is sent by itself."""
LOOKS_BACK, LOOKS_AHEAD = timedelta(days=100), timedelta(days=40)
"""How far shifts and absences are looked up: the longest window back, the longest pause ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A unit at a moment: its days, and the date and time where it is."""

    unit: Unit
    agency: Agency
    roster: Roster
    local: datetime
    zone: ZoneInfo
    hours: Sequence[WorkHours] = ()

    @property
    def today(self) -> date:
        return self.local.date()

    @property
    def calendar(self) -> Calendar:
        """The agency's days; of a person with their own shifts."""
        return self.roster.calendar

    @property
    def times(self) -> Times:
        return self.times_on(self.today)

    def times_on(self, day: date) -> Times:
        """The times of day that hold on a date."""
        return work_hours.times_on(self.unit, self.hours, day)

    def works_on(self, day: date) -> bool:
        return self.roster.works_on(day)

    def is_between(self, first: time, last: time = LATEST) -> bool:
        return first <= self.local.time() < last

    def last_workday(self) -> date | None:
        return self.calendar.last_of_week(self.today, self.unit.week_days)

    def summary_due(self, week: date) -> datetime:
        """When the unit's summary of the week ending on `week` is due."""
        return rounds.summary_due(self.unit, week, self.calendar, self.hours, self.zone)

    def at(self, moment: time) -> datetime:
        """That time of today, as UTC."""
        return datetime.combine(self.today, moment, self.local.tzinfo).astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Desk):
    """One person at a moment, where they live, with their own shifts, absences and times."""

    person: Employee

    @property
    def away(self) -> frozenset[date]:
        return self.roster.away

    def times_on(self, day: date) -> Times:
        """As of the unit, after one's own usual times, and one's own shift for the question."""
        times = work_hours.times_on(self.unit, self.hours, day, self.person)
        asked_at = self.roster.asked_at.get(day)
        return times if asked_at is None else times.asking_at(asked_at)

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


SHARED = "office"


@dataclass(frozen=True, slots=True)
class Office:
    """The units in which the bot may write to anybody, on their own days and at their own local time."""

    now: datetime
    units: dict[int, Desk]
    agencies: dict[int, Agency]
    own_times: Sequence[int] = ()
    """Ids of people whose times are not simply those of their unit."""

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
        anybody = select(Employee.id).where(Employee.unit_id == Unit.id, *employees.is_reachable(on=now.date()))
        units = (await session.exec(select(Unit).where(anybody.exists()).order_by(col(Unit.id)))).all()
        hours = await work_hours.by_agency(session)
        calendars = await workdays.calendars_of(session, agencies)
        desks: dict[int, Desk] = {}
        for unit in units:
            agency = agencies[unit.agency_id]
            zone = ZoneInfo(unit.zone or agency.zone)
            desks[unit.id] = Desk(
                unit=unit,
                agency=agency,
                roster=Roster(calendars[agency.id].of_unit(unit.id), unit.week_days),
                local=now.astimezone(zone),
                zone=zone,
                hours=hours.get(agency.id, ()),
            )
        own_times = (await session.exec(select(Employee.id).where(employees.has_own_times()))).all()
        return cls(now, desks, agencies, own_times)

    def today_of(self, person: Employee) -> date:
        """The date where they live."""
        if person.zone:
            return self.now.astimezone(ZoneInfo(person.zone)).date()
        desk = self.units.get(person.unit_id)
        return desk.today if desk is not None else self.now.astimezone(self._zone_of(person)).date()

    def _zone_of(self, person: Employee) -> ZoneInfo:
        return ZoneInfo(self.agencies[person.agency_id].zone)

    async def places(self, session: Session, ids: Iterable[int]) -> dict[int, Place]:
        """Of these people, in the same order, those to whom the bot may write."""
        wanted = list(dict.fromkeys(ids))
        people = [one for one in await employees.reachable(session, wanted) if one.unit_id in self.units]
        usual = {unit_id: desk.roster for unit_id, desk in self.units.items()}
        first, last = self.now.date() - LOOKS_BACK, self.now.date() + LOOKS_AHEAD
        days = await rosters.over_units(session, people, usual, first, last)
        found: dict[int, Place] = {}
        for person in people:
            desk = self.units[person.unit_id]
            zone = ZoneInfo(person.zone) if person.zone else desk.zone
            local = self.now.astimezone(zone)
            if not employees.has_left(person, local.date()):
                found[person.id] = Place(
                    person=person,
                    unit=desk.unit,
                    agency=desk.agency,
                    roster=days[person.id],
                    local=local,
                    zone=zone,
                    hours=desk.hours,
                )
        return {id_: found[id_] for id_ in wanted if id_ in found}
