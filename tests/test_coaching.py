"""The supervisor's private note of the week: its lines, the evidence behind them, who may look, and when it comes."""

from datetime import date
from typing import Any

from sqlmodel import delete

from models.absences import Absence
from models.employees import Deputy
from models.focus import FocusDay, FocusTarget
from models.targets import Target
from tests.databases import ON_SQLITE
from tests.long_ago import JANUARY, NOON, begun, hindered, marked, on_plan, target, worked
from tests.office import ANI, BUDI, CITRA
from tests.stage import Phone, Stage

HEADING = """\
🗒 Catatan pembinaan, Sen 23 Nov – Min 29 Nov
Hanya Anda yang melihat ini. Yang perlu dibicarakan, dimulai dari yang paling mendesak:
"""
A1 = "A1 · Pengelolaan surat masuk dan keluar"
NOTE = f"""\
{HEADING}
1. Ani Lestari – kendala belum dijawab sejak Kam 26 Nov: “Server <SIPD> & jaringan mati”
2. Ani Lestari – A2 · Penyusunan laporan evaluasi program: belum ada hasil yang disetujui, seharusnya sudah 43 laporan
3. Ani Lestari – A3 · Fasilitasi rapat koordinasi perencanaan: nilai mutu menurun, rata-rata dari 90 menjadi 75
4. 👏 Ani Lestari – {A1}: nilai mutu rata-rata 94 dalam 3 penilaian terakhir. Layak diberi apresiasi.

Di unit Anda: 1 target tidak disentuh selama dua pekan.
[1 · Ani Lestari]
[2 · Ani Lestari]
[3 · Ani Lestari]
[4 · Ani Lestari]
[Cakupan sasaran]"""
EVIDENCE = """\
Ani Lestari – Perencana Ahli Pertama
🎯 A2 · Penyusunan laporan evaluasi program
→ Perencanaan daerah yang tepat waktu

Pekan demi pekan
Min 25 Okt: 0 dari 38 laporan · kuantitas 0 · mutu –
Min 1 Nov: 0 dari 39 laporan · kuantitas 0 · mutu –
Min 8 Nov: 0 dari 40 laporan · kuantitas 0 · mutu –
Min 15 Nov: 0 dari 41 laporan · kuantitas 0 · mutu –
Min 22 Nov: 0 dari 42 laporan · kuantitas 0 · mutu –
Min 29 Nov: 0 dari 43 laporan · kuantitas 0 · mutu –

Kegiatan terakhir
Belum ada laporan.
[✍️ Catat umpan balik]
[‹] [3/5 ›]
[‹ Kembali]"""
GONE = "Tombol ini sudah tidak berlaku. Tidak ada yang berubah."
NOT_YOURS = "Ini bukan wewenang Anda hari ini. Tidak ada yang berubah."


async def a_week_to_talk_about(stage: Stage) -> None:
    await begun(stage)
    await hindered(stage, "Server <SIPD> & jaringan mati")
    for code, output in (("A1", 1150), ("A3", 23), ("A4", 95)):
        await worked(stage, code, date(2026, 11, 25), output)
    await marked(stage, "A3", 90, 90, 90, 90, 75, 75)
    await marked(stage, "A1", 91, 91, 100)


async def notes(phone: Phone) -> list[str]:
    return [text for text in await phone.hears() if text.startswith("🗒")]


def data(message: dict[str, Any], row: int = 0) -> str:
    return str(message["reply_markup"]["inline_keyboard"][row][0]["callback_data"])


async def test_the_note_comes_with_the_summary_and_once(stage: Stage) -> None:
    await a_week_to_talk_about(stage)
    await stage.time("2026-11-30 12:59")
    assert await notes(stage.budi) == []
    await stage.time(NOON)
    await stage.time("2026-11-30 13:01")
    await stage.time("2026-12-01 09:00")
    assert await notes(stage.budi) == [NOTE]
    assert await notes(stage.ani) == await notes(stage.citra) == []


async def test_each_line_opens_its_evidence(stage: Stage) -> None:
    await a_week_to_talk_about(stage)
    await stage.time(NOON)
    await stage.budi.taps("2 · Ani Lestari")
    assert await stage.budi.reads("Ani Lestari") == EVIDENCE
    await stage.budi.taps("3/5 ›")
    page = await stage.budi.reads("Ani Lestari")
    assert "Min 29 Nov: 23 dari 21 kegiatan · kuantitas 100 · mutu 75\n" in page
    assert "Kegiatan terakhir\n• Bekerja · Rab 25 Nov · ✅ disetujui\n" in page
    await stage.budi.taps("‹ Kembali")
    assert await notes(stage.budi) == [NOTE]
    await stage.budi.taps("1 · Ani Lestari")
    assert await stage.budi.reads("Ani Lestari") == (
        "Ani Lestari – Perencana Ahli Pertama\n\n"
        "Kendala yang belum dijawab\n• Server <SIPD> & jaringan mati · Kam 26 Nov\n\n"
        "Kegiatan terakhir\n• Bekerja · Rab 25 Nov · ✅ disetujui\n• Bekerja · Rab 25 Nov · ✅ disetujui\n"
        "• Bekerja · Rab 25 Nov · ✅ disetujui\n[✍️ Catat umpan balik]\n[‹] [1/5 ›]\n[‹ Kembali]"
    )


@ON_SQLITE
async def test_the_coverage_opens_from_the_note(stage: Stage) -> None:
    await a_week_to_talk_about(stage)
    await stage.time(NOON)
    await stage.budi.taps("Cakupan sasaran")
    assert await stage.budi.sees() == (
        "Cakupan sasaran – Bidang Perencanaan, Sen 30 Nov\n\n"
        "Target yang tidak disentuh selama sepuluh hari kerja\n"
        "• Ani Lestari – A2 · Penyusunan laporan evaluasi program: belum pernah dikerjakan"
    )


@ON_SQLITE
async def test_no_other_may_tap_it(stage: Stage) -> None:
    await a_week_to_talk_about(stage)
    await stage.time(NOON)
    card = await stage.budi.finds("🗒")
    for other in (stage.citra, stage.ani, stage.sari):
        assert await other.taps_data(card["message_id"], data(card)) == GONE
    assert await notes(stage.budi) == [NOTE]


@ON_SQLITE
async def test_who_reviews_no_longer_sees_nothing_more(stage: Stage) -> None:
    await a_week_to_talk_about(stage)
    await stage.time(NOON)
    await stage.change(ANI, superior_id=await stage.id_of(CITRA))
    assert await stage.budi.taps("2 · Ani Lestari") == NOT_YOURS
    assert await stage.budi.sees() == "Tidak ada lagi yang perlu dibicarakan dari pekan ini."


@ON_SQLITE
async def test_a_button_changed_by_hand_opens_nobody_elses_page(stage: Stage) -> None:
    await a_week_to_talk_about(stage)
    await stage.time(NOON)
    card, citra = await stage.budi.finds("🗒"), await stage.id_of(CITRA)
    for argument in (f"{citra}.0", "999999.0"):
        forged = ":".join([*data(card).split(":")[:3], argument])
        assert await stage.budi.taps_data(card["message_id"], forged) == NOT_YOURS
    assert await notes(stage.budi) == [NOTE]


@ON_SQLITE
async def test_nothing_to_say_and_nothing_is_sent(stage: Stage) -> None:
    await begun(stage)
    await on_plan(stage)
    await stage.time(NOON)
    await stage.time("2026-11-30 14:00")
    assert await notes(stage.budi) == []


@ON_SQLITE
async def test_who_is_away_is_not_sent_it_and_their_deputy_is(stage: Stage) -> None:
    await a_week_to_talk_about(stage)
    agency, budi, citra = (await target(stage, "A1")).agency_id, await stage.id_of(BUDI), await stage.id_of(CITRA)
    monday = {"agency_id": agency, "starts_on": date(2026, 11, 30), "ends_on": date(2026, 12, 4)}
    await stage.keep(
        Absence(employee_id=budi, kind="annual", noted_at=JANUARY, **monday),
        Deputy(superior_id=budi, deputy_id=citra, **monday),
    )
    await stage.time(NOON)
    assert await notes(stage.budi) == []
    assert await notes(stage.citra) == [NOTE]


@ON_SQLITE
async def test_it_heals_for_two_days_and_no_longer(stage: Stage) -> None:
    await a_week_to_talk_about(stage)
    await stage.time("2026-12-02 13:00")
    assert await notes(stage.budi) == []
    await stage.time("2026-12-02 12:59")
    assert await notes(stage.budi) == [NOTE]


@ON_SQLITE
async def test_without_targets_or_without_focus(stage: Stage) -> None:
    await begun(stage)
    async with stage.database.transaction() as session:
        await session.exec(delete(Target).where(Target.employee_id.is_not(None)))  # type: ignore[union-attr]
    await stage.time(NOON)
    assert await notes(stage.budi) == [
        f"{HEADING}\n1. Ani Lestari – belum punya target yang disetujui\n\n"
        "Di unit Anda: 1 sasaran tanpa target pegawai.\n[1 · Ani Lestari]\n[Cakupan sasaran]"
    ]


@ON_SQLITE
async def test_no_focus_all_week(stage: Stage) -> None:
    await begun(stage)
    await on_plan(stage)
    ani, agency = await stage.id_of(ANI), (await target(stage, "A1")).agency_id
    for day in range(23, 28):
        await stage.keep(FocusDay(agency_id=agency, employee_id=ani, day=date(2026, 11, day), asked_at=JANUARY))
    await stage.time(NOON)
    assert await notes(stage.budi) == [
        f"{HEADING}\n1. Ani Lestari – tidak memilih fokus sepanjang pekan (ditanya 5 hari)\n[1 · Ani Lestari]"
    ]


@ON_SQLITE
async def test_a_focus_that_gave_way_to_other_work(stage: Stage) -> None:
    """On three days Ani chose A1 and wrote letters on one of them; a hint to talk, never a score."""
    await begun(stage)
    await on_plan(stage)
    ani, focused = await stage.id_of(ANI), await target(stage, "A1")
    for day in (23, 24, 25):
        chosen = FocusDay(
            agency_id=focused.agency_id, employee_id=ani, day=date(2026, 11, day), asked_at=JANUARY, chosen_at=JANUARY
        )
        await stage.keep(chosen)
        await stage.keep(FocusTarget(agency_id=focused.agency_id, focus_day_id=chosen.id, target_id=focused.id))
    stage.clock.set("2026-11-25 16:00")
    await stage.ani.says("A1 mengarsipkan 12 surat")
    await stage.time(NOON)
    assert await notes(stage.budi) == [
        f"{HEADING}\n1. Ani Lestari – memilih fokus pada 3 hari; pada 2 di antaranya mengerjakan hal lain\n"
        "[1 · Ani Lestari]"
    ]


@ON_SQLITE
async def test_in_english(stage: Stage) -> None:
    await a_week_to_talk_about(stage)
    await stage.change(BUDI, language="en")
    await stage.time(NOON)
    note = await stage.budi.reads("🗒")
    assert note.split("\n")[:5] == [
        "🗒 Coaching note, Mon 23 Nov – Sun 29 Nov",
        "Only you see this. What is worth a talk, the first thing first:",
        "",
        "1. Ani Lestari – obstacle open since Thu 26 Nov: “Server <SIPD> & jaringan mati”",
        "2. Ani Lestari – A2 · Penyusunan laporan evaluasi program: nothing approved yet, 43 laporan expected by now",
    ]
