"""Writing a result so that it is there whole or not at all, and never in place of an earlier one."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from digest.errors import OutputError

_MOST_NAMES = 10_000
_UNFINISHED = re.compile(r"\..*-[0-9a-f]{8}\.part")
_LEFT_OVER = 60 * 60
"""Seconds after which an unfinished file is nobody's any more."""

_CURES = {
    errno.ENOSPC: "the disk is full. Free some space",
    errno.EDQUOT: "your quota on this disk is used up. Free some space",
    errno.EROFS: "the disk can only be read. Choose another folder",
    errno.EACCES: "you may not write to that folder. Choose another one",
    errno.EPERM: "you may not write to that folder. Choose another one",
    errno.ENOENT: "the folder is not there. Create it or choose another one",
    errno.ENOTDIR: "what is named as its folder is a file. Choose a folder",
    errno.ENAMETOOLONG: "the name is too long. Choose a shorter one",
}


def free_name(target: Path, also: Sequence[str] = ()) -> Path:
    """`target`, else the first of `name-2`, `name-3` ... that is free.

    A name is free when neither it nor the same name with one of the endings `also` (".json") exists, so that files
    that belong together get one name.
    """
    return next(
        name for name in _names(target) if not any(name.with_suffix(ending).exists() for ending in (name.suffix, *also))
    )


def write_bytes(target: Path, data: bytes, overwrite: bool) -> Path:
    """Write `data` to `target` and return the path that it got.

    The bytes go to a temporary file in the same folder, to the disk, and then under their name in one step. Where
    `target` exists and `overwrite` is false, or where another program holds it open, the next free name is taken.
    Raises OutputError when nothing can be written, the temporary file removed.
    """
    temporary = target.with_name(f".{target.stem[:80]}-{secrets.token_hex(4)}.part")
    _remove_left_over(target.parent)
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        return _move(temporary, target, overwrite)
    except OSError as error:
        cure = _CURES.get(error.errno or 0, f"{error.strerror or error}. Check the disk and the folder")
        raise OutputError(f"{target} could not be written: {cure}, and run again.") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _remove_left_over(folder: Path) -> None:
    """Remove the unfinished files of runs that were killed: no run takes so long to write one."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if _UNFINISHED.fullmatch(path.name) and time.time() - path.stat().st_mtime > _LEFT_OVER:
                path.unlink(missing_ok=True)


def _move(temporary: Path, target: Path, overwrite: bool) -> Path:
    if overwrite:
        try:
            temporary.replace(target)
        except PermissionError:
            # Word holds the file open (Windows). A folder that may not be written to fails again below.
            pass
        except IsADirectoryError:
            pass
        else:
            return target
    for name in _names(target):
        try:
            _take(temporary, name)
        except FileExistsError:
            continue
        except PermissionError:
            if name.exists():
                continue
            raise
        return name
    raise OSError(errno.EEXIST, "there are too many files of that name")


def _take(temporary: Path, name: Path) -> None:
    """Give the file its name unless another has it: two runs at the same time must not replace each other's file."""
    try:
        os.link(temporary, name)  # in one step: a program that is killed leaves no empty file of that name
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # a file system without links, such as that of a memory stick
        name.open("xb").close()
        try:
            temporary.replace(name)
        except OSError:
            name.unlink(missing_ok=True)
            raise


def _names(target: Path) -> Iterator[Path]:
    yield target
    for number in range(2, _MOST_NAMES):
        yield target.with_name(f"{target.stem}-{number}{target.suffix}")


def make_folder(folder: Path) -> None:
    """Make the folder for results if it is missing. Raises OutputError when it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        cure = _CURES.get(error.errno or 0, f"{error.strerror or error}. Choose another folder with --out")
        raise OutputError(f"The folder {folder} could not be made: {cure}, and run again.") from error
