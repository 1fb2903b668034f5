"""A file that an admin has sent for an import: fetched, read and tried out before its update is handled.

Reading runs in a process of its own, with bounds on its memory and time; trying out is a transaction rolled back.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from functools import partial
from hashlib import sha256
from multiprocessing import get_context

import structlog
from telegram import Bot

from bot.bounds import SECONDS_AT_MOST, bounded
from bot.clock import Clock
from bot.logs import where
from handlers.imports import Sent
from models import imports, uploads
from models.agencies import Agency
from models.database import Database
from models.imports import Key, Problem, Result, Sheets, keeping
from models.uploads import SPOILT, WAITING

log = structlog.get_logger()

FETCHED_WITHIN = 120.0


class Intake:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._turn = asyncio.Lock()

    async def take(self, bot: Bot, sent: Sent) -> None:
        """Keep what the file holds, or what is wrong with it. Raises: only what the database raises."""
        upload = sent.upload()
        data = await self._fetch(bot, sent)
        if data is None:
            upload.status, upload.problems = SPOILT, keeping.dump_problems([Problem(Key.NOT_FETCHED, sent.name)])
        else:
            upload.digest = sha256(data).hexdigest()
            async with self._turn:
                sheets = await understand(sent.name, data)
            result = Result(sheets.problems) if sheets.problems else await self._try_out(sheets, sent.agency_id)
            upload.status = SPOILT if result.problems else WAITING
            upload.problems = keeping.dump_problems(result.problems)
            upload.counts, upload.plan = keeping.dump_counts(result.counts), result.plan
            upload.rows = {} if result.problems else keeping.dump(sheets)
        async with self._database.transaction() as session:
            if await uploads.of_message(session, upload.chat_id, upload.message_id) is None:
                session.add(upload)

    async def _fetch(self, bot: Bot, sent: Sent) -> bytes | None:
        try:
            async with asyncio.timeout(FETCHED_WITHIN):
                file = await bot.get_file(sent.reference)
                return bytes(await file.download_as_bytearray())
        except Exception as error:
            log.warning("a file could not be fetched", error=type(error).__name__)
            return None

    async def _try_out(self, sheets: Sheets, agency_id: int) -> Result:
        async with self._database.transaction() as session:
            agency = await session.get_one(Agency, agency_id)
            result = await imports.take(session, sheets, agency_code=agency.code, now=self._clock())
            await session.rollback()
        return result


async def understand(name: str, data: bytes, read: Callable[[dict[str, bytes]], Sheets] = imports.read) -> Sheets:
    """Read a file in a process of its own, which may die over it: that is a problem of the file."""
    pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=bounded)
    try:
        async with asyncio.timeout(2 * SECONDS_AT_MOST):
            return await asyncio.get_running_loop().run_in_executor(pool, partial(read, {name: data}))
    except (BrokenExecutor, MemoryError, TimeoutError):
        return Sheets({}, (Problem(Key.TOO_MUCH_TO_READ, name),))
    except Exception as error:
        log.error("a file could not be read", error=type(error).__name__, where=where(error))
        return Sheets({}, (Problem(Key.NOT_XLSX, name),))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
