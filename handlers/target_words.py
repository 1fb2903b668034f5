"""Targets, their plans, and what changes about them, put into words."""

from collections.abc import Sequence
from decimal import Decimal

from handlers.screens import Button, Rows
from handlers.texts import Html, Words, html
from handlers.wording import short
from models import target_revisions, targets
from models.database import Session
from models.target_revisions import ADDED, ENDED, RESET, Plan
from models.targets import APPROVED, Target, TargetRevision

TITLE = 60
"""Characters of one title in a line of several."""


def amount(w: Words, plan: Plan) -> str:
    """`1.200 surat`"""
    return f"{w.number(plan.planned)} {plan.measure}"


def period(w: Words, plan: Plan) -> str:
    return f"{w.full_date(plan.starts_on)} – {w.full_date(plan.ends_on)}"


def upwards(line: Sequence[Target], *, at_most: int = TITLE) -> str:
    """What is served, the nearest first and the top last; what lies between them is left out."""
    ends = line if len(line) <= 2 else (line[0], line[-1])
    between = " → " if len(line) <= 2 else " → … → "
    return between.join(short(target.title, at_most) for target in ends)


def serving(w: Words, line: Sequence[Target]) -> Html:
    """The whole line, up to the top."""
    if not line:
        return w.t("supports: no other target")
    return w.t("supports: {line}", line=" → ".join(short(target.title, TITLE) for target in line))


async def changes(session: Session, w: Words, old: Plan, new: Plan) -> list[Html]:
    """What is different, a line each: from → to."""
    lines = [
        _from_to(w, w.plain("plan"), short(old.title, 150), short(new.title, 150)),
        _from_to(w, w.plain("indicator"), short(old.indicator, 100), short(new.indicator, 100)),
        _from_to(w, w.plain("amount"), amount(w, old), amount(w, new)),
        _from_to(w, w.plain("starts"), w.full_date(old.starts_on), w.full_date(new.starts_on)),
        _from_to(w, w.plain("ends"), w.full_date(old.ends_on), w.full_date(new.ends_on)),
        _from_to(w, w.plain("quality"), *(_number(w, one.quality) for one in (old, new))),
        _from_to(w, w.plain("cost"), *(_number(w, one.cost) for one in (old, new))),
        _from_to(w, w.plain("weight"), *(_number(w, one.weight) for one in (old, new))),
    ]
    if old.parent_id != new.parent_id:
        served = [await session.get(Target, id_) if id_ else None for id_ in (old.parent_id, new.parent_id)]
        before, after = (short(one.title, TITLE) if one else "–" for one in served)
        lines.append(_from_to(w, w.plain("supports"), before, after))
    return [line for line in lines if line is not None]


def _from_to(w: Words, what: str, old: str, new: str) -> Html | None:
    return w.t("{what}: {old} → {new}", what=what, old=old or "–", new=new or "–") if old != new else None


def _number(w: Words, value: Decimal | None) -> str:
    return "–" if value is None else w.number(value)


async def proposal(session: Session, w: Words, number: int, revision: TargetRevision) -> str:
    """One proposal as the supervisor reads it: what it is, from what to what, and what it serves."""
    target = await session.get_one(Target, revision.target_id)
    new = Plan.of(revision)
    named = short(f"{target.code} · {target.title}", 120)
    lines: list[str]
    if target.status != APPROVED:
        lines = [
            w.t("<b>{n}. New</b>: {target}", n=number, target=named),
            html(f"{amount(w, new)} · {period(w, new)}"),
        ]
    else:
        lines = [_heading(w, revision.kind, number, named), *await changes(session, w, Plan.of(target), new)]
    lines.append(serving(w, await targets.line_from(session, new.parent_id, besides=target.id)))
    return "\n".join(lines)


def _heading(w: Words, kind: str, number: int, named: str) -> Html:
    if kind == ENDED:
        return w.t("<b>{n}. To end</b>: {target}", n=number, target=named)
    if kind == RESET:
        return w.t("<b>{n}. For the time that is left</b>: {target}", n=number, target=named)
    return w.t("<b>{n}. To change</b>: {target}", n=number, target=named)


async def history(session: Session, w: Words, target: Target, *, at_most: int) -> list[Html]:
    """The plans that were agreed, the newest first; nothing when there was only one."""
    agreed = [row for row in await target_revisions.of_target(session, target.id) if row.status == APPROVED]
    if len(agreed) < 2:
        return []
    lines = [
        w.t(
            "• from {day}: {amount}, until {end}",
            day=w.full_date(row.effective_on),
            amount=amount(w, Plan.of(row)),
            end=w.full_date(row.ends_on),
        )
        for row in reversed(agreed)
    ]
    return [w.t("History:"), *lines[:at_most]]


def done_to(w: Words, revision: TargetRevision, named: str) -> Html:
    """What has become of a target, as its holder hears it."""
    plan = Plan.of(revision)
    values = {"target": named, "amount": amount(w, plan), "period": period(w, plan)}
    if revision.kind == ADDED:
        return w.t("• new: {target} – {amount}, {period}", **values)
    if revision.kind == ENDED:
        return w.t("• ends early: {target} – {amount}, {period}", **values)
    if revision.kind == RESET:
        return w.t("• for the time that is left: {target} – {amount}, {period}", **values)
    return w.t("• now: {target} – {amount}, {period}", **values)


def back(w: Words, to: str) -> Rows:
    return ((Button(w.plain("‹ Back"), "targets", to),),)
