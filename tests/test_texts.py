"""Every sentence has both languages, the same placeholders, valid HTML, and room in a message."""

import re
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.sandbox.html import parse
from handlers import screens
from handlers.calculation import SENTENCES
from handlers.texts import words

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "handlers/texts/id/LC_MESSAGES/harian.po"
KEYWORDS = {"t": None, "plain": None, "many": (1, 2), "N_": None}


def _in_code() -> set[str | tuple[str, str]]:
    found: set[str | tuple[str, str]] = set()
    for folder in ("handlers", "bot/demo"):
        for _, _, message, _, _ in extract_from_dir(ROOT / folder, [("**.py", "python")], keywords=KEYWORDS):
            found.add(message if isinstance(message, str) else (message[0], message[1]))
    return found


def _translated() -> dict[str | tuple[str, str], tuple[str, ...]]:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="id")
    return {
        (m.id if isinstance(m.id, str) else (m.id[0], m.id[1])): (m.string,) if isinstance(m.string, str) else m.string
        for m in catalogue
        if m.id
    }


def _pairs() -> Iterator[tuple[str, str]]:
    """(English, Indonesian), each form of a plural by itself."""
    for message, strings in _translated().items():
        for english in [message] if isinstance(message, str) else message:
            for string in strings:
                yield english, string


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_sentence_of_the_code_is_translated_and_no_other() -> None:
    translated = _translated()
    assert _in_code() - translated.keys() == set()
    assert translated.keys() - _in_code() == set()
    assert [message for message, strings in translated.items() if not all(strings)] == []


def test_sentences_chosen_by_key_are_in_the_catalogue() -> None:
    assert set(SENTENCES.values()) <= _translated().keys()


@pytest.mark.parametrize(("english", "indonesian"), list(_pairs()))
def test_both_languages_say_the_same_things(english: str, indonesian: str) -> None:
    plural = "{count}" in indonesian
    assert _placeholders(english) | ({"count"} if plural else set()) == _placeholders(indonesian)
    assert re.findall(r"</?\w+>", english) == re.findall(r"</?\w+>", indonesian)
    for text in (english, indonesian):
        assert text.count("<") == text.count("</") * 2
        filled = text.format(**dict.fromkeys(_placeholders(text), "nilai"))
        shown, _ = parse(filled)
        assert len(shown) <= screens.CAPTION_AT_MOST


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", ["Selasa, 24 November 2026", "Sel 24 Nov", "08.05", "1.250,5", "1 jam 30 mnt", "45 mnt", "2 jam"]),
        ("en", ["Tuesday, 24 November 2026", "Tue 24 Nov", "08:05", "1,250.5", "1 h 30 min", "45 min", "2 h"]),
    ],
)
def test_dates_and_numbers_are_written_as_the_language_writes_them(language: str, said: list[str]) -> None:
    w, day = words(language), date(2026, 11, 24)
    spoken = [w.day(day), w.short_day(day), w.clock(time(8, 5)), w.number(Decimal("1250.50"))]
    assert [*spoken, w.duration(90), w.duration(45), w.duration(120)] == said


def test_values_are_escaped_and_words_are_not() -> None:
    assert words("en").t("<b>{name}</b> – {unit}", name="<i>A & B", unit=3) == "<b>&lt;i&gt;A &amp; B</b> – 3"


def test_an_unknown_language_is_answered_in_indonesian() -> None:
    assert words("xx").plain("Undo") == "Urungkan"
