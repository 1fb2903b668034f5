"""What happens in the demo's weeks beside reports: a focus in the morning, milestones, obstacles, feedback, leave."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from sqlmodel import select

from bot.sandbox import office
from bot.sandbox.office import Event
from models import (
    absence_acts,
    coaching,
    focus,
    milestones,
    obstacle_acts,
    obstacles,
    reports,
    target_proposals,
    targets,
)
from models.absence_acts import By
from models.database import Session
from models.employees import Employee
from models.target_revisions import Plan
from models.targets import Target

WITHOUT_FOCUS = 3
"""The n-th person never chooses a focus: something to talk about."""
MESSAGE = -1000
"""Below the ids of what the people write on every day."""


class Story:
    """`people` in the order of their ids."""

    def __init__(self, session: Session, people: Sequence[Employee]) -> None:
        self._session, self._people = session, people
        self._by_nip = {person.nip: person for person in people}
        self._events = office.events()
        self._acts = {
            "tonggak": self._milestone,
            "tulis": self._write,
            "jawab": self._answer,
            "tutup": self._close,
            "umpan_balik": self._feedback,
            "cuti": self._leave,
            "usul": self._propose,
        }

    async def morning(self, at: datetime) -> None:
        """Most say what they work on: one target of theirs after another, on some days two."""
        for n, person in enumerate(self._people):
            await focus.begin(self._session, person, at.date(), asked_at=at)
            own = await targets.of_employee(self._session, person, on=at.date())
            first = (at.date().toordinal() + n) % max(len(own), 1)
            if n != WITHOUT_FOCUS and first != 1:
                chosen = [target.id for target in own[first : first + 1 + n % 2]]
                await focus.choose(self._session, person, at.date(), chosen, now=at)

    async def happens(self, days_ago: int, at: datetime) -> None:
        for n, event in enumerate(self._events):
            if event.days_ago == days_ago:
                await self._acts[event.kind](event, self._by_nip[event.by], at + timedelta(minutes=n))

    async def _target(self, event: Event) -> Target:
        return (await self._session.exec(select(Target).where(Target.code == event.code))).one()

    async def _milestone(self, event: Event, by: Employee, at: datetime) -> None:
        target = await self._target(event)
        after = await milestones.last_step(self._session, target.id)
        await milestones.set_step(
            self._session, by, target.id, int(event.number), event.text, after=after, on=at.date(), now=at
        )

    async def _write(self, event: Event, by: Employee, at: datetime) -> None:
        if by.telegram_id is not None:
            await reports.record(
                self._session,
                by,
                event.text,
                chat_id=by.telegram_id,
                message_id=MESSAGE - event.days_ago,
                sent_at=at,
            )

    async def _answer(self, event: Event, by: Employee, at: datetime) -> None:
        for one in await obstacles.open_of(self._session, [self._by_nip[event.of].id]):
            await obstacle_acts.answer(self._session, by, one, event.text, revision=one.revision, on=at.date(), now=at)

    async def _close(self, event: Event, by: Employee, at: datetime) -> None:
        for one in await obstacles.unsettled_of(self._session, self._by_nip[event.of].id):
            await obstacle_acts.close(self._session, by, one, revision=one.revision, on=at.date(), now=at)

    async def _feedback(self, event: Event, by: Employee, at: datetime) -> None:
        person, target = self._by_nip[event.of], await self._target(event)
        await coaching.give(self._session, by, person, event.text, target=target, on=at.date(), now=at)

    async def _leave(self, event: Event, by: Employee, at: datetime) -> None:
        """So many workdays from this day on."""
        person = self._by_nip[event.of]
        last = await absence_acts.last_day(self._session, person, at.date(), int(event.number))
        await absence_acts.note(self._session, person, "leave", (at.date(), last), By(by, at.date(), at))

    async def _propose(self, event: Event, by: Employee, at: datetime) -> None:
        """Another count for a target, as a part of what is agreed."""
        target = await self._target(event)
        plan = Plan.of(target)
        planned = Decimal(round(plan.planned * Decimal(event.number)))
        await target_proposals.change(
            self._session, by, self._by_nip[event.of], target, replace(plan, planned=planned), on=at.date(), now=at
        )
