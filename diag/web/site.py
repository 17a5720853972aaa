"""The site's own pages: a request -> a response. No framework: what is asked for is a path, a few arguments and a language."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Hashable
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from diag.ask import now
from diag.model import Lang
from diag.store import Store
from diag.web import assets
from diag.web.links import ServedLinks
from diag.web.pages import HOUR, MOMENT, ROUTES, Page
from diag.web.present import Visit
from diag.web.remembering import Kept, RememberingStore, Views
from diag.web.templating import frame, render
from diag.web.wording import tell

YEAR = 31_536_000
# Bytes, compressed, of answers that were just given; and the longest question whose answer is among them.
_KEPT_BYTES, _LONGEST_KEPT = 4 * 1024 * 1024, 200
# Views of fixes and channels, with their HTML; each has some kilobytes.
_MOST_VIEWS = 2_000
# Arguments that a page takes, beside its language; others are not handed on in its links.
_ARGUMENTS = frozenset(("q", "all", "topic", "region", "limit"))

HTML, JSON, TEXT = "text/html; charset=utf-8", "application/json; charset=utf-8", "text/plain; charset=utf-8"


class Request(NamedTuple):
    """What a visitor asks for: a decoded path below the base, without its leading slash."""

    path: str
    arguments: dict[str, str]
    accepts: str = ""
    origin: str = "http://localhost"


class Response(NamedTuple):
    """What the visitor gets. `keep` is how many seconds a cache may keep it; `varies`: whether the language was taken from the request."""

    status: int
    body: bytes
    kind: str = HTML
    keep: int = HOUR
    location: str = ""
    varies: bool = False


def language(named: str, accepts: str) -> Lang:
    """The language that is named, else the better liked of the two in an Accept-Language header, else Chinese."""
    if named in ("zh", "en"):
        return "en" if named == "en" else "zh"
    return _liked(accepts[:200])


@lru_cache(maxsize=256)
def _liked(accepts: str) -> Lang:
    liked: dict[str, float] = {}
    for part in accepts.lower().split(","):
        tag, _, weight = part.strip().partition(";q=")
        digits = weight.strip()
        liked.setdefault(tag.partition("-")[0].strip(), float(digits) if digits.replace(".", "", 1).isdecimal() else 1.0)
    return "en" if liked.get("en", 0) > liked.get("zh", 0) else "zh"


class Site:
    """The pages over one database file. Safe to call from several threads: each opens the file once for itself."""

    def __init__(self, path: str, base: str = "/", sql: bool = True, clock: Callable[[], datetime] = now) -> None:
        self.path, self.base, self.sql = path, base, sql
        self._clock = clock
        self._files = assets.contents()
        self.versions = assets.versions(self._files)
        self._mine = threading.local()
        self._kept = Kept(_KEPT_BYTES)
        self._views = Views(_MOST_VIEWS)
        langs: tuple[Lang, ...] = ("zh", "en")
        self._links = {(lang, named): ServedLinks(base, lang, named, self.versions) for lang in langs for named in (True, False)}
        self.columns = self.store.columns()
        self.store.close()
        del self._mine.store

    @property
    def store(self) -> Store:
        """This thread's connection."""
        found: Store | None = getattr(self._mine, "store", None)
        if found is None:
            found = self._mine.store = RememberingStore(self.path)
        return found

    def knows(self, path: str) -> bool:
        """Whether a path below the base is one of this site's own."""
        first = path.partition("/")[0]
        return first.removesuffix(".json") in ROUTES or path in self._files or path in _OTHERS

    def respond(self, request: Request) -> Response:
        """The page, file or JSON at a path that `knows`; 404 where nothing is there."""
        if request.path in self._files:
            return Response(200, self._files[request.path], assets.kind_of(request.path), YEAR if "v" in request.arguments else HOUR)
        if request.path in _OTHERS:
            return _OTHERS[request.path](self, request)
        moment = self._clock()
        response = self._answer(request, moment)
        if response.status == 200 and len(request.path) + sum(map(len, request.arguments.values())) <= _LONGEST_KEPT:
            span = None if response.keep > MOMENT else int(moment.timestamp()) // 60
            self._kept.put(self._key(request), span, _packed(response))
        return response

    def is_light(self, request: Request) -> bool:
        """Whether a page is made faster than it is handed to another thread: a known code or another record by its id."""
        name, _, record_id = request.path.removesuffix(".json").partition("/")
        return name in ("symptom", "emergency") or (name == "lookup" and self.store.code(record_id) is not None)

    def kept(self, request: Request) -> Response | None:
        """The answer that was given to the same question before, where it still holds; at once, for it needs no database."""
        found = self._kept.get(self._key(request), int(self._clock().timestamp()) // 60)
        return _unpacked(found) if found else None

    def _key(self, request: Request) -> Hashable:
        lang = language(request.arguments.get("lang", ""), request.accepts)
        return request.path, tuple(sorted(request.arguments.items())), lang, request.origin

    def _answer(self, request: Request, moment: datetime) -> Response:
        named = request.arguments.get("lang", "") in ("zh", "en")
        visit = self.visit(request, moment)
        wants_json = request.path.endswith(".json")
        name, _, record_id = request.path.removesuffix(".json").partition("/")
        route = ROUTES.get(name)
        page = None
        if route and (route[1] is None or route[1] == bool(record_id)):
            page = route[0](visit, record_id)
        if page is None:
            return self.refusal(404, "not-found", request, wants_json)
        status = 200 if page.found or name in ("search", "contact") else 404
        keep = page.keep if status == 200 else min(page.keep, 60)
        if wants_json:
            return Response(status, as_json(page), JSON, keep, varies=not named)
        if page.elsewhere:
            return Response(303, b"", HTML, keep, location=page.elsewhere, varies=not named)
        return Response(status, self.html(visit, page, name, record_id, request.origin), HTML, keep, varies=not named)

    def visit(self, request: Request, moment: datetime) -> Visit:
        """What a page is made for."""
        named = request.arguments.get("lang", "")
        lang = language(named, request.accepts)
        links = self._links[lang, named in ("zh", "en")]
        return Visit(self.store, lang, links, moment, moment, request.arguments, self.sql, self._views)

    def html(self, visit: Visit, page: Page, name: str, record_id: str, origin: str) -> bytes:
        """A page laid out."""
        given = {key: value for key, value in visit.arguments.items() if key in _ARGUMENTS}
        place = "" if name == "index" else name
        context = frame(visit.lang, visit.links) | {
            "title": page.title,
            "summary": page.view.get("summary") or tell("promise", visit.lang),
            "page": page.view,
            "name": place,
            "query": visit.arguments.get("q", page.view.get("query", "")),
            "json_link": visit.links.json(place, record_id, **given),
            "other": visit.links.in_language("en" if visit.lang == "zh" else "zh", place, record_id, **given),
            "here": origin + visit.links.in_language(visit.lang, place, record_id, **given),
            "origin": origin,
            "served": visit.at is not None,
        }
        return render(page.template, context)

    def refusal(self, status: int, why: str, request: Request, wants_json: bool = False, said: str = "") -> Response:
        """A page that says what is wrong, in the visitor's language; `said` replaces the sentence under `why`."""
        visit = self.visit(request, self._clock())
        text = said or tell(why, visit.lang)
        if wants_json:
            return Response(status, json.dumps({"ok": False, "error": text, "status": status}, ensure_ascii=False).encode(), JSON, 60, varies=True)
        page = Page("refusal", text, [], {"status": status, "text": text, "means": tell("not-found-means", visit.lang), "query": ""})
        return Response(status, self.html(visit._replace(arguments={}), page, "", "", request.origin), HTML, 60, varies=True)

    def health(self, _request: Request) -> Response:
        """200 while the database can be read, for load balancers."""
        self.store.rows("SELECT 1 FROM build_info LIMIT 1")
        return Response(200, b"ok\n", TEXT, 0)


def as_json(page: Page) -> bytes:
    """What the command prints for the same question; an array where that is several lines."""
    value = page.json if page.many or len(page.json) > 1 else page.json[0]
    text = json.dumps(value, ensure_ascii=False)
    return text.encode("utf-8") if text.isprintable() else json.dumps(value).encode()


def _packed(response: Response) -> bytes:
    head = f"{response.status}\n{response.kind}\n{response.keep}\n{response.location}\n{int(response.varies)}\n"
    return head.encode() + response.body


def _unpacked(kept: bytes) -> Response:
    status, kind, keep, location, varies, body = kept.split(b"\n", 5)
    return Response(int(status), body, kind.decode(), int(keep), location.decode(), varies == b"1")


_OTHERS: dict[str, Callable[[Site, Request], Response]] = {
    "healthz": Site.health,
    "robots.txt": lambda site, request: Response(200, assets.robots(request.origin, site.base), TEXT),
    "opensearch.xml": lambda site, request: Response(200, assets.opensearch(request.origin, site.base), "application/opensearchdescription+xml"),
    "sitemap.xml": lambda site, request: Response(200, assets.sitemap(site.store, request.origin, site.base), "application/xml"),
    "favicon.ico": lambda site, _request: Response(200, site._files["icon.svg"], assets.kind_of("icon.svg")),
}
