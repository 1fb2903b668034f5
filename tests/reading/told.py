"""Read a reply as if Ani in Semarang had sent it on Thursday, 5 November 2026, at four in the afternoon."""

from datetime import datetime
from zoneinfo import ZoneInfo

from models.reading import Item, Reading, TargetLine, read

JAKARTA = ZoneInfo("Asia/Jakarta")
THURSDAY = datetime(2026, 11, 5, 16, 0, tzinfo=JAKARTA)


def told(text: str, *, at: datetime = THURSDAY, targets: tuple[TargetLine, ...] = ()) -> Reading:
    return read(text, received_at=at, zone=JAKARTA, targets=targets)


def descriptions(text: str) -> list[str]:
    return [item.description for item in told(text).items]


def only(text: str, *, at: datetime = THURSDAY) -> Item:
    items = told(text, at=at).items
    assert len(items) == 1, items
    return items[0]
