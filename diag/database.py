"""Opening the database that an answer comes from: found, built at first use, and compared with the data files in a checkout."""

from __future__ import annotations

import os
import sys

from diag import paths
from diag.render.terminal import plain, write
from diag.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def _to_stderr(line: str) -> None:
    write(sys.stderr, f"diag: {plain(line)}")


def open_store(named: str | None, notice: Callable[[str], None] = _to_stderr) -> Store:
    """The database that was named, or the default one, which is built where it is missing.

    `notice` is told when a database is being built, and when data files of a checkout are newer than their database. Raises what
    `Store` raises, and DataProblems where it cannot be built.
    """
    path = named or os.environ.get("DIAG_DB")
    if path:
        return Store(path)
    path = paths.default_database()
    if not os.path.exists(path):
        _build(path, notice)
    elif paths.in_checkout() and paths.newest_change(paths.data_folder()) > os.path.getmtime(path):
        notice(f"data files are newer than {path}; run `diag build`")
    return Store(path)


def _build(path: str, notice: Callable[[str], None]) -> None:
    from pathlib import Path

    from diag.build import build

    notice(f"building {path} from the data files, once")
    build(Path(paths.data_folder()), Path(path))
