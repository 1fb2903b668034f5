"""What the figures of units rest on beside the scores, of a week: read once for the people of several units."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from models import focus, obstacles, rosters, work_done
from models.agencies import Agency
from models.database import Session
from models.employees import Employee
from models.rosters import Roster
from models.work_done import Said


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """By id of a person, or by (person, day)."""

    said: dict[tuple[int, date], Said]
    days: dict[int, Roster]
    waiting: dict[int, int]
    """How much of the work through the week waits for its reviewer."""
    hindered: dict[int, int]
    settled: dict[int, int]
    """Obstacles raised by the week's end that are not closed; and those that were closed in the week."""
    chosen: dict[tuple[int, date], bool] | None
    """Whether a focus was chosen, of the days on which somebody was asked and there; None where nobody is asked."""


async def of_people(session: Session, people: Collection[Employee], first: date, last: date) -> UnitFacts:
    """Of people of one agency, both dates included."""
    by_id = {person.id: person for person in people}
    days = await rosters.of_people(session, by_id.values(), first, last)
    hindered, settled = await obstacles.counts(session, by_id, first, last)
    return UnitFacts(
        said=await work_done.said_on(session, by_id, first, last),
        days=days,
        waiting=await work_done.count_waiting(session, by_id, until=last),
        hindered=hindered,
        settled=settled,
        chosen=await _chosen(session, by_id, days, first, last),
    )


async def _chosen(
    session: Session, people: dict[int, Employee], days: dict[int, Roster], first: date, last: date
) -> dict[tuple[int, date], bool] | None:
    agency_id = next((person.agency_id for person in people.values()), None)
    if agency_id is None or not (await session.get_one(Agency, agency_id)).asks_focus:
        return None
    rows = await focus.asked_between(session, people, first, last)
    return {(id_, day): is_clear for id_, day, is_clear in rows if day not in days[id_].away}
