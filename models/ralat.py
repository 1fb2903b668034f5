"""`ralat …`: a correction in words, applied to the activity it most likely means."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from rapidfuzz import fuzz
from sqlmodel import col, select

from models import activities
from models.activities import STANDING, Activity
from models.database import Session
from models.employees import Employee
from models.reading import unit_names
from models.reading.types import Item
from models.replies import Reply
from models.targets import Target

LOOKS_BACK = timedelta(days=3)
ALIKE = 60
"""Token-set similarity, 0–100, from which a correction is about an activity."""


async def correct(session: Session, employee: Employee, items: Sequence[Item], *, now: datetime) -> Reply | None:
    """Apply a correction to recent activities; the reply it changed, or None when it fits none of them."""
    query = select(Activity).where(
        Activity.employee_id == employee.id,
        col(Activity.status).in_(STANDING),
        col(Activity.reply_id).is_not(None),
        col(Activity.submitted_at) >= now - LOOKS_BACK,
    )
    recent = list((await session.exec(query.order_by(col(Activity.id).desc()))).all())
    found = [(item, _meant(item, recent)) for item in items]
    if any(activity is None for _, activity in found) or not found:
        return None
    changed = None
    for item, activity in found:
        if activity is not None:
            await _apply(session, activity, item, now=now)
            changed = await session.get_one(Reply, activity.reply_id)
    return changed


def _meant(item: Item, recent: Sequence[Activity]) -> Activity | None:
    """The activity with the most alike words; else the newest that counts the same unit."""
    scored = [(fuzz.token_set_ratio(item.description.lower(), a.description.lower()), -n) for n, a in enumerate(recent)]
    if scored:
        best, place = max(scored)
        if best >= ALIKE:
            return recent[-place]
    if item.unit is None:
        return None
    return next((a for a in recent if a.unit is not None and unit_names.same_unit(a.unit, item.unit)), None)


async def _apply(session: Session, activity: Activity, item: Item, *, now: datetime) -> None:
    await activities.hold(session, [activity])
    values = activities.waits_again(activity, now=now)
    if (
        fuzz.token_set_ratio(item.description.lower(), activity.description.lower()) >= ALIKE
        and len(item.description) >= len(activity.description) // 2
    ):
        values["description"] = item.description
    elif item.quantity is not None and activity.quantity is not None:
        values["description"] = _with_number(activity.description, activity.quantity, item.quantity)
    if item.quantity is not None:
        target = await session.get(Target, activity.target_id) if activity.target_id else None
        quantity, unit = Decimal(str(item.quantity)), item.unit or activity.unit
        values |= {"quantity": quantity, "unit": unit, "output": activities.output_for(target, quantity, unit)}
    for name, said in (("minutes", item.minutes), ("starts_at", item.start), ("ends_at", item.end)):
        if said is not None:
            values[name] = said
    await activities.change(session, activity, revision=activity.revision, **values)


def _with_number(description: str, old: Decimal, new: float) -> str:
    return re.sub(rf"(?<![\d.,]){old.normalize():f}(?![\d.,]\d)", f"{new:g}", description, count=1)
