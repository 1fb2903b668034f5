"""The bot's own troubles, for whoever looks after an agency. Counts, times and codes; no word of what anybody wrote."""

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.screens import Screen
from handlers.texts import Html, Words, words
from models import employees, staff, troubles
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.troubles import Trouble

LISTED = 10


async def alarm(session: Session, card: Message, now: datetime) -> Screen | None:
    """As it stands now; nothing to whoever is no admin any more."""
    viewer = await session.get_one(Employee, card.employee_id)
    trouble = await session.get(Trouble, card.arguments["trouble"])
    zone = await employees.zone_of(session, viewer)
    on = now.astimezone(zone).date()
    if trouble is None or trouble.agency_id != viewer.agency_id or not staff.is_admin(viewer, on=on):
        return None
    w = words(viewer.language)
    if trouble.kind == troubles.DOWN:
        return Screen("\n".join(_stop(w, trouble, zone)))
    if trouble.over_at is not None:
        return Screen(_over(w, trouble, zone))
    if trouble.kind == troubles.WAITING:
        return Screen("\n".join(_waiting(w, trouble, zone)))
    if trouble.kind == troubles.PARKED:
        codes = await troubles.references(session, trouble.agency_id, most=LISTED)
        return Screen("\n".join(_parked(w, trouble, codes)))
    return None


def _moment(w: Words, moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{w.short_day(local.date())} {w.clock(local)}"


def _waiting(w: Words, trouble: Trouble, zone: ZoneInfo) -> list[Html]:
    count = w.many(
        "⚠️ <b>One message has waited for more than 12 hours</b>",
        "⚠️ <b>{count} messages have waited for more than 12 hours</b>",
        trouble.count,
    )
    return [
        count,
        w.t("The oldest came {moment}. Nothing is lost, but I do not get on.", moment=_moment(w, trouble.since, zone)),
        w.t("Please ask whoever runs the server to look: <code>harian check</code>."),
    ]


def _parked(w: Words, trouble: Trouble, codes: list[str]) -> list[Html]:
    more = trouble.count - len(codes)
    listed = Html(", ".join(f"<code>{code}</code>" for code in codes) + (f", … (+{more})" if more > 0 else ""))
    return [
        w.many(
            "⚠️ <b>I could not handle one message, after three tries</b>",
            "⚠️ <b>I could not handle {count} messages, after three tries each</b>",
            trouble.count,
        ),
        w.t("Code: {codes}. What it says is kept for seven days.", codes=listed),
        w.t("Whoever runs the server tries again with <code>harian inbox replay</code> and the code."),
    ]


def _over(w: Words, trouble: Trouble, zone: ZoneInfo) -> Html:
    span = {"since": _moment(w, trouble.since, zone), "until": _moment(w, trouble.over_at or trouble.since, zone)}
    if trouble.kind == troubles.STANDING:
        return w.many(
            "✅ From {since} until {until} none of my messages went out; one was late. They go out again.",
            "✅ From {since} until {until} none of my messages went out; {count} were late. They go out again.",
            trouble.count,
            **span,
        )
    if trouble.kind == troubles.WAITING:
        return w.many(
            "✅ What had waited is handled: one message, since {since}. Nothing was lost.",
            "✅ What had waited is handled: {count} messages, since {since}. Nothing was lost.",
            trouble.count,
            **span,
        )
    return w.t("✅ No message is left that I could not handle.")


def _stop(w: Words, trouble: Trouble, zone: ZoneInfo) -> list[Html]:
    until = _moment(w, trouble.over_at or trouble.since, zone)
    lines = [w.t("⚠️ <b>I was away from {since} until {until}</b>", since=_moment(w, trouble.since, zone), until=until)]
    lost_before = troubles.lost_before(trouble)
    if lost_before is None:
        return [*lines, w.t("Nothing is lost: Telegram has kept what was written meanwhile.")]
    return [
        *lines,
        w.t(
            "Telegram keeps messages for 24 hours only: what people wrote before {moment} may be lost. "
            "Please ask them to report those days again.",
            moment=_moment(w, lost_before, zone),
        ),
    ]
