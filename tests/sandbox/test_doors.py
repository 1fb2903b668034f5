"""Chats that are closed to the bot: never met, not started, blocked, left, kicked."""

from typing import Any

import pytest

from tests.sandbox.conftest import ANI, BUDI, Sandbox


@pytest.mark.parametrize(
    ("chat_id", "refusal"),
    [
        ("", (400, "Bad Request: chat_id is empty")),
        (None, (400, "Bad Request: chat_id is empty")),
        (42, (400, "Bad Request: chat not found")),
        ("--5", (400, "Bad Request: chat not found")),
        ("@siapa", (400, "Bad Request: chat not found")),
        (BUDI, (400, "Bad Request: chat not found")),
    ],
)
async def test_chats_the_bot_has_never_met(ani: Sandbox, chat_id: Any, refusal: tuple[int, str]) -> None:
    await ani.people("new", first_name="Budi", id=BUDI)
    for method in ("sendMessage", "getChat", "sendChatAction"):
        assert await ani.refusal(method, chat_id=chat_id, text="x", action="typing") == refusal


async def test_somebody_met_in_a_group_has_not_started_the_bot(ani: Sandbox) -> None:
    group = await ani.group()
    await ani.people("new", first_name="Budi", id=BUDI)
    await ani.people("join", person=BUDI, chat=group)
    refused = (403, "Forbidden: bot can't initiate conversation with a user")
    assert await ani.refusal("sendMessage", chat_id=BUDI, text="x") == refused
    await ani.people("send", person=BUDI, chat=BUDI, text="/start")
    assert (await ani.result("sendMessage", chat_id=BUDI, text="Halo"))["chat"]["first_name"] == "Budi"


async def test_blocked_until_unblocked(ani: Sandbox) -> None:
    sent = await ani.result("sendMessage", chat_id=ANI, text="Halo")
    await ani.people("block", person=ANI)
    blocked = (403, "Forbidden: bot was blocked by the user")
    assert await ani.refusal("sendMessage", chat_id=ANI, text="x") == blocked
    assert await ani.refusal("sendChatAction", chat_id=ANI, action="typing") == blocked
    assert await ani.refusal("editMessageText", chat_id=ANI, message_id=sent["message_id"], text="x") == blocked
    await ani.people("unblock", person=ANI)
    assert await ani.result("sendChatAction", chat_id=ANI, action="typing") is True


@pytest.mark.parametrize(
    ("type", "act", "refusal"),
    [
        ("group", "remove_bot", (403, "Forbidden: bot was kicked from the group chat")),
        ("supergroup", "remove_bot", (403, "Forbidden: bot was kicked from the supergroup chat")),
        ("group", "leaveChat", (403, "Forbidden: bot is not a member of the group chat")),
        ("supergroup", "leaveChat", (403, "Forbidden: bot is not a member of the supergroup chat")),
    ],
)
async def test_groups_the_bot_is_no_longer_in(ani: Sandbox, type: str, act: str, refusal: tuple[int, str]) -> None:
    group = await ani.group(type=type)
    if act == "leaveChat":
        assert await ani.result("leaveChat", chat_id=group) is True
    else:
        await ani.people(act, person=ANI, chat=group)
    assert await ani.refusal("sendMessage", chat_id=group, text="x") == refusal
    assert await ani.refusal("getChat", chat_id=group) == refusal
