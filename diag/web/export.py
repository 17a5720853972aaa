"""The site as files, for any file host: every answer in both languages, without a server behind them.

Files outlive the moment, so channels show their hours and not whether they are open; there is no box, since nothing could search, and the
way in is by symptom, emergency and catalog. What the pages show is decided where the served ones are made.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from diag.model import LANGS, Lang
from diag.store import Store
from diag.web import assets
from diag.web.links import file_links, file_name
from diag.web.pages import CODES_A_PAGE, ROUTES
from diag.web.present import Visit
from diag.web.remembering import Views
from diag.web.site import as_json
from diag.web.templating import frame, render
from diag.web.wording import tell

_MOST_VIEWS = 2_000


def export(store: Store, folder: Path, now: datetime) -> int:
    """Write the site into a folder, which may hold an older one; returns the count of pages. `now` is for the order of channels alone."""
    count, views = 0, Views(_MOST_VIEWS)
    for name, body in assets.contents().items():
        _write(folder / name, body)
    for lang in LANGS:
        for page, record_id in _addresses(store):
            html, data = _page(store, lang, page, record_id, now, views)
            _write(folder / file_name(lang, page, record_id, "html"), html)
            _write(folder / file_name(lang, page, record_id, "json"), data)
            count += 1
    return count


def _addresses(store: Store) -> Iterator[tuple[str, str]]:
    yield from (("", ""), ("emergency", ""), ("contact", ""), ("about", ""))
    for page, kind in (("symptom", "symptoms"), ("emergency", "playbooks"), ("lookup", "codes")):
        yield from ((page, row["id"]) for row in store.listing(kind))
    for row in store.coverage():
        pages = -(-row["codes"] // CODES_A_PAGE)
        yield from (("catalog", row["catalog"] if number == 1 else f"{row['catalog']}/{number}") for number in range(1, pages + 1))


def _page(store: Store, lang: Lang, page: str, record_id: str, now: datetime, views: Views) -> tuple[bytes, bytes]:
    depth = file_name(lang, page, record_id, "html").count("/")
    links = file_links(lang, depth)
    visit = Visit(store, lang, links, None, now, {"limit": "100"}, sql=False, views=views)
    made = ROUTES[page][0](visit, record_id)
    assert made is not None, (page, record_id)
    context = frame(lang, links) | {
        "title": made.title,
        "summary": made.view.get("summary") or tell("promise", lang),
        "page": made.view,
        "name": page,
        "query": "",
        "json_link": links.json(page, record_id),
        "other": links.in_language("en" if lang == "zh" else "zh", page, record_id),
        "served": False,
    }
    data = as_json(made)
    if page in ("contact", "lookup", "symptom"):  # what is open is true for a moment only
        data = json.dumps(_timeless(json.loads(data)), ensure_ascii=False).encode()
    return render(made.template, context), data


def _timeless(value: object) -> object:
    """The answer without what was true only when it was made."""
    if isinstance(value, list):
        return [_timeless(item) for item in value]
    if isinstance(value, dict):
        return {key: _timeless(item) for key, item in value.items() if key not in ("open", "until")}
    return value


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
