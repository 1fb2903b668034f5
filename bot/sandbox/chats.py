"""People, chats and what has been said in them."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field

import orjson

from bot.sandbox.errors import Json

ANONYMOUS_ADMIN: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
PRESENT = ("creator", "administrator", "member")
RECENT = 300


@dataclass
class Person:
    """``started``: the bot may write first. ``known``: the bot has met them, in a group for instance."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = "id"
    blocked: bool = False
    started: bool = False
    known: bool = False

    def user(self) -> Json:
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.username:
            user["username"] = self.username
        if self.language_code:
            user["language_code"] = self.language_code
        return user

    def card(self) -> Json:
        return {
            "id": self.id,
            "first_name": self.first_name,
            "username": self.username,
            "blocked": self.blocked,
            "language_code": self.language_code,
        }


@dataclass
class Member:
    """``status`` is one of Telegram's: creator, administrator, member, left, kicked."""

    user_id: int
    status: str = "member"
    anonymous: bool = False

    @property
    def present(self) -> bool:
        return self.status in PRESENT

    @property
    def admin(self) -> bool:
        return self.status in ("creator", "administrator")


@dataclass(frozen=True)
class Kept:
    """A message as the bot sees it (``body``), and what only people see (``extra``): silence, a reply keyboard."""

    body: Json
    from_bot: bool
    extra: Json = field(default_factory=dict)

    @property
    def id(self) -> int:
        return int(self.body["message_id"])

    def quoted(self) -> Json:
        """As it stands inside another message, where it never carries its own reply."""
        return {key: value for key, value in self.body.items() if key != "reply_to_message"}

    def view(self) -> Json:
        return self.body | self.extra | {"from_bot": self.from_bot}


class History:
    """Every message of a chat by id. All but the last ``RECENT`` are packed, so that a long run stays small."""

    def __init__(self) -> None:
        self._recent: OrderedDict[int, Kept] = OrderedDict()
        self._packed: dict[int, bytes] = {}

    def get(self, message_id: int) -> Kept | None:
        if message_id in self._packed:
            return Kept(*orjson.loads(self._packed[message_id]))
        return self._recent.get(message_id)

    def put(self, kept: Kept) -> None:
        if kept.id in self._packed:
            self._packed[kept.id] = _packed(kept)
            return
        self._recent[kept.id] = kept
        if len(self._recent) > RECENT:
            message_id, oldest = self._recent.popitem(last=False)
            self._packed[message_id] = _packed(oldest)

    def remove(self, message_id: int) -> None:
        self._recent.pop(message_id, None)
        self._packed.pop(message_id, None)

    def recent(self) -> Iterator[Kept]:
        return iter(self._recent.values())


def _packed(kept: Kept) -> bytes:
    return orjson.dumps([kept.body, kept.from_bot, kept.extra])


@dataclass
class Chat:
    """A private chat (whose id is the person's), a group or a supergroup. ``pinned`` holds message ids, last on top."""

    id: int
    type: str
    title: str | None = None
    person: Person | None = None
    members: dict[int, Member] = field(default_factory=dict)
    history: History = field(default_factory=History)
    pinned: list[int] = field(default_factory=list)
    last_message_id: int = 0
    migrated_to: int | None = None

    @property
    def private(self) -> bool:
        return self.person is not None

    def brief(self) -> Json:
        if self.person is None:
            return {"id": self.id, "type": self.type, "title": self.title}
        user = self.person.user()
        return {"id": self.id, "type": self.type} | {k: user[k] for k in ("first_name", "username") if k in user}

    def member(self, user_id: int) -> Member:
        return self.members.get(user_id) or Member(user_id, "left")

    def present(self) -> list[int]:
        return [member.user_id for member in self.members.values() if member.present]

    def admins(self) -> list[int]:
        return [member.user_id for member in self.members.values() if member.admin]
