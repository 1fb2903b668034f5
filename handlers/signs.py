"""Signs of empty entries in words: for the superior alone, on the page of one person."""

from collections.abc import Sequence
from datetime import date

from handlers.texts import Html, Words
from handlers.wording import short
from models.reading.signs import Kind, Sign


def of_activity(w: Words, signs: Sequence[Sign]) -> list[str]:
    return [w.t("👀 {sign}", sign=_said(w, sign)) for sign in signs]


def of_days(w: Words, days: dict[date, int]) -> list[str]:
    return [
        w.t("👀 {day}: {duration} in all, more than a day has", day=w.short_day(day), duration=w.duration(minutes))
        for day, minutes in days.items()
    ]


def _said(w: Words, sign: Sign) -> Html:
    if sign.kind is Kind.OVERLAP:
        return w.t("at the same time as “{other}”", other=short(sign.other, 60))
    if sign.kind is Kind.EMPTY:
        return w.t("does not yet say what was done")
    if sign.kind is Kind.PICTURE_SENT_BEFORE or sign.day is None:
        return w.t("this picture has been sent before")
    day = w.short_day(sign.day)
    same = w.t("same picture as on {day}", day=day)
    if sign.kind is Kind.SAME_TEXT:
        same = w.t("same text as on {day}", day=day)
    if not sign.more:
        return same
    return w.many("{same} and one more day", "{same} and {count} more days", sign.more, same=same)
