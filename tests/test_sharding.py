"""Whole agencies can live in databases of their own: every row says whose it is, and no key reaches over to others."""

from sqlalchemy import Table, UniqueConstraint
from sqlmodel import SQLModel

from models.gathering import gather_tables
from tests.crowd import ROOT

gather_tables()
TABLES = SQLModel.metadata.tables
WITHOUT = {
    "agency": "is the agency",
    "inbox": "raw updates, for three days; whose they are is known once they are handled",
    "lease": "of a bot or of the whole process",
    "pulse": "of the whole process",
}
"""Tables without the agency's column, and why."""
NOT_ALWAYS = {"outbox": "messages to strangers"}
ACROSS = {
    ("unit", "chat_id"): "a group belongs to one unit",
    ("employee", "telegram_id"): "an account belongs to one person",
    ("invitation", "token_hash"): "random",
    ("outbox", "key"): "named after ids of the database",
    ("question", "card"): "named after ids of the database",
    ("reply", "chat_id", "message_id"): "of a private chat, which one person has",
    ("upload", "chat_id", "message_id"): "of a private chat, which one person has",
    ("evidence", "chat_id", "message_id", "reference"): "of a private chat, which one person has",
    ("agency", "code"): "of the agency itself",
}
"""Unique keys that do not hang on an agency, and what they hang on instead: they hold within one database."""


def test_every_row_says_whose_it_is() -> None:
    column = {name: table.columns.get("agency_id") for name, table in TABLES.items()}
    assert {name for name, one in column.items() if one is None} == set(WITHOUT)
    assert {name for name, one in column.items() if one is not None and one.nullable} == set(NOT_ALWAYS)
    assert all(
        {key.target_fullname for key in one.foreign_keys} == {"agency.id"} for one in column.values() if one is not None
    )


def test_unique_keys_hang_on_the_agency_or_are_named() -> None:
    found = {
        (name, *(column.name for column in key.columns))
        for name, table in TABLES.items()
        for key in table.constraints
        if isinstance(key, UniqueConstraint) and not _within_an_agency(key)
    }
    assert found == set(ACROSS)


def _within_an_agency(key: UniqueConstraint) -> bool:
    """It has the agency's column, or one that points to a row which has it."""
    tables: list[Table] = [one.column.table for column in key.columns for one in column.foreign_keys]
    return any(table.name == "agency" or "agency_id" in table.columns for table in tables)


def test_the_page_names_the_exceptions() -> None:
    page = (ROOT / "docs" / "scale.md").read_text()
    assert [name for name in (*WITHOUT, *NOT_ALWAYS) if f"`{name}`" not in page] == []
    assert [key for key in ACROSS if f"`{key[0]}` ({', '.join(key[1:])})" not in page] == []
