"""What the cards under replies show, looked up for many of them at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select

from models import agencies, employees, evidence, targets
from models.activities import REMOVED, Activity
from models.database import Session
from models.obstacles import STANDING, Obstacle
from models.questions import Question
from models.replies import Reply
from models.targets import Target


@dataclass(frozen=True, slots=True)
class Reported:
    """One reply: what stands of it, and the question that its card asks. `targets` and `evidence` (pieces, by
    activity) may hold those of other replies too.
    """

    reply: Reply
    standing: Sequence[Activity]
    hindered: Sequence[Obstacle]
    question: Question | None
    targets: Mapping[int, Target]
    evidence: Mapping[int, int]


async def of_replies(session: Session, reply_ids: Collection[int]) -> dict[int, Reported]:
    """By reply; afterwards the session knows the writers, their units and their agencies."""
    ids = {"ids": list(reply_ids)}
    replies: Sequence[Reply] = (await session.exec(_of_replies(Reply, Reply.id), params=ids)).all()
    people = (await employees.by_ids(session, {reply.employee_id for reply in replies})).values()
    await agencies.units(session, {person.unit_id for person in people})
    await agencies.those(session, {person.agency_id for person in people})
    standing: Sequence[Activity] = (await session.exec(_standing(), params=ids)).all()
    hindered: Sequence[Obstacle] = (await session.exec(_hindered(), params=ids)).all()
    cards = {"ids": [reply.card for reply in replies]}
    asked: Sequence[Question] = (await session.exec(_of_replies(Question, Question.card), params=cards)).all()
    named = {id_ for one in standing for id_ in (one.target_id, *one.candidates) if id_ is not None}
    by_id = await targets.by_ids(session, named)
    pieces = await evidence.count_by_activity(session, [activity.id for activity in standing])
    questions = {question.card: question for question in asked}
    return {
        reply.id: Reported(
            reply,
            [one for one in standing if one.reply_id == reply.id],
            [one for one in hindered if one.reply_id == reply.id],
            questions.get(reply.card),
            by_id,
            pieces,
        )
        for reply in replies
    }


@cache
def _of_replies(table: Any, column: Any) -> Any:
    return select(table).where(column.in_(bindparam("ids", expanding=True)))


@cache
def _standing() -> Any:
    query = select(Activity).where(
        col(Activity.reply_id).in_(bindparam("ids", expanding=True)), col(Activity.status) != REMOVED
    )
    return query.order_by(col(Activity.position), col(Activity.id))


@cache
def _hindered() -> Any:
    whose = col(Obstacle.reply_id).in_(bindparam("ids", expanding=True))
    return select(Obstacle).where(whose, col(Obstacle.status).in_(STANDING)).order_by(col(Obstacle.id))
