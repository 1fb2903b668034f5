"""Targets in chat: looked at, proposed, agreed, returned, withdrawn, ended, and changed by the supervisor."""

from datetime import date
from typing import Any

from sqlmodel import select

from models.targets import WITHDRAWN, Target, TargetRevision
from tests import office
from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI, CITRA
from tests.stage import Phone, Stage

SERVED = "mendukung: Perencanaan daerah yang tepat waktu"
ALL = f"""\
Target Anda

1. A1 · Pengelolaan surat masuk dan keluar
1.200 surat · 1 Jan 2026 – 31 Des 2026 · disetujui
{SERVED}

2. A2 · Penyusunan laporan evaluasi program
48 laporan · 1 Jan 2026 – 31 Des 2026 · disetujui
{SERVED}

3. A3 · Fasilitasi rapat koordinasi perencanaan
24 kegiatan · 1 Jan 2026 – 31 Des 2026 · disetujui
{SERVED}

4. A4 · Penyusunan rencana kerja perangkat daerah
100 persen · 1 Jan 2026 – 31 Des 2026 · disetujui
{SERVED}
[1] [2] [3] [4]
[➕ Target baru]"""
ACTS = """\
[✏️ Rencana] [🔢 Jumlah]
[📅 Selesai] [🎯 Mendukung]
[⏹ Akhiri]"""
BACK = "[‹ Kembali]"
REPORTS = f"""\
A2 · Penyusunan laporan evaluasi program
48 laporan · 1 Jan 2026 – 31 Des 2026
disetujui
{SERVED}"""
PROPOSED = "Diusulkan kepada Budi Santoso. Belum ada yang berubah sampai disetujui."
ASKED_FOR_NEW = """\
Balas pesan ini dengan rencana, jumlah, dan tanggal selesainya. Contoh:
Menyusun laporan monev; 12 laporan; 31 Desember"""
MONEV = "Menyusun laporan monev <baru>; 12 laporan; 31 Desember"
NEW = f"""\
A5 · Menyusun laporan monev <baru>
12 laporan · 24 Nov 2026 – 31 Des 2026
⏳ menunggu persetujuan, belum dihitung
{SERVED}
[✏️ Rencana] [🔢 Jumlah]
[📅 Selesai] [🎯 Mendukung]
[Tarik usulan]
{BACK}"""
CHANGE = f"""\
Target Ani Lestari: 1 usulan

1. Diubah: A2 · Penyusunan laporan evaluasi program
jumlah: 48 laporan → 60 laporan
{SERVED}
[✅ Setujui] [↩️ Kembalikan …]"""
NOTHING = "✅ Tidak ada usulan target Ani Lestari yang menunggu."
STALE = "Kartu ini baru diperbarui. Mohon lihat sekali lagi."
GONE = "Tombol ini sudah tidak berlaku. Tidak ada yang berubah."
NOT_YOURS = "Ini bukan wewenang Anda hari ini. Tidak ada yang berubah."


async def answers(phone: Phone, text: str) -> str:
    """Reply to the newest message."""
    return await phone.tells(text, reply_to=(await phone.last())["message_id"])


async def more_reports(stage: Stage, amount: str = "60 laporan") -> str:
    """Ani proposes another amount for her reports; what she is told."""
    await stage.ani.says("/target")
    await stage.ani.taps("2")
    await stage.ani.taps("🔢 Jumlah")
    return await answers(stage.ani, amount)


async def adds(stage: Stage, text: str = MONEV) -> None:
    """Ani proposes a new target below the unit's goal."""
    await stage.ani.says("/target")
    await stage.ani.taps("➕ Target baru")
    assert await stage.ani.sees() == ASKED_FOR_NEW
    await answers(stage.ani, text)
    assert await stage.ani.taps("T1 · Perencanaan daerah yang tepat waktu") == PROPOSED


async def stored(stage: Stage, code: str) -> Target:
    async with stage.database.reading() as session:
        return (await session.exec(select(Target).where(Target.code == code))).one()


@ON_SQLITE
async def test_a_change_counts_once_it_is_agreed(stage: Stage) -> None:
    assert await stage.ani.tells("/target") == ALL
    assert await more_reports(stage) == PROPOSED
    waiting = "⏳ Menunggu persetujuan atasan:\njumlah: 48 laporan → 60 laporan"
    assert await stage.ani.reads("A2") == f"{REPORTS}\n\n{waiting}\n{ACTS}\n[Tarik usulan]\n{BACK}"
    assert await stage.budi.sees() == CHANGE
    assert (await stored(stage, "A2")).planned == 48
    card = await stage.budi.finds("Target Ani")
    assert await stage.budi.taps("✅ Setujui") == "1 usulan disetujui."
    assert await stage.budi.sees() == NOTHING
    data = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert await stage.budi.taps_data(card["message_id"], data) == STALE
    assert (await stage.ani.hears())[-1] == (
        "✅ Budi Santoso menyetujui target Anda:\n"
        "• sekarang: A2 · Penyusunan laporan evaluasi program – 60 laporan, 1 Jan 2026 – 31 Des 2026\n"
        "[Buka target]"
    )
    assert (await stored(stage, "A2")).planned == 60
    await stage.ani.taps("Buka target")
    history = (
        "Riwayat:\n• sejak 24 Nov 2026: 60 laporan, s.d. 31 Des 2026\n• sejak 1 Jan 2026: 48 laporan, s.d. 31 Des 2026"
    )
    shown = REPORTS.replace("48", "60")
    assert await stage.ani.sees() == f"{shown}\n\n{history}\n{ACTS}\n{BACK}"


@ON_SQLITE
async def test_a_new_target_takes_up_work_once_it_is_agreed(stage: Stage) -> None:
    await adds(stage)
    assert await stage.ani.sees() == NEW
    assert await stage.budi.sees() == (
        "Target Ani Lestari: 1 usulan\n\n"
        "1. Baru: A5 · Menyusun laporan monev <baru>\n"
        f"12 laporan · 24 Nov 2026 – 31 Des 2026\n{SERVED}\n[✅ Setujui] [↩️ Kembalikan …]"
    )
    await stage.ani.says("A5 menyusun 1 laporan monev")
    assert "🎯 A5" not in await stage.ani.sees()
    await stage.budi.taps("✅ Setujui")
    await stage.ani.says("A5 menyusun 2 laporan monev")
    assert "🎯 A5 · Menyusun laporan monev <baru> · 2 laporan" in await stage.ani.sees()


@ON_SQLITE
async def test_the_reason_of_a_return_is_heard_and_the_target_can_be_put_right(stage: Stage) -> None:
    await adds(stage)
    await stage.budi.taps("↩️ Kembalikan …")
    assert await stage.budi.sees() == (
        "Apa yang perlu diperbaiki pada “Menyusun laporan monev <baru>”? Balas pesan ini."
    )
    assert await answers(stage.budi, "Cukup <4> laporan") == "Dikembalikan kepada Ani Lestari dengan alasan Anda."
    assert await stage.budi.reads("✅") == NOTHING
    assert await stage.ani.sees() == (
        "↩️ Budi Santoso mengembalikan “Menyusun laporan monev <baru>”:\nCukup <4> laporan\n[Buka target]"
    )
    await stage.ani.taps("Buka target")
    returned = NEW.replace("⏳ menunggu persetujuan, belum dihitung", "↩️ dikembalikan").replace(
        f"{SERVED}\n", f"{SERVED}\n↩️ dikembalikan: Cukup <4> laporan\n"
    )
    assert await stage.ani.sees() == returned.replace("[Tarik usulan]\n", "")
    await stage.ani.taps("🔢 Jumlah")
    assert await answers(stage.ani, "4 laporan") == PROPOSED
    assert await stage.budi.sees() == (
        "Target Ani Lestari: 1 usulan\n\n"
        "1. Baru: A5 · Menyusun laporan monev <baru>\n"
        f"4 laporan · 24 Nov 2026 – 31 Des 2026\n{SERVED}\n[✅ Setujui] [↩️ Kembalikan …]"
    )


async def test_a_withdrawn_proposal_is_gone(stage: Stage) -> None:
    await adds(stage)
    assert await stage.ani.taps("Tarik usulan") == "Usulan ditarik kembali."
    assert await stage.ani.sees() == ALL
    assert await stage.budi.sees() == NOTHING


@ON_SQLITE
async def test_several_are_agreed_at_once_except_what_changed_meanwhile(stage: Stage) -> None:
    await more_reports(stage)
    await adds(stage)
    card = await stage.budi.finds("Target Ani Lestari: 2 usulan")
    async with stage.database.transaction() as session:
        added = select(TargetRevision).where(TargetRevision.kind == "added")
        (await session.exec(added)).one().status = WITHDRAWN
    assert await stage.budi.taps("✅ Setujui semua (2)", on=card) == (
        "1 usulan disetujui. Dilewati karena baru saja berubah: “Menyusun laporan monev <baru>”."
    )
    assert await stage.budi.reads("✅") == NOTHING
    assert ((await stored(stage, "A2")).planned, (await stored(stage, "A5")).status) == (60, "waiting")


@ON_SQLITE
async def test_only_the_supervisor_decides(stage: Stage) -> None:
    await more_reports(stage)
    card = await stage.budi.finds("Target Ani")
    data = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert await stage.citra.taps_data(card["message_id"], data) == GONE
    assert await stage.ani.taps_data(card["message_id"], data) == GONE
    await stage.change(ANI, superior_id=await stage.id_of(CITRA))
    assert await stage.budi.taps("✅ Setujui", on=card) == NOT_YOURS
    assert await stage.budi.reads("Target ini") == "Target ini sudah tidak dalam wewenang Anda."
    assert (await stored(stage, "A2")).planned == 48
    await stage.time("2026-11-24 16:01")
    assert await stage.citra.reads("Target Ani") == CHANGE
    await stage.citra.taps("✅ Setujui")
    assert (await stored(stage, "A2")).planned == 60


@ON_SQLITE
async def test_targets_of_another_unit_are_not_opened(stage: Stage) -> None:
    assert await stage.citra.tells("/target") == "Target Anda\n\nBelum ada target untuk tahun ini.\n[➕ Target baru]"
    page = await stage.citra.last()
    data = page["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    _, card, revision, _ = data.split(":", 3)
    ani = await stage.id_of(ANI)
    await stage.citra.taps_data(page["message_id"], f"targets:{card}:{revision}:of.{ani}")
    assert await stage.citra.sees() == f"Target ini sudah tidak dalam wewenang Anda.\n{BACK}"


async def test_what_a_supervisor_changes_holds_at_once(stage: Stage) -> None:
    await more_reports(stage)
    await stage.budi.says("/target")
    await stage.budi.taps("👥 Target tim saya")
    assert await stage.budi.sees() == f"Target siapa?\n[⏳ Ani Lestari]\n{BACK}"
    await stage.budi.taps("⏳ Ani Lestari")
    await stage.budi.taps("2")
    await stage.budi.taps("🔢 Jumlah")
    assert await answers(stage.budi, "50 laporan") == "Sudah berlaku. Ani Lestari diberi tahu."
    assert await stage.ani.sees() == (
        "🎯 Budi Santoso mengubah target Anda:\n"
        "• sekarang: A2 · Penyusunan laporan evaluasi program – 50 laporan, 1 Jan 2026 – 31 Des 2026\n"
        "[Buka target]"
    )
    assert await stage.budi.reads("✅") == NOTHING
    assert (await stored(stage, "A2")).planned == 50


async def test_a_target_that_ends_early_owes_its_part_and_takes_up_no_more(stage: Stage) -> None:
    await stage.ani.says("/target")
    await stage.ani.taps("3")
    await stage.ani.taps("⏹ Akhiri")
    assert await stage.ani.sees() == (
        "A3 · Fasilitasi rapat koordinasi perencanaan\n24 kegiatan · 1 Jan 2026 – 31 Des 2026\n\n"
        "Sampai tanggal berapa target ini berlaku? Pekan-pekan sebelumnya tidak berubah, dan yang perlu dicapai hanya "
        "bagian rencana sampai tanggal itu.\n[24 Nov 2026]\n[30 Nov 2026]\n[Tanggal lain …]\n[‹ Kembali]"
    )
    assert await stage.ani.taps("24 Nov 2026") == PROPOSED
    assert await stage.budi.sees() == (
        "Target Ani Lestari: 1 usulan\n\n"
        "1. Diakhiri: A3 · Fasilitasi rapat koordinasi perencanaan\n"
        f"jumlah: 24 kegiatan → 21 kegiatan\nselesai: 31 Des 2026 → 24 Nov 2026\n{SERVED}\n"
        "[✅ Setujui] [↩️ Kembalikan …]"
    )
    await stage.budi.taps("✅ Setujui")
    await stage.ani.says("A3 rapat koordinasi")
    assert "🎯 A3" in await stage.ani.sees()
    await stage.time("2026-11-25 16:00")
    await stage.ani.says("A3 rapat koordinasi")
    assert "🎯 A3" not in await stage.ani.sees()


@ON_SQLITE
async def test_what_cannot_be_taken_is_asked_anew(stage: Stage) -> None:
    refused = {
        "0 laporan": "Jumlahnya harus lebih dari 0. Mohon balas sekali lagi.",
        "banyak": "Saya perlu angka dan satuannya, misalnya 12 laporan. Mohon balas sekali lagi.",
        "80 persen": "Target dalam persen tercapai pada 100. Tulis 100 persen, atau pakai satuan lain.",
        "48 laporan": "Isinya sudah seperti itu. Tidak ada yang berubah.",
    }
    first = await more_reports(stage, "-3 laporan")
    assert first == refused["0 laporan"]
    for text, answer in refused.items():
        assert await answers(stage.ani, text) == answer
    assert await answers(stage.ani, "60 laporan") == PROPOSED


@ON_SQLITE
async def test_a_new_one_must_have_time(stage: Stage) -> None:
    await stage.ani.says("/target")
    await stage.ani.taps("➕ Target baru")
    incomplete = (
        "Saya perlu tiga hal: rencana, jumlah, dan tanggal selesai. "
        "Contoh: Menyusun laporan monev; 12 laporan; 31 Desember. Mohon balas sekali lagi."
    )
    assert await answers(stage.ani, "Menyusun laporan monev") == incomplete
    assert await answers(stage.ani, "Menyusun laporan monev; 12 laporan; 31/10/2026") == (
        "Tanggal selesai mendahului tanggal mulai (24 Nov 2026). Mohon beri tanggal yang lebih akhir."
    )
    assert await answers(stage.ani, "Menyusun laporan monev\n12 laporan\nakhir tahun") == (
        "Menyusun laporan monev\n\nTarget ini mendukung target yang mana?\n"
        "[T1 · Perencanaan daerah yang tepat waktu]\n[Tidak ada]\n[Batal mengusulkan]"
    )
    await stage.ani.taps("Batal mengusulkan")
    assert await stage.ani.sees() == ALL


@ON_SQLITE
async def test_the_whole_line_up_and_no_ring(stage: Stage) -> None:
    async with stage.database.transaction() as session:
        goal = (await session.exec(select(Target).where(Target.code == "T1"))).one()
        values: dict[str, Any] = {"agency_id": goal.agency_id, "measure": "persen", "planned": 100}
        values |= {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
        top = Target(code="K1", unit_id=goal.unit_id, title="Pembangunan daerah yang berkelanjutan", **values)
        session.add(top)
        await session.flush()
        leader = (await office.person(session, BUDI)).id
        middle = Target(code="B1", employee_id=leader, title="Dokumen perencanaan", parent_id=goal.id, **values)
        session.add(middle)
        await session.flush()
        goal.parent_id = top.id
        own = (await session.exec(select(Target).where(Target.code == "A1"))).one()
        own.parent_id = middle.id
    line = "Dokumen perencanaan → Perencanaan daerah yang tepat waktu → Pembangunan daerah yang berkelanjutan"
    assert f"1.200 surat · 1 Jan 2026 – 31 Des 2026 · disetujui\nmendukung: {line}\n" in await stage.ani.tells(
        "/target"
    )
    await stage.ani.says("A1 mengarsipkan 12 surat")
    await stage.ani.taps("Ubah")
    short = "Mendukung: Dokumen perencanaan → … → Pembangunan daerah yang berkelanjutan"
    assert short in await stage.ani.sees()
    await stage.budi.says("/target")
    await stage.budi.taps("1")
    await stage.budi.taps("🎯 Mendukung")
    shown = await stage.budi.sees()
    assert "[B1" not in shown
    assert "[T1" in shown
