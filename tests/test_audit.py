"""The audit: a chain that names its first broken row."""

import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from models import audit
from models.agencies import Agency
from models.audit import Fault, Verdict
from models.database import Database
from tests import databases

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
KEY = b"a long random text"


@pytest.fixture
async def sealed(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url, key=KEY)
    async with database.transaction() as session:
        session.add(Agency(id=1, code="A", name="Badan Contoh"))
        session.add(Agency(id=2, code="B", name="Dinas Lain"))
    yield database
    await database.close()


async def write(database: Database, count: int, *, agency: int = 1) -> None:
    for n in range(count):
        async with database.transaction() as session:
            await audit.record(session, "approved", agency_id=agency, now=NOW, activities=[n, n + 1], late=False)


async def verdict(database: Database, agency: int = 1) -> Verdict:
    async with database.reading() as session:
        return await audit.verify(session, agency)


async def tamper(database: Database, *statements: str) -> None:
    """As somebody would who owns the database: the triggers go first."""
    drop = ["DROP TRIGGER audit_entry_append_only ON audit_entry"]
    if database.is_sqlite:
        drop = ["DROP TRIGGER audit_entry_no_update", "DROP TRIGGER audit_entry_no_delete"]
    async with database.transaction() as session:
        for statement in (*drop, *statements):
            await (await session.connection()).execute(text(statement))


async def test_a_chain_is_sound_and_each_agency_has_its_own(sealed: Database) -> None:
    await write(sealed, 5)
    await write(sealed, 2, agency=2)
    assert (await verdict(sealed), await verdict(sealed, 2)) == (Verdict(5), Verdict(2))


async def test_what_is_rolled_back_leaves_no_gap(sealed: Database) -> None:
    await write(sealed, 2)
    with contextlib.suppress(RuntimeError):
        async with sealed.transaction() as session:
            await audit.record(session, "approved", agency_id=1, now=NOW)
            raise RuntimeError
    await write(sealed, 1)
    assert await verdict(sealed) == Verdict(3)


@pytest.mark.parametrize("act", ["UPDATE audit_entry SET act = 'returned'", "DELETE FROM audit_entry"])
async def test_the_database_refuses_to_change_it(sealed: Database, act: str) -> None:
    await write(sealed, 1)
    with pytest.raises(DBAPIError, match="append-only"):
        async with sealed.transaction() as session:
            await (await session.connection()).execute(text(act))
    assert await verdict(sealed) == Verdict(1)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE audit_entry SET act = 'returned' WHERE number = 3", Verdict(2, 3, Fault.CHANGED)),
        ("UPDATE audit_entry SET details = '{\"activities\": [9]}' WHERE number = 1", Verdict(0, 1, Fault.CHANGED)),
        ("UPDATE audit_entry SET account = 'telegram:9' WHERE number = 5", Verdict(4, 5, Fault.CHANGED)),
        ("DELETE FROM audit_entry WHERE number = 2", Verdict(1, 2, Fault.MISSING)),
        ("DELETE FROM audit_entry WHERE number = 5", Verdict(4, 5, Fault.CUT_OFF)),
        ("DELETE FROM audit_entry", Verdict(0, 1, Fault.CUT_OFF)),
        ("DELETE FROM audit_head WHERE agency_id = 1", Verdict(5, 6, Fault.CUT_OFF)),
        ("UPDATE audit_head SET number = 4", Verdict(5, 6, Fault.CUT_OFF)),
        ("UPDATE audit_entry SET key_id = 'none' WHERE number = 4", Verdict(3, 4, Fault.OTHER_KEY)),
    ],
)
async def test_the_first_broken_row_is_named(sealed: Database, statement: str, expected: Verdict) -> None:
    await write(sealed, 5)
    await tamper(sealed, statement)
    assert await verdict(sealed) == expected


async def test_without_the_key_a_row_cannot_be_forged(sealed: Database) -> None:
    await write(sealed, 2)
    stranger = Database(sealed.url.replace("+aiosqlite", "").replace("+psycopg", ""), key=b"guessed")
    await write(stranger, 1)
    await stranger.close()
    assert await verdict(sealed) == Verdict(2, 3, Fault.OTHER_KEY)


@databases.ON_SQLITE
@pytest.mark.parametrize("column", ["act", "account", "at", "details", "previous", "seal"])
async def test_no_column_of_any_row_can_change_unseen(sealed: Database, column: str) -> None:
    await write(sealed, 4)
    await tamper(sealed)
    values = {"details": '{"activities": [77]}', "at": "2026-11-25 00:00:00.000000"}
    for number in range(1, 5):
        async with sealed.transaction() as session:
            kept = (
                await (await session.connection()).execute(
                    text(f"SELECT {column} FROM audit_entry WHERE number = {number}")
                )
            ).scalar_one()
        change = text(f"UPDATE audit_entry SET {column} = :new WHERE number = {number}")
        async with sealed.transaction() as session:
            await (await session.connection()).execute(change.bindparams(new=values.get(column, "f" * 64)))
        assert await verdict(sealed) == Verdict(number - 1, number, Fault.CHANGED)
        async with sealed.transaction() as session:
            await (await session.connection()).execute(change.bindparams(new=kept))
    assert await verdict(sealed) == Verdict(4)
