"""The card of `/cuti`: what is noted of a person, and the steps of noting, changing and cancelling."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from handlers import absence_telling, absence_words
from handlers.absence_words import KINDS, kind_of
from handlers.screens import Button, Rows, Screen, in_rows
from handlers.texts import Html, Words, words
from handlers.wording import short, spoken_day
from models import absence_rules, absences, duty, employees, rosters
from models.absences import WAITING, Absence
from models.database import Session
from models.employees import Employee
from models.outbox import Message

PAGE = 8
LISTED = 12
DAYS_OFFERED = 8
DAYS_AHEAD = timedelta(days=30)


async def absences_card(session: Session, card: Message, now: datetime) -> Screen:
    """The views: list, one, kind, start, until, clash; and team, where a supervisor chooses one of their people."""
    viewer = await session.get_one(Employee, card.employee_id)
    w, a = words(viewer.language), card.arguments
    today = now.astimezone(await employees.zone_of(session, viewer)).date()
    person = await session.get(Employee, a.get("of") or viewer.id) or viewer
    if not await absence_rules.may_manage(session, viewer, person, on=today):
        person, a = viewer, {}
    view = a.get("view", "list")
    absence = await session.get(Absence, a.get("absence") or 0)
    if absence is not None and absence.employee_id != person.id:
        absence = None
    if view == "team":
        return _team(w, await duty.team_of(session, viewer, on=today), int(a.get("page") or 0))
    if view == "one" and absence is not None:
        return await _one(session, w, viewer, person, absence, ask=not a.get("deputy_asked"))
    if view == "kind":
        kinds = [Button(kind_of(w, kind), "away_kind", str(n)) for n, kind in enumerate(KINDS)]
        text = _titled(w, viewer, person, w.t("What kind of absence?"))
        return Screen(text, (*in_rows(kinds, each=2), _back(w, "list")))
    if view in ("start", "until", "clash") and (absence is not None or a.get("kind")):
        return await _dates(session, w, viewer, person, absence, card, today)
    return await _list(session, w, viewer, person, today)


def _titled(w: Words, viewer: Employee, person: Employee, text: str) -> str:
    title = w.t("<b>Absences</b>")
    if person.id != viewer.id:
        title = w.t("<b>Absences of {name}</b>", name=person.name)
    return f"{title}\n\n{text}"


def _back(w: Words, view: str) -> tuple[Button, ...]:
    return (Button(w.plain("‹ Back"), "away", view),)


async def _list(session: Session, w: Words, viewer: Employee, person: Employee, today: date) -> Screen:
    found = await absences.from_day(session, [person.id], today)
    lines: list[str] = [w.t("{n}. {line}", n=n, line=absence_words.line(w, one)) for n, one in enumerate(found, 1)]
    rows = [(Button(f"{n}. {absence_words.line(w, one)}", "away", f"one.{one.id}"),) for n, one in enumerate(found, 1)]
    if len(found) > LISTED:
        lines[LISTED:] = [w.many("… and one more", "… and {count} more", len(found) - LISTED)]
    if not found:
        lines = [w.t("Nothing is noted from today on.")]
    last = [Button(w.plain("＋ Note an absence"), "away", "kind")]
    if await duty.team_of(session, viewer, on=today):
        last.append(Button(w.plain("👥 My people"), "away", "team"))
    if person.id != viewer.id:
        last.append(Button(w.plain("My own"), "away", "own"))
    text = _titled(w, viewer, person, "\n".join(lines))
    return Screen(text, (*rows[:LISTED], *((one,) for one in last)), _seen(found[:LISTED]))


def _seen(found: Sequence[Absence]) -> tuple[tuple[int, int], ...]:
    return tuple((one.id, one.revision) for one in found)


def _team(w: Words, team: Sequence[Employee], page: int) -> Screen:
    pages = max((len(team) + PAGE - 1) // PAGE, 1)
    page %= pages
    rows: Rows = tuple(
        (Button(short(one.name, 38), "away", f"of.{one.id}"),) for one in team[page * PAGE : (page + 1) * PAGE]
    )
    if pages > 1:
        more = w.plain("More … ({page}/{pages})", page=page + 1, pages=pages)
        rows = (*rows, (Button(more, "away", f"team.{page + 1}"),))
    return Screen(w.t("<b>Absences</b>") + "\n\n" + w.t("Of whom?"), (*rows, _back(w, "own")))


async def _one(
    session: Session, w: Words, viewer: Employee, person: Employee, absence: Absence, *, ask: bool
) -> Screen:
    of = person if person.id != viewer.id else None
    text = await absence_words.noted(session, w, absence, of=of)
    if not absence.stands:
        return Screen(text, (_back(w, "list"),))
    rows: Rows = ()
    if ask and await absence_telling.asks_deputy(session, person, absence):
        text = Html(text + "\n\n" + w.t("Who stands in meanwhile (Plh)?"))
        rows = await absence_telling.deputy_rows(session, w, person, absence, "away_deputy")
    if absence.status == WAITING and of is not None:
        rows = (*rows, (Button(w.plain("Decide …"), "away_decide", str(absence.id)),))
    change = Button(w.plain("📅 Change the end"), "away", f"until.{absence.id}")
    cancel = Button(w.plain("🗑 Cancel it"), "away_cancel", str(absence.id))
    return Screen(text, (*rows, (change, cancel), _back(w, "list")), _seen([absence]))


async def _dates(
    session: Session, w: Words, viewer: Employee, person: Employee, absence: Absence | None, card: Message, today: date
) -> Screen:
    a = card.arguments
    kind = absence.kind if absence is not None else a["kind"]
    seen = _seen([absence]) if absence is not None else ()
    back = _back(w, f"one.{absence.id}" if absence is not None else "list")
    if a["view"] == "clash":
        span = date.fromisoformat(a["starts_on"]), date.fromisoformat(a["ends_on"])
        besides = [absence.id] if absence is not None else []
        there = await absence_rules.in_the_way(session, person, span, besides=besides)
        text, settle = absence_words.clash(w, kind, span, there)
        rows = ((Button(settle, "away_settle", ""),),) if settle and absence is None else ()
        return Screen(_titled(w, viewer, person, text), (*rows, back), seen)
    start = absence.starts_on if absence is not None else date.fromisoformat(a.get("starts_on") or str(today))
    what = kind_of(w, kind)
    first = max(start, today) if a["view"] == "until" else today
    days = await _offered(session, person, first)
    if a["view"] == "start":
        hint = w.t("<b>{what}</b>: from when? Tap, or reply with the dates: <i>1–5 December</i>.", what=what)
        keys = [Button(spoken_day(w, day, today), "away_from", f"{day:%Y%m%d}") for day in days]
    else:
        hint = w.t(
            "<b>{what}</b> from {day}: through which day? Tap, or reply with the day or how many: <i>3 days</i>.",
            what=what,
            day=w.short_day(start),
        )
        keys = [Button(w.short_day(day), "away_to", f"{day:%Y%m%d}") for day in days]
        if absence is not None and start < today:
            keys.insert(0, Button(w.plain("until yesterday"), "away_to", f"{today - timedelta(days=1):%Y%m%d}"))
    return Screen(_titled(w, viewer, person, hint), (*in_rows(keys, each=2), back), seen)


async def _offered(session: Session, person: Employee, first: date) -> list[date]:
    """The day itself and the next days of work."""
    roster = await rosters.of_one(session, person, first, first + DAYS_AHEAD)
    days = roster.calendar.between(first + timedelta(days=1), first + DAYS_AHEAD, roster.week_days)
    return [first, *days][:DAYS_OFFERED]
