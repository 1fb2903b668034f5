"""Start the server and the clients, each a process of its own, and give them orders."""

import asyncio
import json
import os
import shutil
import socket
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
GRAMMY = Path(sys.prefix) / "grammy"
"""Where grammY is installed, at its first measurement."""
PYTHON = {
    "PTB's own": ("tests.benchmarks.peers.ptb",),
    "ours": ("tests.benchmarks.peers.ptb", "ours"),
    "aiogram": ("tests.benchmarks.peers.aio",),
}


class Server:
    """The canned Bot API, on a core of its own when there are two."""

    def __init__(self, url: str, http: aiohttp.ClientSession) -> None:
        self.url, self._http = url, http

    async def told(self, order: str, **given: Any) -> dict[str, Any]:
        async with self._http.post(f"{self.url}/bench/{order}", json=given) as response:
            answer: dict[str, Any] = await response.json()
            return answer


class Peer:
    def __init__(self, process: Process) -> None:
        self._process = process

    async def does(self, order: str, *numbers: int) -> tuple[float, float]:
        """Seconds by the clock, and of the client's processor."""
        assert self._process.stdin is not None
        self._process.stdin.write((" ".join([order, *map(str, numbers)]) + "\n").encode())
        figures = json.loads(await read_line(self._process))
        return figures["seconds"], figures["cpu"]


async def read_line(process: Process) -> str:
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), 60)
    assert line, f"it ended by itself: {process.returncode}"
    return line.decode().strip()


@asynccontextmanager
async def child(*command: str, folder: Path = ROOT, **more: str) -> AsyncIterator[Process]:
    """`more` are variables of its environment."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **more}
    process = await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=environment, cwd=folder
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@asynccontextmanager
async def served() -> AsyncIterator[Server]:
    async with (
        child(sys.executable, "-m", "tests.benchmarks.peers.server") as process,
        aiohttp.ClientSession() as http,
    ):
        yield Server(f"http://127.0.0.1:{await read_line(process)}", http)


@asynccontextmanager
async def peer(name: str, url: str) -> AsyncIterator[Peer]:
    if name == "grammY":
        command, folder = ("node", "bot.mjs", url), GRAMMY
    else:
        module, *more = PYTHON[name]
        command, folder = (sys.executable, "-m", module, url, *more), ROOT
    async with child(*command, folder=folder) as process:
        assert await read_line(process) == "ready"
        yield Peer(process)


async def grammy_is_here() -> bool:
    """Whether grammY could be installed: there is Node.js, and npm found its packages."""
    if not shutil.which("node") or not shutil.which("npm"):
        return False
    shutil.copytree(HERE / "grammy", GRAMMY, dirs_exist_ok=True)
    if not (GRAMMY / "node_modules" / "grammy").is_dir():
        npm = await asyncio.create_subprocess_exec(
            "npm", "ci", "--no-audit", "--no-fund", cwd=GRAMMY, stdout=DEVNULL, stderr=DEVNULL
        )
        return await npm.wait() == 0
    return True
