"""The migrations make exactly the tables of the code, and can be undone, on SQLite and PostgreSQL."""

import pytest
from alembic import command
from sqlalchemy import create_engine, inspect
from sqlmodel import SQLModel

from bot.migrating import config
from models.migrations import tables_of  # placeholder
