"""Misbehaviour on request: what Telegram does on a bad day."""

import asyncio
from dataclasses import dataclass

from bot.sandbox.errors import ApiError, ConnectionCut, PeopleError, bad_request, forbidden, too_many_requests

SERVER_ERRORS = {
    "500": "Internal Server Error",
    "502": "Bad Gateway",
    "503": "Service Unavailable",
    "504": "Gateway Timeout",
}
HOWS = ("400", "403", "429", "5xx", *SERVER_ERRORS, "slow", "drip", "lost", "reset", "expired")
AFTERWARDS = ("lost", "drip")
"""What happens to the answer only."""


@dataclass
class Fault:
    """``method`` "*" means every method but getUpdates; ``chat`` None every chat; ``retry_after``, ``seconds`` in s."""

    method: str
    how: str
    times: int = 1
    chat: int | None = None
    retry_after: int = 3
    seconds: float = 1.0

    def hits(self, method: str, chat: str) -> bool:
        named = self.method.lower() == method or (self.method == "*" and method != "getupdates")
        return named and (self.chat is None or str(self.chat) == chat)

    async def before(self) -> None:
        """Raises the refusal, or waits; what becomes of the answer is the caller's business afterwards."""
        if self.how == "slow":
            await asyncio.sleep(self.seconds)
        elif self.how == "reset":
            raise ConnectionCut
        elif self.how not in AFTERWARDS:
            raise self._refusal()

    def _refusal(self) -> ApiError:
        if self.how == "429":
            return too_many_requests(self.retry_after)
        if self.how == "403":
            return forbidden("user is deactivated")
        if self.how == "expired":
            return bad_request("query is too old and response timeout expired or query ID is invalid")
        if self.how == "400":
            return bad_request("REQUEST_INVALID")
        status = "502" if self.how == "5xx" else self.how
        return ApiError(int(status), SERVER_ERRORS[status])


class Faults:
    def __init__(self) -> None:
        self._plan: list[Fault] = []

    def plan(self, fault: Fault) -> None:
        if fault.how not in HOWS:
            raise PeopleError(f"unknown misbehaviour {fault.how!r}; known are {', '.join(HOWS)}")
        self._plan.append(fault)

    def clear(self) -> None:
        self._plan.clear()

    def take(self, method: str, chat: str) -> Fault | None:
        """The first fault planned for this call (method in lower case), used up once."""
        for fault in self._plan:
            if fault.hits(method, chat):
                fault.times -= 1
                if fault.times <= 0:
                    self._plan.remove(fault)
                return fault
        return None
