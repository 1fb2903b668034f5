"""Voice notes → text, by a local speech-to-text program of the operator's choice."""

import asyncio
import contextlib
import os
import shlex
import signal
import tempfile
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path

import structlog
from telegram import Bot

log = structlog.get_logger()

SECONDS_AT_MOST = 60.0
AT_ONCE = 2
"""Programs running side by side; each may keep a core busy."""
LONGEST_TEXT = 4096
"""Characters kept: as much as a person can type in one message."""


class Listener:
    """`command` as a shell would split it, but no shell runs it; the path of the Ogg/Opus file is its last argument."""

    def __init__(self, command: str, *, seconds: float = SECONDS_AT_MOST) -> None:
        self._command, self._seconds = shlex.split(command), seconds
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def hear(self, bot: Bot, file_id: str) -> str:
        """What is said in it; empty when that cannot be found out, for whatever reason."""
        try:
            async with self._turns:
                file = await bot.get_file(file_id)
                with tempfile.TemporaryDirectory(prefix="harian-voice-") as folder:
                    path = await file.download_to_drive(Path(folder) / "voice.ogg")
                    return await self._run(path)
        except Exception as error:
            log.warning("a voice note could not be written down", error=type(error).__name__)
            return ""

    async def _run(self, path: Path) -> str:
        program = await asyncio.create_subprocess_exec(
            *self._command, str(path), stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, start_new_session=True
        )
        try:
            async with asyncio.timeout(self._seconds):
                said, _ = await program.communicate()
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGKILL)  # with whatever it has started
            await program.wait()
        if program.returncode != 0:
            log.warning("a voice note could not be written down", exit_code=program.returncode)
            return ""
        return said.decode(errors="replace").strip()[:LONGEST_TEXT]
