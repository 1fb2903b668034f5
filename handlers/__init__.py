"""The table of contents: what is understood, in order, and how each kind of message looks."""

from typing import Any

from telegram.ext import Application, CallbackQueryHandler, ChatMemberHandler, CommandHandler, MessageHandler, filters

from handlers import (
    absence,
    absence_review,
    absence_taps,
    absences_card,
    coaching,
    coverage,
    days,
    deputies,
    deputy_taps,
    evidence,
    fallback,
    feedback,
    help,
    memory,
    month_ends,
    month_note,
    obstacle_card,
    obstacles,
    office_words,
    opening,
    prompts,
    quality,
    quality_card,
    quality_remarks,
    quality_spread,
    report,
    report_card,
    report_taps,
    results,
    review,
    review_card,
    say,
    score,
    shortcuts,
    start,
    suggestions,
    summary,
    targets,
    targets_card,
    targets_review,
    targets_typed,
    unit_group,
)
from handlers.context import Context
from handlers.screens import Renderer
from handlers.taps import Action, receive_taps
from handlers.writers import FROM_BOT, JOINED
from models import outbox

TAPS: dict[str, dict[str, Action]] = {
    outbox.PROMPT: {"same": shortcuts.same_again, "again": shortcuts.one_again},
    outbox.REPORT_CARD: {
        "view": report_taps.turn_to,
        "target": report_taps.choose_target,
        "count": report_taps.choose_count,
        "day": report_taps.choose_day,
        "one": report_taps.keep_as_one,
        "two": report_taps.make_two,
        "join": report_taps.join,
        "remove": report_taps.remove,
        "undo": report_taps.undo_removal,
        "cancel": report_taps.cancel,
        "restore": report_taps.restore,
        "obstacle": obstacles.ask_obstacle,
    },
    outbox.ABSENCE_CARD: {"absence": absence.answer},
    outbox.SAY: {"away_team": absence_taps.show_team},
    outbox.ABSENCES: {
        "away": absence_taps.turn_to,
        "away_kind": absence_taps.choose_kind,
        "away_from": absence_taps.choose_start,
        "away_to": absence_taps.choose_end,
        "away_settle": absence_taps.settle,
        "away_cancel": absence_taps.cancel,
        "away_deputy": absence_taps.choose_deputy,
        "away_decide": absence_taps.decide,
    },
    outbox.ABSENCE_REVIEW: {"absence_yes": absence_review.approve, "absence_no": absence_review.ask_reason},
    outbox.REVIEW_CARD: {
        "approve": review.approve,
        "review": review.turn_to,
        "exclude": review.exclude,
        "return": review.ask_reason,
        "undo_approval": review.undo,
        "obstacles": obstacles.open_card,
    },
    outbox.OPENING_CARD: {
        "open_view": opening.turn_to,
        "open_for": opening.choose_person,
        "open_month": opening.choose_month,
        "open_days": opening.choose_days,
    },
    outbox.RETURNED: {"open": review.open_returned},
    outbox.OUTPUT_CARD: {"output": results.choose_output, "output_again": results.start_again},
    outbox.QUALITY_CARD: {
        "quality": quality.turn_to,
        "mark": quality.give_mark,
        "no_result": quality.give_none,
        "remark": quality_remarks.ask_remark,
    },
    outbox.MARKS_SPREAD: {"open_round": quality.open_again},
    outbox.WEEK: {"why": score.explain},
    outbox.DEPUTIES: {
        "deputy_view": deputy_taps.turn_to,
        "deputy_of": deputy_taps.choose_superior,
        "deputy_who": deputy_taps.choose_deputy,
        "deputy_kind": deputy_taps.choose_kind,
        "deputy_when": deputy_taps.choose_dates,
        "deputy_end": deputy_taps.end,
    },
    outbox.HISTORY: {"turn_day": days.turn_day},
    outbox.LANGUAGE: {"language": help.set_language},
    outbox.MEMORY: {"memory": memory.turn_to, "forget": memory.forget},
    outbox.EVIDENCE_CARD: {"evidence": evidence.choose},
    outbox.OBSTACLE_CARD: {
        "obstacles": obstacles.turn_to,
        "answer": obstacles.ask_answer,
        "settle": obstacles.settle,
        "reopen": obstacles.reopen,
    },
    outbox.OBSTACLE_ANSWER: {"settle": obstacles.settle, "reopen": obstacles.reopen},
    outbox.SUGGESTIONS: {"suggestions": suggestions.turn_to},
    outbox.COVERAGE: {"section": coverage.turn_to},
    outbox.COACHING: {
        "evidence": coaching.open_evidence,
        "note": coaching.back,
        "feedback": feedback.ask,
        "coverage": coverage.open_coverage,
    },
    outbox.MONTH_NOTE: {"coverage": coverage.open_coverage},
    outbox.FEEDBACK_LIST: {"feedbacks": feedback.turn_to},
    outbox.TARGETS: {
        "targets": targets.turn_to,
        "target_new": targets_typed.ask_new,
        "target_ask": targets_typed.ask_for,
        "target_end": targets.choose_end,
        "target_serves": targets.choose_served,
        "target_withdraw": targets.withdraw,
        "target_reset": targets.set_anew,
    },
    outbox.TARGET_CARD: {
        "agree": targets_review.agree,
        "target_return": targets_review.ask_reason,
        "leave_plans": targets_review.leave,
    },
    outbox.TARGET_ANSWER: {"open_target": targets.open_target},
}
"""By the kind of card: a button of one kind does nothing on another."""

RENDERERS: dict[str, Renderer] = {
    outbox.SAY: say.sentence,
    outbox.PROMPT: prompts.prompt,
    outbox.REMINDER: prompts.reminder,
    outbox.REPORT_CARD: report_card.report_card,
    outbox.ABSENCE_CARD: absence.absence_card,
    outbox.ABSENCES: absences_card.absences_card,
    outbox.ABSENCE_REVIEW: absence_review.review_card,
    outbox.REVIEW_CARD: review_card.review_card,
    outbox.APPROVED: review_card.approved_notice,
    outbox.RETURNED: review_card.returned_notice,
    outbox.OUTPUT_CARD: results.output_card,
    outbox.QUALITY_CARD: quality_card.quality_card,
    outbox.MARKS_SPREAD: quality_spread.marks_spread,
    outbox.WEEK: score.week_card,
    outbox.HISTORY: days.day_card,
    outbox.DEPUTIES: deputies.deputies_card,
    outbox.LANGUAGE: help.language_card,
    outbox.MEMORY: memory.memory_card,
    outbox.EVIDENCE_CARD: evidence.evidence_card,
    outbox.OBSTACLE_CARD: obstacle_card.obstacle_card,
    outbox.OBSTACLE_ANSWER: obstacle_card.obstacle_answer,
    outbox.SUGGESTIONS: suggestions.suggestions_card,
    outbox.COVERAGE: coverage.coverage_card,
    outbox.COACHING: coaching.coaching_card,
    outbox.MONTH_NOTE: month_note.month_note,
    outbox.FEEDBACK: feedback.notice,
    outbox.FEEDBACK_LIST: feedback.feedback_list,
    outbox.TARGETS: targets_card.targets_card,
    outbox.TARGET_CARD: targets_review.target_card,
    outbox.TARGET_ANSWER: targets_review.target_answer,
    outbox.OPENING_CARD: opening.opening_card,
    outbox.MONTH_CLOSES: month_ends.month_closes,
    outbox.UNITS_MONTH_CLOSES: month_ends.units_month_closes,
    outbox.DAYS_OFF: month_ends.days_off,
    outbox.BOARD: unit_group.board,
    outbox.SUMMARY: summary.summary_text,
    outbox.SUMMARY_CHART: summary.summary_chart,
}


CARRIES_EVIDENCE = filters.PHOTO | filters.Document.ALL | filters.VIDEO | filters.VOICE | filters.LOCATION


def register(application: Application[Any, Context, Any, Any, Any, Any]) -> None:
    """The first that fits takes the update."""
    private = filters.ChatType.PRIVATE & ~FROM_BOT
    new = filters.UpdateType.MESSAGE
    commands = {
        "hari_ini": days.show_today,
        "riwayat": days.show_history,
        ("nilai", "skor"): score.show_week,
        "target": targets.show_targets,
        "tim": days.show_team,
        "cakupan": coverage.show_coverage,
        "umpan_balik": feedback.show_list,
        "cuti": absence_taps.show_absences,
        "buka": opening.show_opening,
        "grup": unit_group.make_link,
        ("plh", "plt"): deputy_taps.show_deputies,
        "ingatan": memory.show_memory,
        "kendala": obstacles.show_obstacles,
        "saran": suggestions.suggest,
        "istilah": office_words.words_of_the_office,
        "batal": help.cancel,
        "bahasa": help.choose_language,
        ("bantuan", "help"): help.show_help,
    }
    application.add_handlers(
        [
            CallbackQueryHandler(receive_taps(TAPS)),
            ChatMemberHandler(unit_group.membership, ChatMemberHandler.MY_CHAT_MEMBER),
            MessageHandler(filters.StatusUpdate.MIGRATE, unit_group.migrated),
            CommandHandler("start", start.start, private & new),
            CommandHandler("start", unit_group.bind, filters.ChatType.GROUPS & new & ~FROM_BOT),
            MessageHandler(filters.ChatType.GROUPS | FROM_BOT, ignore),
            *(CommandHandler(name, act, private & JOINED & new) for name, act in commands.items()),
            MessageHandler(private & JOINED & new & filters.COMMAND, fallback.unknown_command),
            MessageHandler(private & JOINED & filters.UpdateType.EDITED_MESSAGE, report.receive_edit),
            MessageHandler(private & JOINED & new & (filters.TEXT | filters.CAPTION), report.receive_report),
            MessageHandler(private & JOINED & new & filters.VOICE, report.receive_voice),
            MessageHandler(private & JOINED & new & CARRIES_EVIDENCE, evidence.receive_evidence),
            MessageHandler(private & JOINED & new & ~filters.StatusUpdate.ALL, fallback.not_text),
            MessageHandler(private & new & ~filters.StatusUpdate.ALL, start.answer_digits),
        ]
    )


async def ignore(update: object, context: Context) -> None:
    """Groups are for the bot to speak in; what people say there, and other bots anywhere, is not its business."""
