"""The card of `/tim`: the people today, one of them, and what one of them did on a day."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers import days, person_page
from handlers.absence_words import kind_of
from handlers.screens import Button, Rows, Screen, fitting, in_rows
from handlers.team import DAY, PERSON
from handlers.texts import Html, Words, words
from handlers.wording import short, titled
from models import absences, coaching, duty, employees, focus, milestones, reviews, rosters, work_done
from models import unreached as missing
from models.activities import Activity
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.refusals import Refusal
from models.workdays import week_of

PAGE = 10


async def team_card(session: Session, card: Message, now: datetime) -> Screen:
    """A page of somebody who is no longer theirs falls back to the list."""
    viewer = await session.get_one(Employee, card.employee_id)
    w, a = words(viewer.language), card.arguments
    today = now.astimezone(await employees.zone_of(session, viewer)).date()
    if a.get("view") in (PERSON, DAY):
        try:
            person = await coaching.coached(session, viewer, a["person"], on=today)
        except Refusal:
            return await _list(session, w, viewer, 0, today)
        if a["view"] == DAY:
            return await _day(session, w, person, a.get("day"), now)
        return await _person(session, w, viewer, person, a.get("target"), today)
    return await _list(session, w, viewer, int(a.get("page") or 0), today)


async def _list(session: Session, w: Words, viewer: Employee, page: int, today: date) -> Screen:
    team = [one for one in await duty.team_of(session, viewer, on=today) if not employees.has_left(one, today)]
    if not team:
        return Screen(w.t("Nobody reports to you at present."))
    reported = await work_done.between(session, [person.id for person in team], today, today)
    states = [
        w.t("{name} – {state}", name=one.name, state=await _state(session, w, one, reported, today)) for one in team
    ]
    shown = fitting(states)
    lines: list[str] = [w.t("<b>Your team</b>, {day}", day=w.day(today)), *states[:shown]]
    if shown < len(team):
        lines.append(w.many("… and one more", "… and {count} more", len(team) - shown))
    waiting = sum(len(rows) for _, rows in await reviews.waiting_for(session, viewer, on=today))
    if waiting:
        lines += ["", w.many("One activity waits for you.", "{count} activities wait for you.", waiting)]
    if await milestones.running(session, team, on=today):
        lines += ["", w.t("How far milestones have come is set under /tonggak.")]
    rows = _people(w, team, page)
    last = [Button(w.plain("🗓 Absences"), "away_team")]
    out_of_reach = await missing.listed_for(session, viewer, on=today)
    if out_of_reach:
        last.append(Button(w.plain("📵 Not reached ({count})", count=len(out_of_reach)), "unreached"))
    return Screen("\n".join(lines), (*rows, tuple(last)))


def _people(w: Words, team: Sequence[Employee], page: int) -> Rows:
    pages = (len(team) - 1) // PAGE + 1
    page %= pages
    keys = [Button(short(one.name, 24), "evidence", f"{one.id}.0") for one in team[page * PAGE : (page + 1) * PAGE]]
    rows = in_rows(keys, each=2)
    if pages == 1:
        return rows
    before, after = (page - 1) % pages, (page + 1) % pages
    return (*rows, (Button("‹", "team_page", str(before)), Button(f"{page + 1}/{pages} ›", "team_page", str(after))))


async def _state(session: Session, w: Words, person: Employee, reported: Sequence[Activity], today: date) -> Html:
    count = sum(1 for activity in reported if activity.employee_id == person.id)
    if count:
        return w.many("✓ one activity", "✓ {count} activities", count)
    away = await absences.absence_on(session, person.id, today)
    if away is not None:
        back = await rosters.next_for(session, person, away.ends_on)
        return w.t("🗓 {what}, back {day}", what=kind_of(w, away.kind), day=w.short_day(back))
    if person.telegram_id is None:
        return w.t("not joined yet")
    return w.t("not reached") if person.unreachable_at is not None else w.t("not yet")


async def _person(
    session: Session, w: Words, viewer: Employee, person: Employee, target: int | None, today: date
) -> Screen:
    """Today, then the evidence; and the way to everything else of theirs."""
    reported = await work_done.between(session, [person.id], today, today)
    above = [w.t("Today: {state}", state=await _state(session, w, person, reported, today))]
    chosen = await focus.chosen(session, person.id, today)
    if chosen:
        titles = [titled(target, at_most=50) for target in chosen]
        above.append(w.t("Focus: {targets}", targets=w.listed(titles)))
    id_ = str(person.id)
    links: list[Button] = [Button(w.plain("🎯 Targets"), "team_targets", id_)]
    if await milestones.running(session, [person], on=today):
        links.append(Button(w.plain("📍 Milestones"), "team_milestones", id_))
    links += [
        Button(w.plain("🧭 Competencies"), "team_competencies", id_),
        Button(w.plain("🗓 Absences"), "team_absences", id_),
        Button(w.plain("📋 Recent days"), "team_day", f"{id_}.0"),
    ]
    return await person_page.draw(session, w, person, target, week_of(today), above=above, links=in_rows(links, each=2))


async def _day(session: Session, w: Words, person: Employee, stated: str | None, now: datetime) -> Screen:
    today = now.astimezone(await employees.zone_of(session, person)).date()
    newest = await work_done.days_reported(session, person.id, limit=1)
    day = date.fromisoformat(stated) if stated else newest[0] if newest else today
    text = f"{w.t('<b>{name}</b>', name=person.name)}\n{await days.day_text(session, w, person, day)}"
    turns = await days.turns(session, w, person, day, today, verb="team_day", prefix=f"{person.id}.")
    return Screen(text, (*turns, (Button(w.plain("‹ Back"), "evidence", f"{person.id}.0"),)))
