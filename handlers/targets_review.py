"""The supervisor's card with everything proposed for one person's targets, and what the person hears of it."""

from collections.abc import Sequence
from datetime import datetime

from handlers.context import Context
from handlers.screens import ROOM, Button, Screen, fitting
from handlers.taps import Tap
from handlers.target_words import done_to, proposal
from handlers.targets import tell
from handlers.texts import Html, Words, words
from handlers.wording import refuse, short
from models import (
    duty,
    employees,
    messages,
    outbox,
    questions,
    resets,
    target_cards,
    target_decisions,
    target_revisions,
)
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.questions import Question
from models.refusals import Refusal
from models.targets import APPROVED, RETURNED, Target, TargetRevision

TARGET_REASON = "target_reason"


async def target_card(session: Session, card: Message, now: datetime) -> Screen | None:
    reviewer = await session.get_one(Employee, card.employee_id)
    holder = await session.get_one(Employee, card.arguments["of"])
    w = words(reviewer.language)
    today = now.astimezone(await employees.zone_of(session, reviewer)).date()
    if not await duty.Duty(session, today).may_decide(reviewer, holder):
        return None if card.message_id is None else Screen(w.t("These targets are no longer yours to look after."))
    waiting = await target_revisions.waiting_of(session, holder.id)
    if not waiting:
        nothing = w.t("✅ Nothing waits for the targets of {name}.", name=holder.name)
        return None if card.message_id is None else Screen(nothing)
    paragraphs = ["\n" + await proposal(session, w, n, revision) for n, revision in enumerate(waiting, 1)]
    shown = waiting[: max(fitting(paragraphs, room=ROOM - 400), 1)]
    count = w.many("one proposal", "{count} proposals", len(waiting))
    lines: list[str] = [w.t("<b>Targets of {name}</b>: {count}", name=holder.name, count=count)]
    lines += [_why(w, revision) for revision in shown if revision.why][:1]
    lines += paragraphs[: len(shown)]
    if len(shown) < len(waiting):
        lines.append("\n" + w.many("… and one more", "… and {count} more", len(waiting) - len(shown)))
    seen = tuple((revision.id, revision.number) for revision in shown)
    return Screen("\n".join(lines), _buttons(w, shown), seen)


def _why(w: Words, revision: TargetRevision) -> Html:
    why = {
        resets.BACK: w.plain("Back after a month or more of leave or sickness."),
        resets.MOVED: w.plain("Has come to another unit."),
    }.get(revision.why, w.plain("As you have asked."))
    return w.t(
        "{why} These are the plans for the time that is left; output and marks count from {day} on. The former plans "
        "are kept.",
        why=why,
        day=w.full_date(revision.effective_on),
    )


def _buttons(w: Words, shown: Sequence[TargetRevision]) -> tuple[tuple[Button, ...], ...]:
    all_of_them = Button(w.plain("✅ Agree to all ({count})", count=len(shown)), "agree", "all")
    each = [
        (
            Button(w.plain("✅ Agree to {n}", n=n) if len(shown) > 1 else w.plain("✅ Agree"), "agree", str(one.id)),
            Button(
                w.plain("↩️ Return {n} …", n=n) if len(shown) > 1 else w.plain("↩️ Return …"),
                "target_return",
                str(one.id),
            ),
        )
        for n, one in enumerate(shown, 1)
    ]
    leave = (Button(w.plain("Leave the plans as they are"), "leave_plans"),)
    return (
        *(((all_of_them,),) if len(shown) > 1 else ()),
        *each,
        *((leave,) if any(revision.why for revision in shown) else ()),
    )


async def agree(context: Context, tap: Tap) -> None:
    """Agree to all that is shown, or to one of it: exactly the revisions seen."""
    seen = tap.seen if tap.argument == "all" else {tap.number(): tap.seen.get(tap.number(), 0)}
    if tap.argument != "all" and tap.number() not in tap.seen:
        raise Refusal("changed_meanwhile")
    outcome = await target_decisions.approve(context.session, context.employee, seen, on=context.today, now=context.now)
    w = context.words
    said = w.many("One proposal is agreed.", "{count} proposals are agreed.", len(outcome.done))
    if outcome.skipped:
        what = w.listed([f"“{short(revision.title, 40)}”" for revision in outcome.skipped[:2]])
        said = Html(said + " " + w.plain("Changed meanwhile, so left alone: {what}.", what=what))
    context.toast(str(said), alert=bool(outcome.skipped))
    await _follow(context, tap.card, list(outcome.done))


async def _follow(context: Context, card: Message, done: list[TargetRevision]) -> None:
    """The holder hears, and every card on which it is seen shows it."""
    holder = await context.session.get_one(Employee, card.arguments["of"])
    if done:
        await tell(context, holder, done)
    await target_cards.redraw(context.session, holder, on=context.today, now=context.now)
    await outbox.redraw(context.session, card.key, now=context.now)


async def leave(context: Context, tap: Tap) -> None:
    """Nothing is set anew: the plans stay."""
    await target_decisions.leave_resets(
        context.session, context.employee, list(tap.seen), on=context.today, now=context.now
    )
    await _follow(context, tap.card, [])
    context.toast(context.words.plain("The plans stay as they are."))


async def ask_reason(context: Context, tap: Tap) -> None:
    """Ask for the reason in a message of its own; the answer is bound to that message."""
    revision = (await target_revisions.by_ids(context.session, [tap.number()])).get(tap.number())
    if revision is None or revision.id not in tap.seen:
        raise Refusal("changed_meanwhile")
    w, person = context.words, context.employee
    holder = await context.session.get_one(Employee, tap.card.arguments["of"])
    if not await duty.Duty(context.session, context.today).may_decide(person, holder):
        raise Refusal("not_yours")
    text = w.t("What should be put right in “{what}”? Reply to this message.", what=short(revision.title, 120))
    key = await context.say(text, asks=w.plain("The reason"))
    await questions.ask(
        context.session,
        agency_id=person.agency_id,
        employee_id=person.id,
        card=key,
        kind=TARGET_REASON,
        arguments={"revision": revision.id, "card": tap.card.key},
        now=context.now,
    )


async def give_reason(context: Context, question: Question, text: str) -> bool:
    """The typed reason: the proposal goes back, and its holder hears at once."""
    id_ = question.arguments["revision"]
    revision = (await target_revisions.by_ids(context.session, [id_]))[id_]
    returned = await target_decisions.return_with(
        context.session, context.employee, revision, text, on=context.today, now=context.now
    )
    await questions.close(context.session, question.card)
    card = await messages.by_key(context.session, question.arguments["card"])
    if card is not None:
        await _follow(context, card, [revision] if returned else [])
    if not returned:
        await context.say(refuse(context.words, Refusal("changed_meanwhile")))
        return True
    target = await context.session.get_one(Target, revision.target_id)
    holder = await context.session.get_one(Employee, target.employee_id)
    await context.say(context.words.t("Returned to {name} with your reason.", name=holder.name))
    return True


async def target_answer(session: Session, card: Message, now: datetime) -> Screen | None:
    """What the supervisor agreed to, returned, or has made of one's targets."""
    person = await session.get_one(Employee, card.employee_id)
    w = words(person.language)
    found = await target_revisions.by_ids(session, card.arguments["revisions"])
    rows = [revision for revision in found.values() if revision.status in (APPROVED, RETURNED)]
    if not rows:
        return None
    reviewer = await session.get(Employee, rows[0].reviewer_id) if rows[0].reviewer_id else None
    name = reviewer.name if reviewer else "–"
    targets = [await session.get_one(Target, revision.target_id) for revision in rows]
    named = [short(f"{target.code} · {target.title}", 100) for target in targets]
    button = ((Button(w.plain("Open the target"), "open_target", str(targets[0].id)),),)
    if rows[0].status == RETURNED:
        text = w.t(
            "↩️ {name} returned “{what}”:\n<i>{reason}</i>",
            name=name,
            what=short(rows[0].title, 120),
            reason=rows[0].remark or "–",
        )
        return Screen(text, button)
    is_made = rows[0].proposed_by_id == rows[0].reviewer_id
    heading = (
        w.t("🎯 {name} has changed your targets:", name=name)
        if is_made
        else w.t("✅ {name} agreed about your targets:", name=name)
    )
    lines = [heading, *(done_to(w, revision, what) for revision, what in zip(rows, named, strict=True))]
    return Screen("\n".join(lines), button)
