"""What a process does: all of it, or a part, with others doing the rest on the same database."""

RECEIVE, WORK, SEND, CLOCK = "receive", "work", "send", "clock"
ALL = (RECEIVE, WORK, SEND, CLOCK)


def named(text: str) -> frozenset[str]:
    """The roles of a list such as `receive,work`. Raises: ValueError, with a sentence for whoever wrote it."""
    names = [name for name in text.replace(",", " ").split() if name]
    unknown = [name for name in names if name not in ALL]
    if unknown:
        raise ValueError(f"There is no role {', '.join(unknown)}. Roles are {', '.join(ALL)}.")
    if not names:
        raise ValueError(f"No role is named. Roles are {', '.join(ALL)}.")
    return frozenset(names)
