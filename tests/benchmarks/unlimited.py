"""`harian run` with Telegram's limits out of the way, for measuring several processes beside each other."""

import asyncio

from bot.process import Process
from bot.settings import Settings
from tests.stage import UNLIMITED


async def main() -> None:
    async with Process(Settings(), rates=UNLIMITED) as process:
        await process.run()


if __name__ == "__main__":
    asyncio.run(main())
