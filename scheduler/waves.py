"""Sweeps about many people: who is due is looked up without writing, then done a slice at a time."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Generic, TypeVar

from models.database import Database, Session

T = TypeVar("T")
U = TypeVar("U")
Act = Callable[[Session, datetime, Sequence[U]], Awaitable[int]]


async def _as_found(_session: Session, _now: datetime, part: Sequence[Any]) -> Sequence[Any]:
    return part


@dataclass(frozen=True, slots=True)
class Wave(Generic[T, U]):
    """`act` takes part of what `find` has found, in a short transaction of its own, in which nobody has to wait for
    long; it looks again whether it is still due, and its keys make it harmless to be done twice. What takes longer to
    compute is done by `prepare`, part by part, before the transaction.
    """

    find: Callable[[Session, datetime], Awaitable[Sequence[T]]]
    act: Act[U]
    prepare: Callable[[Session, datetime, Sequence[T]], Awaitable[Sequence[U]]] = _as_found
    at_once: int = 500

    async def __call__(self, session: Session, now: datetime) -> int:
        """All of it in one transaction."""
        parts = self._parts(await self.find(session, now))
        return sum([await self.act(session, now, await self.prepare(session, now, part)) for part in parts])

    async def roll(self, database: Database, now: datetime, info: dict[str, object]) -> int:
        """In a minute in which nobody is due, nothing is written. `info` is what the sweeps of a tick share."""
        async with database.reading(patient=True) as session:
            session.info.update(info)
            found = await self.find(session, now)
        done = 0
        for part in self._parts(found):
            ready: Sequence[Any] = part
            if self.prepare is not _as_found:
                async with database.reading(patient=True) as session:
                    session.info.update(info)
                    ready = await self.prepare(session, now, part)
            async with database.transaction(patient=True) as session:
                session.info.update(info)
                done += await self.act(session, now, ready)
        return done

    def _parts(self, found: Sequence[T]) -> Iterator[Sequence[T]]:
        remaining = iter(found)
        while part := list(islice(remaining, self.at_once)):
            yield part
