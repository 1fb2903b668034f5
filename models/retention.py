"""How long an agency keeps what people wrote: after so many months the words go, in small portions, at night.

What figures rest on stays: dates, amounts, targets, marks, decisions. So do targets and appraisals, which are documents
of the agency, and the audit, which holds numbers only and would not be whole without its beginning.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, TypeAlias

from sqlalchemy import delete, or_, update
from sqlalchemy.sql import ColumnElement
from sqlmodel import SQLModel, col, select

from models import agencies, audit, obstacles
from models.absences import Absence
from models.activities import Activity
from models.agencies import Agency
from models.coaching import Feedback
from models.database import Session
from models.erasure import NOBODY
from models.evidence import Evidence
from models.focus import FocusDay
from models.marks import QualityMark
from models.milestones import MilestoneStep
from models.obstacles import Obstacle
from models.openings import MonthOpening
from models.remembered import RememberedLink
from models.replies import Reply
from models.suggestions import Suggestion

AT_ONCE = 500
"""Rows of a table in one run, so that nobody waits for it; the next run goes on."""
BEGINS, ENDS = time(1, 0), time(5, 0)
"""Local hours in which it goes on."""
Values: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of a table that are old enough and still say something; without `values` they go altogether."""

    table: type[SQLModel]
    which: ColumnElement[bool]
    values: Values | None = None


async def forget(session: Session, *, now: datetime) -> int:
    """Of agencies in whose night it is, and that do not keep everything; how many rows were emptied."""
    done = 0
    for agency in (await session.exec(select(Agency).order_by(col(Agency.id)))).all():
        if agency.keep_words_months is None and agency.keep_files_months is None:
            continue
        local = now.astimezone(agencies.zone_of(agency))
        if BEGINS <= local.time() < ENDS and agency.forgot_on != local.date():
            done += await _forget(session, agency, local.date(), now)
    return done


async def _forget(session: Session, agency: Agency, today: date, now: datetime) -> int:
    counts: dict[str, int] = {}
    for part in _parts(agency, today):
        count = await _empty(session, part)
        if count:
            name = str(part.table.__tablename__)
            counts[name] = counts.get(name, 0) + count
    if not any(count >= AT_ONCE for count in counts.values()):
        agency.forgot_on = today
    if counts:
        kept = {"words": agency.keep_words_months, "files": agency.keep_files_months}
        await audit.record(session, "words_forgotten", agency_id=agency.id, now=now, rows=counts, months=kept)
    await session.flush()
    return sum(counts.values())


async def _empty(session: Session, part: Part) -> int:
    id_ = part.table.metadata.tables[str(part.table.__tablename__)].c.id
    some = select(id_).where(part.which).limit(AT_ONCE)
    if part.values is None:
        return (await session.exec(delete(part.table).where(id_.in_(some)))).rowcount
    return (await session.exec(update(part.table).where(id_.in_(some)).values(**part.values))).rowcount


def _parts(agency: Agency, today: date) -> Iterator[Part]:
    if agency.keep_words_months is not None:
        yield from _words(agency.id, first_kept(today, agency.keep_words_months))
    if agency.keep_files_months is not None:
        day = first_kept(today, agency.keep_files_months)
        yield Part(Evidence, (col(Evidence.agency_id) == agency.id) & (col(Evidence.day) < day))


def first_kept(today: date, months: int) -> date:
    """The first day of which the words are still kept: months go as a whole."""
    since = today.year * 12 + today.month - 1 - months
    return date(since // 12, since % 12 + 1, 1)


def _words(of: int, day: date) -> Iterator[Part]:
    """What people wrote about days before `day`."""
    moment = datetime.combine(day, time(0), UTC)
    says = or_(col(Activity.description) != NOBODY, col(Activity.reason).is_not(None))
    nothing: Values = {"description": NOBODY, "matched": [], "candidates": [], "parts": [], "reason": None}
    yield Part(Activity, _old(Activity, of, col(Activity.worked_on) < day) & says, nothing)
    said = or_(col(Reply.text) != NOBODY, col(Reply.tomorrow).is_not(None))
    yield Part(Reply, _old(Reply, of, col(Reply.sent_at) < moment) & said, {"text": NOBODY, "tomorrow": None})
    told = or_(col(Obstacle.text) != NOBODY, col(Obstacle.answer).is_not(None))
    old = _old(Obstacle, of, col(Obstacle.raised_on) < day)
    unsettled = col(Obstacle.status).in_((obstacles.OPEN, obstacles.ANSWERED))
    yield Part(Obstacle, old & unsettled, {"status": obstacles.CLOSED, "closed_on": day})
    yield Part(Obstacle, old & told, {"text": NOBODY, "answer": None})
    yield Part(Feedback, _old(Feedback, of, col(Feedback.given_at) < moment))
    yield Part(Suggestion, _old(Suggestion, of, col(Suggestion.made_at) < moment))
    yield Part(RememberedLink, _old(RememberedLink, of, col(RememberedLink.confirmed_on) < day))
    marked = _old(QualityMark, of, col(QualityMark.week_ends_on) < day)
    yield Part(QualityMark, marked & (col(QualityMark.remark) != ""), {"remark": ""})
    reached = _old(MilestoneStep, of, col(MilestoneStep.reached_on) < day)
    yield Part(MilestoneStep, reached & (col(MilestoneStep.evidence) != ""), {"evidence": ""})
    planned = _old(FocusDay, of, col(FocusDay.day) < day)
    yield Part(FocusDay, planned & col(FocusDay.plan).is_not(None), {"plan": None})
    away = _old(Absence, of, col(Absence.ends_on) < day)
    yield Part(Absence, away & col(Absence.reason).is_not(None), {"reason": None})
    opened = _old(MonthOpening, of, col(MonthOpening.until) < day)
    yield Part(MonthOpening, opened & (col(MonthOpening.reason) != ""), {"reason": ""})


def _old(table: type[SQLModel], of: int, old: ColumnElement[bool]) -> ColumnElement[bool]:
    return (table.metadata.tables[str(table.__tablename__)].c.agency_id == of) & old
