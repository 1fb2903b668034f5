"""The week's output card: one question for each target that was worked on."""

from datetime import date, datetime
from decimal import Decimal

from handlers.context import Context
from handlers.report_answers import number_in
from handlers.screens import Button, Rows, Screen, in_rows
from handlers.taps import Tap
from handlers.texts import Words, words
from handlers.wording import short
from models import cards, messages, outbox, questions, results
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.questions import Question
from models.refusals import Refusal
from models.results import Touched
from models.targets import Target

OUTPUT = "output"
COUNTS = ("0", "1", "2", "3", "4", "5")
PERCENTS = ("10", "25", "50", "75", "90", "100")


async def output_card(session: Session, card: Message, now: datetime) -> Screen | None:
    """Asks about one target at a time; when all are answered it shows what was said."""
    person = await session.get_one(Employee, card.employee_id)
    w = words(person.language)
    week = date.fromisoformat(card.arguments["week"])
    answered = card.arguments.get("answers", {})
    touched = await results.touched(session, person, week)
    open_ = _open(touched, answered)
    if not open_ and not answered:
        return None
    lines: list[str] = [w.t("<b>Output of this week</b>")]
    lines += [_known(w, one, answered) for one in touched if str(one.target.id) in answered]
    if not open_:
        return Screen("\n".join([*lines, w.t("Thank you. It goes to your superior.")]), _again(w))
    one = open_[0]
    total = len(open_) + len(answered)
    lines += ["", w.t("({n}/{total}) {target}", n=len(answered) + 1, total=total, target=short(one.target.title, 120))]
    lines.append(_question(w, one))
    choices = PERCENTS if one.target.is_milestone else COUNTS
    keys = [
        Button(w.plain("{n} %", n=n) if one.target.is_milestone else n, "output", f"{one.target.id}.{n}")
        for n in choices
    ]
    return Screen("\n".join(lines), in_rows(keys, each=6), ((one.target.id, 1),))


def _open(touched: list[Touched], answered: dict[str, str]) -> list[Touched]:
    return [one for one in touched if one.unstated and one.said is None and str(one.target.id) not in answered]


def _question(w: Words, one: Touched) -> str:
    if one.target.is_milestone:
        return w.t("How far is it? Tap, or type the percent. Your superior approves it.")
    if one.known:
        return w.t(
            "{known} {unit} are noted already. How many <b>more</b> {unit} were finished? Tap, or type a number.",
            known=w.number(one.known),
            unit=one.target.measure,
        )
    return w.t("How many <b>{unit}</b> were finished? Tap, or type a number.", unit=one.target.measure)


def _known(w: Words, one: Touched, answered: dict[str, str]) -> str:
    said = Decimal(answered[str(one.target.id)])
    unit = "%" if one.target.is_milestone else one.target.measure
    count = w.number(said if one.target.is_milestone else one.known + said)
    return w.t("✓ {target}: {count} {unit}", target=short(one.target.title, 60), count=count, unit=unit)


def _again(w: Words) -> Rows:
    return ((Button(w.plain("Change"), "output_again"),),)


async def choose_output(context: Context, tap: Tap) -> None:
    if tap.number() not in tap.seen:
        raise Refusal("changed_meanwhile")
    await _say(context, tap.card, tap.number(), Decimal(tap.number(1)))


async def start_again(context: Context, tap: Tap) -> None:
    """Ask anew about everything that was said on this card."""
    week = date.fromisoformat(tap.card.arguments["week"])
    for target_id in tap.card.arguments.get("answers", {}):
        target = await context.session.get_one(Target, int(target_id))
        await results.say_output(
            context.session,
            context.employee,
            target,
            week=week,
            output=Decimal(0),
            today=context.today,
            now=context.now,
        )
    await wait_for_number(context.session, tap.card, context.employee, now=context.now)
    await outbox.redraw(context.session, tap.card.key, now=context.now, answers={})
    await cards.redraw_for_others(context.session, context.employee, now=context.now)


async def type_output(context: Context, question: Question, text: str) -> bool:
    card, number = await messages.by_key(context.session, question.card), number_in(text.rstrip("% "))
    if card is None or number is None or not card.seen:
        return False
    await _say(context, card, int(card.seen[0][0]), number)
    return True


async def _say(context: Context, card: Message, target_id: int, output: Decimal) -> None:
    target = await context.session.get_one(Target, target_id)
    week = date.fromisoformat(card.arguments["week"])
    await results.say_output(
        context.session, context.employee, target, week=week, output=output, today=context.today, now=context.now
    )
    answers = {**card.arguments.get("answers", {}), str(target_id): f"{output:f}"}
    touched = await results.touched(context.session, context.employee, week)
    if not _open(touched, answers):
        await questions.close(context.session, card.key)
    await outbox.redraw(context.session, card.key, now=context.now, answers=answers)
    await cards.redraw_for_others(context.session, context.employee, now=context.now)


async def wait_for_number(session: Session, card: Message, person: Employee, *, now: datetime) -> None:
    await questions.ask(
        session,
        agency_id=person.agency_id,
        employee_id=person.id,
        card=card.key,
        kind=OUTPUT,
        arguments={},
        now=now,
    )
