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
    if f["goals"]:
        lines += ["", w.t("<b>Goals of the unit against plan</b>")]
        lines += [_goal(w, goal) for goal in f["goals"][:GOALS_SHOWN]]
    return Screen("\n".join(lines))


def _score(w: Words, f: dict[str, Any], trend: list[tuple[date, Decimal | None]]) -> str:
    if f["score"] is None:
        return w.t(
            "Score: shown from five people with a score ({scored} of {of} this week).", scored=f["scored"], of=f["of"]
        )
    now = Decimal(f["score"])
    text = w.t(
        "Score: <b>{score}</b> of 100, mean of {scored} of {of} people",
        score=w.number(round(now, 1)),
        scored=f["scored"],
        of=f["of"],
    )
    before = [score for _, score in trend[:-1] if score is not None]
    if before:
        change = round(now - before[-1], 1)
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
    if f["said"]:
        rate = w.number(round(Decimal(100 * f["linked"]) / f["said"]))
        lines.append(w.t("Linked to a target: {rate} % of activities", rate=rate))
    return lines


def _caption(w: Words, goal: dict[str, Any]) -> str:
    if goal["unit"] is None:
        return w.plain("of what was planned by now")
    return w.plain(
        "{realised} of {expected} {unit}",
        realised=w.number(Decimal(goal["realised"])),
        expected=w.number(Decimal(goal["expected"])),
        unit=goal["unit"],
    )


def _goal(w: Words, goal: dict[str, Any]) -> str:
    title, percent = short(goal["title"], 80), w.number(round(Decimal(goal["percent"])))
    if goal["unit"] is None:
        return w.t("• {title}: {percent} % of what was planned by now", title=title, percent=percent)
    return w.t("• {title}: {percent} % ({caption})", title=title, percent=percent, caption=_caption(w, goal))


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
                None if score is None else float(score),
                "" if score is None else w.number(round(score, 1)),
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
    percent = Decimal(goal["percent"])
    return Bar(goal["title"], float(percent), _caption(w, goal), f"{w.number(round(percent))} %")
