"""`/admin`: an admin of the agency finds people, and changes what is known of them, with taps and typed answers."""

from datetime import date, time, timedelta

from telegram import Update

from handlers.admin_choices import UNITS_TIME, VIEWS
from handlers.admin_telling import tell
from handlers.context import Context
from handlers.taps import Tap
from handlers.wording import refuse, short
from models import invitations, kinds, outbox, questions, sights, staff, staff_acts
from models.employees import Employee
from models.outbox import Message
from models.refusals import Refusal
from models.staff_acts import By, Value

TYPED = "admin_typed"
ASKS = frozenset(("find", "unit", "superior", "approver", "report_at", "nudge_at", "left_on"))
"""Views in which a typed answer counts."""
BLANK = {"view": "find", "find": "", "find_page": 0, "person": None, "text": "", "page": 0}


def by(context: Context) -> By:
    return By(context.employee, context.today, context.now)


async def show_admin(update: Update, context: Context) -> None:
    """`/admin`, `/admin budi`."""
    try:
        staff.check_admin(context.employee, on=context.today)
    except Refusal as refusal:
        await context.say(refuse(context.words, refusal))
        return
    key = f"admin:{context.employee.id}"
    text = short(" ".join(context.args or []), 60)
    await context.wait(key, TYPED)
    await context.show(key, kinds.ADMIN, anew=True, **BLANK | {"find": text})


async def turn_to(context: Context, tap: Tap) -> None:
    """`find.<page>`, `all`, `person.<id>`, or a view of `admin_choices` or `admin_holidays` and its page."""
    staff.check_admin(context.employee, on=context.today)
    view, _, rest = tap.argument.partition(".")
    number = tap.number(1) if rest else 0
    if view == "all":
        await turn_card(context, tap.card, **BLANK)
    elif view == "find":
        await turn_card(context, tap.card, view=view, **({"find_page": number} if rest else {}))
    elif view == "person":
        id_ = number or tap.card.arguments.get("person") or 0
        person = await staff.person_of(context.session, context.employee, id_, on=context.today)
        await sights.opened(context.session, context.employee, person, sights.PROFILE, now=context.now)
        await turn_card(context, tap.card, view=view, person=person.id)
    elif view in VIEWS or view in ("holidays", "holiday_of"):
        same = view == tap.card.arguments.get("view")
        await turn_card(context, tap.card, view=view, page=number, **({} if same else {"text": ""}))
    else:
        raise Refusal("changed_meanwhile")


async def turn_card(context: Context, card: Message, **arguments: object) -> None:
    await questions.close(context.session, card.key)
    if arguments.get("view") in ASKS:
        await context.wait(card.key, TYPED)
    await outbox.redraw(context.session, card.key, now=context.now, **arguments)


async def _person(context: Context, card: Message) -> Employee:
    id_ = card.arguments.get("person") or 0
    return await staff.person_of(context.session, context.employee, id_, on=context.today)


async def choose(context: Context, tap: Tap) -> None:
    """`unit.<id>`, `superior.<id>`, `zone.<n>`, `report_at.<hhmm>`, `left_on.<yyyymmdd>`; 0 is none."""
    view = tap.argument.partition(".")[0]
    if view not in VIEWS:
        raise Refusal("changed_meanwhile")
    await set_value(context, tap.card, VIEWS[view], _value(view, tap.number(1)))


def _value(view: str, number: int) -> Value:
    """Raises: Refusal("changed_meanwhile") for what nobody's button carries."""
    if view in ("report_at", "nudge_at"):
        return None if number == UNITS_TIME else _clock(number // 100, number % 100)
    if not number:
        return None
    if view == "zone":
        return staff_acts.ZONES[number - 1] if number <= len(staff_acts.ZONES) else ""
    return _day_after(str(number)) if view == "left_on" else number


def _clock(hours: int, minutes: int) -> time:
    try:
        return time(hours, minutes)
    except ValueError:
        raise Refusal("changed_meanwhile") from None


def _day_after(digits: str) -> date:
    try:
        return date.fromisoformat(digits) + timedelta(days=1)
    except ValueError:
        raise Refusal("changed_meanwhile") from None


async def set_value(context: Context, card: Message, field: str, value: Value) -> None:
    person = await _person(context, card)
    former = await staff_acts.change(context.session, person, field, value, by(context))
    await tell(context, person, field, former)
    context.toast(context.words.plain("Changed. It can be undone for ten minutes."))
    await turn_card(context, card, view="person", text="", page=0)


async def undo(context: Context, tap: Tap) -> None:
    person = await _person(context, tap.card)
    made = await staff_acts.undo(context.session, person, tap.number(), by(context))
    await tell(context, person, made.field, made.after)
    context.toast(context.words.plain("Undone."))
    await turn_card(context, tap.card, view="person")


async def invite(context: Context, tap: Tap) -> None:
    """A new personal link; earlier ones of this person stop working."""
    person = await _person(context, tap.card)
    if person.left_on is not None:
        raise Refusal("changed_meanwhile")
    token, until = await invitations.invite(context.session, person, now=context.now, actor=context.employee)
    w = context.words
    text = w.t(
        "🔗 For <b>{name}</b>, works once, until {day}. Earlier links of this person have stopped working. Pass it on:",
        name=person.name,
        day=w.full_date(context.act.local_date(until)),
    )
    await context.say(f"{text}\nhttps://t.me/{context.bot.username}?start={token}")
    await outbox.redraw(context.session, tap.card.key, now=context.now)


async def open_absences(context: Context, tap: Tap) -> None:
    """The card of `/cuti`, about this person."""
    person = await _person(context, tap.card)
    key = f"absences:{context.employee.id}"
    await questions.close(context.session, key)
    await context.show(key, kinds.ABSENCES, anew=True, view="list", of=person.id)
