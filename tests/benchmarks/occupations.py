"""Invented occupations: their targets, and everyday wordings of work that serves each."""

import itertools
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from models.reading import TargetLine

HERE = Path(__file__).parent


class Occupation(NamedTuple):
    """`serves` says for each wording the code of the target that it is work for."""

    name: str
    targets: tuple[TargetLine, ...]
    serves: dict[str, str]


@cache
def occupations() -> tuple[Occupation, ...]:
    parts = (HERE / "occupations.txt").read_text("utf-8").split("# ")[1:]
    return tuple(_occupation(*part.strip().splitlines()) for part in parts)


@cache
def replies() -> tuple[str, ...]:
    """Replies of a day as people type them, from one line to five."""
    return tuple((HERE / "replies.txt").read_text("utf-8").strip().split("\n\n"))


def _occupation(name: str, *lines: str) -> Occupation:
    targets: list[TargetLine] = []
    serves: dict[str, str] = {}
    for line in lines:
        if "|" in line and "{" not in line:
            targets.append(TargetLine(*(part.strip() for part in line.split("|"))))
        else:
            serves |= dict.fromkeys(_spelt_out(line), targets[-1].code)
    return Occupation(name, tuple(targets), serves)


def _spelt_out(pattern: str) -> list[str]:
    """`{a|b} c` → `a c`, `b c`."""
    choices = [part.split("|") for part in re.split(r"[{}]", pattern)]
    return ["".join(words).strip() for words in itertools.product(*choices)]
