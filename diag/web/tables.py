"""Datasette's own pages, made to fit: the search box of a table finds what the site's box finds, best first; ids come with their titles."""

from __future__ import annotations

import json
import re
from typing import Any

from datasette.database import Database
from datasette.filters import FilterArguments
from datasette.utils import tilde_encode
from markupsafe import Markup, escape

from diag.model import Lang
from diag.store import Store
from diag.web.connection import match_query

# Table -> the kind of its records in the search index.
SEARCHABLE = {
    "codes": "code",
    "symptoms": "symptom",
    "messages": "message",
    "fixes": "fix",
    "channels": "channel",
    "playbooks": "playbook",
    "escalations": "escalation",
}
# A table's page shows no more than that, so that ranked results need no second one.
_MOST_FOUND = 100
_FOUND = "diag_found"
_IN, _IN_ORDER = "id in (select value from json_each(:diag_ids))", "id in (select value from json_each(:diag_found))"
_ORDER = re.compile(r" order by [^()']+ limit (\d+)$")

# Column -> the table whose ids it holds, for tables that have titles.
_TITLED = {f"{one}_id": many for one, many in (
    ("catalog", "catalogs"), ("symptom", "symptoms"), ("fix", "fixes"), ("channel", "channels"), ("playbook", "playbooks"),
    ("checklist", "checklists"), ("topic", "topics"), ("source", "sources"), ("pack", "packs"), ("escalation", "escalations"),
)}  # fmt: skip


class RankedDatabase(Database):  # type: ignore[misc]  # datasette has no types
    """A guarded database; one that keeps the order of a search (`search_filter`) instead of that of the primary key."""

    async def execute(self, sql: str, params: Any = None, **options: Any) -> Any:
        """Run a SELECT of Datasette's; see `Database.execute`."""
        if isinstance(params, dict) and _FOUND in params:
            sql = _ORDER.sub(rf" order by instr(:{_FOUND}, json_quote(id)) limit \1", sql)
        return await super().execute(sql, params, **options)

    async def attached_databases(self) -> list[Any]:
        """None: a guarded connection can attach nothing, and does not tell the path of its file."""
        return []


def search_filter(store: Store, table: str, text: str, ranked: bool) -> FilterArguments:
    """What `_search` on a table means: the ids that the search index finds, in its order where no other was asked for."""
    context = {"supports_search": True, "search": text}
    if not text.strip():
        return FilterArguments([], extra_context=context)
    found = json.dumps(store.records_matching(SEARCHABLE[table], match_query(text), _MOST_FOUND), ensure_ascii=False)
    name = _FOUND if ranked else "diag_ids"
    return FilterArguments([_IN_ORDER if ranked else _IN], {name: found}, [f'search matches "{text}"'], context)


def titled_cell(store: Store, base: str, column: str, value: object, lang: Lang) -> Markup | None:
    """An id of another table as a link with that record's title; None where a cell is something else."""
    table = _TITLED.get(column)
    if table is None or not isinstance(value, str):
        return None
    row = store.titles(table, value)
    title = row[f"title_{lang}"] if row else value
    return Markup('<a href="{}diag/{}/{}">{}</a> <small>{}</small>').format(base, table, tilde_encode(value), title, value)


def site_cell(base: str, table: str | None, column: str, value: object) -> Markup | None:
    """The id of a code, symptom or playbook as a link to its page, beside the link to its row."""
    page = {("codes", "id"): "lookup", ("symptoms", "id"): "symptom", ("playbooks", "id"): "emergency"}.get((table or "", column))
    if column in ("code_id", "other_id"):
        page = "lookup"
    if page is None or not isinstance(value, str):
        return None
    from diag.web.links import ServedLinks

    return Markup('<a href="{}">{}</a>').format(ServedLinks(base, "zh", False, {}).to(page, value), escape(value))
