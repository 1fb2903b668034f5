"""From what was read to a row: link it, by what the reader saw or by what the person chose before."""

from datetime import date
from decimal import Decimal

from models import activities, employees, remembered, targets
from models.activities import WAITING, Activity
from models.database import Session
from models.employees import Employee
from models.reading import memory
from models.reading.types import Item
from models.replies import Reply
from models.targets import Target

NO_TARGET = "none"
"""`linked_by` of work that was said to serve no target."""


async def activity(
    session: Session, employee: Employee, reply: Reply, position: int, item: Item, day: date
) -> Activity:
    """The activity an item says, submitted, not yet in the session."""
    own = {target.code: target for target in await targets.of_employee(session, employee, on=day)}
    target, linked_by, matched = await _link(session, employee, item, own)
    quantity = None if item.quantity is None else Decimal(str(item.quantity))
    today = reply.sent_at.astimezone(await employees.zone_of(session, employee)).date()
    return Activity(
        agency_id=employee.agency_id,
        employee_id=employee.id,
        reply_id=reply.id,
        position=position,
        worked_on=day,
        description=item.description,
        starts_at=item.start,
        ends_at=item.end,
        minutes=item.minutes,
        quantity=quantity,
        unit=item.unit,
        target_id=target.id if target else None,
        linked_by=linked_by,
        matched=matched,
        candidates=[own[code].id for code in item.link.candidates if code in own],
        parts=list(item.parts),
        output=activities.output_for(target, quantity, item.unit),
        status=WAITING,
        is_late=day < today,
        submitted_at=reply.sent_at,
    )


async def _link(
    session: Session, employee: Employee, item: Item, own: dict[str, Target]
) -> tuple[Target | None, str, list[str]]:
    """(target, what made the link, why in words or dates). A code wins, then memory, then the words."""
    link = item.link
    if link.why != "code":
        known = await remembered.known_to(session, employee, list(own.values()))
        recalled = memory.recall(item.description, known)
        if recalled is not None:
            target = own.get(recalled.target_code)
            why = [recalled.confirmed_on.isoformat(), "" if recalled.own else "colleague"]
            return target, "memory" if target else NO_TARGET, why
    target = own.get(link.target) if link.target else None
    return target, link.why if target else "", list(link.matched)
