"""`/cuti`: a person, or whoever decides about their work, notes, changes and cancels absences."""

from datetime import date

from telegram import Update

from handlers import absence_telling
from handlers.absence_words import KINDS
from handlers.context import Context
from handlers.taps import Tap
from handlers.wording import short
from models import absence_acts, absence_rules, cards, kinds, messages, outbox, questions
from models.absence_spans import Span
from models.absences import Absence
from models.employees import Employee
from models.outbox import Message
from models.questions import Question
from models.reading.spans import dates_in, days_in
from models.refusals import Refusal

DATES = "absence_dates"
BLANK = {"absence": None, "kind": None, "starts_on": None, "ends_on": None, "page": 0, "deputy_asked": False}


async def show_absences(update: Update, context: Context) -> None:
    key = f"absences:{context.employee.id}"
    await questions.close(context.session, key)
    await context.show(key, kinds.ABSENCES, anew=True, view="list")


async def show_team(context: Context, tap: Tap) -> None:
    """From `/tim`: whose absences?"""
    await context.show(f"absences:{context.employee.id}", kinds.ABSENCES, anew=True, view="team")


async def _person(context: Context, card: Message) -> Employee:
    """Whose absences the card is about. Raises: Refusal("not_yours"), Refusal("changed_meanwhile")."""
    person = await context.session.get(Employee, card.arguments.get("of") or context.employee.id)
    if person is None:
        raise Refusal("changed_meanwhile")
    if not await absence_rules.may_manage(context.session, context.employee, person, on=context.today):
        raise Refusal("not_yours")
    return person


async def _redraw(context: Context, card: Message, **arguments: object) -> None:
    await outbox.redraw(context.session, card.key, now=context.now, **arguments)


async def turn_to(context: Context, tap: Tap) -> None:
    """`list`, `own`, `kind`, `team.<page>`, `of.<person>`, `one.<absence>`, `until.<absence>`."""
    view, _, rest = tap.argument.partition(".")
    number = int(rest) if rest.isdecimal() and len(rest) < 10 else 0
    await questions.close(context.session, tap.card.key)
    if view in ("list", "kind"):
        await _redraw(context, tap.card, **BLANK | {"view": view})
    elif view == "own":
        await _redraw(context, tap.card, **BLANK | {"view": "list", "of": None})
    elif view == "of":
        await _redraw(context, tap.card, **BLANK | {"view": "list", "of": number})
    elif view == "team":
        await _redraw(context, tap.card, **BLANK | {"view": view, "page": number})
    elif view in ("one", "until"):
        absence = await absence_telling.seen(context, tap, number)
        await _redraw(context, tap.card, view=view, absence=absence.id, kind=None)
        if view == "until":
            await context.wait(tap.card.key, DATES)
    else:
        raise Refusal("changed_meanwhile")


async def choose_kind(context: Context, tap: Tap) -> None:
    if tap.number() >= len(KINDS):
        raise Refusal("changed_meanwhile")
    await context.wait(tap.card.key, DATES)
    await _redraw(context, tap.card, **BLANK | {"view": "start", "kind": KINDS[tap.number()]})


async def choose_start(context: Context, tap: Tap) -> None:
    await _redraw(context, tap.card, view="until", starts_on=_day(tap).isoformat())


async def choose_end(context: Context, tap: Tap) -> None:
    first = await _first(context, tap.card)
    await _keep(context, tap.card, (first, _day(tap)), tap.seen)


async def type_dates(context: Context, question: Question, text: str) -> bool:
    """Both dates; or, when the first is known, the last day or the number of days."""
    card = await messages.by_key(context.session, question.card)
    if card is None:
        return False
    ends = card.arguments["view"] == "until"
    first = await _first(context, card) if ends else context.today
    span = dates_in(text, first)
    if span is None:
        raise Refusal("no_span", text=short(text, 60))
    count, kind = days_in(text), await _kind(context, card)
    if count is not None and kind != "sick":  # a doctor counts every day, leave and travel count days of work
        span = span[0], await absence_acts.last_day(context.session, await _person(context, card), span[0], count)
    if ends:
        await _keep(context, card, (first, span[1]), {int(id_): int(revision) for id_, revision in card.seen})
    elif span[0] == span[1] and count is None:
        await _redraw(context, card, view="until", starts_on=span[0].isoformat())
    else:
        await _keep(context, card, span, {})
    return True


async def _kind(context: Context, card: Message) -> str:
    absence = await context.session.get(Absence, card.arguments.get("absence") or 0)
    return absence.kind if absence is not None else str(card.arguments["kind"])


async def _first(context: Context, card: Message) -> date:
    absence = await context.session.get(Absence, card.arguments.get("absence") or 0)
    if absence is not None:
        return absence.starts_on
    stated = card.arguments.get("starts_on")
    return date.fromisoformat(stated) if stated else context.today


def _day(tap: Tap) -> date:
    try:
        return date.fromisoformat(str(tap.number()))
    except ValueError:
        raise Refusal("changed_meanwhile") from None


async def _keep(context: Context, card: Message, span: Span, seen: dict[int, int]) -> None:
    """Note the absence, or change the one on the card; show what stands in the way."""
    person, a = await _person(context, card), card.arguments
    absence = await context.session.get(Absence, a.get("absence") or 0)
    by = absence_telling.by(context)
    try:
        if absence is not None:
            revision = seen.get(absence.id, 0)
            waiting = await absence_acts.change(context.session, person, absence, span, by, revision=revision)
            await absence_telling.tell_noted(context, person, [absence, *waiting])
        else:
            absence = await absence_acts.note(context.session, person, a["kind"], span, by)
            await absence_telling.tell_noted(context, person, [absence])
    except Refusal as refusal:
        if refusal.key != "absence_there":
            raise
        await _redraw(context, card, view="clash", starts_on=str(span[0]), ends_on=str(span[1]))
        return
    await questions.close(context.session, card.key)
    await _redraw(context, card, **BLANK | {"view": "one", "absence": absence.id})


async def settle(context: Context, tap: Tap) -> None:
    """What stands in the way is extended, or gives way."""
    a = tap.card.arguments
    if a.get("view") != "clash" or not a.get("kind"):
        raise Refusal("changed_meanwhile")
    person = await _person(context, tap.card)
    span = date.fromisoformat(a["starts_on"]), date.fromisoformat(a["ends_on"])
    absence = await absence_telling.settle(context, person, a["kind"], span)
    await questions.close(context.session, tap.card.key)
    await _redraw(context, tap.card, **BLANK | {"view": "one", "absence": absence.id})


async def cancel(context: Context, tap: Tap) -> None:
    person = await _person(context, tap.card)
    absence = await absence_telling.seen(context, tap, tap.number())
    await absence_telling.cancel(context, person, absence, revision=tap.seen[absence.id])
    await _redraw(context, tap.card, **BLANK | {"view": "list"})
    context.toast(context.words.plain("Cancelled."))


async def choose_deputy(context: Context, tap: Tap) -> None:
    person = await _person(context, tap.card)
    absence = await absence_telling.seen(context, tap, tap.card.arguments.get("absence") or 0)
    await absence_telling.name_deputy(context, person, absence, _deputy(tap))
    await _redraw(context, tap.card, deputy_asked=True)


def _deputy(tap: Tap) -> int:
    digits = tap.argument.removeprefix("deputy.")
    if not digits.isdecimal() or len(digits) > 9:
        raise Refusal("changed_meanwhile")
    return int(digits)


async def decide(context: Context, tap: Tap) -> None:
    """Show the card with which a supervisor agrees or refuses."""
    absence = await absence_telling.seen(context, tap, tap.number())
    await absence_telling.check_decider(context, absence)
    key = cards.absence_review(absence.id, context.employee.id)
    await context.show(key, kinds.ABSENCE_REVIEW, anew=True, absence=absence.id)
