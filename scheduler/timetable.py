"""Everything that happens by itself: each sweep by name, run every minute."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeAlias

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from models import wave_ends
from models.database import Database, Session
from scheduler import (
    alarms,
    automatic,
    closing,
    coaching,
    escalation,
    morning,
    obstacles,
    people,
    prompts,
    rounds,
    spreads,
    targets,
    upkeep,
    weekly,
)
from scheduler.office import SHARED, Office
from scheduler.waves import Wave

log = structlog.get_logger()

Sweep: TypeAlias = Callable[[Session, datetime], Awaitable[int]]

GRACE_SECONDS = 1.0
"""How long an orderly end waits for the sweep under way."""

SWEEPS: dict[str, Sweep] = {
    "close the day": rounds.close_days,
    "ask for focus": morning.ask_for_focus,
    "close focus": morning.close_focus,
    "ask for reports": prompts.ask_for_reports,
    "ask for missed days": prompts.ask_for_missed_days,
    "remind": prompts.remind,
    "show boards": rounds.show_boards,
    "approve by the clock": automatic.approve_by_clock,
    "nudge reviewers": rounds.nudge_reviewers,
    "escalate absences": escalation.escalate_absences,
    "tell first approvers": escalation.tell_first_approvers,
    "tell of approvals by the clock": automatic.tell_approvers,
    "tell of approvals": rounds.tell_of_approvals,
    "set targets anew after leave": targets.set_anew_after_leave,
    "ask for agreement on targets": targets.ask_for_agreement,
    "ask for outputs": weekly.ask_for_outputs,
    "ask for marks": weekly.ask_for_marks,
    "show marks' spread": spreads.show_marks_spread,
    "post summaries": weekly.post_summaries,
    "show suggestions": obstacles.show_suggestions,
    "send coaching notes": coaching.send_notes,
    "send the month's notes": coaching.send_months,
    "warn of closing": closing.warn_of_closing,
    "warn units of closing": closing.warn_units_of_closing,
    "announce days off": closing.announce_days_off,
    "note where people are": people.note_places,
    "follow changes of people": people.follow_changes,
    "list whom nobody reaches": people.list_unreached,
    "close accounts of leavers": people.close_accounts,
    "bring menus": people.bring_menus,
    "forget handled updates": upkeep.forget_handled_updates,
    "forget words": upkeep.forget_words,
    "clear the outbox": upkeep.clear_outbox,
    "forget uploads": upkeep.forget_uploads,
    "forget what is old": upkeep.forget_what_is_old,
    "tell of troubles": alarms.tell_of_troubles,
}


async def sweep_all(database: Database, now: datetime, is_ending: Callable[[], bool] = lambda: False) -> dict[str, int]:
    """Run every sweep, each in a transaction of its own, a wave in several: one that fails keeps no other from running.

    Returns how much each did; -1 for one that failed (its error is in the log). Once `is_ending`, no other begins.
    """
    done: dict[str, int] = {}
    shared: dict[datetime, Office] = {}
    for name, sweep in SWEEPS.items():
        if is_ending():
            break
        try:
            done[name] = await _run(database, sweep, now, {SHARED: shared})
            if sweep is prompts.ask_for_reports and done[name]:
                last_at = wave_ends.last_of(done[name], now)
                log.info("people are asked", count=done[name], last_about=last_at.isoformat(timespec="minutes"))
        except Exception as error:
            log.error("sweep failed", sweep=name, error=type(error).__name__)
            done[name] = -1
    return done


async def _run(database: Database, sweep: Sweep, now: datetime, info: dict[str, object]) -> int:
    if isinstance(sweep, Wave):
        return await sweep.roll(database, now, info)
    async with database.transaction(patient=True) as session:
        session.info.update(info)
        return await sweep(session, now)


def every_minute(
    database: Database,
    clock: Callable[[], datetime],
    wake: Callable[[], None],
    *,
    real_clock: Callable[[], datetime],
) -> Callable[[], Awaitable[None]]:
    """Sweep from now on: at once, and then every minute. A run that comes late is run all the same, since sweeps look
    at rows, not at the time missed.

    By `real_clock`, the machine's own, it is noted with each run that the bot lives. What is returned ends it in order:
    the sweep under way comes to its end, for a moment.
    """
    ending, idle = asyncio.Event(), asyncio.Event()
    idle.set()

    async def note() -> None:
        if await alarms.note_life(database, now=clock(), real_now=real_clock()):
            wake()

    async def sweep() -> None:
        idle.clear()
        try:
            await note()
            if any((await sweep_all(database, clock(), ending.is_set)).values()):
                wake()
        finally:
            idle.set()

    async def end() -> None:
        ending.set()
        scheduler.remove_all_jobs()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GRACE_SECONDS):
                await idle.wait()
        scheduler.shutdown(wait=False)

    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(sweep, "interval", minutes=1, next_run_time=real_clock(), misfire_grace_time=None, coalesce=True)
    scheduler.start()
    return end
