"""python-telegram-bot talks to the sandbox: it parses all that is said, and knows every field."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import telegram
from telegram.constants import UpdateType

from tests.sandbox.conftest import ANI, TOKEN, Sandbox, picture
from tests.sandbox.everything import ALLOWED, everything_people_do

NEWER_THAN_PTB = {"can_send_welcome_messages"}


@pytest.fixture
async def ptb(ani: Sandbox) -> AsyncIterator[telegram.Bot]:
    bot = telegram.Bot(TOKEN, base_url=f"{ani.base_url}/bot", base_file_url=f"{ani.base_url}/file/bot")
    async with bot:
        yield bot


async def test_python_telegram_bot_knows_every_update(ani: Sandbox, ptb: telegram.Bot) -> None:
    await ptb.get_updates(offset=ani.confirmed, allowed_updates=ALLOWED)
    expected = await everything_people_do(ani)
    updates = await ptb.get_updates(offset=ani.confirmed, timeout=1, allowed_updates=ALLOWED)
    kinds = [next(kind for kind in UpdateType if getattr(update, kind, None)) for update in updates]
    assert kinds == expected
    assert list(unknown_to_ptb(updates)) == []


async def test_python_telegram_bot_knows_results_and_refusals(ani: Sandbox, ptb: telegram.Bot) -> None:
    group = await ani.group()
    keyboard = telegram.InlineKeyboardMarkup.from_button(telegram.InlineKeyboardButton("Ubah", callback_data="ubah:1"))
    sent = await ptb.send_message(ANI, "<b>Halo</b>", parse_mode="HTML", reply_markup=keyboard)
    photo = await ptb.send_photo(ANI, picture(), caption="Grafik")
    file = await ptb.get_file(photo.photo[-1])
    assert bytes(await file.download_as_bytearray()) == picture()
    results = [
        sent,
        photo,
        await ptb.send_document(ANI, b"isi", filename="laporan.xlsx"),
        await ptb.send_media_group(ANI, [telegram.InputMediaPhoto(picture()), telegram.InputMediaPhoto(picture(50))]),
        await ptb.edit_message_text("Baru", ANI, sent.message_id, reply_markup=keyboard),
        await ptb.edit_message_media(telegram.InputMediaDocument(b"isi", filename="b.txt"), ANI, sent.message_id),
        await ptb.send_message(ANI, "Mengapa?", reply_markup=telegram.ForceReply(input_field_placeholder="Alasan")),
        await ptb.get_chat(group),
        await ptb.get_chat_member(group, ANI),
        await ptb.get_webhook_info(),
    ]
    assert list(unknown_to_ptb(results)) == []
    with pytest.raises(telegram.error.BadRequest, match="Message is not modified"):
        await ptb.edit_message_reply_markup(ANI, sent.message_id)
    supergroup = (await ani.people("migrate", chat=group))["id"]
    with pytest.raises(telegram.error.ChatMigrated) as moved:
        await ptb.send_message(group, "x")
    assert moved.value.new_chat_id == supergroup
    await ani.people("misbehave", how="lost")
    with pytest.raises(telegram.error.NetworkError):
        await ptb.send_message(ANI, "terkirim")
    assert (await ani.shown(ANI))[-1] == "terkirim"
    await ani.people("block", person=ANI)
    with pytest.raises(telegram.error.Forbidden):
        await ptb.send_message(ANI, "x")


def unknown_to_ptb(value: Any) -> Iterator[str]:
    """Fields that no class of python-telegram-bot's declares."""
    if isinstance(value, telegram.TelegramObject):
        yield from (f"{type(value).__name__}.{name}" for name in value.api_kwargs.keys() - NEWER_THAN_PTB)
        names = {slot for cls in type(value).__mro__ for slot in getattr(cls, "__slots__", ()) if slot[0] != "_"}
        yield from unknown_to_ptb([getattr(value, name, None) for name in names])
    elif isinstance(value, list | tuple):
        for item in value:
            yield from unknown_to_ptb(item)
