"""A day in chat: asked, answered, approved."""

from tests.stage import Stage


async def test_a_clear_reply_is_approved_with_one_tap(stage: Stage) -> None:
    await stage.time("2026-11-24 16:00")
    print(await stage.ani.sees())
    await stage.ani.says("Rapat koordinasi dengan kecamatan 2 jam, lalu rekap 15 surat masuk")
    print(await stage.ani.sees())
    await stage.time("2026-11-24 17:00")
    print(await stage.budi.sees())
    print(await stage.budi.taps("✅ Approve all (1)"))
    print(await stage.budi.sees())
    await stage.minutes(11)
    for x in await stage.ani.hears(): print(x)
    print(await stage.budi.sees())
