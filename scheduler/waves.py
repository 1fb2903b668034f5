"""Sweeps about many people: who is due is looked up without writing, then done a slice at a time."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Generic, TypeVar

from models.database import Database, Session

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wave(Generic[T]):
    """`act` takes part of what `find` has found, in a short transaction of its own, in which nobody has to wait for
    long; it looks again whether it is still due, and its keys make it harmless to be done twice.
    """

    find: Callable[[Session, datetime], Awaitable[Sequence[T]]]
    act: Callable[[Session, datetime, Sequence[T]], Awaitable[int]]
    at_once: int = 500

    async def __call__(self, session: Session, now: datetime) -> int:
        """All of it in one transaction."""
        return sum([await self.act(session, now, part) for part in self._parts(await self.find(session, now))])

    async def roll(self, database: Database, now: datetime, info: dict[str, object]) -> int:
        """In a minute in which nobody is due, nothing is written. `info` is what the sweeps of a tick share."""
        async with database.reading(patient=True) as session:
            session.info.update(info)
            found = await self.find(session, now)
        done = 0
        for part in self._parts(found):
            async with database.transaction(patient=True) as session:
                session.info.update(info)
                done += await self.act(session, now, part)
        return done

    def _parts(self, found: Sequence[T]) -> Iterator[Sequence[T]]:
        remaining = iter(found)
        while part := list(islice(remaining, self.at_once)):
            yield part
