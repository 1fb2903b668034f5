"""aiogram, as its documentation shows it: `python -m … URL`."""

import asyncio
import sys

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

from tests.benchmarks.peers.common import TEXT, TOKEN, Countdown, obey


async def main(url: str) -> None:
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    dispatcher = Dispatcher()
    counts: list[Countdown] = []

    @dispatcher.message(F.text)
    async def receive(message: Message) -> None:
        await bot.send_message(message.chat.id, TEXT, parse_mode="HTML")
        counts[-1].one()

    async def answer(count: int) -> None:
        counts.append(Countdown(count))
        polling = asyncio.create_task(
            dispatcher.start_polling(bot, polling_timeout=1, handle_signals=False, close_bot_session=False)
        )
        await counts[-1].done.wait()
        await dispatcher.stop_polling()
        await polling

    await obey(lambda chat: bot.send_message(chat, TEXT, parse_mode="HTML"), answer)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
