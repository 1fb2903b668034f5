"""Callback queries that wait for their answer."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.errors import bad_request

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True)
class Query:
    person: int
    asked: float


class Queries:
    """Each can be answered once, within ``lifetime`` real seconds."""

    def __init__(self, monotonic: Callable[[], float], lifetime: float) -> None:
        self._monotonic = monotonic
        self._lifetime = lifetime
        self._open: dict[str, Query] = {}

    def ask(self, person: int) -> str:
        self._forget_old()
        query_id = str(secrets.randbits(62))
        self._open[query_id] = Query(person, self._monotonic())
        return query_id

    def answer(self, query_id: str) -> int:
        """The person who tapped; raises ApiError for a query that is unknown, answered or too old."""
        self._forget_old()
        query = self._open.pop(query_id, None)
        if query is None:
            raise bad_request(TOO_OLD)
        return query.person

    def _forget_old(self) -> None:
        oldest = self._monotonic() - self._lifetime
        for query_id in [key for key, query in self._open.items() if query.asked < oldest]:
            del self._open[query_id]
