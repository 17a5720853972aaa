"""The web site, as a plugin of Datasette: the answers as pages, the tables in the same look, both held to what a stranger may do.

Where no database of diag is attached under the name `diag`, the plugin does nothing: other people's Datasettes stay as they are. That is
why the pages stand in `layout/` and not in `templates/`, which Datasette would take up in any case.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from datasette import Response, hookimpl
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Request as DatasetteRequest
from datasette.views.base import DatasetteError
from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from markupsafe import Markup

from diag.web.connection import assert_guarded, guard, is_ours
from diag.web.gate import LANGUAGE, App, Gate
from diag.web.links import ServedLinks
from diag.web.pages import examples
from diag.web.site import Request, Site, language
from diag.web.tables import SEARCHABLE, RankedDatabase, search_filter, site_cell, titled_cell
from diag.web.templating import FOLDER, frame
from diag.web.wording import tell

if TYPE_CHECKING:  # Datasette loads its plugins before this class of it exists
    from datasette.app import Datasette

NAME = "diag"
_SITES: WeakKeyDictionary[Datasette, Site] = WeakKeyDictionary()
# Failures inside Datasette that come from what a visitor wrote, not from us. SystemError is what Python's sqlite3 raises, now and then, for a
# statement that SQLite refused to prepare ("returned NULL without setting an exception").
_VISITORS = (ValueError, KeyError, IndexError, TypeError, OverflowError, SystemError, sqlite3.Error, QueryInterrupted)


def _serves(datasette: Datasette) -> bool:
    """Whether a database of ours is attached."""
    return datasette in _SITES or (NAME in datasette.databases and is_ours(datasette.databases[NAME].path))


def site_of(datasette: Datasette) -> Site:
    """The site over the attached database, made at first use."""
    if datasette not in _SITES:
        database = datasette.databases[NAME]
        _SITES[datasette] = Site(str(database.path), datasette.setting("base_url"), bool(datasette.setting("default_allow_sql")))
    return _SITES[datasette]


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    """Put the gate around Datasette."""

    def wrap(app: App) -> App:
        return Gate(app, lambda: site_of(datasette), datasette.setting("base_url")) if _serves(datasette) else app

    return wrap


@hookimpl(trylast=True)  # after Datasette's own, whose escape_fts is replaced
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Datasette) -> None:
    """Guard every connection to our database; never that to Datasette's own `_internal`, which it writes to."""
    if database == NAME and _serves(datasette):
        guard(conn)


@hookimpl
def startup(datasette: Datasette) -> Callable[[], Any]:
    """Refuse to open unless the limits hold; let table searches keep their order."""

    async def check() -> None:
        if not _serves(datasette):
            return
        site_of(datasette)
        old = datasette.databases[NAME]
        if not isinstance(old, RankedDatabase):
            datasette.remove_database(NAME)
            datasette.add_database(RankedDatabase(datasette, old.path, is_mutable=old.is_mutable), name=NAME)
        await datasette.databases[NAME].execute_fn(assert_guarded)

    return check


@hookimpl(trylast=True)  # after Datasette's own, which finds no index of a table's own
def filters_from_request(request: DatasetteRequest, table: str, database: str, datasette: Datasette) -> Any:
    """Give tables whose records are in the search index a search box."""
    if database != NAME or table not in SEARCHABLE or not _serves(datasette):
        return None
    ranked = not (request.args.get("_sort") or request.args.get("_sort_desc"))
    return search_filter(site_of(datasette).store, table, request.args.get("_search") or "", ranked)


@hookimpl
def render_cell(value: object, column: str, table: str | None, database: str, datasette: Datasette) -> Markup | None:
    """Show ids of other records with their titles, and ids of codes and symptoms as links to their pages."""
    if database != NAME or not _serves(datasette):
        return None
    site = site_of(datasette)
    return titled_cell(site.store, site.base, column, value, LANGUAGE.get()) or site_cell(site.base, table, column, value)


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    """Our layout before Datasette's, with a frame in the first language for pages that are made without telling the request."""
    if _serves(datasette):
        env.loader = ChoiceLoader([FileSystemLoader(FOLDER), *([env.loader] if env.loader else [])])
        env.globals.update(_frame(datasette, None))


@hookimpl
def extra_template_vars(request: DatasetteRequest | None, datasette: Datasette) -> dict[str, Any]:
    """The frame of the site for Datasette's pages, in the visitor's language (`_lang`, since tables have columns named `lang`)."""
    return _frame(datasette, request) if _serves(datasette) else {}


def _frame(datasette: Datasette, request: DatasetteRequest | None) -> dict[str, Any]:
    site = site_of(datasette)
    named = (request.args.get("_lang") or "") if request else ""
    lang = language(named, request.headers.get("accept-language", "") if request else "")
    links = ServedLinks(site.base, lang, named in ("zh", "en"), site.versions)
    other = "en" if lang == "zh" else "zh"
    given = [(key, value) for key in request.args for value in request.args.getlist(key) if key != "_lang"] if request else []
    tables = datasette.metadata("tables", database=NAME) or {}
    return {
        **frame(lang, links),
        "other": _with_arguments(request, [*given, ("_lang", other)]),
        "examples": examples(lang, links) if site.sql else [],
        "described": lambda table: (tables.get(table) or {}).get("description", ""),
    }


def _with_arguments(request: DatasetteRequest | None, given: list[tuple[str, str]]) -> str:
    from urllib.parse import urlencode

    return f"{request.path if request else ''}?{urlencode(given)}"


@hookimpl
def handle_exception(datasette: Datasette, request: DatasetteRequest, exception: Exception) -> Any:
    """What a visitor wrote wrong is their 400 with a clear text, never our 500; every refusal has the look of the site."""
    if not _serves(datasette):
        return None

    async def refuse() -> Response:
        status = getattr(exception, "status", 500)
        if status >= 500 and isinstance(exception, (DatasetteError, *_VISITORS)):
            status = 400
        lang = language(request.args.get("_lang") or "", request.headers.get("accept-language", ""))
        said = str(getattr(exception, "message", "")) if isinstance(exception, DatasetteError) else str(exception) if status < 500 else ""
        said = tell("too-slow", lang) if isinstance(exception, QueryInterrupted) else said
        if status >= 500:
            print(f"diag: {request.path!r}: {exception!r}", file=sys.stderr)  # noqa: T201  # the visitor gets a page, the log the reason
        why = {400: "bad-request", 403: "sql-closed" if "sql" in said.lower() else "not-found", 404: "not-found"}.get(status, "failed")
        text = tell(why, lang) + (f": {said}" if said and status == 400 else "")
        if request.path.partition("?")[0].endswith(".json"):
            return Response.json({"ok": False, "error": text, "status": status, "title": None}, status=status)
        wanted = Request("", {"lang": request.args.get("_lang") or ""}, request.headers.get("accept-language", ""))
        return Response.html(site_of(datasette).refusal(status, why, wanted, said=text).body.decode(), status=status)

    return refuse()
