"""Refusals and small things put into words."""

from collections.abc import Callable
from datetime import date

from handlers import absence_words, deadlines
from handlers.texts import Html, Words
from models.activities import APPROVED, DRAFT, OUTPUT, RETURNED, WAITING, Activity
from models.refusals import Refusal
from models.targets import Target

REFUSALS: dict[str, Callable[[Words, Refusal], Html]] = {
    "future_date": lambda w, r: w.t(
        "{day} has not come yet. Tell me about it once it is done.", day=w.day(r.values["day"])
    ),
    "day_closed": lambda w, r: w.t(
        "{day} was closed on {deadline}. Open from {first} on. Your superior can open older days (/buka).",
        day=w.day(r.values["day"]),
        deadline=deadlines.end_of(w, r.values["closed_on"], r.values["zone"]),
        first=w.day(r.values["first"]),
    ),
    "absence_backwards": lambda w, r: w.t(
        "The end ({last}) lies before the start ({first}). Nothing was noted.",
        last=w.day(r.values["last"]),
        first=w.day(r.values["first"]),
    ),
    "absence_too_long": lambda w, r: w.t(
        "An absence lasts at most {limit} days at a time. Your personnel officer can import a longer one.", **r.values
    ),
    "absence_too_far": lambda w, r: w.t("That begins more than a year ahead. Please check the year."),
    "absence_past": absence_words.refused_past,
    "absence_there": absence_words.refused_there,
    "month_not_openable": lambda w, r: w.t("Only this month and the three before it can be opened."),
    "days_out_of_range": lambda w, r: w.t("Please choose from 1 to {limit} days.", **r.values),
    "month_is_closed": lambda w, r: w.t("That month is closed. Its approvals stand."),
    "not_yours": lambda w, r: w.t("This is not yours to review today. Nothing was changed."),
    "not_your_target": lambda w, r: w.t("That target is not one of yours on this date. Please choose another."),
    "deputy_self": lambda w, r: w.t("Nobody stands in for themselves. Please choose another person."),
    "deputy_not_joined": lambda w, r: w.t(
        "{name} is not connected to Harian then, so could not approve anything. Please choose another person.",
        name=r.values["name"],
    ),
    "deputy_there_already": lambda w, r: w.t(
        "{name} already stands in on {span}. End that first, or choose other dates.",
        name=r.values["name"],
        span=w.span(r.values["first"], r.values["last"]),
    ),
    "span_past": lambda w, r: w.t("These dates end before today. Please give dates from today on."),
    "span_too_long": lambda w, r: w.t("That is longer than {limit} days. Please give a shorter span.", **r.values),
    "mute_not_allowed": lambda w, r: w.t("Your agency does not use pauses. Quiet hours are possible: /jeda."),
    "mute_too_far": lambda w, r: w.t("A pause begins and ends within {limit} days from now.", **r.values),
    "mute_too_long": lambda w, r: w.t(
        "A pause lasts at most {limit} workdays at a time; from {first} that is through {last}.",
        limit=r.values["limit"],
        first=w.short_day(r.values["first"]),
        last=w.short_day(r.values["last"]),
    ),
    "no_hours": lambda w, r: w.t(
        "I find no hours in “{text}”. Write from when to when: <i>12.00–13.00</i>.", **r.values
    ),
    "quiet_same": lambda w, r: w.t("Quiet hours need a beginning and another end. Nothing was changed."),
    "quiet_too_long": lambda w, r: w.t("Quiet hours last at most {limit} hours a day.", **r.values),
    "quiet_over_question": lambda w, r: w.t(
        "At {time} I ask for the day's report; in your agency quiet hours leave that moment free.",
        time=w.clock(r.values["time"]),
    ),
    "no_span": lambda w, r: w.t("I find no dates in “{text}”. Write for example <i>1–5 December</i>.", **r.values),
    "nobody_found": lambda w, r: w.t("I find nobody called “{text}”. Write the name or the whole NIP.", **r.values),
    "several_found": lambda w, r: w.t(
        "There are several: {names}. Please write the whole name or the NIP.", names=w.listed(r.values["names"])
    ),
    "not_yours_to_appraise": lambda w, r: w.t("This person is not yours to appraise today. Nothing was changed."),
    "appraisal_incomplete": lambda w, r: w.t("Something is missing still, so there is no result to decide yet."),
    "only_years": lambda w, r: w.t("Under PP 46/2011 the period of an appraisal is a year."),
    "objected_already": lambda w, r: w.t("You have objected to this decision already; it is not done twice."),
    "whole_number_up_to": lambda w, r: w.t(
        "Please give a whole number from 0 to {limit}.", limit=w.number(r.values["limit"])
    ),
    "changed_meanwhile": lambda w, r: w.t("This has changed in the meantime. Here is how it stands now."),
    "count_out_of_range": lambda w, r: w.t(
        "Please give a number from 0 to {limit}.", limit=w.number(r.values["limit"])
    ),
    "reason_too_long": lambda w, r: w.t(
        "That is too long. Please give the reason in at most {limit} characters.", limit=r.values["limit"]
    ),
    "sentence_too_long": lambda w, r: w.t(
        "That is too long. Please say it in at most {limit} characters.", limit=w.number(r.values["limit"])
    ),
    "too_many_suggestions": lambda w, r: w.t(
        "You have sent {limit} suggestions within a day. Thank you! Please keep the next one until tomorrow.",
        **r.values,
    ),
    "remark_too_long": lambda w, r: w.t(
        "That is too long. Please give the remark in at most {limit} characters.", limit=r.values["limit"]
    ),
    "mark_unclear": lambda w, r: w.t(
        "I see no mark in this. Reply to the card with a number from 0 to 100; a report is sent without replying to it."
    ),
    "milestone_over": lambda w, r: w.t("This milestone has ended or is no longer agreed. Nothing was changed."),
    "evidence_thin": lambda w, r: w.t(
        "One sentence, please: what shows that it has come so far? Reply once more to the message that asks."
    ),
    "focus_closed": lambda w, r: w.t("This card is closed. /fokus shows today's focus."),
    "marking_closed": lambda w, r: w.t("Marking of this week is closed. Nothing was changed."),
    "said_already": lambda w, r: w.t("The report of that day says this already. Nothing was changed."),
    "not_joinable": lambda w, r: w.t("Only activities of one message and one day can be joined."),
    "nothing_to_split": lambda w, r: w.t("There is nothing left to split here."),
    "word_empty": lambda w, r: w.t("Write the word and what it means: /istilah monev = monitoring dan evaluasi"),
    "word_too_long": lambda w, r: w.t(
        "That is too long: at most {word} characters for the word, {meaning} for its meaning.", **r.values
    ),
    "target_incomplete": lambda w, r: w.t(
        "I need three things: the plan, how much of it, and until when. For example: "
        "<i>Compiling monitoring reports; 12 reports; 31 December</i>. Please reply once more."
    ),
    "target_title_length": lambda w, r: w.t(
        "Please write the plan in 3 to {limit} characters.", limit=r.values["limit"]
    ),
    "target_amount": lambda w, r: w.t(
        "I need a number and what is counted, for example <i>12 reports</i>. Please reply once more."
    ),
    "target_date": lambda w, r: w.t(
        "I cannot read that as a date. Write for example <i>31 December 2026</i> or <i>31/12/2026</i>."
    ),
    "target_not_positive": lambda w, r: w.t("The amount must be more than 0. Please reply once more."),
    "target_milestone": lambda w, r: w.t(
        "A target in percent is reached at 100. Write <i>100 percent</i>, or count something else."
    ),
    "target_backwards": lambda w, r: w.t(
        "The end lies before the start ({starts_on}). Please give a later date.",
        starts_on=w.full_date(r.values["starts_on"]),
    ),
    "target_no_workdays": lambda w, r: w.t(
        "There is no workday from {starts_on} to {ends_on}. Please give a later date.",
        starts_on=w.full_date(r.values["starts_on"]),
        ends_on=w.full_date(r.values["ends_on"]),
    ),
    "target_end_outside": lambda w, r: w.t(
        "To end early, the last day must be from {first} to {last}.",
        first=w.full_date(r.values["first"]),
        last=w.full_date(r.values["last"]),
    ),
    "target_measure_in_use": lambda w, r: w.t(
        "Output was reported in “{used}” already, so the unit stays. End this target and add a new one instead.",
        used=r.values["used"],
    ),
    "target_same": lambda w, r: w.t("That is what it says already. Nothing was changed."),
    "nothing_to_reset": lambda w, r: w.t("There is nothing to adapt: no plan that began before today is left open."),
    "admins_only": lambda w, r: w.t("Only an admin of the agency can do that."),
    "same_already": lambda w, r: w.t("That is how it is already. Nothing was changed."),
    "undo_over": lambda w, r: w.t("The ten minutes are over, or it has changed since. Nothing was undone."),
    "superior_self": lambda w, r: w.t("Nobody is their own superior. Please choose another person."),
    "superior_left": lambda w, r: w.t("{name} has left. Please choose another person.", name=r.values["name"]),
    "superior_circle": lambda w, r: w.t(
        "{name} is below {person}, so that would be a circle. Please choose another person.", **r.values
    ),
    "outside_hours": lambda w, r: w.t(
        "I write by myself only from {first} to {last}. Please choose a time between.",
        first=w.clock(r.values["first"]),
        last=w.clock(r.values["last"]),
    ),
    "time_unclear": lambda w, r: w.t("I see no time in “{text}”. Write for example <i>15.45</i>.", **r.values),
    "leaving_too_far": lambda w, r: w.t("That is more than a year away. Please check the year."),
    "no_unit_found": lambda w, r: w.t("I find no unit called “{text}”. Write a part of its name.", **r.values),
    "holiday_unclear": lambda w, r: w.t(
        "I need the date, a colon, and the name: <i>2 December: regional election</i>. Please reply once more."
    ),
    "holiday_name": lambda w, r: w.t("Please give the holiday a name of at most {limit} characters.", **r.values),
    "holiday_there": lambda w, r: w.t(
        "On {day} there is an own date already. Remove it first, or choose another.", day=w.day(r.values["day"])
    ),
    "group_taken": lambda w, r: w.t("This group belongs to another unit already. Nothing was changed."),
    "link_no_good": lambda w, r: w.t("This link cannot be used here. Please ask your personnel officer for a new one."),
}


def refuse(words: Words, refusal: Refusal) -> Html:
    """The one clear sentence for a rule that said no."""
    return REFUSALS[refusal.key](words, refusal)


def status(words: Words, activity: Activity) -> str:
    """A sign and a word for where an activity stands."""
    return {
        DRAFT: words.plain("📝 draft"),
        WAITING: words.plain("⏳ waiting"),
        APPROVED: words.plain("✅ approved automatically") if activity.is_automatic else words.plain("✅ approved"),
        RETURNED: words.plain("↩️ returned"),
    }[activity.status]


def said(words: Words, activity: Activity) -> list[str]:
    """Output and time of an activity, as short pieces: `12 dokumen`, `08.00–10.00`, `2 j`."""
    pieces: list[str] = []
    if activity.quantity is not None:
        pieces.append(f"{words.number(activity.quantity)} {activity.unit or ''}".strip())
    if activity.starts_at is not None and activity.ends_at is not None:
        pieces.append(f"{words.clock(activity.starts_at)}–{words.clock(activity.ends_at)}")
    elif activity.starts_at is not None:
        pieces.append(words.plain("from {time}", time=words.clock(activity.starts_at)))
    elif activity.ends_at is not None:
        pieces.append(words.plain("until {time}", time=words.clock(activity.ends_at)))
    if activity.minutes is not None and (activity.starts_at is None or activity.ends_at is None):
        pieces.append(words.duration(activity.minutes))
    return pieces


def what(words: Words, activity: Activity, at_most: int) -> str:
    """What was done; the week's output says that it is one."""
    if activity.kind == OUTPUT:
        return short(words.plain("Output of the week: {title}", title=activity.description), at_most)
    return short(activity.description, at_most)


def also_said(words: Words, activity: Activity) -> list[str]:
    """What was said of output and time, unless the description says it in the same words."""
    description = activity.description.lower()
    return [piece for piece in said(words, activity) if piece.lower() not in description]


def titled(target: Target, *, at_most: int = 60) -> str:
    """`A1 · Pengelolaan surat masuk`, cut to a line."""
    return short(f"{target.code} · {target.title}", at_most)


def short(text: str, at_most: int) -> str:
    """The text on one line, cut with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= at_most else line[: at_most - 1].rstrip() + "…"


def spoken_day(words: Words, day: date, today: date) -> str:
    """`hari ini`, `kemarin`, or the date."""
    return {0: words.plain("today"), 1: words.plain("yesterday")}.get((today - day).days, words.short_day(day))
