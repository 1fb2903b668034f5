"""The copy itself: one transaction on each side, slice by slice, and compared before it counts."""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, func, insert, or_, select, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.backups import Failed
from bot.backups.stopped import refuse_while_running
from bot.clock import system
from bot.copying.tables import Tally, carriers, own_references
from models import agencies, audit
from models.database import Database

SLICE = 1_000
"""Rows in memory at a time."""

Slice = list[dict[str, Any]]


async def copy(source: Database, target: Database, *, tell: Callable[[str, int], object]) -> dict[str, int]:
    """Rows by table. The copy is noted in the audit on both sides, or on neither. Raises: Failed; nothing has changed.

    Nobody writes to the source meanwhile: SQLite has one writer, which is us; PostgreSQL's tables are locked.
    """
    try:
        return await _copy(source, target, tell)
    except SQLAlchemyError as error:
        raise Failed(f"It could not be copied ({_why(error)}). Nothing was changed.") from None


async def _copy(source: Database, target: Database, tell: Callable[[str, int], object]) -> dict[str, int]:
    async with source.transaction() as session, target.transaction() as there:
        out, into = await session.connection(), await there.connection()
        for connection in (out, into):
            await _take_time(connection)
        await _keep_others_out(out, is_sqlite=source.is_sqlite)
        for agency_id in await agencies.ids(session):
            await audit.record(session, "database_copied", agency_id=agency_id, now=system())
        tallies: dict[str, Tally] = {}
        for table in carriers():
            try:
                tallies[table.name] = await _carry(out, into, table)
            except (SQLAlchemyError, ValueError) as error:
                raise Failed(f"{table.name} could not be copied ({_why(error)}). Nothing was changed.") from None
            tell(table.name, tallies[table.name].rows)
        await _compare(into, tallies)
        if not target.is_sqlite:
            await _go_on_counting(into)
            await into.execute(text("ANALYZE"))
    return {name: tally.rows for name, tally in tallies.items()}


async def _take_time(connection: AsyncConnection) -> None:
    """While one side is written or compared the other one waits, in its transaction, for as long as it takes."""
    if connection.dialect.name == "postgresql":
        for limit in ("idle_in_transaction_session_timeout", "statement_timeout"):
            await connection.execute(text(f"SET LOCAL {limit} = 0"))


async def _keep_others_out(out: AsyncConnection, *, is_sqlite: bool) -> None:
    if not is_sqlite:
        await out.execute(text("SET LOCAL lock_timeout = '10s'"))
        names = ", ".join(f'"{table.name}"' for table in carriers())
        await out.execute(text(f"LOCK TABLE {names}, lease IN SHARE ROW EXCLUSIVE MODE"))
    await out.run_sync(refuse_while_running)


async def _carry(out: AsyncConnection, into: AsyncConnection, table: Table) -> Tally:
    tally, inner = Tally(), own_references(table)
    async for rows in _slices(out, select(table)):
        for row in rows:
            tally.add(row)
        blank = dict.fromkeys(inner)
        await into.execute(insert(table), [row | blank for row in rows])
    if inner:
        await _fill_in(out, into, table, inner)
    return tally


async def _fill_in(out: AsyncConnection, into: AsyncConnection, table: Table, inner: Sequence[str]) -> None:
    """What rows of a table say of others of the same."""
    (key,) = table.primary_key.columns
    statement = update(table).where(key == bindparam("row")).values({name: bindparam(f"of_{name}") for name in inner})
    pointing = or_(*(table.c[name].is_not(None) for name in inner))
    query = select(key.label("row"), *(table.c[name].label(f"of_{name}") for name in inner)).where(pointing)
    async for rows in _slices(out, query):
        await into.execute(statement, rows)


async def _slices(connection: AsyncConnection, query: Any) -> AsyncIterator[Slice]:
    async with connection.stream(query, execution_options={"yield_per": SLICE}) as streamed:
        async for part in streamed.mappings().partitions():
            yield [dict(row) for row in part]


async def _compare(into: AsyncConnection, tallies: dict[str, Tally]) -> None:
    for table in carriers():
        found = Tally()
        async for rows in _slices(into, select(table)):
            for row in rows:
                found.add(row)
        wanted = tallies[table.name]
        if found != wanted:
            difference = f"{wanted.rows} rows there, {found.rows} here" if found.rows != wanted.rows else "other values"
            raise Failed(f"{table.name} has not arrived as it was ({difference}). Nothing was changed.")


async def _go_on_counting(into: AsyncConnection) -> None:
    """New rows get numbers after the highest there is."""
    for table in carriers():
        key, *others = table.primary_key.columns
        if others:
            continue
        sequence = await into.scalar(select(func.pg_get_serial_sequence(f'"{table.name}"', key.name)))
        if sequence is not None and await into.scalar(select(func.count()).select_from(table)):
            await into.execute(select(func.setval(sequence, select(func.max(key)).scalar_subquery())))


def _why(error: Exception) -> str:
    """The kind of fault; never a value of a row."""
    return type(getattr(error, "orig", None) or error).__name__
