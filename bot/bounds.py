"""Bounds on a process that works on what strangers may have made."""

import resource

from bot.pictures import stay_with_parent

SECONDS_AT_MOST = 60
"""Of computing."""
MEMORY_AT_MOST = 3 * 1024**3
"""Bytes of address space, libraries included."""


def bounded() -> None:
    """What asks for more is ended by the system."""
    stay_with_parent()
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_AT_MOST, SECONDS_AT_MOST))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_AT_MOST, MEMORY_AT_MOST))
