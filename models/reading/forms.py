"""The fields of a printed report form, gathered until they meet their activity."""

from dataclasses import dataclass
from datetime import date

from models.reading import dates, fields, times
from models.reading.counts import Count, count
from models.reading.fields import Field
from models.reading.lexicon import grammar
from models.reading.tokens import DAY, DURATION, TIME, Token, tokenize
from models.reading.work import Work


def tokens_of(text: str, today: date) -> list[Token]:
    """The tokens of a line with its times and dates found."""
    return dates.mark(times.mark(tokenize(text)), today)


@dataclass(slots=True)
class Form:
    """What fields have said so far and no activity has taken; ``last`` is the activity of the latest Kegiatan field."""

    clock: times.Clock | None = None
    minutes: int | None = None
    counted: Count = (None, None)
    people: Count = (None, None)
    last: Work | None = None

    def fill(self, work: Work) -> None:
        """Give an activity what was said before it."""
        work.clock = work.clock or self.clock
        work.minutes = work.minutes or self.minutes
        self._count(work)
        self.clock, self.minutes, self.counted, self.people = None, None, (None, None), (None, None)

    def _count(self, work: Work) -> None:
        """People count where they are served, not where they meet."""
        served = (None, None) if work.first in grammar("attended") else self.people
        for counted in (self.counted, served):
            if work.quantity is None:
                work.quantity, work.unit = counted

    def take_time(self, field: Field, today: date) -> None:
        tokens = tokens_of(field.value, today)
        clock = next((t.value for t in tokens if t.kind == TIME), None)
        minutes = next((t.value for t in tokens if t.kind == DURATION), None)
        if self.last and self.last.clock is None and self.last.minutes is None:
            self.last.clock, self.last.minutes = clock, minutes
        else:
            self.clock, self.minutes = clock or self.clock, minutes or self.minutes

    def take_output(self, field: Field, today: date) -> None:
        """'Output : 2 dokumen'; 'Pengunjung : 42' counts what its key names."""
        counted = count(tokens_of(field.value, today))
        if counted[0] is None and field.value[:1].isdigit():
            counted = count(tokens_of(f"{field.value} {field.key.split()[-1]}", today))
        if field.role == fields.PEOPLE:
            self.people = counted
        else:
            self.counted = counted
        if self.last:
            self._count(self.last)
            self.counted = self.people = (None, None)


def date_of(field: Field, today: date) -> date | None:
    """'Hari/Tanggal : Rabu, 4 November 2026', 'Tanggal : 12'."""
    for text in (field.value, f"tanggal {field.value}"):
        days: list[date] = [t.value.date for t in tokens_of(text, today) if t.kind == DAY and t.value.date]
        if days:
            return days[-1]
    return None
