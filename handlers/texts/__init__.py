"""Words in the person's language: gettext catalogues, and dates and numbers as the language writes them."""

import io
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from html import escape
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
DEFAULT = "id"


class Html(str):
    """A fragment that is HTML already and is not escaped again."""

    __slots__ = ()


def html(text: str) -> Html:
    """Text as HTML, with nothing in it taken for a tag."""
    return Html(escape(text, quote=False))


class Words:
    """Sentences of one language. `t` gives HTML with every value escaped, `plain` text for toasts and buttons."""

    def __init__(self, language: str, translations: NullTranslations) -> None:
        self.language = language
        self._translations = translations

    def t(self, message: str, **values: Any) -> Html:
        return Html(self._translations.gettext(message).format(**_escaped(values)))

    def many(self, one: str, more: str, count: int | Decimal, **values: Any) -> Html:
        """The sentence for a count, which stands in it as {count}."""
        chosen = self._translations.ngettext(one, more, int(count))
        return Html(chosen.format(count=self.number(count), **_escaped(values)))

    def plain(self, message: str, **values: Any) -> str:
        return self._translations.gettext(message).format(**values)

    def day(self, day: date) -> str:
        """`Selasa, 24 November 2026`"""
        return format_date(day, "EEEE, d MMMM y", locale=self.language)

    def short_day(self, day: date) -> str:
        """`Sel 24 Nov`"""
        return format_date(day, "EEE d MMM", locale=self.language)

    def full_date(self, day: date) -> str:
        """`24 Nov 2026`"""
        return format_date(day, "d MMM y", locale=self.language)

    def span(self, first: date, last: date) -> str:
        return self.short_day(first) if first == last else f"{self.short_day(first)} – {self.short_day(last)}"

    def month(self, day: date) -> str:
        """`November 2026`"""
        return format_date(day, "MMMM y", locale=self.language)

    def clock(self, moment: time | datetime) -> str:
        """`08.00` in Indonesian, `08:00` in English."""
        return moment.strftime("%H.%M" if self.language == "id" else "%H:%M")

    def duration(self, minutes: int) -> str:
        """`1 j 30 mnt` or `1 h 30 min`."""
        hours, rest = divmod(minutes, 60)
        parts = [self.plain("{n} h", n=hours)] if hours else []
        return " ".join([*parts, self.plain("{n} min", n=rest)] if rest or not hours else parts)

    def number(self, value: int | float | Decimal) -> str:
        """`1.250,5` in Indonesian, `1,250.5` in English; two decimals at most."""
        return format_decimal(value, format="#,##0.##", locale=self.language)

    def listed(self, items: Iterable[str]) -> str:
        """`a, b, dan c`"""
        return format_list(list(items), locale=self.language)


def _escaped(values: dict[str, Any]) -> dict[str, Any]:
    return {k: v if isinstance(v, Html | int | Decimal) else escape(str(v), quote=False) for k, v in values.items()}


@lru_cache
def words(language: str) -> Words:
    """English stands in the code; other languages have a catalogue beside this file."""
    if language not in LANGUAGES:
        language = DEFAULT
    catalogue = Path(__file__).parent / language / "LC_MESSAGES" / "harian.po"
    if not catalogue.exists():
        return Words(language, NullTranslations())
    with catalogue.open("rb") as file:
        compiled = io.BytesIO()
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Words(language, GNUTranslations(compiled))


def ago(day: date, today: date) -> str:
    """A key for how a day is spoken of: today, yesterday, or by its date."""
    return {0: "today", 1: "yesterday"}.get((today - day) // timedelta(days=1), "date")
