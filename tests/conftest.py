"""Fixtures: a database of each kind, and the stage on which Ani, Budi and Citra talk with Harian."""

import gc
from collections.abc import AsyncIterator, Iterator

import pytest

from models.database import Database
from tests import databases, leaks, sharing
from tests.post import Post, posting
from tests.stage import Stage, staged

sharing.share()
leaks.listen()


def pytest_collection_finish() -> None:
    """What is there now stays: the collector of cycles need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """After everything of a test has ended: what it has logged says nothing of people, and no secret."""
    yield
    found = leaks.found()
    assert not found, "the log tells too much:\n" + "\n".join(found)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    with databases.sqlite() if request.param == "sqlite" else databases.postgresql() as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    """Harian at work on Tuesday, 24 November 2026, 16.00 WIB; everybody has joined."""
    async with staged(database_url) as stage:
        yield stage


@pytest.fixture
async def empty_stage(database_url: str) -> AsyncIterator[Stage]:
    """The same office, in which nobody has joined yet."""
    async with staged(database_url, joined=False) as stage:
        yield stage


@pytest.fixture
async def post(database_url: str) -> AsyncIterator[Post]:
    """A sender by itself, and three people with their phones."""
    async with posting(database_url) as post:
        yield post
