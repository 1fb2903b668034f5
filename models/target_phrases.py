"""What somebody types about a target: `Menyusun laporan monev; 12 laporan; 31 Desember`, or a part of it."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.imports import numbers
from models.imports.problems import BadCell
from models.reading.deadlines import deadline
from models.refusals import Refusal

PARTS = re.compile(r"\s*[;\n|]\s*")
LABEL = re.compile(r"^(?:rencana(?: hasil kerja)?|rhk|target|jumlah|selesai|plan|amount|end)\s*[:=]\s*", re.IGNORECASE)
BULLET = re.compile(r"^(?:[-•*–]|\d[.)])\s+")
AMOUNT = re.compile(r"(-?\d[\d.,]*)\s*(%|[^\d\s].*)")
TITLE_AT_MOST = 500
MEASURE_AT_MOST = 40


@dataclass(frozen=True, slots=True)
class Typed:
    title: str
    planned: Decimal
    measure: str
    ends_on: date


def whole(text: str, today: date) -> Typed:
    """A plan, an amount with its unit, and an end, in this order or another, on lines or between semicolons.

    Raises: Refusal for what is missing or cannot be read: target_incomplete, or what `title`, `amount` and `end` raise.
    """
    parts = [_bare(part) for part in PARTS.split(text.strip()) if _bare(part)]
    ends = [part for part in parts if deadline(part, today)]
    amounts = [part for part in parts if part not in ends and AMOUNT.fullmatch(part)]
    others = [part for part in parts if part not in (*ends, *amounts)]
    if len(parts) != 3 or not (ends and amounts and others):
        raise Refusal("target_incomplete")
    planned, measure = amount(amounts[0])
    return Typed(title(others[0]), planned, measure, end(ends[0], today))


def _bare(part: str) -> str:
    return LABEL.sub("", BULLET.sub("", part.strip())).strip()


def title(text: str) -> str:
    """Raises: Refusal("target_title_length", limit=…)."""
    found = " ".join(_bare(text).split())
    if not 3 <= len(found) <= TITLE_AT_MOST:
        raise Refusal("target_title_length", limit=TITLE_AT_MOST)
    return found


def amount(text: str) -> tuple[Decimal, str]:
    """`12 laporan` → 12 and its unit; `100 %` is a milestone.

    Raises: Refusal("target_amount"), Refusal("target_not_positive").
    """
    found = AMOUNT.fullmatch(_bare(text))
    measure = " ".join(found[2].split()) if found else ""
    if found is None or len(measure) > MEASURE_AT_MOST:
        raise Refusal("target_amount")
    try:
        planned = numbers.number(found[1].rstrip(".,"))
    except BadCell:
        raise Refusal("target_amount") from None
    if planned <= 0:
        raise Refusal("target_not_positive")
    return planned, "persen" if measure == "%" else measure


def end(text: str, today: date) -> date:
    """Raises: Refusal("target_date")."""
    found = deadline(_bare(text), today)
    if found is None:
        raise Refusal("target_date")
    return found
