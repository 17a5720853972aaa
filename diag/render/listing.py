"""Rows with an id and a title -> a line each."""

from __future__ import annotations

from diag.contracts import Row
from diag.model import Lang
from diag.render.terminal import Style, plain, width


def render_listing(rows: list[Row], lang: Lang, style: Style) -> str:
    """The ids in a column, the titles beside them."""
    ids = [plain(row["id"]) for row in rows]
    widest = min(max(map(width, ids), default=0), 40)
    return "\n".join(
        f"{style.paint(record_id, 'code')}{' ' * max(widest - width(record_id), 0)}  {plain(row[f'title_{lang}'])}"
        for record_id, row in zip(ids, rows, strict=True)
    )
