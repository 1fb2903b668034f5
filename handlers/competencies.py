"""`/kompetensi`: what one's marked results show of one's competencies; for superiors their people's, and the gaps."""

from datetime import datetime

from telegram import Update

from handlers.context import Context
from handlers.screens import Button, Rows, Screen, fitting, in_rows
from handlers.taps import Tap
from handlers.texts import Html, Words, words
from handlers.wording import short
from models import competencies, duty, employees, kinds, leading, outbox, sights
from models.agencies import Unit, zone_of_unit
from models.competencies import Gap, Shown
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.refusals import Refusal
from models.scoring.competence import GOOD

OWN, TEAM, PERSON, GAPS = "own", "team", "person", "gaps"
PAGE = 12
"""People on one page of buttons."""
NAMES = 5
"""People named beside a gap."""


async def show_competencies(update: Update, context: Context) -> None:
    await context.show(f"competencies:{context.employee.id}", kinds.COMPETENCIES, anew=True, view=OWN, at=0)


async def turn_to(context: Context, tap: Tap) -> None:
    """`own`, `team.<page>`, `person.<id>` or `gaps`; what one may see is looked up when it is drawn."""
    view = tap.argument.partition(".")[0]
    if view not in (OWN, TEAM, PERSON, GAPS):
        raise Refusal("changed_meanwhile")
    at = tap.number(1) if view in (TEAM, PERSON) else 0
    if view == PERSON and at not in {one.id for one in await _team(context.session, context.employee, context.now)}:
        raise Refusal("not_yours")
    if view == PERSON:
        whose = await context.session.get_one(Employee, at)
        await sights.opened(context.session, context.employee, whose, sights.COMPETENCIES, now=context.now)
    if view == GAPS and await _led(context.session, context.employee, context.now) is None:
        raise Refusal("not_yours")
    await outbox.redraw(context.session, tap.card.key, now=context.now, view=view, at=at)


async def competencies_card(session: Session, card: Message, now: datetime) -> Screen:
    person = await session.get_one(Employee, card.employee_id)
    w, view, at = words(person.language), card.arguments.get("view", OWN), card.arguments.get("at", 0)
    team = await _team(session, person, now)
    led = await _led(session, person, now)
    back = (Button(w.plain("‹ My own"), "competencies", OWN),)
    if view == TEAM and team:
        return Screen(w.t("Whose competencies?"), (*_people(w, team, at), back))
    if view == PERSON and (whose := next((one for one in team if one.id == at), None)) is not None:
        shown = await competencies.of_person(session, whose.id)
        others = (Button(w.plain("‹ My team"), "competencies", f"{TEAM}.{_page_of(team, whose)}"),)
        return Screen(_profile(w, w.t("<b>Competencies of {name}</b>", name=whose.name), shown), (others, back))
    if view == GAPS and led is not None:
        return Screen(_gaps(w, led, *await competencies.gaps(session, await _members(session, led, now))), (back,))
    rows: list[tuple[Button, ...]] = []
    if team:
        rows.append((Button(w.plain("👥 My team"), "competencies", f"{TEAM}.0"),))
    if led is not None:
        rows.append((Button(w.plain("🧭 Gaps of {unit}", unit=short(led.name, 24)), "competencies", GAPS),))
    shown = await competencies.of_person(session, person.id)
    return Screen(_profile(w, w.t("<b>Your competencies</b>"), shown), tuple(rows))


async def _team(session: Session, person: Employee, now: datetime) -> list[Employee]:
    today = now.astimezone(await employees.zone_of(session, person)).date()
    return await duty.team_of(session, person, on=today)


async def _led(session: Session, person: Employee, now: datetime) -> Unit | None:
    today = now.astimezone(await employees.zone_of(session, person)).date()
    return await leading.led_by(session, person, on=today)


async def _members(session: Session, unit: Unit, now: datetime) -> list[Employee]:
    today = now.astimezone(await zone_of_unit(session, unit)).date()
    found = await employees.members(session, unit.id)
    return [one for one in found if one.left_on is None or one.left_on > today]


def _page_of(team: list[Employee], person: Employee) -> int:
    return next(n for n, one in enumerate(team) if one.id == person.id) // PAGE


def _people(w: Words, team: list[Employee], page: int) -> Rows:
    pages = (len(team) - 1) // PAGE + 1
    first = page % pages * PAGE
    keys = [Button(one.name, "competencies", f"{PERSON}.{one.id}") for one in team[first : first + PAGE]]
    rows = in_rows(keys, each=1)
    if pages == 1:
        return rows
    turns = ((page - 1) % pages, (page + 1) % pages)
    turn = f"{page % pages + 1}/{pages} ›"
    before = Button("‹", "competencies", f"{TEAM}.{turns[0]}")
    return (*rows, (before, Button(turn, "competencies", f"{TEAM}.{turns[1]}")))


def _profile(w: Words, heading: Html, shown: list[Shown]) -> str:
    if not shown:
        return f"{heading}\n" + w.t("No target asks for a competency yet.")
    paragraphs = [_competency(w, one) for one in shown]
    kept = fitting(paragraphs)
    lines = [heading, *paragraphs[:kept]]
    if kept < len(paragraphs):
        lines.append(_more(w, len(paragraphs) - kept))
    return "\n".join([*lines, "", w.t("From approved results with a quality mark; it enters no score.")])


def _more(w: Words, count: int) -> Html:
    return Html("\n" + w.many("… and one more", "… and {count} more", count))


def _competency(w: Words, one: Shown) -> str:
    asked = w.listed(target.code for target in one.targets)
    lines: list[str] = ["", w.t("<b>{name}</b> (asked for by {targets})", name=short(one.name, 100), targets=asked)]
    if one.mean is None or one.last is None:
        return "\n".join([*lines, w.t("No marked result yet.")])
    mean, last = w.number(round(one.mean, 1)), w.short_day(one.last)
    if one.is_enough:
        lines.append(
            w.t("{mean} on average, {weeks} marked weeks, the last until {last}", mean=mean, weeks=one.weeks, last=last)
        )
    else:
        lines.append(
            w.many(
                "{mean} in only one marked week: too little to judge.",
                "{mean} in only {count} marked weeks: too little to judge.",
                one.weeks,
                mean=mean,
            )
        )
    return "\n".join([*lines, w.t("Example: {example}", example=short(one.example, 120))])


def _gaps(w: Words, unit: Unit, asked: int, gaps: list[Gap]) -> str:
    heading = w.t("<b>Competency gaps</b> of {unit}", unit=unit.name)
    if not asked:
        return f"{heading}\n" + w.t("No target asks for a competency yet.")
    if not gaps:
        return f"{heading}\n" + w.many(
            "None: the one that is asked for is shown by marked results.",
            "None: all {count} that are asked for are shown by marked results.",
            asked,
        )
    paragraphs = [_gap(w, gap) for gap in gaps]
    kept = fitting(paragraphs)
    lines = [heading, *paragraphs[:kept]]
    if kept < len(paragraphs):
        lines.append(_more(w, len(paragraphs) - kept))
    return "\n".join([*lines, "", w.t("For you alone: names stay here.")])


def _gap(w: Words, gap: Gap) -> str:
    lines: list[str] = [
        "",
        w.many(
            "<b>{name}</b>: asked of one person",
            "<b>{name}</b>: asked of {count} people",
            gap.needed_by,
            name=short(gap.name, 100),
        ),
    ]
    if gap.mean is not None:
        lines.append(w.t("On average {mean}, below {good}", mean=w.number(round(gap.mean, 1)), good=GOOD))
    if gap.low:
        lines.append(w.t("Low: {names}", names=_names(w, gap.low)))
    if gap.unshown:
        lines.append(w.t("No marked result: {names}", names=_names(w, gap.unshown)))
    return "\n".join(lines)


def _names(w: Words, people: tuple[Employee, ...]) -> str:
    named = [one.name for one in people[:NAMES]]
    more = len(people) - len(named)
    return w.listed([*named, w.plain("{count} more", count=more)] if more else named)
