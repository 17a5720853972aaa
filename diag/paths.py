"""Where the data files and the database are. Light to import: every look-up passes here."""

from __future__ import annotations

import os

DATABASE = "diag.db"
_PACKAGE = os.path.dirname(os.path.abspath(__file__))


def data_folder() -> str:
    """The folder of the built-in packs: inside the installed package, or beside it in a checkout."""
    installed = os.path.join(_PACKAGE, "db")
    return installed if os.path.isdir(installed) else os.path.join(os.path.dirname(_PACKAGE), "db")


def in_checkout() -> bool:
    """Whether the data files are those of a checkout, which people edit."""
    return not data_folder().startswith(_PACKAGE + os.sep)


def default_database() -> str:
    """Where the database is looked for when nobody names one: beside the data files, or else in the user's cache."""
    beside = os.path.join(data_folder(), DATABASE)
    if os.path.exists(beside) or os.access(data_folder(), os.W_OK):
        return beside
    return os.path.join(_cache_folder(), DATABASE)


def _cache_folder() -> str:
    base = os.environ.get("LOCALAPPDATA") if os.name == "nt" else os.environ.get("XDG_CACHE_HOME")
    return os.path.join(base or os.path.join(os.path.expanduser("~"), ".cache"), "diag")


def newest_change(folder: str) -> float:
    """When a data file below a folder last changed, or one came or went, as a Unix time; the folder itself does not count."""
    newest = 0.0
    with os.scandir(folder) as entries:
        for entry in entries:
            is_folder = entry.is_dir()
            if is_folder or entry.name.endswith((".toml", ".csv")):
                newest = max(newest, entry.stat().st_mtime)
            if is_folder:
                newest = max(newest, newest_change(entry.path))
    return newest
