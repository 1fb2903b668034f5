"""Problems of an import put into words: where it is, what is wrong, what to do."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from handlers.texts import Words
from models.imports import Key, Problem


def N_(message: str) -> str:
    """Marks a sentence for the catalogues; it is looked up when it is said."""
    return message


SENTENCES: Mapping[Key, str] = {
    Key.EMPTY_FILE: N_("The file is empty. Check that the right file was chosen."),
    Key.FILE_TOO_LARGE: N_("The file is too large (more than {limit} MB). Split it, or delete what is not needed."),
    Key.UNKNOWN_FILE: N_("This kind of file cannot be imported. Save it as XLSX or as CSV (UTF-8)."),
    Key.NOT_XLSX: N_(
        "This is not an XLSX file, or it is damaged. Open it in Excel or LibreOffice and save it again as .xlsx."
    ),
    Key.OLD_EXCEL: N_("This is an old Excel file (.xls) or one with a password. Save it as .xlsx, without a password."),
    Key.NOT_UTF8: N_("The text is not UTF-8. When saving, choose “CSV UTF-8 (Comma delimited)”."),
    Key.BAD_CSV: N_(
        "The CSV cannot be read: a quotation mark is opened and not closed properly. Save it as CSV again."
    ),
    Key.MACROS: N_("The file carries macros, which are not taken. Save it as .xlsx, without macros."),
    Key.NOT_FETCHED: N_("The file could not be fetched from Telegram. Please send it again."),
    Key.TOO_MUCH_TO_READ: N_("The file takes too much to read. Split it, or delete what is not needed."),
    Key.NO_SHEET: N_("There is nothing to import. The sheets are called {sheets}."),
    Key.UNKNOWN_SHEET: N_("There is no sheet of this name. Rename it, or delete it; the sheets are called {sheets}."),
    Key.SHEET_TWICE: N_("This sheet is there more than once. Leave only one of them."),
    Key.TOO_MANY_ROWS: N_("The sheet has more than {limit} filled rows. Import it in several parts."),
    Key.NO_HEADER: N_("The first row must hold the names of the columns: {columns}."),
    Key.MISSING_COLUMN: N_("This column is missing. Add it to the first row, written exactly like this."),
    Key.UNKNOWN_COLUMN: N_("There is no column of this name. Rename it, or delete it; the columns are {columns}."),
    Key.COLUMN_TWICE: N_("This column is there twice. Leave only one of them."),
    Key.UNNAMED_COLUMN: N_("Column number {place} has contents but no name in the first row. Name it, or clear it."),
    Key.EMPTY: N_("This cell is empty and must be filled. In merged cells only the first one counts: unmerge them."),
    Key.TOO_LONG: N_("The text has {length} characters; shorten it to {limit} at most."),
    Key.BAD_CHARACTER: N_("The text holds a character that cannot be shown. Type the text anew."),
    Key.EXCEL_ERROR: N_("The cell shows the error {value}. Correct its formula, or type the value."),
    Key.EXCEL_DATE: N_("Excel has made “{value}” of what was typed here. Format the column as text and type it again."),
    Key.FORMULA_WITHOUT_VALUE: N_(
        "The formula has not been calculated. Open the file in Excel and save it, or type the value."
    ),
    Key.BAD_NUMBER: N_(
        "“{value}” is not a number. Write digits only, for example 1250 or 1250,5 – without unit, Rp or %."
    ),
    Key.AMBIGUOUS_NUMBER: N_("“{value}” can be read in two ways. Write {whole} or {decimal}."),
    Key.TOO_MANY_DECIMALS: N_("“{value}” has more than {limit} decimals. Round it."),
    Key.NOT_WHOLE: N_("“{value}” must be a whole number."),
    Key.NOT_POSITIVE: N_("“{value}” must be more than 0. Leave out what is not owed."),
    Key.OUT_OF_RANGE: N_("“{value}” must be from {first} to {last}."),
    Key.BAD_DATE: N_("“{value}” is not a date from 2000 to 2099. Write year-month-day, for example 2026-01-31."),
    Key.BAD_TIME: N_("“{value}” is not a time of day. Write HH:MM, for example 15:30."),
    Key.OUTSIDE_HOURS: N_("At “{value}” nobody is written to. Write a time from {first} on and before {last}."),
    Key.BAD_ZONE: N_("“{value}” is not a time zone. Write WIB, WITA or WIT, or a name such as Asia/Makassar."),
    Key.BAD_CHOICE: N_("“{value}” is not possible here. Write one of these: {choices}."),
    Key.BAD_NIP: N_("A NIP has {wanted} digits and nothing else; “{value}” has {length} characters."),
    Key.NIP_LOST_DIGITS: N_(
        "Excel has kept this NIP as a number ({value}) and lost its last digits. "
        "Format the column as text and type or paste the NIPs again."
    ),
    Key.TWICE: N_("“{value}” stands in row {first} already. Delete one of the two rows, or correct it."),
    Key.ONE_AGENCY: N_("“{value}” is a second agency. Import one agency at a time."),
    Key.AGENCY_DIFFERS: N_("The file is for the agency {value}, but {wanted} was asked for. Choose one of the two."),
    Key.NO_AGENCY: N_("There is no agency yet. Add the sheet instansi with the columns kode and nama."),
    Key.WHICH_AGENCY: N_(
        "There are several agencies: {codes}. Say which one with --agency KODE, or add the sheet instansi."
    ),
    Key.UNKNOWN_AGENCY: N_(
        "There is no agency {value}; there are {codes}. Correct the code, or add the sheet instansi."
    ),
    Key.UNKNOWN_UNIT: N_("There is no unit {value}. Add it to the sheet unit, or correct the code."),
    Key.UNKNOWN_PERSON: N_(
        "There is nobody with the NIP {value}. Add the person to the sheet pegawai, or correct the NIP."
    ),
    Key.UNKNOWN_PARENT: N_(
        "There is no target with the code {value}. Add it to the sheet target, or correct the code."
    ),
    Key.AMBIGUOUS_PARENT: N_(
        "{count} targets have the code {value} (of {holders}). Give the one that is meant a code of its own."
    ),
    Key.CYCLE: N_("This leads round in a circle: {path}. Correct one of these rows."),
    Key.ONE_HOLDER: N_("A target belongs to a person or to a unit. Fill exactly one of the columns nip and unit."),
    Key.ENDS_BEFORE_START: N_("The end ({ends_on}) lies before the start ({starts_on}). Correct one of the two dates."),
    Key.ABSENCES_OVERLAP: N_(
        "From {starts_on} to {ends_on} this person is away already ({other}). Correct one of the two."
    ),
    Key.DEPUTY_SELF: N_("Nobody stands in for themselves. Write the NIP of somebody else, or leave it empty."),
    Key.NO_WORKDAYS: N_("From {starts_on} to {ends_on} the unit has no workday. Make the period longer."),
    Key.MILESTONE_NOT_100: N_(
        "A target in percent is a milestone and is reached at 100, not at {value}. "
        "Write 100 and put the figure into the indicator, or count something else."
    ),
    Key.MEASURE_IN_USE: N_(
        "Output has been reported in “{used}” already, so it cannot become “{value}”. "
        "Keep the unit, or give the target a new code."
    ),
}


def word(problem: Problem, words: Words) -> str:
    """`pegawai, row 12, column nip: …` – a plain line for a terminal or a message."""
    values = {name: _shown(value, words) for name, value in problem.values.items()}
    sentence = words.plain(SENTENCES[problem.key], **values)
    if problem.values.get("nearest"):
        sentence += " " + words.plain("Was “{nearest}” meant?", **values)
    return f"{_place(problem, words)}: {sentence}"


def _place(problem: Problem, words: Words) -> str:
    parts = [problem.sheet]
    if problem.row is not None:
        parts.append(words.plain("row {row}", row=problem.row))
    if problem.column is not None:
        parts.append(words.plain("column {column}", column=problem.column))
    return ", ".join(parts)


def _shown(value: Any, words: Words) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return words.number(value)
    if isinstance(value, list | tuple):
        separator = " → " if isinstance(value, list) else ", "
        return separator.join(value)
    return str(value)
