"""All bots of a process: whichever Telegram does not know (any more) is left out, and the others go on."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from typing import Any

import structlog
from telegram.error import InvalidToken

from bot.line import Line
from bot.tasks import to_its_end
from models import bot_moves
from models.bots import DEFAULT
from models.database import Database

log = structlog.get_logger()

ASSIGN_SECONDS = 60.0


class Lines:
    """`left_out` hears of each that is left out: what came by it waits."""

    def __init__(self, lines: Sequence[Line], database: Database, *, left_out: Callable[[Line], None]) -> None:
        self._lines, self._database, self._left_out = list(lines), database, left_out

    def __iter__(self) -> Iterator[Line]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    @property
    def first(self) -> Line:
        """The default one, when there is one."""
        return self._lines[0]

    async def open(self, *, patient: bool) -> None:
        """Raises: InvalidToken, and TelegramError unless patient."""
        await asyncio.gather(*(self.guarded(line, line.open(patient=patient)) for line in self._lines))

    async def guarded(self, line: Line, work: Coroutine[Any, Any, Any]) -> None:
        """The work of one; when its token is none, it is left out. Raises: InvalidToken for the default or last one."""
        try:
            await work
        except InvalidToken:
            if line in self._lines:
                self._leave_out(line)

    def _leave_out(self, line: Line) -> None:
        if line.number == DEFAULT or self._lines == [line]:
            raise InvalidToken
        log.error("Telegram does not know the token of an agency's bot", agencies=line.agencies)
        self._lines = [one for one in self._lines if one is not line]
        self._left_out(line)

    async def assign(self) -> None:
        """Which agency has which bot stands in the settings; the database is told, the tokens excepted."""
        of = {code: line.number for line in self._lines for code in line.agencies}
        async with self._database.transaction() as session:
            for line in self._lines:
                if line.number == DEFAULT:
                    await bot_moves.adopt(session, line.id)
            if await bot_moves.assign(session, of):
                log.info("agencies have another bot now")

    @property
    def have_agencies(self) -> bool:
        return any(line.agencies for line in self._lines)

    async def follow_agencies(self) -> None:
        """Those that are imported later get their bots too."""
        while True:
            await asyncio.sleep(ASSIGN_SECONDS)
            try:
                await to_its_end(self.assign())
            except Exception as error:
                log.warning("which agency has which bot could not be noted", error=type(error).__name__)
