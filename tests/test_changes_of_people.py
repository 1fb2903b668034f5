"""Transfer, new superior, leaving, coming back: what was stays with its unit and approver, what waits moves on."""

from datetime import date

from sqlmodel import col, select

from models import summaries
from models.absences import WAITING, Absence
from models.activities import Activity
from models.agencies import Unit
from models.database import Session
from tests import office
from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI, CITRA
from tests.stage import Phone, Stage
from tests.test_menus import menu

SUNDAY = date(2026, 11, 29)
GOODBYE = (
    "Sejak 25 Nov 2026 Anda tidak lagi tercatat di instansi ini, jadi saya tidak menerima apa pun di sini. "
    "Laporan Anda tetap tersimpan. Bila Anda kembali, bagian kepegawaian akan membukanya lagi."
)
NOTHING_WAITS = "✅ Tidak ada yang menunggu Anda."


async def moves(stage: Stage, who: int, unit: str, superior: int) -> None:
    async with stage.database.reading() as session:
        unit_id = (await office.unit(session, unit)).id
    await stage.change(who, unit_id=unit_id, superior_id=await stage.id_of(superior))


async def waits(phone: Phone) -> str:
    return "\n".join(one for one in await phone.hears() if one.startswith(("Menunggu", "✅ Tidak ada")))


async def rates(session: Session, code: str) -> dict[str, int | None]:
    figures = await summaries.unit_week(session, await office.unit(session, code), SUNDAY)
    return {name: figures[name] for name in ("of", "asked", "reported")}


@ON_SQLITE
async def test_a_transfer_in_the_middle_of_the_week(stage: Stage) -> None:
    """Ani and four colleagues report; on Wednesday she moves to Citra's unit."""
    phones = [stage.ani, *await stage.hire("Eka", "Fajar", "Gita", "Hadi", "Indra")]
    for phone in phones:
        await phone.says("A1 periksa 2 surat")
    await stage.time("2026-11-24 17:00")
    await stage.budi.taps("✅ Setujui semua (6)")
    await stage.ani.says("A3 rapat koordinasi 1 jam")
    await stage.minutes(11)
    assert "Ani Lestari" in await waits(stage.budi)
    await stage.time("2026-11-25 09:00")
    await moves(stage, ANI, "UMU", CITRA)
    await stage.minutes(1)
    assert "Ani Lestari" not in await stage.budi.reads("✅ Tidak ada")
    assert "[Biarkan seperti semula]" in "\n".join(await stage.citra.hears())  # her plans for the time that is left
    await stage.ani.says("A1 periksa 3 surat")
    await stage.time("2026-11-25 17:00")
    assert "• rapat koordinasi · 1 jam · Sel 24 Nov\n• periksa 3 surat" in await waits(stage.citra)
    await stage.citra.taps("✅ Setujui semua (2)")
    await stage.time("2026-11-30 07:00")
    async with stage.database.reading() as session:
        rows = (await session.exec(select(Activity).where(Activity.employee_id == await stage.id_of(ANI)))).all()
        units = {unit.id: unit.code for unit in (await session.exec(select(Unit))).all()}
        people = {id_: name for name, id_ in [("Budi", await stage.id_of(BUDI)), ("Citra", await stage.id_of(CITRA))]}
        assert [(row.description, units[row.unit_id or 0], people[row.reviewer_id or 0]) for row in rows] == [
            ("periksa 2 surat", "PER", "Budi"),
            ("rapat koordinasi", "PER", "Citra"),
            ("periksa 3 surat", "UMU", "Citra"),
        ]
        assert await rates(session, "PER") == {"of": 6, "asked": 6 * 5 + 2, "reported": 6}
        assert (await rates(session, "UMU"))["of"] == 2


@ON_SQLITE
async def test_a_new_superior_gets_what_waits(stage: Stage) -> None:
    ani = await stage.id_of(ANI)
    leave = {"kind": "annual", "starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 2), "status": WAITING}
    await stage.keep(Absence(agency_id=1, employee_id=ani, noted_at=stage.clock(), **leave))
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.time("2026-11-24 17:00")
    old = await stage.budi.finds("Menunggu")
    await stage.change(ANI, superior_id=await stage.id_of(CITRA))
    await stage.minutes(1)
    assert (await stage.budi.reads("✅ Tidak ada")) == NOTHING_WAITS
    assert await stage.budi.taps_data(old["message_id"], "approve:1:1:") is not None
    assert "• rapat koordinasi · 2 jam" in await waits(stage.citra)
    assert any("Ani Lestari" in one and "cuti tahunan" in one for one in await stage.citra.hears())
    before = len(await stage.citra.hears())
    await stage.minutes(1)
    assert len(await stage.citra.hears()) == before


@ON_SQLITE
async def test_a_superior_leaves_with_a_waiting_queue(stage: Stage) -> None:
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.time("2026-11-24 17:00")
    card = await stage.budi.finds("Menunggu")
    await stage.change(BUDI, left_on=date(2026, 11, 25))
    await stage.time("2026-11-24 23:59")
    assert (await stage.budi.reads("Menunggu")).startswith("Menunggu persetujuan Anda")
    await stage.time("2026-11-25 00:00")
    assert set(await stage.budi.hears()) == {"Kartu ini sudah ditutup."}
    assert await menu(stage.budi) == []
    await stage.time("2026-11-25 17:00")
    assert "Ani Lestari\n• rapat koordinasi · 2 jam · Sel 24 Nov" in await waits(stage.sari)
    await stage.budi.news()
    await stage.budi.taps_data(card["message_id"], "approve:1:1:")
    await stage.budi.says("A1 periksa 3 surat")
    await stage.budi.says("/tim")
    assert await stage.budi.news() == [GOODBYE]
    async with stage.database.reading() as session:
        rows = (await session.exec(select(Activity).where(col(Activity.reviewer_id).is_not(None)))).all()
    assert not rows
    await stage.sari.taps("✅ Setujui semua (1)")


@ON_SQLITE
async def test_whoever_has_left_is_asked_nothing_and_may_come_back(stage: Stage) -> None:
    await stage.time("2026-11-24 16:01")
    await stage.change(ANI, left_on=date(2026, 11, 25))
    await stage.time("2026-11-25 00:01")
    await stage.ani.news()
    for moment in ("25 07:30", "25 16:00", "25 18:00", "26 08:00"):
        await stage.time(f"2026-11-{moment}")
    assert await stage.ani.news() == []
    await stage.ani.says(f"/start {await stage.invitation(ANI)}")
    assert await stage.ani.says("2001")
    assert await stage.ani.news() == [
        "Tautan ini tidak berlaku (lagi). Silakan minta yang baru kepada bagian kepegawaian.", GOODBYE
    ]  # fmt: skip
    await stage.change(ANI, left_on=None)
    await stage.time("2026-11-26 16:00")
    assert (await stage.ani.sees()).startswith("Selamat sore, Ani.")
    assert (await menu(stage.ani))[0] == "hari_ini"
    assert "periksa 3 surat" in await stage.ani.tells("A1 periksa 3 surat")
    async with stage.database.reading() as session:
        figures = await summaries.unit_week(session, await office.unit(session, "PER"), SUNDAY)
    assert figures["of"] == 2


@ON_SQLITE
async def test_the_account_of_somebody_who_has_left_can_join_as_somebody_else(stage: Stage) -> None:
    """A contract ends, and the same person comes back under a new NIP, or in another agency of this bot."""
    await stage.change(ANI, left_on=date(2026, 11, 24))
    await stage.change(CITRA, telegram_id=None)
    await stage.ani.says(f"/start {await stage.invitation(CITRA)}")
    assert (await stage.ani.tells("2003")).startswith("Selamat datang, Citra Dewi – Bagian Umum.")


@ON_SQLITE
async def test_whoever_cannot_be_reached_leaves_the_denominators(stage: Stage) -> None:
    phones = [stage.ani, *await stage.hire("Eka", "Fajar", "Gita", "Hadi", "Indra")]
    await stage.time("2026-11-24 16:00")
    for phone in phones[:4]:
        await phone.says("A1 periksa 2 surat")
    await stage.people("block", person=phones[5].id)
    await phones[4].says("/jeda sampai Senin")  # muted: may report all the same
    group = stage.budi.in_chat(await stage.units_group())
    await stage.time("2026-11-24 18:00")
    assert await group.sees() == "📋 Selasa, 24 November 2026: 4 dari 6 sudah melapor."
    await stage.time("2026-11-30 07:00")
    async with stage.database.reading() as session:
        assert await rates(session, "PER") == {"of": 7, "asked": 6 * 5 + 1, "reported": 4}
