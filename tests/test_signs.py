"""Signs of empty entries: on the supervisor's page of a person, never in front of that person, never in a figure."""

from datetime import date, time

import pytest
from sqlalchemy import event

from models.reading.signs import Entry, Kind, Picture, Sign, of_entries, of_pictures, overfull
from tests.databases import ON_SQLITE
from tests.stage import Stage, picture

MON, TUE = date(2026, 11, 23), date(2026, 11, 24)
RED = picture("red")


async def anis_page(stage: Stage) -> str:
    """Budi looks through what waits; what Ani's page says before the buttons."""
    await stage.budi.says("/tim")
    await stage.budi.taps("🔎 Periksa satu per satu")
    return (await stage.budi.reads("Ani Lestari")).split("\n[")[0]


@ON_SQLITE
async def test_the_same_text_again(stage: Stage) -> None:
    stage.clock.set("2026-11-19 16:00")
    await stage.ani.says("A3 menyiapkan bahan rapat koordinasi")
    stage.clock.set("2026-11-20 16:00")
    await stage.ani.says("A3 Menyiapkan bahan rapat koordinasi.")
    stage.clock.set("2026-11-24 16:00")
    await stage.ani.says("A3 menyiapkan  bahan rapat koordinasi!\napel pagi")
    assert await anis_page(stage) == (
        "Ani Lestari – Perencana Ahli Pertama\n\n"
        "1. menyiapkan bahan rapat koordinasi\nKam 19 Nov\n🎯 A3 · Fasilitasi rapat koordinasi perencanaan\n"
        "→ Perencanaan daerah yang tepat waktu\n\n"
        "2. Menyiapkan bahan rapat koordinasi\nJum 20 Nov\n🎯 A3 · Fasilitasi rapat koordinasi perencanaan\n"
        "→ Perencanaan daerah yang tepat waktu\n👀 teksnya sama seperti Kam 19 Nov\n\n"
        "3. menyiapkan bahan rapat koordinasi\nSel 24 Nov\n🎯 A3 · Fasilitasi rapat koordinasi perencanaan\n"
        "→ Perencanaan daerah yang tepat waktu\n👀 teksnya sama seperti Jum 20 Nov dan 1 hari lain\n\n"
        "4. apel pagi\nSel 24 Nov\ntanpa target"
    )
    assert not [text for text in await stage.ani.hears() if "👀" in text or "sama seperti" in text]


async def test_the_same_picture_again_and_somebody_elses(stage: Stage) -> None:
    (dodi,) = await stage.hire("Dodi")
    stage.clock.set("2026-11-23 16:00")
    await stage.ani.shows(RED, caption="A3 rapat koordinasi anggaran")
    stage.clock.set("2026-11-24 16:00")
    await stage.ani.shows(RED, caption="A2 menyusun laporan evaluasi")
    await dodi.shows(RED, caption="A1 mengarsipkan 12 surat")
    page = await anis_page(stage)
    assert page.count("👀") == 1
    assert page.endswith("📎 1\n🎯 A2 · Penyusunan laporan evaluasi program\n"
                         "→ Perencanaan daerah yang tepat waktu\n👀 fotonya sama seperti Sen 23 Nov")  # fmt: skip
    await stage.budi.taps("1/2 ›")
    other = (await stage.budi.reads("Dodi")).split("\n[")[0]
    assert other.endswith("\n👀 foto ini pernah dikirim")
    assert "Ani" not in other


@ON_SQLITE
async def test_more_than_a_day_and_overlapping_hours(stage: Stage) -> None:
    await stage.ani.says(
        "1. A3 rapat anggaran & renja < 2027 08.00-10.00\n2. A2 menyusun laporan evaluasi 09.30-11.00\n"
        "3. A1 mengarsipkan surat masuk 22 jam"
    )
    page = await anis_page(stage)
    assert page.startswith(
        "Ani Lestari – Perencana Ahli Pertama\n👀 Sel 24 Nov: jumlah waktunya 25 jam 30 mnt, lebih dari 24 jam\n\n"
    )
    assert page.count("👀 jamnya bertumpuk dengan “") == 1
    assert "👀 jamnya bertumpuk dengan “rapat anggaran & renja < 2027" in page


@ON_SQLITE
async def test_a_text_that_says_nothing(stage: Stage) -> None:
    await stage.ani.says("A2 melaksanakan tugas rutin")
    await stage.ani.says("A1 mengarsipkan 12 surat")
    assert await anis_page(stage) == (
        "Ani Lestari – Perencana Ahli Pertama\n\n"
        "1. melaksanakan tugas rutin\nSel 24 Nov\n🎯 A2 · Penyusunan laporan evaluasi program\n"
        "→ Perencanaan daerah yang tepat waktu\n👀 belum jelas apa yang dikerjakan\n\n"
        "2. mengarsipkan 12 surat\nSel 24 Nov\n🎯 A1 · Pengelolaan surat masuk dan keluar\n"
        "→ Perencanaan daerah yang tepat waktu"
    )


@ON_SQLITE
async def test_the_overview_and_the_group_say_nothing_of_it(stage: Stage) -> None:
    await stage.ani.says("A2 melaksanakan tugas rutin")
    await stage.budi.says("/tim")
    assert not [text for text in await stage.budi.hears() if "👀" in text]


@ON_SQLITE
async def test_a_page_of_thirty_asks_the_database_as_often_as_a_page_of_one(stage: Stage) -> None:
    asked: list[str] = []
    engine = stage.database.engine.sync_engine

    async def queries_of(count: int) -> int:
        for n in range(count):
            await stage.ani.says(f"A1 mengarsipkan surat keluar nomor {count}{n:02} bidang keuangan")
        await stage.budi.says("/tim")
        asked.clear()
        await stage.budi.taps("🔎 Periksa satu per satu")
        return len(asked)

    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    one = await queries_of(1)
    assert await queries_of(29) <= one + 3


def entry(id_: int, text: str, day: date = TUE, *, start: str = "", end: str = "", **more: object) -> Entry:
    times = {
        "starts_at": time.fromisoformat(start) if start else None,
        "ends_at": time.fromisoformat(end) if end else None,
    }
    return Entry(id=id_, day=day, text=text, **{**times, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("kerja", True),
        ("tugas rutin", True),
        ("Melaksanakan tugas pokok dan fungsi", True),
        ("melakukan pekerjaan sehari-hari di kantor", True),
        ("rapat", True),
        ("", True),
        ("🙂", True),
        ("rapat pimpinan", False),
        ("mengetik surat", False),
        ("apel pagi", False),
        ("archived letters", False),
    ],
)
def test_content(text: str, empty: bool) -> None:
    assert of_entries([entry(1, text)], [1]) == {1: [Sign(Kind.EMPTY)] if empty else []}


def test_a_count_is_content() -> None:
    assert of_entries([entry(1, "arsip", has_count=True)], [1]) == {1: []}


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        (("08:00", "10:00"), ("09:59", "11:00"), True),
        (("08:00", "10:00"), ("10:00", "11:00"), False),
        (("08:00", "10:00"), ("08:00", "10:00"), True),
        (("22:00", "02:00"), ("23:00", "23:30"), True),
        (("08:00", ""), ("08:00", "10:00"), False),
    ],
)
def test_overlap(first: tuple[str, str], second: tuple[str, str], overlap: bool) -> None:
    entries = [
        entry(1, "rapat anggaran", start=first[0], end=first[1]),
        entry(2, "menyusun laporan", start=second[0], end=second[1]),
    ]
    found = of_entries(entries, [1, 2])
    assert found == {1: [], 2: [Sign(Kind.OVERLAP, other="rapat anggaran")] if overlap else []}


@pytest.mark.parametrize(
    ("earlier", "same"),
    [(date(2026, 11, 10), True), (date(2026, 11, 9), False), (TUE, False)],
)
def test_the_same_text_within_fourteen_days(earlier: date, same: bool) -> None:
    found = of_entries([entry(1, "rapat anggaran", earlier), entry(2, "Rapat  anggaran!")], [2])
    assert found == {2: [Sign(Kind.SAME_TEXT, earlier)] if same else []}


def test_another_count_is_other_work() -> None:
    assert of_entries([entry(1, "mengarsipkan 12 surat", MON), entry(2, "mengarsipkan 15 surat")], [2]) == {2: []}


@pytest.mark.parametrize(
    ("minutes", "days"),
    [([1440], {}), ([1441], {TUE: 1441}), ([800, 700], {TUE: 1500}), ([None, 1440], {})],
)
def test_more_than_a_day(minutes: list[int | None], days: dict[date, int]) -> None:
    assert overfull(entry(n, "rapat", minutes=value) for n, value in enumerate(minutes)) == days


def test_pictures() -> None:
    def sent(id_: int, person: int, day: date, entry_id: int | None) -> Picture:
        return Picture(id_, "x", person, day, entry_id)

    assert of_pictures([sent(1, 1, TUE, 7), sent(2, 1, TUE, 8)], {7: 1, 8: 1}) == {}
    assert of_pictures([sent(1, 1, MON, None), sent(2, 1, TUE, 8)], {8: 1}) == {8: [Sign(Kind.SAME_PICTURE, MON)]}
    assert of_pictures([sent(1, 1, TUE, 8), sent(2, 2, TUE, 9)], {8: 1}) == {}
    assert of_pictures([sent(1, 2, MON, 9), sent(2, 1, TUE, 8), sent(3, 1, TUE, 8)], {8: 1}) == {
        8: [Sign(Kind.PICTURE_SENT_BEFORE)]
    }
