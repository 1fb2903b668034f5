"""One's own days: today's report, and past days by page; and a supervisor's team today."""

from collections.abc import Sequence
from datetime import date, datetime

from telegram import Update

from handlers import review
from handlers.absence_words import kind_of
from handlers.context import Context
from handlers.screens import Button, Screen, fitting
from handlers.taps import Tap
from handlers.texts import Html, html, words
from handlers.wording import said, status, titled, what
from models import absences, activities, duty, employees, milestones, outbox, reviews, rosters
from models.activities import Activity
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.refusals import Refusal
from models.targets import Target


async def show_today(update: Update, context: Context) -> None:
    await context.show(f"days:{context.employee.id}", outbox.HISTORY, anew=True, day=context.today.isoformat())


async def show_history(update: Update, context: Context) -> None:
    """`/riwayat`: the newest day before today that has a report."""
    before = await activities.days_reported(context.session, context.employee.id, limit=1, before=context.today)
    if not before:
        await context.say(context.words.t("There is no report of a past day yet."))
        return
    await context.show(f"days:{context.employee.id}", outbox.HISTORY, anew=True, day=before[0].isoformat())


async def turn_day(context: Context, tap: Tap) -> None:
    try:
        day = date.fromisoformat(tap.argument)
    except ValueError:
        raise Refusal("changed_meanwhile") from None
    await outbox.redraw(context.session, tap.card.key, now=context.now, day=day.isoformat())


async def day_card(session: Session, card: Message, now: datetime) -> Screen:
    person = await session.get_one(Employee, card.employee_id)
    w = words(person.language)
    day = date.fromisoformat(card.arguments["day"])
    rows = await activities.of_day(session, person.id, day)
    paragraphs: list[str] = []
    for number, activity in enumerate(rows, 1):
        target = await session.get(Target, activity.target_id) if activity.target_id else None
        pieces = [f"🎯 {titled(target, at_most=48)}" if target else w.plain("no target"), *said(w, activity)]
        line = w.t("{n}. {what}", n=number, what=what(w, activity, 160))
        paragraphs.append(f"\n{line}\n" + html(" · ".join([*pieces, status(w, activity)])))
    shown = fitting(paragraphs)
    lines: list[str] = [w.t("<b>{day}</b>", day=w.day(day)), *paragraphs[:shown]]
    if shown < len(rows):
        lines.append("\n" + w.many("… and one more", "… and {count} more", len(rows) - shown))
    if not rows:
        away = await absences.absence_on(session, person.id, day)
        lines.append(kind_of(w, away.kind) if away else w.t("Nothing reported."))
    minutes = sum(activity.minutes or 0 for activity in rows)
    if minutes:
        lines.append("\n" + w.t("Time said: {duration}", duration=w.duration(minutes)))
    return Screen("\n".join(lines), await _turns(session, person, day, now))


async def _turns(session: Session, person: Employee, day: date, now: datetime) -> tuple[tuple[Button, ...], ...]:
    w = words(person.language)
    today = now.astimezone(await employees.zone_of(session, person)).date()
    earlier = await activities.days_reported(session, person.id, limit=1, before=day)
    newer = [d for d in await activities.days_reported(session, person.id, limit=60, before=today) if d > day]
    turns = [Button(f"‹ {w.short_day(earlier[0])}", "turn_day", f"{earlier[0]:%Y%m%d}")] if earlier else []
    after = min(newer) if newer else today if day < today else None
    if after is not None:
        turns.append(Button(f"{w.short_day(after)} ›", "turn_day", f"{after:%Y%m%d}"))
    return (tuple(turns),) if turns else ()


async def show_team(update: Update, context: Context) -> None:
    """`/tim`: who has reported, who has not, who is away; only a supervisor sees names."""
    w, today = context.words, context.today
    team = await duty.team_of(context.session, context.employee, on=today)
    if not team:
        await context.say(w.t("Nobody reports to you at present."))
        return
    reported = await activities.between(context.session, [person.id for person in team], today, today)
    states = [f"{w.t('{name}', name=person.name)} – {await _state(context, person, reported)}" for person in team]
    shown = fitting(states)
    lines: list[str] = [w.t("<b>Your team</b>, {day}", day=w.day(today)), *states[:shown]]
    if shown < len(team):
        lines.append(w.many("… and one more", "… and {count} more", len(team) - shown))
    waiting = sum(len(rows) for _, rows in await reviews.waiting_for(context.session, context.employee, on=today))
    if waiting:
        lines += ["", w.many("One activity waits for you.", "{count} activities wait for you.", waiting)]
        await review.show_waiting(context)
    if await milestones.running(context.session, team, on=today):
        lines += ["", w.t("How far milestones have come is set under /tonggak.")]
    await context.say("\n".join(lines), button=(w.plain("🗓 Absences"), "away_team"))


async def _state(context: Context, person: Employee, reported: Sequence[Activity]) -> Html:
    w = context.words
    count = sum(1 for activity in reported if activity.employee_id == person.id)
    if count:
        return w.many("✓ one activity", "✓ {count} activities", count)
    away = await absences.absence_on(context.session, person.id, context.today)
    if away is not None:
        back = await rosters.next_for(context.session, person, away.ends_on)
        return w.t("🗓 {what}, back {day}", what=kind_of(w, away.kind), day=w.short_day(back))
    return w.t("not joined yet") if person.telegram_id is None else w.t("not yet")
