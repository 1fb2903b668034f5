"""For those who watch a process from outside: does it live, is it ready, and its figures.

The page of figures is served on a port of its own (HEALTH_PORT), which belongs inside. Strangers at the webhook's port
learn two words, and those at most every few seconds anew.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import text
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.clock import Clock
from bot.meters import Meters
from bot.migrating import wanted
from models import leases, vitals
from models.database import Database, Session
from models.vitals import Vitals

PATIENCE = 5.0
"""Seconds in which the database has to answer."""
SWEEPS_EVERY = timedelta(minutes=5)
"""Sweeps run each minute; a run may take some."""
REMEMBERED = 2.0
"""Seconds for which an answer to strangers is kept."""
FORMAT = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Condition:
    """Why it is not ready, for the operator; and what was seen, when the database answers."""

    reasons: tuple[str, ...] = ()
    vitals: Vitals | None = None

    @property
    def is_ready(self) -> bool:
        return not self.reasons


class Watch:
    """`senders` are the leases under which somebody has to send."""

    def __init__(
        self,
        database: Database,
        meters: Meters,
        *,
        senders: Sequence[str],
        clock: Clock,
        real_clock: Clock,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database, self._meters, self._senders = database, meters, senders
        self._clock, self._real_clock, self._monotonic = clock, real_clock, monotonic
        self._known: tuple[float, bool] = (float("-inf"), False)
        self._turn = asyncio.Lock()

    async def condition(self) -> Condition:
        try:
            async with asyncio.timeout(PATIENCE), self._database.reading() as session:
                return await self._look(session)
        except Exception as error:
            return Condition((f"the database does not answer ({type(error).__name__})",))

    async def _look(self, session: Session) -> Condition:
        now, real_now = self._clock(), self._real_clock()
        there = (await (await session.connection()).execute(text("SELECT version_num FROM alembic_version"))).scalar()
        if there != wanted():
            return Condition((f"the schema is at {there}, this program wants {wanted()}",))
        reasons = [f"the {loop} of this process is stuck" for loop in self._meters.stuck()]
        seen = await vitals.look(session, now=now)
        if seen.swept_at is None or real_now - seen.swept_at > SWEEPS_EVERY:
            reasons.append(f"no sweep has run since {_said(seen.swept_at)}")
        if not all([await leases.is_held(session, lease, now=real_now) for lease in self._senders]):
            reasons.append("nobody sends")
        if seen.stands_still:
            reasons.append(f"the outbox stands still: {seen.due} due, the oldest since {_said(seen.oldest_due_at)}")
        return Condition(tuple(reasons), seen)

    async def is_ready(self) -> bool:
        """As known a moment ago: whoever asks often costs nothing."""
        async with self._turn:
            at, ready = self._known
            if self._monotonic() - at > REMEMBERED:
                ready = (await self.condition()).is_ready
                self._known = (self._monotonic(), ready)
        return ready

    def private(self) -> Starlette:
        """With reasons and figures."""

        async def ready(_request: Request) -> Response:
            condition = await self.condition()
            return PlainTextResponse(
                "\n".join(condition.reasons or ("ready",)) + "\n", status_code=200 if condition.is_ready else 503
            )

        async def metrics(_request: Request) -> Response:
            condition = await self.condition()
            page = self._meters.page(
                condition.vitals, ready=condition.is_ready, now=self._clock(), real_now=self._real_clock()
            )
            return Response(page, media_type=FORMAT)

        return Starlette(routes=[Route("/healthz", alive), Route("/readyz", ready), Route("/metrics", metrics)])

    def public(self) -> list[Route]:
        """With two words each."""

        async def ready(_request: Request) -> Response:
            is_ready = await self.is_ready()
            return PlainTextResponse("ready" if is_ready else "not ready", status_code=200 if is_ready else 503)

        return [Route("/healthz", alive), Route("/readyz", ready)]


async def alive(_request: Request) -> Response:
    """That it answers is all it says: also while the database or Telegram is away."""
    return PlainTextResponse("ok")


def _said(moment: object) -> str:
    return str(moment) if moment is not None else "the beginning"
