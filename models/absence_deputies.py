"""An absence that names who stands in: the deputyship has its dates, and ends with it."""

from datetime import date, timedelta

from sqlmodel import select

from models import deputies
from models.absences import CONFIRMED, Absence
from models.database import Session
from models.employees import PLH, Deputy, Employee
from models.refusals import Refusal


async def follow(session: Session, absence: Absence, *, actor: Employee | None, today: date) -> None:
    """Make the deputyship what the absence says, once it is confirmed. Days that are over stay as they were."""
    stored = (await session.exec(select(Deputy).where(Deputy.absence_id == absence.id))).first()
    wanted = absence.deputy_id if absence.status == CONFIRMED else None
    if stored is not None and stored.deputy_id != wanted:
        await _end(session, stored, today)
        stored = None
    if wanted is None:
        return
    if stored is None:
        stored = Deputy(
            agency_id=absence.agency_id,
            superior_id=absence.employee_id,
            deputy_id=wanted,
            starts_on=absence.starts_on,
            ends_on=absence.ends_on,
            kind=PLH,
            named_by_id=actor.id if actor else None,
            absence_id=absence.id,
        )
        session.add(stored)
    stored.starts_on, stored.ends_on = absence.starts_on, absence.ends_on
    await session.flush()


async def check(session: Session, absence: Absence, deputy: Employee) -> None:
    """Raises: Refusal("deputy_self"), Refusal("deputy_not_joined", name=…),
    Refusal("deputy_there_already", name=…, first=…, last=…).
    """
    if deputy.id == absence.employee_id or deputy.agency_id != absence.agency_id:
        raise Refusal("deputy_self")
    if deputy.telegram_id is None:
        raise Refusal("deputy_not_joined", name=deputy.name)
    for there in await deputies.of_superior(
        session, absence.employee_id, first=absence.starts_on, last=absence.ends_on
    ):
        if there.absence_id != absence.id:
            other = await session.get_one(Employee, there.deputy_id)
            raise Refusal("deputy_there_already", name=other.name, first=there.starts_on, last=there.ends_on)


async def _end(session: Session, stored: Deputy, today: date) -> None:
    if stored.starts_on >= today:
        await session.delete(stored)
    else:
        stored.ends_on, stored.absence_id = min(stored.ends_on, today - timedelta(days=1)), None
    await session.flush()
