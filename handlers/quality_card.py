"""The card of the quality round: a page for each person with the results of every target, marked in turn."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from handlers import milestone_card
from handlers.quality_scale import no_result, scale, spoken
from handlers.screens import ROOM, Button, Rows, Screen, in_rows, length
from handlers.texts import Words, html, words
from handlers.wording import also_said, short, titled
from models import employees, marking, rounds
from models.activities import WORK
from models.database import Session
from models.employees import Employee
from models.marking import Marking
from models.marks import QualityMark
from models.outbox import Message
from models.results import Markable

RESULTS_SHOWN = (8, 4, 2)
"""Activities of each target on a page, fewer when their words are many."""


async def quality_card(session: Session, card: Message, now: datetime) -> Screen | None:
    reviewer = await session.get_one(Employee, card.employee_id)
    w = words(reviewer.language)
    week = date.fromisoformat(card.arguments["week"])
    today = now.astimezone(await employees.zone_of(session, reviewer)).date()
    round_ = await marking.of_reviewer(session, reviewer, week, on=today)
    if not round_.items:
        return None if card.message_id is None else Screen(w.t("There are no approved results of this week to mark."))
    if not await rounds.marking_is_open(session, reviewer, week, now=now):
        return Screen(_done(w, round_, w.t("Marking is closed.")))
    item = round_.of_target(card.arguments.get("at")) or next(iter(round_.unmarked), None)
    if item is None:
        again = (Button(w.plain("Look through once more"), "quality", str(round_.items[0].target.id)),)
        return Screen(_done(w, round_, w.t("All marked. Thank you.")), (again,))
    text = _page(w, round_, item, card.arguments)
    return Screen(text, _keys(w, round_, item), ((item.target.id, 1),))


def _done(w: Words, round_: Marking, last: str) -> str:
    return "\n".join([w.t("<b>Quality of the week's results</b>"), _progress(w, round_), last])


def _progress(w: Words, round_: Marking) -> str:
    return w.t("{given} of {total} results marked.", given=round_.marked, total=len(round_.items))


def _page(w: Words, round_: Marking, item: Markable, arguments: dict[str, Any]) -> str:
    """As much of the person's results as one screen holds: the target in turn comes first when not all have room."""
    pages = round_.pages
    place = next(n for n, own in enumerate(pages) if item in own)
    head: list[str] = [w.t("<b>Quality of the week's results</b> ({n}/{total})", n=place + 1, total=len(pages))]
    if len(round_.items) > 1:
        head.append(_progress(w, round_))
    last = round_.of_target(arguments.get("last"))
    if last is not None and last.target.id in round_.given:
        said = spoken(w, round_.given[last.target.id].mark)
        head.append(w.t("✓ {name} – {code}: {mark}", name=last.employee.name, code=last.target.code, mark=said))
    pending = (arguments.get("remarks") or {}).get(str(item.target.id))
    tail = [""] if pending is None else ["", w.t("Your remark, kept until you mark: {remark}", remark=pending)]
    tail.append(_ask(w, item, pages[place]))
    return next(
        (text for text in _texts(w, round_, pages[place], item, head, tail) if length(text) <= ROOM),
        "\n".join([*head, *_in_short(w, round_, pages[place], item), *tail]),
    )


def _texts(
    w: Words, round_: Marking, own: Sequence[Markable], item: Markable, head: Sequence[str], tail: Sequence[str]
) -> list[str]:
    name = w.t("<b>{name}</b>", name=item.employee.name)
    found = []
    for most in RESULTS_SHOWN:
        blocks = [_block(w, n, one, own, item, round_.given.get(one.target.id), most) for n, one in enumerate(own, 1)]
        found.append("\n".join([*head, name, *(line for block in blocks for line in block), *tail]))
    return found


def _in_short(w: Words, round_: Marking, own: Sequence[Markable], item: Markable) -> list[str]:
    """Only the target in turn, when the person has too many for one screen."""
    others = w.many("and one more target", "and {count} more targets", len(own) - 1)
    block = _block(w, own.index(item) + 1, item, own, item, round_.given.get(item.target.id), RESULTS_SHOWN[-1])
    return [w.t("<b>{name}</b> ({others})", name=item.employee.name, others=others), *block]


def _block(
    w: Words, n: int, one: Markable, own: Sequence[Markable], item: Markable, given: QualityMark | None, most: int
) -> list[str]:
    title = titled(one.target, at_most=100)
    heading: str = html(title)
    if len(own) > 1:
        heading = w.t("<b>▸ {n}. {target}</b>", n=n, target=title) if one is item else f"{n}. {heading}"
    lines = ["", heading, w.t("Approved output: {output} {unit}", output=w.number(one.output), unit=one.target.measure)]
    lines += [w.t("• {step}", step=milestone_card.step(w, reached)) for reached in one.steps]
    work = [activity for activity in one.work if activity.kind == WORK]
    for activity in work[:most]:
        pieces = [short(activity.description, 90), *also_said(w, activity), w.short_day(activity.worked_on)]
        lines.append(w.t("• {pieces}", pieces=" · ".join(pieces)))
    if len(work) > most:
        lines.append(w.many("… and one more", "… and {count} more", len(work) - most))
    if one.by_clock:
        lines.append(
            w.many(
                "Not part of it: one approved automatically",
                "Not part of it: {count} approved automatically",
                one.by_clock,
            )
        )
    if given is not None:
        lines.append(w.t("Mark now: {mark}", mark=spoken(w, given.mark)))
        if given.remark:
            lines.append(w.t("Remark: {remark}", remark=given.remark))
    return lines


def _ask(w: Words, item: Markable, own: Sequence[Markable]) -> str:
    if len(own) == 1:
        question = w.t("How good are the results?")
    else:
        question = w.t("How good are the results of number {n}?", n=own.index(item) + 1)
    return f"{question} " + w.t("Tap, or reply with a number from 0 to 100; a remark may follow: <i>85 very tidy</i>.")


def _keys(w: Words, round_: Marking, item: Markable) -> Rows:
    given = round_.given.get(item.target.id)
    mark, at = (given.mark if given is not None else -1), str(item.target.id)
    rows: list[tuple[Button, ...]] = [
        (Button(_ticked(label, mark == value), "mark", f"{at}.{value}"),) for value, label in scale(w)
    ]
    rows.append((Button(_ticked(no_result(w), mark is None), "no_result", at),))
    pages = round_.pages
    place = next(n for n, own in enumerate(pages) if item in own)
    if len(pages[place]) > 1:
        rows += in_rows([_number(n, one, item, round_) for n, one in enumerate(pages[place], 1)], each=5)
    remark = Button(w.plain("📝 Remark"), "remark", at)
    if len(pages) > 1:
        before, after = (_first(round_, pages[(place + step) % len(pages)]) for step in (-1, 1))
        rows.append((Button("‹", "quality", before), remark, Button("›", "quality", after)))
    else:
        rows.append((remark,))
    return tuple(rows)


def _ticked(label: str, ticked: bool) -> str:
    return f"✓ {label}" if ticked else label


def _number(n: int, one: Markable, item: Markable, round_: Marking) -> Button:
    sign = "▸ " if one is item else "✓ " if one.target.id in round_.given else ""
    return Button(f"{sign}{n}", "quality", str(one.target.id))


def _first(round_: Marking, own: Sequence[Markable]) -> str:
    """Where a person's page begins: at what is not marked yet."""
    return str(next((one for one in own if one.target.id not in round_.given), own[0]).target.id)
