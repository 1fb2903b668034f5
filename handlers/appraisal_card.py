"""The appraiser's card: the people, one person's appraisal, what is still to be entered, and the calculation."""

from dataclasses import dataclass
from datetime import date, datetime

from handlers import appraisal_list, appraisal_questions
from handlers.appraisal_pages import pages, summary
from handlers.appraisal_questions import ENTRIES, MAIN, to_main, turns
from handlers.appraisal_words import period_of, result_of, scheme_of
from handlers.screens import Button, Rows, Screen
from handlers.texts import Words, words
from handlers.wording import short
from models import appraisal_facts, appraisals, employees
from models.appraisal_dossier import (
    BEHAVIOUR_RATING,
    RESULT_RATING,
    Dossier,
    Missing,
    asked_of_appraiser,
    is_entered,
    load,
    missing,
)
from models.appraisals import Appraisal, AppraisalDecision
from models.database import Session
from models.employees import Employee
from models.outbox import Message

LINES, ASK, RATE = "lines", "ask", "rate"


@dataclass(frozen=True, slots=True)
class Shown:
    """One person's appraisal, as it is drawn."""

    w: Words
    employee: Employee
    appraisal: Appraisal
    dossier: Dossier
    decision: AppraisalDecision | None
    appraiser: Employee | None
    """Who decided last."""
    decided_on: date | None
    today: date

    @property
    def is_decided(self) -> bool:
        """Whether the decision rests on what is so now."""
        return self.decision is not None and load(self.decision.dossier) == self.dossier

    @property
    def is_given_back(self) -> bool:
        """After an objection; it may be decided anew as it is, too."""
        return self.decision is not None and self.decision.upheld is False


async def appraisal_card(session: Session, card: Message, now: datetime) -> Screen:
    person = await session.get_one(Employee, card.employee_id)
    today = now.astimezone(await employees.zone_of(session, person)).date()
    at = card.arguments.get("at")
    appraisal = await session.get(Appraisal, at) if at is not None else None
    if appraisal is None:
        return await appraisal_list.people_screen(session, card, person, today)
    employee = await session.get_one(Employee, appraisal.employee_id)
    w = words(person.language)
    if not await appraisals.may_appraise(session, person, employee, on=today):
        return Screen(w.t("This person is not yours to appraise today."), (_back(w, card),))
    return await _person(session, w, card, employee, appraisal, today)


async def _person(
    session: Session, w: Words, card: Message, employee: Employee, appraisal: Appraisal, today: date
) -> Screen:
    decision = await appraisals.decision_of(session, appraisal.id)
    decider = await session.get_one(Employee, decision.appraiser_id) if decision else None
    dossier = await appraisal_facts.dossier_of(session, appraisal)
    decided_on = decision.decided_at.astimezone(await employees.zone_of(session, employee)).date() if decision else None
    shown = Shown(w, employee, appraisal, dossier, decision, decider, decided_on, today)
    view, _, rest = str(card.arguments.get("view", MAIN)).partition(".")
    place = int(rest) if rest.isdecimal() else 0
    if view == LINES:
        lines, rows = _calculation(shown, place)
    elif view == ENTRIES:
        lines, rows = appraisal_questions.entries(w, dossier, place)
    elif view == RATE and rest in (RESULT_RATING, BEHAVIOUR_RATING):
        lines, rows = appraisal_questions.ratings(w, dossier, rest)
    elif view == ASK and (one := asked(card)) is not None:
        lines, rows = appraisal_questions.question(w, dossier, one)
    else:
        lines, rows = _main(shown, card)
    return Screen("\n".join([*_heading(shown), *lines]), rows, ((appraisal.id, appraisal.revision),))


def asked(card: Message) -> Missing | None:
    """What the card asks the appraiser about."""
    found = card.arguments.get("asked")
    return Missing(*found) if found else None


def _back(w: Words, card: Message) -> tuple[Button, ...]:
    return (Button(w.plain("‹ Everybody"), "people", str(card.arguments.get("page", 0))),)


def _heading(shown: Shown) -> list[str]:
    w = shown.w
    period = period_of(w, shown.appraisal.period)
    return [
        w.t("<b>{name}</b> – appraisal of {period}", name=shown.employee.name, period=period),
        w.t(
            "{position} · {scheme}",
            position=short(shown.employee.position or "–", 80),
            scheme=scheme_of(w, shown.dossier.scheme),
        ),
        "",
    ]


def _main(shown: Shown, card: Message) -> tuple[list[str], Rows]:
    w, dossier = shown.w, shown.dossier
    lines = [*summary(w, dossier), *_standing(shown)]
    rows: list[tuple[Button, ...]] = []
    if dossier.scheme == appraisals.PP46:
        open_ = sum(1 for one in asked_of_appraiser(dossier) if not is_entered(dossier, one))
        if open_:
            rows.append((Button(w.plain("✏️ Enter what is missing ({count})", count=open_), "fill"),))
        rows.append((Button(w.plain("Change entries"), "turn", ENTRIES),))
    else:
        rates = [(w.plain("Results"), RESULT_RATING), (w.plain("Behaviour"), BEHAVIOUR_RATING)]
        rows.append(tuple(Button(label, "turn", f"{RATE}.{which}") for label, which in rates))
        rows.append((Button(w.plain("Remarks on core values"), "turn", ENTRIES),))
    rows.append((Button(w.plain("Details"), "turn", f"{LINES}.0"),))
    result = None if missing(dossier) else result_of(w, dossier)
    if result is not None and (not shown.is_decided or shown.is_given_back):
        rows.append((Button(w.plain("✅ Decide: {result}", result=result), "decide", dossier.digest()),))
    return lines, (*rows, _back(w, card))


def _standing(shown: Shown) -> list[str]:
    """Whether and by whom it was decided."""
    w, decision = shown.w, shown.decision
    early = [w.t("This period has not ended yet.")] if shown.today <= shown.appraisal.ends_on else []
    if decision is None or shown.appraiser is None or shown.decided_on is None:
        return [*early]
    day = w.short_day(shown.decided_on)
    lines: list[str] = [*early, "", w.t("Decided on {day} by {name}.", day=day, name=shown.appraiser.name)]
    if not shown.is_decided:
        was = result_of(w, load(decision.dossier))
        lines.append(w.t("Then: {result}. Something has changed since; it counts once it is decided.", result=was))
    if shown.is_given_back:
        lines.append(w.t("Given back after an objection: <i>{answer}</i>", answer=decision.answer or "–"))
    return lines


def _calculation(shown: Shown, place: int) -> tuple[list[str], Rows]:
    every = pages(shown.w, shown.dossier)
    place %= len(every)
    return every[place], (*turns(place, len(every), "turn", f"{LINES}."), to_main(shown.w))
