"""Menus: each sees what they may do, in their language, brought once for each change; a menu allows nothing."""

from datetime import date

from bot.line import set_default_menus
from models.employees import Deputy
from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI, CITRA
from tests.stage import Phone, Stage

DAILY, OWN = ["riwayat", "nilai", "target", "cuti"], ["kendala", "umpan_balik", "kompetensi", "penilaian"]
REST = ["ingatan", "data_saya", "istilah", "saran", "jeda", "batal", "bahasa", "bantuan"]
EMPLOYEE = ["hari_ini", "fokus", *DAILY, *OWN, *REST]
OF_SUPERVISORS = ["hari_ini", "fokus", "tim", *DAILY, "tonggak", "plh", "buka"]
SUPERVISOR = [*OF_SUPERVISORS, *OWN, *REST]
HEAD = [*OF_SUPERVISORS, "cakupan", "grup", *OWN, *REST]


async def menu(phone: Phone) -> list[str]:
    return [one["command"] for one in await entries(phone)]


async def entries(phone: Phone) -> list[dict[str, str]]:
    chats = (await phone.stage.state())["chats"]
    found: list[dict[str, str]] = next(chat for chat in chats if chat["id"] == phone.chat_id)["commands"]
    return found


def set_since(stage: Stage) -> int:
    """How often a menu was set since the last look."""
    count = stage.world.calls["setmycommands"]
    stage.world.calls["setmycommands"] = 0
    return count


async def test_each_sees_what_they_may_do(stage: Stage) -> None:
    await stage.time("2026-11-24 16:01")
    assert [await menu(phone) for phone in (stage.ani, stage.budi, stage.sari)] == [EMPLOYEE, HEAD, HEAD]
    assert await menu(stage.citra) == EMPLOYEE
    assert set_since(stage) == 4
    await stage.time("2026-11-24 16:02")
    assert set_since(stage) == 0


@ON_SQLITE
async def test_a_menu_follows_language_roles_and_dates(stage: Stage) -> None:
    await stage.time("2026-11-24 16:01")
    await stage.ani.says("/bahasa")
    await stage.ani.taps("English")
    assert (await entries(stage.ani))[0] == {"command": "hari_ini", "description": "Today's report"}
    ids = {who: await stage.id_of(who) for who in (ANI, BUDI, CITRA)}
    days = {"starts_on": date(2026, 11, 25), "ends_on": date(2026, 11, 26)}
    await stage.keep(Deputy(agency_id=1, superior_id=ids[BUDI], deputy_id=ids[CITRA], **days))
    await stage.time("2026-11-24 23:59")
    assert await menu(stage.citra) == EMPLOYEE
    await stage.time("2026-11-25 00:00")
    assert await menu(stage.citra) == HEAD
    await stage.time("2026-11-27 00:00")
    assert await menu(stage.citra) == EMPLOYEE
    set_since(stage)
    await stage.change(ANI, superior_id=ids[CITRA])
    await stage.change(BUDI, role="admin")
    await stage.time("2026-11-27 00:01")
    assert await menu(stage.citra) == SUPERVISOR
    assert await menu(stage.budi) == [*EMPLOYEE, "admin", "plh", "grup"]
    assert set_since(stage) == 2


@ON_SQLITE
async def test_strangers_and_accounts_left_behind_see_how_to_join(stage: Stage) -> None:
    await set_default_menus(stage.process.bot)
    await stage.time("2026-11-24 16:01")
    phone = await stage.new_person("Ani")
    await phone.says(f"/start {await stage.invitation(ANI)}")
    assert await entries(phone) == [{"command": "start", "description": "Bergabung dengan tautan pribadi"}]
    await phone.says("2001")
    assert await menu(phone) == EMPLOYEE
    assert await menu(stage.ani) == ["start"]


@ON_SQLITE
async def test_a_menu_that_was_refused_is_brought_when_the_person_is_back(stage: Stage) -> None:
    await stage.people("block", person=stage.ani.id)
    await stage.time("2026-11-24 16:01")
    await stage.people("unblock", person=stage.ani.id)
    await stage.time("2026-11-24 16:02")
    assert await menu(stage.ani) == EMPLOYEE


@ON_SQLITE
async def test_a_command_typed_without_the_right_is_answered(stage: Stage) -> None:
    for command, answer in {
        "/tim": "Saat ini tidak ada pegawai yang melapor kepada Anda.",
        "/buka": "Saat ini tidak ada pegawai yang melapor kepada Anda.",
        "/grup": "Hanya kepala unit atau admin yang bisa menghubungkan grup.",
        "/cakupan": "Cakupan sasaran hanya untuk pimpinan unit kerja.",
        "/istilah monev = monitoring dan evaluasi": "Hanya admin yang bisa mengubah istilah kantor.",
    }.items():
        assert await stage.ani.tells(command) == answer
