"""aiogram talks to the sandbox: it parses all that is said, and knows every field."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import aiogram
import pytest
from aiogram import types
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat, TelegramRetryAfter
from pydantic import BaseModel

from tests.sandbox.conftest import ANI, TOKEN, Sandbox, picture
from tests.sandbox.everything import ALLOWED, everything_people_do


@pytest.fixture
async def aio(ani: Sandbox) -> AsyncIterator[aiogram.Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(ani.base_url))
    async with aiogram.Bot(TOKEN, session=session) as bot:
        yield bot


async def test_aiogram_knows_every_update(ani: Sandbox, aio: aiogram.Bot) -> None:
    await aio.get_updates(offset=ani.confirmed, allowed_updates=ALLOWED)
    expected = await everything_people_do(ani)
    updates = await aio.get_updates(offset=ani.confirmed, timeout=1, allowed_updates=ALLOWED)
    assert [update.event_type for update in updates] == expected
    assert list(unknown_to_aiogram(updates)) == []


async def test_aiogram_knows_every_result(ani: Sandbox, aio: aiogram.Bot) -> None:
    photo = types.BufferedInputFile(picture(), "grafik.png")
    document = types.BufferedInputFile(b"isi", "laporan.xlsx")
    buttons = types.InlineKeyboardMarkup(
        inline_keyboard=[
            [types.InlineKeyboardButton(text="Setujui", callback_data="ok:1", style="success")],
            [types.InlineKeyboardButton(text="Salin", copy_text=types.CopyTextButton(text="Rapat"))],
            [types.InlineKeyboardButton(text="Buka", url="https://contoh.id/x")],
        ]
    )
    html = '<b>tebal</b> <a href="https://contoh.id/">t</a> <blockquote expandable>k</blockquote>'
    sent = await aio.send_message(ANI, html, parse_mode="HTML", reply_markup=buttons, disable_notification=True)
    assert sent.reply_markup is not None
    assert (sent.html_text, sent.reply_markup.model_dump()) == (html, buttons.model_dump())
    group = await ani.group()
    await ani.people("promote", person=ani.world.bot_id, chat=group)
    picture_sent = await aio.send_photo(ANI, photo, caption="Grafik", show_caption_above_media=True)
    assert picture_sent.photo is not None
    file = await aio.get_file(picture_sent.photo[-1].file_id)
    assert file.file_path is not None
    downloaded = await aio.download_file(file.file_path)
    assert downloaded is not None
    assert downloaded.read() == picture()
    await aio.set_my_commands(
        [types.BotCommand(command="lapor", description="Lapor")],
        scope=types.BotCommandScopeChat(chat_id=ANI),
        language_code="id",
    )
    media = types.InputMediaPhoto(
        media=types.BufferedInputFile(picture(90), "b.png"), caption="<i>b</i>", parse_mode="HTML"
    )
    reaction: list[Any] = [types.ReactionTypeEmoji(emoji="👀")]
    results = [
        sent,
        picture_sent,
        file,
        await aio.get_me(),
        await aio.send_message(ANI, "Mengapa?", reply_markup=types.ForceReply(), reply_to_message_id=sent.message_id),
        await aio.send_photo(ANI, picture_sent.photo[-1].file_id),
        await aio.send_document(ANI, document, caption="Laporan", protect_content=True),
        await aio.send_media_group(ANI, [media, media]),
        await aio.edit_message_text("Baru", chat_id=ANI, message_id=sent.message_id, reply_markup=buttons),
        await aio.edit_message_reply_markup(chat_id=ANI, message_id=sent.message_id),
        await aio.edit_message_media(media, chat_id=ANI, message_id=sent.message_id),
        await aio.edit_message_caption(chat_id=ANI, message_id=sent.message_id, caption="Akhir"),
        await aio.pin_chat_message(ANI, sent.message_id),
        await aio.get_chat(ANI),
        await aio.get_chat(group),
        await aio.unpin_chat_message(ANI, message_id=sent.message_id),
        await aio.set_message_reaction(ANI, 1, reaction),
        await aio.send_chat_action(ANI, "typing"),
        await aio.delete_message(ANI, sent.message_id),
        await aio.get_my_commands(scope=types.BotCommandScopeChat(chat_id=ANI), language_code="id"),
        *[await aio.get_chat_member(group, user) for user in (ANI, ani.world.bot_id, 1087968824)],
        await aio.get_chat_administrators(group),
        await aio.get_chat_member_count(group),
        await aio.get_webhook_info(),
        await aio.leave_chat(group),
    ]
    assert list(unknown_to_aiogram(results)) == []


async def test_aiogram_knows_the_refusals(ani: Sandbox, aio: aiogram.Bot) -> None:
    group = await ani.group()
    with pytest.raises(TelegramBadRequest, match="can't parse entities"):
        await aio.send_message(ANI, "<x>", parse_mode="HTML")
    await ani.people("misbehave", method="sendMessage", how="429", retry_after=9)
    with pytest.raises(TelegramRetryAfter) as too_fast:
        await aio.send_message(ANI, "x")
    assert too_fast.value.retry_after == 9
    supergroup = (await ani.people("migrate", chat=group))["id"]
    with pytest.raises(TelegramMigrateToChat) as moved:
        await aio.send_message(group, "x")
    assert moved.value.migrate_to_chat_id == supergroup
    await ani.people("block", person=ANI)
    with pytest.raises(TelegramForbiddenError):
        await aio.send_message(ANI, "x")


def unknown_to_aiogram(value: Any) -> Iterator[str]:
    """Fields that no model of aiogram's declares."""
    if isinstance(value, BaseModel):
        yield from (f"{type(value).__name__}.{name}" for name in value.model_extra or {})
        yield from unknown_to_aiogram([getattr(value, name) for name in type(value).model_fields])
    elif isinstance(value, list | tuple):
        for item in value:
            yield from unknown_to_aiogram(item)
