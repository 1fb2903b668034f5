"""Go through the lines of a reply and gather its activities; what one line says holds for those after it."""

from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from models.reading import dates, fields, times
from models.reading.codes import Code, find_code
from models.reading.counts import count
from models.reading.lines import Line
from models.reading.splitting import AND, COMMA, LINE, SENTENCE, SEQUENCE, Piece, split
from models.reading.times import Clock
from models.reading.tokens import CODE, DAY, DURATION, PUNCTUATION, TIME, Token, tokenize
from models.reading.verdicts import AHEAD, DETAIL, DONE, NOTHING, is_closing, judge
from models.reading.work import Work, leading_days, made_of, text_of

_TITLES = ("laporan", "lap.", "giat", "kegiatan", "rekap kegiatan", "daily report", "lkh", "jurnal")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A code in the token stream; ``opens``: it stands before its activity."""

    code: Code
    opens: bool


@dataclass(slots=True)
class Draft:
    today: date
    codes: tuple[str, ...] = ()
    works: list[Work] = field(default_factory=list)
    tomorrow: list[str] = field(default_factory=list)
    days: tuple[date, ...] = ()
    section: str = fields.WORK
    clock: Clock | None = None
    minutes: int | None = None
    counted: tuple[float | None, str | None] = (None, None)
    code: Code | None = None
    next_clock: Clock | None = None
    form: bool = False

    def __post_init__(self) -> None:
        self.days = (self.today,)

    def add_all(self, lines: list[Line]) -> None:
        structured = any(line.marked for line in lines[1:]) or any(fields.field(line.text) for line in lines[1:])
        for number, line in enumerate(lines):
            if number < 2 and structured and not line.marked and _is_title(line.text):
                continue
            self._add(line)
        if len(self.works) == 1:
            work = self.works[0]
            work.clock = work.clock or self.clock
            work.minutes = work.minutes or self.minutes
            if work.quantity is None:
                work.quantity, work.unit = self.counted

    def _add(self, line: Line) -> None:
        found = fields.field(line.text)
        if found is None:
            if self.section == fields.WORK:
                self._read(line.text, numbered=line.marked, prose=line.prose)
            elif self.section == fields.TOMORROW:
                self.tomorrow.append(line.text)
            return
        if found.role == fields.WORK:
            self.section = fields.WORK
            self._work_field(found.value)
        elif found.role == fields.TOMORROW:
            self.section = self.section if found.value else fields.TOMORROW
            self.tomorrow += [found.value] if found.value else []
        elif found.role == fields.SKIP:
            self.section = self.section if found.value else fields.SKIP
        else:
            self._aside(found)

    def _work_field(self, value: str) -> None:
        if not value:
            return
        before = len(self.works)
        self._read(value)
        if len(self.works) == before + 1:
            self.form = True
            work = self.works[-1]
            work.clock, self.clock = work.clock or self.clock, None if work.clock is None else self.clock
            work.minutes, self.minutes = work.minutes or self.minutes, None if work.minutes is None else self.minutes

    def _aside(self, found: fields.Field) -> None:
        """Output, time and date fields: they complete an activity or hold for the whole form."""
        tokens = self._tokens(found.value)
        if found.role == fields.DATE:
            days = [t.value.date for t in tokens if t.kind == DAY and t.value.date] or _day_number(
                found.value, self.today
            )
            self.days = tuple(days[-1:]) or self.days
        elif found.role == fields.WHEN:
            clocks = [t.value for t in tokens if t.kind == TIME]
            minutes = [t.value for t in tokens if t.kind == DURATION]
            self._when(clocks[0] if clocks else None, minutes[0] if minutes else None)
        else:
            counted = count(tokens)
            if counted[0] is None:
                counted = count(self._tokens(f"{found.value} {found.key.split()[-1]}"))
            if self.form and self.works and self.works[-1].quantity is None:
                self.works[-1].quantity, self.works[-1].unit = counted
            else:
                self.counted = counted

    def _when(self, clock: Clock | None, minutes: int | None) -> None:
        work = self.works[-1] if self.form and self.works else None
        if work and work.clock is None and work.minutes is None:
            work.clock, work.minutes = clock, minutes
        else:
            self.clock, self.minutes = clock or self.clock, minutes or self.minutes

    def _tokens(self, text: str) -> list[Token]:
        return dates.mark(times.mark(tokenize(text)), self.today)

    def _read(self, text: str, *, numbered: bool = False, prose: bool = False) -> None:
        tokens = self._tokens(text)
        if self.codes:
            tokens = _with_codes(text, tokens, self.codes)
            if len(tokens) == 1 and tokens[0].kind == CODE:
                self.code = tokens[0].value.code
                return
        ahead = False
        before: Piece | None = None
        colon = False
        for piece in split(tokens, numbered=numbered):
            if prose and piece.joint == LINE and self.works:
                piece.joint, before = SENTENCE, piece if before is None else before
            if days := leading_days(piece):
                self.days, ahead = days, False
            if piece.joint in (SENTENCE, LINE):
                ahead = False
            piece = _without_key(text, piece)
            verdict = DETAIL if colon and piece.joint == COMMA and before is not None else judge(piece, before)
            colon = piece.joint in (COMMA, AND) and colon
            if verdict == AHEAD or (ahead and verdict != NOTHING):
                ahead = True
                self.tomorrow.append(text_of(text, piece.tokens))
            elif verdict == DONE:
                self._done(text, piece)
                before = piece if self.works else None
                colon = any(t.norm == ":" for t in piece.tokens[piece.head + 2 :])
            elif verdict == DETAIL and before is not None:
                self.works[-1].extend(made_of(text, piece, self.works[-1].days))
                before = Piece([*before.tokens, *piece.tokens], before.joint)
            elif verdict == NOTHING and is_closing(piece):
                return
            elif verdict == NOTHING:
                self._nothing(text, piece, before)

    def _nothing(self, text: str, piece: Piece, before: Piece | None) -> None:
        """No work, but a time that stands alone belongs to the work before it or on the next line."""
        clock = next((t.value for t in piece.tokens if t.kind == TIME), None)
        if clock is None:
            return
        if before is not None and piece.joint == COMMA:
            self.works[-1].clock = self.works[-1].clock or clock
        elif piece.head >= len(piece.tokens) and piece.joint == LINE:
            self.next_clock = clock

    def _done(self, text: str, piece: Piece) -> None:
        work = made_of(text, piece, self.days)
        if not work.text:
            return
        work.code = work.code or self.code
        work.clock, self.next_clock = work.clock or self.next_clock, None
        clock = work.clock
        if clock and clock.start is None and piece.joint == SEQUENCE and self.works and self.works[-1].clock:
            work.clock = Clock(self.works[-1].clock.end, clock.end)
        self.works.append(work)


def _without_key(text: str, piece: Piece) -> Piece:
    """'Kendala: …' or 'Rencana besok: …' in the middle of a line."""
    colon = next((i for i, t in enumerate(piece.tokens[:5]) if t.norm == ":"), None)
    if colon is None or colon == 0:
        return piece
    found = fields.field(text[piece.tokens[0].start : piece.tokens[-1].end])
    if found and found.role in (fields.SKIP, fields.TOMORROW):
        piece.tokens[0].norm = "catatan" if found.role == fields.SKIP else "rencana"
        piece.look()
    elif found and found.role == fields.WORK:
        piece.tokens = piece.tokens[colon + 1 :]
        piece.look()
    return piece


def _is_title(text: str) -> bool:
    low = text.lower()
    return low.startswith(_TITLES) and len(low.split()) <= 9 and fields.field(text) is None


def _day_number(value: str, today: date) -> list[date]:
    """'Tanggal : 12'."""
    marked = dates.mark(tokenize(f"tgl {value}"), today)
    return [t.value.date for t in marked[:1] if t.kind == DAY and t.value.date]


def _with_codes(text: str, tokens: list[Token], codes: tuple[str, ...]) -> list[Token]:
    """The same tokens with each explicit target code as one token."""
    cuts = [
        0,
        *(
            t.end
            for t in tokens
            if t.norm in (",", ";", "|", ".", "dan", "&", "kemudian", "lalu", "terus") or t.kind == "b"
        ),
        len(text),
    ]
    found: list[tuple[int, int, Code]] = []
    for start, end in pairwise(cuts):
        lead = len(text[start:end]) - len(text[start:end].lstrip())
        code = find_code(text[start:end].strip(" ,;|"), codes)
        if code:
            found.append((start + lead + code.start, start + lead + code.end, code))
    if not found:
        return tokens
    return _merged(tokens, found)


def _merged(tokens: list[Token], found: list[tuple[int, int, Code]]) -> list[Token]:
    out: list[Token] = []
    spans = iter([*found, (1 << 60, 1 << 60, None)])
    start, end, code = next(spans)
    for token in tokens:
        while token.start >= end:
            start, end, code = next(spans)
        if start <= token.start and token.end <= end and code is not None:
            if not (out and out[-1].kind == CODE and out[-1].value.code is code):
                opens = not out or out[-1].kind == PUNCTUATION or out[-1].norm in ("dan", "kemudian", "lalu", "terus")
                out.append(Token(CODE, "", token.start, token.end, _Mark(code, opens)))
            else:
                out[-1].end = token.end
        else:
            out.append(token)
    return out
