"""A walk over everything that can be tapped and answered: from a few scenes on, button by button.

Each button of a new kind is tried by every role, then tapped by whose card it is; what appears is walked on from.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import text

from models import imports, kinds
from models.imports import keeping
from models.uploads import Upload
from scheduler.timetable import SWEEPS
from tests.authority.cast import ROLES, SECRET
from tests.authority.forgeries import ANSWERS, ARGUMENTS, FORGED, LOOK_APART, MEANT, WITHOUT_ARGUMENT
from tests.authority.sending import Card
from tests.authority.trial import Trial
from tests.authority.tries import NAME, Tries


@dataclass(frozen=True, slots=True)
class Scene:
    """One after the other: a moment, what people write (`role: words`), `sweep`, rows changed (`sql: …`);
    and `forget`: what was tapped in earlier scenes is tapped in this one again."""

    steps: tuple[str, ...]


@dataclass(slots=True)
class Walk:
    trial: Trial
    tries: Tries
    table: dict[str, dict[str, str]] = field(default_factory=dict)
    """By what is done (`tap review_card approve`): the signs by role."""
    amiss: list[str] = field(default_factory=list)
    """Forged taps that changed something."""
    _known: set[tuple[str, str, str, bool, int]] = field(default_factory=set)
    _tried: dict[str, bool] = field(default_factory=dict)

    async def play(self, scenes: Iterable[Scene]) -> None:
        for scene in scenes:
            async with self.trial.branch():
                await self._follow(await self.stage(scene))

    async def say(self, commands: Iterable[str], scene: Scene) -> None:
        """Everybody says each of the commands in this scene."""
        async with self.trial.branch():
            await self.stage(scene)
            for command in commands:
                for role in ROLES:
                    self._note(f"say /{command}", role, await self.tries.says(role, f"/{command}"))

    async def stage(self, scene: Scene) -> list[Card]:
        """Set the scene; the newest look of each card in it."""
        cards: dict[int, Card] = {}
        for step in scene.steps:
            if step[:1].isdigit():
                self.trial.clock.set(step)
                continue
            for card in await self._step(step):
                cards[card.id] = card
        return list(cards.values())

    async def _step(self, step: str) -> list[Card]:
        role, _, words = step.partition(": ")
        if step == "sweep":
            return await self.sweep()
        if step == "forget":
            self._known.clear()
            return []
        if role == "sql":
            await self.trial.connection.execute(text(words))
            return []
        if role == "upload":
            return await self._upload(words)
        if role == "photo":
            photo = {"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}
            return (await self.trial.handle(self.trial.message(ROLES[words], "", photo=[photo]))).cards
        effects = await self.trial.handle(self.trial.message(ROLES[role], words))
        assert effects.failure is None, effects.failure
        return effects.cards

    async def sweep(self) -> list[Card]:
        for sweep in SWEEPS.values():
            async with self.trial.session() as session:
                await sweep(session, self.trial.clock())
        return await self.trial.draw()

    async def _upload(self, role: str) -> list[Card]:
        """A file that an admin has sent, as it was understood and tried out."""
        document = {"file_id": "f", "file_unique_id": "u", "file_name": "kantor.csv"}
        payload = self.trial.message(ROLES[role], "", document=document)
        sheets = imports.read({"libur.csv": b"tanggal,nama\n2026-12-02,Pilkada"})
        async with self.trial.branch(), self.trial.session() as session:
            tried = await imports.take(session, sheets, agency_code="BAPENDA", now=self.trial.clock())
        upload = Upload(
            agency_id=1,
            employee_id=self.tries.people[ROLES[role]],
            chat_id=ROLES[role],
            message_id=payload["message"]["message_id"],
            name="kantor.csv",
            reference="f",
            sent_at=self.trial.clock(),
            rows=keeping.dump(sheets),
            counts=keeping.dump_counts(tried.counts),
            plan=tried.plan,
        )
        async with self.trial.session() as session:
            session.add(upload)
        return (await self.trial.handle(payload)).cards

    async def _follow(self, cards: Iterable[Card]) -> None:
        for card in cards:
            await self._answer(card)
            for verb, argument in (*card.buttons, *FORGED.get(card.kind, ())) if card.chat_id > 0 else ():
                reader = card.chat_id if card.kind in LOOK_APART else 0
                what = (card.kind, verb, re.sub(r"\d+", "#", argument), _is_anis(card), reader)
                if what not in self._known:
                    self._known.add(what)
                    await self._tap(card, verb, argument)

    async def _tap(self, card: Card, verb: str, argument: str) -> None:
        name = f"tap {card.kind} {verb}"
        if not self._is_tried(name, _is_anis(card)):
            self._tried[name] = _is_anis(card)
            self.table.pop(name, None)
            await self._forge(card, verb)
            for role in ROLES:
                self._note(name, role, await self.tries.taps(role, card, verb, argument))
        async with self.trial.branch():
            effects = await self.trial.handle(self.trial.tap(card.chat_id, card, verb, argument))
            assert effects.failure is None, (card, verb, argument, effects.failure)
            await self._follow(effects.cards)

    async def _forge(self, card: Card, verb: str) -> None:
        """Whose card it is taps with arguments that nobody's button carries."""
        for argument in ARGUMENTS:
            forged = self.trial.tap(card.chat_id, card, verb, argument)
            effects = await self.trial.tried(forged, undrawn=True)
            assert effects.failure is None, (card, verb, argument, effects.failure)
            changed = effects.rows.keys() - {"question"}  # a page turned asks its question anew
            if changed and f"{verb}:{argument}" not in MEANT and verb not in WITHOUT_ARGUMENT:
                self.amiss.append(f"{verb}:{argument} on {card.kind} changed {sorted(changed)}")

    async def _answer(self, card: Card) -> None:
        """When the card asks something of a kind not yet known: everybody answers, then who was asked."""
        found = await self.trial.connection.execute(
            text("SELECT kind FROM question WHERE card = :key"), {"key": card.key}
        )
        kind = found.scalar()
        name, about = f"answer {kind}", _is_anis(card)
        if kind is None or self._is_tried(name, about):
            return
        for said in ANSWERS:
            async with self.trial.branch():
                effects = await self.trial.tried(self._reply(card, said))
                if "reply" in effects.rows or not (effects.rows or effects.cards):
                    continue
                if not effects.rows and all(one.kind == kinds.SAY for one in effects.cards):
                    continue
                self._tried[name] = about
                self.table.pop(name, None)
                for role in ROLES:
                    self._note(name, role, await self.tries.answers(role, card, said))
                done = await self.trial.handle(self._reply(card, said))
                await self._follow(done.cards)
                return

    def _is_tried(self, name: str, about_ani: bool) -> bool:
        """Tried on a card about Ani, or, for want of one, on another's."""
        return name in self._tried and self._tried[name] >= about_ani

    def _reply(self, card: Card, said: str) -> dict[str, object]:
        return self.trial.message(card.chat_id, said, reply_to=card.message_id)

    def _note(self, name: str, role: str, signs: str) -> None:
        row = self.table.setdefault(name, {})
        both = set(row.get(role, ".")) | set(signs)
        row[role] = "".join(sorted(both - {"."})) or "."


def _is_anis(card: Card) -> bool:
    """Whether it shows anything of Ani's; a row of the table is rather about her than about others."""
    return card.chat_id == ROLES["author"] or SECRET in card.text.lower() or NAME in card.text
