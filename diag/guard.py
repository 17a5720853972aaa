"""What a stranger's SQL may do: read. One authorizer for the command line and the web.

Deny is the rule; the few actions that a SELECT needs are the exception (https://www.sqlite.org/c3ref/c_alter_table.html).
"""

from __future__ import annotations

import sqlite3

_ALLOWED = frozenset((sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE))

# Functions that reach outside the database, or into its memory.
_REFUSED_FUNCTIONS = frozenset(("load_extension", "readfile", "writefile", "edit", "fts3_tokenizer", "fts5_source_id"))

# Pragmas that only tell something about the schema; Datasette and people read tables with them.
_ALLOWED_PRAGMAS = frozenset(
    ("table_info", "table_xinfo", "table_list", "foreign_key_list", "index_list", "index_info", "index_xinfo", "function_list",
     "data_version", "user_version", "application_id", "page_count", "page_size", "compile_options", "encoding", "schema_version")
)  # fmt: skip


def authorize(action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    """An SQLite authorizer that lets a statement read and do nothing else."""
    if action in _ALLOWED:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION:
        return sqlite3.SQLITE_DENY if (second or "").lower() in _REFUSED_FUNCTIONS else sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA:
        return sqlite3.SQLITE_OK if (first or "").lower() in _ALLOWED_PRAGMAS and not _writes(first, second) else sqlite3.SQLITE_DENY
    # FTS5 declares its tables' shapes through sqlite_master when it opens; nothing is written there in a read-only file.
    if action == sqlite3.SQLITE_UPDATE and first == "sqlite_master":
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _writes(pragma: str | None, argument: str | None) -> bool:
    """Whether a pragma with an argument would set something, rather than name a table."""
    return argument is not None and not (pragma or "").endswith(("_info", "_xinfo", "_list"))
