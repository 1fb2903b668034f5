"""The office has words of its own: everybody reads them, an admin changes them, and they link."""

import pytest

from tests.databases import ON_SQLITE
from tests.office import ANI, CITRA
from tests.stage import Stage


async def test_an_admin_teaches_a_word_and_it_links(stage: Stage) -> None:
    assert "untuk target yang mana?" in await stage.ani.tells("input siwas 2 jam")
    await stage.change(CITRA, role="admin")
    assert await stage.citra.tells("/istilah Siwas = laporan evaluasi program") == (
        "Dicatat: siwas = laporan evaluasi program."
    )
    assert await stage.ani.tells("input siwas 3 jam") == (
        "Laporan Selasa, 24 November 2026\n\n"
        "1. input siwas\n"
        "🎯 A2 · Penyusunan laporan evaluasi program · 3 jam\n"
        "[Ubah] [⚠️ Kendala] [Batalkan]"
    )
    assert await stage.ani.tells("/istilah") == "Istilah kantor\nsiwas = laporan evaluasi program"
    assert await stage.citra.tells("/istilah hapus siwas") == "“siwas” tidak lagi menjadi istilah kantor."
    assert "untuk target yang mana?" in await stage.ani.tells("input siwas 4 jam")


@ON_SQLITE
@pytest.mark.parametrize("text", ["/istilah monev = monitoring dan evaluasi", "/istilah hapus monev"])
async def test_others_only_read_the_words(stage: Stage, text: str) -> None:
    assert await stage.ani.tells(text) == "Hanya admin yang bisa mengubah istilah kantor."
    assert await stage.ani.tells("/istilah") == "Istilah kantor\nBelum ada."


@ON_SQLITE
@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/istilah", "Istilah kantor\nBelum ada.\n\n"
         "Tambah: /istilah monev = monitoring dan evaluasi. Hapus: /istilah hapus monev."),
        ("/istilah kuda", "Tulis istilah dan artinya: /istilah monev = monitoring dan evaluasi"),
        ("/istilah = x", "Tulis istilah dan artinya: /istilah monev = monitoring dan evaluasi"),
        ("/istilah x =", "Tulis istilah dan artinya: /istilah monev = monitoring dan evaluasi"),
        (f"/istilah {'a' * 41} = b", "Terlalu panjang: istilah paling banyak 40 karakter, artinya 120."),
        (f"/istilah b = {'a' * 121}", "Terlalu panjang: istilah paling banyak 40 karakter, artinya 120."),
        ("/istilah hapus kuda", "Saya tidak mengenal “kuda”. Semuanya ada di /istilah."),
        ("/istilah p&k = <b>pendidikan</b>", "Dicatat: p&k = <b>pendidikan</b>."),
    ],
)  # fmt: skip
async def test_what_an_admin_may_write(stage: Stage, text: str, answer: str) -> None:
    await stage.change(ANI, role="admin")
    assert await stage.ani.tells(text) == answer


@ON_SQLITE
async def test_many_words_fill_no_more_than_one_message(stage: Stage) -> None:
    await stage.change(ANI, role="admin")
    for n in range(40):
        await stage.ani.says(f"/istilah kata{n:02} = {'arti ' * 22}")
    text = await stage.ani.tells("/istilah")
    assert text.startswith("Istilah kantor\nkata00 = arti arti")
    assert "\n… dan " in text
