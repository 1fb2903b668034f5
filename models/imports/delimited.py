"""CSV → table."""

import csv
import io

from models.imports.problems import Key, Problem
from models.imports.tables import Table, Unreadable, filled

DELIMITERS = ",;"


def read(name: str, sheet: str, data: bytes) -> Table:
    """UTF-8, with or without a byte order mark; `,` or `;`, whichever the header has more of. Raises: Unreadable."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(Problem(Key.NOT_UTF8, name)) from error
    header = next((line for line in text.splitlines() if line.strip(DELIMITERS + ' "')), text)
    delimiter = max(DELIMITERS, key=header.count)
    try:
        return filled(sheet, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Unreadable(Problem(Key.BAD_CSV, name)) from error
