"""All tables at once, for the migrations and for whoever moves or looks over a whole database.

`models/__init__.py` stays empty, so that the reader loads without SQL.
"""

import importlib
import pkgutil

from sqlmodel import SQLModel

import models

PURE = ("reading", "scoring", "migrations")


def gather_tables() -> None:
    """Import every module of tables."""
    for module in pkgutil.iter_modules(models.__path__):
        if module.name not in PURE:
            importlib.import_module(f"models.{module.name}")


def table_names() -> frozenset[str]:
    gather_tables()
    return frozenset(SQLModel.metadata.tables)
