"""A person hears what an admin has changed about them."""

from datetime import timedelta

from handlers.context import Context, show_to
from handlers.texts import Html, Words, words
from models import bots, employees, kinds, staff_acts
from models.agencies import Unit
from models.employees import Employee
from models.staff_acts import Value


async def tell(context: Context, person: Employee, field: str, former: Value) -> None:
    """One sentence about how it is now; nothing to whoever did it, or has not joined."""
    if person.id == context.employee.id or person.telegram_id is None:
        return
    text = await _said(context, words(person.language), person, field)
    if text is not None and getattr(person, field) != former:
        key = f"staff:{person.id}:{bots.named(context.session, context.act.update.update_id)}"
        await show_to(context.session, person, key, kinds.SAY, now=context.now, priority=kinds.CARD, text=str(text))


async def _said(context: Context, w: Words, person: Employee, field: str) -> Html | None:
    session, name = context.session, context.employee.name
    unit = await session.get_one(Unit, person.unit_id)
    if field == staff_acts.UNIT:
        return w.t("{name} has noted that you are now in {unit}.", name=name, unit=unit.name)
    if field in (staff_acts.SUPERIOR, staff_acts.APPROVER):
        id_ = person.superior_id or person.approver_id
        if id_ is None:
            return None
        superior = await session.get_one(Employee, id_)
        return w.t("From now on your reports go to {superior} (noted by {name}).", superior=superior.name, name=name)
    if field == staff_acts.ZONE:
        zone = await employees.zone_of(session, person)
        return w.t("From now on times are those of {zone} (noted by {name}).", zone=zone.key, name=name)
    if field == staff_acts.REPORT_AT:
        at = w.clock(person.report_at or unit.report_at)
        return w.t("From now on I ask at {time} (noted by {name}).", time=at, name=name)
    if field == staff_acts.LEFT_ON:
        if person.left_on is None:
            return w.t("Noted by {name}: your leaving no longer stands.", name=name)
        last = w.day(person.left_on - timedelta(days=1))
        return w.t("Noted by {name}: your last day here is {day}.", name=name, day=last)
    return None
