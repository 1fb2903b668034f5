"""The state of the sandbox: one bot, the people around it, and everything they have said to each other."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.sandbox.chats import ANONYMOUS_ADMIN, Chat, Kept, Member, Person
from bot.sandbox.commands import Commands
from bot.sandbox.errors import Json, PeopleError
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.limits import Limits
from bot.sandbox.queries import Queries
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhook import DELAYS, Delivery


class World:
    """``clock`` gives aware UTC and dates every message; rates and query lifetimes run on ``monotonic`` seconds.

    Not thread safe: everything happens in the event loop that serves it.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        token: str,
        bot_username: str = "HarianBot",
        monotonic: Callable[[], float] = time.monotonic,
        query_lifetime: float = 30.0,
        webhook_delays: Sequence[float] = DELAYS,
    ) -> None:
        self.clock = clock
        self.token = token
        self.bot: Json = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Harian",
            "username": bot_username,
        }
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.calls: Counter[str] = Counter()
        self.refusals: Counter[str] = Counter()
        self.cut: Callable[[object], None] = lambda client: None
        """Resets the connection of that client; set by whoever serves the world."""
        self.updates = UpdateQueue(first_id=100_000_001, now=self.now)
        self.events = Events()
        self.faults = Faults()
        self.files = Files()
        self.commands = Commands()
        self.limits = Limits(monotonic)
        self.queries = Queries(monotonic, query_lifetime)
        self.delivery = Delivery(self.updates, self.now, webhook_delays)
        self._serial = 0

    @property
    def bot_id(self) -> int:
        return int(self.bot["id"])

    def now(self) -> int:
        return int(self.clock().timestamp())

    def serial(self) -> int:
        """A number nobody has had yet, for ids."""
        self._serial += 1
        return self._serial

    def person(self, person_id: int) -> Person:
        if person_id not in self.people:
            raise PeopleError(f"there is no person {person_id}")
        return self.people[person_id]

    def chat(self, chat_id: int) -> Chat:
        if chat_id not in self.chats:
            raise PeopleError(f"there is no chat {chat_id}")
        return self.chats[chat_id]

    def user(self, user_id: int) -> Json | None:
        """The bot's or a person's User object."""
        if user_id == self.bot_id:
            return self.bot
        if user_id == ANONYMOUS_ADMIN["id"]:
            return ANONYMOUS_ADMIN
        person = self.people.get(user_id)
        return person.user() if person else None

    def member_json(self, member: Member) -> Json:
        """Telegram's ChatMember object."""
        shape: Json = {"status": member.status, "user": self.user(member.user_id)}
        if member.status == "creator":
            return shape | {"is_anonymous": member.anonymous}
        if member.status == "administrator":
            return shape | {"can_be_edited": False, "is_anonymous": member.anonymous} | ADMIN_RIGHTS
        return shape | {"until_date": 0} if member.status == "kicked" else shape

    def post(self, chat: Chat, body: Json, *, from_bot: bool = False, extra: Json | None = None) -> Kept:
        """Put a new message into the chat and show it to people; the bot hears of it only by ``updates``."""
        chat.last_message_id += 1
        head: Json = {"message_id": chat.last_message_id, "date": self.now(), "chat": chat.brief()}
        kept = Kept(head | body, from_bot, extra or {})
        chat.history.put(kept)
        self.show(chat, kept)
        return kept

    def replace(self, chat: Chat, kept: Kept) -> None:
        chat.history.put(kept)
        self.show(chat, kept)

    def remove(self, chat: Chat, message_id: int) -> None:
        chat.history.remove(message_id)
        self.events.publish({"type": "deleted", "chat": chat.id, "message_id": message_id})
        if message_id in chat.pinned:
            self.unpin(chat, message_id)

    def pin(self, chat: Chat, message_id: int) -> None:
        if message_id in chat.pinned:
            chat.pinned.remove(message_id)
        chat.pinned.append(message_id)
        self._show_pinned(chat)

    def unpin(self, chat: Chat, message_id: int) -> None:
        chat.pinned.remove(message_id)
        self._show_pinned(chat)

    def _show_pinned(self, chat: Chat) -> None:
        top = chat.pinned[-1] if chat.pinned else None
        self.events.publish({"type": "pinned", "chat": chat.id, "message_id": top})

    def show(self, chat: Chat, kept: Kept) -> None:
        self.events.publish({"type": "message", "chat": chat.id, "message": kept.view()})


ADMIN_RIGHTS: Json = {
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": True,
    "can_restrict_members": True,
    "can_promote_members": False,
    "can_change_info": True,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
    "can_pin_messages": True,
    "can_manage_topics": False,
    "can_send_welcome_messages": False,  # newer than Bot API 10.0, and required by clients that know it
}
