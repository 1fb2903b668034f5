"""A mark as people type it: `85`, `85 %`, `85/100`, and with a remark: `85 rapi sekali`."""

import re
from dataclasses import dataclass
from decimal import Decimal

_MARK = re.compile(r"(\d{1,9})(?:[.,](\d+))?(?:\s?%|\s?/\s?100(?!\d))?(?:\s*[-–—:;,.]\s*|\s+|$)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TypedMark:
    """The number as typed, which need not be a mark from 0 to 100."""

    number: Decimal
    remark: str


def mark_in(text: str) -> TypedMark | None:
    """None for a text that does not begin with a number."""
    found = _MARK.fullmatch(text.strip())
    if found is None:
        return None
    return TypedMark(Decimal(f"{found[1]}.{found[2] or 0}"), found[3].strip())
