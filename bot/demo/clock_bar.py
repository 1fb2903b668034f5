"""The clock bar behind the page: what comes next, and skipping, which runs the sweeps as if time had passed."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.clock import Shifted
from bot.process import Process
from bot.sandbox.world import World
from handlers.texts import Words, words
from models.workdays import Calendar
from scheduler import agenda
from scheduler.agenda import Due, Event

MORNING = time(7, 30)


class ClockBar:
    """GET /clock and POST /clock/skip."""

    def __init__(
        self, process: Process, world: World, clock: Shifted, zone: ZoneInfo, *, asked: Callable[[], None]
    ) -> None:
        """`asked` is called when the afternoon's question has gone out."""
        self._process, self._world, self._clock, self._zone, self._asked = process, world, clock, zone, asked

    def routes(self) -> list[Route]:
        return [Route("/clock", self.show), Route("/clock/skip", self.skip, methods=["POST"])]

    async def show(self, request: Request) -> Response:
        return JSONResponse(await self._state(_language(request)))

    async def skip(self, request: Request) -> Response:
        """Move to the wanted moment by way of everything that is due before it."""
        target = await self._target(str((await request.json()).get("to", "")))
        if target is None:
            return JSONResponse({"error": "there is no such moment within two weeks"}, status_code=400)
        await self.move_to(target)
        return JSONResponse(await self._state(_language(request)))

    async def move_to(self, target: datetime) -> None:
        while self._clock() < target:
            async with self._process.database.reading() as session:
                due = await agenda.coming(session, self._clock(), until=target)
            step = due[0].at if due else target
            self._clock.move_to(step + timedelta(seconds=1) if step < target else step)
            self._world.events.publish({"type": "clock", "now": self._now().isoformat()})
            await self._process.sweep()
            await self._process.quiet()
            if due and due[0].event is Event.ASK:
                self._asked()
                await self._process.quiet()
        self._world.events.publish({"type": "clock", "now": self._now().isoformat()})

    def _now(self) -> datetime:
        return self._clock().astimezone(self._zone)

    async def _state(self, language: str) -> dict[str, object]:
        async with self._process.database.reading() as session:
            due = await agenda.coming(session, self._clock())
        coming = (
            {"at": due[0].at.astimezone(self._zone).isoformat(), "what": _spoken(words(language), due[0])}
            if due
            else None
        )
        return {"now": self._now().isoformat(), "next": coming, "zone": str(self._zone)}

    async def _target(self, to: str) -> datetime | None:
        now = self._now()
        if to == "morning":
            day = now.date() + timedelta(days=now.time() >= MORNING)
            return datetime.combine(day, MORNING, self._zone)
        if to == "workday":
            return datetime.combine(Calendar({}).ahead(now.date(), 5), time(8, 0), self._zone)
        async with self._process.database.reading() as session:
            if to == "friday":
                return await agenda.last_workday_afternoon(session, self._clock())
            due = await agenda.coming(session, self._clock())
        events = {"next": set(Event), "afternoon": {Event.ASK}, "summary": {Event.SUMMARY}}.get(to, set())
        return next((one.at for one in due if one.event in events), None)


def _language(request: Request) -> str:
    return "en" if request.headers.get("Accept-Language", "").startswith("en") else "id"


def _spoken(w: Words, due: Due) -> str:
    return {
        Event.MORNING: w.plain("Harian asks what people work on today"),
        Event.ASK: w.plain("Harian asks what was done today"),
        Event.REMIND: w.plain("Harian reminds whoever has not answered"),
        Event.NUDGE: w.plain("supervisors get their card"),
        Event.SUMMARY: w.plain("the group gets the week's summary"),
        Event.TELL: w.plain("employees hear of their approval"),
    }[due.event]
