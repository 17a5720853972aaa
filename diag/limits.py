"""What a stranger's SQL may cost: limits of one SQLite connection (https://www.sqlite.org/c3ref/c_limit_attached.html).

A time limit cannot stop a single long opcode such as `hex(zeroblob(400000000))`; a limit on the length of a value does, because the
opcode then fails before it begins. The data keep within the same length, which `diag check` sees to.
"""

from __future__ import annotations

import sqlite3

# Bytes of the longest text, blob or row that a limited connection can read or make.
LONGEST_VALUE = 32 * 1024

LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST_VALUE,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 16 * 1024,
    sqlite3.SQLITE_LIMIT_COLUMN: 64,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 32,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 25_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 16,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 100,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 1_000,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}


def limit(connection: sqlite3.Connection) -> None:
    """Put the limits on a connection."""
    for category, most in LIMITS.items():
        connection.setlimit(category, most)


def is_limited(connection: sqlite3.Connection) -> bool:
    """Whether a connection keeps within the limits."""
    return all(connection.getlimit(category) <= most for category, most in LIMITS.items())
