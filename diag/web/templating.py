"""The site's templates, compiled once for each language. They lay pages out; what they show is decided before."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from diag.model import Lang
from diag.web.links import Links
from diag.web.wording import tell
from diag.wording import say

FOLDER = Path(__file__).parent / "layout"
_SENTENCE = re.compile(r"\{\{ t\('([a-z0-9-]+)'\) \}\}")
# Stands for what differs from page to page while the rest of its frame is laid out.
_GAP = "\0"


class _Sentences(FileSystemLoader):
    """Templates with the sentences that have no gaps in place, so that no page asks for each of them again."""

    def __init__(self, lang: Lang) -> None:
        super().__init__(FOLDER)
        self._lang: Lang = lang

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """As FileSystemLoader."""
        source, path, is_current = super().get_source(environment, template)
        return _SENTENCE.sub(self._in_place, source), path, is_current

    def _in_place(self, found: re.Match[str]) -> str:
        sentence = str(escape(_word(self._lang, found[1])))
        return found[0] if "{" in sentence else sentence


class _Environment(Environment):
    """Jinja, which looks into a dictionary for `view.name` before it asks for an attribute; views are dictionaries."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """As Environment."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


@lru_cache(maxsize=2)
def environment(lang: Lang) -> Environment:
    """Escapes everything, refuses unknown names, and never looks at the files again."""
    made = _Environment(loader=_Sentences(lang), autoescape=True, undefined=StrictUndefined, auto_reload=False, trim_blocks=True, lstrip_blocks=True)
    made.globals["laid_out"] = _laid_out
    return made


def _laid_out(view: dict[str, Any], piece: Callable[..., Markup], t: Callable[..., str]) -> Markup:
    """A piece of a page. A view that is remembered (`present`) brings its HTML with it the next time."""
    if "html" not in view:
        view["html"] = piece(view, t)
    html: Markup = view["html"]
    return html


def frame(lang: Lang, links: Links) -> dict[str, Any]:
    """What every page needs, Datasette's own included: its language, the links, and words in that language."""
    return {"lang": lang, "links": links, "t": partial(_word, lang)}


def _word(lang: Lang, key: str, **values: object) -> str:
    """A sentence of the site, or one that it shares with the command line."""
    try:
        return tell(key, lang, **values)
    except KeyError:
        return say(key, lang, **values)


@lru_cache(maxsize=64)
def _furniture(lang: Lang, links: Links) -> dict[str, Any]:
    """The parts of the frame that are the same on every page with the same links; top and box have one gap each."""
    made = environment(lang)
    context = frame(lang, links) | {"other": _GAP, "query": _GAP}
    head, top, box = (made.get_template(f"site/_{part}.html").render(context) for part in ("head", "top", "box"))
    return {"head": Markup(head), "top": [Markup(part) for part in top.split(_GAP)], "box": [Markup(part) for part in box.split(_GAP)]}  # noqa: S704


def render(template: str, context: dict[str, Any]) -> bytes:
    """A page of `layout/site/`, for a context with a `frame`."""
    lang: Lang = context["lang"]
    return environment(lang).get_template(f"site/{template}.html").render(context | _furniture(lang, context["links"])).encode()
