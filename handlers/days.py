"""One's own days: today's report, and past days by page."""

from datetime import date, datetime

from telegram import Update

from handlers.absence_words import kind_of
from handlers.context import Context
from handlers.screens import Button, Rows, Screen, fitting
from handlers.taps import Tap
from handlers.texts import Words, html, words
from handlers.wording import said, status, titled, what
from models import absences, employees, kinds, outbox, work_done
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.refusals import Refusal
from models.targets import Target


async def show_today(update: Update, context: Context) -> None:
    await context.show(f"days:{context.employee.id}", kinds.HISTORY, anew=True, day=context.today.isoformat())


async def show_history(update: Update, context: Context) -> None:
    """`/riwayat`: the newest day before today that has a report."""
    before = await work_done.days_reported(context.session, context.employee.id, limit=1, before=context.today)
    if not before:
        await context.say(context.words.t("There is no report of a past day yet."))
        return
    await context.show(f"days:{context.employee.id}", kinds.HISTORY, anew=True, day=before[0].isoformat())


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
    today = now.astimezone(await employees.zone_of(session, person)).date()
    return Screen(await day_text(session, w, person, day), await turns(session, w, person, day, today))


async def day_text(session: Session, w: Words, person: Employee, day: date) -> str:
    """What somebody reported on a day, or why nothing."""
    rows = await work_done.of_day(session, person.id, day)
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
    return "\n".join(lines)


async def turns(
    session: Session, w: Words, person: Employee, day: date, today: date, *, verb: str = "turn_day", prefix: str = ""
) -> Rows:
    """To the days with a report before and after; the verb's argument is the prefix and the day."""
    earlier = await work_done.days_reported(session, person.id, limit=1, before=day)
    newer = [d for d in await work_done.days_reported(session, person.id, limit=60, before=today) if d > day]
    found = [Button(f"‹ {w.short_day(earlier[0])}", verb, f"{prefix}{earlier[0]:%Y%m%d}")] if earlier else []
    after = min(newer) if newer else today if day < today else None
    if after is not None:
        found.append(Button(f"{w.short_day(after)} ›", verb, f"{prefix}{after:%Y%m%d}"))
    return (tuple(found),) if found else ()
