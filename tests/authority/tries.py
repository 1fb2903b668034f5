"""What an act of somebody comes to: one sign for each thing that it did."""

from collections.abc import Sequence
from typing import Any

from models import kinds
from tests.authority.cast import FOREIGN, GROUP, ROLES, SECRET
from tests.authority.sending import Card, Row
from tests.authority.trial import Effects, Trial, by_chat

NAME = "Ani Lestari"
PARENTS = {"target_id": "target", "appraisal_id": "appraisal", "focus_day_id": "focus_day"}
OWN = frozenset({kinds.REPORT_CARD})
"""Cards that never stand on another's screen: others tap them as they are."""
OWNERS = ("employee_id", "superior_id", "opened_by")


class Tries:
    """Acts of every role. Signs: A changes what is another's or the office's, O what is one's own, Q is asked for
    an answer, S sees of Ani's work, and a point for nothing at all.
    """

    def __init__(self, trial: Trial, people: dict[int, int]) -> None:
        self.trial, self.people = trial, people
        """Employees' ids by account."""

    async def taps(self, role: str, card: Card, verb: str, argument: str) -> str:
        """The card stands on the screen of whoever taps, however it came there; a group has it as it is."""
        account, chat = ROLES[role], GROUP if role == "group" else None
        person = self.people.get(account)
        movable = card.kind not in OWN and chat is None and person is not None
        first = [_moved(card, account, person or 0)] if movable else []
        return await self._signs(role, self.trial.tap(account, card, verb, argument, chat=chat), first)

    async def answers(self, role: str, card: Card, said: str) -> str:
        """The question stands on the screen of whoever answers, and as asked of them."""
        account, chat = ROLES[role], GROUP if role == "group" else None
        person = self.people.get(account)
        movable = card.kind not in OWN and chat is None and person is not None
        first = [_moved(card, account, person or 0), _asked(card, person or 0)] if movable else []
        payload = self.trial.message(account, said, chat=chat, reply_to=card.message_id)
        return await self._signs(role, payload, first)

    async def says(self, role: str, said: str) -> str:
        chat = GROUP if role == "group" else None
        return await self._signs(role, self.trial.message(ROLES[role], said, chat=chat), ())

    async def _signs(self, role: str, payload: Row, first: Sequence[str]) -> str:
        account = ROLES[role]
        effects = await self.trial.tried(payload, first=first, chat=account)
        if effects.failure is not None:
            raise AssertionError(f"{role} made a handler fail: {payload}") from effects.failure
        heard = by_chat(effects.cards, GROUP if role == "group" else account) + effects.toast
        self._check_screens(role, effects, heard)
        signs = await self._changes(effects, self.people.get(account))
        if role != "author" and (SECRET in heard.lower() or NAME in heard):
            signs.add("S")
        return "".join(sorted(signs)) or "."

    def _check_screens(self, role: str, effects: Effects, heard: str) -> None:
        """Whatever anybody does: agencies stay apart, and a group hears no names."""
        foreign = role.startswith("foreign")
        others = (SECRET, NAME.lower()) if foreign else (FOREIGN,)
        assert not [word for word in others if word in heard.lower()], f"{role} heard: {heard}"
        for card in effects.cards:
            at_home = card.chat_id < 3000 or card.chat_id == ROLES["stranger"]
            assert at_home or foreign, f"{role} made the other agency hear: {card.text}"
            assert card.chat_id != GROUP or not (SECRET in card.text.lower() or NAME in card.text), card.text

    async def _changes(self, effects: Effects, person: int | None) -> set[str]:
        signs: set[str] = set()
        for table, pairs in effects.rows.items():
            for before, after in pairs:
                row = after or before or {}
                if table == "question":
                    signs |= {"Q"} if after is not None else set()
                else:
                    owner = await self._owner(effects, table, row)
                    signs.add("O" if owner is not None and owner == person else "A")
        return signs

    async def _owner(self, effects: Effects, table: str, row: Row) -> Any:
        """Whose row it is; None for one of the office."""
        if table == "employee":
            return row["id"]
        for name in OWNERS:
            if row.get(name) is not None:
                return row[name]
        for name, parent in PARENTS.items():
            if row.get(name) is not None:
                made = {new["id"]: new for _, new in effects.rows.get(parent, ()) if new is not None}
                above = made.get(row[name]) or (await self.trial.rows(parent))[row[name]]
                return await self._owner(effects, parent, above)
        return None


def _moved(card: Card, account: int, person: int) -> str:
    return f"UPDATE outbox SET chat_id = {account}, employee_id = {person} WHERE id = {card.id}"


def _asked(card: Card, person: int) -> str:
    return f"UPDATE question SET employee_id = {person} WHERE card = '{card.key}'"
