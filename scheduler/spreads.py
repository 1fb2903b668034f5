"""After marking has closed: each superior sees how their own marks of the week are spread, once."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from models import cards, kinds, marks, rounds
from models.database import Session
from scheduler import due
from scheduler.due import Condition
from scheduler.office import EARLIEST, Desk, Office
from scheduler.showing import row, show_all
from scheduler.waves import Wave

HEALS_FOR = timedelta(days=2)


async def _unshown(session: Session, now: datetime) -> Sequence[int]:
    """Who has marked everything has seen it already: the key is used once."""
    office = await Office.look(session, now)

    def unsettled(day: date) -> list[Condition]:
        week = rounds.last_week(day)
        return [marks.has_marked(week), ~due.is_wanted(cards.marks_spread, week), ~due.is_away(day), ~due.is_muted(day)]

    ids = await due.people(session, office, _is_time, unsettled)
    weeks = {rounds.last_week(desk.today) for desk in office.units.values()}
    enough = {id_ for week in weeks for id_ in await marks.with_spread(session, ids, week)}
    return [id_ for id_ in ids if id_ in enough]


async def _show(session: Session, now: datetime, ids: Sequence[int]) -> int:
    wanted = []
    for place in (await (await Office.look(session, now)).places(session, ids)).values():
        week = rounds.last_week(place.today)
        if _is_time(place) and place.person.id in await marks.with_spread(session, [place.person.id], week):
            key = cards.marks_spread(place.person.id, week)
            wanted.append(row(place, key, kinds.MARKS_SPREAD, now, week=week.isoformat()))
    return await show_all(session, wanted)


show_marks_spread = Wave(_unshown, _show, at_once=50)


def _is_time(desk: Desk) -> bool:
    closed_at = rounds.marking_closes_at(rounds.last_week(desk.today), desk.local.tzinfo or UTC)
    return closed_at <= desk.local < closed_at + HEALS_FOR and desk.works_on(desk.today) and desk.is_between(EARLIEST)
