"""What a person changes on a card: target, count, date, one or two, removal and its undo."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from models import activities, obstacles, placements, questions, remembered, reports, targets, windows
from models.activities import DRAFT, REMOVED, WAITING, Activity
from models.database import Session
from models.drafts import NO_TARGET
from models.employees import Employee
from models.refusals import Refusal
from models.replies import Reply

COUNT_AT_MOST = Decimal(100_000)


async def _say(session: Session, activity: Activity, *, revision: int, now: datetime, **values: Any) -> Activity:
    """Change what an activity says; it waits for the supervisor again.

    Raises: Refusal("changed_meanwhile").
    """
    new = activities.waits_again(activity, now=now) | values
    if not await activities.change(session, activity, revision=revision, **new):
        raise Refusal("changed_meanwhile")
    return activity


async def set_target(
    session: Session,
    employee: Employee,
    activity: Activity,
    target_id: int | None,
    *,
    revision: int,
    on: date,
    now: datetime,
) -> None:
    """Link to a target of one's own; None: it serves no target. The choice is remembered for this wording.

    Raises: Refusal("not_your_target"), Refusal("changed_meanwhile").
    """
    target = None
    if target_id is not None:
        own = await targets.of_employee(session, employee, on=activity.worked_on)
        target = next((t for t in own if t.id == target_id), None)
        if target is None:
            raise Refusal("not_your_target")
    correction = activity.linked_by not in ("", "person", NO_TARGET)
    await remembered.remember(session, employee, activity, target_id, correction=correction, on=on)
    await _say(
        session,
        activity,
        revision=revision,
        now=now,
        target_id=target_id,
        linked_by="person" if target else NO_TARGET,
        matched=[],
        parts=[],
        output=activities.output_for(target, activity.quantity, activity.unit),
    )
    await obstacles.follow_targets(session, activity.reply_id)


async def set_count(session: Session, activity: Activity, count: Decimal, *, revision: int, now: datetime) -> None:
    """The output said by hand, in the target's measure (without a target: in the unit said).

    Raises: Refusal("count_out_of_range", limit=…), Refusal("changed_meanwhile").
    """
    if not 0 <= count <= COUNT_AT_MOST:
        raise Refusal("count_out_of_range", limit=COUNT_AT_MOST)
    target = await session.get(targets.Target, activity.target_id) if activity.target_id else None
    unit = target.measure if target else activity.unit
    output = count if target else None
    said = {"status": _still(activity), "quantity": count, "unit": unit, "output": output}
    await _say(session, activity, revision=revision, now=now, **said)


async def set_day(
    session: Session, employee: Employee, activity: Activity, day: date, *, revision: int, today: date, now: datetime
) -> None:
    """Raises: Refusal("future_date"), Refusal("day_closed"), Refusal("changed_meanwhile")."""
    await windows.check_day(session, employee, day, today=today)
    unit_id = await placements.unit_on(session, employee, day)
    said = {"status": _still(activity), "worked_on": day, "unit_id": unit_id, "is_late": day < today}
    await _say(session, activity, revision=revision, now=now, **said)


def _still(activity: Activity) -> str:
    """A draft stays one while its own question is open; anything else waits."""
    return DRAFT if activity.status == DRAFT else WAITING


async def keep_as_one(session: Session, activity: Activity, *, revision: int, now: datetime) -> None:
    """Raises: Refusal("changed_meanwhile")."""
    await _say(session, activity, revision=revision, now=now, parts=[])


async def split(session: Session, employee: Employee, activity: Activity, *, revision: int, now: datetime) -> None:
    """Make the two pieces it was unsure about two activities, each linked by its own words.

    Raises: Refusal("changed_meanwhile"), Refusal("nothing_to_split").
    """
    if len(activity.parts) < 2 or activity.reply_id is None:
        raise Refusal("nothing_to_split")
    reply = await session.get_one(Reply, activity.reply_id)
    first, *others = activity.parts
    own = [await reports.piece(session, employee, reply, activity, part) for part in (first, *others)]
    names = ("description", "quantity", "unit", "target_id", "linked_by", "matched", "candidates", "output")
    said = {name: getattr(own[0], name) for name in names}
    await _say(session, activity, revision=revision, now=now, parts=[], **said)
    for other in own[1:]:
        other.submitted_at = now
    session.add_all(own[1:])
    await session.flush()


async def join(
    session: Session, first: Activity, second: Activity, *, revisions: tuple[int, int], now: datetime
) -> None:
    """Two activities of one reply and day were one piece of work: the first says both, the second goes.

    Raises: Refusal("changed_meanwhile"), Refusal("not_joinable").
    """
    if (first.reply_id, first.worked_on) != (second.reply_id, second.worked_on):
        raise Refusal("not_joinable")
    if not await activities.change(session, second, revision=revisions[1], status=REMOVED):
        raise Refusal("changed_meanwhile")
    counted = first if first.quantity is not None or second.quantity is None else second
    linked = first if first.target_id is not None or second.target_id is None else second
    target = await session.get(targets.Target, linked.target_id) if linked.target_id else None
    times = [one for one in (first, second) if one.starts_at is not None]
    ends = [one.ends_at for one in (first, second) if one.ends_at is not None]
    minutes = [one.minutes for one in (first, second) if one.minutes is not None]
    await _say(
        session,
        first,
        revision=revisions[0],
        now=now,
        description=f"{first.description}, {second.description}",
        quantity=counted.quantity,
        unit=counted.unit,
        target_id=linked.target_id,
        linked_by=linked.linked_by,
        matched=linked.matched,
        output=activities.output_for(target, counted.quantity, counted.unit),
        starts_at=min((one.starts_at for one in times if one.starts_at), default=None),
        ends_at=max(ends, default=None),
        minutes=sum(minutes) if minutes else None,
        parts=[],
    )


async def remove(session: Session, activity: Activity, *, revision: int) -> None:
    """Raises: Refusal("changed_meanwhile")."""
    if not await activities.change(session, activity, revision=revision, status=REMOVED):
        raise Refusal("changed_meanwhile")


async def put_back(session: Session, activity: Activity, *, now: datetime) -> None:
    """Undo a removal. Raises: Refusal("changed_meanwhile")."""
    if activity.status != REMOVED:
        raise Refusal("changed_meanwhile")
    await _say(session, activity, revision=activity.revision, now=now)


async def withdraw(session: Session, employee: Employee, reply: Reply, *, today: date) -> list[Activity]:
    """Take out everything a reply said; what was taken out, for the undo. Raises: Refusal("day_closed")."""
    taken = list(await activities.of_reply(session, reply.id))
    await activities.hold(session, taken)
    for activity in taken:
        await windows.check_correctable(session, employee, activity, today=today)
        await activities.change(session, activity, revision=activity.revision, status=REMOVED)
    await obstacles.withdraw(session, await obstacles.of_reply(session, reply.id))
    await questions.close(session, reply.card)
    return taken
