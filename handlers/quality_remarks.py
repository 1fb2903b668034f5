"""Remarks beside a mark, which the employee reads with their week."""

from handlers import quality_round
from handlers.context import Context
from handlers.taps import Tap
from handlers.wording import titled
from models import marks, messages, outbox, questions
from models.questions import Question
from models.refusals import Refusal

NO_REMARK = ("-", "–")
"""Typed to take a remark away."""


async def ask_remark(context: Context, tap: Tap) -> None:
    """Ask for the remark in a message of its own; the answer is bound to that message."""
    await quality_round.check_open(context, tap.card)
    item = (await quality_round.round_of(context, tap.card)).of_target(tap.number())
    if item is None or tap.number() not in tap.seen:
        raise Refusal("changed_meanwhile")
    w = context.words
    text = w.t(
        "What do you want to say to {name} about {target}? Reply to this message.",
        name=item.employee.name,
        target=titled(item.target, at_most=100),
    )
    key = await context.say(text, asks=w.plain("The remark"))
    await quality_round.ask(context, key, quality_round.REMARK, quality=tap.card.key, target=item.target.id)


async def type_remark(context: Context, question: Question, text: str) -> bool:
    """The remark goes with the mark; before there is one, the card keeps it."""
    w, target_id = context.words, int(question.arguments["target"])
    card = await messages.by_key(context.session, question.arguments["quality"])
    remark = "" if text in NO_REMARK else marks.check_remark(text)
    if card is None:
        return False
    await quality_round.check_open(context, card)
    round_ = await quality_round.round_of(context, card)
    item, given = round_.of_target(target_id), round_.given.get(target_id)
    if item is None:
        raise Refusal("not_yours")
    await questions.close(context.session, question.card)
    if given is None:
        card.arguments = {**card.arguments, "remarks": {**quality_round.remarks_on(card), str(target_id): remark}}
        await quality_round.stand_below(context, card, at=target_id)
        return True
    await marks.give(
        context.session,
        context.employee,
        item.employee,
        target_id=target_id,
        week=quality_round.week_of(card),
        value=given.mark,
        remark=remark,
        now=context.now,
    )
    await outbox.redraw(context.session, card.key, now=context.now)
    if remark:
        await context.say(w.t("Noted. {name} reads it with their week.", name=item.employee.name))
    else:
        await context.say(w.t("The remark is taken away."))
    return True
