"""Pasted tables: rows of cells between '|' (tabs have become '|') turned into ordinary list lines."""

import re

from models.reading import fields

_BAR = "|"
_NUMBERS = frozenset(("no", "no.", "nomor", "#", "nr"))
_AMOUNT = re.compile(r"\d[\d.,]*")
_RULE = re.compile(r"[\s|:+-]+")


def flattened(lines: list[str]) -> list[str]:
    """The lines with each table row as '- work, amount unit, time'; other lines as they are."""
    if sum(_BAR in line.strip(" |") for line in lines) < 2:
        return lines
    rows = {number: _cells(line) for number, line in enumerate(lines) if _BAR in line.strip(" |")}
    header = next((row for row in rows.values() if _is_header(row)), None)
    if header is None and not all(_AMOUNT.fullmatch(row[0].rstrip(".")) for row in rows.values()):
        return lines
    flat: list[str] = []
    for number, line in enumerate(lines):
        row = rows.get(number)
        if row is None:
            flat.append(line)
        elif row is not header and not _RULE.fullmatch(line):
            flat.append("- " + _sentence(row, header))
    return flat


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip(" |").split(_BAR)]


def _is_header(row: list[str]) -> bool:
    return len(row) > 1 and all(cell.lower() in _NUMBERS or fields.field(f"{cell}:") for cell in row)


def _sentence(row: list[str], header: list[str] | None) -> str:
    """The cells that tell work, amounts and times, with commas; an amount and its unit stand together."""
    kept: list[str] = []
    for place, cell in enumerate(row):
        key = header[place] if header and place < len(header) else ""
        found = fields.field(f"{key}:") if key else None
        index = place == 0 and cell.rstrip(".").isdigit()
        if not cell or cell == "-" or index or key.lower() in _NUMBERS or (found and found.role == fields.SKIP):
            continue
        if kept and _AMOUNT.fullmatch(kept[-1]):
            kept[-1] += f" {cell}"
        else:
            kept.append(cell)
    return ", ".join(kept)
