"""The supervisor agrees to an absence, or refuses it with a reason; the person hears of it."""

from datetime import datetime

from handlers import absence_telling, absence_words
from handlers.context import Context
from handlers.screens import Button, Screen
from handlers.taps import Tap
from handlers.texts import Html, Words, words
from models import absence_acts, cards, employees, outbox, questions, reviews, rosters, windows
from models.absences import CONFIRMED, REFUSED, WAITING, Absence
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.questions import Question

REASON = "absence_reason"


async def review_card(session: Session, card: Message, now: datetime) -> Screen:
    reviewer = await session.get_one(Employee, card.employee_id)
    absence = await session.get_one(Absence, card.arguments["absence"])
    person = await session.get_one(Employee, absence.employee_id)
    w = words(reviewer.language)
    what = absence_words.said(w, absence.kind, (absence.starts_on, absence.ends_on))
    text = w.t("🗓 <b>{name}</b> asks for: {what}.", name=person.name, what=what)
    seen = ((absence.id, absence.revision),)
    today = now.astimezone(await employees.zone_of(session, reviewer)).date()
    is_theirs = await absence_acts.may_decide(session, absence, reviewer, on=today)
    if not is_theirs and absence.reviewer_id != reviewer.id:
        return Screen(w.t("This is no longer yours to decide."))
    if absence.status != WAITING:
        return Screen(text + "\n" + await _outcome(session, w, absence))
    roster = await rosters.of_one(session, person, absence.starts_on, absence.ends_on)
    count = len(roster.calendar.between(absence.starts_on, absence.ends_on, roster.week_days))
    text = Html(text + "\n" + w.many("One workday.", "{count} workdays.", count))
    if absence.deputy_id is not None:
        deputy = await session.get_one(Employee, absence.deputy_id)
        text = Html(text + "\n" + w.t("Plh: {name}", name=deputy.name))
    superior = (await reviews.first_deciders(session, reviewer, on=today)).get(person.id)
    if superior is not None:
        since = w.short_day(absence.noted_at.astimezone(await employees.zone_of(session, person)).date())
        text = Html(text + "\n" + w.t("It has waited for {superior} since {day}.", superior=superior.name, day=since))
    agree = Button(w.plain("✅ Approve"), "absence_yes", str(absence.id))
    return Screen(text, ((agree, Button(w.plain("❌ Refuse …"), "absence_no", str(absence.id))),), seen)


async def _outcome(session: Session, w: Words, absence: Absence) -> Html:
    by = await session.get(Employee, absence.reviewer_id) if absence.reviewer_id else None
    name = by.name if by else "–"
    if absence.status == CONFIRMED:
        return w.t("✅ Approved by {name}.", name=name) if by else w.t("✅ Approved.")
    if absence.status == REFUSED:
        return w.t("❌ Refused by {name}: <i>{reason}</i>", name=name, reason=absence.reason or "–")
    return w.t("It has been cancelled.")


async def approve(context: Context, tap: Tap) -> None:
    absence = await absence_telling.seen(context, tap, tap.number())
    await _decide(context, absence, reason=None, revision=tap.seen[absence.id])
    context.toast(context.words.plain("Approved."))


async def ask_reason(context: Context, tap: Tap) -> None:
    """Ask for the reason in a message of its own; the answer is bound to that message."""
    absence = await absence_telling.seen(context, tap, tap.number())
    await absence_telling.check_decider(context, absence)
    w = context.words
    key = await context.say(
        w.t("Why is this absence refused? Reply to this message; the person reads the reason."),
        asks=w.plain("The reason"),
    )
    await context.wait(key, REASON, absence=absence.id, revision=tap.seen[absence.id])


async def give_reason(context: Context, question: Question, text: str) -> bool:
    absence = await context.session.get_one(Absence, question.arguments["absence"])
    await _decide(context, absence, reason=text, revision=question.arguments["revision"])
    await questions.close(context.session, question.card)
    person = await context.session.get_one(Employee, absence.employee_id)
    await context.say(context.words.t("Refused; {name} has been told the reason.", name=person.name))
    return True


async def _decide(context: Context, absence: Absence, *, reason: str | None, revision: int) -> None:
    session = context.session
    await absence_acts.decide(session, absence, absence_telling.by(context), reason=reason, revision=revision)
    person = await session.get_one(Employee, absence.employee_id)
    await outbox.redraw(session, cards.absence_review(absence.id, context.employee.id), now=context.now)
    await absence_telling.show_reviews(context, person, absence, anew=False)
    w = words(person.language)
    await absence_telling.tell(
        context, person, f"absence:{absence.id}:{absence.revision}:decided", await _told(context, w, person, absence)
    )
    await cards.redraw_absences(session, person.id, absence.id, now=context.now)
    await cards.redraw_for_others(session, person, now=context.now)


async def _told(context: Context, w: Words, person: Employee, absence: Absence) -> Html:
    what = absence_words.said(w, absence.kind, (absence.starts_on, absence.ends_on))
    name = context.employee.name
    if absence.status == CONFIRMED:
        return w.t("✅ {name} approved: {what}.", name=name, what=what)
    text = w.t("❌ {name} refused {what}:\n<i>{reason}</i>", name=name, what=what, reason=absence.reason or "–")
    zone = await employees.zone_of(context.session, person)
    today = context.now.astimezone(zone).date()
    window = await windows.of_one(context.session, person, today=today)
    roster = await rosters.of_one(context.session, person, absence.starts_on, today)
    days = [day for day in roster.between(absence.starts_on, min(absence.ends_on, today)) if window.is_open(day)]
    if days:
        listed = w.listed(w.short_day(day) for day in days)
        text = Html(text + "\n" + w.t("You may still report: {days}.", days=listed))
    return text
