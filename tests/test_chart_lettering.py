"""Words and colours of the charts: drawable, inside their room, readable on a phone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageColor

from handlers.charts import lettering, palette
from handlers.charts.lettering import LABEL, Type, drawable, fit, wrap


@pytest.mark.parametrize(
    ("said", "drawn"),
    [
        ("Laporan  hasil\n pengawasan", "Laporan hasil pengawasan"),
        ("Rapat 🎉 koordinasi ✅", "Rapat koordinasi"),
        ("👨‍👩‍👧 Keluarga 🇮🇩", "Keluarga"),
        ("𝗟𝗮𝗽𝗼𝗿𝗮𝗻 ｐｅｎｔｉｎｇ", "Laporan penting"),
        ("cafe\u0301 naïve – “80%” ≥ 5", "café naïve – “80%” ≥ 5"),
        ("العربية עברית 中文", ""),
        ("a\u202eb\x00c", "abc"),
    ],
)
def test_only_what_the_font_has_is_drawn(said: str, drawn: str) -> None:
    assert drawable(said) == drawn


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("", []),
        ("🎉", []),
        ("Rekonsiliasi aset", ["Rekonsiliasi aset"]),
        (
            "Laporan hasil pengawasan yang tepat waktu",
            ["Laporan hasil pengawasan", "yang tepat waktu"],
        ),
        (
            "Berkas permohonan izin usaha mikro yang selesai diverifikasi sesuai standar pelayanan",
            ["Berkas permohonan izin usaha", "mikro yang selesai diverifikasi…"],
        ),
        ("x" * 80, ["x" * 29, "x" * 27 + "…"]),
    ],
)
def test_labels_wrap_to_two_lines(label: str, lines: list[str]) -> None:
    assert wrap(label, LABEL, 480) == lines


@given(st.text(max_size=200), st.integers(60, 900))
def test_words_never_run_out_of_their_room(text: str, width: int) -> None:
    for lines in ([fit(text, LABEL, width)], wrap(text, LABEL, width)):
        assert len(lines) <= 2
        assert all(LABEL.width(line) <= width and drawable(line) == line for line in lines)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = (level / 255 for level in ImageColor.getrgb(colour)[:3])
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("colour", "ground", "ratio"),
    [
        (palette.INK, palette.CARD, 7),
        (palette.INK, palette.PAGE, 7),
        (palette.QUIET, palette.CARD, 4.5),
        (palette.QUIET, palette.PAGE, 4.5),
        (palette.DONE, palette.CARD, 3),
        (palette.DONE, palette.TRACK, 3),
        (palette.TREND, palette.CARD, 3),
        (palette.OVER, palette.DONE, 2.5),
        (palette.INK, palette.TRACK, 7),
    ],
)
def test_colours_stand_out(colour: str, ground: str, ratio: float) -> None:
    lighter, darker = sorted((luminance(colour), luminance(ground)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= ratio


def test_no_type_is_too_small_for_a_phone() -> None:
    assert min(style.size for style in vars(lettering).values() if isinstance(style, Type)) >= 26
