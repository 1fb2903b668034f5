"""The table of contents: what is understood, in order."""

from typing import Any

from telegram.ext import Application, CallbackQueryHandler, ChatMemberHandler, CommandHandler, MessageHandler, filters

from handlers import (
    absence_taps,
    admin,
    appraisal,
    competencies,
    coverage,
    days,
    deputy_taps,
    evidence,
    fallback,
    feedback,
    focus,
    help,
    help_card,
    imports,
    memory,
    milestones,
    obstacles,
    office_words,
    opening,
    own_data,
    pause,
    report,
    score,
    start,
    suggestions,
    targets,
    team,
    unit_group,
)
from handlers.buttons import TAPS
from handlers.context import Context
from handlers.taps import receive_taps
from handlers.writers import FROM_BOT, JOINED

CARRIES_EVIDENCE = filters.PHOTO | filters.Document.ALL | filters.VIDEO | filters.VOICE | filters.LOCATION


def register(application: Application[Any, Context, Any, Any, Any, Any]) -> None:
    """The first that fits takes the update."""
    private = filters.ChatType.PRIVATE & ~FROM_BOT
    new = filters.UpdateType.MESSAGE
    commands = {
        "hari_ini": days.show_today,
        "riwayat": days.show_history,
        "fokus": focus.show_focus,
        ("nilai", "skor"): score.show_week,
        "target": targets.show_targets,
        "tim": team.show_team,
        "tonggak": milestones.show_milestones,
        "kompetensi": competencies.show_competencies,
        "cakupan": coverage.show_coverage,
        "umpan_balik": feedback.show_list,
        "cuti": absence_taps.show_absences,
        "jeda": pause.show_pause,
        "buka": opening.show_opening,
        "grup": unit_group.make_link,
        "admin": admin.show_admin,
        ("plh", "plt"): deputy_taps.show_deputies,
        "penilaian": appraisal.show_appraisals,
        "ingatan": memory.show_memory,
        "data_saya": own_data.show_own_data,
        "kendala": obstacles.show_obstacles,
        "saran": suggestions.suggest,
        "istilah": office_words.words_of_the_office,
        "batal": help.cancel,
        "bahasa": help.choose_language,
        ("bantuan", "help"): help_card.show_help,
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
            MessageHandler(private & JOINED & new & imports.FOR_IMPORT, imports.receive_file),
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
