"""What the appraiser's card asks: which entry, how much of it, and which rating."""

from handlers.appraisal_words import creativity_of, entry_of, part_of, rating_of
from handlers.screens import Button, Rows, in_rows
from handlers.texts import Html, Words
from handlers.wording import short
from models.appraisal_dossier import (
    ADDITIONAL,
    BEHAVIOUR,
    COST,
    CREATIVITY,
    NO_CREATION,
    RESULT_RATING,
    STRUCTURAL,
    Dossier,
    Missing,
    asked_of_appraiser,
)
from models.scoring.permenpanrb6 import Rating
from models.scoring.pp46 import Creativity

MAIN, ENTRIES = "main", "entries"
ENTRIES_SHOWN = 16
STEPS = ("40", "50", "60", "70", "80", "90", "100")
"""Even steps of the scale: none of them is proposed."""
COUNTS = ("0", "1", "2", "3", "4", "5", "6", "7")


def turns(place: int, total: int, verb: str, prefix: str = "") -> Rows:
    """Back and forth; nothing when there is one page."""
    if total < 2:
        return ()
    before, after = (place - 1) % total, (place + 1) % total
    return ((Button("‹", verb, f"{prefix}{before}"), Button(f"{place + 1}/{total} ›", verb, f"{prefix}{after}")),)


def to_main(w: Words) -> tuple[Button, ...]:
    return (Button(w.plain("‹ Back"), "turn", MAIN),)


def entries(w: Words, dossier: Dossier, place: int) -> tuple[list[str], Rows]:
    every = list(enumerate(asked_of_appraiser(dossier)))
    total = -(-len(every) // ENTRIES_SHOWN)
    place %= total
    here = every[place * ENTRIES_SHOWN : (place + 1) * ENTRIES_SHOWN]
    lines: list[str] = [
        w.t("{part}: {entry}", part=part_of(w, one).capitalize(), entry=short(entry_of(w, dossier, one), 150))
        for _, one in here
    ]
    keys = [Button(part_of(w, one).capitalize(), "ask", str(n)) for n, one in here]
    rows = (*in_rows(keys, each=2), *turns(place, total, "turn", f"{ENTRIES}."), to_main(w))
    return [*lines, "", w.t("What shall be entered or changed?")], rows


def ratings(w: Words, dossier: Dossier, which: str) -> tuple[list[str], Rows]:
    sentence = (
        w.t("How are the <b>results</b> of this period, against what was expected?")
        if which == RESULT_RATING
        else w.t("How was the <b>behaviour</b> in this period, against what was expected?")
    )
    chosen = getattr(dossier, which)
    rows: Rows = tuple(
        (Button(("✓ " if rating is chosen else "") + rating_of(w, rating).capitalize(), "rate", f"{which}.{rating}"),)
        for rating in Rating
    )
    note = w.t("You choose; Harian proposes nothing. The evidence is under “Details”.")
    return [sentence, note], (*rows, to_main(w))


def question(w: Words, dossier: Dossier, one: Missing) -> tuple[list[str], Rows]:
    keys: list[Button] = []
    if one.about == STRUCTURAL:
        sentence = w.t("Is this a structural post? Only then leadership is marked.")
        keys = [Button(w.plain("Yes"), "enter", "1"), Button(w.plain("No"), "enter", "0")]
    elif one.about == ADDITIONAL:
        sentence = w.t("How many <b>additional tasks</b> were carried out in this period? Tap, or type a number.")
        keys = [Button(n, "enter", n) for n in COUNTS]
    elif one.about == CREATIVITY:
        sentence = w.t("Was there an acknowledged <b>creation</b>, and of use to whom?")
        kinds = (NO_CREATION, *Creativity)
        return [sentence], (
            *((Button(creativity_of(w, kind).capitalize(), "enter", kind),) for kind in kinds),
            to_main(w),
        )
    elif one.about == COST:
        sentence = _cost(w, dossier, one)
    else:
        aspect = part_of(w, one)
        sentence = w.t("Mark for <b>{aspect}</b>, 0 to 100? Tap, or type a number.", aspect=aspect)
        keys = [Button(n, "enter", n) for n in STEPS]
    return [sentence], (*in_rows(keys, each=8), to_main(w))


def _cost(w: Words, dossier: Dossier, one: Missing) -> Html:
    goal = next(goal for goal in dossier.goals if goal.target_id == one.target_id)
    return w.t(
        "{target}: what was spent in this period, in rupiah? Planned: Rp {planned}. Type the amount.",
        target=short(f"{goal.code} · {goal.title}", 100),
        planned=w.number(goal.cost_owed or 0),
    )


def is_typed(one: Missing) -> bool:
    """Whether a number may be typed for it."""
    return one.about in (ADDITIONAL, COST) or one.about.startswith(BEHAVIOUR)
