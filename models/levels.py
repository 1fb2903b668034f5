"""What has waited too long comes to the next level too.

The days of waiting are workdays of the unit of whoever should have decided first (the superior), counted from the
date on which it came before them, where its author lives. The first level may still decide.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from models import employees, workdays
from models.activities import Activity
from models.agencies import Agency, Unit
from models.database import Session
from models.duty import Decider, Duty
from models.employees import Employee


@dataclass(slots=True)
class Levels:
    """The rules on one date."""

    session: Session
    duty: Duty
    _oldest: dict[int, date] = field(default_factory=dict)

    @classmethod
    def on(cls, session: Session, day: date) -> "Levels":
        return cls(session, Duty(session, day))

    async def is_too_long(self, leader: Employee, since: date) -> bool:
        """More than the agency's `escalate_days` workdays of the superior's unit lie after `since`."""
        if leader.unit_id not in self._oldest:
            unit = await self.session.get_one(Unit, leader.unit_id)
            agency = await self.session.get_one(Agency, leader.agency_id)
            calendar = await workdays.calendar_of_unit(self.session, unit)
            self._oldest[unit.id] = calendar.waited_out(self.duty.on, agency.escalate_days, unit.week_days)
        return since <= self._oldest[leader.unit_id]

    async def capacity(self, person: Employee, author: Employee, since: date) -> Decider | None:
        """As what the person may decide about what has waited since a date; None when not at all. Never oneself."""
        if person.id == author.id or person.agency_id != author.agency_id:
            return None
        levels = [await self.duty.deciders(author), await self.next_level(author, since)]
        return next((one for level in levels for one in level if one.person.id == person.id), None)

    async def next_level(self, author: Employee, since: date) -> list[Decider]:
        """Who may decide because it has waited too long; empty as long as it has not, or when nobody is above."""
        leader = await self.duty.superior_of(author)
        if leader is None or leader.id == author.id or not await self.is_too_long(leader, since):
            return []
        first = {one.person.id for one in await self.duty.deciders(author)} | {author.id, leader.id}
        return [one for one in await self.duty.deciders(leader) if one.person.id not in first]

    async def below(self, person: Employee) -> dict[int, Employee]:
        """By id of people one level further down, the superior whose place this person would take for them."""
        team = {one.id: one for one in await self.duty.team_of(person)}
        found: dict[int, Employee] = {}
        for report in await employees.direct_reports(self.session, team):
            leader = await self.duty.superior_of(report)
            if report.id not in (person.id, *team) and leader is not None:
                found[report.id] = leader
        return found


async def waits_since(session: Session, author: Employee, activity: Activity) -> date:
    """The date on which an activity came before its reviewer, where its author lives."""
    if activity.submitted_at is None:
        return activity.worked_on
    return await date_of(session, author, activity.submitted_at)


async def date_of(session: Session, author: Employee, moment: datetime) -> date:
    return moment.astimezone(await employees.zone_of(session, author)).date()
