"""Rows -> a table for a terminal, with wide characters counted as two columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from diag.render.terminal import plain, width

WIDEST_CELL = 60


def render_table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A header, a rule, and a line a row; numbers to the right, long cells cut with an ellipsis."""
    cells = [[_cell(value) for value in row] for row in rows]
    header = [plain(column) for column in columns]
    widths = [max([width(name), *(width(row[i]) for row in cells)]) for i, name in enumerate(header)]
    right = [bool(rows) and all(isinstance(row[i], (int, float)) for row in rows) for i in range(len(header))]
    lines = [_line(header, widths, right), "  ".join("-" * w for w in widths)]
    lines += [_line(row, widths, right) for row in cells]
    return "\n".join(line.rstrip() for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    return "  ".join(_padded(cell, w, r) for cell, w, r in zip(cells, widths, right, strict=True))


def _padded(cell: str, columns: int, right: bool) -> str:
    space = " " * (columns - width(cell))
    return space + cell if right else cell + space


def _cell(value: Any) -> str:
    text = "" if value is None else value.hex() if isinstance(value, bytes) else plain(str(value))
    if width(text) <= WIDEST_CELL:
        return text
    kept, taken = "", 0
    for char in text:
        taken += width(char)
        if taken >= WIDEST_CELL:
            break
        kept += char
    return kept + "…"
