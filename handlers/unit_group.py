"""The unit's group: how it is bound, what happens to it, and the board of the day."""

from datetime import date, datetime

from telegram import ChatMember, Update

from handlers.context import Context
from handlers.screens import Screen
from handlers.texts import words
from handlers.wording import refuse
from models import agencies, boards, bots, employees, invitations, reach
from models.agencies import Unit
from models.database import Session
from models.outbox import Message
from models.refusals import Refusal

GROUP_LANGUAGE = "id"


async def make_link(update: Update, context: Context) -> None:
    """`/grup`: a link with which the unit's head, or an admin, adds the bot to the unit's group."""
    w, person = context.words, context.employee
    unit = await context.session.get_one(Unit, person.unit_id)
    if person.role != employees.ADMIN and not await employees.is_head(context.session, person, unit):
        await context.say(w.t("Only the head of the unit, or an admin, can connect its group."))
        return
    token, _ = await invitations.invite(context.session, person, now=context.now, unit=unit, actor=person)
    link = f"https://t.me/{context.bot.username}?startgroup={token}"
    text = w.t("Open this link and choose the group of <b>{unit}</b>. It works once, and only for you:", unit=unit.name)
    await context.say(f"{text}\n{link}")


async def bind(update: Update, context: Context) -> None:
    """`/start <token>` in a group: from a `startgroup` link. Strangers, and wrong links of strangers, get silence."""
    chat, person = update.effective_chat, context.act.employee
    if chat is None or person is None or not context.args:
        return
    try:
        unit = await invitations.bind_group(context.session, context.args[0], person, chat_id=chat.id, now=context.now)
    except Refusal as refusal:
        await context.say(refuse(context.words, refusal))
        return
    w = words(GROUP_LANGUAGE)
    await context.say(
        w.t(
            "This is now the group of <b>{unit}</b>. Here I post how many have reported, "
            "and every week the unit's summary – never names.",
            unit=unit.name,
        )
    )


async def membership(update: Update, context: Context) -> None:
    """The bot was blocked or let back in by a person, or thrown out of a group."""
    change = update.my_chat_member
    if change is None:
        return
    bot_id = bots.heard_by(context.session)
    if change.new_chat_member.status in (ChatMember.LEFT, ChatMember.BANNED):
        await reach.mark_unreachable(context.session, change.chat.id, bot_id=bot_id, now=context.now)
    elif change.chat.type == change.chat.PRIVATE:
        await reach.mark_reachable(context.session, change.chat.id, bot_id=bot_id)


async def migrated(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is not None and message.migrate_to_chat_id is not None:
        await reach.move_chat(context.session, message.chat.id, message.migrate_to_chat_id)


async def board(session: Session, card: Message, now: datetime) -> Screen | None:
    """“9 of 12 have reported”: one message a day, edited as reports come in. Nothing is sent when all have."""
    w = words(GROUP_LANGUAGE)
    day = date.fromisoformat(card.arguments["day"])
    unit = await agencies.unit_of_chat(session, card.chat_id)
    if unit is None or unit.id != card.arguments["unit"]:
        return None
    reported, asked = await boards.count(session, unit, day)
    if asked == 0 or (reported >= asked and card.message_id is None):
        return None
    if reported >= asked:
        return Screen(w.t("✅ {day}: everybody has reported ({asked}).", day=w.day(day), asked=asked), silent=True)
    return Screen(
        w.t("📋 {day}: <b>{reported} of {asked}</b> have reported.", day=w.day(day), reported=reported, asked=asked)
    )
