"""What a database is made of, written into it by the build, so that `diag check --database` recognises a damaged file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from diag import schema

Row = dict[str, Any]


def manifest_of(tables: dict[str, list[Row]]) -> dict[str, str]:
    """Key -> value: rows and digest of each table, the schema's version, the newest date of a source, and a digest of all that."""
    info = {f"rows:{table}": str(len(rows)) for table, rows in tables.items()}
    info |= {f"sha256:{table}": digest(rows) for table, rows in tables.items()}
    info["schema_version"] = str(schema.SCHEMA_VERSION)
    info["newest_check"] = max((row["checked"] for row in tables.get("sources", ())), default="")
    info["content"] = digest([info])
    return info


def digest(rows: Iterable[Row]) -> str:
    """A SHA-256 over rows, whatever the order of rows and columns."""
    total = 0
    for row in rows:
        total ^= int.from_bytes(hashlib.sha256(repr(sorted(row.items())).encode()).digest(), "big")
    return f"{total:064x}"
