"""From what was read to rows: each linked by what the reader saw, or by what the person chose before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models import activities, employees, placements, remembered
from models.activities import WAITING, Activity
from models.database import Session
from models.employees import Employee
from models.own_targets import OwnTargets
from models.placements import Course
from models.reading import memory
from models.reading.memory import Remembered
from models.reading.types import Item
from models.replies import Reply
from models.targets import Target

NO_TARGET = "none"
"""`linked_by` of work that was said to serve no target."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What is needed to make rows of one reply, fetched once: the writer's targets and what was chosen before."""

    reply: Reply
    today: date
    own: OwnTargets
    known: Sequence[Remembered]
    course: Course

    @classmethod
    async def of(cls, session: Session, employee: Employee, reply: Reply, own: OwnTargets) -> "Desk":
        today = reply.sent_at.astimezone(await employees.zone_of(session, employee)).date()
        return cls(
            reply,
            today,
            own,
            await remembered.known_to(session, employee, own.all),
            (await placements.courses(session, [employee], on=today))[employee.id],
        )

    def activity(self, position: int, item: Item, day: date) -> Activity:
        """The activity an item says, submitted, not yet in the session."""
        own = {target.code: target for target in self.own.on(day)}
        target, linked_by, matched = self._link(item, own)
        quantity = None if item.quantity is None else Decimal(str(item.quantity))
        return Activity(
            agency_id=self.reply.agency_id,
            employee_id=self.reply.employee_id,
            reply_id=self.reply.id,
            position=position,
            worked_on=day,
            unit_id=self.course.on(day).unit_id,
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
            is_late=day < self.today,
            submitted_at=self.reply.sent_at,
        )

    def _link(self, item: Item, own: dict[str, Target]) -> tuple[Target | None, str, list[str]]:
        """(target, what made the link, why in words or dates). A code wins, then memory, then the words."""
        link = item.link
        recalled = memory.recall(item.description, self.known) if link.why != "code" else None
        if recalled is not None and (recalled.target_code in own or recalled.target_code == remembered.NO_TARGET):
            target = own.get(recalled.target_code)
            why = [recalled.confirmed_on.isoformat(), "" if recalled.own else "colleague"]
            return target, "memory" if target else NO_TARGET, why
        target = own.get(link.target) if link.target else None
        return target, link.why if target else "", list(link.matched)
