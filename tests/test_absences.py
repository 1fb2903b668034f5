"""Sick, on leave, travelling: understood from a word, noted with one tap, undone with another."""

import pytest
from sqlmodel import select

from models import audit
from models.agencies import Agency
from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI, CITRA
from tests.stage import Stage

ASKS = "Pada hari itu saya tidak bertanya."


@ON_SQLITE
@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("sakit", "sakit, Sel 24 Nov"),
        ("izin tidak masuk, sakit 2 hari", "sakit, Sel 24 Nov – Rab 25 Nov"),
        ("cuti 3 hari mulai besok", "cuti, Rab 25 Nov – Jum 27 Nov"),
        ("dinas luar sampai Jumat", "dinas luar, Sel 24 Nov – Jum 27 Nov"),
        ("DL sampai Jumat", "dinas luar, Sel 24 Nov – Jum 27 Nov"),
    ],
)
async def test_what_is_understood(stage: Stage, text: str, understood: str) -> None:
    assert await stage.ani.tells(text) == f"Saya catat {understood}? {ASKS}\n[Ya, catat] [Bukan]"


async def test_noted_with_a_tap_nobody_asks(stage: Stage) -> None:
    await stage.ani.says("cuti 3 hari mulai besok")
    await stage.ani.taps("Ya, catat")
    assert await stage.ani.sees() == f"🗓 Dicatat: cuti, Rab 25 Nov – Jum 27 Nov. {ASKS}\n[Urungkan]"
    await stage.ani.says("A3 rapat koordinasi")
    await stage.ani.news()
    for moment in ("2026-11-24 18:00", "2026-11-25 16:00", "2026-11-27 16:00", "2026-11-27 18:00", "2026-11-30 08:00"):
        await stage.time(moment)
    assert [text for text in await stage.ani.news() if not text.startswith(("Pekan", "☀️"))] == []
    await stage.time("2026-11-30 16:00")
    assert [text for text in await stage.ani.news() if text.startswith("Selamat sore, Ani.")]


@ON_SQLITE
async def test_until_it_is_confirmed_it_does_not_count(stage: Stage) -> None:
    await stage.ani.says("sakit")
    await stage.ani.news()
    await stage.time("2026-11-24 16:00")
    assert await stage.ani.news() == ["Selamat sore, Ani. Hari ini mengerjakan apa saja?"]


@ON_SQLITE
async def test_undone_it_counts_no_more(stage: Stage) -> None:
    await stage.ani.says("sakit")
    await stage.ani.taps("Ya, catat")
    await stage.ani.taps("Urungkan")
    assert await stage.ani.sees() == (
        "Baik, tidak ada yang dicatat. Kalau Anda bekerja, tulis saja apa yang dikerjakan."
    )
    await stage.ani.news()
    await stage.time("2026-11-24 16:00")
    assert await stage.ani.news() == ["Selamat sore, Ani. Hari ini mengerjakan apa saja?"]


@ON_SQLITE
async def test_declined(stage: Stage) -> None:
    await stage.ani.says("sakit")
    await stage.ani.taps("Bukan")
    assert await stage.ani.sees() == (
        "Baik, tidak ada yang dicatat. Kalau Anda bekerja, tulis saja apa yang dikerjakan."
    )


async def test_a_double_tap_notes_it_once(stage: Stage) -> None:
    await stage.ani.says("sakit")
    old = await stage.ani.last()
    await stage.ani.taps("Ya, catat", on=old)
    assert await stage.ani.taps("Ya, catat", on=old) == "Kartu ini baru diperbarui. Mohon lihat sekali lagi."
    await stage.ani.taps("Urungkan")
    await stage.ani.news()
    await stage.time("2026-11-24 16:00")
    assert await stage.ani.news() == ["Selamat sore, Ani. Hari ini mengerjakan apa saja?"]


@ON_SQLITE
async def test_what_stands_in_the_way_is_named_and_may_give_way(stage: Stage) -> None:
    await stage.ani.says("dinas luar sampai Jumat")
    await stage.ani.taps("Ya, catat")
    await stage.ani.says("cuti tahunan besok")
    await stage.ani.taps("Ya, catat")
    assert await stage.ani.sees() == (
        "Pada hari-hari itu sudah tercatat: dinas luar, Sel 24 Nov – Jum 27 Nov.\n"
        "[Ganti dengan cuti tahunan]\n[Biarkan saja]"
    )
    await stage.ani.taps("Ganti dengan cuti tahunan")
    assert await stage.ani.sees() == f"🗓 Dicatat: cuti tahunan, Rab 25 Nov. {ASKS}"
    assert await stage.ani.tells("/cuti") == (
        "Cuti dan ketidakhadiran\n\n"
        "1. dinas luar, Sel 24 Nov\n2. cuti tahunan, Rab 25 Nov\n3. dinas luar, Kam 26 Nov – Jum 27 Nov\n"
        "[1. dinas luar, Sel 24 Nov]\n[2. cuti tahunan, Rab 25 Nov]\n[3. dinas luar, Kam 26 Nov – Jum 27 Nov]\n"
        "[＋ Catat ketidakhadiran]"
    )


@ON_SQLITE
async def test_of_the_same_kind_it_is_extended(stage: Stage) -> None:
    await stage.ani.says("dinas luar sampai Jumat")
    await stage.ani.taps("Ya, catat")
    await stage.ani.says("dinas luar besok")
    await stage.ani.taps("Ya, catat")
    assert await stage.ani.sees() == "Sudah tercatat: dinas luar, Sel 24 Nov – Jum 27 Nov.\n[Biarkan saja]"
    await stage.ani.says("dinas luar sampai 2 Desember")
    await stage.ani.taps("Ya, catat")
    await stage.ani.taps("Jadikan Sel 24 Nov – Rab 2 Des")
    assert await stage.ani.sees() == f"🗓 Dicatat: dinas luar, Sel 24 Nov – Rab 2 Des. {ASKS}"


@ON_SQLITE
async def test_the_supervisor_sees_who_is_away_and_until_when(stage: Stage) -> None:
    await stage.ani.says("dinas luar sampai Jumat")
    await stage.ani.taps("Ya, catat")
    assert await stage.budi.tells("/tim") == (
        "Tim Anda, Selasa, 24 November 2026\n"
        "Ani Lestari – 🗓 dinas luar, kembali Sen 30 Nov\n"
        "\nPersen tonggak capaian tim ditetapkan di /tonggak.\n[Ani Lestari]\n[🗓 Cuti dan ketidakhadiran]"
    )


@ON_SQLITE
async def test_the_day_shows_the_absence(stage: Stage) -> None:
    await stage.ani.says("sakit")
    await stage.ani.taps("Ya, catat")
    assert await stage.ani.tells("/hari_ini") == "Selasa, 24 November 2026\nsakit"


@ON_SQLITE
async def test_nothing_done_is_noted_for_the_day(stage: Stage) -> None:
    assert await stage.ani.tells("nihil") == f"Saya catat tidak ada kegiatan, Sel 24 Nov? {ASKS}\n[Ya, catat] [Bukan]"
    await stage.ani.taps("Ya, catat")
    await stage.ani.news()
    await stage.time("2026-11-24 16:00")
    assert await stage.ani.news() == []


@ON_SQLITE
async def test_work_reported_on_a_day_of_absence_is_kept(stage: Stage) -> None:
    await stage.ani.says("sakit")
    await stage.ani.taps("Ya, catat")
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    assert await stage.ani.sees() == (
        "Laporan Selasa, 24 November 2026\n\n"
        "1. rapat koordinasi\n"
        "🎯 A3 · Fasilitasi rapat koordinasi perencanaan · 2 jam\n"
        "[Ubah] [⚠️ Kendala] [Batalkan]"
    )


@ON_SQLITE
async def test_somebody_else_cannot_confirm_it(stage: Stage) -> None:
    await stage.ani.says("sakit")
    card = await stage.ani.last()
    data = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert await stage.budi.taps_data(card["message_id"], data) == (
        "Tombol ini sudah tidak berlaku. Tidak ada yang berubah."
    )
    assert (await stage.ani.sees()).startswith("Saya catat sakit")


@ON_SQLITE
async def test_by_command_with_taps(stage: Stage) -> None:
    assert await stage.ani.tells("/cuti") == (
        "Cuti dan ketidakhadiran\n\nBelum ada yang tercatat mulai hari ini.\n[＋ Catat ketidakhadiran]"
    )
    await stage.ani.taps("＋ Catat ketidakhadiran")
    await stage.ani.taps("diklat")
    await stage.ani.taps("Kam 26 Nov")
    assert await stage.ani.sees() == (
        "Cuti dan ketidakhadiran\n\n"
        "diklat mulai Kam 26 Nov: sampai kapan? Ketuk, atau balas pesan ini dengan tanggal atau lamanya: 3 hari.\n"
        "[Kam 26 Nov] [Jum 27 Nov]\n[Sen 30 Nov] [Sel 1 Des]\n[Rab 2 Des] [Kam 3 Des]\n[Jum 4 Des] [Sen 7 Des]\n"
        "[‹ Kembali]"
    )
    await stage.ani.taps("Sen 30 Nov")
    assert await stage.ani.sees() == (
        f"🗓 Dicatat: diklat, Kam 26 Nov – Sen 30 Nov. {ASKS}\n[📅 Ubah akhirnya] [🗑 Batalkan]\n[‹ Kembali]"
    )
    await stage.ani.taps("📅 Ubah akhirnya")
    await stage.ani.says("Jumat", reply_to=(await stage.ani.last())["message_id"])
    assert (await stage.ani.sees()).startswith("🗓 Dicatat: diklat, Kam 26 Nov – Jum 27 Nov.")
    assert await stage.ani.taps("🗑 Batalkan") == "Dibatalkan."
    assert (await stage.ani.sees()).startswith("Cuti dan ketidakhadiran\n\nBelum ada yang tercatat")


@ON_SQLITE
@pytest.mark.parametrize(
    ("kind", "text", "noted"),
    [
        ("cuti tahunan", "1-5 Desember", "cuti tahunan, Sel 1 Des – Sab 5 Des"),
        ("cuti tahunan", "3 hari mulai Kamis", "cuti tahunan, Kam 26 Nov – Sen 30 Nov"),
        ("sakit", "3 hari mulai Kamis", "sakit, Kam 26 Nov – Sab 28 Nov"),
    ],
)
async def test_dates_are_typed(stage: Stage, kind: str, text: str, noted: str) -> None:
    await stage.ani.says("/cuti")
    await stage.ani.taps("＋ Catat ketidakhadiran")
    await stage.ani.taps(kind)
    await stage.ani.says(text, reply_to=(await stage.ani.last())["message_id"])
    assert (await stage.ani.sees()).startswith(f"🗓 Dicatat: {noted}. {ASKS}")


@ON_SQLITE
@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("halo", "Saya tidak menemukan tanggal"),
        (
            "2 November sampai 4 November",
            "Senin, 2 November 2026 sudah terlalu lama; Anda dapat mencatatnya mulai Kamis, 19 November 2026. "
            "Atasan Anda dapat mencatat yang lebih lama (/cuti).",
        ),
        ("1/1/2028 sampai 5/1/2028", "Mulainya lebih dari setahun lagi. Mohon periksa tahunnya."),
        (
            "1/12/2026 sampai 2/12/2027",
            "Paling lama 366 hari sekali catat. Yang lebih lama dapat dimasukkan oleh bagian kepegawaian.",
        ),
    ],
)
async def test_dates_that_cannot_be(stage: Stage, text: str, answer: str) -> None:
    await stage.ani.says("/cuti")
    await stage.ani.taps("＋ Catat ketidakhadiran")
    await stage.ani.taps("cuti tahunan")
    await stage.ani.says(text, reply_to=(await stage.ani.last())["message_id"])
    assert (await stage.ani.sees()).startswith(answer)
    assert "Belum ada yang tercatat" in await stage.ani.tells("/cuti")


async def confirms(stage: Stage) -> None:
    async with stage.database.transaction() as session:
        (await session.exec(select(Agency))).one().confirms_absences = True


@ON_SQLITE
async def test_where_the_agency_wants_it_the_supervisor_agrees(stage: Stage) -> None:
    await confirms(stage)
    await stage.ani.says("cuti 2 hari mulai besok")
    await stage.ani.taps("Ya, catat")
    assert await stage.ani.sees() == (
        f"🗓 Dicatat: cuti, Rab 25 Nov – Kam 26 Nov. {ASKS}\nMenunggu persetujuan atasan.\n[Urungkan]"
    )
    asked = "🗓 Ani Lestari mengajukan: cuti, Rab 25 Nov – Kam 26 Nov.\n2 hari kerja."
    assert await stage.budi.sees() == f"{asked}\n[✅ Setujui] [❌ Tolak …]"
    await stage.ani.news()
    await stage.time("2026-11-25 16:00")
    assert await stage.ani.news() == []
    old = await stage.budi.finds("🗓 Ani")
    assert await stage.budi.taps("✅ Setujui", on=old) == "Disetujui."
    assert await stage.budi.reads("🗓 Ani") == asked.replace("2 hari kerja.", "✅ Disetujui oleh Budi Santoso.")
    assert await stage.ani.news() == ["✅ Budi Santoso menyetujui: cuti, Rab 25 Nov – Kam 26 Nov."]
    assert await stage.budi.taps("✅ Setujui", on=old) == "Kartu ini baru diperbarui. Mohon lihat sekali lagi."


@ON_SQLITE
async def test_refused_it_counts_for_nothing(stage: Stage) -> None:
    await confirms(stage)
    await stage.ani.says("cuti 2 hari mulai besok")
    await stage.ani.taps("Ya, catat")
    stage.clock.set("2026-11-26 09:00")
    await stage.budi.taps("❌ Tolak …")
    assert await stage.budi.sees() == (
        "Apa alasan penolakannya? Balas pesan ini; alasannya akan dibaca oleh yang bersangkutan."
    )
    await stage.budi.says("Ada <rakor>", reply_to=(await stage.budi.last())["message_id"])
    assert await stage.budi.sees() == "Ditolak; Ani Lestari sudah diberi tahu alasannya."
    assert await stage.ani.sees() == (
        "❌ Budi Santoso menolak cuti, Rab 25 Nov – Kam 26 Nov:\nAda <rakor>\n"
        "Yang masih bisa dilaporkan: Rab 25 Nov dan Kam 26 Nov."
    )
    await stage.ani.news()
    await stage.time("2026-11-26 16:00")
    assert [text for text in await stage.ani.news() if text.startswith("Selamat sore, Ani.")]


@ON_SQLITE
async def test_days_added_to_an_approved_one_wait_by_themselves(stage: Stage) -> None:
    await stage.ani.says("dinas luar sampai Jumat")
    await stage.ani.taps("Ya, catat")
    await confirms(stage)
    await stage.ani.says("/cuti")
    await stage.ani.taps("1. dinas luar, Sel 24 Nov – Jum 27 Nov")
    await stage.ani.taps("📅 Ubah akhirnya")
    await stage.ani.taps("Sel 1 Des")
    assert (await stage.ani.tells("/cuti")).startswith(
        "Cuti dan ketidakhadiran\n\n"
        "1. dinas luar, Sel 24 Nov – Jum 27 Nov\n2. dinas luar, Sab 28 Nov – Sel 1 Des (menunggu persetujuan)\n"
    )
    assert (await stage.budi.sees()).startswith("🗓 Ani Lestari mengajukan: dinas luar, Sab 28 Nov – Sel 1 Des.")


@ON_SQLITE
async def test_a_supervisor_notes_it_and_the_person_is_told(stage: Stage) -> None:
    await confirms(stage)
    await stage.budi.says("/tim")
    await stage.budi.taps("🗓 Cuti dan ketidakhadiran")
    await stage.budi.taps("Ani Lestari")
    await stage.budi.taps("＋ Catat ketidakhadiran")
    await stage.budi.taps("sakit")
    await stage.budi.taps("hari ini")
    await stage.budi.taps("Rab 25 Nov")
    assert await stage.budi.sees() == (
        "🗓 Ani Lestari: sakit, Sel 24 Nov – Rab 25 Nov.\n[📅 Ubah akhirnya] [🗑 Batalkan]\n[‹ Kembali]"
    )
    assert await stage.ani.sees() == (f"🗓 Budi Santoso mencatat untuk Anda: sakit, Sel 24 Nov – Rab 25 Nov. {ASKS}")
    await stage.budi.taps("🗑 Batalkan")
    assert await stage.ani.sees() == ("🗓 Budi Santoso membatalkan catatan Anda: sakit, Sel 24 Nov – Rab 25 Nov.")


@ON_SQLITE
async def test_another_units_head_finds_nobody(stage: Stage) -> None:
    await stage.budi.says("/cuti")
    await stage.budi.taps("👥 Pegawai saya")
    await stage.change(ANI, superior_id=await stage.id_of(CITRA))
    await stage.budi.taps("Ani Lestari")
    assert (await stage.budi.sees()).startswith("Cuti dan ketidakhadiran\n\nBelum ada yang tercatat mulai hari ini.")


async def test_an_absent_supervisor_names_who_stands_in(stage: Stage) -> None:
    await stage.budi.says("cuti tahunan 2 hari mulai besok")
    await stage.budi.taps("Ya, catat")
    assert await stage.budi.sees() == (
        f"🗓 Dicatat: cuti tahunan, Rab 25 Nov – Kam 26 Nov. {ASKS}\n\nSiapa Plh Anda selama itu?\n"
        "[Citra Dewi]\n[Ani Lestari]\n[Tanpa Plh]\n[Urungkan]"
    )
    await stage.budi.taps("Citra Dewi")
    assert await stage.budi.sees() == (
        f"🗓 Dicatat: cuti tahunan, Rab 25 Nov – Kam 26 Nov. {ASKS}\nPlh: Citra Dewi\n[Urungkan]"
    )
    assert await stage.citra.sees() == "Anda menjadi Plh Budi Santoso, Rab 25 Nov – Kam 26 Nov."
    assert "1. Citra Dewi sebagai Plh Budi Santoso, Rab 25 Nov – Kam 26 Nov" in await stage.citra.tells("/plh")
    await stage.budi.says("/cuti")
    await stage.budi.taps("1. cuti tahunan, Rab 25 Nov – Kam 26 Nov")
    await stage.budi.taps("📅 Ubah akhirnya")
    await stage.budi.taps("Jum 27 Nov")
    assert "Citra Dewi sebagai Plh Budi Santoso, Rab 25 Nov – Jum 27 Nov" in await stage.citra.tells("/plh")
    await stage.budi.taps("🗑 Batalkan")
    assert "Saat ini tidak ada Plh atau Plt." in await stage.citra.tells("/plh")


@ON_SQLITE
async def test_every_step_is_in_the_audit_without_words(stage: Stage) -> None:
    await confirms(stage)
    await stage.ani.says("sakit")
    await stage.ani.taps("Ya, catat")
    await stage.budi.taps("✅ Setujui")
    await stage.ani.taps("Urungkan")
    async with stage.database.reading() as session:
        rows = await audit.story_of(session, await stage.id_of(ANI))
    acts = [(row.act, row.actor_id) for row in rows if row.act.startswith("absence")]
    ani, budi = await stage.id_of(ANI), await stage.id_of(BUDI)
    assert acts == [("absence_noted", ani), ("absence_confirmed", budi), ("absence_cancelled", ani)]
    assert all("kind" not in row.details and "reason" not in row.details for row in rows)
