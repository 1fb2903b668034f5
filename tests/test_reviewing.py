"""The supervisor approves exactly what was seen, returns with a reason, and can undo for ten minutes."""

from datetime import date

from models.employees import Deputy
from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI, CITRA, SARI
from tests.stage import Phone, Stage

MEETING = "A3 rapat koordinasi 2 jam"
LETTERS = "A1 mengarsipkan 12 surat"
BOTH = f"1. {MEETING}\n2. {LETTERS}"
WAITING = """\
Menunggu persetujuan Anda: 1 orang, 2 kegiatan

Ani Lestari
• rapat koordinasi · 2 jam
• mengarsipkan 12 surat
[✅ Setujui semua (2)]
[➖ Semua kecuali …]
[🔎 Periksa satu per satu]"""
ONE_WAITING = """\
Menunggu persetujuan Anda: 1 orang, 1 kegiatan

Ani Lestari
• rapat koordinasi · 2 jam
[✅ Setujui semua (1)]
[🔎 Periksa satu per satu]"""
CHECKED = """\
Ani Lestari – Perencana Ahli Pertama

1. rapat koordinasi
Sel 24 Nov · 2 jam
🎯 A3 · Fasilitasi rapat koordinasi perencanaan
→ Perencanaan daerah yang tepat waktu

2. mengarsipkan 12 surat
Sel 24 Nov
🎯 A1 · Pengelolaan surat masuk dan keluar
→ Perencanaan daerah yang tepat waktu
"""
CARD = """\
Laporan Selasa, 24 November 2026

1. rapat koordinasi
🎯 A3 · Fasilitasi rapat koordinasi perencanaan · 2 jam

2. mengarsipkan 12 surat
🎯 A1 · Pengelolaan surat masuk dan keluar · 12 surat
[Ubah] [⚠️ Kendala] [Batalkan]"""
NOTHING = "✅ Tidak ada yang menunggu Anda."
STALE = "Kartu ini baru diperbarui. Mohon lihat sekali lagi."
GONE = "Tombol ini sudah tidak berlaku. Tidak ada yang berubah."


async def nudged(stage: Stage, text: str = BOTH, moment: str = "2026-11-24 17:00") -> str:
    """Ani has reported; Budi has the card of the day."""
    await stage.ani.says(text)
    await stage.budi.says("rapat pimpinan")
    await stage.time(moment)
    return await stage.budi.sees()


async def waiting_for(phone: Phone) -> str:
    """The reviewer's newest card."""
    return [text for text in await phone.hears() if text.startswith("Menunggu")][-1]


@ON_SQLITE
async def test_all_with_one_tap(stage: Stage) -> None:
    assert await nudged(stage) == WAITING
    assert await stage.budi.taps("✅ Setujui semua (2)") == "2 kegiatan disetujui."
    assert await stage.budi.sees() == f"{NOTHING}\n[↶ Urungkan (2) s.d. 17.10]"
    assert await stage.ani.sees() == CARD.replace(" · 2 jam", " · 2 jam · ✅ disetujui").replace(
        " · 12 surat", " · 12 surat · ✅ disetujui"
    )


@ON_SQLITE
async def test_one_card_a_day(stage: Stage) -> None:
    await nudged(stage)
    await stage.budi.news()
    await stage.time("2026-11-24 17:01")
    await stage.ani.says("A2 menyusun 2 laporan evaluasi")
    assert await stage.budi.news() == []
    assert "• menyusun 2 laporan evaluasi" in await stage.budi.sees()


@ON_SQLITE
async def test_nothing_waiting_means_no_card(stage: Stage) -> None:
    await stage.budi.says("rapat pimpinan")
    await stage.budi.news()
    await stage.time("2026-11-24 17:00")
    assert await stage.budi.news() == []


@ON_SQLITE
async def test_the_next_days_card_takes_the_place_of_the_last(stage: Stage) -> None:
    await nudged(stage)
    old = await stage.budi.last()
    await stage.time("2026-11-25 17:00")
    assert [text for text in await stage.budi.hears() if "kartu" in text or "Menunggu" in text] == [
        "Yang menunggu Anda ada di kartu yang lebih baru.",
        WAITING.replace(" · 2 jam", " · 2 jam · Sel 24 Nov").replace("12 surat\n", "12 surat · Sel 24 Nov\n"),
    ]
    assert await stage.budi.taps("✅ Setujui semua (2)", on=old) == STALE


@ON_SQLITE
async def test_one_by_one_with_one_left_out(stage: Stage) -> None:
    await nudged(stage)
    await stage.budi.taps("🔎 Periksa satu per satu")
    assert await stage.budi.sees() == (f"{CHECKED}[☑ 1] [☑ 2]\n[✅ Setujui (2)]\n[↩️ Kembalikan …]\n[‹ Semua orang]")
    await stage.budi.taps("☑ 1")
    assert await stage.budi.sees() == (f"{CHECKED}[☐ 1] [☑ 2]\n[✅ Setujui (1)]\n[↩️ Kembalikan …]\n[‹ Semua orang]")
    assert await stage.budi.taps("✅ Setujui (1)") == "1 kegiatan disetujui."
    assert await stage.budi.sees() == f"{ONE_WAITING}\n[↶ Urungkan (1) s.d. 17.10]"


@ON_SQLITE
async def test_left_out_and_taken_in_again(stage: Stage) -> None:
    await nudged(stage)
    await stage.budi.taps("🔎 Periksa satu per satu")
    before = await stage.budi.sees()
    await stage.budi.taps("☑ 1")
    await stage.budi.taps("☑ 2")
    assert "Setujui" not in await stage.budi.sees()
    await stage.budi.taps("☐ 1")
    await stage.budi.taps("☐ 2")
    assert await stage.budi.sees() == before


@ON_SQLITE
async def test_person_by_person(stage: Stage) -> None:
    await stage.change(CITRA, superior_id=await stage.id_of(BUDI))
    await stage.citra.says("rapat staf")
    assert (await nudged(stage)).startswith("Menunggu persetujuan Anda: 2 orang, 3 kegiatan")
    await stage.budi.taps("🔎 Periksa satu per satu")
    assert (await stage.budi.sees()).startswith("Ani Lestari – Perencana Ahli Pertama")
    await stage.budi.taps("1/2 ›")
    assert await stage.budi.sees() == (
        "Citra Dewi – Kepala Bagian Umum\n\n"
        "1. rapat staf\n"
        "Sel 24 Nov\n"
        "tanpa target\n"
        "[☑ 1]\n[✅ Setujui (1)]\n[↩️ Kembalikan …]\n[‹] [2/2 ›]\n[‹ Semua orang]"
    )
    await stage.budi.taps("✅ Setujui (1)")
    assert await stage.budi.sees() == f"{WAITING}\n[↶ Urungkan (1) s.d. 17.10]"


async def returning(stage: Stage, which: str = "2") -> int:
    """Budi taps what shall go back; the message in which the reason is asked."""
    await stage.budi.taps("🔎 Periksa satu per satu")
    await stage.budi.taps("↩️ Kembalikan …")
    await stage.budi.taps(which)
    return int((await stage.budi.last())["message_id"])


@ON_SQLITE
async def test_returned_with_a_reason(stage: Stage) -> None:
    await nudged(stage)
    await stage.budi.taps("🔎 Periksa satu per satu")
    await stage.budi.taps("↩️ Kembalikan …")
    assert await stage.budi.sees() == f"{CHECKED}\nYang mana dikembalikan?\n[1] [2]\n[‹ Kembali]"
    await stage.budi.taps("2")
    asked = await stage.budi.last()
    assert asked["text"] == "Apa yang perlu diperbaiki pada “mengarsipkan 12 surat”? Balas pesan ini."
    assert asked["reply_markup"]["force_reply"]
    await stage.budi.news()
    await stage.ani.news()
    await stage.budi.says("Surat dari <dinas> mana & bulan apa?", reply_to=asked["message_id"])
    assert await stage.budi.news() == ["Dikembalikan kepada Ani Lestari dengan alasan Anda."]
    assert ONE_WAITING in await stage.budi.hears()
    assert await stage.ani.news() == [
        "↩️ Budi Santoso mengembalikan “mengarsipkan 12 surat”:\nSurat dari <dinas> mana & bulan apa?\n[Perbaiki]"
    ]
    assert (await stage.ani.hears())[0] == CARD.replace(
        " · 12 surat", " · 12 surat · ↩️ dikembalikan · “Surat dari <dinas> mana & bulan apa?”"
    )


@ON_SQLITE
async def test_put_right_it_waits_again(stage: Stage) -> None:
    await nudged(stage)
    await stage.budi.says("Jumlahnya keliru", reply_to=await returning(stage))
    await stage.ani.taps("Perbaiki")
    assert await stage.ani.sees() == (
        "mengarsipkan 12 surat\n"
        "Target: A1 · Pengelolaan surat masuk dan keluar\n"
        "Mendukung: Perencanaan daerah yang tepat waktu\n"
        "Hasil dan waktu: 12 surat\n"
        "Tanggal: hari ini\n"
        "Status: ↩️ dikembalikan\n"
        "Alasan: Jumlahnya keliru\n"
        "Mengapa target ini: Anda menulis kodenya.\n"
        "[🎯 Target] [🔢 Jumlah]\n"
        "[📅 Tanggal] [🗑 Hapus]\n"
        "[🔗 Gabung dengan yang di atas]\n"
        "[‹ Kembali]"
    )
    await stage.ani.taps("🔢 Jumlah")
    await stage.ani.taps("10")
    assert await stage.ani.sees() == CARD.replace("keluar · 12 surat", "keluar · 10 surat")
    assert "“mengarsipkan 12 surat” sudah diperbaiki." in await stage.ani.hears()
    marked = "12 surat · 10 surat · ↩️ kembali setelah dikembalikan: “Jumlahnya keliru”\n"
    assert WAITING.replace("12 surat\n", marked) in await stage.budi.hears()


@ON_SQLITE
async def test_the_next_card_says_that_it_was_returned_until_it_is_approved(stage: Stage) -> None:
    await nudged(stage)
    await stage.budi.says("Jumlahnya keliru. " + "Mohon cek buku agenda. " * 3, reply_to=await returning(stage))
    await stage.ani.taps("Perbaiki")
    await stage.ani.taps("🔢 Jumlah")
    await stage.ani.taps("10")
    await stage.time("2026-11-25 17:00")
    marked = "↩️ kembali setelah dikembalikan: “Jumlahnya keliru. Mohon cek buku agenda…”"
    assert f"• mengarsipkan 12 surat · 10 surat · Sel 24 Nov · {marked}\n" in await waiting_for(stage.budi)
    await stage.budi.taps("🔎 Periksa satu per satu")
    assert "\n↩️ kembali setelah dikembalikan: “Jumlahnya keliru. Mohon" in await stage.budi.reads("Ani Lestari –")
    await stage.budi.taps("✅ Setujui (2)")
    await stage.budi.taps("↶ Urungkan (2) s.d. 17.10")
    assert marked in await waiting_for(stage.budi)
    await stage.budi.taps("✅ Setujui semua (2)")
    await stage.minutes(10)
    await stage.ani.taps("Ubah", on=await stage.ani.finds("Laporan Selasa"))
    await stage.ani.taps("2. mengarsipkan 12 surat")
    await stage.ani.taps("🔢 Jumlah")
    await stage.ani.taps("9")
    assert "• mengarsipkan 12 surat · 9 surat · Sel 24 Nov\n[" in await waiting_for(stage.budi)


@ON_SQLITE
async def test_returned_work_may_be_put_right_after_its_day_has_closed(stage: Stage) -> None:
    await nudged(stage)
    await stage.budi.says("Jumlahnya keliru", reply_to=await returning(stage))
    stage.clock.set("2026-12-10 09:00")
    await stage.ani.taps("Perbaiki")
    await stage.ani.taps("🔢 Jumlah")
    assert await stage.ani.taps("10") == "Dicatat."


@ON_SQLITE
async def test_a_report_written_while_a_reason_is_asked_is_a_report(stage: Stage) -> None:
    await nudged(stage)
    asked = await returning(stage)
    assert await stage.budi.tells("monitoring lapangan") == (
        "Laporan Selasa, 24 November 2026\n\n1. monitoring lapangan\ntanpa target\n[Ubah] [⚠️ Kendala] [Batalkan]"
    )
    assert await stage.ani.sees() == CARD
    await stage.budi.says("Jumlahnya keliru", reply_to=asked)
    assert (await stage.ani.sees()).startswith("↩️ Budi Santoso mengembalikan")


@ON_SQLITE
async def test_a_reason_may_look_like_a_report(stage: Stage) -> None:
    await nudged(stage)
    await stage.budi.says("Rapat koordinasi 3 jam, bukan surat", reply_to=await returning(stage))
    assert await stage.budi.sees() == "Dikembalikan kepada Ani Lestari dengan alasan Anda."
    await stage.budi.says("/hari_ini")
    assert "Rapat koordinasi 3 jam" not in await stage.budi.sees()


@ON_SQLITE
async def test_a_reason_may_be_called_off(stage: Stage) -> None:
    await nudged(stage)
    asked = await returning(stage)
    assert await stage.budi.tells("/batal") == "Baik, itu tidak saya tunggu lagi."
    assert await stage.ani.sees() == CARD
    assert (await stage.budi.tells("Jumlahnya keliru", reply_to=asked)) != (
        "Dikembalikan kepada Ani Lestari dengan alasan Anda."
    )
    assert await stage.ani.sees() == CARD


@ON_SQLITE
async def test_a_reason_too_long_is_asked_for_again(stage: Stage) -> None:
    await nudged(stage)
    asked = await returning(stage)
    assert await stage.budi.tells("a" * 501, reply_to=asked) == (
        "Terlalu panjang. Tulis alasannya paling banyak 500 karakter."
    )
    assert await stage.budi.tells("a" * 500, reply_to=asked) == "Dikembalikan kepada Ani Lestari dengan alasan Anda."


@ON_SQLITE
async def test_what_changed_before_the_reason_came_is_not_returned(stage: Stage) -> None:
    await nudged(stage)
    asked = await returning(stage)
    await stage.ani.taps("Ubah")
    await stage.ani.taps("2. mengarsipkan 12 surat")
    await stage.ani.taps("🔢 Jumlah")
    await stage.ani.taps("9")
    assert await stage.budi.tells("Jumlahnya keliru", reply_to=asked) == (
        "Ini baru saja berubah. Beginilah keadaannya sekarang."
    )
    assert await stage.ani.sees() == CARD.replace("keluar · 12 surat", "keluar · 9 surat")


@ON_SQLITE
async def test_undone_within_ten_minutes(stage: Stage) -> None:
    await nudged(stage)
    await stage.budi.taps("✅ Setujui semua (2)")
    await stage.minutes(9)
    assert await stage.budi.taps("↶ Urungkan (2) s.d. 17.10") == "2 persetujuan diurungkan."
    assert await stage.budi.sees() == WAITING
    await stage.minutes(2)
    assert await stage.ani.hears() == [CARD]


@ON_SQLITE
async def test_not_undone_after_ten_minutes(stage: Stage) -> None:
    await nudged(stage)
    await stage.budi.taps("✅ Setujui semua (2)")
    stage.clock.forward(minutes=10)
    assert await stage.budi.taps("↶ Urungkan (2) s.d. 17.10") == (
        "Sudah lewat sepuluh menit; persetujuan tetap berlaku."
    )
    assert await stage.budi.sees() == NOTHING


@ON_SQLITE
async def test_the_employee_hears_once_when_undo_has_ended(stage: Stage) -> None:
    await nudged(stage)
    await stage.ani.news()
    await stage.budi.taps("✅ Setujui semua (2)")
    await stage.minutes(9)
    assert await stage.ani.news() == []
    await stage.minutes(1)
    await stage.minutes(1)
    assert await stage.ani.news() == ["✅ Budi Santoso menyetujui 2 kegiatan (Sel 24 Nov)."]
    assert await stage.budi.sees() == NOTHING


async def test_only_what_was_on_the_screen_is_approved(stage: Stage) -> None:
    """Ani edits between the card and the tap, and Budi's phone still shows the older card."""
    message = await stage.ani.says(BOTH)
    await stage.budi.says("rapat pimpinan")
    await stage.time("2026-11-24 17:00")
    old = await stage.budi.last()
    await stage.people(
        "edit", person=ANI, chat=ANI, message_id=message, text=f"1. {MEETING}\n2. A1 mengarsipkan 90 surat"
    )
    toast = await stage.budi.taps("✅ Setujui semua (2)", on=old)
    assert toast == "1 kegiatan disetujui. Dilewati karena baru saja berubah: “mengarsipkan 90 surat”."
    assert await stage.budi.sees() == (
        "Menunggu persetujuan Anda: 1 orang, 1 kegiatan\n\n"
        "Ani Lestari\n"
        "• mengarsipkan 90 surat\n"
        "[✅ Setujui semua (1)]\n"
        "[🔎 Periksa satu per satu]\n"
        "[↶ Urungkan (1) s.d. 17.10]"
    )


@ON_SQLITE
async def test_once_the_card_shows_the_change_an_older_tap_only_redraws(stage: Stage) -> None:
    message = await stage.ani.says(BOTH)
    await stage.budi.says("rapat pimpinan")
    await stage.time("2026-11-24 17:00")
    old = await stage.budi.last()
    await stage.ani.edits(message, f"1. {MEETING}\n2. A1 mengarsipkan 90 surat")
    assert await stage.budi.taps("✅ Setujui semua (2)", on=old) == STALE
    assert await stage.budi.sees() == WAITING.replace("12 surat", "90 surat")
    assert await stage.budi.taps("✅ Setujui semua (2)") == "2 kegiatan disetujui."


@ON_SQLITE
async def test_a_double_tap_approves_once(stage: Stage) -> None:
    await nudged(stage)
    old = await stage.budi.last()
    await stage.budi.taps("✅ Setujui semua (2)", on=old)
    assert await stage.budi.taps("✅ Setujui semua (2)", on=old) == STALE
    assert await stage.budi.sees() == f"{NOTHING}\n[↶ Urungkan (2) s.d. 17.10]"


@ON_SQLITE
async def test_an_edit_after_approval_waits_again(stage: Stage) -> None:
    message = await stage.ani.says(MEETING)
    await stage.budi.says("rapat pimpinan")
    await stage.time("2026-11-24 17:00")
    await stage.budi.taps("✅ Setujui semua (1)")
    await stage.ani.edits(message, "A3 rapat koordinasi 3 jam")
    assert await stage.ani.sees() == (
        "Laporan Selasa, 24 November 2026\n\n"
        "1. rapat koordinasi\n"
        "🎯 A3 · Fasilitasi rapat koordinasi perencanaan · 3 jam\n"
        "[Ubah] [⚠️ Kendala] [Batalkan]"
    )
    assert await stage.budi.sees() == ONE_WAITING.replace("2 jam", "3 jam")
    await stage.minutes(11)
    assert len(await stage.ani.hears()) == 1


@ON_SQLITE
async def test_others_are_politely_refused(stage: Stage) -> None:
    await nudged(stage)
    card = await stage.budi.last()
    data = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert await stage.citra.taps_data(card["message_id"], data) == GONE
    assert await stage.ani.taps_data(card["message_id"], data) == GONE
    await stage.citra.says("rapat staf")
    own = await stage.citra.last()
    assert await stage.citra.taps_data(own["message_id"], data) == GONE
    assert await stage.budi.sees() == WAITING


@ON_SQLITE
async def test_nobody_reviews_their_own_work(stage: Stage) -> None:
    """Budi stands in for Sari, his own superior: his own work does not come to him."""
    await stage.keep(await deputy(stage, SARI, BUDI, date(2026, 11, 24), date(2026, 11, 24)))
    await stage.citra.says("rapat staf")
    text = await nudged(stage, MEETING)
    assert text.startswith("Menunggu persetujuan Anda: 2 orang, 2 kegiatan")
    assert "rapat pimpinan" not in text
    assert "• rapat pimpinan" in await waiting_for(stage.sari)


async def deputy(stage: Stage, superior: int, stands_in: int, first: date, last: date) -> Deputy:
    superior_id, deputy_id = await stage.id_of(superior), await stage.id_of(stands_in)
    return Deputy(agency_id=1, superior_id=superior_id, deputy_id=deputy_id, starts_on=first, ends_on=last)


async def test_a_deputy_reviews_in_the_days_named(stage: Stage) -> None:
    await stage.keep(await deputy(stage, BUDI, CITRA, date(2026, 11, 25), date(2026, 11, 26)))
    await stage.citra.says("rapat staf")
    await nudged(stage)
    assert "Menunggu" not in await stage.citra.sees()
    await stage.time("2026-11-25 17:00")
    card = next(m for m in await stage.citra.messages() if m["text"].startswith("Menunggu"))
    assert "• rapat koordinasi · 2 jam · Sel 24 Nov" in await waiting_for(stage.citra)
    stage.clock.set("2026-11-27 08:00")
    assert await stage.citra.taps("✅ Setujui semua (2)", on=card) == (
        "Ini bukan wewenang Anda hari ini. Tidak ada yang berubah."
    )
    stage.clock.set("2026-11-26 08:00")
    await stage.ani.says("A2 menyusun 2 laporan evaluasi")
    assert await stage.citra.taps("✅ Setujui semua (3)") == "3 kegiatan disetujui."


async def test_what_waits_too_long_goes_one_level_up_as_well(stage: Stage) -> None:
    await nudged(stage)
    await stage.time("2026-11-26 17:00")
    assert "Ani Lestari" not in await waiting_for(stage.sari)
    await stage.time("2026-11-27 17:00")
    for phone, waits in ((stage.sari, " – sudah lama menunggu Budi Santoso"), (stage.budi, "")):
        assert f"Ani Lestari{waits}\n• rapat koordinasi · 2 jam · Sel 24 Nov" in await waiting_for(phone)


@ON_SQLITE
async def test_without_a_joined_superior_the_next_one_reviews(stage: Stage) -> None:
    await stage.change(BUDI, telegram_id=None, joined_at=None)
    await stage.ani.says(MEETING)
    await stage.sari.says("rapat pimpinan")
    await stage.time("2026-11-24 17:00")
    assert await stage.sari.sees() == ONE_WAITING


@ON_SQLITE
async def test_the_team_and_what_waits(stage: Stage) -> None:
    await stage.ani.says(BOTH)
    assert await stage.budi.tells("/tim") == (
        "Tim Anda, Selasa, 24 November 2026\nAni Lestari – ✓ 2 kegiatan\n\n2 kegiatan menunggu Anda.\n"
        "\nPersen tonggak capaian tim ditetapkan di /tonggak.\n"
        "[Ani Lestari]\n[🗓 Cuti dan ketidakhadiran]"
    )
    assert WAITING in await stage.budi.hears()
    await stage.budi.says("rapat pimpinan")
    await stage.time("2026-11-24 17:00")
    assert [text.splitlines()[0] for text in await stage.budi.hears()] == [
        "Yang menunggu Anda ada di kartu yang lebih baru.",
        "Tim Anda, Selasa, 24 November 2026",
        "Laporan Selasa, 24 November 2026",
        "Menunggu persetujuan Anda: 1 orang, 2 kegiatan",
    ]


@ON_SQLITE
async def test_whoever_blocked_the_bot_loses_no_report(stage: Stage) -> None:
    await stage.people("block", person=BUDI)
    await stage.settle()
    await stage.ani.says(MEETING)
    await stage.time("2026-11-24 17:00")
    await stage.people("unblock", person=BUDI)
    await stage.settle()
    await stage.time("2026-11-24 17:05")
    assert ONE_WAITING in await Phone(stage, BUDI).hears()
