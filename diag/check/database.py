"""Is a database what its build wrote? Compared with the manifest that the build left in it."""

from __future__ import annotations

import sqlite3

from diag.errors import DatabaseDamaged
from diag.manifest import digest
from diag.schema import TABLES
from diag.store import Store

# The build writes these about the others.
_UNLISTED = frozenset(("build_info", "search_documents"))


def check_database(store: Store) -> list[str]:
    """A line for everything in a database that its build did not write so; empty for a whole one."""
    try:
        lines = [f"SQLite says: {row['integrity_check']}" for row in store.rows("PRAGMA integrity_check") if row["integrity_check"] != "ok"]
        info = store.build_info()
        for table in TABLES:
            if table not in _UNLISTED and f"sha256:{table}" in info:
                rows = store.rows(f"SELECT * FROM {table}")  # noqa: S608  # a name of our schema
                if digest(rows) != info[f"sha256:{table}"]:
                    lines.append(f"{table}: {len(rows)} rows, but not those that were built")
        manifest = {key: value for key, value in info.items() if key != "content"}
        if digest([manifest]) != info.get("content"):
            lines.append("build_info: the manifest itself was changed")
        return lines + _search_index(store)
    except DatabaseDamaged as error:
        return [str(error)]


def _search_index(store: Store) -> list[str]:
    """Whether the search index is sound; FTS5 checks itself only on a database that may be written, so a copy in memory is."""
    copy = sqlite3.connect(":memory:")
    try:
        store.connection.backup(copy)
        copy.execute("INSERT INTO search_index (search_index) VALUES ('integrity-check')")
    except sqlite3.Error as error:
        return [f"search_index: {error}"]
    finally:
        copy.close()
    return []
