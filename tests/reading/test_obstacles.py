"""What stood in the way, in the writer's words; and what is none."""

import pytest

from models.reading.obstacles import is_none
from tests.reading.told import told


@pytest.mark.parametrize(
    ("text", "obstacle", "works"),
    [
        ("rapat koordinasi 2 jam\nKendala: listrik padam", "listrik padam", ["rapat koordinasi"]),
        ("Kendala: server SIPD mati", "server SIPD mati", []),
        ("rapat koordinasi, terkendala listrik padam", "terkendala listrik padam", ["rapat koordinasi"]),
        ("terkendala jaringan", "terkendala jaringan", []),
        (
            "backup situs. Kendala: penyimpanan server penuh, pencadangan tertunda",
            "penyimpanan server penuh, pencadangan tertunda",
            ["backup situs"],
        ),
        (
            "Kendala: printer rusak, menunggu teknisi. Verifikasi 5 berkas",
            "printer rusak, menunggu teknisi",
            ["Verifikasi 5 berkas"],
        ),
        ("Kendala: printer rusak. Menunggu teknisi.", "printer rusak. Menunggu teknisi", []),
        (
            "arsip 3 surat. Kendala: printer rusak. Rencana besok: lanjut arsip",
            "printer rusak",
            ["arsip 3 surat"],
        ),
        (
            "checked 15 files, blocked by missing signatures",
            "blocked by missing signatures",
            ["checked 15 files"],
        ),
        ("blocked by: missing seal", "missing seal", []),
        ("Obstacle: no paper", "no paper", []),
        ("Hambatan - mobil dinas mogok", "mobil dinas mogok", []),
        ("Kendala/Hambatan: stok kasa habis", "stok kasa habis", []),
        ("Kendala hari ini: mobil dinas mogok; solusi: naik ojek", "mobil dinas mogok", []),
        (
            "1. rapat evaluasi\n2. mengarsip surat\nKendala:\n- printer rusak\n- ATK habis\nRencana: lanjut",
            "printer rusak; ATK habis",
            ["rapat evaluasi", "mengarsip surat"],
        ),
        (
            "rapat terkendala listrik padam, mengarsipkan 12 surat",
            "terkendala listrik padam",
            ["rapat terkendala listrik padam", "mengarsipkan 12 surat"],
        ),
        ("Masalah: tidak ada jaringan internet", "tidak ada jaringan internet", []),
        ("arsip surat (kendala: lampu mati)", "lampu mati", ["arsip surat (kendala: lampu mati)"]),
        ("menyelesaikan masalah batas desa", None, ["menyelesaikan masalah batas desa"]),
        ("koordinasi kegiatan yang terkendala anggaran", None, ["koordinasi kegiatan yang terkendala anggaran"]),
        ("input SIPD tidak terkendala", None, ["input SIPD tidak terkendala"]),
        ("rapat koordinasi\nKendala:\n-\nRencana besok: rapat", None, ["rapat koordinasi"]),
    ],
)
def test_obstacle(text: str, obstacle: str | None, works: list[str]) -> None:
    reading = told(text)
    assert (reading.obstacle, [item.description for item in reading.items]) == (obstacle, works)


@pytest.mark.parametrize(
    "text",
    [
        *("-", "–", "", "nihil", "Nihil.", "none", "No", "n/a", "tidak ada", "tdk ada", "gak ada kendala yg berarti"),
        *(
            "alhamdulillah tidak ada",
            "belum ada",
            "aman terkendali",
            "lancar",
            "no obstacles so far",
            "tidak ada kendala",
        ),
    ],
)
def test_no_obstacle(text: str) -> None:
    assert is_none(text)
    assert told(f"rapat koordinasi\nKendala: {text}").obstacle is None
