"""The one question a reply may raise: which activity it is about, and when it is answered."""

from collections.abc import Sequence
from datetime import datetime

from models import activities, questions
from models.activities import DRAFT, WAITING, Activity
from models.database import Session
from models.reading.routine import is_routine
from models.replies import Reply

TARGET, ONE_OR_TWO, COUNT = "target", "one_or_two", "count"


async def ask_what_matters_most(session: Session, reply: Reply, *, now: datetime) -> None:
    """Open at most one question on a reply's card; the activity it is about becomes a draft until it is answered."""
    await questions.close(session, reply.card)
    await ask_first(session, reply, await activities.of_reply(session, reply.id), now=now)


async def ask_first(session: Session, reply: Reply, standing: Sequence[Activity], *, now: datetime) -> None:
    """As `ask_what_matters_most`, on a card that has never asked anything; `standing` is all of the reply."""
    open_ = [activity for activity in standing if activity.status in (DRAFT, WAITING)]
    doubtful = [activity for activity in open_ if _doubt(activity) is not None]
    if doubtful:
        activity = min(doubtful, key=_rank)
        await activities.change(session, activity, revision=activity.revision, status=DRAFT)
        await _ask(session, reply, activity, now=now)


async def resume(session: Session, reply: Reply, *, now: datetime) -> None:
    """After a correction: the question about the draft stands again, or is gone with its draft. Never a second one."""
    await questions.close(session, reply.card)
    for activity in await activities.of_reply(session, reply.id):
        if activity.status == DRAFT and _doubt(activity) is not None:
            await _ask(session, reply, activity, now=now)
            return


async def _ask(session: Session, reply: Reply, activity: Activity, *, now: datetime) -> None:
    await questions.ask(
        session,
        agency_id=reply.agency_id,
        employee_id=reply.employee_id,
        card=reply.card,
        kind=_doubt(activity) or TARGET,
        arguments={"activity": activity.id},
        now=now,
    )


def _doubt(activity: Activity) -> str | None:
    if activity.parts:
        return ONE_OR_TWO
    if activity.target_id is None and not activity.linked_by and activity.candidates:
        return None if is_routine(activity.description) else TARGET
    return None


def _rank(activity: Activity) -> tuple[bool, bool, int]:
    """What matters most comes first: work with a stated count, then any work, then whether it is one or two."""
    return (_doubt(activity) == ONE_OR_TWO, activity.quantity is None, activity.position)
