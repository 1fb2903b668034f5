"""Pieces of a printed document, before it becomes a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import unescape
from typing import TypeAlias

from handlers.screens import TAG

Cell: TypeAlias = str | Decimal | int | None


@dataclass(frozen=True, slots=True)
class Table:
    """`widths` are shares of the page's width; None is an empty cell."""

    title: str
    head: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    title: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Document:
    """Plain text everywhere; `signatures` are (role, name, NIP)."""

    title: str
    subtitle: str
    fields: Sequence[tuple[str, str]]
    parts: Sequence[Table | Lines]
    signatures: Sequence[tuple[str, str, str]]
    page: str
    """The words at the foot of a page, with {n} and {total}."""


def plain_of(html: str) -> str:
    return unescape(TAG.sub("", html))
