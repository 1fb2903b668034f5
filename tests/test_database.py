"""Transactions, moments and addresses, on SQLite and PostgreSQL."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import col, select

from models.agencies import Agency, Unit
from models.database import Database, driver_url
from models.kinds import SAY
from models.leases import Lease
from models.outbox import Message, show
from tests.databases import ON_POSTGRESQL, ON_SQLITE

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("Asia/Jayapura"))
WRITERS, TIMES = 4, 100


async def lease(database: Database) -> Lease | None:
    async with database.reading() as session:
        return await session.get(Lease, "x")


async def counted(database: Database) -> int:
    async with database.reading() as session:
        return (await session.exec(select(Agency.backfill_days))).one()


async def keep_counter(database: Database) -> None:
    async with database.transaction() as session:
        session.add(Agency(code="A", name="A", backfill_days=0))


async def test_a_moment_comes_back_in_utc(database: Database) -> None:
    async with database.transaction() as session:
        session.add(Lease(name="x", holder="a", expires_at=NOON))
    kept = await lease(database)
    assert kept is not None
    assert (kept.expires_at, kept.expires_at.tzinfo) == (datetime(2026, 11, 24, 3, 0, tzinfo=UTC), UTC)
    async with database.reading() as session:
        soon = select(Lease).where(Lease.expires_at < NOON + timedelta(seconds=1), Lease.expires_at >= NOON)
        assert (await session.exec(soon)).one().name == "x"


async def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a time zone"):
        async with database.transaction() as session:
            session.add(Lease(name="x", holder="a", expires_at=datetime(2026, 11, 24)))  # noqa: DTZ001
    with pytest.raises(StatementError, match="without a time zone"):
        async with database.reading() as session:
            await session.exec(select(Lease).where(Lease.expires_at > datetime(2026, 11, 24)))  # noqa: DTZ001
    assert await lease(database) is None


async def test_an_error_rolls_everything_back(database: Database) -> None:
    async def fail_half_way() -> None:
        async with database.transaction() as session:
            session.add(Lease(name="x", holder="a", expires_at=NOON))
            await show(session, key="k", chat_id=1, kind=SAY, due_at=NOON)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_half_way()
    async with database.reading() as session:
        assert (await session.exec(select(Lease))).all() == []
        assert (await session.exec(select(Message))).all() == []


async def test_what_is_changed_while_reading_is_not_kept(database: Database) -> None:
    async with database.transaction() as session:
        session.add(Lease(name="x", holder="a", expires_at=NOON))
    async with database.reading() as session:
        (await session.get_one(Lease, "x")).holder = "b"
        await session.flush()
    kept = await lease(database)
    assert kept is not None
    assert kept.holder == "a"


async def test_a_reference_to_nothing_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.transaction() as session:
            session.add(Unit(agency_id=404, code="U", name="U"))


@ON_SQLITE
async def test_read_modify_writes_are_not_lost_on_sqlite(database_url: str) -> None:
    """Four writers, two to a connection pool, as two processes would be: all 400 increments are there."""
    first, second = Database(database_url), Database(database_url)
    await keep_counter(first)

    async def write(database: Database) -> None:
        for _ in range(TIMES):
            async with database.transaction() as session:
                agency = (await session.exec(select(Agency))).one()
                await asyncio.sleep(0)
                agency.backfill_days += 1

    await asyncio.gather(*(write(database) for database in [first, second] * (WRITERS // 2)))
    assert await counted(first) == WRITERS * TIMES
    await first.close()
    await second.close()


@ON_POSTGRESQL
async def test_conditional_updates_are_not_lost_on_postgresql(database: Database) -> None:
    """The row count says who won; whoever did not reads again."""
    await keep_counter(database)

    async def raise_from(seen: int) -> bool:
        async with database.transaction() as session:
            here = update(Agency).where(col(Agency.backfill_days) == seen)
            return bool((await session.exec(here.values(backfill_days=seen + 1))).rowcount)

    async def write() -> None:
        for _ in range(TIMES):
            while not await raise_from(await counted(database)):
                pass

    await asyncio.gather(*(write() for _ in range(WRITERS)))
    assert await counted(database) == WRITERS * TIMES


@ON_SQLITE
async def test_sqlite_keeps_what_a_power_cut_would_take(database: Database) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}
    async with database.reading() as session:
        connection = await session.connection()
        found = {name: (await connection.execute(text(f"PRAGMA {name}"))).scalar_one() for name in wanted}
    assert found == wanted


@ON_SQLITE
async def test_readers_do_not_wait_for_the_writer(database: Database) -> None:
    async with database.transaction() as session:
        session.add(Lease(name="x", holder="a", expires_at=NOON))
        await session.flush()
        assert await lease(database) is None
    assert await lease(database) is not None


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:///harian.db", "sqlite+aiosqlite:///harian.db"),
        ("postgresql://u:p@h:5/d", "postgresql+psycopg://u:p@h:5/d"),
        ("postgres://h/d", "postgresql+psycopg://h/d"),
        ("postgresql+asyncpg://h/d", "postgresql+psycopg://h/d"),
    ],
)
def test_addresses_get_our_drivers(given: str, used: str) -> None:
    assert driver_url(given) == used


def test_other_databases_are_refused_without_the_password() -> None:
    with pytest.raises(ValueError, match=r"not mysql://$"):
        driver_url("mysql://u:rahasia@h/d")


LONG = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 3000000) SELECT count(*) FROM c"


@ON_SQLITE
async def test_work_that_is_torn_off_holds_up_nobody(database: Database) -> None:
    """A sweep is cancelled in the midst of a statement: others write at once, and nothing of it is kept."""
    begun = asyncio.Event()

    async def sweep() -> None:
        async with database.transaction(patient=True) as session:
            session.add(Agency(code="A", name="Setengah"))
            await session.flush()
            begun.set()
            await (await session.connection()).execute(text(LONG))

    sweeping = asyncio.create_task(sweep())
    await begun.wait()
    await asyncio.sleep(0.05)  # it is in its long statement now
    sweeping.cancel()
    await asyncio.gather(sweeping, return_exceptions=True)
    async with asyncio.timeout(5), database.transaction() as session:
        session.add(Agency(code="B", name="Utuh"))
    async with database.reading() as session:
        assert (await session.exec(select(Agency.code))).all() == ["B"]
