"""What was measured, printed as one table at the end of the run."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """`figure` None: not measured. With `at_least` or `at_most` it is a target, which the table compares."""

    what: str
    who: str
    figure: float | None
    note: str = ""
    at_least: float | None = None
    at_most: float | None = None
    digits: int = 0

    def judgement(self) -> str:
        if self.figure is None or (self.at_least is None and self.at_most is None):
            return ""
        reached = self.figure >= self.at_least if self.at_least is not None else self.figure <= (self.at_most or 0)
        sign, bound = ("≥", self.at_least) if self.at_least is not None else ("≤", self.at_most)
        return f"{sign} {bound:,g}: {'reached' if reached else 'NOT reached'}"


ROWS: list[Row] = []


def row(one: Row) -> None:
    ROWS.append(one)
    print("\n" + " · ".join(cells(one)), end="", flush=True)


def cells(one: Row) -> tuple[str, str, str, str, str]:
    figure = "—" if one.figure is None else f"{one.figure:,.{one.digits}f}"
    return one.what, one.who, figure, one.judgement(), one.note


def table() -> str:
    """In Markdown, as it stands in docs/performance.md."""
    lines = [("measure", "", "figure", "target", ""), ("---", "---", "--:", "---", "---"), *map(cells, ROWS)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
