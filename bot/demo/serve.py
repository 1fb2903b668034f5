"""Put the demo together and keep it running."""

import asyncio
import contextlib
import shutil
import webbrowser
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.clock import Shifted, system
from bot.demo import cast, seeding
from bot.demo.clock_bar import ClockBar
from bot.demo.extras import Extras
from bot.limits import Rates
from bot.migrating import upgrade
from bot.process import Process
from bot.sandbox.server import create_app, running
from bot.sandbox.world import World
from bot.settings import Settings

TOKEN = "1:demo"
RELAXED = Rates(per_second=200, chat_seconds=0.02, group_per_minute=200)
"""The sandbox does not mind; a skipped week would otherwise take as long as its messages."""


async def serve(folder: Path, *, port: int, headless: bool, empty: bool, say: Callable[[str], None]) -> None:
    """Run until cancelled. The database in `folder` is made anew each time."""
    await asyncio.to_thread(_empty, folder)
    database_url = f"sqlite:///{folder / 'demo.db'}"
    await asyncio.to_thread(upgrade, database_url)
    clock = Shifted(system() if empty else seeding.opening(system().astimezone(seeding.ZONE).date()))
    world = World(clock=clock, token=TOKEN)
    app = create_app(world)
    async with running(world, port, app=app) as url:
        settings = Settings(
            telegram_bot_token=SecretStr(TOKEN),
            telegram_api_url=url,
            database_url=SecretStr(database_url),
            _env_file=None,  # type: ignore[call-arg]
        )
        async with Process(settings, clock=clock, rates=RELAXED) as process:
            players = cast.Cast({}) if empty else await _fill(process, world, say)
            extras = Extras(world, players.extras)
            bar = ClockBar(process, world, clock, seeding.ZONE, asked=extras.answer)
            app.router.routes[:0] = [*bar.routes(), *_cast_route(players.phones)]
            async with asyncio.TaskGroup() as group:
                group.create_task(process.run())
                if not empty:
                    await bar.move_to(clock() + timedelta(minutes=1))
                say(f"\n  {url}\n\n  Ctrl-C ends the demo.")
                if empty:
                    say(_how_to_fill(url, database_url))
                if not headless:
                    with contextlib.suppress(webbrowser.Error):
                        webbrowser.open(url)


def _empty(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


async def _fill(process: Process, world: World, say: Callable[[str], None]) -> cast.Cast:
    say("Seeding an office and its last weeks …")
    async with process.database.transaction() as session:
        seeded = await seeding.seed(session, process.clock())
        return await cast.enter(session, world, seeded)


def _cast_route(phones: dict[str, Any]) -> list[Route]:
    async def show(_request: Request) -> Response:
        return JSONResponse(phones)

    return [Route("/demo/cast", show)] if phones else []


def _how_to_fill(url: str, database_url: str) -> str:
    return (
        "  Nobody is here yet. In another terminal:\n"
        f"    export TELEGRAM_BOT_TOKEN={TOKEN} TELEGRAM_API_URL={url} DATABASE_URL={database_url}\n"
        "    .venv/bin/harian import pegawai.xlsx && .venv/bin/harian invite"
    )
