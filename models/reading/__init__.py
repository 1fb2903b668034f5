"""Reading a reply written in everyday words: text in, activities out. Pure: no database, no clock, no network."""

from models.reading.reader import read
from models.reading.types import AbsenceSpan, Item, Link, Reading, TargetLine

__all__ = ["AbsenceSpan", "Item", "Link", "Reading", "TargetLine", "read"]
