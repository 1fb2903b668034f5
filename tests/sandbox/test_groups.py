"""Groups: the bot in them, privacy mode, anonymous admins, migration."""

import pytest

from tests.sandbox.conftest import ANI, BUDI, Sandbox

ANI_USER = {"id": ANI, "is_bot": False, "first_name": "Ani", "username": "ani_arsip", "language_code": "id"}
ANI_CHAT = {"id": ANI, "type": "private", "first_name": "Ani", "username": "ani_arsip"}
BOT_USER = {"id": 123456, "is_bot": True, "first_name": "Harian", "username": "HarianBot"}


async def test_adding_the_bot_by_a_startgroup_link(ani: Sandbox) -> None:
    group = await ani.group(bot=False)
    await ani.people("add_bot", person=ANI, chat=group, startgroup="unit_7")
    change, service, start = await ani.updates()
    membership = change["my_chat_member"]
    assert (membership["old_chat_member"]["status"], membership["new_chat_member"]["status"]) == ("left", "member")
    assert service["message"]["new_chat_members"] == [BOT_USER]
    assert (start["message"]["text"], start["message"]["from"]) == ("/start@HarianBot unit_7", ANI_USER)
    card = await ani.chat(group)
    assert (card["type"], card["title"], card["members"], card["admins"]) == (
        "group",
        "Unit Arsip",
        [ANI, 123456],
        [ANI],
    )


SEEN = "seen"
UNSEEN = "unseen"


@pytest.mark.parametrize(
    ("text", "reply", "as_member", "as_admin"),
    [
        ("Halo semua", None, UNSEEN, SEEN),
        ("Halo @HarianBot", None, UNSEEN, SEEN),
        ("/lapor", None, SEEN, SEEN),
        ("/lapor@HarianBot rapat", None, SEEN, SEEN),
        ("/lapor@harianbot", None, SEEN, SEEN),
        ("/lapor@LainBot", None, UNSEEN, SEEN),
        ("coba /lapor", None, UNSEEN, SEEN),
        ("Baik", "bot", SEEN, SEEN),
        ("Baik", "person", UNSEEN, SEEN),
    ],
)
async def test_privacy_mode(ani: Sandbox, text: str, reply: str | None, as_member: str, as_admin: str) -> None:
    group = await ani.group()
    from_bot = await ani.result("sendMessage", chat_id=group, text="Sudah lapor?")
    from_person = await ani.people("send", person=ANI, chat=group, text="Sebentar")
    answered = {"bot": from_bot["message_id"], "person": from_person["message_id"]}.get(reply or "")
    for expected in (as_member, as_admin):
        await ani.people("send", person=ANI, chat=group, text=text, reply_to=answered)
        heard = [update["message"]["text"] for update in await ani.updates()]
        assert heard == ([text] if expected == SEEN else [])
        await ani.people("promote", person=ani.world.bot_id, chat=group)
        await ani.updates()


async def test_service_messages_pass_privacy_mode(ani: Sandbox) -> None:
    group = await ani.group()
    await ani.people("new", first_name="Budi", id=BUDI)
    await ani.people("join", person=BUDI, chat=group)
    await ani.people("leave", person=BUDI, chat=group)
    joined, left = await ani.updates()
    assert [person["id"] for person in joined["message"]["new_chat_members"]] == [BUDI]
    assert left["message"]["left_chat_member"]["id"] == BUDI
    assert (await ani.result("getChatMember", chat_id=group, user_id=BUDI))["status"] == "left"
    assert await ani.result("getChatMemberCount", chat_id=group) == 2


async def test_an_anonymous_admin_speaks_as_the_group(ani: Sandbox) -> None:
    group = await ani.group(type="supergroup")
    await ani.people("promote", person=ANI, chat=group, anonymous=True)
    said = await ani.people("send", person=ANI, chat=group, text="/start@HarianBot unit_7")
    (update,) = await ani.updates()
    message = update["message"]
    assert message["from"] == {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    assert message["sender_chat"] == {"id": group, "type": "supergroup", "title": "Unit Arsip"}
    member = await ani.result("getChatMember", chat_id=group, user_id=ANI)
    assert (member["status"], member["is_anonymous"]) == ("creator", True)
    await ani.people("edit", person=ANI, chat=group, message_id=said["message_id"], text="/lapor")
    assert (await ani.chat(group))["messages"][-1]["text"] == "/lapor"


async def test_a_group_becomes_a_supergroup(ani: Sandbox) -> None:
    group = await ani.group()
    await ani.result("sendMessage", chat_id=group, text="Papan")
    supergroup = (await ani.people("migrate", chat=group))["id"]
    old, new = [update["message"] for update in await ani.updates()]
    assert (old["chat"]["id"], old["migrate_to_chat_id"]) == (group, supergroup)
    assert (new["chat"]["id"], new["chat"]["type"], new["migrate_from_chat_id"]) == (supergroup, "supergroup", group)
    assert str(supergroup).startswith("-100")
    for method in ("sendMessage", "editMessageText", "getChat"):
        assert await ani.call(method, chat_id=group, message_id=2, text="x") == {
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": {"migrate_to_chat_id": supergroup},
        }
    assert (await ani.result("sendMessage", chat_id=supergroup, text="Papan"))["message_id"] == 2
    assert (await ani.chat(group))["migrated_to"] == supergroup
