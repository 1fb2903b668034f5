"""`/tim`: a supervisor's people today, and from there to a page for each, with all that belongs to them."""

from datetime import date

from telegram import Update

from handlers import milestones, review
from handlers.context import Context, show_to
from handlers.taps import Tap
from models import cards, coaching, duty, kinds, outbox, questions, reviews, sights, target_cards
from models.employees import Employee, has_left
from models.refusals import Refusal

LIST, PERSON, DAY = "list", "person", "day"


async def show_team(update: Update, context: Context) -> None:
    """The list; and what waits, on its own card."""
    team = await duty.team_of(context.session, context.employee, on=context.today)
    if all(has_left(person, context.today) for person in team):
        await context.say(context.words.t("Nobody reports to you at present."))
        return
    if await reviews.waiting_for(context.session, context.employee, on=context.today):
        await review.show_waiting(context)
    await show_to(
        context.session,
        context.employee,
        cards.team(context.employee.id),
        kinds.TEAM,
        now=context.now,
        anew=True,
        priority=kinds.LAST_ANSWER,
        view=LIST,
        page=0,
    )


async def turn_page(context: Context, tap: Tap) -> None:
    await outbox.redraw(context.session, tap.card.key, now=context.now, view=LIST, page=tap.number())


async def back(context: Context, tap: Tap) -> None:
    await outbox.redraw(context.session, tap.card.key, now=context.now, view=LIST)


async def open_person(context: Context, tap: Tap) -> None:
    """`person.target`; the target is 0 for the person as a whole."""
    person = await _theirs(context, tap.number())
    await sights.opened(context.session, context.employee, person, sights.EVIDENCE, now=context.now)
    values = {"view": PERSON, "person": person.id, "target": tap.number(1) or None}
    await outbox.redraw(context.session, tap.card.key, now=context.now, **values)


async def open_day(context: Context, tap: Tap) -> None:
    """`person.yyyymmdd`; 0 for the newest day with a report."""
    person = await _theirs(context, tap.number())
    await sights.opened(context.session, context.employee, person, sights.DAYS, now=context.now)
    day = _day(tap.number(1)) if tap.number(1) else None
    values = {"view": DAY, "person": person.id, "day": day.isoformat() if day else None}
    await outbox.redraw(context.session, tap.card.key, now=context.now, **values)


def _day(number: int) -> date:
    try:
        return date.fromisoformat(f"{number:08}")
    except ValueError:
        raise Refusal("changed_meanwhile") from None


async def _theirs(context: Context, id_: int) -> Employee:
    """Raises: Refusal("not_yours") for whoever is not theirs to look after today."""
    return await coaching.coached(context.session, context.employee, id_, on=context.today)


async def open_targets(context: Context, tap: Tap) -> None:
    person = await _theirs(context, tap.number())
    key = target_cards.page(context.employee.id)
    await questions.close(context.session, key)
    await context.show(key, kinds.TARGETS, anew=True, view="list", of=person.id, page=0)


async def open_milestones(context: Context, tap: Tap) -> None:
    await milestones.show_person(context, await _theirs(context, tap.number()))


async def open_competencies(context: Context, tap: Tap) -> None:
    person = await _theirs(context, tap.number())
    key = f"competencies:{context.employee.id}"
    await context.show(key, kinds.COMPETENCIES, anew=True, view="person", at=person.id)


async def open_absences(context: Context, tap: Tap) -> None:
    person = await _theirs(context, tap.number())
    key = f"absences:{context.employee.id}"
    await questions.close(context.session, key)
    await context.show(key, kinds.ABSENCES, anew=True, view="list", of=person.id)
