"""The appraisal under PP 46/2011 in chat: a worked year, what is missing, the decision, and who may not."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlmodel import select

from models import appraisal_states, appraisals, audit
from models.appraisal_dossier import computed, load, missing
from models.appraisal_periods import of_year
from models.appraisals import AppraisalDecision
from models.employees import Deputy
from models.targets import Target
from tests import appraising, office
from tests.appraising import ask_all, fill_year, use_scheme
from tests.databases import ON_SQLITE
from tests.stage import TUESDAY, Stage

PEOPLE = """\
Penilaian tahun 2026

1. Ani Lestari – kurang: jabatan struktural, orientasi pelayanan, dan 7 hal lagi

Penilaian siapa yang dibuka?
[1]"""
HEADING = """\
Ani Lestari – penilaian tahun 2026
Perencana Ahli Pertama · PP 46/2011
"""
ALL_ENTERED = """\
• A1 · Pengelolaan surat masuk dan keluar: 97,56
• A2 · Penyusunan laporan evaluasi program: 78,67
• A3 · Fasilitasi rapat koordinasi perencanaan: 86,5
• A4 · Penyusunan rencana kerja perangkat daerah: 86,78
Tugas tambahan: 4
Kreativitas: bermanfaat bagi unit kerja
Jabatan struktural: Bukan
SKP: 92,38
Perilaku kerja: 82

Prestasi kerja: 88,22 – Baik"""
DECIDE = "✅ Tetapkan: 88,22 – Baik"
RESULT = f"""\
Penilaian Anda tahun 2026
Ditetapkan Sel 24 Nov oleh Budi Santoso · PP 46/2011

{ALL_ENTERED}
[Mengapa?] [Keberatan …]"""
GONE = "Tombol ini sudah tidak berlaku. Tidak ada yang berubah."
NOT_YOURS = "Hari ini Anda bukan penilai pegawai ini. Tidak ada yang berubah."


@pytest.fixture
async def year(stage: Stage) -> Stage:
    """Ani's year stands; the agency appraises by PP 46."""
    await use_scheme(stage.database, "pp46")
    await fill_year(stage.database)
    return stage


async def test_a_worked_year_through_the_database(year: Stage) -> None:
    """By hand: A1 (100 + 100 + 92⅔) ÷ 3, A2 (75 + 85 + 76) ÷ 3, A3 (100 + 100 + 50 + 96) ÷ 4, A4 (100 + 76 + 84⅓) ÷ 3;
    mean 87.375, + 2 for four tasks + 3 = 92.375; behaviour 410 ÷ 5 = 82; 55.425 + 32.8 = 88.225.
    """
    async with year.database.transaction() as session:
        ani = await office.person(session, office.ANI)
        standing = await appraisal_states.of_person(session, ani, of_year(2026), on=TUESDAY.date())
    a1, a2, a3, a4 = standing.dossier.goals
    assert [(goal.months, goal.months_taken) for goal in (a1, a2, a3, a4)] == [(12, 10), (12, 12), (12, 6), (12, 11)]
    assert [goal.quality for goal in (a1, a2, a3, a4)] == [85, 85, 90, 76]
    assert [str(goal.reached_on) for goal in (a1, a2, a3, a4)] == ["2026-10-20", "None", "2026-06-16", "2026-11-10"]
    entered = replace(
        standing.dossier,
        structural=False,
        behaviour=dict(zip(appraising.BEHAVIOUR, map(Decimal, (80, 85, 90, 75, 80)), strict=True)),
        additional=4,
        creativity="unit",
        costs={a3.target_id: Decimal(8_000_000)},
    )
    assert missing(entered) == []
    result = computed(entered)
    scores = [one.exact for one in result.skp.targets]
    assert scores == [Fraction(878, 9), Fraction(236, 3), Fraction(173, 2), Fraction(781, 9)]
    assert (result.skp.score, result.behaviour.score) == (Decimal("92.375"), Decimal(82))
    assert (result.whole.score, result.whole.category) == (Decimal("88.225"), "good")
    assert load(entered.dump()) == entered


async def test_from_the_list_to_the_result(year: Stage) -> None:
    assert await year.budi.tells("/penilaian") == PEOPLE
    await year.budi.taps("1")
    assert await year.budi.sees() == (
        f"{HEADING}\n"
        "• A1 · Pengelolaan surat masuk dan keluar: 97,56\n"
        "• A2 · Penyusunan laporan evaluasi program: 78,67\n"
        "• A3 · Fasilitasi rapat koordinasi perencanaan: belum ada nilai\n"
        "• A4 · Penyusunan rencana kerja perangkat daerah: 86,78\n"
        "Tugas tambahan: –\nKreativitas: –\nJabatan struktural: –\n\n"
        "Belum ada hasil. Masih kurang: jabatan struktural, orientasi pelayanan, integritas, komitmen, disiplin, "
        "kerja sama, tugas tambahan, kreativitas, dan biaya A3.\n"
        "Periode ini belum berakhir.\n"
        "[✏️ Isi yang masih kurang (9)]\n[Ubah isian]\n[Rincian]\n[‹ Semua orang]"
    )
    await ask_all(year)
    card = f"{HEADING}\n{ALL_ENTERED}\nPeriode ini belum berakhir.\n"
    assert await year.budi.sees() == f"{card}[Ubah isian]\n[Rincian]\n[{DECIDE}]\n[‹ Semua orang]"
    assert await year.ani.hears() == []
    assert await year.budi.taps(DECIDE) == "Sudah ditetapkan. Ani Lestari diberi tahu."
    decided = "\nDitetapkan Sel 24 Nov oleh Budi Santoso.\n"
    assert await year.budi.sees() == f"{card}{decided}[Ubah isian]\n[Rincian]\n[‹ Semua orang]"
    assert await year.ani.sees() == RESULT
    await year.budi.taps("‹ Semua orang")
    assert "1. Ani Lestari – ✓ 88,22 – Baik\n" in await year.budi.sees()


@ON_SQLITE
async def test_every_figure_explains_itself(year: Stage) -> None:
    await decided(year)
    await year.ani.taps("Mengapa?")
    pages = []
    for n in range(1, 6):
        pages.append(await year.ani.sees())
        await year.ani.taps(f"{n}/5 ›")
    assert pages[0] == (
        "A1 · Pengelolaan surat masuk dan keluar\n\n"
        "Realisasi mutu: rata-rata nilai mingguan, dibobot menurut hasil (80 × 600; 90 × 600) = 85.\n"
        "Waktu: 12 bulan sejak Kam 1 Jan; target tercapai Sel 20 Okt, pada bulan ke-10.\n\n"
        "Kuantitas: 1.200 ÷ 1.200 surat × 100 = 100\n"
        "Kualitas: 85 ÷ 85 × 100 = 100\n"
        "Waktu: (1,76 × 12 − 10) ÷ 12 × 100 = 92,67 (efisiensi 16,67 %)\n"
        "Biaya: target ini tanpa biaya, jadi aspek ini tidak dihitung.\n"
        "Nilai capaian target: 292,67 ÷ 3 = 97,56\n"
        "[‹] [1/5 ›]\n[‹ Kembali]"
    )
    assert "Target mutu: tidak tercantum, jadi dipakai 100, batas atas skala.\n" in pages[1]
    assert "target belum tercapai, jadi dihitung terpakai 12 bulan.\n" in pages[1]
    assert "Efisiensi di atas 24 %: 76 − ((1,76 × 12 − 6) ÷ 12 × 100 − 100) = 50\n" in pages[2]
    assert "Biaya: (1,76 × 10.000.000 − 8.000.000) ÷ 10.000.000 × 100 = 96 (efisiensi 20 %)\n" in pages[2]
    assert pages[4].startswith(
        "Bagaimana hasil ini dihitung\nA1: 97,56\nA2: 78,67\nA3: 86,5\nA4: 86,78\nRata-rata 4 target = 87,38\n"
        "Tugas tambahan: 4 kegiatan = 2 poin\nKreativitas yang bermanfaat bagi unit kerja: 3 poin\n"
        "SKP: 87,38 + 2 + 3 = 92,38\n"
        "Aturan tidak mengatur cara menghitung waktu; di sini dihitung dalam bulan kalender.\n"
    )
    assert "Prestasi kerja: 55,42 + 32,8 = 88,22\n" in pages[4]


async def decided(stage: Stage) -> None:
    await stage.budi.says("/penilaian")
    await stage.budi.taps("1")
    await ask_all(stage)
    await stage.budi.taps(DECIDE)


@ON_SQLITE
async def test_a_change_is_decided_anew_and_told(year: Stage) -> None:
    await decided(year)
    await year.budi.taps("Ubah isian")
    await year.budi.taps("Disiplin")
    assert await year.budi.sees() == (
        f"{HEADING}\nNilai untuk disiplin, 0–100? Ketuk, atau ketik angkanya.\n"
        "[40] [50] [60] [70] [80] [90] [100]\n[‹ Kembali]"
    )
    await year.budi.taps("100")
    assert "Saat itu: 88,22 – Baik. Sejak itu ada yang berubah;" in await year.budi.sees()
    assert await year.ani.sees() == RESULT, "what was decided stands until it is decided anew"
    await year.budi.taps("✅ Tetapkan: 90,22 – Baik")
    assert "Ini penetapan ke-2, menggantikan yang sebelumnya.\n" in await year.ani.sees()
    assert "Prestasi kerja: 90,22 – Baik\n" in await year.ani.sees()
    async with year.database.reading() as session:
        rows = (await session.exec(select(AppraisalDecision))).all()
        assert [load(row.dossier).behaviour["discipline"] for row in rows] == [75, 100]
        ani = await office.person(session, office.ANI)
        acts = [entry.act for entry in await audit.story_of(session, ani.id)]
        assert acts.count("appraisal_entered") == 10
        assert acts.count("appraisal_decided") == 2


@ON_SQLITE
async def test_facts_that_change_after_the_decision_do_not_change_it(year: Stage) -> None:
    await decided(year)
    async with year.database.transaction() as session:
        target = (await session.exec(select(Target).where(Target.code == "A1"))).first()
        assert target is not None
        target.quality = Decimal(100)
    assert await year.ani.tells("/penilaian") == RESULT
    await year.budi.says("/penilaian")
    assert "1. Ani Lestari – ✓ 88,22 – Baik; ada perubahan sejak itu\n" in await year.budi.sees()


@ON_SQLITE
async def test_what_has_changed_since_the_card_was_drawn_is_not_decided(year: Stage) -> None:
    await year.budi.says("/penilaian")
    await year.budi.taps("1")
    await ask_all(year)
    async with year.database.transaction() as session:
        target = (await session.exec(select(Target).where(Target.code == "A1"))).first()
        assert target is not None
        target.quality = Decimal(100)
    assert await year.budi.taps(DECIDE) == "Ini baru saja berubah. Beginilah keadaannya sekarang."
    assert await year.ani.hears() == []
    assert "A1 · Pengelolaan surat masuk dan keluar: 92,56\n" in await year.budi.sees()


@ON_SQLITE
async def test_without_marks_nothing_is_guessed(stage: Stage) -> None:
    await use_scheme(stage.database, "pp46")
    await fill_year(stage.database, marked=False)
    await stage.budi.says("/penilaian")
    await stage.budi.taps("1")
    assert "• A1 · Pengelolaan surat masuk dan keluar: belum ada nilai\n" in await stage.budi.sees()
    assert "Masih kurang: nilai mutu A1, nilai mutu A2, nilai mutu A3, nilai mutu A4, jabatan" in (
        await stage.budi.sees()
    )
    await ask_all(stage)
    assert "[✅" not in await stage.budi.sees()


@ON_SQLITE
async def test_what_is_not_done_counts_as_nothing(stage: Stage) -> None:
    await use_scheme(stage.database, "pp46")
    await stage.budi.says("/penilaian")
    await stage.budi.taps("1")
    await stage.budi.taps("Rincian")
    assert await stage.budi.sees() == (
        f"{HEADING}\nA1 · Pengelolaan surat masuk dan keluar\n\n"
        "Pada periode ini belum ada hasil yang disetujui, jadi mutu dan waktu dihitung tidak dilaksanakan (0).\n\n"
        "Kuantitas: belum ada dari 1.200 surat = 0\nKualitas: tidak dilaksanakan, target 100 = 0\n"
        "Waktu: tidak dilaksanakan, target 12 bulan = 0\n"
        "Biaya: target ini tanpa biaya, jadi aspek ini tidak dihitung.\nNilai capaian target: 0 ÷ 3 = 0\n"
        "[‹] [1/5 ›]\n[‹ Kembali]"
    )


@ON_SQLITE
async def test_leadership_is_asked_of_structural_posts_only(year: Stage) -> None:
    await year.budi.says("/penilaian")
    await year.budi.taps("1")
    await year.budi.taps("✏️ Isi yang masih kurang (9)")
    await year.budi.taps("Ya")
    await year.budi.taps("‹ Kembali")
    assert "kerja sama, kepemimpinan, tugas tambahan" in await year.budi.sees()
    assert "[✏️ Isi yang masih kurang (9)]" in await year.budi.sees()


@ON_SQLITE
async def test_figures_off_the_scale_are_refused(year: Stage) -> None:
    await year.budi.says("/penilaian")
    await year.budi.taps("1")
    await year.budi.taps("✏️ Isi yang masih kurang (9)")
    await year.budi.taps("Bukan")
    assert await year.budi.tells("101") == "Mohon isi angka 0 sampai 100."
    await year.budi.says("87,5")
    assert "Nilai untuk integritas" in await year.budi.reads("Ani Lestari")
    for _ in range(4):
        await year.budi.says("80")
    assert await year.budi.tells("2,5") == "Mohon isi angka bulat 0 sampai 99."


@ON_SQLITE
async def test_others_do_not_appraise_and_nobody_appraises_themselves(year: Stage) -> None:
    await decided(year)
    card = await year.budi.finds("Ani Lestari – penilaian")
    data = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert await year.citra.taps_data(card["message_id"], data) == GONE
    assert await year.ani.taps_data(card["message_id"], data) == GONE
    assert await year.citra.tells("/penilaian") == (
        "Belum ada penilaian Anda yang ditetapkan. Penilai Anda: Sari Utami."
    )
    assert await year.sari.tells("/penilaian") != ""
    assert "Sari Utami" not in await year.sari.sees()


@ON_SQLITE
async def test_a_deputy_appraises_as_long_as_they_are_one(year: Stage) -> None:
    async with year.database.transaction() as session:
        budi, citra = await office.person(session, office.BUDI), await office.person(session, office.CITRA)
        day = TUESDAY.date()
        row = Deputy(agency_id=budi.agency_id, superior_id=budi.id, deputy_id=citra.id, starts_on=day, ends_on=day)
        session.add(row)
    await year.citra.says("/penilaian")
    await year.citra.taps("1")
    await year.citra.taps("✏️ Isi yang masih kurang (9)")
    year.clock.set("2026-11-25 09:00")
    assert await year.citra.taps("Bukan") == NOT_YOURS
    assert await year.citra.reads("Hari ini") == "Hari ini Anda bukan penilai pegawai ini.\n[‹ Semua orang]"
    async with year.database.reading() as session:
        found = (await session.exec(select(appraisals.AppraisalEntry))).all()
        assert found == []


@ON_SQLITE
async def test_the_year_before_is_appraised_until_march(year: Stage) -> None:
    year.clock.set("2027-01-12 09:00")
    await year.budi.says("/penilaian")
    assert (await year.budi.sees()).startswith("Penilaian tahun 2026\n")
    await year.budi.taps("Tahun 2027")
    assert await year.budi.sees() == (
        "Penilaian tahun 2027\n\n"
        "1. Ani Lestari – kurang: target yang disepakati pada periode ini\n\n"
        "Penilaian siapa yang dibuka?\n[1]\n[Tahun 2026]"
    )
