"""Names of tables and of their columns, as somebody reads them who asks for their own data."""

from handlers.texts import Words

SHEET_AT_MOST = 31
"""Characters of a sheet's name in XLSX."""


def N_(message: str) -> str:
    """Marks a word for translation where it is not yet said."""
    return message


SHEETS = {
    "employee": N_("Person"),
    "absence": N_("Absences"),
    "activity": N_("Activities"),
    "appraisal": N_("Appraisals"),
    "appraisal_decision": N_("Appraisals, decisions"),
    "appraisal_entry": N_("Appraisals, entries"),
    "audit_entry": N_("Audit"),
    "competency": N_("Competencies"),
    "deputy": N_("Deputies"),
    "evidence": N_("Evidence"),
    "feedback": N_("Feedback"),
    "focus_day": N_("Focus, days"),
    "focus_target": N_("Focus, targets"),
    "inbox": N_("Received just now"),
    "invitation": N_("Invitations"),
    "milestone_step": N_("Milestones"),
    "month_opening": N_("Opened months"),
    "obstacle": N_("Obstacles"),
    "outbox": N_("Messages to you"),
    "placement": N_("Unit and superior over time"),
    "qualitymark": N_("Quality marks"),
    "question": N_("Open questions"),
    "remembered_link": N_("Learnt from you"),
    "reply": N_("Your messages"),
    "shift_day": N_("Shifts"),
    "suggestion": N_("Suggestions"),
    "target": N_("Targets"),
    "target_revision": N_("Targets, history"),
    "upload": N_("Files for import"),
}
HEADINGS = {
    "act": N_("act"),
    "answer": N_("answer"),
    "answered_at": N_("answered at"),
    "approver_id": N_("approver"),
    "author_id": N_("author"),
    "code": N_("code"),
    "cost": N_("cost"),
    "day": N_("day"),
    "description": N_("description"),
    "details": N_("details"),
    "due_at": N_("due at"),
    "ends_at": N_("ends at"),
    "ends_on": N_("ends on"),
    "evidence": N_("evidence"),
    "given_at": N_("given at"),
    "handled_at": N_("handled at"),
    "id": N_("number"),
    "indicator": N_("indicator"),
    "joined_at": N_("joined at"),
    "kind": N_("kind"),
    "language": N_("language"),
    "left_on": N_("left on"),
    "made_at": N_("made at"),
    "mark": N_("mark"),
    "marked_at": N_("marked at"),
    "measure": N_("measure"),
    "minutes": N_("minutes"),
    "month": N_("month"),
    "name": N_("name"),
    "output": N_("output"),
    "percent": N_("percent"),
    "plan": N_("plan"),
    "planned": N_("planned"),
    "position": N_("position"),
    "quality": N_("quality"),
    "quantity": N_("quantity"),
    "reason": N_("reason"),
    "received_at": N_("received at"),
    "remark": N_("remark"),
    "reviewed_at": N_("decided at"),
    "reviewer_id": N_("decided by"),
    "role": N_("role"),
    "sent_at": N_("sent at"),
    "starts_at": N_("starts at"),
    "starts_on": N_("starts on"),
    "status": N_("status"),
    "submitted_at": N_("submitted at"),
    "superior_id": N_("superior"),
    "target_id": N_("target"),
    "text": N_("text"),
    "title": N_("title"),
    "unit": N_("unit said"),
    "unit_id": N_("unit"),
    "week_ends_on": N_("week until"),
    "weight": N_("weight"),
    "worked_on": N_("worked on"),
    "zone": N_("time zone"),
}


def sheet_title(w: Words, table: str) -> str:
    return w.plain(SHEETS[table])[:SHEET_AT_MOST] if table in SHEETS else table[:SHEET_AT_MOST]


def heading(w: Words, column: str) -> str:
    """What is technical keeps its name in the database."""
    return w.plain(HEADINGS[column]) if column in HEADINGS else column
