"""`/plh`: a superior, their superior, or an admin names who stands in for some dates."""

from datetime import date

from telegram import Update

from handlers.context import Context, show_to
from handlers.deputies import said
from handlers.taps import Tap
from handlers.texts import words
from handlers.wording import short
from models import cards, deputies, employees, kinds, messages, outbox, questions
from models.employees import Deputy, Employee
from models.outbox import Message
from models.questions import Question
from models.reading.spans import dates_in
from models.refusals import Refusal

WHO, WHEN = "deputy_who", "deputy_when"


async def show_deputies(update: Update, context: Context) -> None:
    await context.show(f"deputies:{context.employee.id}", kinds.DEPUTIES, anew=True, view="list")


async def turn_to(context: Context, tap: Tap) -> None:
    view, _, page = tap.argument.partition(".")
    if view not in ("list", "of", "who"):
        raise Refusal("changed_meanwhile")
    await questions.close(context.session, tap.card.key)
    await outbox.redraw(
        context.session, tap.card.key, now=context.now, view=view, page=int(page) if page.isdecimal() else 0
    )
    if view == "of" and context.employee.role == employees.ADMIN:
        await context.wait(tap.card.key, WHO)


async def choose_superior(context: Context, tap: Tap) -> None:
    await _superior(context, tap.card, await _person(context, tap.number()))


async def _superior(context: Context, card: Message, superior: Employee) -> None:
    if not await deputies.may_name(context.session, context.employee, superior, on=context.today):
        raise Refusal("not_yours")
    await context.wait(card.key, WHO)
    await outbox.redraw(
        context.session, card.key, now=context.now, view="who", superior=superior.id, page=0, found=None
    )


async def choose_deputy(context: Context, tap: Tap) -> None:
    await _deputy(context, tap.card, await _person(context, tap.number()))


async def _deputy(context: Context, card: Message, deputy: Employee) -> None:
    if deputy.id == card.arguments.get("superior"):
        raise Refusal("deputy_self")
    await context.wait(card.key, WHEN)
    await outbox.redraw(context.session, card.key, now=context.now, view="when", deputy=deputy.id, kind="plh")


async def choose_kind(context: Context, tap: Tap) -> None:
    if tap.argument in deputies.KINDS:
        await outbox.redraw(context.session, tap.card.key, now=context.now, kind=tap.argument)


async def choose_dates(context: Context, tap: Tap) -> None:
    first, last = (_day(tap.number(n)) for n in (0, 1))
    await _name(context, tap.card, first, last)


async def end(context: Context, tap: Tap) -> None:
    named = await context.session.get(Deputy, tap.number())
    if named is None or named.id not in tap.seen:
        raise Refusal("changed_meanwhile")
    text = await said(context.session, context.words, named)
    await deputies.end(context.session, context.employee, named, today=context.today, now=context.now)
    await _tell(context, named, ended=True)
    await outbox.redraw(context.session, tap.card.key, now=context.now, view="list")
    await context.say(context.words.t("Ended: {line}.", line=text))


async def type_person(context: Context, question: Question, text: str) -> bool:
    """A name or NIP, typed: of the superior while that is asked for, else of the deputy."""
    card = await messages.by_key(context.session, question.card)
    if card is None:
        return False
    found = await deputies.found_by(context.session, context.employee.agency_id, text)
    if not found:
        raise Refusal("nobody_found", text=short(text, 60))
    if len(found) > 1:
        if card.arguments.get("view") != "who":
            raise Refusal("several_found", names=[one.name for one in found])
        await outbox.redraw(context.session, card.key, now=context.now, found=[one.id for one in found], page=0)
        return True
    await (_superior if card.arguments.get("view") == "of" else _deputy)(context, card, found[0])
    return True


async def type_dates(context: Context, question: Question, text: str) -> bool:
    card, span = await messages.by_key(context.session, question.card), dates_in(text, context.today)
    if card is None:
        return False
    if span is None:
        raise Refusal("no_span", text=short(text, 60))
    await _name(context, card, *span)
    return True


async def _name(context: Context, card: Message, first: date, last: date) -> None:
    superior, deputy = [await _person(context, card.arguments.get(one) or 0) for one in ("superior", "deputy")]
    named = await deputies.name(
        context.session,
        context.employee,
        superior,
        deputy,
        kind=card.arguments.get("kind", "plh"),
        first=first,
        last=last,
        today=context.today,
        now=context.now,
    )
    await questions.close(context.session, card.key)
    await _tell(context, named)
    await outbox.redraw(context.session, card.key, now=context.now, view="list", superior=None, deputy=None, found=None)


async def _tell(context: Context, named: Deputy, *, ended: bool = False) -> None:
    """Both hear of it, unless they did it themselves; their review cards show what is theirs now."""
    for id_ in (named.superior_id, named.deputy_id):
        person = await context.session.get_one(Employee, id_)
        if id_ != context.employee.id:
            w = words(person.language)
            line = await said(context.session, w, named)
            text = w.t("Ended: {line}.", line=line) if ended else w.t("From now on it is noted: {line}.", line=line)
            key = f"deputy:{named.id}:{id_}:{'ended' if ended else 'named'}"
            await show_to(context.session, person, key, kinds.SAY, now=context.now, text=str(text))
        await cards.redraw_reviews(context.session, id_, now=context.now)


async def _person(context: Context, id_: int) -> Employee:
    """Somebody of the same agency. Raises: Refusal("changed_meanwhile")."""
    person = await context.session.get(Employee, id_)
    if person is None or person.agency_id != context.employee.agency_id:
        raise Refusal("changed_meanwhile")
    return person


def _day(digits: int) -> date:
    """A date from its eight digits. Raises: Refusal("changed_meanwhile")."""
    try:
        return date.fromisoformat(str(digits))
    except ValueError:
        raise Refusal("changed_meanwhile") from None
