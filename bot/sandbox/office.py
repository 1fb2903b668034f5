"""The demo's office: an invented agency as files for `import`, a week of what its people write, and what happens."""

import csv
import io
from datetime import date
from decimal import Decimal
from importlib import resources
from typing import NamedTuple

SHEETS = ("instansi", "unit", "pegawai", "target", "libur", "istilah")
YEAR = "{tahun}"


class Reply(NamedTuple):
    """What the person with that NIP writes on a workday of the week, 1 (the first) to 5."""

    nip: str
    workday: int
    text: str


class Event(NamedTuple):
    """Something that happens beside the reports, so many workdays before the demo opens; `of` is who it is about."""

    days_ago: int
    kind: str
    by: str
    of: str
    code: str
    number: str
    text: str


def files(year: int, *, starts_on: date | None = None) -> dict[str, bytes]:
    """The office of a calendar year, by file name.

    With `starts_on` (in that year) targets begin there, and owe their share of the year's count: so that a demo
    with a week of history does not start out eleven months behind.
    """
    sheets = {f"{name}.csv": _text(name).replace(YEAR, str(year)) for name in SHEETS}
    if starts_on is not None:
        sheets["target.csv"] = _from(sheets["target.csv"], starts_on, date(year, 12, 31))
    return {name: text.encode() for name, text in sheets.items()}


def replies() -> list[Reply]:
    rows = csv.DictReader(io.StringIO(_text("replies")))
    return [Reply(row["nip"], int(row["hari"]), row["balasan"]) for row in rows]


def events() -> list[Event]:
    rows = csv.reader(io.StringIO(_text("kejadian")))
    next(rows)
    return [Event(int(days_ago), *rest) for days_ago, *rest in rows]


def _text(name: str) -> str:
    return (resources.files("bot.sandbox") / "office" / f"{name}.csv").read_text("utf-8")


def _from(text: str, first: date, last: date) -> str:
    share = Decimal((last - first).days + 1) / ((last - date(last.year, 1, 1)).days + 1)
    reader = csv.DictReader(io.StringIO(text))
    out = io.StringIO()
    writer = csv.DictWriter(out, reader.fieldnames or (), lineterminator="\n")
    writer.writeheader()
    for row in reader:
        count = row["target"] if row["satuan"] == "persen" else max(1, round(int(row["target"]) * share))
        writer.writerow({**row, "mulai": first.isoformat(), "target": count})
    return out.getvalue()
