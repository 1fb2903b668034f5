"""Link one activity to one of the person's targets, or say which ones to ask about.

Every word of the activity votes for the targets it fits (`votes`). The best target is linked only when the words are
mainly about it and nothing speaks as clearly for another one: a wrong link is worse than a question.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from models.reading import codes
from models.reading.synonyms import thesaurus
from models.reading.terms import GENERIC, ORDINARY
from models.reading.types import Link, TargetLine
from models.reading.unit_names import counts_as
from models.reading.votes import ASIDE, Vote, votes

# Thresholds were chosen where precision stays put when they move, not where it peaks.
_LEAST_SCORE, _LEAST_SHARE, _LEAST_FIT, _LEAST_LEAD = 0.4, 0.4, 0.4, 0.3
_MOST_AGAINST = 0.42
"""What speaks for another target may be so much of what speaks for the best one."""
_OTHER_DEED = 0.5
"""A deed that fits another target so much better makes the link unsure."""
_HEAD, _HEAD_SHARE, _HEAD_LEAD, _OTHER_HEAD = 0.9, 0.2, 0.15, 0.85
"""When the first word is the head of a title, less of the rest has to fit."""
_FULL_FIT = 0.83
_UNIT_BONUS = 0.25
_UNHEEDED_DEED = 0.5
_RIVAL_ASIDE = 0.6
"""A word that says where or with whom counts less for the best target than against it."""


@dataclass(frozen=True, slots=True)
class _Case:
    """The votes for all targets and the order they give; `by_unit` is the only target with the unit that was said."""

    votes: tuple[Vote, ...]
    order: tuple[int, ...]
    scores: tuple[float, ...]
    by_unit: int | None

    @property
    def best(self) -> int:
        return self.order[0]


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
    case = _weigh(text, quantity, unit, tuple((expanded(target.title, words), target.unit) for target in targets))
    candidates = tuple(targets[i].code for i in case.order)
    if found := codes.find_code(description, candidates):
        others = tuple(code for code in candidates if code != found.code)
        return Link(found.code, "code", (), (found.code, *others)) if found.code else Link(None, "", (), candidates)
    if not _is_sure(case):
        return Link(None, "", (), candidates)
    matched = dict.fromkeys(vote.term.word for vote in case.votes if vote.fits[case.best] >= _LEAST_FIT)
    decided_by_unit = case.by_unit == case.best and not _is_sure(_without_unit(case))
    return Link(candidates[0], "unit" if decided_by_unit else "words", tuple(matched), candidates)


def expanded(text: str, words: Mapping[str, str] | None) -> str:
    """The text with every abbreviation in `words` followed by what it stands for."""
    if not words:
        return text
    pattern = _any_of(tuple(words))
    full = {short.lower(): words[short] for short in words}
    return pattern.sub(lambda match: f"{match.group()} {full[match.group().lower()]}", text)


@lru_cache(maxsize=256)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def _weigh(text: str, quantity: float | None, unit: str | None, targets: tuple[tuple[str, str | None], ...]) -> _Case:
    cast = tuple(votes(text, unit, targets))
    scores = [0.0] * len(targets)
    for vote in cast:
        if top := max(vote.fits):
            rivals = sum((fit / top) ** 2 for fit in vote.fits)
            for i, fit in enumerate(vote.fits):
                scores[i] += vote.weight * fit * (fit / top) / rivals
    holders = [
        i for i, (_, own) in enumerate(targets) if own and unit and quantity is not None and counts_as(unit, own)
    ]
    by_unit = holders[0] if len(holders) == 1 else None
    if by_unit is not None:
        scores[by_unit] += _UNIT_BONUS
    order = tuple(sorted(range(len(targets)), key=lambda i: -scores[i]))
    return _Case(cast, order, tuple(scores), by_unit)


def _without_unit(case: _Case) -> _Case:
    scores = tuple(score - _UNIT_BONUS * (i == case.by_unit) for i, score in enumerate(case.scores))
    order = tuple(sorted(range(len(scores)), key=lambda i: -scores[i]))
    return _Case(case.votes, order, scores, None)


def _is_sure(case: _Case) -> bool:
    best = case.best
    grounding = max((vote.fits[best] for vote in case.votes if vote.grounds[best]), default=0.0)
    if grounding < _LEAST_FIT or _is_other_work(case) or _other_deed(case) > _OTHER_DEED:
        return False
    against, lead = _rivalry(case)
    if against > _MOST_AGAINST:
        return False
    share = _share(case)
    if _opens_with_head(case) and share >= _HEAD_SHARE and lead >= _HEAD_LEAD:
        return True
    return case.scores[best] >= _LEAST_SCORE and share >= _LEAST_SHARE and lead >= _LEAST_LEAD


def _share(case: _Case) -> float:
    """How much of what the words say the best target covers; a deed that fits nothing says little."""
    said = covered = 0.0
    for vote in case.votes:
        unheeded = vote.term.deeds and max(vote.fits) < 0.2
        said += vote.weight * (_UNHEEDED_DEED if unheeded else 1)
        covered += vote.weight * min(1.0, vote.fits[case.best] / _FULL_FIT)
    return covered / said if said else 0.0


def _rivalry(case: _Case) -> tuple[float, float]:
    """The most that speaks against the best target, as a part of what speaks for it, and its smallest lead.

    Words that fit both alike say nothing.
    """
    against, lead = 0.0, float("inf")
    for rival in case.order[1:]:
        pro = _UNIT_BONUS if case.by_unit == case.best else 0.0
        con = _UNIT_BONUS if case.by_unit == rival else 0.0
        for vote in case.votes:
            difference = vote.fits[case.best] - vote.fits[rival]
            if difference > 0:
                pro += vote.weight * difference
            else:
                con -= vote.weight * (_RIVAL_ASIDE / ASIDE if vote.term.aside else 1) * difference
        against = max(against, con / pro if pro else float("inf"))
        lead = min(lead, pro - con)
    return against, lead


def _is_other_work(case: _Case) -> bool:
    """Whether it is a meeting, a parade, a lecture …, which the best target does not name."""
    asides = thesaurus().asides
    return any(vote.term.stem in asides and not vote.term.aside and vote.fits[case.best] < 0.5 for vote in case.votes)


def _other_deed(case: _Case) -> float:
    """How much better what is done fits some other target."""
    deed = next((vote for vote in case.votes if vote.term.deeds and vote.term.stem not in thesaurus().light), None)
    return max(deed.fits) - deed.fits[case.best] if deed else 0.0


def _opens_with_head(case: _Case) -> bool:
    """Whether the first word that says something is the head of the best target's title, and of no other."""
    telling = (vote for vote in case.votes if vote.term.weight > GENERIC and vote.term.stem not in thesaurus().light)
    first = next(telling, None)
    if first is None or first.term.weight < ORDINARY or not first.grounds[case.best]:
        return False
    return first.fits[case.best] >= _HEAD and sum(fit >= _OTHER_HEAD for fit in first.fits) == 1
