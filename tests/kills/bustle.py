"""People at work, by chance: they report, edit what they reported, approve, undo, and return with a reason."""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from bot.sandbox.chats import Chat
from bot.sandbox.people import speech
from tests.kills.town import CHIEF, Town
from tests.kills.watching import Watched

APPROVE, UNDO, CHECK, RETURN = "✅ Setujui", "↶ Urungkan", "🔎 Periksa", "↩️ Kembalikan"
REVIEW = (APPROVE, UNDO, CHECK, RETURN)
LIKELY = {APPROVE[:2]: 2, CHECK[:2]: 2, RETURN[:2]: 4}
CARDS_LOOKED_AT = 40
AHEAD, LONGEST_WAIT = 10, 2.0
"""How many acts are ahead of the answers, at most; and after how many seconds people say something all the same."""
IN_A_ROW = 20


@dataclass
class Report:
    """What a person wrote, as it reads after the last edit; on the day that is `day`."""

    chat: int
    message: int
    text: str
    day: int


def text_of(serial: int) -> str:
    return f"A1 mengarsipkan surat map no. {serial}"


class Bustle:
    """`day` counts phases of the calendar: only reports of the present one are edited."""

    def __init__(self, world: Watched, town: Town, seed: int) -> None:
        self._world, self._town = world, town
        self._chance = random.Random(seed)
        self.reports: list[Report] = []
        self.reasons: set[str] = set()
        self.done: Counter[str] = Counter()
        self.day = 0
        self._serial = self._acts = 0
        self._answered: set[tuple[int, int]] = set()
        self._tapped: dict[int, tuple[list[dict[str, Any]], float]] = {}

    async def go_on(self, seconds_between: float) -> None:
        """Until cancelled. Whoever hears nothing for long waits with the next word: a busy machine has less to do."""
        waited = 0.0
        while True:
            pause = self._chance.uniform(0.2, 1.8) * seconds_between
            if self._acts < self._answers() + AHEAD or waited > LONGEST_WAIT:
                self.act()
                waited = 0.0
            waited += pause
            await asyncio.sleep(pause)

    def _answers(self) -> int:
        return self._world.calls["sendmessage"] + self._world.calls["editmessagetext"]

    def act(self) -> None:
        """Now a while of reports, now a while of reviews: what changes all the time could not be approved."""
        self._acts += 1
        if self._acts // IN_A_ROW % 2:
            self._review(self._chance.choice([*self._town.heads, CHIEF]))
        elif self._chance.random() < 0.75:
            self._report()
        else:
            self._edit()

    def _new_text(self) -> str:
        self._serial += 1
        return text_of(self._serial)

    def _report(self) -> None:
        who = self._chance.choice([*self._town.staff, *self._town.staff, *self._town.heads])
        said = speech.send(self._world, self._world.person(who), self._world.chat(who), self._new_text())
        self.reports.append(Report(who, said.id, str(said.body["text"]), self.day))
        self.done["reports"] += 1

    def _edit(self) -> None:
        todays = [report for report in self.reports[-60:] if report.day == self.day]
        if todays:
            report = self._chance.choice(todays)
            report.text = self._new_text()
            world, who = self._world, report.chat
            speech.edit(world, world.person(who), world.chat(who), report.message, report.text)
            self.done["edits"] += 1

    def _review(self, who: int) -> None:
        """A tap on the newest card with a reviewer's button, or the reason that is asked for; else ask for a card."""
        chat = self._world.chat(who)
        for kept in reversed([one.view() for one in chat.history.recent() if one.from_bot][-CARDS_LOOKED_AT:]):
            markup = kept.get("reply_markup", {})
            if markup.get("force_reply") and (who, kept["message_id"]) not in self._answered:
                self._give_reason(chat, kept)
                return
            keys = [key for row in markup.get("inline_keyboard", []) for key in row if "callback_data" in key]
            wanted = [key for key in keys if key["text"].startswith(REVIEW) or key["callback_data"][:7] == "return:"]
            if wanted:
                if self._has_looked(who, wanted):
                    key = self._chance.choices(wanted, [LIKELY.get(key["text"][:2], 1) for key in wanted])[0]
                    speech.tap(self._world, self._world.person(who), chat, kept["message_id"], key["callback_data"])
                    self.done["taps"] += 1
                return
        if self._chance.random() < 0.3:
            speech.send(self._world, self._world.person(who), chat, "/tim")
            self.done["commands"] += 1

    def _has_looked(self, who: int, keys: list[dict[str, Any]]) -> bool:
        """Nobody taps on a card again that has not answered yet, at least for a while."""
        now = time.monotonic()
        tapped, at = self._tapped.get(who, ([], 0.0))
        if tapped == keys and now - at < LONGEST_WAIT:
            return False
        self._tapped[who] = keys, now
        return True

    def _give_reason(self, chat: Chat, asked: dict[str, Any]) -> None:
        self._serial += 1
        reason = f"Mohon sebutkan nomor berkas {self._serial}"
        self._answered.add((chat.id, asked["message_id"]))
        speech.send(self._world, self._world.person(chat.id), chat, reason, reply_to=asked["message_id"])
        self.reasons.add(reason)
        self.done["reasons"] += 1
