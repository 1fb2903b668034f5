"""Feedback: typed by the supervisor, given to the person at once, and found again by both with `/umpan_balik`."""

from datetime import datetime

from telegram import Update

from handlers.context import Context, show_to
from handlers.screens import Button, Rows, Screen
from handlers.taps import Tap
from handlers.texts import Html, Words, words
from handlers.wording import titled
from models import coaching, employees, kinds, outbox, questions
from models.coaching import Feedback
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.questions import Question
from models.refusals import Refusal
from models.targets import Target

FEEDBACK = "feedback"
PAGE = 3
"""Of the longest allowed, as many as one message holds."""
GIVEN, HAD = "given", "had"


async def ask(context: Context, tap: Tap) -> None:
    """Ask for the words in a message of its own; the answer is bound to that message."""
    person = await coaching.coached(context.session, context.employee, tap.number(), on=context.today)
    target = await coaching.about(context.session, person, tap.number(1))
    w = context.words
    about = _about(w, target)
    text = w.t("What would you like to tell {name}{about}? Reply to this message.", name=person.name, about=about)
    key = await context.say(text, asks=w.plain("Your feedback"))
    await questions.ask(
        context.session,
        agency_id=context.employee.agency_id,
        employee_id=context.employee.id,
        card=key,
        kind=FEEDBACK,
        arguments={"person": person.id, "target": target.id if target else 0},
        now=context.now,
    )


def _about(w: Words, target: Target | None) -> str:
    return w.plain(" about {target}", target=titled(target)) if target is not None else ""


async def give(context: Context, question: Question, text: str) -> bool:
    """The typed feedback is kept, and the person hears at once."""
    session, author = context.session, context.employee
    person = await coaching.coached(session, author, question.arguments["person"], on=context.today)
    target = await coaching.about(session, person, question.arguments["target"])
    kept = await coaching.give(session, author, person, text, target=target, on=context.today, now=context.now)
    await questions.close(session, question.card)
    await show_to(
        session, person, f"feedback:{kept.id}", kinds.FEEDBACK, now=context.now, priority=kinds.CARD, feedback=kept.id
    )
    w = context.words
    if person.telegram_id is None:
        await context.say(w.t("Kept. {name} has not joined yet and will find it under /umpan_balik.", name=person.name))
    else:
        await context.say(w.t("Given to {name}. You find it again under /umpan_balik.", name=person.name))
    return True


async def notice(session: Session, card: Message, now: datetime) -> Screen:
    """What the person gets to read."""
    person = await session.get_one(Employee, card.employee_id)
    w, one = words(person.language), await session.get_one(Feedback, card.arguments["feedback"])
    author = await session.get_one(Employee, one.author_id)
    about = _about(w, await session.get(Target, one.target_id) if one.target_id else None)
    text = w.t("💬 Feedback from <b>{name}</b>{about}:\n<i>{text}</i>", name=author.name, about=about, text=one.text)
    return Screen(text)


async def show_list(update: Update, context: Context) -> None:
    """`/umpan_balik`: what one has had, or for those who had none what they gave."""
    had = await coaching.count(context.session, context.employee.id, given=False)
    side = HAD if had or not await coaching.count(context.session, context.employee.id, given=True) else GIVEN
    await context.show(f"feedback_list:{context.employee.id}", kinds.FEEDBACK_LIST, anew=True, side=side, page=0)


async def turn_to(context: Context, tap: Tap) -> None:
    """`had.<page>` or `given.<page>`."""
    side = tap.argument.partition(".")[0]
    if side not in (HAD, GIVEN):
        raise Refusal("changed_meanwhile")
    await outbox.redraw(context.session, tap.card.key, now=context.now, side=side, page=tap.number(1))


async def feedback_list(session: Session, card: Message, now: datetime) -> Screen:
    person = await session.get_one(Employee, card.employee_id)
    w, side = words(person.language), card.arguments["side"]
    counts = {HAD: await coaching.count(session, person.id, given=False)}
    counts[GIVEN] = await coaching.count(session, person.id, given=True)
    heading = w.t("<b>Feedback you have had</b>") if side == HAD else w.t("<b>Feedback you have given</b>")
    pages = max((counts[side] + PAGE - 1) // PAGE, 1)
    at = card.arguments["page"] % pages
    rows = await coaching.page(session, person.id, given=side == GIVEN, first=at * PAGE, most=PAGE)
    lines: list[str] = [heading, *[await _entry(session, w, person, one, given=side == GIVEN) for one in rows]]
    if not rows:
        lines.append(w.t("None yet."))
    return Screen("\n".join(lines), _turns(w, side, at, pages, counts))


async def _entry(session: Session, w: Words, reader: Employee, one: Feedback, *, given: bool) -> Html:
    other = await session.get_one(Employee, one.employee_id if given else one.author_id)
    about = _about(w, await session.get(Target, one.target_id) if one.target_id else None)
    day = w.short_day(one.given_at.astimezone(await employees.zone_of(session, reader)).date())
    values = {"day": day, "name": other.name, "about": about, "text": one.text}
    if given:
        return w.t("\n{day}, to <b>{name}</b>{about}:\n<i>{text}</i>", **values)
    return w.t("\n{day}, from <b>{name}</b>{about}:\n<i>{text}</i>", **values)


def _turns(w: Words, side: str, at: int, pages: int, counts: dict[str, int]) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if pages > 1:
        before, after = (at - 1) % pages, (at + 1) % pages
        turn = f"{at + 1}/{pages} ›"
        rows.append((Button("‹", "feedbacks", f"{side}.{before}"), Button(turn, "feedbacks", f"{side}.{after}")))
    other = GIVEN if side == HAD else HAD
    if counts[other]:
        label = w.plain("What you have given") if other == GIVEN else w.plain("What you have had")
        rows.append((Button(label, "feedbacks", f"{other}.0"),))
    return tuple(rows)
