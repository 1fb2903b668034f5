"""Holidays of the agency and of its units, on the card of `/admin`."""

from datetime import date

from handlers.admin_choices import matching_units
from handlers.context import Context
from handlers.screens import Button, Rows, Screen
from handlers.taps import Tap
from handlers.texts import Words
from handlers.wording import short
from models import outbox, own_holidays, staff
from models.agencies import Agency, Unit
from models.database import Session
from models.outbox import Message
from models.own_holidays import OwnHoliday
from models.reading.spans import dates_in
from models.refusals import Refusal
from models.staff_acts import By

SHOWN = 12
PAGE = 8
TYPED = "admin_holiday"


async def draw(session: Session, w: Words, card: Message, by: By) -> Screen:
    """The views: holidays, holiday_of (whose?), holiday_when."""
    a, title = card.arguments, w.t("<b>Holidays</b>")
    if a["view"] == "holiday_of":
        return Screen(
            f"{title}\n" + w.t("For whom? Units below it have the day off too."), await _whose(session, w, card, by)
        )
    if a["view"] == "holiday_when":
        unit = await session.get(Unit, a.get("unit") or 0)
        of = unit.name if unit is not None else (await session.get_one(Agency, by.actor.agency_id)).name
        hint = w.t("When, and what is celebrated? Reply to this message: <i>2 December: regional election</i>.")
        return Screen(f"{title} – {w.t('{of}', of=of)}\n{hint}", ((Button(w.plain("‹ Back"), "admin", "holidays"),),))
    found = (await own_holidays.coming(session, by.actor.agency_id, on=by.today))[:SHOWN]
    lines = [w.t("{n}. {line}", n=n, line=_line(w, one)) for n, one in enumerate(found, 1)]
    rows: Rows = tuple(
        (Button(w.plain("Remove no. {n}", n=n), "admin_holiday_off", f"{_id(one)}.{one.day:%Y%m%d}"),)
        for n, one in enumerate(found, 1)
    )
    if not found:
        lines = [w.t("None of the agency's own from today on; national ones are known.")]
    last = (
        (Button(w.plain("＋ Add a holiday"), "admin", "holiday_of"),),
        (Button(w.plain("‹ Back"), "admin", "find"),),
    )
    return Screen("\n".join([title, *lines]), (*rows, *last))


def _line(w: Words, one: OwnHoliday) -> str:
    said = f"{w.short_day(one.day)} {one.day.year}: {one.name}"
    return f"{said} ({one.unit.name})" if one.unit is not None else said


def _id(one: OwnHoliday) -> int:
    return one.unit.id if one.unit is not None else 0


async def _whose(session: Session, w: Words, card: Message, by: By) -> Rows:
    units = await matching_units(session, by.actor.agency_id, "")
    page, pages = int(card.arguments.get("page") or 0), max((len(units) + PAGE - 1) // PAGE, 1)
    page %= pages
    rows: list[tuple[Button, ...]] = [(Button(w.plain("The whole agency"), "admin_holiday_of", "0"),)]
    rows += [
        (Button(short(unit.name, 38), "admin_holiday_of", str(unit.id)),)
        for unit in units[page * PAGE : (page + 1) * PAGE]
    ]
    if pages > 1:
        before, after = (page - 1) % pages, (page + 1) % pages
        turn = f"{page + 1}/{pages} ›"
        rows.append((Button("‹", "admin", f"holiday_of.{before}"), Button(turn, "admin", f"holiday_of.{after}")))
    return (*rows, (Button(w.plain("‹ Back"), "admin", "holidays"),))


async def choose_whose(context: Context, tap: Tap) -> None:
    staff.check_admin(context.employee, on=context.today)
    if tap.number():
        await staff.unit_of(context.session, context.employee, tap.number())
    await context.wait(tap.card.key, TYPED)
    await outbox.redraw(context.session, tap.card.key, now=context.now, view="holiday_when", unit=tap.number())


async def type_holiday(context: Context, card: Message, text: str) -> None:
    """`2 Desember: Pilkada`. Raises: Refusal("holiday_unclear", text=…), and those of `own_holidays.add`."""
    dates, _, name = text.partition(":")
    span = dates_in(dates, context.today)
    if span is None or not name.strip():
        raise Refusal("holiday_unclear", text=short(text, 60))
    unit_id = card.arguments.get("unit") or 0
    unit = await staff.unit_of(context.session, context.employee, unit_id) if unit_id else None
    await own_holidays.add(context.session, unit, span, name, By(context.employee, context.today, context.now))
    await outbox.redraw(context.session, card.key, now=context.now, view="holidays")


async def remove(context: Context, tap: Tap) -> None:
    try:
        day = date.fromisoformat(str(tap.number(1)))
    except ValueError:
        raise Refusal("changed_meanwhile") from None
    unit = await staff.unit_of(context.session, context.employee, tap.number()) if tap.number() else None
    await own_holidays.remove(context.session, unit, day, By(context.employee, context.today, context.now))
    await outbox.redraw(context.session, tap.card.key, now=context.now, view="holidays")
