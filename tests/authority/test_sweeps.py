"""What happens by itself tells of Ani only those who may know; each sweep has its row."""

import pytest

from scheduler.timetable import SWEEPS
from tests.authority import cast
from tests.authority.cast import GROUP, ROLES, SECRET
from tests.authority.test_agencies import STORY
from tests.authority.trial import Trial, trying
from tests.authority.tries import NAME
from tests.databases import ON_SQLITE
from tests.stage import Stage

HEAR: dict[str, set[str]] = {
    "close the day": set(),
    "ask for focus": {"author"},
    "close focus": set(),
    "ask for reports": set(),
    "ask for missed days": set(),
    "remind": set(),
    "show boards": set(),
    "approve by the clock": {"author", "superior", "deputy", "next level"},
    "nudge reviewers": {"superior", "deputy", "next level"},
    "escalate absences": set(),
    "tell first approvers": set(),
    "tell of approvals by the clock": {"deputy"},
    "tell of approvals": set(),
    "set targets anew after leave": set(),
    "ask for agreement on targets": set(),
    "ask for outputs": {"author"},
    "ask for marks": set(),
    "show marks' spread": set(),
    "post summaries": {"author"},
    "show suggestions": set(),
    "send coaching notes": {"superior", "deputy"},
    "send the month's notes": set(),
    "warn of closing": set(),
    "warn units of closing": set(),
    "announce days off": set(),
    "note where people are": set(),
    "follow changes of people": set(),
    "list whom nobody reaches": {"superior"},
    "close accounts of leavers": set(),
    "bring menus": set(),
    "forget handled updates": set(),
    "forget words": set(),
    "clear the outbox": set(),
    "forget uploads": set(),
    "forget what is old": set(),
    "tell of troubles": set(),
}
"""Who is told of Ani's name or work by each sweep, in the story and the weeks after it."""
MOMENTS = (
    "2026-12-02 17:00",
    "2026-12-04 16:00",
    "2026-12-07 13:00",
    "2026-12-07 17:00",
    "2026-12-10 07:30",
    "2026-12-18 17:00",
)


async def heard(trial: Trial, told: dict[str, set[str]]) -> None:
    by_account = {account: role for role, account in ROLES.items() if role != "group"}
    for name, sweep in SWEEPS.items():
        async with trial.session() as session:
            await sweep(session, trial.clock())
        for card in await trial.draw():
            if SECRET in card.text.lower() or NAME in card.text:
                told[name].add("group" if card.chat_id == GROUP else by_account[card.chat_id])


@ON_SQLITE
@pytest.mark.timeout(120)
async def test_sweeps_tell_of_ani_whom_they_may(stage: Stage) -> None:
    told: dict[str, set[str]] = {name: set() for name in SWEEPS}
    async with trying(stage.process, stage.clock) as trial:
        async with trial.session() as session:
            await cast.gather(session, now=trial.clock())
        for moment, *steps in STORY:
            trial.clock.set(moment)
            await heard(trial, told)
            for step in steps:
                role, _, words = step.partition(": ")
                await trial.handle(trial.message(ROLES[role], words))
        for moment in MOMENTS:
            trial.clock.set(moment)
            await heard(trial, told)
    assert told == HEAR
