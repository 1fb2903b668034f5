"""The notices to those whose work was decided about: approved, or returned with a reason."""

from datetime import datetime

from handlers.screens import Button, Rows, Screen
from handlers.texts import Words, words
from handlers.wording import what
from models import absences, activities
from models.absences import Absence
from models.activities import APPROVED, RETURNED, WAITING, Activity
from models.agencies import Agency
from models.database import Session
from models.employees import Employee
from models.outbox import Message


async def approved_notice(session: Session, card: Message, now: datetime) -> Screen | None:
    """The person hears once that work was approved, when the undo has ended."""
    person = await session.get_one(Employee, card.employee_id)
    w = words(person.language)
    found = (await activities.by_ids(session, card.arguments["activities"])).values()
    rows = [activity for activity in found if activity.status == APPROVED]
    if not rows:
        return None
    days = w.listed(w.short_day(day) for day in sorted({activity.worked_on for activity in rows}))
    if all(activity.is_automatic for activity in rows):
        text = w.many(
            "✅ One activity ({days}) was approved automatically, because nobody had decided.",
            "✅ {count} activities ({days}) were approved automatically, because nobody had decided.",
            len(rows),
            days=days,
        )
        return Screen(text, silent=True)
    text = w.many(
        "✅ {name} approved one activity ({days}).",
        "✅ {name} approved {count} activities ({days}).",
        len(rows),
        name=await _decider(session, w, rows[0]),
        days=days,
    )
    return Screen(text, silent=True)


async def _decider(session: Session, w: Words, activity: Activity) -> str:
    """Who decided, and in whose place."""
    reviewer = await session.get(Employee, activity.reviewer_id) if activity.reviewer_id else None
    superior = await session.get(Employee, activity.on_behalf_of_id) if activity.on_behalf_of_id else None
    if reviewer is None:
        return "–"
    if superior is None:
        return reviewer.name
    return w.plain("{deputy} (for {superior})", deputy=reviewer.name, superior=superior.name)


async def returned_notice(session: Session, card: Message, now: datetime) -> Screen | None:
    person = await session.get_one(Employee, card.employee_id)
    w = words(person.language)
    activity = await session.get_one(Activity, card.arguments["activity"])
    if activity.status != RETURNED:
        return Screen(w.t("“{what}” has been put right.", what=what(w, activity, 120)))
    text = w.t(
        "↩️ {name} returned “{what}”:\n<i>{reason}</i>",
        name=await _decider(session, w, activity),
        what=what(w, activity, 120),
        reason=activity.reason or "–",
    )
    rows: Rows = ((Button(w.plain("Put it right"), "open", str(activity.id)),),) if activity.reply_id else ()
    return Screen(text, rows, ((activity.id, activity.revision),))


async def escalated_notice(session: Session, card: Message, now: datetime) -> Screen | None:
    """Whoever should have decided first is told, calmly, that the next level may decide too."""
    first = await session.get_one(Employee, card.employee_id)
    w = words(first.language)
    rows = (await activities.by_ids(session, card.arguments["activities"])).values()
    waiting = [row for row in rows if row.status == WAITING]
    asked = [await session.get_one(Absence, id_) for id_ in card.arguments["absences"]]
    open_ = [absence for absence in asked if absence.status == absences.WAITING]
    if not waiting and not open_:
        return None if card.message_id is None else Screen(w.t("✅ What had waited long is decided."))
    pieces: list[str] = []
    if waiting:
        pieces.append(w.many("one activity", "{count} activities", len(waiting)))
    if open_:
        pieces.append(w.many("one request for leave", "{count} requests for leave", len(open_)))
    agency = await session.get_one(Agency, first.agency_id)
    names = [(await session.get_one(Employee, id_)).name for id_ in card.arguments["others"]]
    text = w.t(
        "Waiting for more than {days} workdays: {what}. So that nobody is held up, {names} may decide about it now "
        "too. You still may, as always; I say this only once.",
        days=agency.escalate_days,
        what=w.listed(pieces),
        names=w.listed(names),
    )
    return Screen(text, silent=True)
