"""The people whom a supervisor appraises in a period, and what is missing for each."""

from datetime import date

from handlers.appraisal_words import part_of, period_of, result_of
from handlers.screens import Button, Rows, Screen, in_rows
from handlers.texts import Html, Words, words
from handlers.wording import short
from models import appraisal_periods, appraisal_states, appraisals, duty
from models.appraisal_periods import Period
from models.appraisal_states import Standing
from models.database import Session
from models.employees import Employee
from models.outbox import Message

AT_ONCE = 8
PERIODS_OFFERED = 4
YEAR_STAYS_UNTIL = 3
"""Month until which the year before is the one to be appraised."""


def usual_period(today: date) -> Period:
    return appraisal_periods.of_year(today.year - (today.month <= YEAR_STAYS_UNTIL))


async def people_screen(session: Session, card: Message, person: Employee, today: date) -> Screen:
    w = words(person.language)
    team = await duty.team_of(session, person, on=today)
    if not team:
        return Screen(w.t("Nobody reports to you at present."))
    period = appraisal_periods.from_code(card.arguments["period"])
    total = -(-len(team) // AT_ONCE)
    page = int(card.arguments.get("page", 0)) % total
    here = team[page * AT_ONCE : (page + 1) * AT_ONCE]
    lines: list[str] = [w.t("<b>Appraisal of {period}</b>", period=period_of(w, period)), ""]
    for n, employee in enumerate(here, page * AT_ONCE + 1):
        standing = await appraisal_states.of_person(session, employee, period, on=today)
        lines.append(w.t("{n}. {name} – {state}", n=n, name=employee.name, state=in_short(w, standing)))
    keys = [Button(str(n), "person", str(employee.id)) for n, employee in enumerate(here, page * AT_ONCE + 1)]
    turn: Rows = ()
    if total > 1:
        before, after = (page - 1) % total, (page + 1) % total
        turn = ((Button("‹", "people", str(before)), Button(f"{page + 1}/{total} ›", "people", str(after))),)
    others = await _other_periods(session, w, team, period, today)
    return Screen("\n".join([*lines, "", w.t("Whose appraisal?")]), (*in_rows(keys, each=4), *turn, *others))


def in_short(w: Words, standing: Standing) -> Html:
    """Decided, ready, or what is missing, in a line."""
    if standing.decision is not None:
        result = result_of(w, standing.dossier)
        return (
            w.t("✓ {result}; changed since", result=result) if standing.is_changed else w.t("✓ {result}", result=result)
        )
    gaps = [part_of(w, one) for one in standing.missing]
    if not gaps:
        return w.t("ready to be decided")
    if len(gaps) <= 2:
        return w.t("missing: {parts}", parts=short(w.listed(gaps), 80))
    return w.many(
        "missing: {parts} and one more thing",
        "missing: {parts} and {count} more things",
        len(gaps) - 2,
        parts=short(", ".join(gaps[:2]), 80),
    )


async def _other_periods(
    session: Session, w: Words, team: list[Employee], shown: Period, today: date
) -> tuple[tuple[Button, ...], ...]:
    opened = [one.period for one in await appraisals.of_people(session, [person.id for person in team])]
    offered = [appraisal_periods.of_year(today.year), usual_period(today), *opened]
    others = [code for code in dict.fromkeys(period.code for period in offered) if code != shown.code]
    keys = [
        Button(period_of(w, appraisal_periods.from_code(code)).capitalize(), "period", code)
        for code in others[:PERIODS_OFFERED]
    ]
    return in_rows(keys, each=2)


async def appraisers_of(session: Session, people: list[Employee], *, on: date) -> dict[int, Employee]:
    """Who is asked first to appraise any of these people."""
    found: dict[int, Employee] = {}
    for person in people:
        for appraiser in (await duty.reviewers_of(session, person, on=on))[:1]:
            found[appraiser.id] = appraiser
    return found
