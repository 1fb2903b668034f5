"""Which links Telegram accepts, in texts and on buttons."""

import re
from urllib.parse import parse_qs, urlsplit

_HOST = re.compile(r"[^\s/@:]+")


def telegram_link(link: str) -> str | None:
    """The link as Telegram keeps it (http assumed, a slash after a bare host), or None where it says Wrong HTTP URL."""
    if re.search(r"\s", link) or not link:
        return None
    if link.startswith("tg://"):
        return link
    address = link if "://" in link else f"http://{link}"
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or "." not in host.strip(".") or not _HOST.fullmatch(host):
        return None
    return f"{address}/" if not parts.path and not parts.query else address


def user_of_link(link: str) -> int | None:
    """The person behind ``tg://user?id=…``."""
    if not link.startswith("tg://user?"):
        return None
    ids = parse_qs(urlsplit(link).query).get("id", [])
    return int(ids[0]) if ids and ids[0].isdigit() else None
