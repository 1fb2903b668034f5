"""Saying something again without typing: the last day's report, and what a person does most often."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from models import activities, employees, placements, targets, windows
from models.activities import WAITING, WORK, Activity
from models.database import Session
from models.employees import Employee
from models.reading.memory import normalised
from models.refusals import Refusal
from models.replies import Reply, by_message

LOOKS_BACK = timedelta(days=30)
OFTEN = 3
"""Times within a month from which a wording is a favourite."""


async def last_day(session: Session, employee: Employee, *, before: date) -> Sequence[Activity]:
    """The work of the newest reported day of the last week."""
    days = await activities.days_reported(session, employee.id, limit=1, before=before)
    if not days or days[0] < before - timedelta(days=7):
        return []
    return [row for row in await activities.of_day(session, employee.id, days[0]) if row.kind == WORK]


async def favourites(session: Session, employee: Employee, *, before: date, limit: int) -> list[Activity]:
    """The newest activity of each wording that came often within a month, the most frequent first."""
    rows = await activities.between(session, [employee.id], before - LOOKS_BACK, before - timedelta(days=1))
    work = [row for row in rows if row.kind == WORK]
    counts = Counter(normalised(row.description) for row in work)
    newest = {normalised(row.description): row for row in work}
    often = [wording for wording, count in counts.most_common() if count >= OFTEN and wording]
    return [newest[wording] for wording in often[:limit]]


async def repeat(
    session: Session,
    employee: Employee,
    said: Sequence[Activity],
    *,
    chat_id: int,
    message_id: int,
    on: date,
    now: datetime,
) -> Reply:
    """Report the same work for another day, bound to the message whose button was tapped.

    Counts and times belonged to that day and are not repeated, nor is what that day's report says already.

    Raises: Refusal("said_already") when that is all of it, Refusal("future_date"), Refusal("day_closed").
    """
    today = now.astimezone(await employees.zone_of(session, employee)).date()
    await windows.check_day(session, employee, on, today=today)
    there = {normalised(row.description) for row in await activities.of_day(session, employee.id, on)}
    fresh = [row for row in said if normalised(without_count(row)) not in there]
    if not fresh:
        raise Refusal("said_already")
    reply = await by_message(session, chat_id, message_id)
    if reply is None:
        reply = Reply(
            agency_id=employee.agency_id,
            employee_id=employee.id,
            chat_id=chat_id,
            message_id=message_id,
            sent_at=now,
            text="",
        )
        session.add(reply)
        await session.flush()
    before = len(await activities.of_reply(session, reply.id))
    own = {target.id for target in await targets.of_employee(session, employee, on=on)}
    unit_id = await placements.unit_on(session, employee, on)
    for position, row in enumerate(fresh, before):
        session.add(
            Activity(
                agency_id=employee.agency_id,
                employee_id=employee.id,
                reply_id=reply.id,
                position=position,
                worked_on=on,
                unit_id=unit_id,
                description=without_count(row),
                target_id=row.target_id if row.target_id in own else None,
                linked_by=row.linked_by if row.target_id in own or row.linked_by == "none" else "",
                matched=[row.worked_on.isoformat(), ""] if row.linked_by == "memory" else row.matched,
                candidates=row.candidates,
                status=WAITING,
                is_late=on < today,
                submitted_at=now,
            )
        )
    await session.flush()
    return reply


def without_count(row: Activity) -> str:
    """The wording without the count that was said with it.

    `rekap 15 surat masuk` → `rekap surat masuk`; where the unit only repeats or closes it goes too:
    `telaah renstra 1 dokumen` → `telaah renstra`.
    """
    if row.quantity is None:
        return row.description
    number = rf"(?<![\w.,]){re.escape(f'{row.quantity.normalize():f}')}(?![\w.,])\s*"
    with_unit = re.search(number + r"([^\W\d_]+)", row.description)
    if with_unit is not None:
        rest = row.description[: with_unit.start()] + row.description[with_unit.end() :]
        closes = not row.description[with_unit.end() :].strip(" .)")
        if len(rest.split()) > 1 and (closes or with_unit[1].lower() in rest.lower().split()):
            return " ".join(rest.split()).strip(" ,")
    return " ".join(re.sub(number, "", row.description, count=1).split())
