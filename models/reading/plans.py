"""Which targets an announced plan is about: 'besok lanjut laporan evaluasi dan arsip surat'. Only what is certain."""

import re
from collections.abc import Mapping, Sequence

from models.reading.linking import link
from models.reading.memory import Remembered, recall
from models.reading.types import TargetLine

_PIECES = re.compile(r"[;\n]")
_PARTS = re.compile(r",|\b(?:dan|serta|lalu|kemudian|and|then)\b", re.IGNORECASE)
_OPENING = re.compile(
    r"^(?:\W*\b(?:rencana(?:nya)?|besok|esok|bsk|hari|ini|sisanya|lanjut(?:kan)?|dilanjut(?:kan)?|melanjutkan|akan|mau|"
    r"saya|masih|lagi|plan|tomorrow|continue|rest|the)\b\W*)+",
    re.IGNORECASE,
)


def targets_in(
    plan: str, targets: Sequence[TargetLine], *, words: Mapping[str, str], known: Sequence[Remembered]
) -> tuple[str, ...]:
    """Codes of the targets a plan is certainly about, in the order in which it names them."""
    found: dict[str, None] = {}
    for piece in _PIECES.split(plan):
        parts = [code for part in _PARTS.split(piece) if (code := _target(part, targets, words, known))]
        found |= dict.fromkeys(parts or filter(None, [_target(piece, targets, words, known)]))
    return tuple(found)


def _target(text: str, targets: Sequence[TargetLine], words: Mapping[str, str], known: Sequence[Remembered]) -> str:
    """The code a piece names, that was chosen for its wording before, or that its words say; empty when unsure."""
    said = _OPENING.sub("", text).strip(" .:-*•")
    if not said:
        return ""
    codes = {target.code.lower(): target.code for target in targets}
    if said.lower() in codes:
        return codes[said.lower()]
    linked = link(said, None, None, targets, words=words)
    if linked.why != "code" and (recalled := recall(said, known)) is not None:
        return codes.get(recalled.target_code.lower(), "")
    return linked.target or ""
