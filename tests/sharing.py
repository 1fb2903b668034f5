"""All engines of a test run share what SQLAlchemy has learned: its dialect and its compiled statements.

A test has its own database, and so its own engines. Each would compile the same few hundred statements again, since
SQLAlchemy keeps them by dialect *object*: a fifth of the run's time. The engines stay separate in all that a test can
see: their pools, their connections, their events.
"""

from typing import Any

from sqlalchemy.engine import Engine
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.util import LRUCache

from models import database

STATEMENTS = 20_000
"""More than there are; the default of 500 is for one process that does the same few things over and over."""

_first: dict[str, Engine] = {}


def _sharing(url: str, **given: Any) -> AsyncEngine:
    engine = create_async_engine(url, **given)
    own = engine.sync_engine
    first = _first.setdefault(own.dialect.name, own)
    if first is own:
        own._compiled_cache = LRUCache(STATEMENTS)
    else:
        own._compiled_cache = first._compiled_cache
        own.dialect = own.pool._dialect = first.dialect
    return engine


def share() -> None:
    """From here on; called once, before the first test."""
    database.create_async_engine = _sharing
