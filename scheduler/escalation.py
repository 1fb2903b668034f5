"""What has waited too long goes one level up: waiting absences on a card of their own, and the first approver is told.

Waiting activities need no sweep of their own: they stand on the next level's daily card by themselves.
"""

from collections.abc import Collection
from datetime import datetime

from models import cards, outbox, overdue
from models.database import Session
from models.outbox import Message
from models.overdue import Held
from scheduler.office import Office, Place


async def escalate_absences(session: Session, now: datetime) -> int:
    """At the `nudge_at` of the next level, on a workday: the card of an absence that nobody has decided about."""
    office = await Office.look(session, now)
    shown = 0
    for absence, others in await overdue.absences_for(session, now):
        for place in _at_their_desk(office, [one.id for one in others]):
            shown += await outbox.show_once(
                session,
                key=cards.absence_review(absence.id, place.person.id),
                chat_id=place.person.telegram_id or 0,
                kind=outbox.ABSENCE_REVIEW,
                due_at=now,
                agency_id=absence.agency_id,
                employee_id=place.person.id,
                arguments={"absence": absence.id},
                priority=outbox.CARD,
            )
    return shown


async def tell_first_approvers(session: Session, now: datetime) -> int:
    """At the `nudge_at` of whoever should have decided first: that the next level may decide too.

    Once: what is added while something of it still waits changes the message that stands, without a sound.
    """
    office = await Office.look(session, now)
    told = 0
    for first_id, held in sorted((await overdue.by_first(session, now)).items()):
        for place in _at_their_desk(office, [first_id]):
            told += await _tell(session, place, held, now)
    return told


def _at_their_desk(office: Office, people: Collection[int]) -> list[Place]:
    places = [office.places[id_] for id_ in people if id_ in office.places]
    return [p for p in places if p.works_on(p.today) and not p.is_muted and p.is_between(p.times.nudge_at)]


async def _tell(session: Session, place: Place, held: Held, now: datetime) -> bool:
    key = cards.escalated(held.first.id)
    stands = await outbox.by_key(session, key)
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
        kind=outbox.ESCALATED,
        due_at=now,
        agency_id=place.person.agency_id,
        employee_id=place.person.id,
        arguments=arguments,
        anew=stands is not None and not goes_on,
    )
    return True


def _ids(row: Message) -> tuple[set[int], set[int]]:
    return set(row.arguments["activities"]), set(row.arguments["absences"])
