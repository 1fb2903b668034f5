"""The supervisor's card: everything that waits, all except some of it, or person by person."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from handlers import automatic, obstacle_card, review_except, review_lines
from handlers import signs as sign_words
from handlers.review_lines import Waiting
from handlers.screens import ROOM, Button, Rows, Screen, fitting, in_rows, length
from handlers.target_words import upwards
from handlers.texts import Words, html, words
from handlers.wording import also_said, titled, what
from models import employees, evidence, obstacles, reviews, signs, targets
from models.activities import Activity
from models.database import Session
from models.employees import Employee
from models.obstacles import Obstacle
from models.outbox import Message
from models.reading.signs import Sign
from models.targets import Target


async def review_card(session: Session, card: Message, now: datetime) -> Screen | None:
    reviewer = await session.get_one(Employee, card.employee_id)
    w = words(reviewer.language)
    if card.arguments.get("closed"):
        return Screen(w.t("What waits for you is on the newer card."))
    today = now.astimezone(await employees.zone_of(session, reviewer)).date()
    waiting = await reviews.waiting_for(session, reviewer, on=today)
    below = (*await _undo_row(session, w, reviewer, now), *await automatic.opener(session, w, reviewer, today))
    hindered = await obstacles.before(session, reviewer, on=today)
    block = await obstacle_card.before_reviewer(session, w, hindered, today)
    if not waiting:
        if card.message_id is None and not below and not hindered:
            return None
        done = block or w.t("✅ Nothing is waiting for you.")
        return Screen(done, (*obstacle_card.opener(w, hindered), *below))
    first = await reviews.first_deciders(session, reviewer, on=today)
    view, page = card.arguments.get("view", "all"), card.arguments.get("page", 0) % len(waiting)
    if view == "except" and (page_of := review_except.page(w, waiting, card.arguments, today, first)) is not None:
        return page_of
    if view in ("all", "except"):
        return _everything(w, waiting, (*obstacle_card.opener(w, hindered), *below), today, first, block)
    beside = [row for row in hindered if row.employee_id == waiting[page][0].id]
    screen = await _one_person(session, w, waiting, page, card.arguments, returning=view == "return")
    return _with_obstacles(w, screen, beside, today) if beside and view != "return" else screen


def _with_obstacles(w: Words, screen: Screen, beside: Sequence[Obstacle], today: date) -> Screen:
    text = "\n".join([screen.text, "", *obstacle_card.of_person(w, beside, today)])
    rows = (*screen.rows[:-1], *obstacle_card.opener(w, beside), *screen.rows[-1:])
    return Screen(text, rows, screen.seen)


async def _undo_row(session: Session, w: Words, reviewer: Employee, now: datetime) -> Rows:
    approved = await reviews.undoable(session, reviewer, now=now)
    if not approved:
        return ()
    until = max(a.reviewed_at for a in approved if a.reviewed_at is not None) + reviews.UNDO_FOR
    local = until.astimezone(await employees.zone_of(session, reviewer))
    label = w.plain("↶ Undo approval ({count}) until {time}", count=len(approved), time=w.clock(local))
    return ((Button(label, "undo_approval"),),)


def _everything(
    w: Words, waiting: Waiting, below: Rows, today: date, first: Mapping[int, Employee], block: str
) -> Screen:
    """As many as one screen holds; the others follow when these are done. `block` and `below` close it."""
    text = ""
    for most in review_lines.AT_ONCE:
        shown = review_lines.first(waiting, most)
        text = review_lines.names_and_work(w, shown, today, first)
        if length(text) + length(block) <= ROOM:
            break
    text += review_lines.and_more(w, waiting, shown) + (f"\n\n{block}" if block else "")
    rows = [activity for _, person_rows in shown for activity in person_rows]
    approve = Button(w.plain("✅ Approve all ({count})", count=len(rows)), "approve")
    check = Button(w.plain("🔎 Check one by one"), "review", "person.0")
    besides = ((Button(w.plain("➖ All except …"), "except"),),) if len(rows) > 1 else ()
    return Screen(text, ((approve,), *besides, (check,), *below), review_lines.seen(rows))


async def _one_person(
    session: Session, w: Words, waiting: Waiting, page: int, arguments: dict[str, object], *, returning: bool
) -> Screen:
    person, rows = waiting[page]
    stored = arguments.get("excluded")
    excluded = {int(id_) for id_ in stored} if isinstance(stored, list) else set()
    heading = w.t("<b>{name}</b> – {position}", name=person.name, position=person.position or "–")
    page_of = rows[: review_lines.AT_ONCE[0]]
    found = await signs.of_page(session, page_of)
    kept = await evidence.count_by_activity(session, [activity.id for activity in page_of])
    paragraphs = [
        await _paragraph(session, w, n, activity, kept.get(activity.id, 0), found.by_activity.get(activity.id, []))
        for n, activity in enumerate(page_of, 1)
    ]
    more = review_lines.and_more(w, [(person, rows)], [(person, rows[: fitting(paragraphs)])])
    rows = rows[: fitting(paragraphs)]
    lines: list[str] = [heading, *sign_words.of_days(w, found.days), *paragraphs[: len(rows)]]
    if more:
        lines.append(more.removeprefix("\n"))
    if returning:
        lines += ["", w.t("Which one shall go back?")]
        pick = [Button(str(n), "return", str(activity.id)) for n, activity in enumerate(rows, 1)]
        back = (Button(w.plain("‹ Back"), "review", f"person.{page}"),)
        return Screen("\n".join(lines), (*in_rows(pick, each=5), back), review_lines.seen(rows))
    boxes = [Button(f"{'☐' if a.id in excluded else '☑'} {n}", "exclude", str(a.id)) for n, a in enumerate(rows, 1)]
    taken = [activity for activity in rows if activity.id not in excluded]
    keys: list[tuple[Button, ...]] = [*in_rows(boxes, each=5)]
    if taken:
        keys.append((Button(w.plain("✅ Approve ({count})", count=len(taken)), "approve"),))
    keys.append((Button(w.plain("↩️ Return …"), "review", f"return.{page}"),))
    if len(waiting) > 1:
        before, after = (page - 1) % len(waiting), (page + 1) % len(waiting)
        turn = f"{page + 1}/{len(waiting)} ›"
        keys.append((Button("‹", "review", f"person.{before}"), Button(turn, "review", f"person.{after}")))
    keys.append((Button(w.plain("‹ Everybody"), "review", "all"),))
    return Screen("\n".join(lines), tuple(keys), review_lines.seen(rows))


async def _paragraph(
    session: Session, w: Words, number: int, activity: Activity, kept: int, found: Sequence[Sign]
) -> str:
    target = await session.get(Target, activity.target_id) if activity.target_id else None
    line = await targets.line_up(session, target) if target else []
    pieces = [w.short_day(activity.worked_on), *also_said(w, activity)]
    if activity.is_late:
        pieces.append(w.plain("late"))
    if activity.is_flagged:
        pieces.append(w.plain("unclear"))
    if kept:
        pieces.append(f"📎 {kept}")
    lines: list[str] = [
        w.t("{n}. {what}", n=number, what=what(w, activity, 250)),
        html(" · ".join(pieces)),
        w.t("🎯 {target}", target=titled(target)) if target else w.t("no target"),
    ]
    if line:
        lines.append(w.t("→ {goal}", goal=upwards(line)))
    back = review_lines.comes_back(w, activity, 120)
    if back:
        lines.append(back)
    return "\n".join(["", *lines, *sign_words.of_activity(w, found)])
