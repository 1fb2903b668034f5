"""`/tonggak`: a supervisor says how far a result that cannot be counted has come, with a sentence of evidence."""

from telegram import Update

from handlers import quality
from handlers.context import Context, show_to
from handlers.report_answers import number_in
from handlers.taps import Tap
from handlers.wording import titled
from models import cards, kinds, messages, milestones, outbox, questions
from models.employees import Employee
from models.outbox import Message
from models.questions import Question
from models.refusals import Refusal

PERCENT, EVIDENCE = "milestone_percent", "milestone_evidence"


async def show_milestones(update: Update, context: Context) -> None:
    """Straight to the milestone when there is only one, to the person when there is only one of those."""
    team = await milestones.of_team(context.session, context.employee, on=context.today)
    key = cards.milestones(context.employee.id)
    if len(team) != 1:
        await context.show(key, kinds.MILESTONES, anew=True, view="people", id=0, page=0)
        return
    person, own = team[0]
    view, id_ = ("target", own[0].id) if len(own) == 1 else ("person", person.id)
    await context.show(key, kinds.MILESTONES, anew=True, view=view, id=id_, page=0)
    await _wait_for_percent(context, key, id_ if view == "target" else None)


async def show_person(context: Context, person: Employee) -> None:
    """Of one of their people; straight to the milestone when there is only one."""
    team = await milestones.of_team(context.session, context.employee, on=context.today)
    own = next((own for one, own in team if one.id == person.id), None)
    if own is None:
        raise Refusal("changed_meanwhile")
    key = cards.milestones(context.employee.id)
    view, id_ = ("target", own[0].id) if len(own) == 1 else ("person", person.id)
    await context.show(key, kinds.MILESTONES, anew=True, view=view, id=id_, page=0)
    await _wait_for_percent(context, key, id_ if view == "target" else None)


async def _wait_for_percent(context: Context, key: str, target_id: int | None) -> None:
    if target_id is None:
        await questions.close(context.session, key)
    else:
        await _ask(context, key, PERCENT)


async def _ask(context: Context, key: str, kind: str, **arguments: int | str) -> None:
    person = context.employee
    await questions.ask(
        context.session,
        agency_id=person.agency_id,
        employee_id=person.id,
        card=key,
        kind=kind,
        arguments=arguments,
        now=context.now,
    )


async def turn_to_people(context: Context, tap: Tap) -> None:
    await _turn(context, tap.card, view="people", id=0, page=tap.number())


async def turn_to_own(context: Context, tap: Tap) -> None:
    await _turn(context, tap.card, view="own", id=0, page=0)


async def turn_to_person(context: Context, tap: Tap) -> None:
    """`<person>` or `<person>.<page>`; someone with one milestone leads straight to it."""
    team = await milestones.of_team(context.session, context.employee, on=context.today)
    own = next((own for person, own in team if person.id == tap.number()), None)
    if own is None:
        raise Refusal("not_yours")
    if len(own) == 1:
        await _turn(context, tap.card, view="target", id=own[0].id, page=0)
    else:
        page = tap.number(1) if "." in tap.argument else 0
        await _turn(context, tap.card, view="person", id=tap.number(), page=page)


async def turn_to_milestone(context: Context, tap: Tap) -> None:
    await milestones.check(context.session, context.employee, tap.number(), on=context.today)
    await _turn(context, tap.card, view="target", id=tap.number(), page=0)


async def _turn(context: Context, card: Message, *, view: str, id: int, page: int) -> None:
    await _wait_for_percent(context, card.key, id if view == "target" else None)
    await outbox.redraw(context.session, card.key, now=context.now, view=view, id=id, page=page)


async def choose_percent(context: Context, tap: Tap) -> None:
    target_id = tap.number()
    if target_id not in tap.seen:
        raise Refusal("changed_meanwhile")
    await _ask_evidence(context, target_id, tap.number(1), after=tap.seen[target_id])


async def type_percent(context: Context, question: Question, text: str) -> bool:
    card, number = await messages.by_key(context.session, question.card), number_in(text.rstrip("% "))
    if card is None or number is None or not card.seen:
        return False
    if number > 100 or number != int(number):
        raise Refusal("count_out_of_range", limit=100)
    target_id, after = card.seen[0]
    await _ask_evidence(context, int(target_id), int(number), after=int(after))
    return True


async def _ask_evidence(context: Context, target_id: int, percent: int, *, after: int) -> None:
    """Ask for the sentence in a message of its own; the answer is bound to that message."""
    holder, target = await milestones.check(context.session, context.employee, target_id, on=context.today)
    if percent > 100:
        raise Refusal("changed_meanwhile")
    if await milestones.last_step(context.session, target_id) != after:
        raise Refusal("changed_meanwhile")
    w = context.words
    steps = await milestones.history(context.session, target)
    values = {"name": holder.name, "target": titled(target), "percent": percent}
    if steps and percent < steps[0].percent:
        before = w.number(steps[0].percent)
        text = w.t(
            "{name} – {target}: back from {before} % to {percent} %. Why? Reply to this message with one sentence.",
            before=before,
            **values,
        )
        asks = w.plain("The reason")
    else:
        text = w.t(
            "{name} – {target}: {percent} %. By what does one see it? Reply to this message with one sentence, "
            "for example: <i>the draft was discussed in the forum</i>.",
            **values,
        )
        asks = w.plain("The evidence")
    key = await context.say(text, asks=asks)
    await _ask(context, key, EVIDENCE, target=target_id, percent=percent, after=after)


async def give_evidence(context: Context, question: Question, text: str) -> bool:
    """The typed sentence: the milestone moves, and its holder hears at once."""
    session, a = context.session, question.arguments
    holder, target = await milestones.check(session, context.employee, a["target"], on=context.today)
    steps = await milestones.history(session, target)
    before = context.words.number(steps[0].percent) if steps else "0"
    step = await milestones.set_step(
        session,
        context.employee,
        target.id,
        a["percent"],
        text,
        after=a["after"],
        on=context.today,
        now=context.now,
    )
    await questions.close(session, question.card)
    key = f"milestone:{step.id}"
    await show_to(
        session, holder, key, kinds.MILESTONES, now=context.now, priority=kinds.CARD, step=step.id, before=before
    )
    await outbox.redraw(session, cards.milestones(context.employee.id), now=context.now)
    await quality.follow_approval(context, [step])
    w = context.words
    if holder.telegram_id is None:
        text = w.t("Noted: {percent} %. {name} has not joined yet.", percent=step.percent, name=holder.name)
    else:
        text = w.t("Noted: {percent} %. {name} has been told.", percent=step.percent, name=holder.name)
    await context.say(text)
    return True
