"""Opening a database, and reading rows from it: what `diag.index` and `diag.store` stand on.

Light to import, because every look-up passes here. Nothing here knows what the tables are.
"""

from __future__ import annotations

import os
import sqlite3

from diag.errors import DatabaseDamaged, DatabaseMissing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from diag.contracts import Row

# Written by diag.build into the header of every database, and declared in diag.schema, which a look-up does not import.
APPLICATION_ID = 0x64696167
SCHEMA_VERSION = 1

_BUILD_HINT = "run `diag build` to make it again"


class Reader:
    """An open database.

    Raises DatabaseMissing where there is no file, DatabaseDamaged where it is not a whole diag database of this version; reading a
    row raises DatabaseDamaged where the file turns out to be damaged there.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        if not os.path.isfile(path):
            raise DatabaseMissing(f"there is no database at {path}", _BUILD_HINT)
        escaped = os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
        try:
            self.connection = sqlite3.connect(f"file:{escaped}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            self.connection.execute("PRAGMA cell_size_check = ON")
            pages = self._pragma("page_count") * self._pragma("page_size")
            whole = pages == os.path.getsize(path)
            ours = self._pragma("application_id") == APPLICATION_ID
            version = self._pragma("user_version")
        except sqlite3.Error as error:
            raise DatabaseDamaged(f"{path} is not a database: {error}", _BUILD_HINT) from None
        if not ours:
            raise DatabaseDamaged(f"{path} is a database, but not one of diag", "name another with --db")
        if version != SCHEMA_VERSION:
            raise DatabaseDamaged(f"{path} has schema {version}, this diag reads {SCHEMA_VERSION}", _BUILD_HINT)
        if not whole:
            raise DatabaseDamaged(f"{path} is cut off or damaged", _BUILD_HINT)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def _pragma(self, name: str) -> int:
        value: int = self.connection.execute(f"PRAGMA {name}").fetchone()[0]
        return value

    def rows(self, sql: str, parameters: Sequence[object] | dict[str, object] = ()) -> list[Row]:
        """The rows of a SELECT, as dictionaries."""
        try:
            cursor = self.connection.execute(sql, parameters)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise self._damaged(error) from None

    def _tuples(self, sql: str, parameters: Sequence[object] = ()) -> list[Any]:
        """The rows of a SELECT as tuples, where there are many and their names say nothing."""
        try:
            return self.connection.execute(sql, parameters).fetchall()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise self._damaged(error) from None

    def _row(self, sql: str, parameters: Sequence[object]) -> Row | None:
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def _column(self, sql: str, parameters: Sequence[object] | dict[str, object]) -> list[str]:
        return [next(iter(row.values())) for row in self.rows(sql, parameters)]

    def _damaged(self, why: object) -> DatabaseDamaged:
        return DatabaseDamaged(f"{self.path} is damaged: {why}", _BUILD_HINT)
