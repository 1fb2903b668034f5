"""Plh and Plt: named in chat, honoured by dates, never oneself, never in a circle."""

from datetime import date

from models import audit
from models.employees import Deputy
from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI, CITRA, SARI
from tests.stage import Phone, Stage

LIST_EMPTY = """\
Plh dan Plt

Saat ini tidak ada Plh atau Plt.
[Tunjuk Plh/Plt]"""
WHO = """\
Plh dan Plt

Siapa yang menggantikan Budi Santoso? Ketuk namanya, atau balas pesan ini dengan nama atau NIP.
[Citra Dewi]
[Ani Lestari]
[‹ Kembali]"""
WHEN = """\
Plh dan Plt

Citra Dewi menggantikan Budi Santoso. Dari kapan sampai kapan? Ketuk pilihan, atau balas pesan ini dengan tanggalnya, \
misalnya 1–5 Desember.
[✓ Plh] [Plt]
[hari ini] [besok]
[pekan ini] [pekan depan]
[‹ Kembali]"""
NAMED = """\
Plh dan Plt

1. Citra Dewi sebagai Plh Budi Santoso, Rab 25 Nov – Kam 26 Nov
[Akhiri no. 1]
[Tunjuk Plh/Plt]"""


async def test_a_superior_names_a_deputy_for_some_dates(stage: Stage) -> None:
    assert await stage.budi.tells("/plh") == LIST_EMPTY
    await stage.budi.taps("Tunjuk Plh/Plt")
    await stage.budi.taps("Budi Santoso")
    assert await stage.budi.sees() == WHO
    await stage.budi.taps("Citra Dewi")
    assert await stage.budi.sees() == WHEN
    card = await stage.budi.last()
    await stage.budi.says("25-26 November", reply_to=card["message_id"])
    assert await stage.budi.reads("Plh dan Plt") == NAMED
    assert await stage.citra.sees() == ("Sudah dicatat: Citra Dewi sebagai Plh Budi Santoso, Rab 25 Nov – Kam 26 Nov.")
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.time("2026-11-25 17:00")
    assert "• rapat koordinasi · 2 jam · Sel 24 Nov" in await waiting(stage.citra)
    await stage.citra.taps("✅ Setujui semua (1)")
    await stage.minutes(11)
    assert "✅ Citra Dewi (menggantikan Budi Santoso) menyetujui 1 kegiatan (Sel 24 Nov)." in await stage.ani.hears()
    async with stage.database.reading() as session:
        assert (await audit.verify(session, 1)).fault is None
        story = [(entry.act, entry.account) for entry in await audit.story_of(session, await stage.id_of(ANI))]
    assert story == [("seen", f"telegram:{who}") for who in (BUDI, CITRA)] + [("approved", f"telegram:{CITRA}")]


@ON_SQLITE
async def test_it_can_be_ended_and_the_queue_returns(stage: Stage) -> None:
    await stage.keep(await named(stage, BUDI, CITRA))
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.time("2026-11-24 17:00")
    assert "Ani Lestari" in await waiting(stage.citra)
    await stage.budi.says("/plh")
    await stage.budi.taps("Akhiri no. 1")
    assert await stage.budi.sees() == "Berakhir: Citra Dewi sebagai Plh Budi Santoso, Sel 24 Nov."
    assert await stage.citra.sees() == "Berakhir: Citra Dewi sebagai Plh Budi Santoso, Sel 24 Nov."
    assert await stage.citra.reads("✅") == "✅ Tidak ada yang menunggu Anda."
    assert "Ani Lestari\n• rapat koordinasi · 2 jam" in "\n".join(await stage.budi.hears())


@ON_SQLITE
async def test_whom_one_may_name(stage: Stage) -> None:
    await stage.sari.says("/plh")
    await stage.sari.taps("Tunjuk Plh/Plt")
    assert await stage.sari.reads("Plh dan Plt") == (
        "Plh dan Plt\n\nMenggantikan siapa?\n[Sari Utami]\n[Budi Santoso]\n[‹ Kembali]"
    )
    assert await stage.ani.tells("/plh") == "Plh dan Plt\n\nSaat ini tidak ada Plh atau Plt."
    await stage.change(CITRA, role="admin")
    await stage.citra.says("/plh")
    await stage.citra.taps("Tunjuk Plh/Plt")
    card = await stage.citra.last()
    await stage.citra.says("Budi", reply_to=card["message_id"])
    assert await stage.citra.reads("Plh dan Plt\n\nSiapa") == WHO
    await stage.citra.says("Wati", reply_to=card["message_id"])
    assert await stage.citra.sees() == "Saya tidak menemukan orang bernama “Wati”. Tulis namanya atau NIP lengkap."
    await stage.citra.says("Budi", reply_to=card["message_id"])
    assert await stage.citra.sees() == (
        "Seseorang tidak dapat menjadi Plh bagi dirinya sendiri. Silakan pilih orang lain."
    )


@ON_SQLITE
async def test_dates_that_cannot_be(stage: Stage) -> None:
    await stage.keep(await named(stage, BUDI, CITRA, last=date(2026, 12, 2)))
    await stage.budi.says("/plh")
    await stage.budi.taps("Tunjuk Plh/Plt")
    await stage.budi.taps("Budi Santoso")
    await stage.budi.taps("Ani Lestari")
    card = (await stage.budi.last())["message_id"]
    for said, answer in {
        "nanti saja": "Saya tidak menemukan tanggal dalam “nanti saja”. Tulis misalnya 1–5 Desember.",
        "1-5 November 2026": "Tanggal itu sudah lewat. Silakan beri tanggal mulai hari ini.",
        "1-5 Desember": (
            "Citra Dewi sudah ditunjuk untuk Sel 24 Nov – Rab 2 Des. Akhiri dulu yang itu, atau pilih tanggal lain."
        ),
    }.items():
        await stage.budi.says(said, reply_to=card)
        assert await stage.budi.sees() == answer


async def waiting(phone: Phone) -> str:
    """The reviewer's newest card."""
    return await phone.reads("Menunggu")


async def named(stage: Stage, superior: int, deputy: int, *, last: date = date(2026, 11, 24)) -> Deputy:
    return Deputy(
        agency_id=1,
        superior_id=await stage.id_of(superior),
        deputy_id=await stage.id_of(deputy),
        starts_on=date(2026, 11, 24),
        ends_on=last,
    )


@ON_SQLITE
async def test_in_a_circle_it_rises_one_level(stage: Stage) -> None:
    await stage.keep(await named(stage, BUDI, CITRA), await named(stage, CITRA, BUDI))
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.time("2026-11-24 17:00")
    assert "Ani Lestari" in await waiting(stage.sari)


@ON_SQLITE
async def test_the_author_as_deputy_rises_one_level(stage: Stage) -> None:
    await stage.keep(await named(stage, BUDI, ANI))
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.time("2026-11-24 17:00")
    assert "Ani Lestari" in await waiting(stage.sari)
    assert "Ani Lestari" not in "\n".join(await stage.ani.hears())


@ON_SQLITE
async def test_a_deputy_who_is_stood_in_for_passes_it_on(stage: Stage) -> None:
    await stage.keep(await named(stage, BUDI, CITRA), await named(stage, CITRA, SARI))
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.time("2026-11-24 17:00")
    assert "Ani Lestari" in await waiting(stage.sari)
    assert "Menunggu" not in "\n".join(await stage.citra.hears())


@ON_SQLITE
async def test_the_top_of_the_tree_has_the_approver_named_for_it(stage: Stage) -> None:
    await stage.change(SARI, approver_id=await stage.id_of(CITRA))
    await stage.sari.says("rapat pimpinan")
    await stage.time("2026-11-24 17:00")
    assert "Sari Utami\n• rapat pimpinan" in await waiting(stage.citra)
