"""The site's templates, compiled once. They lay pages out; what they show is decided before."""

from __future__ import annotations

from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from diag.model import Lang
from diag.web.links import Links
from diag.web.wording import tell
from diag.wording import say

FOLDER = Path(__file__).parent / "layout"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Escapes everything, refuses unknown names, and never looks at the files again."""
    return Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, auto_reload=False, trim_blocks=True, lstrip_blocks=True
    )


def frame(lang: Lang, links: Links) -> dict[str, Any]:
    """What every page needs, Datasette's own included: its language, the links, and words in that language."""
    return {"lang": lang, "links": links, "t": partial(_word, lang)}


def _word(lang: Lang, key: str, **values: object) -> str:
    """A sentence of the site, or one that it shares with the command line."""
    try:
        return tell(key, lang, **values)
    except KeyError:
        return say(key, lang, **values)


def render(template: str, context: dict[str, Any]) -> bytes:
    """A page of `layout/site/`."""
    return environment().get_template(f"site/{template}.html").render(context).encode()
