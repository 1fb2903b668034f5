"""Colleagues who are not on the page answer by themselves, so that the supervisor's card looks like a real day's."""

from collections.abc import Sequence

from bot.demo.seeding import replies_of
from bot.sandbox.chats import Chat
from bot.sandbox.people import speech
from bot.sandbox.world import World
from models.employees import Employee

SILENT_EACH = 5
"""Every fifth of them says nothing on a given day."""
JUST = 120
"""Seconds within which the question has come."""


class Extras:
    def __init__(self, world: World, people: Sequence[Employee]) -> None:
        self._world, self._people, self._days = world, people, 0

    def answer(self) -> None:
        """They have been asked: most of them write what they did."""
        self._days += 1
        for n, person in enumerate(self._people):
            said = replies_of(person)
            if said and person.telegram_id is not None and (n + self._days) % SILENT_EACH:
                phone = self._world.person(person.telegram_id)
                chat = self._world.chat(person.telegram_id)
                if self._was_asked(chat):
                    speech.send(self._world, phone, chat, said[(self._days + 1) % len(said)])

    def _was_asked(self, chat: Chat) -> bool:
        """Nobody is asked who is on leave."""
        newest = max((kept.body["date"] for kept in chat.history.recent() if kept.from_bot), default=0)
        return bool(newest > self._world.now() - JUST)
