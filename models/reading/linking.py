"""Link one activity to one of the person's targets, or say which ones to ask about.

Every word of the activity votes for the targets it fits (`votes`). The best target is linked only when the words are
mainly about it and nothing speaks as clearly for another one: a wrong link is worse than a question.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from models.reading import codes
from models.reading.certainty import LEAST_FIT, is_sure
from models.reading.types import Link, TargetLine
from models.reading.weighing import weigh, without_unit


def link(
    description: str,
    quantity: float | None,
    unit: str | None,
    targets: Sequence[TargetLine],
    *,
    words: Mapping[str, str] | None = None,
) -> Link:
    """The target that the activity serves, by its code or by its words; `words` are the agency's own abbreviations.

    An explicit code that no target has gives no link. `candidates` holds all codes, the most plausible first.
    """
    if not targets:
        return Link()
    text = expanded(description, words)
    case = weigh(text, quantity, unit, tuple((expanded(target.title, words), target.unit) for target in targets))
    candidates = tuple(targets[i].code for i in case.order)
    if found := codes.find_code(description, candidates):
        others = tuple(code for code in candidates if code != found.code)
        return Link(found.code, "code", (), (found.code, *others)) if found.code else Link(None, "", (), candidates)
    if not is_sure(case):
        return Link(None, "", (), candidates)
    matched = dict.fromkeys(vote.term.word for vote in case.votes if vote.fits[case.best] >= LEAST_FIT)
    decided_by_unit = case.by_unit == case.best and not is_sure(without_unit(case))
    return Link(candidates[0], "unit" if decided_by_unit else "words", tuple(matched), candidates)


def expanded(text: str, words: Mapping[str, str] | None) -> str:
    """The text with every abbreviation in `words` followed by what it stands for."""
    if not words:
        return text
    pattern = _any_of(tuple(words))
    full = {short.lower(): words[short] for short in words}
    return pattern.sub(lambda match: f"{match.group()} {full.get(match.group().lower(), '')}", text)


@lru_cache(maxsize=256)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
