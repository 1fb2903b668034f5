"""Whether the words are mainly about the best target, and nothing speaks as clearly for another one."""

from dataclasses import replace

from models.reading.synonyms import thesaurus
from models.reading.terms import GENERIC, ORDINARY
from models.reading.votes import ASIDE
from models.reading.weighing import UNIT_BONUS, Case

# Thresholds were chosen where precision stays put when they move, not where it peaks.
_LEAST_SCORE, _LEAST_SHARE, LEAST_FIT, _LEAST_LEAD = 0.4, 0.4, 0.35, 0.3
_SHARE_BESIDE_OTHER, _HALF_FIT = 0.5, 0.5
_MOST_AGAINST = 0.42
"""What speaks for another target may be so much of what speaks for the best one."""
_OTHER_DEED = 0.65
"""A deed that fits another target so much better makes the link unsure."""
_HEAD, _HEAD_SHARE, _HEAD_LEAD, _OTHER_HEAD = 0.9, 0.2, 0.15, 0.85
"""When the first word is the head of a title, less of the rest has to fit."""
_FULL_FIT = 0.83
_UNHEEDED_DEED = 0.5
"""A deed that fits no target counts only so much of what was said."""
_HINT_FIT, _HINT_OTHER = 0.35, 0.2
_OBJECT, _LEAST_OBJECT_FIT = 0.45, 0.2
_HEAD_NOUN, _MODIFIER, _RIVAL_MODIFIER = 0.55, 0.35, 0.7
"""From a noun that fits so well on, what follows counts only so much: if it fits nothing, if it fits a rival."""
_TOPIC_FIT, _WHOLLY = 0.75, 0.75
"""How well a topic fits before which work of another kind is pardoned; how much of a meeting must be about a target."""
_RIVAL_LIGHT = 0.5
"""A verb that says little, as "menyusun", counts only so much for a rival."""
_RIVAL_ASIDE = 0.6
"""A word that says where or with whom counts less for the best target than against it."""


def is_sure(case: Case) -> bool:
    """Whether the best target of the case may be linked without asking."""
    if not _is_grounded(case) or _is_other_work(case) or _other_deed(case) > _OTHER_DEED:
        return False
    against, lead = _rivalry(case)
    if against > _MOST_AGAINST:
        return False
    share = _share(case)
    if _opens_with_head(case) and share >= _HEAD_SHARE and lead >= _HEAD_LEAD:
        return True
    least = _SHARE_BESIDE_OTHER if _speaks_of_other(case) else _LEAST_SHARE
    return case.scores[case.best] >= _LEAST_SCORE and share >= least and lead >= _LEAST_LEAD


def _speaks_of_other(case: Case) -> bool:
    """Whether a single word is reason to think of the best target, after another, known one that has no part in it.

    "Editing foto" need not be "peliputan dan dokumentasi".
    """
    votes = [vote for vote in case.votes if not vote.term.aside]
    reasons = [i for i, vote in enumerate(votes) if vote.grounds[case.best] and vote.fits[case.best] >= LEAST_FIT]
    return len(reasons) == 1 and any(
        vote.term.weight > GENERIC
        and vote.term.families
        and not vote.term.deeds
        and not vote.term.light
        and vote.fits[case.best] <= _HALF_FIT
        for vote in votes[: reasons[0]]
    )


def _is_grounded(case: Case) -> bool:
    """Whether some word is reason enough to think of the best target, or two hint at it and at no other."""
    best = case.best
    if any(vote.grounds[best] and vote.fits[best] >= LEAST_FIT for vote in case.votes):
        return True
    hints = [
        vote for vote in case.votes if vote.fits[best] >= _HINT_FIT and not vote.term.deeds and not vote.term.aside
    ]
    return sum(sum(fit > _HINT_OTHER for fit in vote.fits) == 1 for vote in hints) > 1


def _share(case: Case) -> float:
    """How much of what the words say the best target covers; a deed that fits nothing says little."""
    said = covered = 0.0
    heads = _head_place(case)
    for place, vote in enumerate(case.votes):
        fit = vote.fits[case.best]
        unheeded = max(vote.fits) < 0.2
        said += vote.weight * (
            _UNHEEDED_DEED if unheeded and vote.term.deeds else _MODIFIER if unheeded and place > heads else 1
        )
        covered += vote.weight * min(1.0, fit / _FULL_FIT)
    return covered / said if said else 0.0


def _rivalry(case: Case) -> tuple[float, float]:
    """The most that speaks against the best target, as a part of what speaks for it, and its smallest lead.

    Words that fit both alike say nothing. What follows the head noun only qualifies it: "draf SOP backup" is about SOP.
    """
    best, heads = case.best, _head_place(case)
    against, lead = 0.0, float("inf")
    for rival in case.order[1:]:
        pro = UNIT_BONUS if case.by_unit == best else 0.0
        con = UNIT_BONUS if case.by_unit == rival else 0.0
        for place, vote in enumerate(case.votes):
            difference = vote.fits[best] - vote.fits[rival]
            if difference > 0:
                pro += vote.weight * difference
            elif vote.term.aside:
                con -= _RIVAL_ASIDE / ASIDE * vote.weight * difference
            elif vote.term.light:
                con -= _RIVAL_LIGHT * vote.weight * difference
            else:
                con -= (_RIVAL_MODIFIER if place > heads else 1) * vote.weight * difference
        against = max(against, con / pro if pro else float("inf"))
        lead = min(lead, pro - con)
    return against, lead


def _head_place(case: Case) -> int:
    """Where the first noun stands that means the best target's topic; past the end if none does."""
    anything = frozenset[str]() if case.open[case.best] else thesaurus().anything
    for place, vote in enumerate(case.votes):
        if vote.grounds[case.best] and vote.fits[case.best] >= _HEAD_NOUN and anything.isdisjoint(vote.term.deeds):
            return place
    return len(case.votes)


def _is_other_work(case: Case) -> bool:
    """Whether it is a meeting, a parade, a lecture …, which the best target does not name.

    "Dokumentasi upacara" is about documentation, and a meeting wholly about one target serves it.
    """
    known = thesaurus()
    for place, vote in enumerate(case.votes):
        if vote.term.stem in known.asides and not vote.term.aside and vote.fits[case.best] < 0.5:
            if any(
                other.grounds[case.best] and other.fits[case.best] >= _TOPIC_FIT and not other.term.deeds
                for other in case.votes[:place]
            ):
                continue
            rest = tuple(other for other in case.votes if other is not vote)
            follows = any(other.grounds[case.best] for other in case.votes[place + 1 :])
            about = follows and vote.term.stem in known.meetings and _share(replace(case, votes=rest)) >= _WHOLLY
            if not about:
                return True
    return False


def _other_deed(case: Case) -> float:
    """How much better what is done fits some other target, unless the best one's topic was said before."""
    for vote in case.votes:
        if vote.term.deeds and not vote.term.light:
            return max(vote.fits) - vote.fits[case.best]
        if vote.grounds[case.best] and vote.fits[case.best] >= _TOPIC_FIT:
            break
    return 0.0


def _opens_with_head(case: Case) -> bool:
    """Whether the first word that says something is the head of the best target's title, and of no other.

    A deed is no such head when what it was done to is something else: "periksa warung" is no "pemeriksaan air".
    """
    known = thesaurus()
    telling = [vote for vote in case.votes if vote.term.weight > GENERIC and not vote.term.light]
    first = telling[0] if telling else None
    if first is None or first.term.weight < ORDINARY or not first.grounds[case.best]:
        return False
    objects = [vote for vote in telling[1:] if not vote.term.aside and not vote.term.deeds and vote.weight >= _OBJECT]
    of_anything = not case.open[case.best] and not known.anything.isdisjoint(first.term.deeds)
    if of_anything and objects and max(vote.fits[case.best] for vote in objects) < _LEAST_OBJECT_FIT:
        return False
    return first.fits[case.best] >= _HEAD and sum(fit >= _OTHER_HEAD for fit in first.fits) == 1
