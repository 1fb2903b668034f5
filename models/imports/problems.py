"""What can be wrong with files to import: keys and places. `handlers.problems` has the words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Key(StrEnum):
    """Every kind of problem there is."""

    # the file
    EMPTY_FILE = "empty_file"
    FILE_TOO_LARGE = "file_too_large"
    UNKNOWN_FILE = "unknown_file"
    NOT_XLSX = "not_xlsx"
    OLD_EXCEL = "old_excel"
    NOT_UTF8 = "not_utf8"
    BAD_CSV = "bad_csv"
    MACROS = "macros"
    NOT_FETCHED = "not_fetched"
    TOO_MUCH_TO_READ = "too_much_to_read"
    # the sheet
    NO_SHEET = "no_sheet"
    UNKNOWN_SHEET = "unknown_sheet"
    SHEET_TWICE = "sheet_twice"
    TOO_MANY_ROWS = "too_many_rows"
    NO_HEADER = "no_header"
    MISSING_COLUMN = "missing_column"
    UNKNOWN_COLUMN = "unknown_column"
    COLUMN_TWICE = "column_twice"
    UNNAMED_COLUMN = "unnamed_column"
    # the cell
    EMPTY = "empty"
    TOO_LONG = "too_long"
    BAD_CHARACTER = "bad_character"
    EXCEL_ERROR = "excel_error"
    EXCEL_DATE = "excel_date"
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    BAD_NUMBER = "bad_number"
    AMBIGUOUS_NUMBER = "ambiguous_number"
    TOO_MANY_DECIMALS = "too_many_decimals"
    NOT_WHOLE = "not_whole"
    NOT_POSITIVE = "not_positive"
    OUT_OF_RANGE = "out_of_range"
    BAD_DATE = "bad_date"
    BAD_TIME = "bad_time"
    OUTSIDE_HOURS = "outside_hours"
    BAD_ZONE = "bad_zone"
    BAD_CHOICE = "bad_choice"
    BAD_NIP = "bad_nip"
    NIP_LOST_DIGITS = "nip_lost_digits"
    # the row, and what it refers to
    TWICE = "twice"
    ONE_AGENCY = "one_agency"
    AGENCY_DIFFERS = "agency_differs"
    NO_AGENCY = "no_agency"
    WHICH_AGENCY = "which_agency"
    UNKNOWN_AGENCY = "unknown_agency"
    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_PARENT = "unknown_parent"
    AMBIGUOUS_PARENT = "ambiguous_parent"
    CYCLE = "cycle"
    ONE_HOLDER = "one_holder"
    ENDS_BEFORE_START = "ends_before_start"
    ABSENCES_OVERLAP = "absences_overlap"
    DEPUTY_SELF = "deputy_self"
    NO_WORKDAYS = "no_workdays"
    MILESTONE_NOT_100 = "milestone_not_100"
    MEASURE_IN_USE = "measure_in_use"


@dataclass(frozen=True, slots=True)
class Problem:
    """`sheet` is the sheet's name, or the file's where no sheet could be read; `row` counts from 1 as Excel does."""

    key: Key
    sheet: str
    row: int | None = None
    column: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


class BadCell(Exception):
    """A cell that cannot be what its column holds."""

    def __init__(self, key: Key, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
