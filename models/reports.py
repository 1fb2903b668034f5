"""Record a reply, read it again when it was edited, correct it, close the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import col, select

from models import (
    activities,
    asking,
    employees,
    obstacles,
    office_words,
    own_targets,
    questions,
    ralat,
    reading,
    windows,
)
from models.activities import DRAFT, REMOVED, WAITING, Activity, is_still
from models.database import Session
from models.drafts import Desk
from models.employees import Employee
from models.own_targets import OwnTargets
from models.reading.types import Item, Reading, TargetLine
from models.refusals import Refusal
from models.replies import Reply
from models.targets import Target


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a reply became: its rows, or nothing but an intent. `closed` are work dates that could not be taken."""

    intent: str
    reply: Reply | None
    reading: Reading
    closed: tuple[Refusal, ...] = ()


async def read(session: Session, employee: Employee, text: str, *, own: OwnTargets, sent_at: datetime) -> Reading:
    zone = await employees.zone_of(session, employee)
    in_force = own.on(sent_at.astimezone(zone).date())
    lines = [TargetLine(target.code, target.title, target.measure) for target in in_force]
    own_words = await office_words.mapping(session, employee.agency_id)
    return reading.read(text, received_at=sent_at, zone=zone, targets=lines, words=own_words)


async def record(
    session: Session,
    employee: Employee,
    text: str,
    *,
    chat_id: int,
    message_id: int,
    sent_at: datetime,
    on: date | None = None,
) -> Recorded:
    """Read a reply and keep what it says. Clear activities are submitted at once; the one asked about stays a draft.

    `on` is the day of the prompt that was answered. A text without activities is not kept, unless it names an
    obstacle; its intent says what it is.

    Raises: Refusal("future_date"), Refusal("day_closed", day=…, first=…) when no activity's date can be taken.
    """
    own = await own_targets.of(session, employee)
    read_ = await read(session, employee, text, own=own, sent_at=sent_at)
    if not read_.items and (read_.obstacle is None or read_.absence is not None):
        return Recorded(read_.intent, None, read_)
    if read_.intent == "edit" and read_.items:
        corrected = await ralat.correct(session, employee, read_.items, now=sent_at)
        if corrected is not None:
            if read_.obstacle is not None:
                await _note_obstacle(session, employee, corrected, read_.obstacle, on=on)
            return Recorded(read_.intent, corrected, read_)
    items, closed = await _open_items(session, employee, read_.items, sent_at=sent_at, on=on)
    if closed and not items:
        raise closed[0]
    reply = Reply(
        agency_id=employee.agency_id,
        employee_id=employee.id,
        chat_id=chat_id,
        message_id=message_id,
        sent_at=sent_at,
        text=text,
        tomorrow=read_.tomorrow,
    )
    session.add(reply)
    await session.flush()
    desk = await Desk.of(session, employee, reply, own)
    rows = [desk.activity(position, item, day) for position, (item, day) in enumerate(items)]
    session.add_all(rows)
    await session.flush()
    if read_.obstacle is not None:
        await _note_obstacle(session, employee, reply, read_.obstacle, on=on)
    await asking.ask_first(session, reply, rows, now=sent_at)
    return Recorded(read_.intent, reply, read_, tuple(closed))


async def reread(
    session: Session, employee: Employee, reply: Reply, text: str, *, on: date | None = None, now: datetime
) -> Recorded:
    """An edited message: what it says the same stays as it is, the rest is changed, added or taken out.

    Dates count from when the message was first sent. Raises: as `record`; Refusal("day_closed") as well when the
    day of something it said has closed since.
    """
    own = await own_targets.of(session, employee)
    read_ = await read(session, employee, text, own=own, sent_at=reply.sent_at)
    items, closed = await _open_items(session, employee, read_.items, sent_at=reply.sent_at, on=on)
    if read_.items and not items:
        raise closed[0]
    said = await activities.of_reply(session, reply.id)
    await activities.hold(session, said)
    standing = [old for old in said if old.status != REMOVED]
    today = now.astimezone(await employees.zone_of(session, employee)).date()
    for old in standing:
        await windows.check_correctable(session, employee, old, today=today)
    desk = await Desk.of(session, employee, reply, own)
    fresh = [desk.activity(position, item, day) for position, (item, day) in enumerate(items)]
    unchanged = [new for new in fresh if _take_same(standing, new)]
    for new in [new for new in fresh if new not in unchanged]:
        if standing:
            await _overwrite(session, standing.pop(0), new, now=now)
        else:
            new.submitted_at = now
            session.add(new)
    for old in standing:
        await activities.change(session, old, revision=old.revision, status=REMOVED)
    reply.text, reply.tomorrow = text, read_.tomorrow
    await session.flush()
    await _note_obstacle(session, employee, reply, read_.obstacle, on=on)
    await asking.ask_what_matters_most(session, reply, now=now)
    return Recorded(read_.intent, reply, read_, tuple(closed))


async def _note_obstacle(
    session: Session, employee: Employee, reply: Reply, said: str | None, *, on: date | None
) -> None:
    """On the latest day that the reply tells of."""
    days = [activity.worked_on for activity in await activities.of_reply(session, reply.id)]
    sent_on = reply.sent_at.astimezone(await employees.zone_of(session, employee)).date()
    await obstacles.follow(session, employee, reply, said, on=max(days, default=on or sent_on))


def _take_same(standing: list[Activity], new: Activity) -> bool:
    """Take from `standing` the activity that says just what `new` says; what was chosen by hand on it stays."""
    said = ("description", "worked_on", "starts_at", "ends_at", "minutes")
    for old in standing:
        if new.linked_by == "code" and new.target_id != old.target_id:
            continue
        if all(getattr(old, name) == getattr(new, name) for name in said) and (
            (old.quantity, old.unit) == (new.quantity, new.unit) or old.linked_by == "person"
        ):
            standing.remove(old)
            return True
    return False


async def _overwrite(session: Session, old: Activity, new: Activity, *, now: datetime) -> None:
    """Say it anew on the same row; an approved one goes back to waiting."""
    names = "worked_on unit_id description starts_at ends_at minutes quantity unit target_id linked_by matched"
    values: dict[str, Any] = {
        name: getattr(new, name) for name in [*names.split(), "candidates", "parts", "output", "is_late"]
    }
    if old.linked_by == "person" and new.linked_by != "code":
        del values["target_id"], values["linked_by"], values["matched"]
        chosen = await session.get(Target, old.target_id) if old.target_id else None
        values["output"] = activities.output_for(chosen, new.quantity, new.unit)
    await activities.change(session, old, revision=old.revision, **activities.waits_again(old, now=now), **values)


async def _open_items(
    session: Session, employee: Employee, items: Sequence[Item], *, sent_at: datetime, on: date | None
) -> tuple[list[tuple[Item, date]], list[Refusal]]:
    today = sent_at.astimezone(await employees.zone_of(session, employee)).date()
    dated = [(item, on if on is not None and item.date == today else item.date) for item in items]
    taken: list[tuple[Item, date]] = []
    closed: list[Refusal] = []
    is_about_today = all(day == today for _, day in dated)
    window = None if is_about_today else await windows.of_one(session, employee, today=today)
    for item, day in dated:
        try:
            await windows.check_day(session, employee, day, today=today, window=window)
            taken.append((item, day))
        except Refusal as refusal:
            closed.append(refusal)
    return taken, closed


async def piece(session: Session, employee: Employee, reply: Reply, whole: Activity, text: str) -> Activity:
    """One part of an activity that turned out to be two, read by itself; date and status as the whole."""
    own = await own_targets.of(session, employee)
    read_ = await read(session, employee, text, own=own, sent_at=reply.sent_at)
    item = read_.items[0] if len(read_.items) == 1 else Item(description=text, date=whole.worked_on)
    return (await Desk.of(session, employee, reply, own)).activity(whole.position, item, whole.worked_on)


async def close_days(session: Session, *, now: datetime) -> list[Reply]:
    """Submit the drafts of days that have ended where their writer lives, as they stand and flagged."""
    query = select(Activity).where(*is_still(DRAFT), col(Activity.submitted_at) < now - timedelta(hours=1))
    closed: dict[int, Reply] = {}
    for activity in (await session.exec(query)).all():
        employee = await session.get_one(Employee, activity.employee_id)
        zone = await employees.zone_of(session, employee)
        if activity.reply_id is None or activity.submitted_at is None:
            continue
        if activity.submitted_at.astimezone(zone).date() < now.astimezone(zone).date():
            values = {"status": WAITING, "is_flagged": True, "submitted_at": now}
            await activities.change(session, activity, revision=activity.revision, **values)
            reply = await session.get_one(Reply, activity.reply_id)
            await questions.close(session, reply.card)
            closed[reply.id] = reply
    return list(closed.values())
