"""Read-only SQL over the database, by construction: an immutable file, an authorizer that only lets statements read, one statement."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

from diag.errors import QueryRefused
from diag.guard import authorize
from diag.store import Store

SECONDS = 30.0
# How many virtual machine instructions of SQLite run between two looks at the clock.
_INSTRUCTIONS = 10_000


class Result(NamedTuple):
    """The names of the columns, and the rows as they come."""

    columns: list[str]
    rows: Iterator[tuple[Any, ...]]


def query(store: Store, sql: str, seconds: float = SECONDS) -> Result:
    """Run one reading statement.

    Raises QueryRefused, at once or while rows are read, where the statement would do more than read, does not parse, is not one
    statement, or takes longer than `seconds`.
    """
    deadline = time.monotonic() + seconds
    connection = store.connection
    connection.set_authorizer(authorize)
    connection.set_progress_handler(lambda: time.monotonic() > deadline, _INSTRUCTIONS)
    try:
        cursor = connection.execute(sql)
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        raise _refusal(error) from None
    if cursor.description is None:
        raise QueryRefused("that is not a query", "write one SELECT")
    return Result([column[0] for column in cursor.description], _rows(cursor))


def _rows(cursor: sqlite3.Cursor) -> Iterator[tuple[Any, ...]]:
    try:
        yield from cursor
    except (sqlite3.Error, ValueError) as error:
        raise _refusal(error) from None


def _refusal(error: Exception) -> QueryRefused:
    text = str(error)
    if "not authorized" in text or "prohibited" in text or "readonly" in text:
        return QueryRefused(f"refused: {text}", "this database is read only; write a SELECT")
    if "interrupted" in text:
        return QueryRefused("the query took too long", "select less")
    return QueryRefused(text, "`diag list tables` shows the tables")
