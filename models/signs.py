"""What the signs of empty entries rest on, gathered for a whole page at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from models import work_done
from models.activities import WORK, Activity
from models.database import Session
from models.evidence import FILE, PHOTO, Evidence
from models.reading.signs import LOOK_BACK, Entry, Picture, Sign, of_entries, of_pictures, overfull


@dataclass(frozen=True, slots=True)
class Signs:
    """`by_activity` has the signs of each activity, `days` the minutes of days with more than 24 hours."""

    by_activity: dict[int, list[Sign]]
    days: dict[date, int]


async def of_page(session: Session, rows: Sequence[Activity]) -> Signs:
    """The signs of some activities of one person, in three queries however many there are."""
    work = [row for row in rows if row.kind == WORK]
    if not work:
        return Signs({}, {})
    first, last = min(row.worked_on for row in work), max(row.worked_on for row in work)
    around = await work_done.between(session, [work[0].employee_id], first - LOOK_BACK, last)
    entries = [_entry(row) for row in around if row.kind == WORK]
    found = of_entries(entries, [row.id for row in work])
    pictures = await _pictures(session, work)
    for id_, more in of_pictures(pictures, {row.id: row.employee_id for row in work}).items():
        found.setdefault(id_, []).extend(more)
    days = {row.worked_on for row in work}
    return Signs(found, overfull(entry for entry in entries if entry.day in days))


def _entry(row: Activity) -> Entry:
    return Entry(
        id=row.id,
        day=row.worked_on,
        text=row.description,
        minutes=row.minutes,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        has_count=row.quantity is not None,
    )


async def _pictures(session: Session, work: Sequence[Activity]) -> list[Picture]:
    """Pictures and files of these activities, and everything else of the agency that is the same file."""
    own = select(Evidence.unique_reference).where(
        col(Evidence.activity_id).in_([row.id for row in work]),
        col(Evidence.kind).in_([PHOTO, FILE]),
        Evidence.unique_reference != "",
    )
    references = set((await session.exec(own)).all())
    if not references:
        return []
    query = select(Evidence).where(
        col(Evidence.unique_reference).in_(references), Evidence.agency_id == work[0].agency_id
    )
    rows = (await session.exec(query.order_by(col(Evidence.id)))).all()
    return [Picture(row.id, row.unique_reference, row.employee_id, row.day, row.activity_id) for row in rows]
