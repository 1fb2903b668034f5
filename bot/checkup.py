"""How a database and the processes on it are, for `harian check`: nothing is changed, no word of anybody is read."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import inspect, text

from bot.finding import Finding, age
from bot.migrating import is_known, wanted
from bot.private_files import database_file, is_private
from models import backlog, inbox, leases, staff, vitals, wave_ends
from models.backlog import Failures
from models.database import Database, Session
from models.vitals import Vitals

ROOM = 1024**3
"""Bytes that have to be free beside a SQLite database, or as many as it has itself: cleaning it writes it anew."""
WAITS = timedelta(minutes=15)
WAVE_AT_MOST = timedelta(minutes=75)
"""Longer, and the last are asked at about the time of the reminder."""
SWEEPS_EVERY = timedelta(minutes=5)
SKEW = timedelta(seconds=30)
FAILURES_AT_LEAST = 5
EMPTY = "database (it has no tables yet: `harian import` or `harian run` makes them)"


async def findings(database: Database, url: str, senders: list[str], *, now: datetime) -> list[Finding]:
    """Raises: what the database raises."""
    path = database_file(url)
    if path is not None and not path.exists():
        return [Finding(EMPTY)]
    async with database.reading() as session:
        schema = await _schema(session)
        found = [_database(url, schema), *_disk(path)]
        if schema != wanted():
            return found
        found += await _clock(session, now, is_sqlite=path is not None)
        without = await staff.agencies_without_admin(session)
        if without:
            found.append(
                Finding(f"admins (nobody can use /admin in {', '.join(without)}: import somebody with peran admin)")
            )
        found += await _waves(session, now)
        seen = await vitals.look(session, now=now)
        found += [*_waiting(seen, now), *_outbox(seen, now), _sweeps(seen, now)]
        found += [await _sender(session, seen, lease, now) for lease in senders]
        return [*found, _failing(await backlog.failures(session, now=now))]


async def _schema(session: Session) -> str | None:
    connection = await session.connection()
    if not await connection.run_sync(lambda here: inspect(here).has_table("alembic_version")):
        return None
    found: str | None = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar()
    return found


def _database(url: str, schema: str | None) -> Finding:
    if not is_private(url):
        return Finding("database", "others on this machine can read its file: chmod 600, or run as its owner")
    if schema is None:
        return Finding(EMPTY)
    if schema == wanted():
        return Finding(f"database (schema {schema})")
    if not is_known(schema):
        return Finding("database", f"its schema {schema} is of a newer Harian: run that one")
    return Finding(
        "database", f"its schema is {schema}, this program wants {wanted()}: back up, then restart all of it"
    )


def _disk(path: Path | None) -> Iterator[Finding]:
    if path is None:
        return
    free, needed = shutil.disk_usage(path.resolve().parent).free, max(ROOM, path.stat().st_size)
    what = f"disk ({free / 1024**3:.1f} GiB free beside the database)"
    yield Finding(what, "" if free >= needed else f"make room: {needed / 1024**3:.1f} GiB should be free")


async def _clock(session: Session, now: datetime, *, is_sqlite: bool) -> list[Finding]:
    """Against the newest update stored, and against the database's own machine."""
    newest = await inbox.newest_at(session)
    if newest is not None and newest - now > SKEW:
        late = age(newest - now)
        return [Finding("clock", f"an update was stored {late} in the future: set the clock right (NTP)")]
    if is_sqlite:
        return []
    there = (await (await session.connection()).execute(text("SELECT clock_timestamp()"))).scalar_one()
    return [skewed("the database", there - now)]


def skewed(whose: str, ahead: timedelta) -> Finding:
    """By how much somebody else's clock is ahead of ours."""
    if abs(ahead) <= SKEW:
        return Finding(f"clock (agrees with {whose}'s)")
    which = "behind" if ahead > timedelta(0) else "ahead of"
    return Finding("clock", f"it is {age(abs(ahead))} {which} {whose}'s: set it right (NTP)")


def _waiting(seen: Vitals, now: datetime) -> Iterator[Finding]:
    what = f"inbox ({_count(seen.waiting, 'waits', 'wait', seen.oldest_waiting_at, now)})"
    late = seen.oldest_waiting_at is not None and now - seen.oldest_waiting_at > WAITS
    yield Finding(what, "see whether `harian run` runs, and in its log why it does not get on" if late else "")
    if seen.parked:
        what = f"parked ({_count(seen.parked, 'is', 'are', seen.oldest_parked_at, now)})"
        yield Finding(what, "`harian inbox` lists them, `harian inbox replay CODE` tries again; kept for 7 days")


async def _waves(session: Session, now: datetime) -> list[Finding]:
    """Of each bot, today's wave of questions that takes longest, at the local time of its first agency."""
    found = []
    for bot_id, agency in sorted((await wave_ends.bots(session)).items()):
        zone = ZoneInfo(agency.zone)
        wave = await wave_ends.longest(session, now.astimezone(zone).date(), bot_id=bot_id)
        if wave is None or wave.takes < timedelta(minutes=1):
            continue
        at, last = wave.asked_at.astimezone(zone), wave.last_at.astimezone(zone)
        what = f"wave (at {at:%H:%M} {wave.count:,} people are asked on a workday, the last about {last:%H:%M}, {zone})"
        remedy = (
            "" if wave.takes <= WAVE_AT_MOST else "ask some units at another time (jam_lapor), or give an agency a bot"
        )
        found.append(Finding(what, remedy))
    return found


def _outbox(seen: Vitals, now: datetime) -> Iterator[Finding]:
    what = f"outbox ({_count(seen.due, 'is due', 'are due', seen.oldest_due_at, now)}"
    last = f", the last arrived {age(now - seen.sent_at)} ago)" if seen.sent_at else ")"
    remedy = "it stands still: see whether Telegram can be reached from here, and `harian outbox --failed`"
    yield Finding(what + last, remedy if seen.stands_still else "")


def _count(count: int, one: str, more: str, oldest_at: datetime | None, now: datetime) -> str:
    said = f"{count} {one if count == 1 else more}"
    return f"{said}, the oldest for {age(now - oldest_at)}" if oldest_at else said


def _sweeps(seen: Vitals, now: datetime) -> Finding:
    if seen.swept_at is None:
        return Finding("sweeps (none has run yet: `harian run` does)")
    ago = now - seen.swept_at
    remedy = "start `harian run` (with the role clock)" if ago > SWEEPS_EVERY else ""
    return Finding(f"sweeps (the last began {age(ago)} ago)", remedy)


async def _sender(session: Session, seen: Vitals, lease: str, now: datetime) -> Finding:
    if await leases.is_held(session, lease, now=now):
        holder = await leases.holder_of(session, lease) or ""
        return Finding(f"sender ({holder.partition('/')[0]}, process {holder.rpartition(' ')[0].rpartition(' ')[2]})")
    if seen.swept_at is None:
        return Finding("sender (none yet: `harian run` is one)")
    return Finding("sender", "nobody sends: start `harian run` (with the role send)")


def _failing(failures: Failures) -> Finding:
    what = f"failing sends (last hour {_reasons(failures.hour)}; last day {_reasons(failures.day)})"
    count = sum(failures.hour.values())
    bad = count >= FAILURES_AT_LEAST and count > failures.shown_in_hour
    return Finding(what, "more fail than arrive: `harian outbox --failed`" if bad else "")


def _reasons(found: dict[str, int]) -> str:
    return ", ".join(f"{count} × {reason}" for reason, count in found.items()) or "none"
