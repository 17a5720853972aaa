"""Datasette's own pages: described column by column, in the look of the site, with a search box that finds what the site finds."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest

from diag import schema
from diag.store import Store
from diag.web.tables import SEARCHABLE
from tests.conftest import ROOT
from tests.web.conftest import Client

METADATA = json.loads((ROOT / "metadata.json").read_text("utf-8"))
TABLES = METADATA["databases"]["diag"]["tables"]


def test_metadata_describes_the_schema(store: Store) -> None:
    """Every table and view, every column, in both directions; what is closed is described by being closed."""
    columns = store.columns()
    described = {name: set(table["columns"]) for name, table in TABLES.items() if "columns" in table}

    assert described == {name: found for name, found in columns.items() if not name.startswith(("search_index_", "sqlite_"))}
    assert set(schema.TABLES) | set(schema.VIEWS) <= set(described)
    assert all(text.strip() for table in TABLES.values() for text in table.get("columns", {}).values())
    assert all(table["description"] for name, table in TABLES.items() if name in described)


def test_shadow_tables_are_closed(store: Store) -> None:
    """Hidden is not private."""
    for name in store.columns():
        if name.startswith("search_index_"):
            assert TABLES[name] == {"hidden": True, "allow": False}
    assert TABLES["sqlite_stat1"]["allow"] is False


def test_options_name_columns_that_exist(store: Store) -> None:
    """Facets, sort orders, labels, units and sizes."""
    columns = store.columns()
    for name, table in TABLES.items():
        named = [
            *table.get("facets", []),
            *table.get("units", {}),
            *[table[key] for key in ("sort", "sort_desc", "label_column", "fts_pk") if key in table],
        ]
        assert set(named) <= columns.get(name, set()), name
        assert 0 < table.get("size", 50) <= 200
    assert METADATA["title"] and METADATA["license"] and METADATA["source"] and METADATA["description"]


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_table_opens(site: Client, table: str) -> None:
    """As HTML, JSON and CSV, without an error; small enough for a phone."""
    if TABLES[table].get("allow") is False:
        return
    for suffix in ("", ".json", ".csv"):
        answer = site.get(f"/diag/{table}{suffix}")
        assert answer.status == 200, (table, answer.text[:300])
    assert len(site.get(f"/diag/{table}").body) < 150_000


@pytest.mark.parametrize("table", sorted(SEARCHABLE))
def test_search_boxes_are_there(site: Client, table: str) -> None:
    """On each table whose records are in the index."""
    page = site.get(f"/diag/{table}").text

    assert 'name="_search"' in page and "支付" not in page.split("</form>")[0].split("<form")[1]


def test_search_box_uses_the_tokeniser_and_ranks(site: Client, store: Store, stock: Client) -> None:
    """Two Chinese characters find what they stand in, best first, as the index ranks; other orders can still be asked for."""
    from diag.web.connection import match_query

    found = site.get(f"/diag/codes.json?_search={quote('支付')}&_shape=array").json
    ids = [row["id"] for row in found]

    assert ids == store.records_matching("code", match_query("支付"), 100)[: len(ids)] and len(ids) > 5
    assert ids != sorted(ids)
    by_id = [row["id"] for row in site.get(f"/diag/codes.json?_search={quote('支付')}&_shape=array&_sort=id").json]
    assert by_id == sorted(by_id) and len(by_id) == len(ids)
    assert stock.get(f"/stock/codes.json?_search={quote('支付')}").json["filtered_table_rows_count"] > 1000  # stock knows no index


def test_search_box_of_the_index_uses_the_tokeniser(site: Client) -> None:
    """Through Datasette's own search, whose `escape_fts` is ours."""
    assert site.get(f"/diag/search_documents.json?_search={quote('支付失败')}").json["filtered_table_rows_count"] > 0


def test_ids_come_with_titles(site: Client) -> None:
    """On the table, through the label column; on the row, where stock shows the bare id."""
    row = site.get("/diag/codes/wechat~3A40163?_lang=en").text
    source = re.search(r'<a href="/diag/sources/([\w~-]+)">([^<]+)</a> <small>\1</small>', row)

    assert source and source[2] != source[1]
    assert 'href="/lookup/wechat:40163"' in row
    assert re.search(r'<a href="/diag/topics/\w+">[^<]*[一-鿿][^<]*</a>', site.get("/diag/symptoms").text)


def test_percent_encoded_rows_are_found(site: Client) -> None:
    """People write `%3A`; Datasette's own form is `~3A`."""
    answer = site.get("/diag/codes/wechat%3A40163")

    assert (answer.status, answer.headers["location"]) == (302, "/diag/codes/wechat~3A40163")


def test_language_of_tables(site: Client) -> None:
    """`_lang`, since tables have columns named `lang`; filters on those still work."""
    assert '<html lang="en">' in site.get("/diag/topics?_lang=en").text
    assert '<html lang="zh-Hans">' in site.get("/diag/topics").text
    rows = site.get("/diag/code_texts.json?lang=en&_shape=array&_size=5").json
    assert {row["lang"] for row in rows} == {"en"}
