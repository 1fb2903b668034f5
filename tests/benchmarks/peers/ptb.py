"""python-telegram-bot, by itself or (`ours`) with Harian's request and call: `python -m … URL [ours]`."""

import asyncio
import sys
from typing import Any

from telegram.ext import ApplicationBuilder, MessageHandler, filters

from bot.request import AiohttpRequest, call
from tests.benchmarks.peers.common import TEXT, TOKEN, Countdown, obey


async def main(url: str, ours: bool) -> None:
    builder: Any = ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot").concurrent_updates(256)
    if ours:
        builder = builder.request(AiohttpRequest()).get_updates_request(AiohttpRequest(read=40, connections=2))
    application = builder.build()
    counts: list[Countdown] = []

    async def send(chat_id: int) -> None:
        if ours:
            await call(application.bot, "sendMessage", chat_id=chat_id, text=TEXT, parse_mode="HTML")
        else:
            await application.bot.send_message(chat_id, TEXT, parse_mode="HTML")

    async def receive(update: Any, _context: Any) -> None:
        await send(update.effective_chat.id)
        counts[-1].one()

    application.add_handler(MessageHandler(filters.TEXT, receive))
    await application.initialize()

    async def answer(count: int) -> None:
        counts.append(Countdown(count))
        await application.updater.start_polling(timeout=1)
        await application.start()
        await counts[-1].done.wait()
        task = asyncio.create_task(application.updater.stop())
        task.add_done_callback(lambda _: None)
        await task
        await application.stop()

    await obey(send, answer)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], "ours" in sys.argv))
