"""What the acts of the quality round share: the card's week, what there is to mark, and the card standing anew."""

from datetime import date

from handlers.context import Context
from models import kinds, marking, questions, rounds
from models.marking import Marking
from models.outbox import Message
from models.refusals import Refusal

MARK, REMARK = "mark", "remark"


async def wait_for_number(context: Context, card: str) -> None:
    await ask(context, card, MARK)


async def ask(context: Context, card: str, kind: str, **arguments: object) -> None:
    person = context.employee
    await questions.ask(
        context.session,
        agency_id=person.agency_id,
        employee_id=person.id,
        card=card,
        kind=kind,
        arguments=arguments,
        now=context.now,
    )


async def stand_below(context: Context, card: Message, *, at: int | None = None) -> None:
    await wait_for_number(context, card.key)
    kept = {"week": card.arguments["week"], "remarks": card.arguments.get("remarks") or {}}
    await context.show(card.key, kinds.QUALITY_CARD, anew=True, at=at, **kept)


async def round_of(context: Context, card: Message) -> Marking:
    return await marking.of_reviewer(context.session, context.employee, week_of(card), on=context.today)


def week_of(card: Message) -> date:
    return date.fromisoformat(card.arguments["week"])


def remarks_on(card: Message) -> dict[str, str]:
    """Remarks given before their marks, by the target's id."""
    return dict(card.arguments.get("remarks") or {})


async def is_open(context: Context, card: Message) -> bool:
    return await rounds.marking_is_open(context.session, context.employee, week_of(card), now=context.now)


async def check_open(context: Context, card: Message) -> None:
    """Raises: Refusal("marking_closed")."""
    if not await is_open(context, card):
        raise Refusal("marking_closed")
