"""Every interleaving of edits, cards, taps, undo and deputies, over the real rules and a real database.

The machine keeps its own, much simpler account of what should be so: an approval stands only where somebody who was
allowed to, at that moment, tapped a card that showed exactly the activity's present words.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from models import activities, audit, automatic, corrections, deputies, duty, overdue, reviews
from models.activities import APPROVED, RETURNED, WAITING, Activity
from models.database import Database, Session
from models.employees import Deputy, Employee
from models.refusals import Refusal
from models.workdays import Calendar
from tests import databases, office

T = TypeVar("T")
START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
"""A Tuesday, 9.00 in Jakarta."""
CALENDAR = Calendar({})
PEOPLE = (office.ANI, office.BUDI, office.CITRA, office.SARI)
UNITS = {"PER": {office.ANI, office.BUDI}, "UMU": {office.CITRA}, "KB": {office.SARI}}
SUPERIORS = {office.ANI: office.BUDI, office.BUDI: office.SARI, office.CITRA: office.SARI, office.SARI: None}


@dataclass
class Card:
    """What somebody's screen shows, perhaps long ago: activity → revision."""

    who: int
    seen: dict[int, int]


@dataclass
class Known:
    """The machine's own account of an activity. `by` and `at` are None unless somebody has decided about it."""

    author: int
    worked_on: date
    since: date
    """When what it says now was submitted."""
    touched: date
    """As `since`, or when a decision about it was last undone."""
    revision: int = 1
    status: str = WAITING
    by: int | None = None
    at: datetime | None = None
    automatic: bool = False

    def waits(self, *, on: date | None = None) -> None:
        """It waits (again); `on` for words that are new on that date, or count as new."""
        self.revision, self.status, self.by, self.at, self.automatic = self.revision + 1, WAITING, None, None, False
        if on is not None:
            self.since = self.touched = on


@dataclass
class Standing:
    """A deputyship, as the machine remembers it."""

    superior: int
    deputy: int
    first: date
    last: date
    row: int


@dataclass
class Account:
    now: datetime = START
    activities: dict[int, Known] = field(default_factory=dict)
    deputies: list[Standing] = field(default_factory=list)

    @property
    def today(self) -> date:
        return (self.now + timedelta(hours=7)).date()

    def stood_in_by(self, superior: int, author: int, path: frozenset[int]) -> set[int]:
        found: set[int] = set()
        for one in self._of(superior):
            if one == author or one in path:
                continue
            found |= self.stood_in_by(one, author, path | {one}) if self._of(one) else {one}
        return found

    def _of(self, superior: int) -> list[int]:
        return [d.deputy for d in self.deputies if d.superior == superior and d.first <= self.today <= d.last]

    def deciders(self, author: int) -> set[int]:
        """Who may decide about the author's work today, by the sentences of the rules."""
        asked: set[int] = set()
        superior, seen = SUPERIORS[author], {author}
        while superior is not None and superior not in seen:
            seen.add(superior)
            asked.add(superior)
            stand_ins = self.stood_in_by(superior, author, frozenset({superior}))
            if stand_ins or not self._of(superior):
                return asked | stand_ins
            superior = SUPERIORS[superior]
        return asked

    def may_decide(self, who: int, known: Known) -> bool:
        if who == known.author:
            return False
        return who in self.deciders(known.author) | self.next_level(known)

    def next_level(self, known: Known) -> set[int]:
        """Who may decide besides, because it has waited for more than two workdays."""
        leader = SUPERIORS[known.author]
        if leader is None or workdays_between(known.since, self.today) <= 2:
            return set()
        return self.deciders(leader) - self.deciders(known.author) - {known.author, leader}

    def month_is_open(self, day: date) -> bool:
        first = self.today.replace(day=1)
        return day >= first or (self.today.day <= 5 and day >= (first - timedelta(days=1)).replace(day=1))


def workdays_between(first: date, last: date) -> int:
    """Workdays after `first` through `last`."""
    days = (first + timedelta(days=n + 1) for n in range((last - first).days))
    return sum(1 for day in days if CALENDAR.is_workday(day, 5))


class Duty(RuleBasedStateMachine):
    shown = Bundle("shown")
    shown_automatic = Bundle("shown_automatic")

    @initialize()
    def open(self) -> None:
        self.stack = ExitStack()
        self.runner = self.stack.enter_context(asyncio.Runner())
        self.database = Database(self.stack.enter_context(databases.sqlite()))
        self.account = Account()

        async def furnish(session: Session) -> dict[int, int]:
            await office.furnish(session, joined=True, now=START)
            return {who: (await office.person(session, who)).id for who in PEOPLE}

        self.ids = self.act(furnish)

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.runner.run(self.database.close())
            self.stack.close()

    def act(self, use_case: Callable[[Session], Awaitable[T]]) -> T:
        async def run() -> T:
            async with self.database.transaction() as session:
                return await use_case(session)

        return self.runner.run(run())

    async def person(self, session: Session, who: int) -> Employee:
        return await session.get_one(Employee, self.ids[who])

    @rule(who=st.sampled_from(PEOPLE))
    def report(self, who: int) -> None:
        async def submit(session: Session) -> int:
            row = Activity(
                agency_id=1,
                employee_id=self.ids[who],
                worked_on=self.account.today,
                description="rapat",
                status=WAITING,
                submitted_at=self.account.now,
            )
            session.add(row)
            await session.flush()
            return row.id

        today = self.account.today
        self.account.activities[self.act(submit)] = Known(who, today, today, today)

    @precondition(lambda self: self.account.activities)
    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        """The author says another count: it waits again, whatever was decided."""
        id_ = data.draw(st.sampled_from(sorted(self.account.activities)))
        known = self.account.activities[id_]

        async def change(session: Session) -> None:
            row = await session.get_one(Activity, id_)
            await corrections.set_count(
                session, row, Decimal(known.revision), revision=row.revision, now=self.account.now
            )

        self.act(change)
        known.waits(on=self.account.today)

    @rule(target=shown, who=st.sampled_from(PEOPLE))
    def show_card(self, who: int) -> Card:
        async def look(session: Session) -> dict[int, int]:
            waiting = await reviews.waiting_for(session, await self.person(session, who), on=self.account.today)
            return {row.id: row.revision for _, rows in waiting for row in rows}

        seen = self.act(look)
        mine = {
            id_: known.revision
            for id_, known in self.account.activities.items()
            if known.status == WAITING and self.account.may_decide(who, known)
        }
        assert seen == mine
        return Card(who, seen)

    @rule(card=shown)
    def approve(self, card: Card) -> None:
        """A tap on a card, old or new: exactly what it showed, unless any of it is no longer this person's."""
        self.approve_of(card)

    @rule(card=shown, data=st.data())
    def approve_all_except(self, card: Card, data: st.DataObject) -> None:
        """Some of it named as not yet: these stay as they are."""
        kept = data.draw(st.sets(st.sampled_from(sorted(card.seen)))) if card.seen else set()
        self.approve_of(Card(card.who, {id_: rev for id_, rev in card.seen.items() if id_ not in kept}))

    def approve_of(self, card: Card) -> None:
        async def tap(session: Session) -> set[int]:
            who = await self.person(session, card.who)
            seen = card.seen.items()
            outcome = await reviews.approve(session, who, seen, on=self.account.today, now=self.account.now)
            return {row.id for row in outcome.done}

        known = self.account.activities
        if not all(self.account.may_decide(card.who, known[id_]) for id_ in card.seen):
            self.refused(tap)
            return
        fresh = {i for i, rev in card.seen.items() if known[i].status == WAITING and known[i].revision == rev}
        assert self.act(tap) == fresh
        for id_ in fresh:
            one = known[id_]
            one.revision, one.status, one.by, one.at = one.revision + 1, APPROVED, card.who, self.account.now

    @rule(card=st.one_of(shown, shown_automatic), data=st.data())
    def return_one(self, card: Card, data: st.DataObject) -> None:
        """What waits, and what the clock approved, as long as its month is open."""
        if not card.seen:
            return
        id_ = data.draw(st.sampled_from(sorted(card.seen)))

        async def tap(session: Session) -> bool:
            who, row = await self.person(session, card.who), await session.get_one(Activity, id_)
            at = {"revision": card.seen[id_], "on": self.account.today, "now": self.account.now}
            return await reviews.return_with(session, who, row, "mohon dirinci", **at)

        known = self.account.activities[id_]
        if not self.account.may_decide(card.who, known):
            self.refused(tap)
            return
        fresh = (known.status == WAITING or known.automatic) and known.revision == card.seen[id_]
        if fresh and known.automatic and not self.account.month_is_open(known.worked_on):
            self.refused(tap)
            return
        assert self.act(tap) is fresh
        if fresh:
            known.revision, known.status, known.by, known.at = known.revision + 1, RETURNED, card.who, None
            known.automatic = False

    @rule(who=st.sampled_from(PEOPLE))
    def undo(self, who: int) -> None:
        """Only one's own approvals, only for ten minutes."""

        async def tap(session: Session) -> int:
            return await reviews.undo(session, await self.person(session, who), now=self.account.now)

        mine = [
            one
            for one in self.account.activities.values()
            if one.status == APPROVED and one.by == who and one.at and self.account.now < one.at + reviews.UNDO_FOR
        ]
        assert self.act(tap) == len(mine)
        for one in mine:
            one.waits()
            one.touched = self.account.today

    @precondition(lambda self: CALENDAR.is_workday(self.account.today, 5))
    @rule(code=st.sampled_from(sorted(UNITS)), days=st.integers(1, 3))
    def the_clock_approves(self, code: str, days: int) -> None:
        """In one unit, what nobody has touched for more workdays than that."""
        until = CALENDAR.waited_out(self.account.today, days, 5)

        async def approve(session: Session) -> set[int]:
            unit = await office.unit(session, code)
            return {
                row.id for row in await automatic.approve_by_clock(session, unit, until=until, now=self.account.now)
            }

        due = {
            id_
            for id_, one in self.account.activities.items()
            if one.status == WAITING
            and one.author in UNITS[code]
            and workdays_between(one.touched, self.account.today) > days
        }
        assert self.act(approve) == due
        for id_ in due:
            one = self.account.activities[id_]
            one.revision, one.status, one.automatic = one.revision + 1, APPROVED, True

    @rule(target=shown_automatic, who=st.sampled_from(PEOPLE))
    def show_automatic(self, who: int) -> Card:
        async def look(session: Session) -> dict[int, int]:
            standing = await automatic.standing(session, await self.person(session, who), on=self.account.today)
            return {row.id: row.revision for _, rows in standing for row in rows}

        seen = self.act(look)
        assert seen == {
            id_: one.revision
            for id_, one in self.account.activities.items()
            if one.automatic and who in self.account.deciders(one.author) and self.account.month_is_open(one.worked_on)
        }
        return Card(who, seen)

    @rule(card=shown_automatic, takes_over=st.booleans())
    def change_what_the_clock_approved(self, card: Card, takes_over: bool) -> None:
        """Taken over, or waiting again: what was seen, as long as its month is open."""

        async def tap(session: Session) -> set[int]:
            who = await self.person(session, card.who)
            change = automatic.take_over if takes_over else automatic.let_wait
            outcome = await change(session, who, card.seen, on=self.account.today, now=self.account.now)
            return {row.id for row in outcome.done}

        known = {id_: self.account.activities[id_] for id_ in card.seen}
        mine = all(self.account.may_decide(card.who, one) for one in known.values())
        if not mine or not all(self.account.month_is_open(one.worked_on) for one in known.values()):
            self.refused(tap)
            return
        fresh = {id_ for id_, one in known.items() if one.automatic and one.revision == card.seen[id_]}
        assert self.act(tap) == fresh
        for one in (known[id_] for id_ in fresh):
            if takes_over:
                one.revision, one.by, one.at, one.automatic = one.revision + 1, card.who, self.account.now, False
            else:
                one.waits(on=self.account.today)

    @rule()
    def what_waits_too_long_is_told_to_the_first(self) -> None:
        async def look(session: Session) -> list[tuple[int, set[int], set[int]]]:
            held = await overdue.by_first(session, self.account.now)
            return [(one.first.id, one.activities, set(one.others)) for one in held.values()]

        found = self.act(look)
        levels = {
            id_: self.account.next_level(one)
            for id_, one in self.account.activities.items()
            if one.status == WAITING and self.account.next_level(one)
        }
        assert {id_ for _, ids, _ in found for id_ in ids} == set(levels)
        for first, ids, others in found:
            assert others == {self.ids[who] for id_ in ids for who in levels[id_]}
            for id_ in ids:
                assert first in {self.ids[who] for who in self.account.deciders(self.account.activities[id_].author)}

    @rule(pair=st.permutations(PEOPLE), starts=st.integers(0, 2), length=st.integers(0, 3))
    def name_deputy(self, pair: list[int], starts: int, length: int) -> None:
        superior, deputy, *_ = pair
        first = self.account.today + timedelta(days=starts)
        last = first + timedelta(days=length)

        async def name(session: Session) -> int:
            of, by = await self.person(session, superior), await self.person(session, deputy)
            at = {"first": first, "last": last, "today": self.account.today, "now": self.account.now}
            return (await deputies.name(session, of, of, by, kind="plh", **at)).id

        if any(d.superior == superior and d.first <= last and d.last >= first for d in self.account.deputies):
            self.refused(name)
        else:
            self.account.deputies.append(Standing(superior, deputy, first, last, self.act(name)))
            self.whose_work_comes_to_whom_is_the_same_from_both_ends()

    @precondition(lambda self: self.account.deputies)
    @rule(data=st.data())
    def end_deputy(self, data: st.DataObject) -> None:
        standing = data.draw(st.sampled_from(self.account.deputies))

        async def end(session: Session) -> None:
            superior = await self.person(session, standing.superior)
            named = await session.get_one(Deputy, standing.row)
            await deputies.end(session, superior, named, today=self.account.today, now=self.account.now)

        self.act(end)
        standing.last = min(standing.last, self.account.today - timedelta(days=1))
        if standing.last < standing.first:
            self.account.deputies.remove(standing)
        self.whose_work_comes_to_whom_is_the_same_from_both_ends()

    @rule(minutes=st.sampled_from([3, 7, 60, 24 * 60, 3 * 24 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.account.now += timedelta(minutes=minutes)
        self.whose_work_comes_to_whom_is_the_same_from_both_ends()

    def refused(self, use_case: Callable[[Session], Awaitable[object]]) -> None:
        try:
            self.act(use_case)
        except Refusal:
            return
        raise AssertionError("the rules should have refused this")

    @invariant()
    def the_database_says_what_the_account_says(self) -> None:
        if not hasattr(self, "ids"):
            return

        async def look(session: Session) -> dict[int, Activity]:
            return await activities.by_ids(session, self.account.activities)

        by_id = {id_: who for who, id_ in self.ids.items()}
        rows = {
            id_: (row.revision, row.status, by_id[row.reviewer_id] if row.reviewer_id else None, row.is_automatic)
            for id_, row in self.act(look).items()
        }
        expected = self.account.activities.items()
        assert rows == {id_: (one.revision, one.status, one.by, one.automatic) for id_, one in expected}
        assert all(one.by != one.author for one in self.account.activities.values())

    def whose_work_comes_to_whom_is_the_same_from_both_ends(self) -> None:
        async def look(session: Session) -> dict[int, set[int]]:
            people = {who: await self.person(session, who) for who in PEOPLE}
            rules = duty.Duty(session, self.account.today)
            return {who: {one.id for one in await rules.team_of(person)} for who, person in people.items()}

        expected = {
            who: {self.ids[author] for author in PEOPLE if who in self.account.deciders(author)} for who in PEOPLE
        }
        assert self.act(look) == expected

    @precondition(lambda self: len(self.account.activities) > 3)
    @rule()
    def the_audit_is_sound(self) -> None:
        async def verify(session: Session) -> audit.Verdict:
            return await audit.verify(session, 1)

        assert self.act(verify).fault is None


PLAIN = settings(max_examples=24, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
TestDuty = Duty.TestCase
TestDuty.settings = PLAIN


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_long_runs() -> None:
    run_state_machine_as_test(Duty, settings=settings(PLAIN, max_examples=400, stateful_step_count=60))
