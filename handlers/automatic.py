"""What was approved by the clock, on a card for the supervisor: take it over, let it wait again, or return it."""

from datetime import date, datetime

from handlers import quality, review, review_lines
from handlers.context import Context
from handlers.review_lines import Waiting
from handlers.screens import ROOM, Button, Rows, Screen, in_rows, length
from handlers.taps import Tap
from handlers.texts import Words, words
from handlers.wording import short
from models import automatic, cards, employees, kinds, outbox
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.refusals import Refusal
from models.reviews import Outcome


async def automatic_card(session: Session, card: Message, now: datetime) -> Screen | None:
    reviewer = await session.get_one(Employee, card.employee_id)
    w = words(reviewer.language)
    today = now.astimezone(await employees.zone_of(session, reviewer)).date()
    stands = await automatic.standing(session, reviewer, on=today)
    if not stands:
        return None if card.message_id is None else Screen(w.t("Nothing is approved automatically any more."))
    for most in review_lines.AT_ONCE:
        shown = review_lines.first(stands, most)
        text = _text(w, shown, today)
        if length(text) <= ROOM:
            break
    text += review_lines.and_more(w, stands, shown)
    rows = [row for _, own in shown for row in own]
    if card.arguments.get("view") == "return":
        pick = [Button(str(n), "return", str(row.id)) for n, row in enumerate(rows, 1)]
        text += "\n\n" + w.t("Which one shall go back?")
        back = (Button(w.plain("‹ Back"), "automatic", "all"),)
        return Screen(text, (*in_rows(pick, each=8), back), review_lines.seen(rows))
    return Screen(text, _keys(w, len(rows)), review_lines.seen(rows))


def _text(w: Words, shown: Waiting, today: date) -> str:
    heading = w.t("🕒 <b>Approved automatically</b>, because nobody had decided. It carries no quality mark.")
    lines: list[str] = [heading]
    number = 0
    for person, rows in shown:
        lines += ["", w.t("<b>{name}</b>", name=person.name)]
        for row in rows:
            number += 1
            lines.append(review_lines.line(w, row, today, sign=f"{number}."))
    return "\n".join(lines)


def _keys(w: Words, count: int) -> Rows:
    return (
        (Button(w.plain("✅ Approve in my name ({count})", count=count), "take_over"),),
        (Button(w.plain("↶ Let them wait again ({count})", count=count), "let_wait"),),
        (Button(w.plain("↩️ Return …"), "automatic", "return"),),
    )


async def opener(session: Session, w: Words, reviewer: Employee, today: date) -> Rows:
    """On the daily card, as long as there is something that may be changed."""
    count = sum(len(rows) for _, rows in await automatic.standing(session, reviewer, on=today))
    if not count:
        return ()
    return ((Button(w.plain("🕒 Approved automatically ({count})", count=count), "show_automatic"),),)


async def show(context: Context, tap: Tap) -> None:
    key = cards.automatic_asked_for(context.employee.id, context.today)
    await context.show(key, kinds.AUTOMATIC, anew=True, view="all")


async def turn_to(context: Context, tap: Tap) -> None:
    if tap.argument not in ("all", "return"):
        raise Refusal("changed_meanwhile")
    await outbox.redraw(context.session, tap.card.key, now=context.now, view=tap.argument)


async def take_over(context: Context, tap: Tap) -> None:
    """From now on these are the reviewer's own approvals, with ten minutes to undo them on the daily card."""
    outcome = await automatic.take_over(context.session, context.employee, tap.seen, on=context.today, now=context.now)
    said = context.words.many(
        "One activity approved in your name.", "{count} activities approved in your name.", len(outcome.done)
    )
    await _follow(context, tap, outcome, str(said))
    await quality.follow_approval(context, outcome.done)


async def let_wait(context: Context, tap: Tap) -> None:
    outcome = await automatic.let_wait(context.session, context.employee, tap.seen, on=context.today, now=context.now)
    said = context.words.many("One activity waits again.", "{count} activities wait again.", len(outcome.done))
    await _follow(context, tap, outcome, str(said))


async def _follow(context: Context, tap: Tap, outcome: Outcome, said: str) -> None:
    w = context.words
    if outcome.skipped:
        what = w.listed(f"“{short(activity.description, 40)}”" for activity in outcome.skipped[:2])
        said += " " + w.plain("Changed meanwhile, so left alone: {what}.", what=what)
    context.toast(said, alert=bool(outcome.skipped))
    await review.redraw_reports(context, outcome.done)
    await review.redraw_for_deciders(context, outcome.done)
    await cards.redraw_reviews(context.session, context.employee.id, now=context.now)
    await outbox.redraw(context.session, tap.card.key, now=context.now, view="all")
