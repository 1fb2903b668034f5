"""What Telegram sends when somebody writes or taps, without Telegram."""

from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.stage import FixedClock

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Card:
    """A message as it stands on a screen after it was drawn."""

    id: int
    kind: str
    chat_id: int
    employee_id: int | None
    message_id: int
    revision: int
    key: str
    text: str
    """Also that of its buttons."""
    buttons: tuple[tuple[str, str], ...]
    """Verb and argument."""


class Sending:
    def __init__(self, clock: FixedClock, bot_id: int) -> None:
        self.clock, self._bot_id = clock, bot_id
        self._numbers = count(1_000_000)

    def number(self) -> int:
        return next(self._numbers)

    def message(
        self, account: int, text: str, *, chat: int | None = None, reply_to: int | None = None, **more: Any
    ) -> Row:
        """Somebody writes; commands are marked as Telegram marks them."""
        content: Row = {**self._place(account, chat), **({"text": text} if text else {}), **more}
        if text.startswith("/"):
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        if reply_to is not None:
            asked = {"id": self._bot_id, "is_bot": True, "first_name": "Harian"}
            content["reply_to_message"] = {**content, "message_id": reply_to, "from": asked, "text": "?"}
        return {"update_id": self.number(), "message": content}

    def tap(self, account: int, card: Card, verb: str, argument: str, *, chat: int | None = None) -> Row:
        place = self._place(account, chat)
        query = {
            "id": str(self.number()),
            "from": place["from"],
            "chat_instance": "1",
            "message": {**place, "message_id": card.message_id},
            "data": f"{verb}:{card.id}:{card.revision}:{argument}",
        }
        return {"update_id": self.number(), "callback_query": query}

    def _place(self, account: int, chat: int | None) -> Row:
        who = {"id": account, "is_bot": account < 100, "first_name": "Orang", "language_code": "id"}
        kind = "supergroup" if (chat or account) < 0 else "private"
        where = {"id": chat or account, "type": kind, "title": "Grup", "first_name": "Orang"}
        return {"message_id": self.number(), "date": int(self.clock().timestamp()), "from": who, "chat": where}
