"""Acts that are tried and taken back: the real handlers on the real database, inside one transaction.

Nothing goes over the network. What an act wants on screens is drawn as the sender draws it, and counts as shown; the
transaction of the trial is rolled back at its end, and so is each branch of it.
"""

import re
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import event, false, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement
from sqlmodel import col, or_, select
from telegram import InlineKeyboardMarkup, Update

from bot.drawing import Drawing
from bot.process import Process
from handlers.context import ACT, Act
from handlers.renderers import RENDERERS
from models import audit, database, direct, employees, outbox
from models.database import Session
from models.outbox import Message
from tests.authority.sending import Card, Row, Sending
from tests.stage import FixedClock

WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
OF_THE_MACHINE = frozenset({"inbox", "outbox", "lease", "audit_entry", "audit_head"})
"""Tables that hold what is said and noted about acts, not what is true of people."""
IS_FOREIGN = col(Message.chat_id).between(3000, 3999)


@dataclass(slots=True)
class Effects:
    """What an act did: rows (before, after) by table, the cards drawn, and the words for the tap."""

    rows: dict[str, list[tuple[Row | None, Row | None]]] = field(default_factory=dict)
    cards: list[Card] = field(default_factory=list)
    toast: str = ""
    failure: Exception | None = None


class Trial(Sending):
    def __init__(self, process: Process, connection: AsyncConnection, clock: FixedClock) -> None:
        super().__init__(clock, process.bot.id)
        self.connection, self._process = connection, process
        self._info = dict(process.database._info)
        self._drawing = Drawing(RENDERERS, clock, clock)
        self._written: set[str] = set()
        event.listen(connection.sync_connection, "after_cursor_execute", self._note)

    def _note(self, _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        found = WRITES.match(statement)
        if found is not None:
            self._written.add(found[1])

    @asynccontextmanager
    async def session(self) -> AsyncIterator[Session]:
        """A session as in production: its own for each act."""
        session = Session(
            self.connection, expire_on_commit=False, join_transaction_mode="create_savepoint", info=dict(self._info)
        )
        async with session, session.begin():
            yield session

    @asynccontextmanager
    async def branch(self) -> AsyncIterator[None]:
        """Whatever happens inside is taken back."""
        moment = self.clock.moment
        nested = await self.connection.begin_nested()
        try:
            yield
        finally:
            await nested.rollback()
            self.clock.moment = moment

    async def handle(self, payload: dict[str, Any], *, only: ColumnElement[bool] | None = None) -> Effects:
        """Handle an update and draw what it wants (`only` some of it)."""
        effects = Effects()
        try:
            async with self.session() as session:
                act = await begin(session, self._process, payload, self.clock())
                token = ACT.set(act)
                try:
                    await self._process.application.process_update(act.update)
                finally:
                    ACT.reset(token)
                if act.failure is not None:
                    raise act.failure
        except Exception as error:
            effects.failure = error
            return effects
        effects.toast = (act.answer or {}).get("text", "")
        effects.cards = await self.draw(only)
        return effects

    async def tried(
        self, payload: dict[str, Any], *, first: Sequence[str] = (), chat: int | None = None, undrawn: bool = False
    ) -> Effects:
        """Handle an update, see what it changed, and take it back; `first` are statements that prepare the ground.

        With a `chat`, only what is for it, for groups and for the second agency is drawn; `undrawn`, nothing is, and
        a new message counts as a change.
        """
        heard: ColumnElement[bool] | None = None
        if chat is not None:
            heard = or_(col(Message.chat_id) == chat, col(Message.chat_id) < 0, IS_FOREIGN)
        heard = false() if undrawn else heard
        async with self.branch():
            for statement in first:
                await self.connection.execute(text(statement))
            self._written.clear()
            messages = await self._messages() if undrawn else 0
            effects = await self.handle(payload, only=heard)
            if undrawn and await self._messages() != messages:
                effects.rows["outbox"] = []
            written = self._written - OF_THE_MACHINE
            after = {table: await self.rows(table) for table in written}
        for table in written:
            before = await self.rows(table)
            changed = {key for key in before.keys() | after[table].keys() if before.get(key) != after[table].get(key)}
            if changed:
                effects.rows[table] = [(before.get(key), after[table].get(key)) for key in sorted(changed, key=str)]
        return effects

    async def _messages(self) -> int:
        return int((await self.connection.execute(text("SELECT count(*) FROM outbox"))).scalar_one())

    async def rows(self, table: str) -> dict[Any, Row]:
        found = await self.connection.execute(text(f'SELECT * FROM "{table}"'))
        rows = [dict(row) for row in found.mappings()]
        return {row.get("id", next(iter(row.values()))): row for row in rows}

    async def draw(self, only: ColumnElement[bool] | None = None) -> list[Card]:
        """Draw what is due, as the sender would, and let it stand on the screens."""
        drawn: list[Card] = []
        async with self.session() as session:
            query = select(Message).where(outbox.is_unshown(), Message.due_at <= self.clock())
            query = query if only is None else query.where(only)
            for row in (await session.exec(query.order_by(col(Message.id)))).all():
                job = next(iter(await self._drawing.prepare(session, [row])), None)
                if job is None or job.screen.menu is not None:
                    row.shown_revision = row.revision
                    continue
                row.message_id = row.message_id or self.number()
                row.shown_revision, row.content_hash, row.shown_at = row.revision, job.content_hash, self.clock()
                drawn.append(_card(row, job.screen.markup(row.id, row.revision), job.screen.text))
            failed = [row.failure for row in (await session.exec(query)).all() if row.failure]
        assert not failed, failed
        return drawn


async def begin(session: Session, process: Process, payload: dict[str, Any], now: datetime) -> Act:
    """As the worker begins."""
    update = Update.de_json(payload, process.bot)
    user = update.effective_user
    employee = await employees.by_telegram_id(session, user.id) if user else None
    session.info[audit.ACCOUNT] = f"telegram:{user.id}" if user else audit.CLOCK
    return await Act.begin(session, update, employee=employee, now=now)


def _card(row: Message, markup: object, words: str) -> Card:
    keys = markup.inline_keyboard if isinstance(markup, InlineKeyboardMarkup) else ()
    words = "\n".join([words, *(button.text for line in keys for button in line)])
    data = [button.callback_data for line in keys for button in line if isinstance(button.callback_data, str)]
    buttons = tuple((verb, argument) for verb, _, _, argument in (one.split(":", 3) for one in data))
    assert row.message_id is not None
    return Card(row.id, row.kind, row.chat_id, row.employee_id, row.message_id, row.revision, row.key, words, buttons)


@asynccontextmanager
async def trying(process: Process, clock: FixedClock) -> AsyncIterator[Trial]:
    """A trial on the SQLite database of a stage; all of it is taken back.

    Its one connection works in the thread of the loop: nobody else waits meanwhile, and going to and fro is dear.
    """
    engine = database.create_async_engine(process.database.url, connect_args={"check_same_thread": False})
    event.listen(engine.sync_engine, "connect", direct.prepare)
    event.listen(engine.sync_engine, "begin", database._begin_sqlite)
    async with engine.connect() as connection:
        raw: Any = (await connection.get_raw_connection()).driver_connection
        raw._execute = _at_once
        outer = await connection.begin()
        try:
            yield Trial(process, connection, clock)
        finally:
            await outer.rollback()
    del raw._execute
    await engine.dispose()


async def _at_once(act: Callable[..., Any], *given: Any, **named: Any) -> Any:
    return act(*given, **named)


def by_chat(cards: Iterable[Card], chat: int) -> str:
    return "\n".join(card.text for card in cards if card.chat_id == chat)
