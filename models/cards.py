"""Keys of the messages that stand for something, and the redrawing of cards on which others see a person's report."""

from datetime import date, datetime, timedelta

from models import duty, employees, kinds, messages, outbox, questions
from models.database import Session
from models.employees import Employee

MARKING_LASTS = timedelta(days=7)
REVIEWS_STAND_FOR = timedelta(days=14)
AUTOMATIC_LASTS = timedelta(days=62)
"""As long as the month of such an approval may be open."""
RETURNS_FOLLOWED_FOR = timedelta(days=14)
EVIDENCE_ASKED_FOR = timedelta(days=1)


def prompt(employee_id: int, day: date) -> str:
    return f"prompt:{employee_id}:{day}"


def missed(employee_id: int, day: date) -> str:
    return f"missed:{employee_id}:{day}"


def reminder(employee_id: int, day: date) -> str:
    return f"reminder:{employee_id}:{day}"


def review(reviewer_id: int, day: date) -> str:
    return f"review:{reviewer_id}:{day}"


def review_asked_for(reviewer_id: int, day: date) -> str:
    return f"review:{reviewer_id}:{day}:asked"


def absence_review(absence_id: int, reviewer_id: int) -> str:
    return f"absence_review:{absence_id}:{reviewer_id}"


def month_closes(employee_id: int, month: date) -> str:
    return f"close:{employee_id}:{month:%Y-%m}"


def units_month_closes(unit_id: int, month: date) -> str:
    return f"close_unit:{unit_id}:{month:%Y-%m}"


def days_off(unit_id: int, day: date) -> str:
    return f"days_off:{unit_id}:{day}"


def returned(activity_id: int) -> str:
    return f"returned:{activity_id}"


def escalated(approver_id: int) -> str:
    return f"escalated:{approver_id}"


def automatic(approver_id: int, day: date) -> str:
    return f"automatic:{approver_id}:{day}"


def automatic_asked_for(approver_id: int, day: date) -> str:
    return f"automatic:{approver_id}:{day}:asked"


def board(unit_id: int, day: date) -> str:
    return f"board:{unit_id}:{day}"


def output(employee_id: int, week: date) -> str:
    return f"output:{employee_id}:{week}"


def quality(reviewer_id: int, week: date) -> str:
    return f"quality:{reviewer_id}:{week}"


def marks_spread(reviewer_id: int, week: date) -> str:
    return f"marks_spread:{reviewer_id}:{week}"


def week(employee_id: int, week_ends_on: date) -> str:
    return f"week:{employee_id}:{week_ends_on}"


def summary(unit_id: int, week_ends_on: date) -> str:
    return f"summary:{unit_id}:{week_ends_on}"


def obstacles(employee_id: int) -> str:
    return f"obstacles:{employee_id}"


def obstacle_answer(obstacle_id: int) -> str:
    return f"obstacle_answer:{obstacle_id}"


def suggestions(reader_id: int, month: date) -> str:
    return f"suggestions:{reader_id}:{month}"


def team(supervisor_id: int) -> str:
    return f"team:{supervisor_id}"


def unreached(head_id: int, week: date) -> str:
    return f"unreached:{head_id}:{week}"


def coaching(employee_id: int, week_ends_on: date) -> str:
    return f"coaching:{employee_id}:{week_ends_on}"


def month(employee_id: int, month: date) -> str:
    return f"month:{employee_id}:{month:%Y-%m}"


def focus(employee_id: int, day: date) -> str:
    return f"focus:{employee_id}:{day}"


def milestones(reviewer_id: int) -> str:
    return f"milestones:{reviewer_id}"


FOLLOWED = (
    (kinds.RETURNED, RETURNS_FOLLOWED_FOR),
    (kinds.EVIDENCE_CARD, EVIDENCE_ASKED_FOR),
    (kinds.OBSTACLE_CARD, RETURNS_FOLLOWED_FOR),
    (kinds.OBSTACLE_ANSWER, RETURNS_FOLLOWED_FOR),
)
"""A person's own notices about reports, and for how long they follow what happens to these."""


async def redraw_reviews(session: Session, reviewer_id: int, *, now: datetime) -> None:
    """A reviewer's card that still stands, of today or of the day before, shows what is so now."""
    for row in await messages.of_kind(session, reviewer_id, kinds.REVIEW_CARD, since=now - REVIEWS_STAND_FOR):
        if not row.arguments.get("closed"):
            await outbox.redraw(session, row.key, now=now)


async def close_former_reviews(session: Session, reviewer_id: int, key: str, *, now: datetime) -> None:
    """A new day's card has come: the former ones lose their buttons."""
    for row in await messages.of_kind(session, reviewer_id, kinds.REVIEW_CARD, since=now - REVIEWS_STAND_FOR):
        if row.key != key and not row.arguments.get("closed"):
            await questions.close(session, row.key)
            await outbox.redraw(session, row.key, now=now, closed=True)


async def redraw_absences(session: Session, person_id: int, absence_id: int, *, now: datetime) -> None:
    """The person's own cards on which an absence stands."""
    for kind in (kinds.ABSENCE_CARD, kinds.ABSENCES):
        for row in await messages.of_kind(session, person_id, kind, since=now - REVIEWS_STAND_FOR):
            if row.arguments.get("absence") == absence_id:
                await outbox.redraw(session, row.key, now=now)


async def redraw_for_deciders(session: Session, author: Employee, *, actor_id: int, now: datetime) -> None:
    """Somebody has decided about the author's work: others who might have, on both levels, see it on their cards."""
    rules = duty.Duty(session, now.astimezone(await employees.zone_of(session, author)).date())
    leader = await rules.superior_of(author)
    above = await rules.deciders(leader) if leader is not None else []
    for reviewer_id in {one.person.id for one in [*await rules.deciders(author), *above]}:
        if reviewer_id != actor_id:
            await redraw_reviews(session, reviewer_id, now=now)
        await outbox.redraw(session, escalated(reviewer_id), now=now)


async def redraw_for_others(session: Session, employee: Employee, *, now: datetime) -> None:
    """A person's report has changed: the reviewers' cards, the unit's board, and the person's own notices
    show it, without a sound.
    """
    day = now.astimezone(await employees.zone_of(session, employee)).date()
    keys = [board(employee.unit_id, day)]
    followed = [(employee.id, kind, now - span) for kind, span in FOLLOWED]
    for reviewer in await duty.reviewers_of(session, employee, on=day):
        keys.append(obstacles(reviewer.id))
        followed.append((reviewer.id, kinds.REVIEW_CARD, now - REVIEWS_STAND_FOR))
        followed.append((reviewer.id, kinds.QUALITY_CARD, now - MARKING_LASTS))
    for row in await messages.those(session, keys, followed):
        if row.kind != kinds.REVIEW_CARD or not row.arguments.get("closed"):
            await outbox.redraw(session, row.key, now=now)
