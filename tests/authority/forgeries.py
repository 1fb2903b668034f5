"""What is said and tapped on the walk, besides the buttons that stand on the cards."""

from models import kinds

ANSWERS = (
    "85",
    "20",
    "zamrud dan lengkap",
    "1–3 Desember",
    "2",
    "satu",
    "Tono",
    "21.00–05.00",
    "Menyusun laporan zamrud; 12 laporan; 31 Desember",
    "A2",
    "31 Desember",
    "9 Desember: Pilkada",
)
"""One of these fits whatever is asked; the first that does something is taken."""
LOOK_APART = frozenset({kinds.ABSENCES, kinds.QUALITY_CARD})
"""Cards that lead elsewhere for each reader."""
ARGUMENTS = ("", "x", "0", "97.9", "-1", "97.-1", "9" * 20, "97.99999999999", ".", "return.97", "person.97")
"""What a forger might write."""
WITHOUT_ARGUMENT = frozenset(
    [
        "admin_absences",
        "admin_invite",
        "approve",
        "approve_return",
        "away_team",
        "cancel",
        "coverage",
        "except",
        "import_apply",
        "import_drop",
        "import_evidence",
        "leave_plans",
        "let_wait",
        "links",
        "obstacle",
        "obstacles",
        "open_round",
        "output_again",
        "pause_end",
        "restore",
        "same",
        "show_automatic",
        "take_over",
        "target_new",
        "target_reset",
        "undo",
        "undo_approval",
        "unreached",
    ]
)
"""Verbs whose buttons carry none; what stands there is not looked at."""
MEANT = frozenset(
    ["away_deputy:0", "away_kind:0", "admin_holiday_of:0", "ask:0", "enter:0", "pause:0", "target_serves:0"]
)
"""Arguments that buttons do carry."""
FORGED: dict[str, tuple[tuple[str, str], ...]] = {
    kinds.PROMPT: (("again", "1"),),
    kinds.REPORT_CARD: (("join", "2.1"),),
    kinds.SAY: (("away_team", ""),),
    kinds.REVIEW_CARD: (("show_automatic", ""),),
    kinds.TEAM: (("team_page", "1"),),
    kinds.UNREACHED: (("unreached", "0"), ("links", "")),
    kinds.HISTORY: (("turn_day", "20261123"),),
    kinds.MEMORY: (("memory", "0"),),
    kinds.FOCUS_CARD: (("page", "0"),),
    kinds.HELP: (("step", "obstacles"),),
    kinds.FEEDBACK_LIST: (("feedbacks", "received.0"),),
    kinds.SUGGESTIONS: (("suggestions", "0"),),
    kinds.APPRAISAL_RESULT: (("appraisal_of", "1"),),
    kinds.OBSTACLE_CARD: (("reopen", "1"),),
    kinds.ABSENCES: (("away_settle", ""),),
    kinds.APPRAISAL_CARD: (("period", "2026"),),
    kinds.MARKS_SPREAD: (("open_round", ""),),
}
"""Verb and argument of buttons that stand only on longer or rarer cards than those of the scenes."""
