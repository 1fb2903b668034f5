"""What waits too long comes to the next level too, and the first approver is told once."""

from datetime import date

from models.agencies import Agency
from models.employees import Deputy
from tests.databases import ON_SQLITE
from tests.office import CITRA, SARI
from tests.stage import Phone, Stage

pytestmark = ON_SQLITE
TOLD = (
    "Sudah menunggu lebih dari 2 hari kerja: {what}. Agar tidak ada yang tertahan, Sari Utami kini juga dapat "
    "memutuskannya. Anda tetap dapat memutuskan seperti biasa; pemberitahuan ini hanya sekali."
)
DECIDED = "✅ Yang lama menunggu sudah diputuskan."
ASKS = "🗓 Ani Lestari mengajukan: cuti, Rab 2 Des – Jum 4 Des."


async def told(phone: Phone) -> list[str]:
    return [text for text in await phone.hears() if "menunggu lebih dari" in text or text == DECIDED]


async def waiting(phone: Phone) -> str:
    return [text for text in await phone.hears() if text.startswith("Menunggu persetujuan")][-1]


async def test_one_card_higher_and_one_calm_message(stage: Stage) -> None:
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.time("2026-11-26 17:00")
    assert await told(stage.budi) == []
    await stage.time("2026-11-27 17:00")
    assert await waiting(stage.sari) == (
        "Menunggu persetujuan Anda: 1 orang, 1 kegiatan\n\n"
        "Ani Lestari – sudah lama menunggu Budi Santoso\n"
        "• rapat koordinasi · 2 jam · Sel 24 Nov\n"
        "[✅ Setujui semua (1)]\n[🔎 Periksa satu per satu]"
    )
    assert await told(stage.budi) == [TOLD.format(what="1 kegiatan")]
    await stage.time("2026-11-27 17:01")
    assert len(await told(stage.budi)) == 1


async def test_more_of_it_makes_no_second_message(stage: Stage) -> None:
    """The message that stands counts it too; only after all is decided, a new one comes."""
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.time("2026-11-25 16:00")
    await stage.ani.says("A1 mengarsipkan 12 surat")
    await stage.time("2026-11-27 17:00")
    assert await told(stage.budi) == [TOLD.format(what="1 kegiatan")]
    await stage.time("2026-11-30 17:00")
    assert await told(stage.budi) == [TOLD.format(what="2 kegiatan")]
    await stage.sari.taps("✅ Setujui semua (2)")
    await stage.minutes(1)
    await stage.ani.says("A2 menyusun 1 laporan")
    await stage.time("2026-12-03 17:00")
    assert (await told(stage.budi))[-1] == TOLD.format(what="1 kegiatan")
    assert len(await told(stage.budi)) == 2


async def test_waiting_begins_with_the_words_that_stand(stage: Stage) -> None:
    """What is changed, or handed in late, has not waited long."""
    message = await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.time("2026-11-26 09:00")
    await stage.ani.edits(message, "A3 rapat koordinasi 3 jam")
    await stage.ani.says("A1 mengarsipkan 12 surat kemarin lusa")
    await stage.time("2026-11-27 17:00")
    assert "Menunggu" not in await stage.sari.sees()
    await stage.time("2026-12-01 17:00")
    assert "1 orang, 2 kegiatan" in await waiting(stage.sari)


async def test_the_next_levels_deputy_decides_in_their_place(stage: Stage) -> None:
    sari, citra = await stage.id_of(SARI), await stage.id_of(CITRA)
    span = {"starts_on": date(2026, 11, 27), "ends_on": date(2026, 11, 27)}
    await stage.keep(Deputy(agency_id=1, superior_id=sari, deputy_id=citra, **span))
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.time("2026-11-27 17:00")
    assert await stage.citra.taps("✅ Setujui semua (1)") == "1 kegiatan disetujui."
    await stage.minutes(10)
    assert "✅ Citra Dewi (menggantikan Sari Utami) menyetujui 1 kegiatan (Sel 24 Nov)." in await stage.ani.hears()


async def confirming(stage: Stage) -> None:
    async with stage.database.transaction() as session:
        (await session.get_one(Agency, 1)).confirms_absences = True


async def test_an_absence_nobody_decides_on(stage: Stage) -> None:
    await confirming(stage)
    await stage.ani.says("cuti 3 hari mulai 2 Desember")
    await stage.ani.taps("Ya, catat")
    assert (await stage.budi.sees()).startswith(ASKS)
    await stage.time("2026-11-26 17:00")
    assert "Ani Lestari mengajukan" not in await stage.sari.sees()
    await stage.time("2026-11-27 17:00")
    assert await stage.sari.reads(ASKS) == (
        f"{ASKS}\n3 hari kerja.\nMenunggu Budi Santoso sejak Sel 24 Nov.\n[✅ Setujui] [❌ Tolak …]"
    )
    assert await told(stage.budi) == [TOLD.format(what="1 permohonan cuti")]
    await stage.time("2026-11-30 17:00")
    assert len([text for text in await stage.sari.hears() if text.startswith(ASKS)]) == 1
    assert await stage.sari.taps("✅ Setujui") == "Disetujui."
    assert "✅ Sari Utami menyetujui: cuti, Rab 2 Des – Jum 4 Des." in await stage.ani.hears()
    assert (await stage.budi.reads(ASKS)).endswith("✅ Disetujui oleh Sari Utami.")


async def test_decided_below_the_card_above_is_closed(stage: Stage) -> None:
    await confirming(stage)
    await stage.ani.says("cuti 3 hari mulai 2 Desember")
    await stage.ani.taps("Ya, catat")
    await stage.time("2026-11-27 17:00")
    await stage.budi.taps("✅ Setujui")
    await stage.minutes(1)
    assert await stage.sari.reads(ASKS) == f"{ASKS}\n✅ Disetujui oleh Budi Santoso."
    assert await told(stage.budi) == [DECIDED]
