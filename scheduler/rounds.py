"""The day's other sweeps: show the board, nudge the reviewers, tell of approvals, close the day.

Each finds who is due now and shows messages with keys, which the database refuses twice; so a sweep may run at any
time, any number of times. How late is too late: nothing by itself after 21.00 or before 06.00, local time.
"""

from collections.abc import Sequence
from datetime import date, datetime

from models import cards, duty, kinds, messages, obstacles, outbox, reports, reviews
from models.database import Session
from scheduler import due
from scheduler.due import Condition
from scheduler.office import EARLIEST, LATEST, Desk, Office
from scheduler.showing import row, show_all, show_by_clock
from scheduler.waves import Wave


async def _units_without_board(session: Session, now: datetime) -> Sequence[int]:
    office = await Office.look(session, now)
    keys = {
        cards.board(unit_id, desk.today): unit_id
        for unit_id, desk in office.units.items()
        if desk.unit.chat_id is not None and desk.works_on(desk.today) and desk.is_between(desk.times.remind_at)
    }
    return [keys[key] for key in await messages.unused(session, keys)]


async def _show_boards(session: Session, now: datetime, unit_ids: Sequence[int]) -> int:
    office = await Office.look(session, now)
    rows = [
        {
            "key": cards.board(unit_id, desk.today),
            "chat_id": desk.unit.chat_id,
            "kind": kinds.BOARD,
            "agency_id": desk.unit.agency_id,
            "arguments": {"unit": unit_id, "day": desk.today.isoformat()},
            "due_at": now,
            "expires_at": desk.at(LATEST),
        }
        for unit_id, desk in ((id_, office.units[id_]) for id_ in unit_ids)
    ]
    return await outbox.show_all_once(session, rows)


show_boards = Wave(_units_without_board, _show_boards)
"""At `remind_at`, in the unit's group: how many have reported. Counts, never names."""


def _nudges(desk: Desk) -> bool:
    return desk.works_on(desk.today) and desk.is_between(desk.times.nudge_at)


async def _unnudged(session: Session, now: datetime) -> Sequence[int]:
    """Whoever has no card of today and may be asked about waiting work or an open obstacle."""
    office = await Office.look(session, now)

    def unsettled(day: date) -> list[Condition]:
        return [
            ~due.is_wanted(cards.review, day),
            duty.may_decide_about_anybody(day),
            ~due.is_away(day),
            ~due.is_muted(day),
        ]

    leaders = await due.people(session, office, _nudges, unsettled)
    if not leaders:
        return []
    days = [desk.today for desk in office.units.values()]
    owners = reviews.owners_of_waiting().union(obstacles.owners_of_open())
    found = await duty.perhaps_asked(session, owners, first=min(days), last=max(days))
    return [id_ for id_ in leaders if id_ in found]


async def _nudge(session: Session, now: datetime, ids: Sequence[int]) -> int:
    nudged = 0
    for reviewer_id, place in (await (await Office.look(session, now)).places(session, ids)).items():
        if not _nudges(place) or not await messages.unused(session, [cards.review(reviewer_id, place.today)]):
            continue
        hindered = await obstacles.before(session, place.person, on=place.today)
        if hindered or await reviews.waiting_for(session, place.person, on=place.today):
            key = cards.review(reviewer_id, place.today)
            shown = await show_by_clock(
                session, place, key, kinds.REVIEW_CARD, now, priority=kinds.CARD, view="all", excluded=[]
            )
            if shown:
                await cards.close_former_reviews(session, reviewer_id, key, now=now)
            nudged += shown
    return nudged


nudge_reviewers = Wave(_unnudged, _nudge, at_once=2)
"""At the reviewer's `nudge_at` on a workday: one card a day with what waits and who is hindered, if anything."""


async def _untold(session: Session, now: datetime) -> Sequence[int]:
    """Whose unit is awake, of those with approvals that are final."""
    office = await Office.look(session, now)
    asleep = [id_ for id_, desk in office.units.items() if not desk.is_between(EARLIEST)]
    return await reviews.owners_of_final_approvals(session, now=now, but_of_units=asleep)


async def _tell(session: Session, now: datetime, ids: Sequence[int]) -> int:
    """All of a person's at once, so that each reviewer's are told of in one message."""
    places = await (await Office.look(session, now)).places(session, ids)
    told: dict[tuple[int, int], list[int]] = {}
    reviewers: set[int] = set()
    for activity in await reviews.final_approvals(session, ids, now=now):
        place = places.get(activity.employee_id)
        if place is not None and (place.is_quiet or not place.is_between(EARLIEST)):
            continue
        activity.told_at, activity.returned_at, activity.reason = now, None, None
        if place is not None:
            told.setdefault((activity.employee_id, activity.reviewer_id or 0), []).append(activity.id)
        if activity.reviewer_id is not None:
            reviewers.add(activity.reviewer_id)
    await session.flush()
    for reviewer_id in sorted(reviewers):
        await cards.redraw_reviews(session, reviewer_id, now=now)
    wanted = [
        row(
            places[employee_id],
            f"approved:{employee_id}:{reviewer_id}:{now.isoformat()}",
            kinds.APPROVED,
            now,
            activities=activity_ids,
        )
        for (employee_id, reviewer_id), activity_ids in told.items()
    ]
    await show_all(session, wanted)
    return len(told)


tell_of_approvals = Wave(_untold, _tell, at_once=50)
"""When the ten minutes of undo are over: each person hears once what was approved."""


async def close_days(session: Session, now: datetime) -> int:
    """After local midnight: what is still a draft is submitted as it stands, flagged."""
    closed = await reports.close_days(session, now=now)
    for reply in closed:
        await outbox.redraw(session, reply.card, now=now, view="main")
    return len(closed)
