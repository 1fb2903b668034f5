"""The day's sweeps: ask, remind, show the board, nudge the reviewers, tell of approvals, close the day.

Each finds who is due now and shows messages with keys, which the database refuses twice; so a sweep may run at any
time, any number of times. How late is too late: nothing by itself after 21.00 or before 06.00, local time.
"""

from datetime import date, datetime, time, timedelta

from sqlmodel import col, select

from models import activities, cards, duty, employees, obstacles, outbox, reports, reviews, windows
from models.activities import WAITING, Activity
from models.database import Session
from models.employees import Employee
from scheduler.office import EARLIEST, LATEST, Office, Place
from scheduler.showing import show_by_clock

MISSED_UNTIL = time(12, 0)
"""Until when, in the morning, a person is asked about the workday before."""

REMIND_AFTER = timedelta(minutes=30)
"""At least so long after the question came, when that was late."""


async def ask_for_reports(session: Session, now: datetime) -> int:
    """At `report_at` on a workday: what did you do today?"""
    asked = 0
    for place in await Office.look(session, now):
        if place.works_on(place.today) and place.is_between(place.times.report_at):
            asked += await _ask(session, place, cards.prompt(place.person.id, place.today), place.today, now)
    return asked


async def ask_for_missed_days(session: Session, now: datetime) -> int:
    """On the next workday, from `focus_at`: once more about a workday of which nothing was heard."""
    asked = 0
    for place in await Office.look(session, now):
        if not (place.works_on(place.today) and place.is_between(place.times.focus_at, MISSED_UNTIL)):
            continue
        day = place.roster.back(place.today, 1)
        joined = place.person.joined_at
        if joined is None or joined.astimezone(place.local.tzinfo).date() > day or not place.works_on(day):
            continue
        if day >= windows.first_day(place.agency, place.roster, place.today):
            asked += await _ask(session, place, f"missed:{place.person.id}:{day}", day, now, until=MISSED_UNTIL)
    return asked


async def _ask(session: Session, place: Place, key: str, day: date, now: datetime, *, until: time = LATEST) -> bool:
    if await activities.has_report(session, place.person.id, day):
        return False
    return await show_by_clock(session, place, key, outbox.PROMPT, now, until=until, day=day.isoformat())


async def remind(session: Session, now: datetime) -> int:
    """At `remind_at`: one reminder to whoever was asked and has not answered."""
    reminded = 0
    for place in await Office.look(session, now):
        person, today = place.person, place.today
        if not (place.works_on(today) and place.is_between(place.times.remind_at)):
            continue
        asked = await outbox.by_key(session, cards.prompt(person.id, today))
        if asked is None or asked.shown_at is None or asked.shown_at > now - REMIND_AFTER:
            continue  # at the end of a long wave the question itself may still be to come
        if not await activities.has_report(session, person.id, today):
            key = cards.reminder(person.id, today)
            reminded += await show_by_clock(session, place, key, outbox.REMINDER, now, day=today.isoformat())
    return reminded


async def show_boards(session: Session, now: datetime) -> int:
    """At `remind_at`, in the unit's group: how many have reported. Counts, never names."""
    shown = 0
    for unit_id, place in (await Office.look(session, now)).units.items():
        chat_id = place.unit.chat_id
        today = place.today
        if chat_id is None or not place.calendar.is_workday(today, place.unit.week_days):
            continue
        if place.is_between(place.times.remind_at):
            shown += await outbox.show_once(
                session,
                key=cards.board(unit_id, today),
                chat_id=chat_id,
                kind=outbox.BOARD,
                agency_id=place.unit.agency_id,
                arguments={"unit": unit_id, "day": today.isoformat()},
                due_at=now,
                expires_at=place.at(LATEST),
            )
    return shown


async def nudge_reviewers(session: Session, now: datetime) -> int:
    """At the reviewer's `nudge_at` on a workday: one card a day with what waits and who is hindered, if anything."""
    office = await Office.look(session, now)
    nudged = 0
    for reviewer_id in sorted(await _reviewers_of_waiting(session, now)):
        place = office.places.get(reviewer_id)
        if place is None or not place.works_on(place.today) or not place.is_between(place.times.nudge_at):
            continue
        if not await outbox.unused(session, [cards.review(reviewer_id, place.today)]):
            continue
        hindered = await obstacles.before(session, place.person, on=place.today)
        if hindered or await reviews.waiting_for(session, place.person, on=place.today):
            key = cards.review(reviewer_id, place.today)
            shown = await show_by_clock(
                session, place, key, outbox.REVIEW_CARD, now, priority=outbox.CARD, view="all", excluded=[]
            )
            if shown:
                await cards.close_former_reviews(session, reviewer_id, key, now=now)
            nudged += shown
    return nudged


async def _reviewers_of_waiting(session: Session, now: datetime) -> set[int]:
    """Everybody who may have something to do: reviewers of those with waiting work or an open obstacle, and one
    level above.
    """
    owners = (await session.exec(select(col(Activity.employee_id)).where(Activity.status == WAITING).distinct())).all()
    found: set[int] = set()
    for owner_id in {*owners, *await obstacles.owners_of_open(session)}:
        owner = await session.get_one(Employee, owner_id)
        day = now.astimezone(await employees.zone_of(session, owner)).date()
        rules = duty.Duty(session, day)
        leader = await rules.superior_of(owner)
        above = await rules.deciders(leader) if leader is not None else []
        found |= {one.person.id for one in [*await rules.deciders(owner), *above]}
    return found


async def tell_of_approvals(session: Session, now: datetime) -> int:
    """When the ten minutes of undo are over: each person hears once what was approved."""
    office = await Office.look(session, now)
    told: dict[tuple[int, int], list[int]] = {}
    reviewers: set[int] = set()
    for activity in await reviews.final_approvals(session, now=now):
        place = office.places.get(activity.employee_id)
        if place is not None and (place.is_quiet or not place.is_between(EARLIEST)):
            continue
        activity.told_at, activity.returned_at, activity.reason = now, None, None
        if place is not None:
            told.setdefault((activity.employee_id, activity.reviewer_id or 0), []).append(activity.id)
        if activity.reviewer_id is not None:
            reviewers.add(activity.reviewer_id)
    await session.flush()
    for reviewer_id in reviewers:
        await cards.redraw_reviews(session, reviewer_id, now=now)
    for (employee_id, reviewer_id), ids in told.items():
        key = f"approved:{employee_id}:{reviewer_id}:{now.isoformat()}"
        await show_by_clock(session, office.places[employee_id], key, outbox.APPROVED, now, activities=ids)
    return len(told)


async def close_days(session: Session, now: datetime) -> int:
    """After local midnight: what is still a draft is submitted as it stands, flagged."""
    closed = await reports.close_days(session, now=now)
    for reply in closed:
        await outbox.redraw(session, reply.card, now=now, view="main")
    return len(closed)
