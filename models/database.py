"""The engine for SQLite or PostgreSQL, transactions, and the column types every table shares."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData, event, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Session as SyncSession
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession as Session

from models import direct
from models.direct import BUSY_MS

__all__ = [
    "Database",
    "LongNumber",
    "Session",
    "UtcDateTime",
    "dialect_of",
    "driver_url",
    "insert",
    "insert_in",
    "is_outage",
    "parts",
]

SQLModel.metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

T = TypeVar("T")


POOL = 10
"""Connections to PostgreSQL at most: four workers, and for each bot a sender and a receiver now and then."""
PATIENCE = {
    "lock_timeout": BUSY_MS,
    "idle_in_transaction_session_timeout": 10_000,
    "tcp_keepalives_idle": 10,
    "tcp_keepalives_interval": 5,
    "tcp_keepalives_count": 3,
}
"""PostgreSQL's own: milliseconds for a lock, and for a transaction in which nothing happens, so that a process that
hangs holds nobody up for longer than its lease lasts; seconds after which a machine that has vanished is noticed."""
PATIENT = text("SET LOCAL idle_in_transaction_session_timeout = '60s'")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC moment. Naive datetimes are refused on write; SQLite's naive answers become aware again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class LongNumber(TypeDecorator[int]):
    """Of rows that every person adds to every day: four bytes would be used up by a nation within a year.

    SQLite's numbers have eight bytes anyhow, and count by themselves only as INTEGER.
    """

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[int]:
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())


def driver_url(url: str) -> str:
    """The same database by the asynchronous driver we use: `sqlite:///x` → `sqlite+aiosqlite:///x`."""
    parsed = make_url(url)
    driver = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
    name = driver.get(parsed.get_backend_name())
    if name is None:
        raise ValueError(f"DATABASE_URL must start with sqlite:/// or postgresql://, not {parsed.drivername}://")
    return parsed.set(drivername=name).render_as_string(hide_password=False)


def insert(session: Session, table: type[SQLModel]) -> Any:
    """An INSERT that knows ON CONFLICT, in the dialect of the session's database; its result knows its row count."""
    return insert_in(dialect_of(session), table)


def dialect_of(session: Session) -> str:
    """`sqlite` or `postgresql`."""
    return str(session.get_bind().dialect.name)


def insert_in(dialect: str, table: type[SQLModel]) -> Any:
    """As `insert`, for a statement that is kept."""
    statement = (sqlite if dialect == "sqlite" else postgresql).insert(inspect(table).local_table)
    return statement.execution_options(preserve_rowcount=True)  # else -1 on PostgreSQL, which is true


def parts(values: Sequence[T], at_most: int = 5_000) -> Iterator[Sequence[T]]:
    """One query can name only so many values."""
    for first in range(0, len(values), at_most):
        yield values[first : first + at_most]


class Database:
    """One engine. `transaction()` writes, `reading()` does not wait for the writer.

    SQLite allows one writer at a time: here they queue on a lock inside the process and by BEGIN IMMEDIATE
    between processes, so that a read-modify-write is never lost. `synchronous=FULL` makes a commit survive a power cut.
    `key` seals the rows of `models.audit`; `account` says there from where this process acts, unless a handler knows.
    """

    def __init__(self, url: str, *, key: bytes = b"", account: str = "clock", pool: int | None = None) -> None:
        self.url = driver_url(url)
        self.is_sqlite = self.url.startswith("sqlite")
        own = {"connect_args": {"async_creator_fn": direct.connect}} if self.is_sqlite else _pooled(self.url, pool)
        self.engine: AsyncEngine = create_async_engine(self.url, hide_parameters=True, **own)
        self._info = {"audit_key": key, "audit_account": account}
        self._writer = asyncio.Lock() if self.is_sqlite else None
        if self.is_sqlite:
            event.listen(self.engine.sync_engine, "connect", direct.prepare)
            event.listen(self.engine.sync_engine, "begin", _begin_sqlite)
        self._patient = self.engine.execution_options(patient=True)
        self._readers = [self.engine.execution_options(reads_only=True, patient=patient) for patient in (False, True)]

    @asynccontextmanager
    async def transaction(self, *, patient: bool = False) -> AsyncIterator[Session]:
        """A session that commits at the end of the block, or rolls back when the block raises.

        `patient` for long work: on SQLite its statements run beside the event loop instead of on it, on PostgreSQL it
        may pause longer between them.
        """
        engine = self._patient if patient else self.engine
        if self._writer is None:
            async with self._session(engine) as session, session.begin():
                if patient:
                    await (await session.connection()).execute(PATIENT)
                yield session
        else:
            async with self._writer, self._session(engine) as session, session.begin():
                yield session

    @asynccontextmanager
    async def reading(self, *, patient: bool = False) -> AsyncIterator[Session]:
        """A session for looking only; whatever it changes is rolled back. What was read can be used afterwards.

        `patient` as in `transaction`.
        """
        async with self._session(self._readers[patient]) as session:
            yield session
            session.expunge_all()
            await session.rollback()

    async def close(self) -> None:
        await self.engine.dispose()

    def _session(self, engine: AsyncEngine) -> Session:
        return Session(engine, expire_on_commit=False, sync_session_class=_Remembering, info=dict(self._info))


class _Remembering(SyncSession):
    """What was read once is not read again in the same transaction, also when nobody holds on to it meanwhile."""


def _pooled(url: str, pool: int | None) -> dict[str, Any]:
    """PostgreSQL: each connection is looked at before it is used. A `pool` of so many at most is a service's, which may
    hold nobody up; the address may say otherwise.
    """
    given: dict[str, Any] = {"pool_pre_ping": True, "pool_size": pool or POOL, "max_overflow": 0}
    if pool is not None and "options" not in make_url(url).query:
        given["connect_args"] = {"options": " ".join(f"-c {name}={value}" for name, value in PATIENCE.items())}
    return given


OUTAGES = ("database or disk is full", "database is locked", "disk i/o error", "unable to open database")
"""SQLite's words."""
OUT_OF_SERVICE = ("08", "53", "57P", "25P03", "40", "55P03")
"""How PostgreSQL's codes begin for lost connections, full disks and memory, a server that shuts down, a
transaction that was idle for too long, two that stood in each other's way, and a lock that was not to be had."""


def is_outage(error: BaseException) -> bool:
    """Whether the database itself cannot work at present: full, locked, gone. The same may well succeed later."""
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlstate", None) or ""
    words = str(error.orig).lower()
    return error.connection_invalidated or code.startswith(OUT_OF_SERVICE) or any(part in words for part in OUTAGES)


@event.listens_for(_Remembering, "loaded_as_persistent")
def _remember(session: _Remembering, row: object) -> None:
    session.info.setdefault("read", []).append(row)


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    driver: Any = connection.connection.driver_connection
    driver.patient = options.get("patient", False)
    connection.exec_driver_sql(direct.READ if options.get("reads_only", False) else direct.WRITE)
