"""Until when something is possible: always with the weekday and the zone."""

from datetime import date

from handlers.texts import Words

ZONES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def end_of(w: Words, day: date, zone: str) -> str:
    """`Sabtu, 5 Desember 2026, pukul 24.00 WIB`; `zone` is an IANA name."""
    return w.plain("{day}, 24:00 {zone}", day=w.day(day), zone=ZONES.get(zone, zone))
