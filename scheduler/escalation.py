"""What has waited too long goes one level up: waiting absences on a card of their own, and the first approver is told.

Waiting activities need no sweep of their own: they stand on the next level's daily card by themselves.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from models import cards, duty, kinds, messages, outbox, overdue
from models.database import Session
from models.outbox import Message
from models.overdue import Held
from scheduler import due
from scheduler.office import Desk, Office, Place
from scheduler.waves import Wave


def _is_time(desk: Desk) -> bool:
    return desk.works_on(desk.today) and desk.is_between(desk.times.nudge_at)


async def _absences(session: Session, now: datetime) -> Sequence[tuple[int, int]]:
    """Each with those of the next level who are at their desks and have not been shown it."""
    office = await Office.look(session, now)
    waiting = [(row.id, [one.id for one in others]) for row, others in await overdue.absences_for(session, now)]
    places = await _at_their_desk(session, office, {id_ for _, ids in waiting for id_ in ids})
    keys = {cards.absence_review(absence, id_): (absence, id_) for absence, ids in waiting for id_ in ids}
    unshown = [keys[key] for key in await messages.unused(session, keys)]
    return [(absence, id_) for absence, id_ in unshown if id_ in places]


async def _show_absences(session: Session, now: datetime, waiting: Sequence[tuple[int, int]]) -> int:
    office = await Office.look(session, now)
    shown = 0
    for absence, id_ in waiting:
        for place in (await _at_their_desk(session, office, [id_])).values():
            shown += await outbox.show_once(
                session,
                key=cards.absence_review(absence, place.person.id),
                chat_id=place.person.telegram_id or 0,
                kind=kinds.ABSENCE_REVIEW,
                due_at=now,
                agency_id=place.person.agency_id,
                employee_id=place.person.id,
                arguments={"absence": absence},
                priority=kinds.CARD,
            )
    return shown


escalate_absences = Wave(_absences, _show_absences)
"""At the `nudge_at` of the next level, on a workday: the card of an absence that nobody has decided about."""


async def _untold(session: Session, now: datetime) -> Sequence[Held]:
    office = await Office.look(session, now)
    if not any(map(_is_time, office.units.values())) and not await _with_own_times(session, office):
        return []
    found = await overdue.by_first(session, now)
    places = await _at_their_desk(session, office, found)
    return [held for id_, held in sorted(found.items()) if id_ in places]


async def _with_own_times(session: Session, office: Office) -> bool:
    return bool(await due.people(session, office, lambda _: False, lambda day: [duty.may_decide_about_anybody(day)]))


async def _tell_first(session: Session, now: datetime, found: Sequence[Held]) -> int:
    places = await _at_their_desk(session, await Office.look(session, now), [held.first.id for held in found])
    return sum([await _tell(session, places[held.first.id], held, now) for held in found if held.first.id in places])


tell_first_approvers = Wave(_untold, _tell_first, at_once=20)
"""At the `nudge_at` of whoever should have decided first: that the next level may decide too.

Once: what is added while something of it still waits changes the message that stands, without a sound.
"""


async def _at_their_desk(session: Session, office: Office, ids: Iterable[int]) -> dict[int, Place]:
    places = await office.places(session, ids)
    return {id_: place for id_, place in places.items() if _is_time(place) and not place.is_muted}


async def _tell(session: Session, place: Place, held: Held, now: datetime) -> bool:
    key = cards.escalated(held.first.id)
    stands = await messages.by_key(session, key)
    there = _ids(stands) if stands is not None else (set(), set())
    goes_on = bool(there[0] & held.activities or there[1] & held.absences)
    if stands is not None and goes_on and held.activities <= there[0] and held.absences <= there[1]:
        return False
    arguments = {
        "activities": sorted(held.activities),
        "absences": sorted(held.absences),
        "others": sorted(held.others),
    }
    await outbox.show(
        session,
        key=key,
        chat_id=place.person.telegram_id or 0,
        kind=kinds.ESCALATED,
        due_at=now,
        agency_id=place.person.agency_id,
        employee_id=place.person.id,
        arguments=arguments,
        anew=stands is not None and not goes_on,
    )
    return True


def _ids(row: Message) -> tuple[set[int], set[int]]:
    return set(row.arguments["activities"]), set(row.arguments["absences"])
