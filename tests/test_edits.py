"""An edited message is read again: its card changes in place, and what was approved waits again."""

import asyncio

from sqlalchemy import text
from sqlmodel import select

from models import replies, reports, reviews
from models.activities import Activity
from models.audit import AuditEntry
from models.database import Database
from tests import office
from tests.databases import ON_POSTGRESQL, ON_SQLITE
from tests.office import ANI, BUDI
from tests.stage import Stage, picture

A1 = "🎯 A1 · Pengelolaan surat masuk dan keluar"
A2 = "🎯 A2 · Penyusunan laporan evaluasi program"
A3 = "🎯 A3 · Fasilitasi rapat koordinasi perencanaan"


def card(*lines: str, day: str = "Selasa, 24 November 2026") -> str:
    paragraphs = [f"{n}. {line}" for n, line in enumerate(lines, 1)]
    return "\n\n".join([f"Laporan {day}", *paragraphs]) + "\n[Ubah] [⚠️ Kendala] [Batalkan]"


async def test_a_changed_line_is_changed_in_place(stage: Stage) -> None:
    message = await stage.ani.says("1. A3 rapat koordinasi 2 jam\n2. A1 mengarsipkan 12 surat")
    await stage.ani.edits(message, "1. A3 rapat koordinasi 2 jam\n2. A1 mengarsipkan 15 surat")
    assert await stage.ani.hears() == [
        card(f"rapat koordinasi\n{A3} · 2 jam", f"mengarsipkan 15 surat\n{A1} · 15 surat")
    ]


async def test_lines_are_added_and_taken_out(stage: Stage) -> None:
    message = await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.ani.edits(
        message, "- A3 rapat koordinasi 2 jam\n- A1 mengarsipkan 12 surat\n- A2 menyusun 2 laporan evaluasi"
    )
    assert await stage.ani.hears() == [
        card(
            f"rapat koordinasi\n{A3} · 2 jam",
            f"mengarsipkan 12 surat\n{A1} · 12 surat",
            f"menyusun 2 laporan evaluasi\n{A2} · 2 laporan",
        )
    ]
    await stage.ani.edits(message, "A2 menyusun 2 laporan evaluasi")
    assert await stage.ani.hears() == [card(f"menyusun 2 laporan evaluasi\n{A2} · 2 laporan")]


@ON_SQLITE
async def test_an_edit_asks_what_is_unclear_and_answers_what_was(stage: Stage) -> None:
    message = await stage.ani.says("verifikasi data penerima bantuan")
    assert "untuk target yang mana?" in await stage.ani.sees()
    await stage.ani.edits(message, "A1 verifikasi data penerima bantuan")
    assert await stage.ani.hears() == [card(f"verifikasi data penerima bantuan\n{A1}")]
    await stage.ani.edits(message, "verifikasi data bantuan modal")
    assert "❓ No. 1, “verifikasi data bantuan modal”, untuk target yang mana?" in await stage.ani.sees()


@ON_SQLITE
async def test_what_was_chosen_by_hand_stays(stage: Stage) -> None:
    message = await stage.ani.says("verifikasi data penerima bantuan")
    await stage.ani.taps("A1 · Pengelolaan surat masuk dan keluar")
    await stage.ani.edits(message, "verifikasi data penerima bantuan 2 jam")
    assert await stage.ani.hears() == [card(f"verifikasi data penerima bantuan\n{A1} · 2 jam")]


async def test_only_the_changed_one_waits_again(stage: Stage) -> None:
    message = await stage.ani.says("1. A3 rapat koordinasi 2 jam\n2. A1 mengarsipkan 12 surat")
    await stage.budi.says("rapat pimpinan")
    await stage.time("2026-11-24 17:00")
    await stage.budi.taps("✅ Setujui semua (2)")
    await stage.ani.edits(message, "1. A3 rapat koordinasi 2 jam\n2. A1 mengarsipkan 15 surat")
    assert await stage.ani.sees() == card(
        f"rapat koordinasi\n{A3} · 2 jam · ✅ disetujui", f"mengarsipkan 15 surat\n{A1} · 15 surat"
    )
    assert await stage.budi.sees() == (
        "Menunggu persetujuan Anda: 1 orang, 1 kegiatan\n\n"
        "Ani Lestari\n"
        "• mengarsipkan 15 surat\n"
        "[✅ Setujui semua (1)]\n"
        "[🔎 Periksa satu per satu]\n"
        "[↶ Urungkan (1) s.d. 17.10]"
    )


@ON_SQLITE
async def test_an_edit_that_changes_nothing_changes_nothing(stage: Stage) -> None:
    message = await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.budi.says("rapat pimpinan")
    await stage.time("2026-11-24 17:00")
    await stage.budi.taps("✅ Setujui semua (1)")
    await stage.ani.edits(message, "A3 rapat koordinasi 2 jam.")
    assert await stage.ani.hears() == [card(f"rapat koordinasi\n{A3} · 2 jam · ✅ disetujui")]


@ON_SQLITE
async def test_an_edit_next_day_counts_for_the_day_it_was_sent(stage: Stage) -> None:
    message = await stage.ani.says("A3 rapat koordinasi 2 jam")
    stage.clock.set("2026-11-25 09:00")
    await stage.ani.edits(message, "A3 rapat koordinasi 3 jam")
    assert await stage.ani.sees() == card(f"rapat koordinasi\n{A3} · 3 jam")


@ON_SQLITE
async def test_an_edited_answer_to_an_old_prompt_stays_on_its_day(stage: Stage) -> None:
    await stage.time("2026-11-24 16:00")
    prompt = await stage.ani.last()
    stage.clock.set("2026-11-25 09:00")
    message = await stage.ani.says("A3 rapat koordinasi 2 jam", reply_to=prompt["message_id"])
    await stage.ani.edits(message, "A3 rapat koordinasi 3 jam")
    assert await stage.ani.sees() == card(f"rapat koordinasi\n{A3} · 3 jam", day="Selasa, 24 November 2026 (terlambat)")


@ON_SQLITE
async def test_an_edit_after_the_day_has_closed_is_refused(stage: Stage) -> None:
    message = await stage.ani.says("A3 rapat koordinasi 2 jam")
    stage.clock.set("2026-12-01 09:00")
    await stage.ani.edits(message, "A3 rapat koordinasi 9 jam")
    assert await stage.ani.hears() == [
        card(f"rapat koordinasi\n{A3} · 2 jam"),
        "Selasa, 24 November 2026 sudah ditutup (Minggu, 29 November 2026, pukul 24.00 WIB). "
        "Yang terbuka: mulai Kamis, 26 November 2026. Hari yang lebih lama dapat dibuka oleh atasan Anda (/buka).",
    ]


async def test_edited_to_nothing_it_is_cancelled_and_can_be_put_back(stage: Stage) -> None:
    message = await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.ani.edits(message, "ok siap")
    assert await stage.ani.hears() == ["🗑 Laporan dibatalkan.\n[Kembalikan]"]
    await stage.ani.taps("Kembalikan")
    assert await stage.ani.hears() == [card(f"rapat koordinasi\n{A3} · 2 jam")]


@ON_SQLITE
async def test_edited_to_an_absence_it_is_offered_as_one(stage: Stage) -> None:
    message = await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.ani.edits(message, "sakit")
    assert await stage.ani.hears() == [
        "🗑 Laporan dibatalkan.\n[Kembalikan]",
        "Saya catat sakit, Sel 24 Nov? Pada hari itu saya tidak bertanya.\n[Ya, catat] [Bukan]",
    ]


@ON_SQLITE
async def test_a_message_that_was_no_report_becomes_one(stage: Stage) -> None:
    message = await stage.ani.says("ok siap")
    await stage.ani.edits(message, "A3 rapat koordinasi 2 jam")
    assert await stage.ani.sees() == card(f"rapat koordinasi\n{A3} · 2 jam")


@ON_SQLITE
async def test_an_edited_answer_is_no_report(stage: Stage) -> None:
    """Ani answers with a code and mends a typing error in it: the second is an answer as well."""
    await stage.ani.says("verifikasi data penerima bantuan")
    message = await stage.ani.says("A9")
    await stage.ani.edits(message, "A1")
    assert (await stage.ani.hears())[0] == card(f"verifikasi data penerima bantuan\n{A1}")


@ON_SQLITE
async def test_an_edited_caption_is_read_again(stage: Stage) -> None:
    sent = await stage.attach(stage.ani, "photo", picture("red"), caption="A3 rapat koordinasi 2 jam")
    await stage.ani.edits(sent[0]["message_id"], "A3 rapat koordinasi 3 jam")
    assert await stage.ani.hears() == [card(f"rapat koordinasi\n{A3} · 3 jam · 📎 1")]


@ON_SQLITE
async def test_after_batal_an_edit_brings_it_back(stage: Stage) -> None:
    message = await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.ani.taps("Batalkan")
    await stage.ani.edits(message, "A3 rapat koordinasi 3 jam")
    assert await stage.ani.hears() == [card(f"rapat koordinasi\n{A3} · 3 jam")]


async def until_somebody_waits_for_a_row(database: Database) -> None:
    async with asyncio.timeout(10):
        while True:
            async with database.reading() as session:
                connection = await session.connection()
                waiting = await connection.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted"))
                if waiting.scalar_one():
                    return
            await asyncio.sleep(0.01)


@ON_POSTGRESQL
async def test_an_edit_at_the_moment_of_its_approval_is_not_lost(stage: Stage) -> None:
    """Two workers: Budi's approval is not committed yet when Ani's edit is read. Both stand, one after another."""
    message, now = await stage.ani.says("A3 rapat koordinasi 2 jam"), stage.clock()

    async def edit() -> None:
        async with stage.database.transaction() as session:
            ani = await office.person(session, ANI)
            reply = await replies.by_message(session, ANI, message)
            assert reply is not None
            await reports.reread(session, ani, reply, "A3 rapat koordinasi 3 jam", now=now)

    async with stage.database.transaction() as session:
        budi, row = await office.person(session, BUDI), (await session.exec(select(Activity))).one()
        await reviews.approve(session, budi, [(row.id, row.revision)], on=now.date(), now=now)
        editing = asyncio.create_task(edit())
        await until_somebody_waits_for_a_row(stage.database)
    await editing
    async with stage.database.reading() as session:
        row = (await session.exec(select(Activity))).one()
        acts = (await session.exec(select(AuditEntry.act).where(AuditEntry.employee_id == row.employee_id))).all()
    assert (row.minutes, row.status, row.reviewer_id) == (180, "waiting", None)
    assert [act for act in acts if "appro" in act] == ["approved", "changed_after_approval"]
