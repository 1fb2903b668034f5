"""Naming a deputy (Plh, Plt) for a superior, for some dates; and ending it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel import col, or_, select

from models import audit, employees
from models.database import Session
from models.duty import Duty
from models.employees import ADMIN, PLH, PLT, Deputy, Employee
from models.refusals import Refusal

KINDS = (PLH, PLT)
LONGEST_DAYS = 366
SHOWN = 40


async def may_name(session: Session, actor: Employee, superior: Employee, *, on: date) -> bool:
    """The superior, whoever decides about the superior's own work, or an admin of the agency."""
    if actor.agency_id != superior.agency_id:
        return False
    if actor.id == superior.id or actor.role == ADMIN:
        return True
    return await Duty(session, on).may_decide(actor, superior)


async def name(
    session: Session,
    actor: Employee,
    superior: Employee,
    deputy: Employee,
    *,
    kind: str,
    first: date,
    last: date,
    today: date,
    now: datetime,
) -> Deputy:
    """Let `deputy` stand in for `superior` from `first` to `last`, both included.

    Raises: Refusal("not_yours"), Refusal("deputy_self"), Refusal("deputy_not_joined", name=…),
    Refusal("span_past", last=…), Refusal("span_too_long", limit=…),
    Refusal("deputy_there_already", name=…, first=…, last=…).
    """
    if deputy.agency_id != superior.agency_id or not await may_name(session, actor, superior, on=today):
        raise Refusal("not_yours")
    if deputy.id == superior.id:
        raise Refusal("deputy_self")
    if deputy.telegram_id is None or (deputy.left_on is not None and deputy.left_on <= last):
        raise Refusal("deputy_not_joined", name=deputy.name)
    if last < max(first, today):
        raise Refusal("span_past", last=last)
    if (last - first).days >= LONGEST_DAYS:
        raise Refusal("span_too_long", limit=LONGEST_DAYS)
    for there in await of_superior(session, superior.id, first=first, last=last):
        other = await session.get_one(Employee, there.deputy_id)
        raise Refusal("deputy_there_already", name=other.name, first=there.starts_on, last=there.ends_on)
    named = Deputy(
        agency_id=superior.agency_id,
        superior_id=superior.id,
        deputy_id=deputy.id,
        starts_on=first,
        ends_on=last,
        kind=kind if kind in KINDS else PLH,
        named_by_id=actor.id,
    )
    session.add(named)
    await session.flush()
    await _record(session, "deputy_named", actor, named, now)
    return named


async def end(session: Session, actor: Employee, named: Deputy, *, today: date, now: datetime) -> None:
    """Today is no longer one of its days; what was decided before stays decided.

    Raises: Refusal("not_yours").
    """
    superior = await session.get_one(Employee, named.superior_id)
    if actor.id != named.deputy_id and not await may_name(session, actor, superior, on=today):
        raise Refusal("not_yours")
    await _record(session, "deputy_ended", actor, named, now)
    if named.starts_on >= today:
        await session.delete(named)
    else:
        named.ends_on = min(named.ends_on, today - timedelta(days=1))
    await session.flush()


async def _record(session: Session, act: str, actor: Employee, named: Deputy, now: datetime) -> None:
    await audit.record(
        session,
        act,
        agency_id=named.agency_id,
        now=now,
        actor_id=actor.id,
        employee_id=named.superior_id,
        deputy=named.deputy_id,
        kind=named.kind,
        first=named.starts_on.isoformat(),
        last=named.ends_on.isoformat(),
    )


async def of_superior(session: Session, superior_id: int, *, first: date, last: date) -> Sequence[Deputy]:
    """Deputyships of a superior that touch a span of dates."""
    query = select(Deputy).where(Deputy.superior_id == superior_id, Deputy.starts_on <= last, Deputy.ends_on >= first)
    return (await session.exec(query.order_by(col(Deputy.starts_on), col(Deputy.id)))).all()


async def seen_by(session: Session, person: Employee, *, today: date) -> Sequence[Deputy]:
    """Running and coming ones that concern a person: of them, by them, of their people; for an admin, all."""
    query = select(Deputy).where(Deputy.agency_id == person.agency_id, Deputy.ends_on >= today)
    if person.role != ADMIN:
        team = [one.id for one in await Duty(session, today).team_of(person)]
        mine = or_(Deputy.superior_id == person.id, Deputy.deputy_id == person.id)
        query = query.where(or_(mine, col(Deputy.superior_id).in_(team)))
    return (await session.exec(query.order_by(col(Deputy.starts_on), col(Deputy.id)).limit(SHOWN))).all()


async def leaders_for(session: Session, actor: Employee, *, today: date) -> list[Employee]:
    """In whose place this person may name somebody: their own, and those of their people who lead others."""
    team = await Duty(session, today).team_of(actor)
    reports = await employees.direct_reports(session, [actor.id, *(one.id for one in team)])
    leading = {one.superior_id or one.approver_id for one in reports}
    return [one for one in (actor, *team) if one.id in leading]


async def candidates(session: Session, superior: Employee) -> list[Employee]:
    """Who usually stands in: colleagues under the same superior who lead others first, then one's own people."""
    peers = await employees.direct_reports(session, [superior.superior_id] if superior.superior_id else [])
    own = await employees.direct_reports(session, [superior.id])
    leading = {one.superior_id for one in await employees.direct_reports(session, [one.id for one in peers])}
    ordered = [*sorted(peers, key=lambda one: one.id not in leading), *own]
    return [one for one in ordered if one.id != superior.id and one.telegram_id is not None and one.left_on is None]


async def found_by(session: Session, agency_id: int, text: str) -> list[Employee]:
    """People of the agency by NIP, or by a part of the name; at most ten."""
    wanted = " ".join(text.split())
    here = Employee.agency_id == agency_id
    by_nip = (await session.exec(select(Employee).where(here, Employee.nip == wanted.replace(" ", "")))).all()
    if by_nip:
        return list(by_nip)
    query = select(Employee).where(here, col(Employee.name).icontains(wanted, autoescape=True))
    return list((await session.exec(query.order_by(col(Employee.name)).limit(10))).all()) if len(wanted) > 1 else []
