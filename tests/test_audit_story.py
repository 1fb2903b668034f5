"""The audit in words: a person's story as an operator reads it, who saw it included, and never what somebody wrote."""

import ast
from pathlib import Path

import models
from bot.commands.auditing import _story
from handlers.audit_sentences import SENTENCES
from models import agencies, audit
from tests.databases import ON_SQLITE
from tests.office import ANI, CITRA, NIPS
from tests.stage import Stage

RECORDERS = ("record", "_record", "record_decisions", "Act")
STORY = """\
Ani Lestari (199001012015012001), jam menurut Asia/Jakarta
16:00:00  [otomatis]: memberi tautan undangan baru, sampai 8 Des 2026 – Ani Lestari
17:00:00  Budi Santoso [Telegram 1002]: melihat 1 kegiatan (no. 1) – Ani Lestari
17:00:00  Budi Santoso [Telegram 1002]: menyetujui 1 kegiatan (no. 1) – Ani Lestari
17:00:00  Budi Santoso [Telegram 1002]: mengurungkan persetujuan 1 kegiatan (no. 1) – Ani Lestari
17:00:00  Budi Santoso [Telegram 1002]: melihat 1 kegiatan (no. 1) – Ani Lestari
17:00:00  Budi Santoso [Telegram 1002]: mengembalikan 1 kegiatan (no. 1) – Ani Lestari
17:00:00  Citra Dewi [Telegram 1003]: membuka halaman: data diri – Ani Lestari
17:00:00  Citra Dewi [Telegram 1003]: mengubah atasan: Budi Santoso → Citra Dewi – Ani Lestari
17:00:00  Citra Dewi [Telegram 1003]: mengurungkan perubahan atasan: Citra Dewi → Budi Santoso – Ani Lestari
17:00:00  Ani Lestari [Telegram 1001]: mencatat ketidakhadiran: 26 Nov 2026
17:00:00  Ani Lestari [Telegram 1001]: mengusulkan target no. 3 (perubahan no. 2)
17:00:00  Budi Santoso [Telegram 1002]: menyetujui target no. 3 (perubahan no. 2) – Ani Lestari
"""


async def story(stage: Stage, who: int, language: str = "id") -> str:
    """Without the numbers and the day, so that it is about what happened."""
    async with stage.database.transaction() as session:
        agency = await agencies.by_code(session, "BAPENDA")
        assert agency is not None
        lines = await _story(session, agency, NIPS[who], language, now=stage.clock())
    return "\n".join([lines[0], *(line.partition("2026-11-24 ")[2] for line in lines[1:]), ""])


@ON_SQLITE
async def test_it_is_told_in_lines_and_says_who_saw(stage: Stage) -> None:
    await stage.change(CITRA, role="admin")
    await stage.invitation(ANI)
    await stage.ani.says("A3 rapat koordinasi rahasia 2 jam")
    await stage.time("2026-11-24 17:00")
    await stage.budi.taps("✅ Setujui semua (1)")
    await stage.budi.taps("↶ Urungkan (1) s.d. 17.10")
    await stage.budi.taps("🔎 Periksa satu per satu")
    await stage.budi.taps("↩️ Kembalikan …")
    await stage.budi.taps("1")
    asked = await stage.budi.last()
    await stage.budi.says("Tambahkan hasil rapatnya", reply_to=asked["message_id"])
    await stage.citra.says("/admin ani")
    await stage.citra.taps("✓ Ani Lestari")
    await stage.citra.taps("Atasan")
    await stage.citra.says("citra", reply_to=(await stage.citra.last())["message_id"])
    await stage.citra.taps("↶ Urungkan: atasan (sampai 17.10)")
    await stage.ani.says("cuti Kamis")
    await stage.ani.taps("Ya, catat")
    await stage.ani.says("/target")
    await stage.ani.taps("2")
    await stage.ani.taps("🔢 Jumlah")
    await stage.ani.says("60 laporan", reply_to=(await stage.ani.last())["message_id"])
    await stage.budi.taps("✅ Setujui")
    told = await story(stage, ANI)
    assert told == STORY
    assert "rahasia" not in told
    async with stage.database.reading() as session:
        assert (await audit.verify(session, 1)).fault is None
    assert "[by itself]: read this story – Ani Lestari" in await story(stage, ANI, "en")


def test_every_act_has_a_sentence() -> None:
    """Whatever is recorded anywhere in the models can be said."""
    acts: set[str] = set()
    for path in Path(models.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in RECORDERS:
                acts |= {
                    found.value
                    for argument in node.args[:2]
                    for found in ast.walk(argument)
                    if isinstance(found, ast.Constant) and isinstance(found.value, str)
                }
    assert {"approved", "invited", "imported", "target_set"} <= acts
    assert acts - SENTENCES.keys() == set()
