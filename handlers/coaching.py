"""The supervisor's private note of the week, and the page of evidence behind each of its lines."""

from datetime import date, datetime
from decimal import Decimal

from handlers import coverage, person_page
from handlers.context import Context
from handlers.screens import Button, Rows, Screen
from handlers.taps import Tap
from handlers.texts import Html, Words, words
from handlers.wording import short, titled
from models import coaching, coaching_points, employees, leading, outbox, sights
from models import coverage as covered
from models.coaching_points import TeamNote
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.refusals import Refusal
from models.results import monday_of
from models.scoring.coaching_facts import Kind, Point, Value


async def coaching_card(session: Session, card: Message, now: datetime) -> Screen | None:
    """The note; or with `person` the evidence, as long as its reader reviews that person."""
    supervisor = await session.get_one(Employee, card.employee_id)
    w, week = words(supervisor.language), date.fromisoformat(card.arguments["week"])
    today = now.astimezone(await employees.zone_of(session, supervisor)).date()
    if card.arguments["person"] is not None:
        try:
            person = await coaching.coached(session, supervisor, card.arguments["person"], on=today)
            return await person_page.draw(session, w, person, card.arguments["target"], week)
        except Refusal:  # no longer theirs: back to the note
            pass
    team = await coaching_points.of_team(session, supervisor, week, on=today)
    if not team.note.points:
        return None if card.message_id is None else Screen(w.t("There is nothing left to talk about from this week."))
    lines: list[str] = [
        w.t("🗒 <b>Coaching note</b>, {span}", span=w.span(monday_of(week), week)),
        w.t("Only you see this. What is worth a talk, the first thing first:"),
        "",
        *(w.t("{n}. {what}", n=n, what=_line(w, team, point)) for n, point in enumerate(team.note.points, 1)),
    ]
    if team.note.left:
        lines.append(w.many("… and one more thing", "… and {count} more things", team.note.left))
    counts, foot = await _coverage(session, w, supervisor, today)
    return Screen("\n".join([*lines, *counts]), (*_buttons(team), *foot))


def _buttons(team: TeamNote) -> Rows:
    return tuple(
        (Button(f"{n} · {team.people[point.person].name}", "evidence", f"{point.person}.{point.target or 0}"),)
        for n, point in enumerate(team.note.points, 1)
    )


async def _coverage(session: Session, w: Words, supervisor: Employee, today: date) -> tuple[list[str], Rows]:
    """For whoever leads a unit: what its goals lack, as one line that opens the rest."""
    unit = await leading.led_by(session, supervisor, on=today)
    found = await covered.of_unit(session, unit, today) if unit is not None else None
    if not found:
        return [], ()
    return ["", coverage.in_short(w, found)], ((Button(w.plain("Coverage of goals"), "coverage"),),)


def _line(w: Words, team: TeamNote, point: Point) -> Html:
    name = w.t("<b>{name}</b>", name=team.people[point.person].name)
    target = team.targets.get(point.target or 0)
    values = {key: _written(w, value) for key, value in point.values.items()}
    if target is not None:
        values |= {"target": titled(target), "unit": "%" if target.is_milestone else target.measure}
    if point.kind is Kind.OBSTACLE:
        obstacle = team.obstacles[int(str(point.values["obstacle"]))]
        values |= {"what": short(obstacle.text, 120), "day": w.short_day(obstacle.raised_on)}
    text = _sentence(w, point.kind, name, values)
    if point.others:
        text = Html(text + " " + w.many("(and one more like it)", "(and {count} more like it)", point.others))
    return text


def _written(w: Words, value: Value) -> str:
    return w.short_day(value) if isinstance(value, date) else w.number(round(Decimal(value), 1))


def _sentence(w: Words, kind: Kind, name: Html, v: dict[str, str]) -> Html:
    return {
        Kind.OBSTACLE: lambda: w.t("{name} – obstacle open since {day}: “{what}”", name=name, **v),
        Kind.NO_OUTPUT: lambda: w.t(
            "{name} – {target}: nothing approved yet, {expected} {unit} expected by now", name=name, **v
        ),
        Kind.BEHIND: lambda: w.t(
            "{name} – {target}: {realised} of {expected} {unit} expected; below half for the last {weeks} weeks",
            name=name,
            **v,
        ),
        Kind.FALLING: lambda: w.t(
            "{name} – {target}: quality marks fall, from {before} to {now} on average", name=name, **v
        ),
        Kind.NO_TARGET: lambda: w.t("{name} – has no approved target yet", name=name),
        Kind.NO_FOCUS: lambda: w.t("{name} – no focus chosen all week (asked on {asked} days)", name=name, **v),
        Kind.OTHER_WORK: lambda: w.t(
            "{name} – a focus on {chosen} days; on {other} of them the work was something else", name=name, **v
        ),
        Kind.EARLY: lambda: w.t(
            "👏 {name} – {target}: all {planned} {unit} reached, before {ends_on}. Worth a word of praise.",
            name=name,
            **v,
        ),
        Kind.EXCELLENT: lambda: w.t(
            "👏 {name} – {target}: quality {mean} on average over {weeks} marked weeks. Worth a word of praise.",
            name=name,
            **v,
        ),
    }[kind]()


async def open_evidence(context: Context, tap: Tap) -> None:
    """`person.target`; the target is 0 for the person as a whole."""
    person = await coaching.coached(context.session, context.employee, tap.number(), on=context.today)
    await sights.opened(context.session, context.employee, person, sights.EVIDENCE, now=context.now)
    target = tap.number(1) or None
    await outbox.redraw(context.session, tap.card.key, now=context.now, person=tap.number(), target=target)


async def back(context: Context, tap: Tap) -> None:
    await outbox.redraw(context.session, tap.card.key, now=context.now, person=None, target=None)
