"""Records in, records out: the contract of ``harian read --jsonl``."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from models.reading.reader import read
from models.reading.types import Item, TargetLine


def read_record(record: dict[str, Any]) -> dict[str, Any]:
    """One record with ``id, received_at, tz, targets, text`` → ``id, intent, activities``.

    Raises KeyError, ValueError or ZoneInfoNotFoundError when the record is not of that form.
    """
    targets = tuple(TargetLine(str(t["code"]), str(t["title"]), t.get("unit")) for t in record.get("targets") or ())
    zone = ZoneInfo(record["tz"])
    received_at = datetime.fromisoformat(record["received_at"])
    if received_at.tzinfo is None:
        received_at = received_at.replace(tzinfo=zone)
    reading = read(record["text"], received_at=received_at, zone=zone, targets=targets)
    return {"id": record["id"], "intent": reading.intent, "activities": [_activity(item) for item in reading.items]}


def _activity(item: Item) -> dict[str, Any]:
    whole = item.quantity is not None and item.quantity == int(item.quantity)
    return {
        "description": item.description,
        "date": item.date.isoformat(),
        "start": item.start.strftime("%H:%M") if item.start else None,
        "end": item.end.strftime("%H:%M") if item.end else None,
        "minutes": item.minutes,
        "quantity": int(item.quantity) if whole and item.quantity is not None else item.quantity,
        "unit": item.unit,
        "target": item.link.target,
    }
