"""A printable sheet of personal links as QR codes, to be cut and handed out."""

import io
from collections.abc import Sequence
from importlib import resources

import segno
from fpdf import FPDF

COLUMNS, ROWS = 3, 4
MARGIN, WIDTH, HEIGHT, CODE = 10.0, 63.0, 69.0, 42.0
"""Millimetres, on A4."""

Entry = tuple[str, str, str, str]
"""Name, unit, link, last day. The NIP is left out on purpose: its last digits are what the link asks for."""


def sheet(entries: Sequence[Entry]) -> bytes:
    """The PDF."""
    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(False)
    fonts = resources.files("handlers") / "fonts"
    for style, name in (("", "PlusJakartaSans-Regular.ttf"), ("B", "PlusJakartaSans-SemiBold.ttf")):
        with resources.as_file(fonts / name) as path:
            pdf.add_font("Jakarta", style, path)
    pdf.set_draw_color(200)
    for number, entry in enumerate(entries):
        place = number % (COLUMNS * ROWS)
        if place == 0:
            pdf.add_page()
        _label(pdf, entry, MARGIN + place % COLUMNS * WIDTH, MARGIN + place // COLUMNS * HEIGHT)
    if not entries:
        pdf.add_page()
    return bytes(pdf.output())


def _label(pdf: FPDF, entry: Entry, left: float, top: float) -> None:
    name, unit, link, last_day = entry
    pdf.rect(left, top, WIDTH, HEIGHT)
    picture = io.BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="png", scale=8, border=2)
    pdf.image(picture, left + (WIDTH - CODE) / 2, top + 2, CODE, CODE)
    for text, style, size, offset in (
        (name, "B", 10, 46),
        (unit, "", 8, 52),
        (f"Telegram · s.d. {last_day}", "", 8, 60),
    ):
        pdf.set_font("Jakarta", style, size)
        pdf.set_xy(left + 2, top + offset)
        pdf.cell(WIDTH - 4, 5, _cut(pdf, text, WIDTH - 6), align="C")


def _cut(pdf: FPDF, text: str, width: float) -> str:
    """The text, cut with an ellipsis to fit a line of so many millimetres."""
    if pdf.get_string_width(text) <= width:
        return text
    while text and pdf.get_string_width(text + "…") > width:
        text = text[:-1]
    return text.rstrip() + "…"
