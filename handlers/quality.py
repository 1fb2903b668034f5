"""The quality round: one card that pages through people and their targets, with five buttons each."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.context import Context
from handlers.report_answers import number_in
from handlers.screens import Button, Screen
from handlers.taps import Tap
from handlers.texts import Words, words
from handlers.wording import also_said, short, titled
from models import cards, duty, employees, marks, outbox, questions, results, rounds
from models.activities import WORK, Activity
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.questions import Question
from models.refusals import Refusal
from models.results import Markable

MARK = "mark"
RESULTS_SHOWN = 8


def scale(w: Words) -> list[tuple[int, str]]:
    """Marks and the words of the quality scale (Perka BKN 1/2013: 91–100, 76–90, 61–75, 51–60, 50 and below)."""
    return [
        (100, w.plain("No mistake, beyond the standard")),
        (85, w.plain("One or two small mistakes")),
        (70, w.plain("Three or four small mistakes")),
        (55, w.plain("Five small and one large mistake")),
        (40, w.plain("More than that")),
    ]


async def _items(
    session: Session, reviewer: Employee, week: date, now: datetime
) -> tuple[list[Markable], dict[int, int]]:
    """What there is to mark, and the marks given: target id → mark."""
    day = now.astimezone(await employees.zone_of(session, reviewer)).date()
    team = await duty.team_of(session, reviewer, on=day)
    items = await results.markable(session, team, week)
    given = await marks.of_week(session, [person.id for person in team], week)
    return items, {target_id: row.mark for target_id, row in given.items() if row.mark is not None}


async def quality_card(session: Session, card: Message, now: datetime) -> Screen | None:
    reviewer = await session.get_one(Employee, card.employee_id)
    w = words(reviewer.language)
    week = date.fromisoformat(card.arguments["week"])
    items, marks = await _items(session, reviewer, week, now)
    if not items:
        return None if card.message_id is None else Screen(w.t("There are no approved results of this week to mark."))
    if not await rounds.marking_is_open(session, reviewer, week, now=now):
        return Screen(_done(w, items, marks, w.t("Marking is closed.")))
    place = _place(items, marks, card.arguments.get("at"))
    if place is None:
        first = (Button(w.plain("Look through once more"), "quality", str(items[0].target.id)),)
        return Screen(_done(w, items, marks, w.t("All marked. Thank you.")), (first,))
    item = items[place]
    text = "\n".join(_lines(w, item, place, len(items), marks.get(item.target.id)))
    rows: list[tuple[Button, ...]] = [
        (Button(("✓ " if marks.get(item.target.id) == value else "") + label, "mark", f"{item.target.id}.{value}"),)
        for value, label in scale(w)
    ]
    if len(items) > 1:
        before, after = items[place - 1], items[(place + 1) % len(items)]
        rows.append((Button("‹", "quality", str(before.target.id)), Button("›", "quality", str(after.target.id))))
    return Screen(text, tuple(rows), ((item.target.id, 1),))


def _place(items: list[Markable], marks: dict[int, int], at: int | None) -> int | None:
    """The item to show: the one turned to, else the first without a mark; None when all have one."""
    for n, item in enumerate(items):
        if item.target.id == at:
            return n
    return next((n for n, item in enumerate(items) if item.target.id not in marks), None)


def _done(w: Words, items: list[Markable], marks: dict[int, int], last: str) -> str:
    given = sum(1 for item in items if item.target.id in marks)
    count = w.t("{given} of {total} results marked.", given=given, total=len(items))
    return "\n".join([w.t("<b>Quality of the week's results</b>"), count, last])


def _lines(w: Words, item: Markable, place: int, total: int, mark: int | None) -> list[str]:
    lines = [
        str(w.t("<b>Quality of the week's results</b> ({n}/{total})", n=place + 1, total=total)),
        str(w.t("<b>{name}</b> – {target}", name=item.employee.name, target=titled(item.target, at_most=100))),
        str(w.t("Approved output: {output} {unit}", output=w.number(item.output), unit=item.target.measure)),
    ]
    work = [activity for activity in item.work if activity.kind == WORK]
    for activity in work[:RESULTS_SHOWN]:
        pieces = [short(activity.description, 90), *also_said(w, activity), w.short_day(activity.worked_on)]
        lines.append(str(w.t("• {pieces}", pieces=" · ".join(pieces))))
    if len(work) > RESULTS_SHOWN:
        lines.append(str(w.many("… and one more", "… and {count} more", len(work) - RESULTS_SHOWN)))
    lines.append("")
    if mark is not None:
        lines.append(str(w.t("Mark now: {mark}", mark=mark)))
    lines.append(str(w.t("How good are the results? Tap, or reply with a number from 0 to 100.")))
    return lines


async def turn_to(context: Context, tap: Tap) -> None:
    await _wait_for_number(context, tap.card.key)
    await outbox.redraw(context.session, tap.card.key, now=context.now, at=tap.number())


async def _wait_for_number(context: Context, card: str) -> None:
    person = context.employee
    await questions.ask(
        context.session,
        agency_id=person.agency_id,
        employee_id=person.id,
        card=card,
        kind=MARK,
        arguments={},
        now=context.now,
    )


async def follow_approval(context: Context, approved: Sequence[Activity]) -> None:
    """New results came up while the week is being marked: the card stands below again, at the first without a mark."""
    session, person = context.session, context.employee
    for card in await outbox.of_kind(session, person.id, outbox.QUALITY_CARD, since=context.now - cards.MARKING_LASTS):
        week = date.fromisoformat(card.arguments["week"])
        items, marks = await _items(session, person, week, context.now)
        unmarked = {item.target.id for item in items} - set(marks)
        if not unmarked & {activity.target_id for activity in approved}:
            await outbox.redraw(session, card.key, now=context.now)
        elif await rounds.marking_is_open(session, person, week, now=context.now):
            await _wait_for_number(context, card.key)
            await context.show(card.key, outbox.QUALITY_CARD, anew=True, week=card.arguments["week"])


async def give_mark(context: Context, tap: Tap) -> None:
    if tap.number() not in tap.seen or tap.number(1) > 100:
        raise Refusal("changed_meanwhile")
    await _mark(context, tap.card, tap.number(), tap.number(1))
    context.toast(context.words.plain("Noted."))


async def type_mark(context: Context, question: Question, text: str) -> bool:
    card, number = await outbox.by_key(context.session, question.card), number_in(text)
    if card is None or number is None:
        return False
    await _check_open(context, card)
    if not card.seen:
        return False
    if number > 100 or number != int(number):
        raise Refusal("count_out_of_range", limit=100)
    await _mark(context, card, int(card.seen[0][0]), int(number))
    return True


async def _check_open(context: Context, card: Message) -> date:
    """The week the card marks. Raises: Refusal("marking_closed")."""
    week = date.fromisoformat(card.arguments["week"])
    if not await rounds.marking_is_open(context.session, context.employee, week, now=context.now):
        raise Refusal("marking_closed")
    return week


async def _mark(context: Context, card: Message, target_id: int, value: int) -> None:
    week = await _check_open(context, card)
    items, given = await _items(context.session, context.employee, week, context.now)
    item = next((item for item in items if item.target.id == target_id), None)
    if item is None:
        raise Refusal("not_yours")
    await marks.give(
        context.session, context.employee, item.employee, target_id=target_id, week=week, value=value, now=context.now
    )
    if all(item.target.id in given for item in items if item.target.id != target_id):
        await questions.close(context.session, card.key)
    await outbox.redraw(context.session, card.key, now=context.now, at=None)
