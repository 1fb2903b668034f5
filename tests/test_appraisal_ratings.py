"""The appraisal under PermenPANRB 6/2022 in chat: evidence is gathered, the appraiser chooses, the grid follows."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from models.appraisals import Appraisal
from models.coaching import Feedback
from models.obstacles import Obstacle
from models.targets import Target
from tests import office
from tests.appraising import fill_year
from tests.databases import ON_SQLITE
from tests.stage import Stage

CARD = """\
Ani Lestari – penilaian tahun 2026
Perencana Ahli Pertama · PermenPANRB 6/2022

• A1 · Pengelolaan surat masuk dan keluar: 1.200 dari 1.200 surat
• A2 · Penyusunan laporan evaluasi program: 36 dari 48 laporan
• A3 · Fasilitasi rapat koordinasi perencanaan: 24 dari 24 kegiatan
• A4 · Penyusunan rencana kerja perangkat daerah: 100 %

Hasil kerja: {results}
Perilaku kerja: {behaviour}
Catatan BerAKHLAK: {remarks} dari 7

{outcome}
Periode ini belum berakhir.
"""
BUTTONS = "[Hasil kerja] [Perilaku kerja]\n[Catatan BerAKHLAK]\n[Rincian]\n"
EVERYBODY = "[‹ Semua orang]"
CHOICES = "[Di atas ekspektasi]\n[Sesuai ekspektasi]\n[Di bawah ekspektasi]\n[‹ Kembali]"


@pytest.fixture
async def year(stage: Stage) -> Stage:
    await fill_year(stage.database)
    async with stage.database.transaction() as session:
        ani, budi = await office.person(session, office.ANI), await office.person(session, office.BUDI)
        own = (await session.exec(select(Target).where(Target.employee_id == ani.id, Target.code == "A2"))).one()
        common = {"agency_id": ani.agency_id, "employee_id": ani.id}
        given = datetime(2026, 9, 1, 3, tzinfo=UTC)
        session.add(
            Feedback(**common, author_id=budi.id, target_id=own.id, text="Tabel <ringkas> bagus", given_at=given)
        )
        session.add(Feedback(**common, author_id=budi.id, text="Terus berbagi ilmu", given_at=given))
        session.add(
            Obstacle(**common, unit_id=ani.unit_id, target_id=own.id, raised_on=date(2026, 5, 4), text="Data terlambat")
        )
    await stage.budi.says("/penilaian")
    await stage.budi.taps("1")
    return stage


def card(results: str, behaviour: str, outcome: str, remarks: int = 0) -> str:
    return CARD.format(results=results, behaviour=behaviour, outcome=outcome, remarks=remarks)


async def test_both_ratings_are_chosen_and_the_predicate_follows(year: Stage) -> None:
    gaps = "Belum ada hasil. Masih kurang: peringkat hasil kerja dan peringkat perilaku kerja."
    assert await year.budi.sees() == card("belum dipilih", "belum dipilih", gaps) + BUTTONS + EVERYBODY
    await year.budi.taps("Hasil kerja")
    assert await year.budi.sees() == (
        "Ani Lestari – penilaian tahun 2026\nPerencana Ahli Pertama · PermenPANRB 6/2022\n\n"
        "Bagaimana hasil kerja pada periode ini, dibanding ekspektasi?\n"
        f"Anda yang memilih; Harian tidak mengusulkan apa pun. Buktinya ada di “Rincian”.\n{CHOICES}"
    )
    await year.budi.taps("Di bawah ekspektasi")
    await year.budi.taps("Perilaku kerja")
    await year.budi.taps("Sesuai ekspektasi")
    outcome = "Predikat: Butuh Perbaikan"
    chosen = card("di bawah ekspektasi", "sesuai ekspektasi", outcome)
    assert await year.budi.sees() == f"{chosen}{BUTTONS}[✅ Tetapkan: Butuh Perbaikan]\n{EVERYBODY}"
    await year.budi.taps("✅ Tetapkan: Butuh Perbaikan")
    assert (await year.ani.sees()).startswith(
        "Penilaian Anda tahun 2026\nDitetapkan Sel 24 Nov oleh Budi Santoso · PermenPANRB 6/2022\n"
    )
    await year.budi.taps("Hasil kerja")
    assert "[✓ Di bawah ekspektasi]" in await year.budi.sees()
    await year.budi.taps("Di atas ekspektasi")
    await year.budi.taps("✅ Tetapkan: Baik")
    assert "Ini penetapan ke-2" in await year.ani.sees()
    assert "Predikat: Baik\n" in await year.ani.sees()


@ON_SQLITE
async def test_the_evidence_of_a_target(year: Stage) -> None:
    await year.budi.taps("Rincian")
    await year.budi.taps("1/5 ›")
    heading = "Ani Lestari – penilaian tahun 2026\nPerencana Ahli Pertama · PermenPANRB 6/2022\n\n"
    assert await year.budi.sees() == (
        f"{heading}A2 · Penyusunan laporan evaluasi program\n"
        "Disetujui pada periode ini: 36 laporan; sejak awal 36 dari rencana 48 laporan\n"
        "Mutu per pekan:\n• s.d. Min 17 Mei: 85\n"
        "Contoh pekerjaan:\n• Menyusun laporan evaluasi <program>\n"
        "Umpan balik:\n• Sel 1 Sep, Budi Santoso: Tabel <ringkas> bagus\n"
        "1 kendala dilaporkan.\n[‹] [2/5 ›]\n[‹ Kembali]"
    )
    await year.budi.taps("2/5 ›")
    assert "• s.d. Min 21 Jun: 90 – Rapi dan tepat waktu\n" in await year.budi.sees()
    await year.budi.taps("3/5 ›")
    assert "Capaian: 100 %\n" in await year.budi.sees()
    await year.budi.taps("4/5 ›")
    assert await year.budi.sees() == (
        f"{heading}Umum\nUmpan balik:\n• Sel 1 Sep, Budi Santoso: Terus berbagi ilmu\n"
        "Belum ada catatan BerAKHLAK.\n[‹] [5/5 ›]\n[‹ Kembali]"
    )


@ON_SQLITE
async def test_a_remark_is_a_reply(year: Stage) -> None:
    await year.budi.taps("Catatan BerAKHLAK")
    await year.budi.taps("Adaptif")
    asked = await year.budi.last()
    assert asked["text"] == "Adaptif: apa yang Anda lihat dalam pekerjaan Ani Lestari? Balas pesan ini."
    assert await year.budi.tells("x" * 501, reply_to=asked["message_id"]) == (
        "Terlalu panjang. Mohon ditulis paling banyak 500 karakter."
    )
    assert await year.budi.tells("Cepat <belajar>", reply_to=asked["message_id"]) == "Dicatat di “Adaptif”."
    assert "Adaptif: Cepat <belajar>\n" in await year.budi.reads("Ani Lestari")
    await year.budi.taps("‹ Kembali")
    assert "Catatan BerAKHLAK: 1 dari 7\n" in await year.budi.reads("Ani Lestari")


@ON_SQLITE
async def test_two_who_may_appraise_do_not_overwrite_each_other(year: Stage) -> None:
    await year.budi.taps("Hasil kerja")
    async with year.database.transaction() as session:
        appraisal = (await session.exec(select(Appraisal))).one()
        appraisal.revision += 1
    said = await year.budi.taps("Di atas ekspektasi")
    assert said == "Ini baru saja berubah. Beginilah keadaannya sekarang."
    async with year.database.reading() as session:
        assert (await session.exec(select(Appraisal))).one().result_rating is None
