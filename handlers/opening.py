"""`/buka`: the level above opens a closed month for one person, for some days, with a reason."""

from collections.abc import Sequence
from datetime import date, datetime

from telegram import Update

from handlers import deadlines
from handlers.context import Context, show_to
from handlers.screens import Button, Rows, Screen, in_rows
from handlers.taps import Tap
from handlers.texts import Words, words
from handlers.wording import short
from models import employees, kinds, openings, outbox, questions
from models.database import Session
from models.employees import Employee
from models.openings import MonthOpening
from models.outbox import Message
from models.questions import Question
from models.refusals import Refusal

REASON = "opening_reason"
DAYS = (1, 2, 3, 5, 7, 14)
PAGE = 8


async def show_opening(update: Update, context: Context) -> None:
    if not await openings.those_for_whom(context.session, context.employee, on=context.today):
        await context.say(context.words.t("Nobody reports to you at present."))
        return
    await context.show(f"opening:{context.employee.id}", kinds.OPENING_CARD, anew=True, view="who")


async def opening_card(session: Session, card: Message, now: datetime) -> Screen:
    """The views, one after the other: who, month, days, reason; and done."""
    opener = await session.get_one(Employee, card.employee_id)
    w, a = words(opener.language), card.arguments
    today = now.astimezone(await employees.zone_of(session, opener)).date()
    view, person = a.get("view"), await session.get(Employee, a.get("person") or 0)
    done = await session.get(MonthOpening, a.get("opening") or 0)
    if view == "done" and done is not None and person is not None:
        return Screen(await _done(session, w, person, done))
    title = w.t("<b>Open a month</b>")
    people = await openings.those_for_whom(session, opener, on=today)
    if view == "who" or person is None or person.id not in {one.id for one in people}:
        return Screen(title + "\n\n" + w.t("For whom?"), _people(w, people, int(a.get("page") or 0)))
    text = f"{title}\n\n" + w.t("<b>{name}</b>", name=person.name)
    back = (Button(w.plain("‹ Back"), "open_view", "who"),)
    if view == "month":
        months = [Button(w.month(month), "open_month", f"{month:%Y%m%d}") for month in openings.months_before(today)]
        return Screen(text + "\n" + w.t("Which month?"), (*in_rows(months, each=2), back))
    text += f" · {w.month(date.fromisoformat(a['month']))}"
    if view == "days":
        days = [Button(str(w.many("1 day", "{count} days", count)), "open_days", str(count)) for count in DAYS]
        hint = w.t("For how many days shall it be open, today included?")
        return Screen(f"{text}\n{hint}", (*in_rows(days, each=3), back))
    return Screen(f"{text}\n" + w.t("I am waiting for the reason."), (back,))


async def _done(session: Session, w: Words, person: Employee, opening: MonthOpening) -> str:
    zone = await employees.zone_of(session, person)
    return w.t(
        "✅ {month} is open for {name} until {deadline}. {name} has been told.",
        month=w.month(opening.month),
        name=person.name,
        deadline=deadlines.end_of(w, opening.until, zone.key),
    )


def _people(w: Words, people: Sequence[Employee], page: int) -> Rows:
    pages = max((len(people) + PAGE - 1) // PAGE, 1)
    page %= pages
    rows = [(Button(short(one.name, 38), "open_for", str(one.id)),) for one in people[page * PAGE : (page + 1) * PAGE]]
    if pages > 1:
        more = w.plain("More … ({page}/{pages})", page=page + 1, pages=pages)
        rows.append((Button(more, "open_view", f"who.{page + 1}"),))
    return tuple(rows)


async def turn_to(context: Context, tap: Tap) -> None:
    page = tap.argument.partition(".")[2]
    number = int(page) if page.isdecimal() else 0
    await outbox.redraw(context.session, tap.card.key, now=context.now, view="who", page=number)


async def choose_person(context: Context, tap: Tap) -> None:
    await _check(context, tap.number())
    await outbox.redraw(context.session, tap.card.key, now=context.now, view="month", person=tap.number())


async def _check(context: Context, person_id: int) -> None:
    """Raises: Refusal("not_yours")."""
    people = await openings.those_for_whom(context.session, context.employee, on=context.today)
    if person_id not in {one.id for one in people}:
        raise Refusal("not_yours")


async def choose_month(context: Context, tap: Tap) -> None:
    await _check(context, tap.card.arguments.get("person") or 0)
    months = {f"{month:%Y%m%d}": month for month in openings.months_before(context.today)}
    month = months.get(tap.argument)
    if month is None:
        raise Refusal("month_not_openable")
    await outbox.redraw(context.session, tap.card.key, now=context.now, view="days", month=month.isoformat())


async def choose_days(context: Context, tap: Tap) -> None:
    """The last thing asked is the reason, in a message of its own."""
    if tap.number() not in DAYS:
        raise Refusal("days_out_of_range", limit=openings.OPEN_AT_MOST)
    await _check(context, tap.card.arguments.get("person") or 0)
    await outbox.redraw(context.session, tap.card.key, now=context.now, view="reason", days=tap.number())
    w = context.words
    text = w.t("Why is the month opened? Reply to this message; the reason is kept.")
    key = await context.say(text, asks=w.plain("The reason"))
    a = tap.card.arguments
    await context.wait(key, REASON, opening=tap.card.key, person=a["person"], month=a["month"], days=tap.number())


async def give_reason(context: Context, question: Question, text: str) -> bool:
    a = question.arguments
    person = await context.session.get_one(Employee, a["person"])
    opened = await openings.open_month(
        context.session,
        context.employee,
        person,
        date.fromisoformat(a["month"]),
        days=a["days"],
        reason=text,
        today=context.today,
        now=context.now,
    )
    await questions.close(context.session, question.card)
    await outbox.redraw(context.session, a["opening"], now=context.now, view="done", opening=opened.id)
    await context.say(await _done(context.session, context.words, person, opened))
    await _tell(context, person, opened)
    return True


async def _tell(context: Context, person: Employee, opening: MonthOpening) -> None:
    w, zone = words(person.language), await employees.zone_of(context.session, person)
    text = w.t(
        "🔓 {name} has opened {month} for you until {deadline}. Write what you did, with its date: "
        "<i>2 November: coordination meeting</i>. It is marked as late.",
        name=context.employee.name,
        month=w.month(opening.month),
        deadline=deadlines.end_of(w, opening.until, zone.key),
    )
    await show_to(
        context.session,
        person,
        f"opening:{opening.id}:told",
        kinds.SAY,
        now=context.now,
        priority=kinds.CARD,
        text=str(text),
    )
