"""Saying something again without typing: the last day's report, and what a person does most often."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import col, select

from models import activities, employees, placements, targets, windows, work_done
from models.activities import WAITING, WORK, Activity
from models.database import Session
from models.employees import Employee
from models.reading.memory import normalised
from models.refusals import Refusal
from models.replies import Reply, by_message

LOOKS_BACK = timedelta(days=30)
OFTEN = 3
"""Times within a month from which a wording is a favourite."""


@dataclass(frozen=True, slots=True)
class Said:
    """As much of an activity as is needed to offer it again."""

    id: int
    reply_id: int | None
    worked_on: date
    description: str
    quantity: Decimal | None


@dataclass(frozen=True, slots=True)
class Lately:
    """What one person reported in the month before a day, the oldest first."""

    work: Sequence[Said] = ()

    def last_day(self, *, before: date) -> date | None:
        """The newest reported day of the last week."""
        last = max((row.worked_on for row in self.work), default=None)
        return last if last is not None and last >= before - timedelta(days=7) else None

    def newest_reply(self) -> int | None:
        found = [(row.worked_on, row.reply_id) for row in self.work if row.reply_id is not None]
        return max(found)[1] if found else None

    def favourites(self, *, limit: int) -> list[Said]:
        """The newest activity of each wording that came often, the most frequent first."""
        newest: dict[str, Said] = {}
        counts: Counter[str] = Counter()
        for row in self.work:
            wording = normalised(row.description)
            counts[wording] += 1
            newest[wording] = row
        often = [wording for wording, count in counts.most_common() if count >= OFTEN and wording]
        return [newest[wording] for wording in often[:limit]]


async def lately(session: Session, employee_ids: Iterable[int], *, before: date) -> dict[int, Lately]:
    """Of several people at once."""
    query: Any = select(Activity.employee_id, Activity.id).where(
        col(Activity.employee_id).in_(list(employee_ids)),
        Activity.worked_on >= before - LOOKS_BACK,
        Activity.worked_on < before,
        Activity.kind == WORK,
        col(Activity.status).in_(activities.STANDING),
    )
    query = query.order_by(col(Activity.worked_on), col(Activity.id)).with_only_columns(
        *(getattr(Activity, name) for name in ("employee_id", *(one.name for one in fields(Said))))
    )
    found: dict[int, list[Said]] = {}
    for employee_id, *said in (await session.exec(query)).all():
        found.setdefault(employee_id, []).append(Said(*said))
    return {employee_id: Lately(rows) for employee_id, rows in found.items()}


async def last_day(session: Session, employee: Employee, *, before: date) -> Sequence[Activity]:
    """The work of the newest reported day of the last week."""
    days = await work_done.days_reported(session, employee.id, limit=1, before=before)
    if not days or days[0] < before - timedelta(days=7):
        return []
    return [row for row in await work_done.of_day(session, employee.id, days[0]) if row.kind == WORK]


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
    there = {normalised(row.description) for row in await work_done.of_day(session, employee.id, on)}
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


def without_count(row: Activity | Said) -> str:
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
