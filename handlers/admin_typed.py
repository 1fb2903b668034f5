"""What an admin types to the card of `/admin`: a name to look for, or what the view that stands there asks for."""

from datetime import time, timedelta

from handlers import admin_holidays
from handlers.admin import BLANK, set_value, turn_card
from handlers.admin_choices import VIEWS, matching_units
from handlers.context import Context
from handlers.wording import short
from models import messages, sights, staff, staff_acts
from models.outbox import Message
from models.questions import Question
from models.reading.spans import dates_in
from models.refusals import Refusal


async def type_answer(context: Context, question: Question, text: str) -> bool:
    """What the view asks for. Without a reply to the card, only what is understood counts as an answer."""
    card = await messages.by_key(context.session, question.card)
    if card is None:
        return False
    message = context.act.update.effective_message
    replies = message is not None and message.reply_to_message is not None
    try:
        await _take(context, card, " ".join(text.split()))
    except Refusal:
        if replies:
            raise
        return False
    return True


async def _take(context: Context, card: Message, text: str) -> None:
    staff.check_admin(context.employee, on=context.today)
    view = card.arguments.get("view")
    if view == "find":
        people, total = await staff.found(context.session, context.employee.agency_id, text)
        if not total:
            raise Refusal("nobody_found", text=short(text, 60))
        opened = {"view": "person", "person": people[0].id} if total == 1 else {}
        if opened:
            await sights.opened(context.session, context.employee, people[0], sights.PROFILE, now=context.now)
        await turn_card(context, card, **BLANK | {"find": text} | opened)
    elif view == "unit":
        units = await matching_units(context.session, context.employee.agency_id, text)
        if not units:
            raise Refusal("no_unit_found", text=short(text, 60))
        await _choose_or_list(context, card, [unit.id for unit in units], text)
    elif view in ("superior", "approver"):
        people, total = await staff.found(context.session, context.employee.agency_id, text)
        if not total:
            raise Refusal("nobody_found", text=short(text, 60))
        await _choose_or_list(context, card, [one.id for one in people] if total == 1 else [], text)
    elif view in ("report_at", "nudge_at"):
        await set_value(context, card, VIEWS[view], _typed_time(text))
    elif view == "left_on":
        span = dates_in(text, context.today)
        if span is None:
            raise Refusal("no_span", text=short(text, 60))
        await set_value(context, card, staff_acts.LEFT_ON, span[0] + timedelta(days=1))
    else:
        await admin_holidays.type_holiday(context, card, text)


async def _choose_or_list(context: Context, card: Message, found: list[int], text: str) -> None:
    if len(found) == 1:
        await set_value(context, card, VIEWS[card.arguments["view"]], found[0])
    else:
        await turn_card(context, card, view=card.arguments["view"], text=text, page=0)


def _typed_time(text: str) -> time:
    hours, _, minutes = text.replace(":", ".").partition(".")
    if not (hours.isdecimal() and (minutes or "0").isdecimal()) or len(hours) > 2 or len(minutes) > 2:
        raise Refusal("time_unclear", text=short(text, 40))
    if int(hours) > 23 or int(minutes or 0) > 59:
        raise Refusal("time_unclear", text=short(text, 40))
    return time(int(hours), int(minutes or 0))
