"""When a person's place changes: what waits moves to whoever decides now, and the cards show it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlmodel import col, select

from models import absences, cards, employees, kinds, outbox, placements, resets, target_cards
from models.absences import WAITING, Absence
from models.database import Session
from models.duty import Duty
from models.employees import Employee
from models.imports.moves import redraw_cards_of, set_anew
from models.imports.writing import Move
from models.targets import WAITING as PROPOSED
from models.targets import WITHDRAWN, Target, TargetRevision

Deciders = Mapping[int, list[int]]
"""By person, who decides about their work, the one to be asked first."""


async def before(session: Session, person: Employee, *, on: date) -> Deciders:
    """Who decides about the person and about those below them, before anything changes."""
    duty = Duty(session, on)
    concerned = [person, *await employees.direct_reports(session, [person.id])]
    return {one.id: [decider.person.id for decider in await duty.deciders(one)] for one in concerned}


async def follow(session: Session, person: Employee, former: Deciders, *, on: date, now: datetime) -> None:
    """After a change: requests go to the new deciders, and the cards of both show what is theirs."""
    await placements.note(session, person, on=now.astimezone(await employees.zone_of(session, person)).date())
    current = await before(session, person, on=on)
    leaders = {id_ for deciders in (*former.values(), *current.values()) for id_ in deciders}
    for id_, deciders in current.items():
        was = former.get(id_, deciders)
        fresh = [one for one in deciders if one not in was]
        gone = [one for one in was if one not in deciders]
        if fresh or gone:
            await _hand_over(session, await session.get_one(Employee, id_), fresh, gone, on=on, now=now)
    await target_cards.ask(session, person, on=on, now=now)
    leaders |= {id_ for id_ in (person.superior_id, person.approver_id) if id_ is not None}
    for leader in sorted(leaders):
        await outbox.redraw(session, cards.obstacles(leader), now=now)
        await outbox.redraw(session, cards.team(leader), now=now)
    await redraw_cards_of(session, leaders, now=now)


async def _hand_over(
    session: Session, person: Employee, fresh: Iterable[int], gone: Iterable[int], *, on: date, now: datetime
) -> None:
    """Absences and targets that wait for a word."""
    waiting = [one for one in await absences.from_day(session, [person.id], on) if one.status == WAITING]
    for absence in waiting:
        for reviewer_id in gone:
            await outbox.redraw(session, cards.absence_review(absence.id, reviewer_id), now=now)
        for reviewer_id in fresh:
            await _ask_about(session, await session.get_one(Employee, reviewer_id), absence, now)
    for reviewer_id in gone:
        await outbox.redraw(session, target_cards.card(reviewer_id, person.id), now=now)
    await target_cards.ask(session, person, on=on, now=now)


async def _ask_about(session: Session, reviewer: Employee, absence: Absence, now: datetime) -> None:
    if reviewer.telegram_id is not None:
        await outbox.show(
            session,
            key=cards.absence_review(absence.id, reviewer.id),
            chat_id=reviewer.telegram_id,
            kind=kinds.ABSENCE_REVIEW,
            agency_id=reviewer.agency_id,
            employee_id=reviewer.id,
            arguments={"absence": absence.id},
            due_at=now,
            anew=True,
        )


async def follow_move(
    session: Session, person: Employee, former: int, *, since: datetime | None, now: datetime
) -> None:
    """Another unit: plans for the time that is left are proposed. `since`: the move of that moment was taken back,
    and what it had proposed goes with it, unless somebody has answered it.
    """
    today = now.astimezone(await employees.zone_of(session, person)).date()
    for unit_id in (former, person.unit_id):
        await outbox.redraw(session, cards.board(unit_id, today), now=now)
    if since is None:
        await set_anew(session, [Move(person, "unit_id", former, person.unit_id)], now=now)
        return
    query = (
        select(TargetRevision)
        .join(Target, col(TargetRevision.target_id) == col(Target.id))
        .where(
            Target.employee_id == person.id,
            TargetRevision.status == PROPOSED,
            TargetRevision.why == resets.MOVED,
            TargetRevision.proposed_at == since,
        )
    )
    for revision in (await session.exec(query)).all():
        revision.status = WITHDRAWN
    await session.flush()
