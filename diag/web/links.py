"""How pages refer to each other: paths for a server, and files for a site that is exported.

Codes hold colons, slashes, spaces and Chinese (`wechat-miniprogram:Bluetooth/10001`). A server takes everything after `/lookup/` as the
code, so a slash may stay as it is; an exported file must have a plain name, so everything else than letters and digits becomes `~` and
two hex digits.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Protocol
from urllib.parse import quote, urlencode

from diag.model import Lang

# Characters that may stand in a path as they are (RFC 3986, 3.3), the slash aside.
_SAFE = ":@,;!$'()*+=~"
# What most ids are made of, which stands in a path as it is.
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.:-]*")


class Links(Protocol):
    """Where things are, for one visit."""

    lang: Lang

    def to(self, page: str, record_id: str = "", **arguments: str) -> str:
        """A page of the site, in the language of the visit; `page` is a key of `diag.web.site.ROUTES`."""

    def json(self, page: str, record_id: str = "", **arguments: str) -> str:
        """The same page as JSON."""

    def in_language(self, lang: Lang, page: str, record_id: str = "", **arguments: str) -> str:
        """The same page in a language."""

    def table(self, path: str = "", **arguments: str) -> str:
        """A page of Datasette's own, below /diag; empty where there is none."""

    def file(self, name: str) -> str:
        """A file of `static/`, or another that is the same for every visitor."""


def _segment(text: str) -> str:
    """A code in a path: a slash stays, unless a browser would take the part beside it for a folder."""
    if _PLAIN.fullmatch(text):
        return text
    plain = all(part not in ("", ".", "..") for part in text.split("/"))
    return quote(text, safe=_SAFE + ("/" if plain else ""))


def _query(arguments: dict[str, str]) -> str:
    """The arguments of an address; most have none but the language."""
    if not arguments:
        return ""
    lang = arguments.get("lang", "")
    return f"lang={lang}" if len(arguments) == 1 and lang in ("zh", "en") else urlencode(arguments)


class ServedLinks:
    """Links on a running site below `base`, which ends in a slash. The language is named where the visitor named it."""

    def __init__(self, base: str, lang: Lang, named: bool, versions: dict[str, str]) -> None:
        self.lang = lang
        self._base = base
        self._named = named
        self._versions = versions

    def to(self, page: str, record_id: str = "", **arguments: str) -> str:
        """A page, named in the language of the visit."""
        return self._path(page, record_id, "", arguments | ({"lang": self.lang} if self._named else {}))

    def json(self, page: str, record_id: str = "", **arguments: str) -> str:
        """A page as JSON."""
        return self._path(page or "index", record_id, ".json", arguments | {"lang": self.lang})

    def in_language(self, lang: Lang, page: str, record_id: str = "", **arguments: str) -> str:
        """A page in a language."""
        return self._path(page, record_id, "", arguments | {"lang": lang})

    def table(self, path: str = "", **arguments: str) -> str:
        """A page of Datasette."""
        query = _query(arguments | ({"_lang": self.lang} if self._named else {}))
        return f"{self._base}diag{'/' if path else ''}{path}{'?' if query else ''}{query}"

    def file(self, name: str) -> str:
        """A file."""
        version = self._versions.get(name)
        return f"{self._base}{name}{f'?v={version}' if version else ''}"

    def _path(self, page: str, record_id: str, suffix: str, arguments: dict[str, str]) -> str:
        path = f"{page}/{_segment(record_id)}" if record_id else page
        query = _query(arguments)
        return f"{self._base}{path}{suffix}{'?' if query else ''}{query}"


class FileLinks:
    """Links between the files of an exported site, relative to the page at `depth` folders below its top."""

    def __init__(self, lang: Lang, depth: int) -> None:
        self.lang = lang
        self._top = "../" * depth

    def to(self, page: str, record_id: str = "", **_arguments: str) -> str:
        """A page, named in the language of the visit."""
        return self.in_language(self.lang, page, record_id)

    def json(self, page: str, record_id: str = "", **_arguments: str) -> str:
        """A page as JSON."""
        return self._top + file_name(self.lang, page, record_id, "json")

    def in_language(self, lang: Lang, page: str, record_id: str = "", **_arguments: str) -> str:
        """A page in a language."""
        return self._top + file_name(lang, page, record_id, "html")

    def table(self, path: str = "", **_arguments: str) -> str:  # noqa: ARG002  # files have no tables
        """A page of Datasette."""
        return ""

    def file(self, name: str) -> str:
        """A file."""
        return self._top + name


@lru_cache(maxsize=16)
def file_links(lang: Lang, depth: int) -> FileLinks:
    """The links of the pages at a depth."""
    return FileLinks(lang, depth)


def file_name(lang: Lang, page: str, record_id: str, suffix: str) -> str:
    """The path of a page in an exported site: Chinese at the top, English below `en/`."""
    name = f"{page}/{quote(record_id, safe='').replace('.', '%2E').replace('%', '~')}" if record_id else page or "index"
    return f"{'en/' if lang == 'en' else ''}{name}.{suffix}"
