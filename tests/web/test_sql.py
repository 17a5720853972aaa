"""Strangers' SQL: open, and bounded by limits that hold. A short form of bench/hostile_web.py."""

from __future__ import annotations

import asyncio
import json
import random
import resource
import sqlite3
from pathlib import Path
from urllib.parse import urlencode

import pytest
from datasette.utils.asgi import Request

from diag.limits import LIMITS
from diag.web import handle_exception
from diag.web.connection import MOST_RETURNED, Unguarded, assert_guarded, guard
from diag.web.serving import datasette_over
from tests.web.conftest import Client
from tests.web.hostile import QUERIES


def _path(sql: str, suffix: str = ".json") -> str:
    return f"/diag{suffix}?{urlencode({'sql': sql})}"


def test_sql_works(site: Client) -> None:
    """On the page and as JSON and CSV, in Chinese too, with parameters, and with the tokeniser of the site."""
    assert site.get(_path("select 41 + 1 as answer")).json["rows"] == [[42]]
    assert "42" in site.get(_path("select 41 + 1", "")).text
    assert site.get(_path("select '支付' as text", ".csv")).text.strip().splitlines() == ["text", "支付"]
    assert site.get(_path("select count(*) from search_index where search_index match escape_fts('支付失败')")).json["rows"][0][0] > 0
    assert site.get(_path("select :a || '!' as x") + "&a=yes").json["rows"] == [["yes!"]]
    assert site.get(_path("select * from pragma_table_info('codes')")).json["rows"]


def test_no_sql_closes_it(closed: Client) -> None:
    """Every way in; the tables stay open."""
    for path in (
        _path("select 42"),
        _path("select 42", ""),
        _path("select 42", ".csv"),
        "/diag/topics?_where=1%3D1",
        "/diag/-/query.json?sql=select+42",
    ):
        answer = closed.get(path)
        assert answer.status in (302, 400, 403, 404) and "42" not in answer.text.replace("sql=select+42", ""), path
    assert closed.get("/diag/topics").status == 200
    assert "sql=" not in closed.get("/").text and "<textarea" not in closed.get("/diag").text


@pytest.mark.parametrize("name", QUERIES)
def test_hostile_sql_is_bounded(site: Client, name: str) -> None:
    """Each is stopped or answered, never a server error, and takes no memory worth speaking of; `bench/hostile_web.py` has the times."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = site.get(_path(QUERIES[name], random.choice(("", ".json", ".csv"))))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before

    assert answer.status in (200, 400, 414) and grown < 60 * 1024, (name, answer.status, grown)
    assert len(answer.body) < 4 * MOST_RETURNED


def test_a_statement_that_python_could_not_explain_is_the_visitors(database: Path, loop: asyncio.AbstractEventLoop) -> None:
    """Under load, sqlite3 answers a refused statement with SystemError instead of its own error; that is a 400, too."""
    error = SystemError("<sqlite3.Connection object> returned NULL without setting an exception")
    refusal = handle_exception(datasette_over(str(database)), Request.fake("/diag.json?sql=select"), error)
    answer = asyncio.run_coroutine_threadsafe(refusal, loop).result(60)

    assert answer.status == 400 and json.loads(answer.body)["ok"] is False


def test_what_comes_back_is_bounded(site: Client) -> None:
    """Many wide rows are refused, however short each value is."""
    wide = ", ".join(f"hex(zeroblob(16000)) as c{n}" for n in range(40))
    answer = site.get(_path(f"with recursive n(x) as (select 1 union all select x + 1 from n) select {wide} from n limit 200"))

    assert answer.status == 400 and "larger" in answer.text


def test_stock_bounds_none_of_it(stock: Client) -> None:
    """The tests above can fail: one opcode of fifty million bytes runs in stock, past every limit of time."""
    answer = stock.get("/stock.json?" + urlencode({"sql": "select length(hex(zeroblob(50000000)))"}))

    assert answer.json["rows"] == [[100_000_000]]


def test_the_limits_are_on_the_connection(database: Path) -> None:
    """A guarded connection has them all; one without is refused at the start."""
    connection = sqlite3.connect(f"file:{database}?immutable=1", uri=True)
    with pytest.raises(Unguarded):
        assert_guarded(connection)
    guard(connection)
    assert_guarded(connection)

    assert all(connection.getlimit(category) <= most for category, most in LIMITS.items())
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 10**9)
    connection.close()


def test_every_row_can_be_read_within_the_limits(database: Path) -> None:
    """No row of any table or view is longer than a guarded connection reads."""
    connection = sqlite3.connect(f"file:{database}?immutable=1", uri=True)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'")]
    guard(connection)
    connection.row_factory = None
    for name in names:
        count = sum(1 for _ in connection.execute(f'SELECT * FROM "{name}"'))
        assert count or name in ("counterparts", "product_words", "search_index"), name
    connection.close()
