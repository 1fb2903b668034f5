"""Obstacles: told from the report's card, answered by the superior, closed or opened again."""

from telegram import Update

from handlers.context import Context, show_to
from handlers.taps import Tap
from handlers.wording import short
from models import cards, kinds, obstacle_acts, obstacles, outbox, questions
from models.employees import Employee
from models.obstacles import Obstacle
from models.questions import Question
from models.reading.obstacles import is_none
from models.refusals import Refusal
from models.replies import Reply

OBSTACLE, ANSWER = "obstacle", "obstacle_answer"


async def show_obstacles(update: Update, context: Context) -> None:
    """`/kendala`"""
    await _show_card(context)


async def open_card(context: Context, tap: Tap) -> None:
    """From the reviewer's card."""
    await _show_card(context)


async def _show_card(context: Context) -> None:
    await context.show(cards.obstacles(context.employee.id), kinds.OBSTACLE_CARD, anew=True, page=0)


async def turn_to(context: Context, tap: Tap) -> None:
    await outbox.redraw(context.session, tap.card.key, now=context.now, page=tap.number())


async def ask_obstacle(context: Context, tap: Tap) -> None:
    """Ask for one sentence in a message of its own; the answer is bound to that message."""
    w = context.words
    text = w.t("What stands in the way? Reply to this message with one sentence; your superior will see it.")
    await _wait(context, await context.say(text, asks=w.plain("The obstacle")), OBSTACLE, tap.card.arguments["reply"])


async def _wait(context: Context, card: str, kind: str, about: int, **more: int) -> None:
    person = context.employee
    await questions.ask(
        context.session,
        agency_id=person.agency_id,
        employee_id=person.id,
        card=card,
        kind=kind,
        arguments={"about": about, **more},
        now=context.now,
    )


async def give_obstacle(context: Context, question: Question, text: str) -> bool:
    """The typed sentence. The question stays, so that an edited sentence, or a second one, replaces the first."""
    w = context.words
    if is_none(text) and "obstacle" not in question.arguments:
        await questions.close(context.session, question.card)
        await context.say(w.t("Good, no obstacle was noted."))
        return True
    obstacle = await _keep(context, question, text)
    await _spread(context, obstacle)
    await context.say(w.t("Noted: “{text}”. Your superior sees it on the approval card.", text=short(text, 200)))
    return True


async def _keep(context: Context, question: Question, text: str) -> Obstacle:
    if "obstacle" in question.arguments:
        obstacle = await context.session.get_one(Obstacle, question.arguments["obstacle"])
        await obstacles.reword(context.session, obstacle, text)
    else:
        reply = await context.session.get_one(Reply, question.arguments["about"])
        on = context.act.local_date(reply.sent_at)
        obstacle = await obstacles.raise_(context.session, context.employee, reply, text, on=on, by_hand=True)
        question.arguments = {**question.arguments, "obstacle": obstacle.id, "answered": True}
    return obstacle


async def _shown(context: Context, tap: Tap) -> tuple[Obstacle, int]:
    """The obstacle a button names, and the revision of it on the screen. Raises: Refusal("changed_meanwhile")."""
    obstacle = await context.session.get(Obstacle, tap.number())
    if obstacle is None or obstacle.id not in tap.seen:
        raise Refusal("changed_meanwhile")
    return obstacle, tap.seen[obstacle.id]


async def ask_answer(context: Context, tap: Tap) -> None:
    obstacle, revision = await _shown(context, tap)
    if not await obstacle_acts.may_answer(context.session, context.employee, obstacle, on=context.today):
        raise Refusal("not_yours")
    owner, w = await context.session.get_one(Employee, obstacle.employee_id), context.words
    text = w.t(
        "Your answer to {name} about “{text}”? Reply to this message.", name=owner.name, text=short(obstacle.text, 200)
    )
    key = await context.say(text, asks=w.plain("Your answer"))
    await _wait(context, key, ANSWER, obstacle.id, revision=revision)


async def give_answer(context: Context, question: Question, text: str) -> bool:
    """The typed answer reaches its owner at once. The question stays, so that an edited answer replaces the first."""
    obstacle = await context.session.get_one(Obstacle, question.arguments["about"])
    seen = question.arguments["revision"]
    if obstacle.revision != seen:
        await _show_card(context)
    await obstacle_acts.answer(
        context.session, context.employee, obstacle, text, revision=seen, on=context.today, now=context.now
    )
    question.arguments = {**question.arguments, "revision": obstacle.revision, "answered": True}
    owner = await context.session.get_one(Employee, obstacle.employee_id)
    await _tell(context, owner, obstacle)
    await _spread(context, obstacle)
    await context.say(context.words.t("Your answer has gone to {name}.", name=owner.name))
    return True


async def settle(context: Context, tap: Tap) -> None:
    """By its owner or by a reviewer, of whom the owner hears."""
    obstacle, revision = await _shown(context, tap)
    await obstacle_acts.close(
        context.session, context.employee, obstacle, revision=revision, on=context.today, now=context.now
    )
    if obstacle.employee_id != context.employee.id:
        await _tell(context, await context.session.get_one(Employee, obstacle.employee_id), obstacle)
    await _spread(context, obstacle)
    context.toast(context.words.plain("Settled."))


async def reopen(context: Context, tap: Tap) -> None:
    obstacle, revision = await _shown(context, tap)
    await obstacle_acts.reopen(context.session, context.employee, obstacle, revision=revision, now=context.now)
    await _spread(context, obstacle)
    context.toast(context.words.plain("Open again; your superior sees it."))


async def _tell(context: Context, owner: Employee, obstacle: Obstacle) -> None:
    key = cards.obstacle_answer(obstacle.id)
    await show_to(
        context.session,
        owner,
        key,
        kinds.OBSTACLE_ANSWER,
        now=context.now,
        anew=True,
        priority=kinds.CARD,
        obstacle=obstacle.id,
    )


async def _spread(context: Context, obstacle: Obstacle) -> None:
    """Every card on which it stands shows it as it is now."""
    owner = await context.session.get_one(Employee, obstacle.employee_id)
    keys = [cards.obstacle_answer(obstacle.id), cards.obstacles(owner.id), cards.obstacles(context.employee.id)]
    if obstacle.reply_id is not None:
        keys.append(f"report:{obstacle.reply_id}")
    for key in dict.fromkeys(keys):
        await outbox.redraw(context.session, key, now=context.now)
    await cards.redraw_for_others(context.session, owner, now=context.now)
