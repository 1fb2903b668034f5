"""What results show of people's competencies, for the agency's competency database."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from handlers.exports.tables import Cell
from models.competencies import Shown
from models.employees import Employee

COLUMNS = ("nip", "nama", "unit", "kompetensi", "jumlah_pekan", "rata_mutu", "contoh_hasil", "terakhir")


def rows(
    people: Sequence[Employee], units: Mapping[int, str], shown: Mapping[int, Sequence[Shown]]
) -> Iterator[Sequence[Cell]]:
    """A row for each competency asked of a person; without a marked week the count is 0 and the mean empty.

    `rata_mutu` is 0–100, `terakhir` the Sunday that ended the newest marked week.
    """
    for person in people:
        for one in shown.get(person.id, ()):
            mean = None if one.mean is None else one.mean.quantize(Decimal("0.01"))
            unit = units.get(person.unit_id, "")
            yield (person.nip, person.name, unit, one.name, one.weeks, mean, one.example, one.last)
