"""One line of `harian check`."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    remedy: str = ""
    """What to do; empty when it is in order."""
    is_unknown: bool = False
    """It could not be looked at."""

    @property
    def is_fine(self) -> bool:
        return not self.remedy and not self.is_unknown

    def line(self) -> str:
        if self.is_unknown:
            return f"??  {self.what}: {self.remedy}"
        return f"NO  {self.what}: {self.remedy}" if self.remedy else f"ok  {self.what}"


def age(span: timedelta) -> str:
    """In the largest unit of which there is at least one."""
    whole = max(int(span.total_seconds()), 0)
    for length, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if whole >= length:
            return f"{whole // length} {unit}"
    return f"{whole} s"
