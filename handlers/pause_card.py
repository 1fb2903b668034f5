"""The card of `/jeda`: how it stands, and what can be chosen."""

from datetime import date, datetime, time, timedelta

from handlers.pause import MAIN, QUIET
from handlers.screens import Button, Rows, Screen
from handlers.texts import Html, Words, words
from models import employees, pauses
from models.agencies import Agency
from models.database import Session
from models.employees import Employee
from models.outbox import Message

DAYS = (1, 3)
HOURS = ((time(12), time(13)), (time(17), time(7)), (time(19), time(6)))


async def pause_card(session: Session, card: Message, now: datetime) -> Screen:
    person = await session.get_one(Employee, card.employee_id)
    w = words(person.language)
    today = now.astimezone(await employees.zone_of(session, person)).date()
    if card.arguments.get("view") == QUIET:
        return _quiet(w, person)
    allowed = (await session.get_one(Agency, person.agency_id)).mute_days
    lines: list[str] = [w.t("<b>Pause</b>"), "", await _state(session, w, person, today)]
    if person.quiet_from is not None and person.quiet_to is not None:
        lines.append(_hours(w, person.quiet_from, person.quiet_to))
    if allowed:
        lines += [
            "",
            w.t(
                "In a pause I do not ask, remind or send notes. Answers, news of approvals, and the warning before a "
                "month closes still come. Days stay workdays: please report them afterwards."
            ),
            w.many(
                "At most one workday at a time. Other dates: reply to this message, for example "
                "<i>until Friday</i> or <i>1–3 December</i>.",
                "At most {count} workdays at a time. Other dates: reply to this message, for example "
                "<i>until Friday</i> or <i>1–3 December</i>.",
                allowed,
            ),
        ]
    else:
        lines += ["", w.t("Your agency does not use pauses; quiet hours you may set.")]
    rows = await _choices(session, w, person, allowed, today) if allowed else ()
    return Screen("\n".join(lines), (*rows, (Button(w.plain("🌙 Quiet hours"), "pause_view", QUIET),)))


async def _state(session: Session, w: Words, person: Employee, today: date) -> Html:
    first, last, back = person.muted_from, person.muted_until, await pauses.back_on(session, person)
    if first is None or last is None or back is None or last < today:
        return w.t("🔔 I ask and remind as usual.")
    if first > today:
        return w.t(
            "🔕 I will be silent {span}, and ask again on {back}.", span=w.span(first, last), back=w.short_day(back)
        )
    return w.t(
        "🔕 I am silent through {last}, and ask again on {back}.", last=w.short_day(last), back=w.short_day(back)
    )


def _hours(w: Words, first: time, last: time) -> Html:
    return w.t("🌙 Quiet hours: {first}–{last}", first=w.clock(first), last=w.clock(last))


async def _choices(session: Session, w: Words, person: Employee, allowed: int, today: date) -> Rows:
    keys = [
        Button(str(w.many("one day", "{count} days", days)), "pause", str(days)) for days in DAYS if days <= allowed
    ]
    sunday = today + timedelta(days=6 - today.weekday())
    if sunday <= await pauses.longest_from(session, person, today):
        keys.append(Button(w.plain("until Monday"), "pause", "0"))
    if person.muted_until is not None and person.muted_until >= today:
        return (tuple(keys), (Button(w.plain("🔔 End the pause"), "pause_end"),))
    return (tuple(keys),)


def _quiet(w: Words, person: Employee) -> Screen:
    lines: list[str] = [w.t("<b>Quiet hours</b>"), ""]
    if person.quiet_from is None or person.quiet_to is None:
        lines.append(w.t("None are set."))
    else:
        lines.append(_hours(w, person.quiet_from, person.quiet_to))
    lines += [
        "",
        w.t(
            "What would come by itself in these hours comes when they are over. "
            "Tap, or reply with other hours: <i>12.00–13.00</i>."
        ),
    ]
    keys = tuple(
        Button(f"{w.clock(first)}–{w.clock(last)}", "quiet", f"{first:%H%M}-{last:%H%M}") for first, last in HOURS
    )
    rows: Rows = (keys,)
    if person.quiet_from is not None:
        rows = (*rows, (Button(w.plain("No quiet hours"), "quiet", "off"),))
    return Screen("\n".join(lines), (*rows, (Button(w.plain("‹ Back"), "pause_view", MAIN),)))
