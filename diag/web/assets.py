"""The files that are the same for every visitor: style, icon, preview, and what search engines and browsers ask for."""

from __future__ import annotations

import hashlib
from html import escape
from pathlib import Path
from urllib.parse import quote

from diag.store import Store
from diag.web.links import ServedLinks
from diag.web.wording import tell

FOLDER = Path(__file__).parent / "static"
KINDS = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png"}


def contents() -> dict[str, bytes]:
    """The files of `static/` by name."""
    return {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir()) if path.suffix in KINDS}


def versions(files: dict[str, bytes]) -> dict[str, str]:
    """A short hash per file, which stands in its address, so that it can be kept for ever."""
    return {name: hashlib.sha256(body).hexdigest()[:12] for name, body in files.items()}


def kind_of(name: str) -> str:
    """The media type of a file."""
    return KINDS[Path(name).suffix]


def opensearch(origin: str, base: str) -> bytes:
    """The description by which a browser offers this site as a search engine (https://github.com/dewitt/opensearch)."""
    address = escape(origin + base, quote=True)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>diag</ShortName>
<Description>{escape(tell("promise", "zh"))} · {escape(tell("promise", "en"))}</Description>
<InputEncoding>UTF-8</InputEncoding>
<Image width="16" height="16" type="image/svg+xml">{address}icon.svg</Image>
<Url type="text/html" template="{address}search?q={{searchTerms}}"/>
</OpenSearchDescription>
""".encode()


def robots(origin: str, base: str) -> bytes:
    """Crawlers read the answers; the endless pages of tables, queries and searches are not for them."""
    return f"User-agent: *\nDisallow: {base}diag\nDisallow: {base}search\nSitemap: {origin}{base}sitemap.xml\n".encode()


def sitemap(store: Store, origin: str, base: str) -> bytes:
    """Every page with an answer, in both languages (https://www.sitemaps.org/protocol.html)."""
    zh, en = ServedLinks(base, "zh", False, {}), ServedLinks(base, "en", True, {})
    pages = [("", ""), ("emergency", ""), ("contact", ""), ("about", "")]
    pages += [("symptom", row["id"]) for row in store.listing("symptoms")]
    pages += [("emergency", row["id"]) for row in store.listing("playbooks")]
    pages += [("lookup", row["id"]) for row in store.listing("codes")]
    found = [origin + links.to(page, record_id) for page, record_id in pages for links in (zh, en)]
    urls = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in found)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'.encode()


def origin_of(scheme: str, host: str) -> str:
    """`https://host`, from what a request says; a host that is none becomes localhost, so that nothing else gets into a page."""
    plain = host if host and all(c.isalnum() or c in "-.:[]_" for c in host) and len(host) < 256 else "localhost"
    return f"{scheme if scheme in ('http', 'https') else 'http'}://{quote(plain, safe=':.[]-_')}"
