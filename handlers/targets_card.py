"""The card of `/target`: one's own targets, or a subordinate's; one of them with what can be done about it."""

from datetime import date, datetime

from handlers.screens import Button, Rows, Screen, fitting, in_rows
from handlers.target_words import amount, back, changes, history, period, serving
from handlers.texts import Html, Words, html, words
from handlers.wording import short
from models import duty, employees, target_revisions, targets
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.target_choices import ends, servable
from models.target_revisions import Plan
from models.targets import APPROVED, RETURNED, WAITING, WITHDRAWN, Target, TargetRevision

AT_ONCE = 5
TEAM_AT_ONCE = 10
HISTORY = 5


async def targets_card(session: Session, card: Message, now: datetime) -> Screen | None:
    """`view`: list, target, end, serve or team. Of another person only as long as one decides about them."""
    viewer = await session.get_one(Employee, card.employee_id)
    w, a = words(viewer.language), card.arguments
    today = now.astimezone(await employees.zone_of(session, viewer)).date()
    holder = await session.get_one(Employee, a.get("of", viewer.id))
    if holder.id != viewer.id and not await duty.Duty(session, today).may_decide(viewer, holder):
        return Screen(w.t("These targets are no longer yours to look after."), back(w, "own"))
    if a.get("view") == "team":
        return await _team(session, w, viewer, a.get("page", 0), today)
    if a.get("view") == "serve":
        return await _serve(session, w, holder, a, today)
    target = await session.get(Target, a.get("target") or 0)
    if target is None or target.employee_id != holder.id or target.status == WITHDRAWN:
        return await _list(session, w, viewer, holder, a.get("page", 0), today)
    if a.get("view") == "end":
        return await _end(session, w, holder, target, today)
    return await _one(session, w, viewer, holder, target, today)


async def _list(session: Session, w: Words, viewer: Employee, holder: Employee, page: int, today: date) -> Screen:
    own = [
        target
        for target in await targets.held_by(session, holder.id)
        if target.status != WITHDRAWN and target.ends_on.year >= today.year
    ]
    pages = max((len(own) + AT_ONCE - 1) // AT_ONCE, 1)
    page %= pages
    first = page * AT_ONCE
    shown = own[first : first + AT_ONCE]
    open_ = {row.target_id: row for row in await target_revisions.waiting_of(session, holder.id)}
    is_own = viewer.id == holder.id
    heading = w.t("<b>Your targets</b>") if is_own else w.t("<b>Targets of {name}</b>", name=holder.name)
    paragraphs = [await _paragraph(session, w, n, one, open_, today) for n, one in enumerate(shown, first + 1)]
    kept = fitting(paragraphs)
    lines: list[str] = [heading, *paragraphs[:kept]]
    if not own:
        lines += ["", w.t("There are no targets of this year yet.")]
    numbers = [Button(str(n), "targets", f"target.{one.id}") for n, one in enumerate(shown[:kept], first + 1)]
    rows: list[tuple[Button, ...]] = [*in_rows(numbers, each=5)]
    if pages > 1:
        turn = Button(f"{page + 1}/{pages} ›", "targets", f"page.{(page + 1) % pages}")
        rows.append((Button("‹", "targets", f"page.{(page - 1) % pages}"), turn))
    rows.append((Button(w.plain("➕ New target"), "target_new"),))
    if not is_own:
        if any(one.status == APPROVED and one.starts_on < today <= one.ends_on for one in own):
            rows.append((Button(w.plain("⏳ Adapt to the time that is left"), "target_reset"),))
        rows.append((Button(w.plain("‹ Team"), "targets", "team.0"),))
    elif await duty.team_of(session, viewer, on=today):
        rows.append((Button(w.plain("👥 Targets of my team"), "targets", "team.0"),))
    return Screen("\n".join(lines), tuple(rows))


async def _paragraph(
    session: Session, w: Words, n: int, target: Target, open_: dict[int, TargetRevision], today: date
) -> str:
    plan = Plan.of(target)
    lines: list[str] = [
        w.t("{n}. <b>{title}</b>", n=n, title=short(f"{target.code} · {target.title}", 150)),
        html(f"{amount(w, plan)} · {period(w, plan)} · {status(w, target, today)}"),
        serving(w, await targets.line_up(session, target)),
    ]
    if target.status == APPROVED and target.id in open_:
        lines.append(w.t("⏳ a change is waiting"))
    return "\n".join(["", *lines])


def status(w: Words, target: Target, today: date) -> str:
    if target.status == APPROVED:
        if target.ends_on < today:
            return w.plain("ended")
        return w.plain("agreed") if target.starts_on <= today else w.plain("agreed, not begun yet")
    return {WAITING: w.plain("⏳ waiting, does not count yet"), RETURNED: w.plain("↩️ returned")}[target.status]


async def _one(session: Session, w: Words, viewer: Employee, holder: Employee, target: Target, today: date) -> Screen:
    plan = Plan.of(target)
    open_ = next((row for row in await target_revisions.of_target(session, target.id) if row.status == WAITING), None)
    name = () if viewer.id == holder.id else (w.t("{name}", name=holder.name),)
    lines: list[str] = [
        *name,
        w.t("<b>{title}</b>", title=short(f"{target.code} · {target.title}", 400)),
        *((w.t("indicator: {indicator}", indicator=short(target.indicator, 300)),) if target.indicator else ()),
        html(f"{amount(w, plan)} · {period(w, plan)}"),
        html(status(w, target, today)),
        serving(w, await targets.line_up(session, target)),
        *await _returned(session, w, target),
    ]
    if open_ is not None and target.status == APPROVED:
        lines += ["", w.t("⏳ Waiting for the supervisor:"), *await changes(session, w, plan, Plan.of(open_))]
    past = await history(session, w, target, at_most=HISTORY)
    lines += ["", *past] if past else []
    return Screen("\n".join(lines), _acts(w, viewer, target, open_, today))


async def _returned(session: Session, w: Words, target: Target) -> list[Html]:
    """Why the newest proposal came back, as long as it is the newest."""
    newest = (await target_revisions.of_target(session, target.id))[-1:]
    if not newest or newest[0].status != RETURNED:
        return []
    return [w.t("↩️ returned: <i>{reason}</i>", reason=newest[0].remark or "–")]


def _acts(w: Words, viewer: Employee, target: Target, open_: TargetRevision | None, today: date) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if target.ends_on >= today or target.status != APPROVED:
        rows = [
            (
                Button(w.plain("✏️ Plan"), "target_ask", f"title.{target.id}"),
                Button(w.plain("🔢 Amount"), "target_ask", f"amount.{target.id}"),
            ),
            (
                Button(w.plain("📅 Until when"), "target_ask", f"ends.{target.id}"),
                Button(w.plain("🎯 Supports"), "targets", f"serve.{target.id}.0"),
            ),
        ]
        if target.status == APPROVED and target.starts_on < target.ends_on:
            rows.append((Button(w.plain("⏹ End early"), "targets", f"end.{target.id}"),))
    if open_ is not None and open_.proposed_by_id == viewer.id:
        rows.append((Button(w.plain("Withdraw the proposal"), "target_withdraw", str(open_.id)),))
    return (*rows, *back(w, "list"))


async def _end(session: Session, w: Words, holder: Employee, target: Target, today: date) -> Screen:
    plan = Plan.of(target)
    title = short(f"{target.code} · {target.title}", 200)
    text = w.t(
        "<b>{title}</b>\n{amount} · {period}\n\nWhat shall be the last day? The weeks until then stay as they are, and "
        "only the part of the plan that falls to them is owed.",
        title=title,
        amount=amount(w, plan),
        period=period(w, plan),
    )
    choices = [(Button(w.full_date(day), "target_end", f"{target.id}.{day:%Y%m%d}"),) for day in ends(plan, today)]
    other = (Button(w.plain("Another date …"), "target_ask", f"end.{target.id}"),)
    return Screen(text, (*choices, other, *back(w, f"target.{target.id}")))


async def _serve(session: Session, w: Words, holder: Employee, a: dict[str, object], today: date) -> Screen:
    """Which of the superior's and the unit's targets does it support? Of a new target, or of one that is there."""
    target = await session.get(Target, int(str(a.get("target") or 0)))
    draft = a.get("draft")
    if target is None and not isinstance(draft, dict):
        return Screen(w.t("This has changed in the meantime. Here is how it stands now."), back(w, "list"))
    choices = await servable(session, holder, target, on=today)
    title = str(draft["title"]) if isinstance(draft, dict) else f"{target.code} · {target.title}" if target else ""
    text = w.t("<b>{title}</b>\n\nWhich target does it support?", title=short(title, 200))
    pages = max((len(choices) + TEAM_AT_ONCE - 1) // TEAM_AT_ONCE, 1)
    page = int(str(a.get("page") or 0)) % pages
    shown = choices[page * TEAM_AT_ONCE : (page + 1) * TEAM_AT_ONCE]
    rows: list[tuple[Button, ...]] = [
        (Button(short(f"{one.code} · {one.title}", 40), "target_serves", str(one.id)),) for one in shown
    ]
    rows.append((Button(w.plain("None of them"), "target_serves", "0"),))
    if pages > 1:
        rows.append((Button(f"{page + 1}/{pages} ›", "targets", f"more.{page + 1}"),))
    leave = Button(w.plain("Do not propose it"), "targets", "list") if target is None else None
    return Screen(text, (*rows, *(((leave,),) if leave else back(w, f"target.{target.id if target else 0}"))))


async def _team(session: Session, w: Words, viewer: Employee, page: int, today: date) -> Screen:
    team = await duty.team_of(session, viewer, on=today)
    if not team:
        return Screen(w.t("Nobody reports to you at present."), back(w, "own"))
    pages = (len(team) + TEAM_AT_ONCE - 1) // TEAM_AT_ONCE
    page %= pages
    rows: list[tuple[Button, ...]] = []
    for person in team[page * TEAM_AT_ONCE : (page + 1) * TEAM_AT_ONCE]:
        waits = "⏳ " if await target_revisions.waiting_of(session, person.id) else ""
        rows.append((Button(waits + short(person.name, 36), "targets", f"of.{person.id}"),))
    if pages > 1:
        rows.append((Button(f"{page + 1}/{pages} ›", "targets", f"team.{page + 1}"),))
    return Screen(w.t("<b>Whose targets?</b>"), (*rows, *back(w, "own")))
