"""What each act of the audit says: numbers, dates and names, never a person's words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from handlers.admin_choices import field_name
from handlers.texts import Words
from models import sights, staff_acts

Details: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Book:
    """Names by id, to read the rows with; what was deleted since has none."""

    people: Mapping[int, str]
    units: Mapping[int, str]

    def person(self, id_: object) -> str:
        return self.people.get(id_, "–") if isinstance(id_, int) else "–"

    def unit(self, id_: object) -> str:
        return self.units.get(id_, "–") if isinstance(id_, int) else "–"


Sentence: TypeAlias = Callable[[Words, Details, Book], str]


def _activities(details: Details) -> tuple[int, str]:
    ids = [str(id_) for id_, _ in details.get("activities", [])]
    return len(ids), ", ".join(ids)


def _span(w: Words, details: Details) -> str:
    first, last = (date.fromisoformat(details[name]) for name in ("first", "last"))
    return w.full_date(first) if first == last else f"{w.full_date(first)} – {w.full_date(last)}"


def _counted(message: str) -> Sentence:
    """Of sentences about activities."""

    def sentence(w: Words, details: Details, book: Book) -> str:
        count, ids = _activities(details)
        text = w.plain(message, count=count, ids=ids)
        superiors = [book.person(id_) for id_ in details.get("in_place_of", [])]
        return f"{text} " + w.plain("(for {names})", names=w.listed(superiors)) if superiors else text

    return sentence


def _plain(message: str, *names: str) -> Sentence:
    return lambda w, d, b: w.plain(message, **{name: d.get(name, "–") for name in names})


def _dated(message: str) -> Sentence:
    return lambda w, d, b: w.plain(message, span=_span(w, d), status=d.get("status", ""))


def _changed(message: str) -> Sentence:
    def sentence(w: Words, details: Details, book: Book) -> str:
        field = details["field"]
        before, after = (_value(w, field, details[name], book) for name in ("before", "after"))
        return w.plain(message, field=_field(w, field), before=before, after=after)

    return sentence


def _field(w: Words, field: str) -> str:
    return w.plain("role") if field == "role" else field_name(w, field)


def _value(w: Words, field: str, value: object, book: Book) -> str:
    if value is None or value == "":
        return "–"
    if field == staff_acts.UNIT:
        return book.unit(value)
    return book.person(value) if field in (staff_acts.SUPERIOR, staff_acts.APPROVER) else str(value)


def _deputy(message: str) -> Sentence:
    return lambda w, d, b: w.plain(
        message, name=b.person(d["deputy"]), kind=str(d["kind"]).capitalize(), span=_span(w, d)
    )


def _target(message: str) -> Sentence:
    return lambda w, d, b: w.plain(message, target=d["target"], revision=d["revision"])


def _holiday(message: str) -> Sentence:
    def sentence(w: Words, details: Details, book: Book) -> str:
        of = book.unit(details["unit"]) if "unit" in details else w.plain("the whole agency")
        return w.plain(message, span=_span(w, details), of=of)

    return sentence


def _invited(w: Words, details: Details, book: Book) -> str:
    until = w.full_date(datetime.fromisoformat(details["until"]).date())
    if "unit" in details:
        return w.plain("made a link for the group of {unit}, until {day}", unit=book.unit(details["unit"]), day=until)
    return w.plain("gave a new invitation link, until {day}", day=until)


def _imported(w: Words, details: Details, book: Book) -> str:
    rows = [
        w.plain("{sheet} {new} new, {changed} changed", sheet=sheet, new=new, changed=changed)
        for sheet, (new, changed, _) in details["rows"].items()
    ]
    return w.plain("imported: {rows}", rows="; ".join(rows))


def _marked(w: Words, details: Details, book: Book) -> str:
    mark = w.plain("no result") if details["mark"] is None else str(details["mark"])
    return w.plain(
        "gave target no. {target} the mark {mark} for the week until {week}",
        target=details["target"],
        mark=mark,
        week=details["week"],
    )


def _opened(w: Words, details: Details, book: Book) -> str:
    page = {
        sights.PROFILE: w.plain("personal data"),
        sights.EVIDENCE: w.plain("work and results"),
        sights.APPRAISAL: w.plain("appraisal"),
        sights.COMPETENCIES: w.plain("competencies"),
        sights.DAYS: w.plain("past days"),
    }.get(details["page"], str(details["page"]))
    return w.plain("opened the page: {page}", page=page)


def _exported(w: Words, details: Details, book: Book) -> str:
    what = {"competencies": w.plain("competencies"), "appraisals": w.plain("appraisals")}.get(details["what"])
    return w.plain("exported {what}: {rows} rows", what=what or details["what"], rows=details.get("rows", "–"))


def _answered(w: Words, details: Details, book: Book) -> str:
    if details.get("upheld"):
        return w.plain("answered the objection: the decision stands")
    return w.plain("answered the objection: given back to the appraiser")


def _forgotten(w: Words, details: Details, book: Book) -> str:
    rows = w.listed(f"{table} {count}" for table, count in details["rows"].items())
    return w.plain("took out words and files older than the agency keeps them: {rows}", rows=rows)


def N_(message: str) -> str:
    """Marks a sentence for translation where it is not yet said."""
    return message


SENTENCES: dict[str, Sentence] = {
    "seen": _counted(N_("saw activities: {count} (no. {ids})")),
    "approved": _counted(N_("approved activities: {count} (no. {ids})")),
    "approved_automatically": _counted(N_("approved, because nobody had decided: {count} activities (no. {ids})")),
    "returned": _counted(N_("returned activities: {count} (no. {ids})")),
    "undone": _counted(N_("undid approvals: {count} (no. {ids})")),
    "changed_after_approval": _counted(N_("changed approved activities, which wait again: {count} (no. {ids})")),
    "person_opened": _opened,
    "marked": _marked,
    "milestone_set": _plain(N_("set target no. {target} to {percent} percent"), "target", "percent"),
    "feedback_given": _plain(N_("gave feedback (no. {feedback})"), "feedback"),
    "target_proposed": _target(N_("proposed for target no. {target} (revision no. {revision})")),
    "target_set": _target(N_("set target no. {target} (revision no. {revision})")),
    "target_agreed": _target(N_("agreed to target no. {target} (revision no. {revision})")),
    "target_returned": _target(N_("returned the proposal for target no. {target} (revision no. {revision})")),
    "target_left": _target(N_("left target no. {target} as it was (revision no. {revision})")),
    "target_withdrawn": _target(N_("withdrew the proposal for target no. {target} (revision no. {revision})")),
    "obstacle_answered": _plain(N_("answered the obstacle no. {obstacle}"), "obstacle"),
    "obstacle_closed": _plain(N_("closed the obstacle no. {obstacle}"), "obstacle"),
    "obstacle_reopened": _plain(N_("opened the obstacle no. {obstacle} again"), "obstacle"),
    "absence_noted": _dated(N_("noted an absence: {span}")),
    "absence_changed": _dated(N_("changed an absence: {span}")),
    "absence_cancelled": _dated(N_("cancelled an absence: {span}")),
    "absence_confirmed": _dated(N_("agreed to an absence: {span}")),
    "absence_refused": _dated(N_("refused an absence: {span}")),
    "deputy_named": _deputy(N_("named {name} as {kind}: {span}")),
    "deputy_ended": _deputy(N_("ended {name} as {kind}: {span}")),
    "month_opened": _plain(N_("opened the month {month} until {until}"), "month", "until"),
    "appraisal_opened": _plain(N_("opened the appraisal no. {appraisal}"), "appraisal"),
    "appraisal_entered": _plain(N_("entered something in the appraisal no. {appraisal}"), "appraisal"),
    "appraisal_rated": _plain(N_("rated in the appraisal no. {appraisal}"), "appraisal"),
    "appraisal_decided": _plain(N_("decided the appraisal no. {appraisal}"), "appraisal"),
    "appraisal_objected": _plain(N_("objected to the appraisal no. {appraisal}"), "appraisal"),
    "objection_answered": _answered,
    "invited": _invited,
    "joined": _plain(N_("joined with this account")),
    "link_closed": _plain(N_("three wrong tries: the link was closed")),
    "group_bound": lambda w, d, b: w.plain("connected the group of {unit}", unit=b.unit(d["unit"])),
    "person_changed": _changed(N_("changed {field}: {before} → {after}")),
    "person_change_undone": _changed(N_("undid the change of {field}: {before} → {after}")),
    "person_imported": _changed(N_("changed {field} by import: {before} → {after}")),
    "holiday_added": _holiday(N_("added a holiday for {of}: {span}")),
    "holiday_removed": _holiday(N_("removed a holiday for {of}: {span}")),
    "imported": _imported,
    "exported": _exported,
    "word_taught": _plain(N_("taught a word of the office (no. {word})"), "word"),
    "word_removed": _plain(N_("removed a word of the office (no. {word})"), "word"),
    "own_data_given": _plain(N_("asked for all that is stored about them")),
    "erased": _plain(N_("erased all personal data")),
    "backed_up": _plain(N_("made a backup of the whole database")),
    "database_copied": _plain(N_("copied the whole database to another place")),
    "restored": _plain(N_("put a backup of the database back (migration {migration})"), "migration"),
    "replayed": _plain(N_("let a message be handled again (code {code})"), "code"),
    "sent_again": _plain(N_("let a message be sent again (no. {row})"), "row"),
    "words_forgotten": _forgotten,
    "audit_shown": _plain(N_("read this story")),
}
