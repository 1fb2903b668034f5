"""`backup`: a file that is complete or not there at all, readable by its owner alone."""

import os
from pathlib import Path

from bot.backups import Failed, postgresql, sqlite
from bot.private_files import OWNER_ONLY, database_file


def write(url: str, target: Path, *, replace: bool) -> int:
    """Copy the database as it is at one moment, also while others write; bytes of the file. Raises: Failed."""
    if target.exists() and not replace:
        raise Failed(f"{target} is there already: give another name, or --replace.")
    part = target.with_name(f"{target.name}.part")
    source = database_file(url)
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
        if source is not None:
            sqlite.copy_out(source, part)
        else:
            postgresql.dump(url, part)
        _to_disk(part)
        part.replace(target)
        _to_disk(target.parent)
    except OSError as error:
        raise Failed(f"{target} cannot be written: {error.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)
    return target.stat().st_size


def _to_disk(path: Path) -> None:
    """A power cut after this leaves it as it is."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
