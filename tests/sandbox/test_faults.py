"""Telegram on a bad day: the failures a bot must survive, on request."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.sandbox.conftest import ANI, BUDI, TOKEN, Sandbox


@pytest.mark.parametrize(
    ("how", "more", "answer"),
    [
        ("429", {"retry_after": 7}, (429, "Too Many Requests: retry after 7", {"retry_after": 7})),
        ("403", {}, (403, "Forbidden: user is deactivated", None)),
        ("400", {}, (400, "Bad Request: REQUEST_INVALID", None)),
        ("5xx", {}, (502, "Bad Gateway", None)),
        ("500", {}, (500, "Internal Server Error", None)),
        ("504", {}, (504, "Gateway Timeout", None)),
    ],
)
async def test_refusals_on_request(
    ani: Sandbox, how: str, more: dict[str, Any], answer: tuple[int, str, dict[str, int] | None]
) -> None:
    await ani.people("misbehave", method="sendMessage", how=how, times=2, **more)
    for _ in range(2):
        refused = await ani.call("sendMessage", chat_id=ANI, text="x")
        assert (refused["error_code"], refused["description"], refused.get("parameters")) == answer
    assert (await ani.result("sendMessage", chat_id=ANI, text="Halo"))["text"] == "Halo"
    assert await ani.shown(ANI) == ["/start", "Halo"]


async def test_a_lost_answer_was_carried_out(ani: Sandbox) -> None:
    await ani.people("misbehave", method="sendMessage", how="lost")
    with pytest.raises(httpx.RemoteProtocolError):
        await ani.call("sendMessage", chat_id=ANI, text="Halo")
    assert await ani.shown(ANI) == ["/start", "Halo"]


async def test_a_slow_answer_comes_in_the_end(ani: Sandbox) -> None:
    await ani.people("misbehave", method="sendMessage", how="slow", seconds=0.1)
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await ani.result("sendMessage", chat_id=ANI, text="lambat")
    assert loop.time() - begun >= 0.1
    assert await ani.shown(ANI) == ["/start", "lambat"]


async def test_a_reset_connection_was_nothing(ani: Sandbox) -> None:
    await ani.people("misbehave", method="sendMessage", how="reset")
    with pytest.raises(httpx.ReadError):
        await ani.call("sendMessage", chat_id=ANI, text="Halo")
    assert await ani.shown(ANI) == ["/start"]
    assert (await ani.call("sendMessage", chat_id=ANI, text="Halo"))["ok"]


async def test_an_answer_in_drops_comes_whole(ani: Sandbox) -> None:
    await ani.people("misbehave", method="sendMessage", how="drip", seconds=0.1)
    assert (await ani.result("sendMessage", chat_id=ANI, text="Halo"))["text"] == "Halo"


async def test_misbehaviour_keeps_to_its_method_and_chat(ani: Sandbox) -> None:
    await ani.people("new", first_name="Budi", id=BUDI)
    await ani.people("send", person=BUDI, chat=BUDI, text="/start")
    await ani.people("misbehave", method="*", how="5xx", chat=BUDI, times=9)
    await ani.people("misbehave", method="getMe", how="5xx")
    assert (await ani.call("sendMessage", chat_id=BUDI, text="x"))["error_code"] == 502
    assert (await ani.call("sendMessage", chat_id=ANI, text="x"))["ok"]
    assert (await ani.call("getMe"))["error_code"] == 502
    assert (await ani.call("getMe"))["ok"]
    await ani.people("behave")
    assert (await ani.call("sendMessage", chat_id=BUDI, text="x"))["ok"]


async def test_an_expired_tap_on_request(ani: Sandbox) -> None:
    tap = await ani.people("tap", person=ANI, chat=ANI, message_id=1, data="x")
    await ani.people("misbehave", method="answerCallbackQuery", how="expired")
    words = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await ani.refusal("answerCallbackQuery", **tap) == (400, words)


async def test_one_message_a_second_in_a_chat_after_a_short_burst(ani: Sandbox) -> None:
    await ani.people("enforce", limits=True)
    for _ in range(3):
        await ani.result("sendMessage", chat_id=ANI, text="satu")
    refused = await ani.call("editMessageText", chat_id=ANI, message_id=2, text="dua")
    assert (refused["error_code"], refused["parameters"]) == (429, {"retry_after": 3})
    assert await ani.result(
        "answerCallbackQuery", **await ani.people("tap", person=ANI, chat=ANI, message_id=2, data="x")
    )
    ani.time.pass_by(3)
    await ani.result("editMessageText", chat_id=ANI, message_id=2, text="dua")
    await ani.people("enforce", limits=False)
    await ani.result("sendMessage", chat_id=ANI, text="tiga")


async def test_twenty_messages_a_minute_in_a_group(ani: Sandbox) -> None:
    group = await ani.group()
    await ani.people("enforce", limits=True)
    for _ in range(20):
        ani.time.pass_by(1)
        await ani.result("sendMessage", chat_id=group, text="x")
    ani.time.pass_by(1)
    refused = await ani.call("sendMessage", chat_id=group, text="x")
    assert refused["parameters"] == {"retry_after": 40}
    ani.time.pass_by(40)
    await ani.result("sendMessage", chat_id=group, text="x")


async def test_thirty_messages_a_second_from_a_bot(ani: Sandbox) -> None:
    for person in range(1, 32):
        await ani.people("new", first_name=f"Orang {person}", id=person)
        await ani.people("send", person=person, chat=person, text="/start")
    await ani.people("enforce", limits=True)
    answers = [await ani.call("sendMessage", chat_id=person, text="x") for person in range(1, 32)]
    assert [answer["ok"] for answer in answers] == [True] * 30 + [False]
    assert answers[30]["description"] == "Too Many Requests: retry after 1"


async def test_a_bug_of_the_sandbox_is_a_500_and_logged(ani: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    ani.world.files = None  # type: ignore[assignment]
    response = await ani.http.post(f"/bot{TOKEN}/getFile", json={"file_id": "x"})
    assert (response.status_code, response.json()["description"]) == (500, "Internal Server Error")
    assert "the sandbox failed in getFile" in caplog.text
