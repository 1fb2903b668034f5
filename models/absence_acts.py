"""Noting absences, agreeing to them, changing and cancelling them; each is audited, without its kind."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from models import absence_deputies, absence_rules, absences, audit, levels, rosters
from models.absence_spans import Span, together, without
from models.absences import CANCELLED, CONFIRMED, NOTHING, REFUSED, WAITING, Absence
from models.database import Session
from models.employees import Employee
from models.refusals import Refusal


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, and when: the person themselves, or whoever decides about their work; anybody else is refused."""

    actor: Employee
    today: date
    """Where the actor lives."""
    now: datetime


async def note(session: Session, person: Employee, kind: str, span: Span, by: By) -> Absence:
    """Note an absence; it waits where a supervisor has to agree.

    Raises: Refusal("not_yours"), those of `absence_rules.check_span`, and Refusal("absence_there", there=…, kind=…,
    span=…) when other absences stand in the way.
    """
    await _check_actor(session, person, by)
    await absence_rules.check_span(session, person, span, actor=by.actor, today=by.today)
    there = await absence_rules.in_the_way(session, person, span)
    if there:
        raise Refusal("absence_there", there=there, kind=kind, span=span)
    return await _add(session, person, kind, span, by)


async def replace(session: Session, person: Employee, kind: str, span: Span, by: By) -> Absence:
    """Note an absence in place of what stands on those dates; what lies before and after stays.

    Raises: as `note`, except for what stands in the way.
    """
    await _check_actor(session, person, by)
    await absence_rules.check_span(session, person, span, actor=by.actor, today=by.today)
    for there in await absence_rules.in_the_way(session, person, span):
        roster = await rosters.of_one(session, person, there.starts_on, there.ends_on)
        pieces = [
            piece
            for piece in without((there.starts_on, there.ends_on), span)
            if roster.calendar.between(*piece, roster.week_days)
        ]
        if not pieces:
            await _change(session, there, by, "absence_cancelled", status=CANCELLED)
            continue
        tail = pieces[1:] and _copy(there, pieces[1])
        starts_on, ends_on = pieces[0]
        await _change(session, there, by, starts_on=starts_on, ends_on=ends_on)
        if tail:
            session.add(tail)
            await session.flush()
            await absence_deputies.follow(session, tail, actor=by.actor, today=by.today)
            await _record(session, "absence_noted", tail, by)
    return await _add(session, person, kind, span, by)


async def join(session: Session, person: Employee, kind: str, span: Span, by: By) -> tuple[Absence, list[Absence]]:
    """Let absences of the same kind that stand in the way go on over these dates too, as one.

    Returns it, and what waits for an answer now. Raises: as `note`; Refusal("changed_meanwhile") when what stands
    there is of another kind.
    """
    await _check_actor(session, person, by)
    there = await absence_rules.in_the_way(session, person, span)
    if not there or not all(absence_rules.is_same(kind, one.kind) for one in there):
        raise Refusal("changed_meanwhile")
    first, *others = there
    whole = together([span, *((one.starts_on, one.ends_on) for one in there)])
    besides = [one.id for one in there]
    await _check_change(session, person, first, whole, by, besides=besides)
    for other in others:
        await _change(session, other, by, "absence_cancelled", status=CANCELLED)
    return first, await change(session, person, first, whole, by, revision=first.revision)


async def change(
    session: Session, person: Employee, absence: Absence, span: Span, by: By, *, revision: int
) -> list[Absence]:
    """Make it longer or shorter. Days that are added to a confirmed one wait by themselves, where one has to agree.

    Returns what waits for an answer now. Raises: as `note`; Refusal("changed_meanwhile").
    """
    await _check_actor(session, person, by, absence)
    if absence.revision != revision or not absence.stands:
        raise Refusal("changed_meanwhile")
    await _check_change(session, person, absence, span, by, besides=[absence.id])
    added = without(span, (absence.starts_on, absence.ends_on))
    waits = await absence_rules.needs_word(session, person, absence.kind, actor=by.actor, on=by.today)
    if absence.status == CONFIRMED and added and waits:
        kept = max(span[0], absence.starts_on), min(span[1], absence.ends_on)
        if kept != (absence.starts_on, absence.ends_on):
            await _change(session, absence, by, starts_on=kept[0], ends_on=kept[1])
        return [await _add(session, person, absence.kind, piece, by) for piece in added]
    await _change(session, absence, by, starts_on=span[0], ends_on=span[1])
    return [absence] if absence.status == WAITING else []


async def _check_change(
    session: Session, person: Employee, absence: Absence, span: Span, by: By, *, besides: Collection[int]
) -> None:
    """Dates that are given up or added have to be open; what stays as it was is not asked."""
    absence_rules.check_length(span)
    old = absence.starts_on, absence.ends_on
    moved = [*without(span, old), *without(old, span)]
    if moved:
        changed = together(moved)
        await absence_rules.check_span(session, person, changed, actor=by.actor, today=by.today)
    there = await absence_rules.in_the_way(session, person, span, besides=besides)
    if there:
        raise Refusal("absence_there", there=there, kind=absence.kind, span=span)


async def cancel(session: Session, person: Employee, absence: Absence, by: By, *, revision: int) -> None:
    """It counts no more. Raises: Refusal("not_yours"), Refusal("changed_meanwhile")."""
    await _check_actor(session, person, by, absence)
    if absence.revision != revision or not absence.stands:
        raise Refusal("changed_meanwhile")
    await _change(session, absence, by, "absence_cancelled", status=CANCELLED)


async def decide(session: Session, absence: Absence, by: By, *, reason: str | None, revision: int) -> None:
    """A supervisor agrees (no reason), or refuses with a reason.

    Raises: Refusal("not_yours"), Refusal("changed_meanwhile"), Refusal("reason_too_long", limit=…).
    """
    if not await may_decide(session, absence, by.actor, on=by.today):
        raise Refusal("not_yours")
    if absence.revision != revision or absence.status != WAITING:
        raise Refusal("changed_meanwhile")
    if reason is not None and len(reason) > absence_rules.REASON_AT_MOST:
        raise Refusal("reason_too_long", limit=absence_rules.REASON_AT_MOST)
    status, act = (CONFIRMED, "absence_confirmed") if reason is None else (REFUSED, "absence_refused")
    values = {"status": status, "reason": reason, "reviewer_id": by.actor.id, "reviewed_at": by.now}
    await _change(session, absence, by, act, **values)


async def may_decide(session: Session, absence: Absence, person: Employee, *, on: date) -> bool:
    """The deciders of the date, or one level up when it has waited too long; never the one who is absent."""
    author = await session.get_one(Employee, absence.employee_id)
    since = await levels.date_of(session, author, absence.noted_at)
    return await levels.Levels.on(session, on).capacity(person, author, since) is not None


async def name_deputy(session: Session, person: Employee, absence: Absence, deputy: Employee | None, by: By) -> None:
    """Who stands in meanwhile; nobody. Raises: Refusal("not_yours"), Refusal("changed_meanwhile"),
    and those of `absence_deputies.check`.
    """
    await _check_actor(session, person, by, absence)
    if not absence.stands:
        raise Refusal("changed_meanwhile")
    if deputy is not None:
        await absence_deputies.check(session, absence, deputy)
    await _change(session, absence, by, deputy_id=deputy.id if deputy else None)


async def last_day(session: Session, person: Employee, first: date, count: int) -> date:
    """The last of so many days of work from `first` on, whether or not the person is away on them."""
    roster = await rosters.of_one(session, person, first, first + timedelta(days=absence_rules.LONGEST_DAYS))
    day = first
    for _ in range(count - 1):
        day = roster.calendar.ahead(day, roster.week_days)
    return day


async def _check_actor(session: Session, person: Employee, by: By, absence: Absence | None = None) -> None:
    """The absence has to be the person's: a card may have turned to somebody else since it was drawn."""
    if absence is not None and absence.employee_id != person.id:
        raise Refusal("changed_meanwhile")
    if not await absence_rules.may_manage(session, by.actor, person, on=by.today):
        raise Refusal("not_yours")


async def _add(session: Session, person: Employee, kind: str, span: Span, by: By) -> Absence:
    for blank in await absences.between(session, [person.id], *span):
        if blank.kind == NOTHING:
            await _change(session, blank, by, "absence_cancelled", status=CANCELLED)
    waits = await absence_rules.needs_word(session, person, kind, actor=by.actor, on=by.today)
    absence = Absence(
        agency_id=person.agency_id,
        employee_id=person.id,
        kind=kind,
        starts_on=span[0],
        ends_on=span[1],
        noted_at=by.now,
        noted_by_id=by.actor.id,
        status=WAITING if waits else CONFIRMED,
    )
    session.add(absence)
    await session.flush()
    await _record(session, "absence_noted", absence, by)
    return absence


def _copy(absence: Absence, span: Span) -> Absence:
    """The same, on other dates."""
    values = absence.model_dump(exclude={"id", "revision"})
    return Absence(**values | {"starts_on": span[0], "ends_on": span[1]})


async def _change(
    session: Session,
    absence: Absence,
    by: By,
    act: str = "absence_changed",
    **values: Any,
) -> None:
    for name, value in values.items():
        setattr(absence, name, value)
    absence.revision += 1
    await session.flush()
    await absence_deputies.follow(session, absence, actor=by.actor, today=by.today)
    await _record(session, act, absence, by)


async def _record(session: Session, act: str, absence: Absence, by: By) -> None:
    await audit.record(
        session,
        act,
        agency_id=absence.agency_id,
        now=by.now,
        actor_id=by.actor.id,
        employee_id=absence.employee_id,
        absence=absence.id,
        first=absence.starts_on.isoformat(),
        last=absence.ends_on.isoformat(),
        status=absence.status,
        deputy=absence.deputy_id,
    )
