"""Typed answers to what a card asks: when they reply to it, or are only a number, a code or a button's word."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeAlias

from handlers import (
    absence_review,
    absence_taps,
    admin,
    admin_holidays,
    admin_typed,
    appraisal_entry,
    appraisal_objection,
    deputy_taps,
    feedback,
    milestones,
    obstacles,
    opening,
    pause,
    quality,
    quality_remarks,
    quality_round,
    report_answers,
    results,
    review,
    review_except,
    suggestions,
    targets_review,
    targets_typed,
)
from handlers.context import Context
from handlers.wording import refuse
from models import asking, questions
from models.outbox import Message
from models.questions import Question
from models.refusals import Refusal

Answer: TypeAlias = Callable[[Context, Question, str], Awaitable[bool]]
"""Takes the answer, or says False when it does not understand it as one."""

ANSWERS: dict[str, Answer] = {
    asking.TARGET: report_answers.name_target,
    asking.ONE_OR_TWO: report_answers.say_one_or_two,
    asking.COUNT: report_answers.type_count,
    review.REASON: review.give_reason,
    review_except.EXCEPT: review_except.type_numbers,
    absence_taps.DATES: absence_taps.type_dates,
    absence_review.REASON: absence_review.give_reason,
    opening.REASON: opening.give_reason,
    pause.DATES: pause.type_dates,
    pause.HOURS: pause.type_hours,
    results.OUTPUT: results.type_output,
    quality_round.MARK: quality.type_mark,
    quality_round.REMARK: quality_remarks.type_remark,
    feedback.FEEDBACK: feedback.give,
    milestones.PERCENT: milestones.type_percent,
    milestones.EVIDENCE: milestones.give_evidence,
    deputy_taps.WHO: deputy_taps.type_person,
    admin.TYPED: admin_typed.type_answer,
    admin_holidays.TYPED: admin_typed.type_answer,
    deputy_taps.WHEN: deputy_taps.type_dates,
    obstacles.OBSTACLE: obstacles.give_obstacle,
    obstacles.ANSWER: obstacles.give_answer,
    suggestions.SUGGESTION: suggestions.give_suggestion,
    targets_typed.TYPED: targets_typed.type_target,
    targets_review.TARGET_REASON: targets_review.give_reason,
    appraisal_entry.FIGURE: appraisal_entry.type_figure,
    appraisal_entry.REMARK: appraisal_entry.type_remark,
    appraisal_objection.OBJECTION: appraisal_objection.give_objection,
    appraisal_objection.ANSWER: appraisal_objection.give_answer,
}
NEEDS_REPLY = frozenset(
    {
        targets_typed.TYPED,
        targets_review.TARGET_REASON,
        absence_taps.DATES,
        absence_review.REASON,
        opening.REASON,
        pause.DATES,
        pause.HOURS,
        appraisal_entry.REMARK,
        appraisal_objection.ANSWER,
        appraisal_objection.OBJECTION,
        deputy_taps.WHO,
        deputy_taps.WHEN,
        admin_holidays.TYPED,
        feedback.FEEDBACK,
        milestones.EVIDENCE,
        quality_round.REMARK,
        review.REASON,
        obstacles.OBSTACLE,
        obstacles.ANSWER,
        suggestions.SUGGESTION,
    }
)
"""Answered in whole sentences, so only by replying to the message that asks."""
LOOKED_UP_FOR = timedelta(minutes=15)
"""How long a name or a time standing alone may be meant for the card of `/admin`."""


async def answer_on(context: Context, card: Message, text: str) -> bool:
    """A message that replies to a card; False when the card asks nothing, or the text answers something else."""
    question = await questions.on_card(context.session, card.key)
    return question is not None and await _answer(context, question, text)


async def answer_the_only(context: Context, text: str) -> bool:
    """A number, code or button word standing alone, while exactly one question is open."""
    asked = await questions.open_for(context.session, context.employee.id, now=context.now)
    newest = max(asked, key=lambda question: question.id, default=None)
    if newest is not None and newest.kind == admin.TYPED and context.now - newest.asked_at < LOOKED_UP_FOR:
        return await _answer(context, newest, text)
    open_ = [question for question in asked if question.kind not in NEEDS_REPLY | {admin.TYPED}]
    return len(open_) == 1 and await _answer(context, open_[0], text)


async def answer_with_numbers(context: Context, text: str) -> bool:
    """Several numbers, `3, 7`, while exactly one card asks for such: nothing else is answered so."""
    asked = await questions.open_for(context.session, context.employee.id, now=context.now)
    open_ = [question for question in asked if question.kind == review_except.EXCEPT]
    return len(open_) == 1 and await _answer(context, open_[0], text)


async def _answer(context: Context, question: Question, text: str) -> bool:
    if question.employee_id != context.employee.id:
        return False
    try:
        return await ANSWERS[question.kind](context, question, text.strip())
    except Refusal as refusal:
        await context.say(refuse(context.words, refusal))
        return True
