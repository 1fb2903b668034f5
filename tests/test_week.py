"""The week in chat: output said once per target, quality marked, the summary in the group, one's own week."""

from datetime import date

import pytest

from models.workdays import Holiday
from tests.databases import ON_SQLITE
from tests.office import BUDI
from tests.stage import Phone, Stage

FRIDAY = "2026-11-27"
A1 = "Pengelolaan surat masuk dan keluar"
A2 = "Penyusunan laporan evaluasi program"
A3 = "Fasilitasi rapat koordinasi perencanaan"
A4 = "Penyusunan rencana kerja perangkat daerah"
ASKED = f"""\
Hasil pekan ini

(1/2) {A2}
Berapa laporan selesai pekan ini? Ketuk, atau ketik angkanya.
[0] [1] [2] [3] [4] [5]"""
MILESTONE = f"""\
Hasil pekan ini
✓ {A2}: 2 laporan

(2/2) {A4}
Sudah sampai berapa persen? Ketuk, atau ketik angkanya. Atasan Anda yang menyetujuinya.
[10 %] [25 %] [50 %] [75 %] [90 %] [100 %]"""
THANKED = f"""\
Hasil pekan ini
✓ {A2}: 2 laporan
✓ {A4}: 50 %
Terima kasih. Diteruskan ke atasan Anda.
[Ubah]"""
SCALE = """\
[Tanpa salah, melebihi standar]
[1–2 kesalahan kecil]
[3–4 kesalahan kecil]
[5 kesalahan kecil, 1 besar]
[Lebih banyak kesalahan]
[Tidak ada hasil yang layak dinilai]"""


LAST = "✓ Ani Lestari – A1: 85 (1–2 kesalahan kecil)\n"


async def work_on_friday(stage: Stage, text: str = "A2 menyusun laporan evaluasi\nA4 menyusun rencana kerja") -> None:
    """Ani reports on the week's last workday, without saying how many; Budi reports too."""
    stage.clock.set(f"{FRIDAY} 15:00")
    await stage.ani.says(text)
    await stage.budi.says("rapat pimpinan")


async def approved_week(stage: Stage) -> None:
    """What Ani did is approved and final, a quarter past five on Friday."""
    await work_on_friday(stage, "1. A1 mengarsipkan 12 surat\n2. A2 menyusun 2 laporan evaluasi")
    await stage.time(f"{FRIDAY} 17:00")
    await stage.budi.taps("✅ Setujui semua (2)")
    await stage.time(f"{FRIDAY} 17:15")


async def test_the_weeks_last_workday_asks_what_is_missing(stage: Stage) -> None:
    await work_on_friday(stage)
    await stage.ani.news()
    await stage.time(f"{FRIDAY} 15:30")
    assert await stage.ani.news() == []
    await stage.time(f"{FRIDAY} 16:00")
    await stage.time(f"{FRIDAY} 16:01")
    assert await stage.ani.news() == [ASKED]
    await stage.ani.taps("2")
    assert await stage.ani.sees() == MILESTONE
    await stage.ani.taps("50 %")
    assert await stage.ani.sees() == THANKED


@ON_SQLITE
async def test_the_numbers_may_be_typed(stage: Stage) -> None:
    await work_on_friday(stage)
    await stage.time(f"{FRIDAY} 16:00")
    card = await stage.ani.last()
    assert await stage.ani.tells("2") == MILESTONE
    assert await stage.ani.tells("101") == "Mohon isi angka 0 sampai 100."
    await stage.ani.says("50%", reply_to=card["message_id"])
    assert THANKED in await stage.ani.hears()


@ON_SQLITE
async def test_a_number_with_its_unit_is_an_answer_too(stage: Stage) -> None:
    await work_on_friday(stage)
    await stage.time(f"{FRIDAY} 16:00")
    assert await stage.ani.tells("2 laporan") == MILESTONE


@ON_SQLITE
async def test_what_is_known_is_not_asked_again(stage: Stage) -> None:
    await work_on_friday(stage, "A1 mengarsipkan 12 surat\nA2 menyusun 2 laporan evaluasi")
    await stage.ani.news()
    await stage.time(f"{FRIDAY} 18:00")
    assert await stage.ani.news() == []


@ON_SQLITE
async def test_what_is_known_in_part_is_named(stage: Stage) -> None:
    await work_on_friday(stage, "A2 menyusun 2 laporan evaluasi\nA2 merapikan laporan evaluasi")
    await stage.time(f"{FRIDAY} 16:00")
    assert await stage.ani.sees() == (
        f"Hasil pekan ini\n\n(1/1) {A2}\n"
        "Sudah tercatat 2 laporan. Berapa laporan lagi yang selesai? Ketuk, atau ketik angkanya.\n"
        "[0] [1] [2] [3] [4] [5]"
    )
    await stage.ani.taps("0")
    assert await stage.ani.sees() == (
        f"Hasil pekan ini\n✓ {A2}: 2 laporan\nTerima kasih. Diteruskan ke atasan Anda.\n[Ubah]"
    )


@ON_SQLITE
async def test_it_is_asked_at_remind_at_of_whoever_has_not_reported(stage: Stage) -> None:
    await stage.ani.says("A2 menyusun laporan evaluasi")
    await stage.time(f"{FRIDAY} 17:59")
    assert "Hasil pekan ini" not in await stage.ani.sees()
    await stage.time(f"{FRIDAY} 18:00")
    assert [text for text in await stage.ani.hears() if text.startswith("Hasil pekan ini")] == [
        f"Hasil pekan ini\n\n(1/1) {A2}\n"
        "Berapa laporan selesai pekan ini? Ketuk, atau ketik angkanya.\n"
        "[0] [1] [2] [3] [4] [5]"
    ]


@ON_SQLITE
async def test_the_output_waits_for_approval(stage: Stage) -> None:
    await work_on_friday(stage)
    await stage.time(f"{FRIDAY} 16:00")
    await stage.ani.taps("2")
    await stage.ani.taps("50 %")
    await stage.time(f"{FRIDAY} 17:00")
    assert await stage.budi.sees() == (
        "Menunggu persetujuan Anda: 1 orang, 4 kegiatan\n\n"
        "Ani Lestari\n"
        "• menyusun laporan evaluasi\n"
        "• menyusun rencana kerja\n"
        f"• Hasil pekan ini: {A2} · 2 laporan\n"
        f"• Hasil pekan ini: {A4} · 50 persen\n"
        "[✅ Setujui semua (4)]\n"
        "[➖ Semua kecuali …]\n"
        "[🔎 Periksa satu per satu]"
    )


@ON_SQLITE
async def test_the_output_may_be_said_anew(stage: Stage) -> None:
    await work_on_friday(stage)
    await stage.time(f"{FRIDAY} 16:00")
    await stage.ani.taps("5")
    await stage.ani.taps("50 %")
    await stage.ani.taps("Ubah")
    assert await stage.ani.sees() == ASKED
    await stage.ani.taps("2")
    await stage.ani.taps("50 %")
    assert await stage.ani.sees() == THANKED


@ON_SQLITE
async def test_quality_is_marked_by_person_and_target(stage: Stage) -> None:
    await approved_week(stage)

    def page(turn: int, *, marked: int = 0, letters: str = "", reports: str = "", keys: str) -> str:
        titles = [f"1. A1 · {A1}", f"2. A2 · {A2}"]
        titles[turn - 1] = f"▸ {titles[turn - 1]}"
        return (
            f"Mutu hasil kerja pekan ini (1/1)\n{marked} dari 2 hasil dinilai.\n{LAST if letters and turn == 2 else ''}"
            f"Ani Lestari\n\n{titles[0]}\n"
            f"Hasil yang disetujui: 12 surat\n• mengarsipkan 12 surat · Jum 27 Nov\n{letters}\n"
            f"{titles[1]}\nHasil yang disetujui: 2 laporan\n• menyusun 2 laporan evaluasi · Jum 27 Nov\n{reports}\n"
            f"Seberapa baik hasil nomor {turn}? "
            f"Ketuk, atau balas dengan angka 0–100; boleh disertai catatan: 85 rapi sekali.\n{keys}\n[📝 Catatan]"
        )

    good = "Nilai sekarang: 85 (1–2 kesalahan kecil)\n"
    best = "Nilai sekarang: 92 (Tanpa salah, melebihi standar)\n"
    ticked = SCALE.replace("[1–2", "[✓ 1–2")
    assert await stage.budi.sees() == page(1, keys=f"{SCALE}\n[▸ 1] [2]")
    assert await stage.budi.taps("1–2 kesalahan kecil") == "Dicatat."
    assert await stage.budi.sees() == page(2, marked=1, letters=good, keys=f"{SCALE}\n[✓ 1] [▸ 2]")
    assert await stage.budi.tells("92") == (
        "Mutu hasil kerja pekan ini\n2 dari 2 hasil dinilai.\nSemua sudah dinilai. Terima kasih.\n[Lihat sekali lagi]"
    )
    await stage.budi.taps("Lihat sekali lagi")
    shown = {"marked": 2, "letters": good, "reports": best}
    assert await stage.budi.sees() == page(1, **shown, keys=f"{ticked}\n[▸ 1] [✓ 2]")
    await stage.budi.taps("✓ 2")
    assert await stage.budi.sees() == page(2, **shown, keys=f"{SCALE}\n[✓ 1] [▸ 2]").replace(LAST, "")


@ON_SQLITE
@pytest.mark.parametrize("typed", ["101", "85,5"])
async def test_a_mark_beyond_the_scale_is_refused(stage: Stage, typed: str) -> None:
    await approved_week(stage)
    before = await stage.budi.sees()
    assert await stage.budi.tells(typed) == "Mohon isi angka 0 sampai 100."
    assert before in await stage.budi.hears()


@ON_SQLITE
async def test_one_reminder_is_enough_and_marking_closes_at_noon_on_monday(stage: Stage) -> None:
    await approved_week(stage)
    await stage.budi.news()
    await stage.time("2026-11-30 08:00")
    assert await stage.budi.news() == []
    card = next(m for m in reversed(await stage.budi.messages()) if m["text"].startswith("Mutu"))
    await stage.time("2026-11-30 12:00")
    assert await stage.budi.taps("Lebih banyak kesalahan", on=card) == (
        "Penilaian pekan ini sudah ditutup. Tidak ada yang berubah."
    )
    assert "Mutu hasil kerja pekan ini\n0 dari 2 hasil dinilai.\nPenilaian sudah ditutup." in await stage.budi.hears()


@ON_SQLITE
async def test_what_is_approved_on_monday_morning_can_still_be_marked(stage: Stage) -> None:
    await work_on_friday(stage, "A2 menyusun 2 laporan evaluasi")
    await stage.time(f"{FRIDAY} 17:00")
    card = await stage.budi.last()
    stage.clock.set("2026-11-30 08:00")
    await stage.budi.taps("✅ Setujui semua (1)", on=card)
    await stage.minutes(11)
    assert [text for text in await stage.budi.hears() if text.startswith("Mutu hasil kerja pekan ini (1/1)")]


async def busy_unit(stage: Stage, *, marked: int) -> Phone:
    """A unit of seven in its group; six have reported on Friday, and `marked` of their results have marks."""
    group = Phone(stage, BUDI, await stage.units_group())
    team = [stage.ani, *await stage.hire("Dodi", "Eka", "Fajar", "Gita", "Hadi")]
    stage.clock.set(f"{FRIDAY} 15:00")
    for n, phone in enumerate(team, 1):
        await phone.says(f"A1 mengarsipkan {4 * n} surat")
    await stage.budi.says("rapat pimpinan")
    await stage.time(f"{FRIDAY} 17:00")
    await stage.budi.taps("✅ Setujui semua (6)")
    await stage.time(f"{FRIDAY} 17:15")
    for _ in range(marked):
        await stage.budi.taps("1–2 kesalahan kecil")
    await stage.time("2026-11-30 12:59")
    await group.news()
    await stage.ani.news()
    return group


async def test_the_summary_goes_to_the_group_without_names(stage: Stage) -> None:
    group = await busy_unit(stage, marked=6)
    await stage.time("2026-11-30 13:00")
    text, chart = await group.news()
    assert text == (
        "📊 Pekan Bidang Perencanaan, Sen 23 Nov – Min 29 Nov\n\n"
        "Skor: 68 dari 100, rata-rata 6 dari 7 orang\n"
        "Laporan harian: 20 % (7 dari 35)\n"
        "Terkait target: 86 % kegiatan\n"
        "1 kegiatan masih menunggu persetujuan.\n\n"
        "Sasaran unit terhadap rencana\n"
        "• Perencanaan daerah yang tepat waktu: 42 % dari rencana sampai saat ini"
    )
    assert chart == "(picture) Pekan Bidang Perencanaan, Sen 23 Nov – Min 29 Nov"
    for name in ("Ani", "Budi", "Dodi", "Hadi", "Lestari", "Pratama"):
        assert name not in text
    await stage.time("2026-11-30 13:01")
    assert await group.news() == []


@ON_SQLITE
async def test_a_summary_is_not_rewritten(stage: Stage) -> None:
    group = await busy_unit(stage, marked=6)
    await stage.time("2026-11-30 13:00")
    before = await group.hears()
    await stage.sari.taps("✅ Setujui semua (1)")
    await stage.ani.says("Jumat lalu A1 mengarsipkan 40 surat")
    await stage.time("2026-11-30 17:00")
    await stage.time("2026-12-01 14:00")
    assert (await group.hears())[: len(before)] == before
    assert [text for text in (await group.hears())[len(before) :] if "Pekan" in text] == []


@ON_SQLITE
async def test_fewer_than_five_show_no_score(stage: Stage) -> None:
    group = await busy_unit(stage, marked=4)
    await stage.time("2026-11-30 13:00")
    text = (await group.news())[0]
    assert "Skor: ditampilkan bila minimal lima orang punya skor (pekan ini 4 dari 7)." in text


@ON_SQLITE
async def test_a_small_unit_shows_no_rates(stage: Stage) -> None:
    group = Phone(stage, BUDI, await stage.units_group())
    await approved_week(stage)
    await group.news()
    await stage.time("2026-11-30 13:00")
    assert (await group.news())[0] == (
        "📊 Pekan Bidang Perencanaan, Sen 23 Nov – Min 29 Nov\n\n"
        "Skor: ditampilkan di unit dengan minimal lima orang.\n\n"
        "Sasaran unit terhadap rencana\n"
        "1 sasaran tidak ditampilkan, agar hasil orang per orang tidak terbaca dari sana."
    )


async def test_ones_own_week_explains_itself(stage: Stage) -> None:
    await approved_week(stage)
    await stage.budi.taps("1–2 kesalahan kecil")
    await stage.budi.taps("Tanpa salah, melebihi standar")
    await stage.ani.news()
    await stage.time("2026-11-30 13:00")
    week = (
        "Pekan Anda s.d. Minggu, 29 November 2026\n"
        "Skor: 23,8 dari 100\n\n"
        f"• {A1}: 43,1 (kuantitas 1, mutu 85)\n"
        f"• {A2}: 52,3 (kuantitas 5, mutu 100)\n"
        f"○ {A3}: belum ada hasil yang disetujui\n"
        f"○ {A4}: belum ada hasil yang disetujui\n"
        "[Mengapa?]"
    )
    assert await stage.ani.news() == [week]
    await stage.ani.taps("Mengapa?")
    assert await stage.ani.sees() == (
        f"A1 · {A1}\n"
        "Mendukung: Perencanaan daerah yang tepat waktu\n\n"
        "Seharusnya s.d. Min 29 Nov: 1.200 surat × 218 dari 240 hari kerja = 1.090\n"
        "Disetujui sejak Kam 1 Jan: 12 surat\n"
        "Kuantitas: 12 dari 1.090 = 1,1\n"
        "Nilai mutu pekan s.d. Min 29 Nov: 85\n"
        "Mutu: rata-rata nilai, ditimbang menurut hasil = 85\n"
        "Capaian: (1,1 + 85) ÷ 2 = 43,05\n"
        "[‹] [1/5 ›]\n"
        "[‹ Kembali]"
    )
    await stage.ani.taps("‹")
    assert await stage.ani.sees() == (
        "Dari mana skor Anda\n"
        "A1: 43,05 × bobot 1\n"
        "A2: 52,33 × bobot 1\n"
        "A3: 0 × bobot 1\n"
        "A4: 0 × bobot 1\n"
        "Jumlah ÷ bobot (4) = 23,84\n"
        "[‹] [5/5 ›]\n"
        "[‹ Kembali]"
    )
    await stage.ani.taps("‹ Kembali")
    assert await stage.ani.sees() == week


@ON_SQLITE
async def test_without_marks_there_is_no_score(stage: Stage) -> None:
    await approved_week(stage)
    await stage.time("2026-11-30 13:00")
    text = next(text for text in await stage.ani.hears() if text.startswith("Pekan Anda"))
    assert f"◌ {A1}: kuantitas 1, mutu belum dinilai" in text


@ON_SQLITE
async def test_when_monday_is_off_the_summary_comes_on_the_next_workday(stage: Stage) -> None:
    await stage.keep(Holiday(agency_id=1, held_on=date(2026, 11, 30), name="Hari jadi daerah"))
    await approved_week(stage)
    await stage.time("2026-11-30 13:00")
    assert not [text for text in await stage.ani.hears() if text.startswith("Pekan Anda")]
    await stage.time("2026-12-01 13:00")
    assert [text for text in await stage.ani.hears() if text.startswith("Pekan Anda")]


@ON_SQLITE
async def test_when_friday_is_off_thursday_is_the_last_workday(stage: Stage) -> None:
    await stage.keep(Holiday(agency_id=1, held_on=date(2026, 11, 27), name="Hari jadi daerah"))
    stage.clock.set("2026-11-26 15:00")
    await stage.ani.says("A2 menyusun laporan evaluasi")
    await stage.time("2026-11-26 16:00")
    assert (await stage.ani.sees()).startswith("Hasil pekan ini")


@ON_SQLITE
@pytest.mark.parametrize("command", ["/nilai", "/skor"])
async def test_the_last_full_week_is_shown_when_asked_for(stage: Stage, command: str) -> None:
    assert (await stage.ani.tells(command)).startswith("Pekan Anda s.d. Minggu, 22 November 2026\n")
    assert (await stage.citra.tells(command)) == (
        "Pekan Anda s.d. Minggu, 22 November 2026\nBelum ada skor pekan ini: tidak ada target yang berlaku."
    )
