"""What somebody announced for a day, linked to their targets as far as it is certain."""

from datetime import date

from models import office_words, remembered, targets
from models.database import Session
from models.employees import Employee
from models.reading import plans
from models.reading.types import TargetLine


async def targets_in(session: Session, employee: Employee, plan: str, *, on: date) -> list[int]:
    """Ids of the person's targets in force that the plan is certainly about, in its order."""
    own = await targets.of_employee(session, employee, on=on)
    lines = [TargetLine(target.code, target.title, target.measure) for target in own]
    words = await office_words.mapping(session, employee.agency_id)
    known = await remembered.known_to(session, employee, own)
    ids = {target.code: target.id for target in own}
    return [ids[code] for code in plans.targets_in(plan, lines, words=words, known=known)]
