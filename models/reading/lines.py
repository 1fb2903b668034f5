"""From a message to its logical lines: list markers taken off, hard-wrapped lines joined again."""

import re
from dataclasses import dataclass

from models.reading import lexicon, morphology, tables
from models.reading.lexicon import grammar

_MARKER = re.compile(
    r"\s*(?:(?P<b>[-–—•●▪▫◦‣∙·○■□◆★☆✓✔✅☑➤➢➡►▶→*+>»✦✧❖☛]+|[\U0001F300-\U0001FAFF\u2600-\u27BF]\uFE0F?)\s*"
    r"|(?P<n>\(?\d{1,2}\s?[.)](?![\d])|\d{1,2}\s?-(?=[^\W\d])|\[\d{1,2}\]|[a-zA-Z][.)](?=\s))\s*)"
)
_TIMED = re.compile(r"(?:pukul|pkl|pk|jam|tgl|tanggal)\b|\d{1,2}[.:]\d\d", re.IGNORECASE)
_PROSE = 60  # characters: shorter lines are items even when they end with a full stop
_WRAP_WIDTH = 34  # nobody's screen breaks lines that are shorter than this


@dataclass(slots=True)
class Line:
    text: str
    marked: bool  # it had a list marker
    prose: bool = False  # it goes on telling after a line that ended with a full stop


def logical_lines(text: str) -> list[Line]:
    """The lines of a clean message, in order, without empty ones."""
    raw = tables.flattened([line.rstrip() for line in text.split("\n") if line.strip()])
    lines: list[Line] = []
    widest = max((len(line) for line in raw), default=0)
    even = len(raw) > 2 and all(len(line) >= 0.7 * widest for line in raw[:-1])
    previous = ""
    for line in raw:
        marker = _MARKER.match(line)
        body = line[marker.end() :].strip() if marker else line.strip()
        if marker and marker["n"] and not body:
            marker, body = None, line.strip()
        goes_on = lines and marker is None and not previous.endswith((":", "."))
        if goes_on and (_goes_on(previous, body, widest, even) or _says_where(lines[-1].text, body)):
            lines[-1].text += " " + body
        elif body:
            told = bool(lines) and not lines[-1].marked and previous.endswith((".", "!")) and len(previous) > _PROSE
            lines.append(Line(body, marker is not None, told and marker is None))
        previous = line
    return lines


def _goes_on(previous: str, body: str, widest: int, even: bool) -> bool:
    """Whether ``body`` is the rest of a sentence that the sender's screen or editor broke.

    ``even``: all lines but the last are about as long as the longest, as in text broken by an editor.
    """
    if previous.endswith((".", "!", "?", ":", ";")) or ":" in body[:24] or _TIMED.match(body):
        return False
    first = _plain(body.split(maxsplit=1)[0])
    last = _plain(previous.rsplit(maxsplit=1)[-1])
    if last in grammar("open end") and len(previous) >= _WRAP_WIDTH - 10:
        return True
    if len(previous) < _WRAP_WIDTH or len(previous) + 1 + len(first) <= widest - 4 or body[0].isdigit():
        return False
    if first in grammar("open start") or previous.endswith(","):
        return True
    return body[0].islower() and (even or morphology.shape(first) is None)


def _says_where(previous: str, body: str) -> bool:
    """'ganti lampu jalan Melati | depan kantor pos': a place on a line of its own."""
    return _plain(body.split(maxsplit=1)[0]) in grammar("places") and _names_work(previous) and not _names_work(body)


def _names_work(line: str) -> bool:
    return any(morphology.shape(_plain(word)) for word in line.split())


def _plain(word: str) -> str:
    return lexicon.normal(word.strip(".,;:()[]\"'").lower())
