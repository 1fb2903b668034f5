"""`/cakupan`: what a unit's goals lack, for its head alone: goals without targets, targets untouched, uneven sums."""

from datetime import datetime

from telegram import Update

from handlers.context import Context
from handlers.screens import Button, Screen, fitting
from handlers.taps import Tap
from handlers.texts import Html, Words, words
from handlers.wording import titled
from models import coverage, employees, kinds, leading, outbox
from models.coverage import Coverage, Uneven, Untouched
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.refusals import Refusal
from models.targets import Target

AT_A_GLANCE, PAGE = 5, 10
SECTIONS = ("unserved", "untouched", "uneven")


async def show_coverage(update: Update, context: Context) -> None:
    if await leading.led_by(context.session, context.employee, on=context.today) is None:
        await context.say(context.words.t("The coverage of goals is for whoever leads a unit."))
        return
    await show_card(context)


async def show_card(context: Context) -> None:
    key = f"coverage:{context.employee.id}"
    await context.show(key, kinds.COVERAGE, anew=True, section=None, page=0)


async def open_coverage(context: Context, tap: Tap) -> None:
    """From a note's line to the card."""
    await _check(context)
    await show_card(context)


async def _check(context: Context) -> None:
    if await leading.led_by(context.session, context.employee, on=context.today) is None:
        raise Refusal("not_yours")


async def turn_to(context: Context, tap: Tap) -> None:
    """`all`, or `<section>.<page>`."""
    await _check(context)
    section = tap.argument.partition(".")[0]
    if section not in (*SECTIONS, "all"):
        raise Refusal("changed_meanwhile")
    where = {"section": None, "page": 0} if section == "all" else {"section": section, "page": tap.number(1)}
    await outbox.redraw(context.session, tap.card.key, now=context.now, **where)


def in_short(w: Words, found: Coverage) -> Html:
    """One line with the counts."""
    pieces = [
        w.many("one goal without any target", "{count} goals without any target", len(found.unserved)),
        w.many("one target untouched for two weeks", "{count} targets untouched for two weeks", len(found.untouched)),
        w.many("one sum that differs", "{count} sums that differ", len(found.uneven)),
    ]
    counts = (len(found.unserved), len(found.untouched), len(found.uneven))
    return w.t("In your unit: {what}.", what=w.listed(p for p, n in zip(pieces, counts, strict=True) if n))


async def coverage_card(session: Session, card: Message, now: datetime) -> Screen | None:
    person = await session.get_one(Employee, card.employee_id)
    w = words(person.language)
    today = now.astimezone(await employees.zone_of(session, person)).date()
    unit = await leading.led_by(session, person, on=today)
    if unit is None:
        return Screen(w.t("The coverage of goals is for whoever leads a unit."))
    found = await coverage.of_unit(session, unit, today)
    heading = w.t("<b>Coverage of goals</b> – {unit}, {day}", unit=unit.name, day=w.short_day(today))
    section = card.arguments["section"]
    if section is not None:
        return _one_section(w, heading, found, section, card.arguments["page"])
    lines: list[str] = [heading]
    rows: list[tuple[Button, ...]] = []
    for name in SECTIONS:
        title, written = _section(w, found, name)
        if written:
            lines += ["", title, *written[:AT_A_GLANCE]]
        if len(written) > AT_A_GLANCE:
            lines.append(w.many("… and one more", "… and {count} more", len(written) - AT_A_GLANCE))
            rows.append((Button(_opens(w, name, len(written)), "section", f"{name}.0"),))
    if not found:
        lines += ["", _all_well(w, found)]
    return Screen("\n".join(lines), tuple(rows))


def _all_well(w: Words, found: Coverage) -> Html:
    if not found.goals:
        return w.t("The unit has no goals at present. No target was left untouched in the last two weeks.")
    return w.t("✅ Every goal has a target, no target was left untouched in the last two weeks, and the sums agree.")


def _opens(w: Words, section: str, count: int) -> str:
    return {
        "unserved": w.plain("All goals without a target ({count})", count=count),
        "untouched": w.plain("All untouched targets ({count})", count=count),
        "uneven": w.plain("All sums that differ ({count})", count=count),
    }[section]


def _section(w: Words, found: Coverage, section: str) -> tuple[Html, list[Html]]:
    if section == "unserved":
        return w.t("<b>Goals that nobody's target serves</b>"), [_goal(w, goal) for goal in found.unserved]
    if section == "untouched":
        title = w.t("<b>Targets nobody has touched for ten workdays</b>")
        return title, [_untouched(w, one) for one in found.untouched]
    return w.t("<b>Sums that differ from the goal</b>"), [_uneven(w, one) for one in found.uneven]


def _one_section(w: Words, heading: Html, found: Coverage, section: str, page: int) -> Screen:
    title, written = _section(w, found, section)
    pages = max((len(written) + PAGE - 1) // PAGE, 1)
    at = page % pages
    shown = written[at * PAGE : (at + 1) * PAGE]
    lines = [heading, "", title, *shown[: fitting(shown)]] if shown else [heading, "", w.t("Nothing is left here.")]
    back = (Button(w.plain("‹ Back"), "section", "all"),)
    if pages == 1:
        return Screen("\n".join(lines), (back,))
    before = Button("‹", "section", f"{section}.{(at - 1) % pages}")
    after = Button(f"{at + 1}/{pages} ›", "section", f"{section}.{(at + 1) % pages}")
    return Screen("\n".join(lines), ((before, after), back))


def _goal(w: Words, goal: Target) -> Html:
    return w.t("• {goal}", goal=titled(goal, at_most=120))


def _untouched(w: Words, one: Untouched) -> Html:
    name, target = one.holder.name, titled(one.target)
    if one.last is None:
        return w.t("• {name} – {target}: never yet", name=name, target=target)
    return w.t("• {name} – {target}: last on {day}", name=name, target=target, day=w.short_day(one.last))


def _uneven(w: Words, one: Uneven) -> Html:
    values = {
        "goal": titled(one.goal),
        "planned": w.number(one.goal.planned),
        "unit": one.goal.measure,
        "below": w.number(one.below),
        "gap": w.number(abs(one.goal.planned - one.below)),
    }
    if one.below < one.goal.planned:
        return w.t("• {goal}: {planned} {unit} planned, the targets below add up to {below} ({gap} too few)", **values)
    return w.t("• {goal}: {planned} {unit} planned, the targets below add up to {below} ({gap} too many)", **values)
