"""How milestones look: whose there are, how far one has come and by what one sees it, and the notice of a step."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.screens import Button, Rows, Screen, fitting, in_rows
from handlers.texts import Html, Words, words
from handlers.wording import short, titled
from models import employees, milestones
from models.database import Session
from models.employees import Employee
from models.milestones import MilestoneStep, Reached
from models.outbox import Message
from models.targets import Target

PERCENTS = (0, 10, 25, 50, 75, 90, 100)
PAGE = 8
HISTORY_SHOWN, OWN_SHOWN = 6, 2


async def milestones_card(session: Session, card: Message, now: datetime) -> Screen:
    """A notice of one step, one's own milestones, or the team's: people, one person's, one milestone."""
    reader = await session.get_one(Employee, card.employee_id)
    w, a = words(reader.language), card.arguments
    if "step" in a:
        return await _notice(session, w, a["step"], a["before"])
    today = now.astimezone(await employees.zone_of(session, reader)).date()
    team = await milestones.of_team(session, reader, on=today)
    if a["view"] == "own" or not team:
        return await _own(session, w, reader, today, bool(team))
    if a["view"] == "target":
        for person, own in team:
            for target in own:
                if target.id == a["id"]:
                    return await _target(session, w, person, target, len(own) > 1, len(team) > 1)
    if a["view"] == "person":
        for person, own in team:
            if person.id == a["id"]:
                return await _person(session, w, person, own, a.get("page", 0), len(team) > 1)
    return await _people(session, w, reader, team, a.get("page", 0), today)


async def _notice(session: Session, w: Words, step_id: int, before: str) -> Screen:
    step = await session.get_one(MilestoneStep, step_id)
    target = await session.get_one(Target, step.target_id)
    reviewer = await session.get_one(Employee, step.reviewer_id)
    head = w.t("🏁 <b>{name}</b> has set your milestone {target}:", name=reviewer.name, target=titled(target))
    figures = w.t("<b>{percent} %</b> (before: {before} %)", percent=step.percent, before=before)
    said = w.t("“{evidence}”", evidence=step.evidence)
    return Screen("\n".join([head, figures, said, w.t("The whole history: /tonggak")]))


async def _own(session: Session, w: Words, reader: Employee, today: date, leads: bool) -> Screen:
    own = (await milestones.running(session, [reader], on=today)).get(reader.id, [])
    if not own:
        text = w.t("No milestone is running: neither yours nor of anybody who reports to you.")
        return Screen(text)
    blocks = [await _block(session, w, target) for target in own]
    shown = fitting(blocks)
    lines: list[str] = [w.t("🏁 <b>Your milestones</b>"), *blocks[:shown]]
    if shown < len(blocks):
        lines.append(w.many("… and one more", "… and {count} more", len(blocks) - shown))
    lines += ["", w.t("Your superior sets them. You may propose a percent on the week's output card.")]
    return Screen("\n".join(lines), ((Button(w.plain("‹ Team"), "people", "0"),),) if leads else ())


async def _block(session: Session, w: Words, target: Target) -> str:
    steps = await milestones.history(session, target)
    head = w.t("\n{target}: <b>{percent} %</b>", target=titled(target, at_most=100), percent=_now(w, steps))
    return "\n".join([head, *_history(w, steps, OWN_SHOWN)])


def _now(w: Words, steps: Sequence[Reached]) -> str:
    return w.number(steps[0].percent) if steps else "0"


def _history(w: Words, steps: Sequence[Reached], most: int) -> list[str]:
    lines: list[str] = [step(w, one) for one in steps[:most]]
    if len(steps) > most:
        lines.append(w.many("… and one more", "… and {count} more", len(steps) - most))
    return lines


def step(w: Words, one: Reached) -> Html:
    """`24 Nov: 50 % – “draf RKPD dibahas” (Budi Santoso)`"""
    values = {"day": w.short_day(one.on), "percent": w.number(one.percent), "name": one.by}
    if one.evidence is None and not one.by:
        return w.t("{day}: {percent} % – proposed, approved automatically", **values)
    if one.evidence is None:
        return w.t("{day}: {percent} % – proposed, approved by {name}", **values)
    return w.t("{day}: {percent} % – “{evidence}” ({name})", evidence=one.evidence, **values)


async def _people(
    session: Session, w: Words, reader: Employee, team: Sequence[tuple[Employee, list[Target]]], page: int, today: date
) -> Screen:
    buttons = [Button(f"{person.name} ({len(own)})", "person", str(person.id)) for person, own in team]
    rows, foot = _paged(buttons, page, "people", "")
    if await milestones.running(session, [reader], on=today):
        foot.append(Button(w.plain("My own"), "own"))
    text = [w.t("🏁 <b>Milestones of your team</b>"), w.t("Whose milestone has moved?")]
    return Screen("\n".join(text), (*rows, *([tuple(foot)] if foot else [])))


async def _person(
    session: Session, w: Words, person: Employee, own: Sequence[Target], page: int, has_others: bool
) -> Screen:
    buttons = []
    for target in own:
        percent = _now(w, await milestones.history(session, target))
        buttons.append(
            Button(
                w.plain("{percent} % · {target}", percent=percent, target=titled(target)), "milestone", str(target.id)
            )
        )
    rows, foot = _paged(buttons, page, "person", f"{person.id}.")
    if has_others:
        foot.insert(0, Button(w.plain("‹ Team"), "people", "0"))
    text = [w.t("🏁 <b>{name}</b>", name=person.name), w.t("Which milestone?")]
    return Screen("\n".join(text), (*rows, *([tuple(foot)] if foot else [])))


def _paged(buttons: Sequence[Button], page: int, verb: str, before: str) -> tuple[Rows, list[Button]]:
    """One button to a row, and the button that turns to the next page."""
    pages = (len(buttons) + PAGE - 1) // PAGE
    page %= pages
    rows = tuple((button,) for button in buttons[page * PAGE : (page + 1) * PAGE])
    turn = [Button(f"{page + 1}/{pages} ›", verb, f"{before}{(page + 1) % pages}")] if pages > 1 else []
    return rows, turn


async def _target(
    session: Session, w: Words, person: Employee, target: Target, has_more: bool, has_others: bool
) -> Screen:
    steps = await milestones.history(session, target)
    lines: list[str] = [
        w.t("🏁 <b>{name}</b> – {target}", name=person.name, target=titled(target, at_most=120)),
        w.t("Now: <b>{percent} %</b>", percent=_now(w, steps)),
        *_history(w, steps, HISTORY_SHOWN),
    ]
    if target.indicator:
        lines.insert(1, short(w.t("Indicator: {indicator}", indicator=target.indicator), 200))
    lines += ["", w.t("How far is it? Tap, or reply with the percent. Then I ask by what one sees it.")]
    keys = [Button(w.plain("{n} %", n=n), "percent", f"{target.id}.{n}") for n in PERCENTS]
    back = [Button(w.plain("‹ Milestones"), "person", f"{person.id}.0")] if has_more else []
    if has_others:
        back.insert(0, Button(w.plain("‹ Team"), "people", "0"))
    seen = ((target.id, await milestones.last_step(session, target.id)),)
    return Screen("\n".join(lines), (*in_rows(keys, each=4), *([tuple(back)] if back else [])), seen)
