"""The names of an appraisal's parts: periods, aspects, ratings, and what is missing."""

from collections.abc import Mapping

from babel.dates import format_date

from handlers.texts import Words
from models.appraisal_dossier import (
    ADDITIONAL,
    BEHAVIOUR,
    BEHAVIOUR_RATING,
    COST,
    CREATIVITY,
    MARKS,
    NO_CREATION,
    NO_TARGET,
    RESULT_RATING,
    STRUCTURAL,
    VALUE,
    Dossier,
    Missing,
    computed,
    predicate_of,
)
from models.appraisal_periods import Period
from models.scoring.permenpanrb6 import CoreValue, Predicate, Rating
from models.scoring.pp46 import Behaviour, Category, Creativity

ROMAN = ("I", "II", "III", "IV")


def period_of(w: Words, period: Period) -> str:
    """`tahun 2026`, `triwulan III 2026`, `November 2026`"""
    year = str(period.starts_on.year)
    if period.is_year:
        return w.plain("year {year}", year=year)
    if period.quarter:
        return w.plain("quarter {number} of {year}", number=ROMAN[period.quarter - 1], year=year)
    return str(format_date(period.starts_on, "MMMM y", locale=w.language))


def scheme_of(w: Words, dossier_scheme: str) -> str:
    return {"pp46": "PP 46/2011"}.get(dossier_scheme, "PermenPANRB 6/2022")


def aspect_of(w: Words, aspect: str) -> str:
    """Of behaviour, under PP 46."""
    names: Mapping[str, str] = {
        Behaviour.SERVICE_ORIENTATION: w.plain("service orientation"),
        Behaviour.INTEGRITY: w.plain("integrity"),
        Behaviour.COMMITMENT: w.plain("commitment"),
        Behaviour.DISCIPLINE: w.plain("discipline"),
        Behaviour.COOPERATION: w.plain("cooperation"),
        Behaviour.LEADERSHIP: w.plain("leadership"),
    }
    return names[aspect]


def value_of(w: Words, value: str) -> str:
    """BerAKHLAK."""
    names: Mapping[str, str] = {
        CoreValue.SERVICE_ORIENTED: w.plain("Service-oriented"),
        CoreValue.ACCOUNTABLE: w.plain("Accountable"),
        CoreValue.COMPETENT: w.plain("Competent"),
        CoreValue.HARMONIOUS: w.plain("Harmonious"),
        CoreValue.LOYAL: w.plain("Loyal"),
        CoreValue.ADAPTIVE: w.plain("Adaptive"),
        CoreValue.COLLABORATIVE: w.plain("Collaborative"),
    }
    return names[value]


def rating_of(w: Words, rating: Rating | None) -> str:
    names: Mapping[Rating, str] = {
        Rating.ABOVE: w.plain("above expectation"),
        Rating.AS_EXPECTED: w.plain("as expected"),
        Rating.BELOW: w.plain("below expectation"),
    }
    return w.plain("not chosen yet") if rating is None else names[rating]


def category_of(w: Words, category: Category) -> str:
    names: Mapping[Category, str] = {
        Category.VERY_GOOD: w.plain("Very good"),
        Category.GOOD: w.plain("Good"),
        Category.FAIR: w.plain("Fair"),
        Category.POOR: w.plain("Poor"),
        Category.BAD: w.plain("Bad"),
    }
    return names[category]


def predicate_in_words(w: Words, predicate: Predicate) -> str:
    names: Mapping[Predicate, str] = {
        Predicate.VERY_GOOD: w.plain("Very good"),
        Predicate.GOOD: w.plain("Good"),
        Predicate.NEEDS_IMPROVEMENT: w.plain("Needs improvement"),
        Predicate.POOR: w.plain("Poor"),
        Predicate.VERY_POOR: w.plain("Very poor"),
    }
    return names[predicate]


def creativity_of(w: Words, creativity: str) -> str:
    names: Mapping[str, str] = {
        NO_CREATION: w.plain("none"),
        Creativity.UNIT: w.plain("of use to the unit"),
        Creativity.AGENCY: w.plain("of use to the agency"),
        Creativity.NATION: w.plain("of use to the nation"),
    }
    return names[creativity]


def part_of(w: Words, one: Missing) -> str:
    """What an entry, or a gap, is about."""
    if one.about.startswith(BEHAVIOUR):
        return aspect_of(w, one.about.removeprefix(BEHAVIOUR))
    if one.about.startswith(VALUE):
        return value_of(w, one.about.removeprefix(VALUE))
    names = {
        STRUCTURAL: w.plain("structural post"),
        ADDITIONAL: w.plain("additional tasks"),
        CREATIVITY: w.plain("creativity"),
        COST: w.plain("cost of {code}", code=one.code),
        MARKS: w.plain("quality marks of {code}", code=one.code),
        NO_TARGET: w.plain("an agreed target in this period"),
        RESULT_RATING: w.plain("rating of results"),
        BEHAVIOUR_RATING: w.plain("rating of behaviour"),
    }
    return names[one.about]


def entry_of(w: Words, dossier: Dossier, one: Missing) -> str:
    """What was entered; a dash for nothing."""
    if one.about == STRUCTURAL and dossier.structural is not None:
        return w.plain("Yes") if dossier.structural else w.plain("No")
    if one.about == CREATIVITY and dossier.creativity is not None:
        return creativity_of(w, dossier.creativity)
    if one.about.startswith(VALUE):
        return dossier.values.get(one.about.removeprefix(VALUE), "–")
    if one.about == ADDITIONAL:
        return "–" if dossier.additional is None else str(dossier.additional)
    behaviour = dossier.behaviour.get(one.about.removeprefix(BEHAVIOUR))
    value = dossier.costs.get(one.target_id) if one.about == COST and one.target_id else behaviour
    if value is None:
        return "–"
    return f"Rp {w.number(value)}" if one.about == COST else w.number(value)


def result_of(w: Words, dossier: Dossier) -> str | None:
    """`87,88 – Baik`, or the predicate; None while something is missing."""
    if dossier.scheme == "pp46":
        whole = computed(dossier).whole
        if whole.score is None or whole.category is None:
            return None
        return f"{w.number(whole.score)} – {category_of(w, whole.category)}"
    predicate = predicate_of(dossier)
    return None if predicate is None else predicate_in_words(w, predicate)
