"""What an absence has to be: dates that make sense, within the window, and nothing else on them."""

from collections.abc import Collection
from datetime import date, timedelta

from models import absences, windows
from models.absence_spans import Span
from models.absences import LEAVE, NOTHING, Absence
from models.agencies import Agency
from models.database import Session
from models.duty import Duty
from models.employees import ADMIN, Employee
from models.refusals import Refusal

LONGEST_DAYS = 366
AHEAD_DAYS = 366
REASON_AT_MOST = 500


async def may_manage(session: Session, actor: Employee, person: Employee, *, on: date) -> bool:
    """One's own absences, those of the people about whose work one decides; for an admin, the whole agency's."""
    if actor.id == person.id:
        return True
    if actor.agency_id != person.agency_id:
        return False
    return actor.role == ADMIN or await Duty(session, on).may_decide(actor, person)


async def needs_word(session: Session, person: Employee, kind: str, *, actor: Employee, on: date) -> bool:
    """Whether somebody else has to agree: where the agency wants it, and somebody can.

    What an admin notes for others is agreed, as what the office imports is.
    """
    agency = await session.get_one(Agency, person.agency_id)
    if not agency.confirms_absences or kind == NOTHING or (actor.role == ADMIN and actor.id != person.id):
        return False
    deciders = {one.person.id for one in await Duty(session, on).deciders(person)}
    return bool(deciders) and actor.id not in deciders


async def earliest(session: Session, person: Employee, *, actor: Employee, today: date) -> date:
    """The first date that may be noted: as far back as reports are open; for a supervisor, in a month not closed."""
    window = await windows.of_one(session, person, today=today)
    return min(window.first, window.month) if actor.id != person.id else window.first


async def check_span(session: Session, person: Employee, span: Span, *, actor: Employee, today: date) -> None:
    """Raises: Refusal("absence_backwards", …), Refusal("absence_too_long", limit=…),
    Refusal("absence_too_far", limit=…), Refusal("absence_past", day=…, first=…).
    """
    check_length(span)
    if span[0] > today + timedelta(days=AHEAD_DAYS):
        raise Refusal("absence_too_far", limit=AHEAD_DAYS)
    first = await earliest(session, person, actor=actor, today=today)
    if span[0] < first:
        raise Refusal("absence_past", day=span[0], first=first, own=actor.id == person.id)


def check_length(span: Span) -> None:
    if span[1] < span[0]:
        raise Refusal("absence_backwards", first=span[0], last=span[1])
    if (span[1] - span[0]).days >= LONGEST_DAYS:
        raise Refusal("absence_too_long", limit=LONGEST_DAYS)


async def in_the_way(session: Session, person: Employee, span: Span, *, besides: Collection[int] = ()) -> list[Absence]:
    """What stands on those dates already; a day without activities never does."""
    found = await absences.between(session, [person.id], *span)
    return [one for one in found if one.kind != NOTHING and one.id not in besides]


def is_same(kind: str, other: str) -> bool:
    """One may go on in the other: the same kind, or leave of which nobody has said which one."""
    return kind == other or ("leave" in (kind, other) and {kind, other} <= LEAVE - {"sick"})
