"""How a supervisor's own marks of a week are spread: for their eyes only, and compared with nobody but themselves."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from handlers.quality_scale import no_result, scale
from handlers.screens import Button, Rows, Screen
from handlers.texts import Words, words
from models import employees, marking, marks, rounds
from models.database import Session
from models.employees import Employee
from models.marks import QualityMark
from models.outbox import Message
from models.results import monday_of
from models.scoring.spread import Compared, Spread, Trend, compare, spread

WEEKS_BEFORE = 4


async def marks_spread(session: Session, card: Message, now: datetime) -> Screen | None:
    reviewer = await session.get_one(Employee, card.employee_id)
    w, week = words(reviewer.language), date.fromisoformat(card.arguments["week"])
    given = await marks.given_by(session, reviewer.id, since=week - timedelta(weeks=WEEKS_BEFORE), until=week)
    own = spread(_values(given, week))
    if own is None:
        return None
    before = [_values(given, week - timedelta(weeks=n)) for n in range(WEEKS_BEFORE, 0, -1)]
    is_open = await rounds.marking_is_open(session, reviewer, week, now=now)
    lines: list[str] = [
        w.t("<b>Your own marks</b>, {span}", span=w.span(monday_of(week), week)),
        *_figures(w, own),
        *await _left_out(session, w, reviewer, week, given, now),
        "",
        *_advice(w, own, compare(own, before), is_open=is_open),
    ]
    rows: Rows = ((Button(w.plain("Look at the marks again"), "open_round"),),) if is_open else ()
    return Screen("\n".join(lines).rstrip(), rows)


def _values(given: Sequence[QualityMark], week: date) -> list[int]:
    return [row.mark for row in given if row.week_ends_on == week and row.mark is not None]


def _figures(w: Words, own: Spread) -> list[str]:
    if own.same is not None:
        return [w.t("{count} results marked, all with {mark}.", count=own.count, mark=own.same)]
    head = w.t(
        "{count} results marked: from {lowest} to {highest}, {median} in the middle.",
        count=own.count,
        lowest=own.lowest,
        highest=own.highest,
        median=w.number(own.median),
    )
    steps = zip(scale(w), own.bands, strict=True)
    return [head, *(w.t("• {words}: {count}", words=label, count=count) for (_, label), count in steps if count)]


async def _left_out(
    session: Session, w: Words, reviewer: Employee, week: date, given: Sequence[QualityMark], now: datetime
) -> list[str]:
    today = now.astimezone(await employees.zone_of(session, reviewer)).date()
    unmarked = len((await marking.of_reviewer(session, reviewer, week, on=today)).unmarked)
    none = sum(1 for row in given if row.week_ends_on == week and row.mark is None)
    lines = [w.t("• {words}: {count}", words=no_result(w), count=none)] if none else []
    return [*lines, w.t("Not marked: {count}", count=unmarked)] if unmarked else [*lines]


def _advice(w: Words, own: Spread, compared: Compared | None, *, is_open: bool) -> list[str]:
    """What may help; never a word about other superiors."""
    lines: list[str] = []
    if own.same is not None:
        lines.append(w.t("One mark for everything tells nobody what to improve."))
    elif max(own.bands) == own.count:
        lines.append(w.t("All results stand on the same step of the scale. Does that hold for each of them?"))
    if lines and is_open:
        lines.append(w.t("Will you look once more at the best and at the weakest?"))
    elif lines:
        lines.append(w.t("Next week, compare the best and the weakest before you mark."))
    if compared is not None:
        if compared.weeks_of_one > 1:
            lines.append(w.t("For {n} weeks in a row everything has got one mark.", n=compared.weeks_of_one))
        lines.append(_trend(w, compared))
    return lines


def _trend(w: Words, compared: Compared) -> str:
    values = {"median": w.number(compared.median), "count": compared.count}
    return {
        Trend.HIGHER: w.t("Higher than in your last weeks ({median} in the middle of {count} marks).", **values),
        Trend.LOWER: w.t("Lower than in your last weeks ({median} in the middle of {count} marks).", **values),
        Trend.ALIKE: w.t("Much as in your last weeks ({median} in the middle of {count} marks).", **values),
    }[compared.trend]
