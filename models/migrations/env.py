"""Alembic's environment: gathers the tables and connects."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Connection
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from models.database import UtcDateTime
from models.gathering import gather_tables

LOCK = 0x68617269616E
"""Any number that means migrating to us and nothing to others."""
LOCK_SECONDS = 3
"""How long PostgreSQL may make a migration wait for a table; whoever wants the table after it waits as long."""


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Plain types in the migrations, so that they do not depend on a library's names."""
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    return "models.database.UtcDateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


def _begin_nothing(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver would begin only at the first row that is written, after tables


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def migrate() -> None:
    gather_tables()
    url, waits = context.config.attributes["url"], context.config.attributes["waits_seconds"]
    is_sqlite = url.startswith("sqlite")
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": waits} if is_sqlite else {})
    if is_sqlite:
        event.listen(engine, "connect", _begin_nothing)
        event.listen(engine, "begin", _begin)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            render_as_batch=is_sqlite,
            compare_type=True,
            render_item=render_item,
            transactional_ddl=True,  # all migrations or none: also on SQLite, which can do it
        )
        with context.begin_transaction():
            if not is_sqlite:  # of processes that start together, one migrates
                connection.execute(text(f"SET LOCAL lock_timeout = '{waits}s'"))
                connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
                connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
            context.run_migrations()
    engine.dispose()


migrate()
