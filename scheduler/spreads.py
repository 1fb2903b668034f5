"""After marking has closed: each superior sees how their own marks of the week are spread, once."""

from datetime import UTC, date, datetime, timedelta

from models import cards, marks, outbox, rounds
from models.database import Session
from scheduler.office import EARLIEST, Office, Place
from scheduler.showing import show_by_clock

HEALS_FOR = timedelta(days=2)


async def show_marks_spread(session: Session, now: datetime) -> int:
    """Who has marked everything has seen it already: the key is used once."""
    shown = 0
    reviewers: dict[date, set[int]] = {}
    for place in await Office.look(session, now):
        week = rounds.last_week(place.today)
        if not _is_time(place, now):
            continue
        if week not in reviewers:
            reviewers[week] = await marks.reviewers_of(session, week)
        if place.person.id in reviewers[week] and await marks.have_spread(session, place.person.id, week):
            key = cards.marks_spread(place.person.id, week)
            shown += await show_by_clock(session, place, key, outbox.MARKS_SPREAD, now, week=week.isoformat())
    return shown


def _is_time(place: Place, now: datetime) -> bool:
    closed_at = rounds.marking_closes_at(rounds.last_week(place.today), place.local.tzinfo or UTC)
    return closed_at <= now < closed_at + HEALS_FOR and place.works_on(place.today) and place.is_between(EARLIEST)
