"""Go through the lines of a reply and gather its activities; what one line says holds for those after it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from models.reading import fields, marks, obstacles, overviews
from models.reading.absences import is_overview, is_presence
from models.reading.codes import Code
from models.reading.fields import Field
from models.reading.flow import Flow
from models.reading.forms import Form, date_of, tokens_of
from models.reading.lines import Line
from models.reading.omissions import is_goodbye, puts_off
from models.reading.pieces import COMMA, LINE, SENTENCE, SEQUENCE, Piece, names_work, norm_at
from models.reading.splitting import split
from models.reading.times import Clock
from models.reading.titles import is_title, no_such_date
from models.reading.tokens import CODE, DAY, TIME
from models.reading.verdicts import AHEAD, DETAIL, DONE, NOTHING, judge
from models.reading.work import Work, leading_days, made_of, text_of

_LONG = 300  # characters without list markers: a story, in which details need a sign that they are work
_MOST_PIECES = 300  # of one line: nobody tells more than that of one day
_NOTE = re.compile(r"\(\s*(?:ini|laporan|lap|kegiatan)?\s*(?:untuk|utk|buat)\s+([^()]+)\)", re.IGNORECASE)


@dataclass(slots=True)
class Draft:
    """``works`` and ``tomorrow`` are the result; the rest is what later lines have to know."""

    today: date
    codes: tuple[str, ...] = ()
    works: list[Work] = field(default_factory=list)
    tomorrow: list[str] = field(default_factory=list)
    days: tuple[date, ...] = ()
    section: str = fields.WORK
    form: Form = field(default_factory=Form)
    code: Code | None = None
    clock: Clock | None = None  # of a line that says nothing but a time
    told: bool = False
    impossible: str = ""  # '31 Februari', said for what follows

    def read(self, lines: Sequence[Line]) -> None:
        self.days = (self.today,)
        self.told = sum(len(line.text) for line in lines if not line.marked) > _LONG
        listed = any(line.marked or fields.field(line.text) for line in lines[1:])
        made = []
        for number, line in enumerate(lines):
            before = len(self.works)
            if listed and number < 2 and is_title(line):
                self._title(line.text)
            else:
                self._line(line)
            made.append(len(self.works) - before)
        for place in reversed(overviews.announcements(lines, made, self.works) if listed else ()):
            del self.works[place]
        if len(self.works) > 1 and not listed and self._sums_up(self.works[0].text, len(lines)):
            del self.works[0]
        if len(self.works) == 1:
            self.form.fill(self.works[0])

    def _sums_up(self, first: str, lines: int) -> bool:
        return is_presence(first) or (lines == 1 and len(self.works) > 2 and is_overview(first))

    def _title(self, text: str) -> None:
        """Its date holds for the list; what is listed under 'Kegiatan besok' is planned."""
        tokens = tokens_of(text, self.today)
        days = [token.value for token in tokens if token.kind == DAY]
        if any(day.ahead for day in days):
            self.section = fields.TOMORROW
        self._date([day.date for day in days if day.date], no_such_date(text, tokens))

    def _date(self, days: Sequence[date], impossible: str) -> None:
        """What follows was done on the last of the days; a date that does not exist is kept for whoever reads it."""
        if days or impossible:
            self.days = tuple(days[-1:]) or self.days
            self.impossible = impossible

    def _line(self, line: Line) -> None:
        found = fields.field(line.text)
        if found:
            self._field(found)
        elif self.section == fields.WORK:
            self._words(line.text, numbered=line.marked, prose=line.prose)
        elif self.section == fields.TOMORROW:
            self.tomorrow.append(line.text)

    def _field(self, found: Field) -> None:
        if found.role == fields.WORK:
            self.section = fields.WORK
            before = len(self.works)
            self._words(found.value)
            if len(self.works) == before + 1:
                self.form.fill(self.works[-1])
                self.form.last = self.works[-1]
        elif found.role in (fields.TOMORROW, fields.SKIP):
            self.section = self.section if found.value else found.role
            self._words(obstacles.parted(found.value, self.today)[1])
            if found.role == fields.TOMORROW and found.value:
                self.tomorrow.append(found.value)
        elif found.role == fields.DATE:
            day = date_of(found, self.today)
            self._date([day] if day else [], no_such_date(found.value, tokens_of(found.value, self.today)))
        elif found.role == fields.WHEN:
            self.form.take_time(found, self.today)
        elif self.works or not names_work(tokens_of(found.value, self.today)):
            self.form.take_output(found, self.today)
        else:
            self._words(found.value)

    def _words(self, text: str, *, numbered: bool = False, prose: bool = False) -> None:
        """The work told in one line. ``prose``: the line goes on with the story of the one before."""
        text = self._without_note(text)
        tokens = tokens_of(text, self.today)
        if self.codes:
            tokens = marks.mark(text, tokens, self.codes)
            if len(tokens) == 1 and tokens[0].kind == CODE:
                self.code = tokens[0].value.code
                return
        flow = Flow()
        for piece in split(tokens, numbered=numbered)[:_MOST_PIECES]:
            piece.told = self.told
            if prose and self.works and piece.joint == LINE:
                piece.joint, flow.before = SENTENCE, piece
            hinders = obstacles.begins(text, piece.tokens[0].start)
            _take_key_off(text, piece)
            if days := leading_days(piece):
                self.days, self.impossible = days, ""
            elif piece.head >= len(piece.tokens):
                self._date([], no_such_date(text, piece.tokens))
            if flow.skips(piece, dated=bool(days), hinders=hinders):
                continue
            verdict = DETAIL if flow.lists and piece.joint == COMMA else judge(piece, flow.before)
            if verdict == NOTHING and is_goodbye(piece):
                return
            self._take(text, piece, verdict, flow)

    def _take(self, text: str, piece: Piece, verdict: str, flow: Flow) -> None:
        if verdict == AHEAD or (flow.ahead and verdict != NOTHING):
            flow.ahead = True
            self.tomorrow.append(text_of(text, piece.tokens))
        elif verdict == DONE:
            self._done(text, piece)
            flow.before = piece if self.works else None
            flow.lists = bool(self.works) and any(t.norm == ":" for t in piece.tokens[piece.head + 2 :])
        elif verdict == DETAIL and flow.before is not None and self.works:
            piece.head = 0 if norm_at(piece.tokens, 0) in ("dan", "serta") else piece.head
            self.works[-1].extend(made_of(text, piece, self.works[-1].days))
            flow.before = Piece([*flow.before.tokens, *piece.tokens], flow.before.joint)
        else:
            self._nothing(piece, flow.before)

    def _without_note(self, text: str) -> str:
        """Take out '(ini untuk kemarin tgl 1, paket habis)', which dates the whole reply."""
        note = _NOTE.search(text)
        first = tokens_of(note[1], self.today)[:1] if note else []
        if note is None or not first or first[0].kind != DAY or first[0].value.date is None:
            return text
        self.days = (first[0].value.date,)
        for work in self.works:
            work.days = self.days
        return text[: note.start()] + text[note.end() :]

    def _nothing(self, piece: Piece, before: Piece | None) -> None:
        """No work, but a time that stands alone belongs to the work before it, or on the next line."""
        if self.works and puts_off(piece):
            last = self.works[-1]
            self.tomorrow.append(f"{last.code.code} {last.text}" if last.code and last.code.code else last.text)
            return
        clock = next((t.value for t in piece.tokens if t.kind == TIME), None)
        if clock is None:
            return
        if before is not None and self.works and piece.joint == COMMA:
            self.works[-1].clock = self.works[-1].clock or clock
        elif piece.head >= len(piece.tokens) and piece.joint == LINE:
            self.clock = clock

    def _done(self, text: str, piece: Piece) -> None:
        work = made_of(text, piece, self.days)
        if not work.text:
            return
        work.text += f" ({self.impossible})" if self.impossible else ""
        work.code = work.code or self.code
        work.clock, self.clock = work.clock or self.clock, None
        follows = piece.joint == SEQUENCE and self.works and self.works[-1].clock
        if follows and work.clock and work.clock.start is None and self.works[-1].clock:
            work.clock = Clock(self.works[-1].clock.end, work.clock.end)
        self.works.append(work)


def _take_key_off(text: str, piece: Piece) -> None:
    """'Kendala: …' or 'Rencana besok: …' in the middle of a line."""
    colon = next((i for i, t in enumerate(piece.tokens[:5]) if t.norm == ":"), 0)
    found = fields.field(text[piece.tokens[0].start : piece.tokens[-1].end]) if colon else None
    if found is None:
        return
    if found.role == fields.WORK:
        piece.start_at(colon + 1)
    elif found.role in (fields.SKIP, fields.TOMORROW):
        key = "catatan" if found.role == fields.SKIP else "rencana"
        piece.tokens[0] = replace(piece.tokens[0], norm=key)
        piece.look()
