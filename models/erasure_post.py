"""The inbox, the outbox and what was sent for an import, without a person who is erased."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import String, cast, delete, or_
from sqlmodel import col, select

from models import kinds, outbox
from models.database import Session
from models.employees import Employee
from models.forgetting import take_words
from models.inbox import Update
from models.outbox import Message, has_words
from models.questions import Question
from models.uploads import Upload

ABSENCE, DECISION, APPRAISAL = "absence", "decision", "appraisal"
"""Arguments of cards that name one row."""
Gone: TypeAlias = Mapping[str, frozenset[int]]
"""Ids of rows that are gone, by the argument that names them."""
ABOUT_ONE = (kinds.ABSENCE_REVIEW, kinds.ESCALATED, kinds.OBJECTION, kinds.APPRAISAL_RESULT)


async def erase(
    session: Session,
    person: Employee,
    gone: Gone,
    *,
    now: datetime,
) -> None:
    named = _Named(person)
    await _from_inbox(session, person, named, now=now)
    await session.exec(delete(Message).where(_theirs(person)))
    await _from_others_words(session, named)
    await _close_cards(session, person, gone, now=now)
    for upload in (await session.exec(select(Upload).where(Upload.agency_id == person.agency_id))).all():
        if named.in_(upload.rows) or named.in_(upload.problems):
            await session.delete(upload)
    await session.flush()


class _Named:
    """Whether something names the person: by name, NIP or account."""

    def __init__(self, person: Employee) -> None:
        given = [re.escape(_as_kept(text)) for text in (person.name, person.nip) if text]
        self._words = re.compile(rf"(?<!\w)(?:{'|'.join(given)})(?!\w)", re.IGNORECASE)
        account = person.telegram_id
        self._account = re.compile(rf'"id": {account}\b') if account is not None else None

    def in_(self, kept: Any) -> bool:
        text = json.dumps(kept)
        return bool(self._words.search(text)) or bool(self._account and self._account.search(text))


def _as_kept(text: str) -> str:
    """As it stands in a JSON column."""
    return json.dumps(text)[1:-1]


def _theirs(person: Employee) -> Any:
    own = col(Message.employee_id) == person.id
    return own if person.telegram_id is None else or_(own, col(Message.chat_id) == person.telegram_id)


async def _from_inbox(session: Session, person: Employee, named: _Named, *, now: datetime) -> None:
    """The numbers stay, by which an update that comes again is known. What others wait to be handled is theirs."""
    needles = [text for text in (_as_kept(person.name), person.nip) if text]
    if person.telegram_id is not None:
        needles.append(f'"id": {person.telegram_id}')
    written = cast(col(Update.payload), String)
    mentions = or_(*(written.ilike(f"%{_literal(needle)}%", escape="\\") for needle in needles))
    own = col(Update.chat_id) == person.telegram_id
    for row in (await session.exec(select(Update).where(or_(mentions, own)))).all():
        theirs = person.telegram_id is not None and row.chat_id == person.telegram_id
        if theirs or (row.handled_at is not None and named.in_(row.payload)):
            row.payload = {"update_id": row.update_id}
            row.handled_at = row.handled_at or now
    await session.flush()


def _literal(text: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", text)


async def _from_others_words(session: Session, named: _Named) -> None:
    """What was said to others about the person; what has not been sent yet is not sent any more."""
    for row in (await session.exec(select(Message).where(has_words()))).all():
        if named.in_(row.arguments):
            take_words(row)
            row.shown_revision, row.failure = row.revision, None
    await session.flush()


async def _close_cards(
    session: Session, person: Employee, gone: Mapping[str, frozenset[int]], *, now: datetime
) -> None:
    """Cards of others about one row that is gone: they are redrawn as closed, and wait for nothing."""
    query = select(Message).where(Message.agency_id == person.agency_id, col(Message.kind).in_(ABOUT_ONE))
    for row in (await session.exec(query)).all():
        away = any(row.arguments.get(name) in ids for name, ids in gone.items())
        if away or gone[ABSENCE] & set(row.arguments.get("absences") or ()):
            await session.exec(delete(Question).where(col(Question.card) == row.key))
            outbox.close(row, now=now)
    await session.flush()
