"""One-use links by which a person, or a unit's group, is bound to its Telegram account."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel, col, select

from models import audit, bots, employees
from models.agencies import Unit, unit_of_chat
from models.database import Session, UtcDateTime
from models.employees import Employee
from models.refusals import Refusal

TRIES = 3
"""How often the digits may be wrong: links get forwarded."""
VALID_FOR = timedelta(days=14)
CLOSED_AT_MOST = 2
"""An account that has closed so many links by wrong digits opens no other while they last: it is guessing."""


class Invitation(SQLModel, table=True):
    """Only the token's hash is kept. `opened_by` is the account that is asked for digits, or has closed it."""

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    """Whom it binds; for a group's link, who may use it."""
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    token_hash: str = Field(unique=True)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    opened_by: int | None = Field(default=None, sa_type=BigInteger, index=True)
    tries_left: int = TRIES


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def invite(
    session: Session, employee: Employee, *, now: datetime, unit: Unit | None = None, actor: Employee | None = None
) -> tuple[str, datetime]:
    """Make a new link's token (24 characters of A–Z a–z 0–9 _ -) and its expiry; older unused ones stop working.

    `actor` gives it; None at the command line.
    """
    older = select(Invitation).where(
        Invitation.employee_id == employee.id,
        col(Invitation.unit_id).is_(None) if unit is None else Invitation.unit_id == unit.id,
        col(Invitation.used_at).is_(None),
    )
    for invitation in (await session.exec(older)).all():
        await session.delete(invitation)
    token = secrets.token_urlsafe(18)
    session.add(
        Invitation(
            agency_id=employee.agency_id,
            employee_id=employee.id,
            unit_id=unit.id if unit else None,
            token_hash=_hash(token),
            expires_at=now + VALID_FOR,
        )
    )
    await audit.record(
        session,
        "invited",
        agency_id=employee.agency_id,
        now=now,
        actor_id=actor.id if actor else None,
        employee_id=employee.id,
        until=(now + VALID_FOR).isoformat(),
        **({"unit": unit.id} if unit else {}),
    )
    return token, now + VALID_FOR


async def waiting_of(session: Session, employee_ids: Iterable[int], *, now: datetime) -> dict[int, datetime]:
    """Whose personal link has not been used, and until when it works."""
    query = select(Invitation).where(
        col(Invitation.employee_id).in_(list(employee_ids)),
        col(Invitation.unit_id).is_(None),
        col(Invitation.used_at).is_(None),
        Invitation.expires_at > now,
        Invitation.tries_left > 0,
    )
    return {row.employee_id: row.expires_at for row in (await session.exec(query)).all()}


async def _usable(session: Session, token: str, *, now: datetime) -> Invitation | None:
    """At another bot than its agency's, a link is no good."""
    query = select(Invitation).where(
        Invitation.token_hash == _hash(token), col(Invitation.used_at).is_(None), Invitation.expires_at > now
    )
    return await _heard(session, (await session.exec(query.with_for_update())).first())


async def _heard(session: Session, found: Invitation | None) -> Invitation | None:
    return found if found is not None and await bots.is_heard(session, found.agency_id) else None


async def open_personal(session: Session, token: str, *, telegram_id: int, now: datetime) -> bool:
    """Begin a binding: remember who opened the link. False, and nothing learnt, for a link that is no good."""
    invitation = await _usable(session, token, now=now)
    if invitation is None or invitation.unit_id is not None or invitation.tries_left <= 0:
        return False
    if await _has_left(session, await session.get_one(Employee, invitation.employee_id), now):
        return False
    owner = await employees.by_telegram_id(session, telegram_id)
    if owner is not None and not await _has_left(session, owner, now):
        return False
    others = (await session.exec(select(Invitation).where(Invitation.opened_by == telegram_id))).all()
    if sum(other.tries_left == 0 and other.expires_at > now for other in others) >= CLOSED_AT_MOST:
        return False
    for other in others:
        other.opened_by = other.opened_by if other.tries_left == 0 else None
    invitation.opened_by = telegram_id
    await session.flush()
    return True


async def _has_left(session: Session, person: Employee, now: datetime) -> bool:
    return employees.has_left(person, now.astimezone(await employees.zone_of(session, person)).date())


async def opened_by(session: Session, telegram_id: int, *, now: datetime) -> Invitation | None:
    query = select(Invitation).where(
        Invitation.opened_by == telegram_id,
        col(Invitation.used_at).is_(None),
        Invitation.expires_at > now,
        Invitation.tries_left > 0,
    )
    return await _heard(session, (await session.exec(query.with_for_update())).first())


async def bind(
    session: Session, invitation: Invitation, digits: str, *, telegram_id: int, now: datetime
) -> Employee | None:
    """Bind the account when the last four digits of the NIP are right; else one try less and None."""
    employee = await session.get_one(Employee, invitation.employee_id)
    if not secrets.compare_digest(employee.nip[-4:].encode(), digits.encode()):
        invitation.tries_left -= 1
        if invitation.tries_left == 0:
            await _record(session, "link_closed", employee, now)
        return None
    owner = await employees.by_telegram_id(session, telegram_id)
    if owner is not None and owner.id != employee.id:  # of somebody who has left: the account comes back as another
        owner.telegram_id = None
        await session.flush()
    invitation.used_at = now
    invitation.opened_by = None
    employee.telegram_id = telegram_id
    employee.joined_at = now
    employee.unreachable_at = None
    await _record(session, "joined", employee, now)
    return employee


async def _record(session: Session, act: str, employee: Employee, now: datetime) -> None:
    """What happened with the person's link; the account says who it was."""
    await audit.record(session, act, agency_id=employee.agency_id, now=now, employee_id=employee.id)


async def bind_group(session: Session, token: str, person: Employee, *, chat_id: int, now: datetime) -> Unit:
    """Bind a group to the unit its link was made for.

    Raises: Refusal("link_no_good") for a bad link, or a person it was not made for; Refusal("group_taken").
    """
    invitation = await _usable(session, token, now=now)
    if invitation is None or invitation.unit_id is None or invitation.employee_id != person.id:
        raise Refusal("link_no_good")
    unit = await session.get_one(Unit, invitation.unit_id)
    if person.role != employees.ADMIN and not await employees.is_head(session, person, unit):
        raise Refusal("link_no_good")
    other = await unit_of_chat(session, chat_id)
    if other is not None and other.id != unit.id:
        raise Refusal("group_taken")
    invitation.used_at = now
    unit.chat_id = chat_id
    await audit.record(
        session, "group_bound", agency_id=unit.agency_id, now=now, actor_id=person.id, unit=unit.id, chat=chat_id
    )
    return unit
