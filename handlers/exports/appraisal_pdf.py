"""The printed appraisal as PDF: A4, with page numbers and lines to sign on."""

from collections.abc import Sequence
from decimal import Decimal

from fpdf import FPDF, FontFace

from handlers.charts.lettering import FONTS, drawable
from handlers.exports.appraisal_parts import Cell, Document, Lines, Table
from handlers.texts import Words

FONT = "Jakarta"
MARGIN, FOOT = 12.0, 14.0
TEXT, SMALL, TITLE = 9.0, 7.5, 14.0
LINE = 4.6
"""Millimetres, and sizes of letters in points."""
SIGNATURE_HEIGHT = 38.0
LABEL_WIDTH = 42.0
ROW_HEIGHT, SMALL_TABLE = 6.2, 80.0
"""Millimetres; a table that is not higher than this is not broken over two pages."""


class Pages(FPDF):
    """Every page says whose it is and which one."""

    def __init__(self, page: str) -> None:
        super().__init__(orientation="landscape", format="A4")
        self._page = page
        for style, name in (("", "Regular"), ("B", "SemiBold")):
            self.add_font(FONT, style, FONTS / f"PlusJakartaSans-{name}.ttf")
        self.set_margins(MARGIN, MARGIN)
        self.c_margin = 0.0
        self.set_auto_page_break(True, margin=FOOT + 4)
        self.alias_nb_pages("{total}")

    def footer(self) -> None:
        self.set_y(-FOOT)
        self.set_font(FONT, "", SMALL)
        self.set_text_color(110)
        self.cell(0, 5, self._page.replace("{n}", str(self.page_no())))
        self.set_text_color(0)


def to_pdf(document: Document, w: Words) -> bytes:
    pdf = Pages(drawable(document.page))
    pdf.set_title(document.title)
    pdf.add_page()
    _opening(pdf, document)
    for part in document.parts:
        if isinstance(part, Table):
            _table(pdf, part, w)
        else:
            _lines(pdf, part)
    _signatures(pdf, document)
    return bytes(pdf.output())


def _opening(pdf: Pages, document: Document) -> None:
    pdf.set_font(FONT, "B", TITLE)
    pdf.multi_cell(0, 7, drawable(document.title), new_x="LMARGIN", new_y="NEXT")
    pdf.set_font(FONT, "", TEXT)
    pdf.multi_cell(0, LINE, drawable(document.subtitle), new_x="LMARGIN", new_y="NEXT")
    pdf.ln(2)
    for name, value in document.fields:
        pdf.set_font(FONT, "", TEXT)
        pdf.set_text_color(90)
        pdf.cell(LABEL_WIDTH, LINE + 0.6, drawable(name))
        pdf.set_text_color(0)
        pdf.multi_cell(0, LINE + 0.6, drawable(value) or "–", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(2)


def _heading(pdf: Pages, title: str, room: float) -> None:
    """A title does not stand alone at the foot of a page."""
    if pdf.will_page_break(room):
        pdf.add_page()
    pdf.set_font(FONT, "B", TEXT + 1)
    pdf.multi_cell(0, LINE + 1, drawable(title), new_x="LMARGIN", new_y="NEXT")
    pdf.ln(0.8)


def _table(pdf: Pages, table: Table, w: Words) -> None:
    whole = ROW_HEIGHT * (len(table.rows) + 3)
    _heading(pdf, table.title, whole if whole < SMALL_TABLE else 30)
    pdf.set_font(FONT, "", SMALL)
    pdf.set_draw_color(185)
    widths = _fitted(table.widths, pdf.epw)
    head = FontFace(emphasis="BOLD", fill_color=(231, 237, 243))
    with pdf.table(
        col_widths=widths,
        width=sum(widths),
        align="L",
        text_align=_alignments(table),
        headings_style=head,
        line_height=3.9,
        padding=1.1,
        v_align="T",
    ) as drawn:
        titles = drawn.row()
        for title in table.head:
            titles.cell("\n".join(drawable(line) for line in title.split("\n")), align="C", v_align="M")
        for values in table.rows:
            row = drawn.row()
            for value in values:
                row.cell(shown(value, w))
    pdf.ln(3)


def _fitted(widths: Sequence[int], room: float) -> tuple[float, ...]:
    """Shares are millimetres, made to fit the page when they are more than it has."""
    total = sum(widths)
    wide = total > 140
    factor = (room - 0.5) / total if wide else 1.0
    return tuple(share * factor for share in widths)


def _alignments(table: Table) -> tuple[str, ...]:
    """A column of numbers stands to the right."""
    columns = [[value for value in column if value is not None] for column in zip(*table.rows, strict=True)]
    sides = ("R" if all(isinstance(value, int | Decimal) for value in column) and column else "L" for column in columns)
    return tuple(sides) or ("L",) * len(table.head)


def shown(value: Cell, w: Words) -> str:
    if value is None:
        return "–"
    return w.number(value) if isinstance(value, int | Decimal) else drawable(value)


def _lines(pdf: Pages, part: Lines) -> None:
    _heading(pdf, part.title, 18)
    pdf.set_font(FONT, "", TEXT)
    for line in part.lines:
        pdf.multi_cell(0, LINE, drawable(line), new_x="LMARGIN", new_y="NEXT")
    pdf.ln(3)


def _signatures(pdf: Pages, document: Document) -> None:
    if not document.signatures:
        return
    if pdf.will_page_break(SIGNATURE_HEIGHT):
        pdf.add_page()
    top, width = pdf.get_y() + 6, pdf.epw / 2
    for n, (role, name, nip) in enumerate(document.signatures):
        left = MARGIN + n * width
        for text, style, down in ((role, "", 0), (name, "B", 22), (f"NIP {nip}" if nip else "", "", 27)):
            pdf.set_font(FONT, style, TEXT)
            pdf.set_xy(left, top + down)
            pdf.cell(width - 20, 5, drawable(text), align="C")
        pdf.line(left + 15, top + 21.5, left + width - 35, top + 21.5)
