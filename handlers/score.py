"""A person's own week: the score, target by target, and every line of its calculation."""

from datetime import date, datetime

from telegram import Update

from handlers.calculation import in_words, why_no_score
from handlers.context import Context
from handlers.screens import Button, Rows, Screen
from handlers.taps import Tap
from handlers.texts import Words, words
from handlers.wording import short
from models import cards, kinds, marks, outbox, summaries
from models import targets as cascade
from models.database import Session
from models.employees import Employee
from models.marks import QualityMark
from models.outbox import Message
from models.refusals import Refusal
from models.rounds import last_week
from models.scoring.weekly import PersonScore, State, TargetScore
from models.targets import Target

REMARK_SHOWN = 120
"""Characters of a remark at a glance; the calculation shows it whole."""


async def show_week(update: Update, context: Context) -> None:
    """`/nilai`: the last full week."""
    week = last_week(context.today)
    await context.show(cards.week(context.employee.id, week), kinds.WEEK, anew=True, week=week.isoformat(), at=None)


async def week_card(session: Session, card: Message, now: datetime) -> Screen:
    """The week at a glance, or with `at` the calculation of one target."""
    person = await session.get_one(Employee, card.employee_id)
    w = words(person.language)
    week = date.fromisoformat(card.arguments["week"])
    score = await summaries.person_week(session, person, week)
    shown = [one for one in score.targets if one.state not in (State.NOT_STARTED, State.ENDED)]
    titles = {target.code: target for target in await cascade.all_of(session, person.id)}
    given = await marks.of_week(session, [person.id], week)
    at = card.arguments.get("at")
    if at is not None and shown:
        return await _explained(session, w, score, shown, titles, given, at % (len(shown) + 1))
    lines: list[str] = [w.t("<b>Your week until {day}</b>", day=w.day(week)), _score(w, score)]
    clear = await summaries.person_clarity(session, person, week)
    if clear is not None:
        lines.append(w.t("Beside the score: focus chosen on {clear} of {of} days", clear=clear.clear, of=clear.of))
    lines.append("")
    for one in shown:
        lines += [_line(w, one, titles[one.code]), *_said(w, one, given.get(titles[one.code].id), REMARK_SHOWN)]
    rows: Rows = ((Button(w.plain("Why?"), "why", "0"),),) if shown else ()
    return Screen("\n".join(lines).rstrip(), rows)


def _score(w: Words, score: PersonScore) -> str:
    if score.score is None:
        return why_no_score(w, score.reason)
    return w.t("Score: <b>{score}</b> of 100", score=w.number(round(score.score, 1)))


def _line(w: Words, one: TargetScore, target: Target) -> str:
    title = short(target.title, 60)
    if one.state is State.NOT_DUE:
        return w.t("– {title}: not due yet", title=title)
    if one.state is State.UNTOUCHED:
        return w.t("○ {title}: nothing approved yet", title=title)
    quantity = w.number(round(one.quantity, 0)) if one.quantity is not None else "–"
    if one.state is State.NONE_WORTHY:
        return w.t("◌ {title}: quantity {quantity}, no result worth marking", title=title, quantity=quantity)
    if one.state is State.UNMARKED:
        return w.t("◌ {title}: quantity {quantity}, quality not marked yet", title=title, quantity=quantity)
    result = w.number(round(one.result, 1)) if one.result is not None else "–"
    quality = w.number(round(one.quality, 0)) if one.quality is not None else "–"
    return w.t(
        "• {title}: {result} (quantity {quantity}, quality {quality})",
        title=title,
        result=result,
        quantity=quantity,
        quality=quality,
    )


def _said(w: Words, one: TargetScore, mark: QualityMark | None, at_most: int) -> list[str]:
    """What the superior said of this week's results beside a number."""
    if mark is None:
        return []
    lines: list[str] = []
    if mark.mark is None and one.state is State.COUNTED:
        lines.append(w.t("  This week: no result worth marking"))
    if mark.remark:
        lines.append(w.t("  💬 {remark}", remark=short(mark.remark, at_most)))
    return lines


async def _explained(
    session: Session,
    w: Words,
    score: PersonScore,
    shown: list[TargetScore],
    titles: dict[str, Target],
    given: dict[int, QualityMark],
    at: int,
) -> Screen:
    """One target's calculation; the page after the last shows how the targets make the score."""
    if at == len(shown):
        lines: list[str] = [w.t("<b>How your score comes about</b>"), *(in_words(w, line) for line in score.lines)]
        if score.score is None:
            lines.append(why_no_score(w, score.reason))
    else:
        target = titles[shown[at].code]
        goal = await cascade.serves(session, target)
        lines = [w.t("<b>{title}</b>", title=short(f"{target.code} · {target.title}", 150))]
        if goal is not None:
            lines.append(w.t("Serves: {goal}", goal=short(goal.title, 120)))
        lines += ["", *(in_words(w, line) for line in shown[at].lines)]
        mark = given.get(target.id)
        if mark is not None and mark.remark:
            lines += ["", w.t("Your superior's remark: {remark}", remark=mark.remark)]
    pages = len(shown) + 1
    turn = (
        Button("‹", "why", str((at - 1) % pages)),
        Button(f"{at + 1}/{pages} ›", "why", str((at + 1) % pages)),
    )
    return Screen("\n".join(lines), (turn, (Button(w.plain("‹ Back"), "why", "back"),)))


async def explain(context: Context, tap: Tap) -> None:
    """*Mengapa?*: open the lines of the calculation."""
    if tap.argument != "back" and not tap.argument.isdecimal():
        raise Refusal("changed_meanwhile")
    at = None if tap.argument == "back" else int(tap.argument)
    await outbox.redraw(context.session, tap.card.key, now=context.now, at=at)
