"""One update of every kind that the sandbox makes."""

from tests.sandbox.conftest import ANI, BUDI, Sandbox, picture

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]


async def everything_people_do(sandbox: Sandbox) -> list[str]:
    """One update of every kind; returns what each one is, in order."""
    private = {"person": ANI, "chat": ANI}
    said = await sandbox.people("send", **private, text="Rapat /lapor @budi_arsip https://contoh.id #rapat a@contoh.id")
    await sandbox.people("edit", **private, message_id=said["message_id"], text="Rapat 2 jam")
    await sandbox.people("send", **private, text="Balas", reply_to=said["message_id"])
    await sandbox.people("tap", **private, message_id=said["message_id"], data="ok:1")
    await sandbox.people("tap", **private, message_id=999, data="ok:1")
    for kind in ("photo", "document", "voice", "video"):
        await sandbox.attach(("a.png", picture(400), "image/png"), **private, kind=kind, caption="Bukti")
    await sandbox.attach(*[("a.png", picture(), "image/png")] * 2, **private, kind="photo")
    await sandbox.people("location", **private, latitude=-6.2, longitude=106.8)
    await sandbox.people("sticker", **private, emoji="👍")
    await sandbox.people("block", person=ANI)
    await sandbox.people("unblock", person=ANI)
    group = (await sandbox.people("group", title="Unit", creator=ANI))["id"]
    await sandbox.people("add_bot", person=ANI, chat=group, startgroup="unit_7")
    await sandbox.people("promote", person=sandbox.world.bot_id, chat=group)
    await sandbox.people("new", first_name="Budi", id=BUDI)
    await sandbox.people("join", person=BUDI, chat=group)
    await sandbox.people("promote", person=BUDI, chat=group, anonymous=True)
    await sandbox.people("send", person=BUDI, chat=group, text="/start@HarianBot")
    await sandbox.people("leave", person=BUDI, chat=group)
    supergroup = (await sandbox.people("migrate", chat=group))["id"]
    await sandbox.people("remove_bot", person=ANI, chat=supergroup)
    return [
        *("message", "edited_message", "message", "callback_query", "callback_query"),
        *["message"] * 8,
        *["my_chat_member"] * 3,
        *("message", "message", "my_chat_member", "chat_member", "message", "chat_member", "message"),
        *("message", "chat_member", "message", "message", "message", "my_chat_member"),
    ]
