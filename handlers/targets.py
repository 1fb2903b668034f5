"""`/target`: look at targets, propose changes of one's own, and as a supervisor make them at once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from telegram import Update

from handlers.context import Context, show_to
from handlers.taps import Tap
from models import duty, kinds, outbox, resets, target_cards, target_decisions, target_proposals, target_revisions
from models.employees import Employee
from models.refusals import Refusal
from models.target_choices import servable
from models.target_revisions import Plan
from models.targets import WAITING, Target, TargetRevision


async def show_targets(update: Update, context: Context) -> None:
    await context.show(target_cards.page(context.employee.id), kinds.TARGETS, anew=True, view="list")


async def turn_to(context: Context, tap: Tap) -> None:
    """`list`, `own`, `page.<n>`, `target.<id>`, `end.<id>`, `serve.<id>.<page>`, `more.<page>`, `team.<page>`,
    `of.<employee>`.
    """
    view = tap.argument.split(".")[0]
    a = tap.card.arguments
    views: dict[str, dict[str, Any]] = {
        "list": {"view": "list", "target": None, "draft": None},
        "own": {"view": "list", "of": context.employee.id, "page": 0, "target": None, "draft": None},
    }
    if view in views:
        wanted = views[view]
    elif view == "of":
        wanted = {"view": "list", "of": tap.number(1), "page": 0, "target": None, "draft": None}
    elif view == "page":
        wanted = {"view": "list", "page": tap.number(1)}
    elif view == "more" and a.get("view") == "serve":
        wanted = {"page": tap.number(1)}
    elif view == "team":
        wanted = {"view": "team", "of": context.employee.id, "page": tap.number(1)}
    elif view == "serve":
        wanted = {"view": "serve", "target": tap.number(1), "page": tap.number(2), "draft": None}
    elif view in ("target", "end"):
        wanted = {"view": view, "target": tap.number(1)}
    else:
        raise Refusal("changed_meanwhile")
    await outbox.redraw(context.session, tap.card.key, now=context.now, **wanted)


async def holder_on(context: Context, card: outbox.Message) -> Employee:
    """Whose targets the card shows. Raises: Refusal("not_yours") when they are no longer one's own to look after."""
    holder = await context.session.get_one(Employee, card.arguments.get("of", context.employee.id))
    on_duty = duty.Duty(context.session, context.today)
    if holder.id != context.employee.id and not await on_duty.may_decide(context.employee, holder):
        raise Refusal("not_yours")
    return holder


async def target_of(context: Context, holder: Employee, id_: int) -> Target:
    target = await context.session.get(Target, id_)
    if target is None or target.employee_id != holder.id:
        raise Refusal("changed_meanwhile")
    return target


async def choose_end(context: Context, tap: Tap) -> None:
    """One of the days on the card."""
    holder = await holder_on(context, tap.card)
    target = await target_of(context, holder, tap.number())
    try:
        day = date.fromisoformat(str(tap.number(1)))
    except ValueError:
        raise Refusal("changed_meanwhile") from None
    revision = await target_proposals.end(
        context.session, context.employee, holder, target, day, on=context.today, now=context.now
    )
    context.toast(await settled(context, holder, revision, tap.card.key))


async def choose_served(context: Context, tap: Tap) -> None:
    """What a target supports, or a new one shall; with that a new one is complete and is proposed."""
    holder = await holder_on(context, tap.card)
    a, session, who = tap.card.arguments, context.session, context.employee
    if a.get("view") != "serve":
        raise Refusal("changed_meanwhile")
    target = await target_of(context, holder, a["target"]) if a.get("target") else None
    allowed = {one.id for one in await servable(session, holder, target, on=context.today)}
    parent = tap.number() or None
    if parent is not None and parent not in allowed:
        raise Refusal("changed_meanwhile")
    if target is not None:
        base = await target_proposals.base_of(session, who, target)
        plan = replace(base, parent_id=parent)
        revision = await target_proposals.change(session, who, holder, target, plan, on=context.today, now=context.now)
    else:
        plan = drafted(a["draft"], parent)
        revision = await target_proposals.add_target(session, who, holder, plan, on=context.today, now=context.now)
    context.toast(await settled(context, holder, revision, tap.card.key))


def drafted(draft: dict[str, str], parent: int | None) -> Plan:
    """The plan that waits on a card for what it supports."""
    return Plan(
        title=draft["title"],
        indicator="",
        planned=Decimal(draft["planned"]),
        measure=draft["measure"],
        quality=None,
        cost=None,
        starts_on=date.fromisoformat(draft["starts_on"]),
        ends_on=date.fromisoformat(draft["ends_on"]),
        weight=None,
        parent_id=parent,
    )


async def settled(context: Context, holder: Employee, revision: TargetRevision, key: str) -> str:
    """The supervisor sees what waits, the holder what was made; and the words for whoever has done it."""
    w, session = context.words, context.session
    values = {"view": "target", "target": revision.target_id, "draft": None}
    await outbox.redraw(session, key, now=context.now, **values)
    if revision.status == WAITING:
        asked = await target_cards.ask(session, holder, on=context.today, now=context.now)
        if asked is None:
            return w.plain("Noted as a proposal. At present there is no superior who could agree to it.")
        return w.plain("Proposed to {name}. Until it is agreed, nothing changes.", name=asked.name)
    await tell(context, holder, [revision])
    return w.plain("Done. {name} is told.", name=holder.name)


async def tell(context: Context, holder: Employee, revisions: list[TargetRevision]) -> None:
    """The holder hears what has become of their targets."""
    ids = [revision.id for revision in revisions]
    key = f"target_answer:{ids[0]}"
    await show_to(
        context.session,
        holder,
        key,
        kinds.TARGET_ANSWER,
        now=context.now,
        anew=True,
        priority=kinds.CARD,
        revisions=ids,
    )
    await target_cards.redraw(context.session, holder, on=context.today, now=context.now)


async def withdraw(context: Context, tap: Tap) -> None:
    """The holder takes a proposal back."""
    revision = (await target_revisions.by_ids(context.session, [tap.number()])).get(tap.number())
    if revision is None or not await target_decisions.withdraw(
        context.session, context.employee, revision, now=context.now
    ):
        raise Refusal("changed_meanwhile")
    await target_cards.redraw(context.session, context.employee, on=context.today, now=context.now)
    context.toast(context.words.plain("The proposal is withdrawn."))


async def set_anew(context: Context, tap: Tap) -> None:
    """*Sesuaikan untuk sisa waktu*: the supervisor asks for it, for somebody whose targets began before they came."""
    holder = await holder_on(context, tap.card)
    if holder.id == context.employee.id:
        raise Refusal("not_yours")
    found = await resets.propose(context.session, holder, start=context.today, why=resets.ASKED, now=context.now)
    if not found:
        raise Refusal("nothing_to_reset")
    newest = max(revision.id for revision in found)
    await target_cards.show(context.session, context.employee, holder, newest, now=context.now)
    await target_cards.redraw(context.session, holder, on=context.today, now=context.now)


async def open_target(context: Context, tap: Tap) -> None:
    """From the notice to the target itself."""
    target = await context.session.get(Target, tap.number())
    if target is None or target.employee_id != context.employee.id:
        raise Refusal("changed_meanwhile")
    key = target_cards.page(context.employee.id)
    await context.show(key, kinds.TARGETS, anew=True, view="target", target=target.id)
