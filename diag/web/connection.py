"""What Datasette's connections to the database may do: read, in small bites. Everybody who can reach the site can send SQL.

Three things hold together: limits on every value (`diag.limits`), an authorizer that lets statements read and nothing else (`diag.guard`),
and a budget for what one statement may return. `assert_guarded` proves them on a live connection before the site opens.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from diag.guard import authorize
from diag.limits import LONGEST_VALUE, is_limited, limit
from diag.reader import APPLICATION_ID
from diag.text import tokens

# Bytes, roughly, that one statement may return. A page of the widest table is a tenth of it.
MOST_RETURNED = 512 * 1024
_MOST_WORDS = 32


class Unguarded(RuntimeError):
    """This SQLite or this Datasette does not hold strangers' SQL back, so the site does not open."""


def is_ours(path: str | None) -> bool:
    """Whether a file is a database of diag; one that cannot be read is not."""
    if not path:
        return False
    try:
        with closing(sqlite3.connect(f"{Path(path).resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)
    except sqlite3.Error:
        return False


def match_query(text: object) -> str:
    """An FTS5 query for all words of a text, as the search index has them; never an operator, and never an error."""
    found = dict.fromkeys(tokens(str(text)[:400].encode("utf-8", "replace").decode("utf-8")))
    return " ".join(f'"{token}"' for token in list(found)[:_MOST_WORDS]) or '""'


def guard(connection: sqlite3.Connection) -> None:
    """Hold a connection to what a stranger may do. `escape_fts` is the function that Datasette's search boxes call."""
    connection.create_function("escape_fts", 1, match_query, deterministic=True)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA mmap_size = 0")
    connection.row_factory = _Budget()
    limit(connection)
    connection.set_authorizer(authorize)


class _Budget:
    """A row factory that stops a statement whose rows grow too large together."""

    def __init__(self) -> None:
        self._cursor: sqlite3.Cursor | None = None
        self._left = 0

    def __call__(self, cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> sqlite3.Row:
        if cursor is not self._cursor:
            self._cursor, self._left = cursor, MOST_RETURNED
        self._left -= sum(len(value) if isinstance(value, (str, bytes)) else 8 for value in row)
        if self._left < 0:
            self._left = MOST_RETURNED
            raise sqlite3.OperationalError(f"the result is larger than {MOST_RETURNED} bytes")
        return sqlite3.Row(cursor, row)


# What must fail on a guarded connection, each for its own reason.
_FORBIDDEN = (
    f"SELECT zeroblob({LONGEST_VALUE + 1})",
    "SELECT length(hex(randomblob(300000000)))",
    "ATTACH DATABASE ':memory:' AS other",
    "PRAGMA query_only = 0",
    "DELETE FROM build_info",
    "CREATE TEMP TABLE t (x)",
    "SELECT load_extension('x')",
)


def assert_guarded(connection: sqlite3.Connection) -> None:
    """Raises Unguarded where a connection would do what it must not."""
    if not is_limited(connection):
        raise Unguarded("this SQLite ignores run-time limits; strangers' SQL cannot be bounded here")
    for statement in _FORBIDDEN:
        try:
            connection.execute(statement).fetchall()
        except (sqlite3.Error, OverflowError):
            continue
        raise Unguarded(f"this connection runs what it must refuse: {statement}")
