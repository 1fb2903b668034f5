"""Whoever has left the agency: the account is told so once, and after that answered no more."""

from handlers.context import Context
from models import outbox


async def say_goodbye(context: Context) -> None:
    person, chat = context.act.leaver, context.act.update.effective_chat
    if person is None or chat is None or chat.type != chat.PRIVATE:
        return
    text = context.words.t(
        "Since {day} you no longer belong to the agency, so I take nothing here any more. What you reported is kept. "
        "Should you come back, your personnel officer opens this again.",
        day=context.words.full_date(person.left_on) if person.left_on else "",
    )
    await outbox.show_once(
        context.session,
        key=f"goodbye:{person.id}:{person.left_on}",
        chat_id=chat.id,
        kind=outbox.SAY,
        agency_id=person.agency_id,
        arguments={"text": str(text), "reply_to": None, "asks": None},
        priority=outbox.ANSWER,
        due_at=context.now,
    )
