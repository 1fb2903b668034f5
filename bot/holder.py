"""Who holds a lease: a name that tells, on the same machine, whether its process still lives.

So that after a crash the next process need not wait for the lease to end.
"""

import os
import socket
import uuid
from pathlib import Path


def new() -> str:
    """A name nobody else has: machine, process id, and a random word."""
    return f"{_machine()} {os.getpid()} {uuid.uuid4().hex}"


def is_gone(holder: str) -> bool:
    """Whether that process certainly is not running any more. Of another machine's we cannot tell: False."""
    machine, _, rest = holder.rpartition(" ")[0].rpartition(" ")
    if not machine or machine != _machine() or not rest.isdecimal():
        return False
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _machine() -> str:
    """Host, boot and process-id namespace: process ids mean the same only where all three are equal."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        namespace = os.readlink("/proc/self/ns/pid")
    except OSError:
        return ""
    return f"{socket.gethostname()}/{boot}/{namespace}"
