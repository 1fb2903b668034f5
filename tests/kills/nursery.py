"""The real process (`harian run`) at whatever moment of the calendar, begun in a fifth of a second.

A server has everything imported and forks a child for each start; the child becomes `harian run` in a session of its
own: own environment, own log, own clock, and killed like any other.
"""

import asyncio
import faulthandler
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from bot.clock import system

PRELOADED = ["bot.cli", "bot.process", "bot.migrating", "handlers.exports.tables", "time_machine", __name__]
ENDS_WITHIN = 40
"""Seconds, on a busy machine."""
_context = get_context("forkserver")
_context.set_forkserver_preload(PRELOADED)


class Calendar:
    """The moment it is for everybody in a test, as far from the real one as it says; it goes on at its own pace."""

    def __init__(self, moment: datetime) -> None:
        self.ahead = moment - system()

    def __call__(self) -> datetime:
        return system() + self.ahead

    def move_to(self, moment: datetime) -> None:
        self.ahead = moment - system()


class Harian:
    """One running process; `code` is its exit code once it has ended."""

    def __init__(self, process: ForkServerProcess) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    @property
    def code(self) -> int | None:
        return self._process.exitcode

    @property
    def processor_seconds(self) -> float:
        """What it has computed so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self._process.kill()

    def terminate(self) -> None:
        self._process.terminate()

    @property
    def is_ready(self) -> bool:
        """Whether it would end in order when asked to: it catches SIGTERM."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        caught = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
        return bool(int(caught.split()[1], 16) & 1 << signal.SIGTERM - 1)

    async def wait(self, seconds: float = ENDS_WITHIN) -> int:
        """Until it has ended; its exit code. When that takes longer, it writes to its log where it stands."""
        await asyncio.to_thread(self._process.join, seconds)
        if self.code is None:
            self.signal(signal.SIGUSR1)
            await asyncio.to_thread(self._process.join, 1)
            raise AssertionError(f"it has not ended within {seconds} s")
        return self.code


def begin(environment: dict[str, str], log: Path, ahead: timedelta = timedelta()) -> Harian:
    """Start it, with the clock so far ahead; whatever it writes goes to the log."""
    process = _context.Process(target=_become, args=(environment, str(log), ahead))
    process.start()
    return Harian(process)


@asynccontextmanager
async def begun(environment: dict[str, str], log: Path, ahead: timedelta = timedelta()) -> AsyncIterator[Harian]:
    """As `begin`; killed at the end, should it still live."""
    harian = begin(environment, log, ahead)
    try:
        yield harian
    finally:
        if harian.code is None:
            harian.signal(signal.SIGCONT)  # what is stopped could not be waited for
            harian.kill()
            await harian.wait()


def _become(environment: dict[str, str], log: str, ahead: timedelta) -> None:
    os.setsid()
    os.environ.clear()
    os.environ.update(environment)
    with open(log, "ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    faulthandler.register(signal.SIGUSR1, all_threads=True)
    os.chdir(Path(log).parent)  # no `.env` of ours
    if ahead:
        import time_machine

        time_machine.travel(system() + ahead, tick=True).start()
    sys.argv = ["harian", "run"]
    from bot.cli import main

    main()
