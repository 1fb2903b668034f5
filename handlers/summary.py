"""The week's summary in the unit's group: figures as text, and a chart. It speaks of the unit, never of a person."""

from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from handlers.charts import Bar, TrendPoint, WeekChart, week_chart
from handlers.screens import Screen
from handlers.texts import Words, words
from handlers.unit_group import GROUP_LANGUAGE
from handlers.wording import short
from models import agencies, summaries
from models.agencies import Unit
from models.database import Session
from models.outbox import Message
from models.results import monday_of
from models.scoring.units import SMALLEST_GROUP
from models.summaries import Summary

GOALS_SHOWN = 10


async def _posted(session: Session, card: Message) -> tuple[Unit, Summary] | None:
    unit = await agencies.unit_of_chat(session, card.chat_id)
    if unit is None or unit.id != card.arguments["unit"]:
        return None
    summary = await summaries.of_unit(session, unit.id, date.fromisoformat(card.arguments["week"]))
    return (unit, summary) if summary is not None else None


async def summary_text(session: Session, card: Message, now: datetime) -> Screen | None:
    posted = await _posted(session, card)
    if posted is None:
        return None
    unit, summary = posted
    w, f = words(GROUP_LANGUAGE), summary.figures
    trend = await summaries.trend(session, unit.id, summary.week_ends_on)
    span = w.span(monday_of(summary.week_ends_on), summary.week_ends_on)
    lines = [
        w.t("📊 <b>Week of {unit}</b>, {span}", unit=unit.name, span=span),
        "",
        _score(w, f, trend),
        *_rates(w, f),
    ]
    if f["waiting"]:
        lines.append(
            w.many(
                "One activity is waiting for approval.", "{count} activities are waiting for approval.", f["waiting"]
            )
        )
    if f.get("obstacles_open") or f.get("obstacles_closed"):
        lines.append(
            w.t("Obstacles: {open} open, {closed} settled", open=f["obstacles_open"], closed=f["obstacles_closed"])
        )
    lines += _goals(w, f)
    return Screen("\n".join(lines))


def _score(w: Words, f: dict[str, Any], trend: list[tuple[date, Decimal | None]]) -> str:
    if f["of"] < SMALLEST_GROUP:
        return w.t("Score: shown in units of five people or more.")
    if f["score"] is None:
        return w.t(
            "Score: shown from five people with a score ({scored} of {of} this week).", scored=f["scored"], of=f["of"]
        )
    now = round(Decimal(f["score"]))
    text = w.t(
        "Score: <b>{score}</b> of 100, mean of {scored} of {of} people",
        score=w.number(now),
        scored=f["scored"],
        of=f["of"],
    )
    before = [score for _, score in trend[:-1] if score is not None]
    if before:
        change = now - round(before[-1])
        sign = "▲" if change > 0 else "▼" if change < 0 else "＝"
        text = type(text)(text + " " + w.t("({sign} {change})", sign=sign, change=w.number(abs(change))))
    return text


def _rates(w: Words, f: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    if f["asked"]:
        rate = w.number(round(Decimal(100 * f["reported"]) / f["asked"]))
        lines.append(
            w.t("Daily reports: {rate} % ({reported} of {asked})", rate=rate, reported=f["reported"], asked=f["asked"])
        )
    if f.get("clear_of"):
        rate = w.number(round(Decimal(100 * f["clear"]) / f["clear_of"]))
        lines.append(w.t("Focus chosen: {rate} % ({clear} of {of})", rate=rate, clear=f["clear"], of=f["clear_of"]))
    if f["said"]:
        rate = w.number(round(Decimal(100 * f["linked"]) / f["said"]))
        lines.append(w.t("Linked to a target: {rate} % of activities", rate=rate))
    return lines


def _goals(w: Words, f: dict[str, Any]) -> list[str]:
    lines: list[str] = ["", w.t("<b>Goals of the unit against plan</b>")]
    for goal in f["goals"][:GOALS_SHOWN]:
        title, percent = short(goal["title"], 80), w.number(_percent(goal))
        lines.append(w.t("• {title}: {percent} % of what was planned by now", title=title, percent=percent))
    if hidden := f.get("goals_hidden"):
        lines.append(
            w.many(
                "One goal is not shown, so that nobody's own results can be read from it.",
                "{count} goals are not shown, so that nobody's own results can be read from them.",
                hidden,
            )
        )
    return lines if len(lines) > 2 else []


def _percent(goal: dict[str, Any]) -> int:
    return round(Decimal(goal["percent"]))


async def summary_chart(session: Session, card: Message, now: datetime) -> Screen | None:
    """The same figures as a picture: bars of the goals against plan, and the trend of the score."""
    posted = await _posted(session, card)
    if posted is None:
        return None
    unit, summary = posted
    w, goals = words(GROUP_LANGUAGE), summary.figures["goals"][:GOALS_SHOWN]
    trend = await summaries.trend(session, unit.id, summary.week_ends_on)
    if not goals and not any(score is not None for _, score in trend):
        return None
    span = w.span(monday_of(summary.week_ends_on), summary.week_ends_on)
    chart = WeekChart(
        title=unit.name,
        subtitle=w.plain("Week {span}", span=span),
        bars=tuple(_bar(w, goal) for goal in goals),
        bars_title=w.plain("Goals against plan"),
        plan_legend=w.plain("planned by now"),
        over_legend=w.plain("above plan"),
        trend=tuple(
            TrendPoint(
                w.short_day(day),
                None if score is None else float(round(score)),
                "" if score is None else w.number(round(score)),
            )
            for day, score in trend
        ),
        trend_title=w.plain("Score of the unit, week by week"),
        gap_legend=w.plain("no score"),
        footer=w.plain("Quality of results, not the number of activities."),
    )
    return Screen(
        w.t("Week of {unit}, {span}", unit=unit.name, span=span), picture=partial(week_chart, chart), silent=True
    )


def _bar(w: Words, goal: dict[str, Any]) -> Bar:
    percent = _percent(goal)
    return Bar(goal["title"], float(percent), w.plain("of what was planned by now"), f"{w.number(percent)} %")
