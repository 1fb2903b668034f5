"""No text makes the reader fail, and it never says a word that was not written."""

import re
import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from models.reading import Reading, TargetLine
from tests.reading.told import told

FRAGMENTS = st.sampled_from(
    [
        "rapat",
        "input data",
        "5 berkas",
        "jam 8",
        "sampai",
        "08.00-10.00",
        "dan",
        "sama",
        "lalu",
        "kemarin",
        "besok",
        "tgl 3",
        "2/11",
        "saya",
        "(",
        ")",
        ",",
        ".",
        ";",
        "\n",
        "- ",
        "1. ",
        ": ",
        "Kegiatan :",
        "Output : 3 dok",
        "Waktu : 2 jam",
        "cuti",
        "sakit",
        "?",
        "ralat:",
        "bukan",
        "tapi",
        "setengah",
        "dua puluh",
        "belum sempat",
        "hari ini",
        "Senin",
        "kurang seperempat",
        "s/d selesai",
        "#A1",
        "target 2",
        "→",
        "✅",
        "Rp 5.000",
        "800/1/2026",
        "ke",
        "untuk",
        "satu",
        "ribu",
        "1 (satu)",
        "\t",
        "A1 -",
        "membuat tiga surat",
    ]
)
REPORTS = st.lists(FRAGMENTS, max_size=40).map(" ".join)
TARGETS = (TargetLine("A1", "Pengelolaan data", "data"), TargetLine("2", "Pelayanan surat", "surat"))


def words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text.replace("²", "2"))
    return re.findall(r"[^\W_]+", "".join(c for c in plain if unicodedata.category(c) not in ("Cf", "Mn")).lower())


def check(text: str, reading: Reading) -> None:
    written = set(words(text))
    for item in reading.items:
        assert item.description
        assert set(words(item.description)) <= written
        assert item.minutes is None or 0 < item.minutes <= 1440
        assert item.quantity is None or (item.quantity > 0 and item.unit)
    assert reading.items == () or reading.intent in ("report", "edit")
    assert (reading.absence is not None) == (reading.intent in ("leave", "sick", "duty_travel"))
    if reading.absence:
        assert reading.absence.starts_on <= reading.absence.ends_on


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    told(text, targets=TARGETS)


@settings(max_examples=250, deadline=None)
@given(REPORTS)
def test_anything_like_a_report(text: str) -> None:
    check(text, told(text, targets=TARGETS))


@settings(max_examples=60, deadline=None)
@given(FRAGMENTS, FRAGMENTS)
@example("ralat:", "bukan")  # what is wrong ends with a word, not in one
def test_the_longest_message(one: str, other: str) -> None:
    text = (f"{one} {other} " * 1400)[:4096]
    check(text, told(text))
