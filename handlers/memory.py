"""`/ingatan`: what Harian has learnt from a person's choices; visible, and erasable."""

from datetime import datetime

from telegram import Update

from handlers.context import Context
from handlers.screens import Button, Screen, in_rows
from handlers.taps import Tap
from handlers.texts import words
from handlers.wording import short, titled
from models import kinds, outbox, remembered
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.targets import Target

PAGE = 8


async def show_memory(update: Update, context: Context) -> None:
    await context.show(f"memory:{context.employee.id}", kinds.MEMORY, anew=True, page=0)


async def memory_card(session: Session, card: Message, now: datetime) -> Screen:
    person = await session.get_one(Employee, card.employee_id)
    w = words(person.language)
    rows = await remembered.of_person(session, person.id)
    if not rows:
        return Screen(w.t("I have not learnt anything from you yet. When you choose a target, I remember the wording."))
    pages = (len(rows) + PAGE - 1) // PAGE
    page = card.arguments.get("page", 0) % pages
    shown = rows[page * PAGE : (page + 1) * PAGE]
    lines: list[str] = [w.t("<b>What I have learnt from you</b>"), ""]
    for number, row in enumerate(shown, 1):
        target = await session.get(Target, row.target_id) if row.target_id is not None else None
        goal = titled(target, at_most=50) if target else w.plain("no target")
        lines.append(w.t("{n}. “{said}” → {target}", n=number, said=short(row.said, 70), target=goal))
    lines += ["", w.t("Tap a number to forget it.")]
    keys = [Button(f"🗑 {number}", "forget", str(row.id)) for number, row in enumerate(shown, 1)]
    foot = [Button(w.plain("Forget everything"), "forget", "all")]
    if pages > 1:
        foot.append(Button(f"{page + 1}/{pages} ›", "memory", str(page + 1)))
    return Screen("\n".join(lines), (*in_rows(keys, each=4), tuple(foot)), tuple((row.id, 1) for row in shown))


async def turn_to(context: Context, tap: Tap) -> None:
    await outbox.redraw(context.session, tap.card.key, now=context.now, page=tap.number())


async def forget(context: Context, tap: Tap) -> None:
    which = None if tap.argument == "all" else tap.number()
    gone = await remembered.forget(context.session, context.employee.id, link_id=which)
    await outbox.redraw(context.session, tap.card.key, now=context.now)
    context.toast(str(context.words.many("Forgotten.", "Forgot {count} wordings.", gone)))
