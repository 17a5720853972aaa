"""The gate before everything: which requests come in, what is taken off them, and what every response carries.

It stands outside Datasette, so that nothing of a request that it refuses is read there: a form's body, for one, is never joined. What is not
named here is not let in; a list of what is forbidden would have to know every page that Datasette has.
"""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

from diag.model import Lang
from diag.web.assets import origin_of
from diag.web.site import Request, Response, Site, language
from diag.web.wording import tell

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

SECURITY = (
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)

# Datasette's pages that are open: the database, a table, a row; HTML, JSON and CSV. Its encoding of ids is plain but for ~ and %.
_OPEN = re.compile(r"diag(\.(json|csv))?|diag/[A-Za-z0-9_~]+(\.(json|csv))?|diag/[A-Za-z0-9_~]+/[A-Za-z0-9_~,%-]+(\.json)?")
# Its arguments that are open. Others that begin with an underscore are dropped: `_ttl` sets a cache, `_searchmode` opens FTS syntax,
# `_through`, `_json`, `_timelimit` and `_trace` fail or tell too much.
_ARGUMENTS = frozenset(
    ("_search", "_sort", "_sort_desc", "_sort_by_desc", "_size", "_next", "_shape", "_nl", "_facet", "_nofacet", "_nocount", "_nosuggest",
     "_labels", "_label", "_col", "_nocol", "_where", "_dl", "_hide_sql", "_show_sql", "_show_hidden", "_header", "_lang",
     "_filter_column", "_filter_op", "_filter_value")
)  # fmt: skip
_COLUMN_ARGUMENTS = frozenset(("_sort", "_sort_desc", "_facet", "_col", "_nocol", "_filter_column"))
_FILTER = re.compile(r"_filter_(column|op|value)_\d{1,2}")
# The language of the request that is being answered, for hooks of Datasette that are not told the request.
LANGUAGE: ContextVar[Lang] = ContextVar("LANGUAGE", default="zh")
_LONGEST_QUERY, _MOST_ARGUMENTS, _MOST_FACETS, _LONGEST_PATH = 24 * 1024, 60, 4, 8 * 1024
# How many requests wait for an answer at a time, on the site's own pages and on Datasette's; more are told to come back.
_WAITING, _WAITING_TABLES = 200, 24
_TAKEN_OFF = frozenset((b"cookie", b"authorization"))
_REPLACED = frozenset((b"vary", b"set-cookie", b"link", *(name for name, _ in SECURITY)))


class Gate:
    """An ASGI application around Datasette's, which answers the site's own pages itself."""

    def __init__(self, app: App, site: Callable[[], Site], base: str) -> None:
        self._app = app
        self._site = site
        self._base = base
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="diag")
        self._waiting = self._waiting_tables = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, answer it, or pass it on to Datasette."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path, arguments = _path_below(scope, self._base), _arguments(scope)
        response = self._refusal(scope, path, arguments)
        if response is None and path is not None and arguments is not None:
            decoded = unquote(path, errors="replace")
            if not self._site().knows(decoded):
                await self._pass_on(scope, path, arguments, receive, send)
                return
            response = await self._answer(_request(decoded, scope, dict(arguments)))
        if response:
            await _send(response, scope["method"], send)

    def _refusal(self, scope: Scope, path: str | None, arguments: list[tuple[str, str]] | None) -> Response | None:
        """What is wrong with a request, or None."""
        status, why, named = 0, "", ""
        if scope["method"] not in ("GET", "HEAD"):
            status, why = 405, "read-only"
        elif path is None or arguments is None:
            status, why = 400, "bad-request"
        elif len(scope.get("query_string", b"")) > _LONGEST_QUERY or len(path) > _LONGEST_PATH:
            status, why = 414, "too-long"
        elif not self._site().knows(unquote(path, errors="replace")):
            named = _unknown_column(path, arguments, self._site().columns)
            if not _OPEN.fullmatch(path):
                status, why = 404, "not-found"
            elif named:
                status, why = 400, "no-column"
            elif self._waiting_tables >= _WAITING_TABLES:
                status, why = 503, "busy"
        if not status:
            return None
        request = _request("", scope, dict(arguments or ()))
        said = tell("no-column", language(request.arguments.get("_lang", ""), request.accepts), name=named[:60]) if named else ""
        return self._site().refusal(status, why, request, (path or "").endswith(".json"), said)

    async def _pass_on(self, scope: Scope, path: str, arguments: list[tuple[str, str]], receive: Receive, send: Send) -> None:
        request = _request("", scope, dict(arguments))
        LANGUAGE.set(language(request.arguments.get("_lang", ""), request.accepts))
        self._waiting_tables += 1
        try:
            await self._app(_cleaned(scope, path, self._base, arguments), receive, _guarded(send, scope["method"]))
        finally:
            self._waiting_tables -= 1

    async def _answer(self, request: Request) -> Response:
        kept = self._site().kept(request)
        if kept:
            return kept
        if self._waiting >= _WAITING:
            return self._site().refusal(503, "busy", request)
        self._waiting += 1
        try:
            if self._site().is_light(request):
                return self._site().respond(request)
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._site().respond, request)
        except Exception as error:  # the visitor gets a page, the log the reason
            print(f"diag: {request.path!r}: {error!r}", file=sys.stderr)  # noqa: T201
            return self._site().refusal(500, "failed", request)
        finally:
            self._waiting -= 1


def _path_below(scope: Scope, base: str) -> str | None:
    """The path as it was sent, percent-encoded, below the base; None where it is none that a browser sends."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode("utf-8", "replace")
    raw = raw.partition(b"?")[0]
    if not raw.isascii():
        raw = re.sub(rb"[\x80-\xff]", lambda m: b"%%%02X" % m[0][0], raw)
    path = raw.decode("ascii")
    if not path.startswith("/") or path.startswith("//") or "\\" in path or any(c < "!" or c == "\x7f" for c in path):
        return None
    if base != "/" and (path.startswith(base) or path + "/" == base):
        path = "/" + path[len(base) :]
    return path[1:]


def _arguments(scope: Scope) -> list[tuple[str, str]] | None:
    try:
        return parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True, errors="replace", max_num_fields=_MOST_ARGUMENTS)
    except ValueError:
        return None


def _unknown_column(path: str, arguments: list[tuple[str, str]], columns: dict[str, set[str]]) -> str:
    """The first argument that names a column which its table does not have; empty where there is none."""
    table = path.removeprefix("diag/").partition("/")[0].removesuffix(".json").removesuffix(".csv")
    known = columns.get(table)
    if known is None:
        return ""
    return next((value for name, value in arguments if name in _COLUMN_ARGUMENTS and value and value not in known), "")


def _request(path: str, scope: Scope, arguments: dict[str, str]) -> Request:
    headers = {name.lower(): value for name, value in scope.get("headers", ())}
    origin = origin_of(scope.get("scheme", "http"), headers.get(b"host", b"").decode("latin-1"))
    return Request(path, arguments, headers.get(b"accept-language", b"").decode("latin-1"), origin)


def _cleaned(scope: Scope, path: str, base: str, arguments: list[tuple[str, str]]) -> Scope:
    """A request for Datasette without what would make the response personal, or open what is closed."""
    kept = [(name, value) for name, value in arguments if not name.startswith("_") or "__" in name or name in _ARGUMENTS or _FILTER.fullmatch(name)]
    facets = [pair for pair in kept if pair[0] == "_facet"][:_MOST_FACETS]
    kept = [pair for pair in kept if pair[0] != "_facet"] + facets
    raw = f"{base}{path}".encode()
    return {
        **scope,
        "method": "GET",
        "path": unquote(raw.decode()),
        "raw_path": raw,
        "query_string": urlencode(kept).encode(),
        "headers": [(name, value) for name, value in scope["headers"] if name.lower() not in _TAKEN_OFF],
    }


def _guarded(send: Send, method: str) -> Send:
    """Datasette's response with our headers, and with nothing in it that is one visitor's."""

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [(name, value) for name, value in message["headers"] if name.lower() not in _REPLACED]
            names = {name.lower() for name, _ in headers}
            if b"cache-control" not in names:
                headers.append((b"cache-control", b"public, max-age=60"))
            message = {**message, "headers": [*headers, (b"vary", b"Accept-Language"), *SECURITY]}
        elif method == "HEAD":
            message = {**message, "body": b""}
        await send(message)

    return guarded


async def _send(response: Response, method: str, send: Send) -> None:
    cache = f"public, max-age={response.keep}" if response.keep else "no-store"
    headers = [
        (b"content-type", response.kind.encode()),
        (b"content-length", str(len(response.body)).encode()),
        (b"cache-control", (cache + ", immutable" if response.keep > 86_400 else cache).encode()),
        *SECURITY,
    ]
    if response.varies:
        headers.append((b"vary", b"Accept-Language"))
    if response.location:
        headers.append((b"location", response.location.encode("ascii")))
    if response.status == 405:
        headers.append((b"allow", b"GET, HEAD"))
    if response.status == 503:
        headers.append((b"retry-after", b"60"))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else response.body})
