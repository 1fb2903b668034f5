"""What a page sees: menus, events, the end of a long chat."""

import asyncio

import httpx

from bot.sandbox.chats import RECENT
from bot.sandbox.server import running
from bot.sandbox.world import World
from tests.sandbox.conftest import ANI, BUDI, TOKEN, Sandbox, Time, watching


async def test_menus_by_scope_and_language(ani: Sandbox) -> None:
    await ani.people("new", first_name="Budi", id=BUDI, language_code="en")
    await ani.people("send", person=BUDI, chat=BUDI, text="/start")
    group = await ani.group()
    menus = {name: [{"command": name, "description": name}] for name in ("bawaan", "english", "group", "own")}
    await ani.result("setMyCommands", commands=menus["bawaan"])
    await ani.result("setMyCommands", commands=menus["english"], language_code="en")
    await ani.result("setMyCommands", commands=menus["group"], scope={"type": "all_group_chats"})
    assert [(await ani.chat(chat))["commands"] for chat in (ANI, BUDI, group)] == [
        menus["bawaan"],
        menus["english"],
        menus["group"],
    ]
    own = {"type": "chat", "chat_id": BUDI}
    await ani.result("setMyCommands", commands=menus["own"], scope=own)
    assert (await ani.chat(BUDI))["commands"] == menus["own"] == await ani.result("getMyCommands", scope=own)
    await ani.result("deleteMyCommands", scope=own)
    assert (await ani.chat(BUDI))["commands"] == menus["english"]
    assert await ani.result("getMyCommands", scope=own) == []


async def test_the_page_hears_everything(ani: Sandbox) -> None:
    async with watching(ani) as events:
        sent = await ani.result("sendMessage", chat_id=ANI, text="Halo", disable_notification=True)
        assert await anext(events) == {
            "type": "message",
            "chat": ANI,
            "message": sent | {"silent": True, "from_bot": True},
        }
        await ani.result("sendChatAction", chat_id=ANI, action="typing")
        assert await anext(events) == {"type": "typing", "chat": ANI}
        reaction = [{"type": "emoji", "emoji": "👀"}]
        await ani.result("setMessageReaction", chat_id=ANI, message_id=1, reaction=reaction)
        assert await anext(events) == {"type": "reaction", "chat": ANI, "message_id": 1, "emoji": "👀"}
        assert (await ani.chat(ANI))["messages"][0]["reaction"] == "👀"
        await ani.result("pinChatMessage", chat_id=ANI, message_id=2)
        assert await anext(events) == {"type": "pinned", "chat": ANI, "message_id": 2}
        assert (await anext(events))["message"]["pinned_message"]["text"] == "Halo"
        await ani.result("deleteMessage", chat_id=ANI, message_id=2)
        assert await anext(events) == {"type": "deleted", "chat": ANI, "message_id": 2}
        assert await anext(events) == {"type": "pinned", "chat": ANI, "message_id": None}
        await ani.people("block", person=ANI)
        person = {"id": ANI, "first_name": "Ani", "username": "ani_arsip", "language_code": "id", "blocked": True}
        assert await anext(events) == {"type": "person", "person": person}
        group = await ani.people("group", title="Unit Arsip", creator=ANI)
        assert await anext(events) == {"type": "chat", "chat": group}


async def test_a_long_chat_shows_its_end_and_forgets_nothing(ani: Sandbox) -> None:
    count = RECENT + 20
    for n in range(count):
        await ani.result("sendMessage", chat_id=ANI, text=f"Pesan {n}")
    shown = await ani.shown(ANI)
    assert (len(shown), shown[-1]) == (RECENT, f"Pesan {count - 1}")
    edited = await ani.result("editMessageText", chat_id=ANI, message_id=2, text="Pesan pertama")
    assert (edited["message_id"], edited["text"]) == (2, "Pesan pertama")
    same = await ani.call("editMessageText", chat_id=ANI, message_id=2, text="Pesan pertama")
    assert "message is not modified" in same["description"]
    assert await ani.result("deleteMessage", chat_id=ANI, message_id=2) is True
    gone = await ani.refusal("editMessageText", chat_id=ANI, message_id=2, text="x")
    assert gone == (400, "Bad Request: message to edit not found")


async def test_streams_and_polls_end_with_the_server_and_the_world_stays(time: Time) -> None:
    world = World(clock=lambda: time.now, token=TOKEN)
    async with httpx.AsyncClient() as http:
        async with running(world) as base_url:
            await http.post(f"{base_url}/people/new", json={"first_name": "Ani", "id": ANI})
            page = await http.send(http.build_request("GET", f"{base_url}/people/events"), stream=True)
            lines = page.aiter_lines()
            assert await anext(lines) == ": open"
            poll = asyncio.create_task(http.get(f"{base_url}/bot{TOKEN}/getUpdates", params={"timeout": 30}))
            await world.updates.awaited.wait()
        assert (await poll).json() == {"ok": True, "result": []}
        assert [line async for line in lines if line] == []
        async with running(world) as base_url:
            said = {"person": ANI, "chat": ANI, "text": "/start"}
            assert (await http.post(f"{base_url}/people/send", json=said)).json()["message_id"] == 1
