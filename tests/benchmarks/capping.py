"""Less than a whole core for a process, so that a small machine can tell whether two do more than one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

PERIOD = 20_000
"""Microseconds; short, so that nobody who waits for the process waits long."""
FIRST, SECOND = Path("/sys/fs/cgroup/cpu"), Path("/sys/fs/cgroup")


class Uncappable(Exception):
    """The kernel, or our rights, do not allow it."""


@contextmanager
def capped(pid: int, share: float) -> Iterator[None]:
    """`share` of one core for a process and its threads. Raises: Uncappable."""
    home = FIRST if FIRST.is_dir() else SECOND
    group = home / f"harian-{uuid4().hex[:8]}"
    quota = int(PERIOD * share)
    try:
        group.mkdir()
        if home is FIRST:
            (group / "cpu.cfs_period_us").write_text(str(PERIOD))
            (group / "cpu.cfs_quota_us").write_text(str(quota))
        else:
            (group / "cpu.max").write_text(f"{quota} {PERIOD}")
        (group / "cgroup.procs").write_text(str(pid))
    except OSError as error:
        raise Uncappable(str(error)) from None
    try:
        yield
    finally:
        (home / "cgroup.procs").write_text(str(pid))
        group.rmdir()
