"""All except some: a page with a number for each entry that waits, tapped or typed, and one tap that approves the rest.

The numbers are those of the moment at which the page was opened: what comes in later waits for the next card, and no
number moves while somebody types it.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers import review, review_lines
from handlers.context import Context
from handlers.review_lines import Waiting
from handlers.screens import ROOM, Button, Rows, Screen, in_rows, length
from handlers.taps import Tap
from handlers.texts import Words
from models import messages, outbox
from models.activities import Activity
from models.employees import Employee
from models.questions import Question

EXCEPT = "except"
EACH_ROW = 8
LINE_AT_MOST = (70, 45, 30)
"""Characters of what was done, fewer when the entries are many."""
NUMBERS = re.compile(r"(?:(?:semua )?kecuali |(?:all )?except )?\d{1,2}(?:(?: ?[,;&] ?| dan | and | )\d{1,2})*", re.I)
"""`3`, `3, 7`, `kecuali 3 dan 7`."""


def page(
    w: Words, waiting: Waiting, arguments: Mapping[str, Any], today: date, first: Mapping[int, Employee]
) -> Screen | None:
    """None when nothing of what was listed waits any more."""
    numbers = {int(id_): n for n, id_ in enumerate(arguments.get("listed") or (), 1)}
    shown = [(person, [row for row in rows if row.id in numbers]) for person, rows in waiting]
    rows = [row for _, own in shown for row in own]
    if not rows:
        return None
    left_out = {int(id_) for id_ in arguments.get("excluded") or ()} & {row.id for row in rows}
    text = _text(w, [(person, own) for person, own in shown if own], numbers, left_out, today, first)
    later = sum(len(own) for _, own in waiting) - len(rows)
    if later:
        text += "\n\n" + w.many("Another one waits for later.", "{count} more wait for later.", later)
    boxes = [
        Button(f"✗ {numbers[row.id]}" if row.id in left_out else str(numbers[row.id]), "exclude", str(row.id))
        for row in rows
    ]
    keys = (*in_rows(boxes, each=EACH_ROW), *_confirm(w, len(rows) - len(left_out), len(left_out)))
    return Screen(text, (*keys, (Button(w.plain("‹ Back"), "review", "all"),)), review_lines.seen(rows))


def _text(
    w: Words,
    shown: Waiting,
    numbers: Mapping[int, int],
    left_out: set[int],
    today: date,
    first: Mapping[int, Employee],
) -> str:
    text = ""
    for at_most in LINE_AT_MOST:
        lines: list[str] = [w.t("<b>Approve all except …</b>")]
        for person, rows in shown:
            lines += ["", review_lines.heading(w, person, first.get(person.id))]
            lines += [_line(w, row, numbers[row.id], left_out, today, at_most) for row in rows]
        hint = w.t("Tap the numbers that shall wait, or reply to this card with them: <i>3, 7</i>.")
        text = "\n".join([*lines, "", hint])
        if length(text) <= ROOM:
            break
    return text


def _line(w: Words, row: Activity, number: int, left_out: set[int], today: date, at_most: int) -> str:
    sign = f"✗ {number}." if row.id in left_out else f"{number}."
    return review_lines.line(w, row, today, sign=sign, at_most=at_most)


def _confirm(w: Words, taken: int, left: int) -> Rows:
    if not left:
        return ((Button(w.plain("✅ Approve all ({count})", count=taken), "approve"),),)
    if not taken:
        return ((Button(w.plain("↩️ Return {left} …", left=left), "approve_return"),),)
    return (
        (Button(w.plain("✅ Approve {count}, leave {left}", count=taken, left=left), "approve"),),
        (Button(w.plain("↩️ Approve {count}, return {left} …", count=taken, left=left), "approve_return"),),
    )


async def open_page(context: Context, tap: Tap) -> None:
    """From the card of all that waits: which of it shall not be approved?"""
    view = {"view": EXCEPT, "excluded": [], "listed": list(tap.seen)}
    await outbox.redraw(context.session, tap.card.key, now=context.now, **view)
    await context.wait(tap.card.key, EXCEPT)


async def type_numbers(context: Context, question: Question, text: str) -> bool:
    """`3, 7`: these wait. The card comes anew, below what was typed, and asks for the one tap."""
    card = await messages.by_key(context.session, question.card)
    if card is None or card.arguments.get("view") != EXCEPT or not NUMBERS.fullmatch(text):
        return False
    listed = card.arguments["listed"]
    said = sorted({int(number) for number in re.findall(r"\d+", text)})
    unknown = [number for number in said if not 1 <= number <= len(listed)]
    if unknown:
        w = context.words
        await context.say(w.t("There is no number {number} on the card.", number=w.listed(map(str, unknown))))
        return True
    arguments = {**card.arguments, "excluded": [listed[number - 1] for number in said]}
    await context.show(card.key, card.kind, anew=True, **arguments)
    return True


async def approve_and_return(context: Context, tap: Tap) -> None:
    """Approve the others, and ask for one reason for which these go back."""
    left_out = [id_ for id_ in tap.card.arguments.get("excluded") or () if id_ in tap.seen]
    await review.ask_reason_for(context, tap, left_out)
    if len(left_out) < len(tap.seen):
        await review.approve(context, tap)
    else:
        await review.back_to_all(context, tap.card.key)
