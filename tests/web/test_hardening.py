"""One test for each advisory and pitfall: closed here, and seen to be open in stock Datasette where this version of it still is."""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.web.conftest import Client

INTROSPECTION = ("threads", "databases", "metadata", "versions", "settings", "plugins", "actor")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_only_get_and_head_come_in(site: Client, method: str) -> None:
    """Refused before anything of the body is read."""
    answer = site.get("/diag/codes", method=method, body=b"x" * 100, content_type="application/x-www-form-urlencoded")

    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


def test_stock_lets_other_methods_in(stock: Client) -> None:
    """The test above can fail: stock answers OPTIONS, and reads a form before it says no."""
    assert stock.get("/stock/topics", method="OPTIONS").status == 200


def test_a_large_form_costs_nothing(site: Client, stock: Client) -> None:
    """Not a byte of it is read; stock joins the whole body before it looks at anything."""
    form = {"method": "POST", "body": b"a=" + b"x" * 5_000_000, "content_type": "application/x-www-form-urlencoded", "cookie": "a=b"}

    assert site.get("/diag/codes", **form).read == 0  # type: ignore[arg-type]
    assert stock.get("/stock/codes", **form).read == len(form["body"])  # type: ignore[arg-type]


def test_head_has_no_body(site: Client) -> None:
    """On our pages and on Datasette's."""
    for path in ("/", "/diag/codes", "/lookup/40001", "/diag.json?sql=select+1"):
        answer = site.get(path, method="HEAD")
        assert (answer.status, answer.body) == (200, b"") and answer.headers["content-type"]


@pytest.mark.parametrize(
    "path",
    ["//example.com/", "/\\example.com/", "/\\/example.com/", "///example.com//", "/%5Cexample.com/", "//example.com/%2f..", "/%2F/example.com/"],
)
def test_no_open_redirect(site: Client, path: str) -> None:
    """GHSA-w832-gg5g-x44m, #2429, #2680."""
    answer = site.get(path)

    assert answer.status in (400, 404) and "location" not in answer.headers


def test_stock_redirects_elsewhere(stock: Client) -> None:
    """The test above can fail: a browser takes this Location for another host."""
    assert stock.get("/\\example.com/").headers["location"].startswith("/\\")


@pytest.mark.parametrize("value", ["0", "999999999"])
def test_visitors_set_no_cache(site: Client, stock: Client, value: str) -> None:
    """`_ttl` is dropped; stock obeys it."""
    assert site.get(f"/diag/topics?_ttl={value}").headers["cache-control"] == "max-age=3600"
    assert stock.get(f"/stock/topics?_ttl={value}").headers["cache-control"] in ("no-cache", f"max-age={value}")


def test_visitors_write_no_fts_syntax(site: Client, stock: Client) -> None:
    """`_searchmode=raw` is dropped; stock passes a broken expression on to FTS5."""
    for query in ("NEAR(", '"', "a AND", "*", "{x}:y", "^"):
        assert site.get(f"/diag/search_documents?_search={quote(query)}&_searchmode=raw").status == 200, query
        assert site.get(f"/diag/codes?_search={quote(query)}&_searchmode=raw").status == 200, query

    assert stock.get("/stock/search_index?_search=NEAR(&_searchmode=raw").status == 400


@pytest.mark.parametrize(
    "path",
    [
        "codes?_sort=nope", "codes?_sort_desc=nope", "codes?_facet=nope", "codes?_col=nope", "codes?_nocol=nope", "codes?_size=x", "codes?_size=-1",
        "lookup?_next=x", "codes?_sort=id&_sort_desc=id", "codes.json?_sort=nope", "coverage?_next=%00",
    ],
)  # fmt: skip
def test_what_a_visitor_writes_wrong_is_their_mistake(site: Client, path: str) -> None:
    """400 with a text, never a server error."""
    answer = site.get(f"/diag/{path}")

    assert answer.status == 400 and len(answer.text) > 40


@pytest.mark.parametrize(
    "argument", ["_through=x", "_json=x", "_timelimit=x", "_trace=1", "_context=1", "_facet_size=x", "_facet_array=id", "_facet_date=x"]
)
def test_arguments_that_fail_or_tell_are_dropped(site: Client, argument: str) -> None:
    """The page is the one without them."""
    assert site.get(f"/diag/topics?{argument}").status == 200


@pytest.mark.parametrize(
    "path",
    ["topics?_sort=nope", "topics?_through=x", "topics?_timelimit=x", "codes?_sort=id&_sort_desc=id", "lookup?_next=x", "coverage?_next=%00"],
)
def test_stock_fails_on_them(stock: Client, path: str, capfd: pytest.CaptureFixture[str]) -> None:
    """The tests above can fail: stock answers these with a server error."""
    assert stock.get(f"/stock/{path}").status == 500


def test_hidden_is_closed(site: Client, stock: Client, closed: Client) -> None:
    """The shadow tables of the index and the statistics are not served; stock serves what it hides."""
    for table in ("search_index_data", "search_index_idx", "search_index_docsize", "search_index_config", "sqlite_stat1", "SEARCH_INDEX_DATA"):
        for client in (site, closed):
            for suffix in ("", ".json", ".csv"):
                assert client.get(f"/diag/{table}{suffix}").status in (403, 404), table
    assert stock.get("/stock/search_index_data.json").status == 200


@pytest.mark.parametrize("page", INTROSPECTION)
def test_no_introspection(site: Client, stock: Client, page: str) -> None:
    """What runs here, and where the file lies, is nobody's business; stock tells."""
    for path in (f"/-/{page}", f"/-/{page}.json", f"/%2D/{page}", f"/-%2F{page}", f"/./-/{page}", f"/diag/../-/{page}", f"/-/{page}?x=.json"):
        answer = site.get(path)
        assert answer.status in (400, 404) and "diag.db" not in answer.text, path
    assert stock.get(f"/-/{page}.json").status == 200


@pytest.mark.parametrize("page", INTROSPECTION)
def test_no_introspection_below_a_path(site_below: Client, stock_below: Client, page: str) -> None:
    """With a base_url, both forms are closed; a block that does not know it would miss one."""
    for path in (f"/-/{page}.json", f"/help/-/{page}.json", f"/help//-/{page}.json", f"/help/help/-/{page}.json", f"/help/%2D/{page}.json"):
        assert site_below.get(path).status in (400, 404), path
    assert stock_below.get(f"/help/-/{page}.json").status == 200


@pytest.mark.parametrize(
    "path",
    ["/_internal", "/_memory", "/_internal/databases.json", "/diag.db", "/-/messages", "/-/allow-debug", "/-/permissions", "/-/patterns", "/-/logout",
     "/-/auth-token?token=x", "/-/static/app.css", "/-/static/../app.py", "/-/static-plugins/diag/site.css", "/:memory:",
     "/diag/codes.blob?_blob_column=id",
     "/diag.blob?sql=select+1&_blob_column=1&_blob_hash=x", "/diag/codes.foo", "/diag/-/query"],
)  # fmt: skip
def test_what_is_not_named_is_closed(site: Client, path: str) -> None:
    """Only pages that are meant for people and programs are open."""
    assert site.get(path).status in (400, 404)


@pytest.mark.parametrize(
    "path", ["/stock.db", "/-/messages", "/-/allow-debug", "/-/patterns", "/-/static/app.css", "/stock/codes.blob?_blob_column=id"]
)
def test_stock_opens_them(stock: Client, path: str) -> None:
    """The test above can fail: stock serves the whole file, pages for debugging and a form of its own."""
    assert stock.get(path).status == 200


@pytest.mark.parametrize("path", ["/", "/search?q=x", "/contact", "/diag", "/diag?sql=select+:a", "/diag/codes", "/diag/codes?_search=x", "/nope"])
def test_no_form_holds_a_token(site: Client, path: str) -> None:
    """#918, GHSA-q6j3-c4wc-63vw: a token in a form that is sent with GET ends up in addresses, and from there with others. No page has one,
    and none sets the cookie that goes with it.
    """
    answer = site.get(path)

    assert "csrftoken" not in answer.text and "set-cookie" not in answer.headers
    assert all('method="get"' in form.partition(">")[0] for form in answer.text.split("<form")[1:])


def test_stock_has_tokens_in_forms(stock: Client) -> None:
    """The test above can fail: stock still has a form with a token, on a page that is closed here."""
    answer = stock.get("/-/messages")

    assert "csrftoken" in answer.text and "set-cookie" in answer.headers


def test_the_site_below_a_path_links_within_it(site_below: Client) -> None:
    """Pages, style, tables and redirects."""
    page = site_below.get("/help/lookup/0x8001").text

    assert 'href="/help/site.css' in page and 'href="/help/diag"' in page and 'href="/help/contact"' in page and 'action="/help/search"' in page
    assert site_below.get("/help/search?q=40001").headers["location"] == "/help/lookup/40001"
    assert site_below.get("/help/diag/codes").status == 200 and 'href="/help/diag' in site_below.get("/help/diag/codes").text
    assert site_below.get("/help/healthz").status == site_below.get("/healthz").status == 200


def test_a_cookie_changes_nothing(site: Client, stock: Client) -> None:
    """Cookies and credentials do not reach Datasette, so every response can be cached; stock makes them private."""
    cookies = {"cookie": "ds_actor=x; a=b", "authorization": "Bearer x"}

    for path in ("/", "/lookup/40001", "/diag/topics", "/diag.json?sql=select+1"):
        answer = site.get(path, **cookies)
        assert answer.headers["vary"] in ("Accept-Language",) if "vary" in answer.headers else True
        assert "private" not in answer.headers["cache-control"] and "set-cookie" not in answer.headers
    assert "private" in stock.get("/stock/topics", **cookies).headers["cache-control"]


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=1>', "{{7*7}}", "';--", "javascript:alert(1)"])
def test_nothing_is_reflected(site: Client, text: str) -> None:
    """CVE-2021-32670, #1360, #2359: what stands in the address comes back as text."""
    for path in (
        "/lookup/",
        "/search?q=",
        "/search?all=1&q=",
        "/contact?topic=",
        "/diag/codes?_search=",
        "/diag/codes?_trace=1&x=",
        "/nope/",
        "/diag?sql=",
        "/diag/codes?_sort=",
    ):
        page = site.get(path + quote(text, safe="")).text
        assert "<script>alert" not in page and "<img src=x" not in page and "49<" not in page and 'href="javascript' not in page


def test_identifiers_are_quoted(site: Client) -> None:
    """#2677: a column or table is never taken from the address into SQL."""
    for path in ("/diag/codes?_sort=id]+desc;--", "/diag/codes?a]b=1", "/diag/codes?_facet=id]", '/diag/co"des', "/diag/codes?id]__exact=1"):
        assert site.get(path).status in (200, 400, 404), path


@pytest.mark.parametrize("path", ["/", "/diag/codes", "/diag", "/diag?sql=select+1", "/nope", "/diag/codes?_sort=x", "/diag.json?sql=x", "/site.css"])
def test_every_response_is_guarded(site: Client, stock: Client, path: str) -> None:
    """No page may run script, be framed, be sniffed or tell where the visitor came from; no page needs script or inline style."""
    answer = site.get(path)

    assert "default-src 'none'" in answer.headers["content-security-policy"] and "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff" and answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "<script" not in answer.text and "<style" not in answer.text and " style=" not in answer.text
    assert "content-security-policy" not in stock.get("/stock").headers


@pytest.mark.parametrize(
    "path", ["/" + "a" * 9000, "/search?q=" + "a" * 30_000, "/search?" + "&".join(f"a{n}=1" for n in range(100)), "/diag/codes?" + "x=1&" * 200]
)
def test_long_requests_are_refused(site: Client, path: str) -> None:
    """Before they cost anything."""
    assert site.get(path).status in (400, 414)


@pytest.mark.parametrize("path", ["/stock?sql=select+1&x=" + "a" * 30_000, "/stock?" + "&".join(f"a{n}=1" for n in range(1000))])
def test_stock_answers_long_requests(stock: Client, path: str) -> None:
    """The test above can fail: stock takes them, and repeats them in its page."""
    answer = stock.get(path)

    assert answer.status == 200 and len(answer.body) > len(path)


@pytest.mark.parametrize(
    "text",
    [
        '"',
        '""',
        "*",
        "(",
        "NEAR(",
        "AND",
        "\x00",
        "😀",
        "支",
        'a"b',
        "-",
        "x" * 500,
        "^a",
        "{a}:b",
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        "%",
        "9" * 400,
    ],
)
def test_searching_never_fails(site: Client, text: str) -> None:
    """Nor looking up, whatever it is."""
    written = quote(text, safe="", encoding="utf-8")
    for path in (
        f"/search?q={written}",
        f"/search.json?q={written}",
        f"/lookup/{written}",
        f"/contact?topic={written}",
        f"/diag/codes?_search={written}",
    ):
        assert site.get(path).status in (200, 303, 404), path
    assert site.get("/lookup/%ff%fe%80").status in (200, 404) and site.get("/search?q=%ff%80").status in (200, 303)


def test_the_database_stays_as_it_is(site: Client, database: Path) -> None:
    """Immutable, no side files, same bytes."""
    before = hashlib.sha256(database.read_bytes()).hexdigest()
    site.get("/diag/codes?_search=token")

    assert hashlib.sha256(database.read_bytes()).hexdigest() == before
    assert not [path for path in database.parent.iterdir() if path.name.endswith(("-wal", "-shm", "-journal"))]


def test_other_peoples_datasettes_stay_as_they_are(stock: Client, site: Client) -> None:
    """The plugin is installed with diag; where no diag database is attached, nothing of it shows."""
    site.get("/")
    page = stock.get("/stock/topics")

    assert "site.css" not in page.text and "-/static/app.css" in page.text and stock.get("/lookup/40001").status == 404
