"""Every tap on a button comes through here: whose card is it, and is it the card as it stands now?"""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from telegram import CallbackQuery, Update

from handlers import leavers
from handlers.context import Context
from handlers.wording import refuse
from models import bots, outbox
from models.outbox import Message
from models.refusals import Refusal

DATA_AT_MOST = 64
"""Bytes of a button's data (Bot API)."""
TOO_LARGE = 2**31
"""Ids and numbers on buttons stay below it; so do the integers of the database."""


@dataclass(frozen=True, slots=True)
class Tap:
    """A tap on the screen as it stands. `seen` are id → revision of what the card showed."""

    card: Message
    argument: str

    @property
    def seen(self) -> dict[int, int]:
        return {int(id_): int(revision) for id_, revision in self.card.seen}

    def number(self, place: int = 0) -> int:
        """A whole number of the argument (`12.3` holds two).

        Raises: Refusal("changed_meanwhile") for an argument nobody's button carries.
        """
        parts = self.argument.split(".")
        if place >= len(parts) or not parts[place].isdecimal() or int(parts[place]) >= TOO_LARGE:
            raise Refusal("changed_meanwhile")
        return int(parts[place])


Action: TypeAlias = Callable[[Context, Tap], Awaitable[None]]


def receive_taps(actions: Mapping[str, Mapping[str, Action]]) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    """The handler of all taps; `actions` has a function for each kind of card and verb."""

    async def receive_tap(update: Update, context: Context) -> None:
        query = update.callback_query
        if query is None:
            return
        verb, card_id, revision, argument = _parse(query.data or "")
        card = await _card(context, query, card_id)
        action = actions.get(card.kind, {}).get(verb) if card is not None else None
        if context.act.leaver is not None:
            await leavers.say_goodbye(context)
            return
        if card is None or action is None:
            context.toast(context.words.plain("This button is no longer in use. Nothing was changed."))
            return
        if revision != card.screen_revision:
            await outbox.redraw(context.session, card.key, now=context.now)
            context.toast(context.words.plain("This card has been updated. Please look once more."))
            return
        try:
            await action(context, Tap(card, argument))
        except Refusal as refusal:
            await outbox.redraw(context.session, card.key, now=context.now)
            context.toast(str(refuse(context.words, refusal)), alert=True)

    return receive_tap


def _parse(data: str) -> tuple[str, int, int, str]:
    """`verb:card:revision:argument`; anything else names no card."""
    parts = data.split(":", 3)
    if len(parts) == 4 and parts[1].isdecimal() and parts[2].isdecimal() and len(data.encode()) <= DATA_AT_MOST:
        return parts[0], int(parts[1]), int(parts[2]), parts[3]
    return "", 0, 0, ""


async def _card(context: Context, query: CallbackQuery, card_id: int) -> Message | None:
    """The row behind the button, when it stands in this chat, on this message, and is meant for this person."""
    card = await context.session.get(Message, card_id) if 0 < card_id < TOO_LARGE else None
    if card is None or query.message is None or card.chat_id != query.message.chat.id:
        return None
    if card.message_id != query.message.message_id or card.bot_id != bots.heard_by(context.session):
        return None
    person = context.act.employee
    if person is None or (card.employee_id is not None and card.employee_id != person.id):
        return None
    return card
