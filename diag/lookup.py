"""What does this code mean? Every reading, best first, with the reason for the order. Light to import.

The order is decided here and nowhere else: a catalog that was named, then one whose words stand around the code, then how the code is
written, then how common the catalog is. Readings that no rule tells apart share a place.
"""

from __future__ import annotations

from diag.answers import claims_about, fix_answers, sources_of
from diag.codes import CODE_WORDS, WRITTEN, Written, anatomy, derived, parse
from diag.errors import UsageProblem
from diag.wording import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from diag.contracts import CounterpartAnswer, LookupAnswer, Reading, Row
    from diag.model import Lang
    from diag.store import Store

# How a code is reached, best first; see diag.codes.
_WAYS = (WRITTEN, "unsigned", "signed", "bare-hex", "derived")


class _Found:
    """A code that an input can stand for, before it is put into words."""

    __slots__ = ("derivation", "number", "row", "way")

    def __init__(self, row: Row, way: str, number: int | None, derivation: str | None = None) -> None:
        self.row = row
        self.way = way
        self.number = number
        self.derivation = derivation


def lookup(store: Store, text: str, lang: Lang, only: str | None = None) -> list[LookupAnswer]:
    """The answers to a text: one for a code, several where a pasted body or sentence holds several codes.

    `only` restricts the readings to one catalog, by its id or an alias. Raises UsageProblem where there is no such catalog.
    """
    catalog = _catalog_named(store, only) if only else None
    return known_codes(store, text, lang, catalog) or [_unknown(store, text, parse(text), lang, catalog)]


def known_codes(store: Store, text: str, lang: Lang, catalog: str | None = None) -> list[LookupAnswer]:
    """Like `lookup`, but nothing for a text without a known code; `catalog` is an id."""
    for written in parse(text):
        if not _is_meant(store, written):
            continue
        answer = _answer(store, text, written, lang, catalog)
        if answer["readings"]:
            named = _named_outright(store, written)
            return [answer] if not named or answer["readings"][0]["catalog"] in named else []
    answers = [_answer(store, text, written, lang, catalog) for written in _codes_inside(store, text)]
    answers = [answer for answer in answers if answer["readings"]]
    if len(answers) > 1:
        for answer in answers:
            answer["query"] = answer["readings"][0]["code"]
    return answers


def code_answer(store: Store, code_id: str, lang: Lang) -> Reading | None:
    """One code by its id, or None where there is no such code."""
    row = store.code(code_id)
    if row is None:
        return None
    found = _Found(row, WRITTEN, row["value"])
    return _reading(store, Written(row["code"], (), row["value"], 0), found, store.catalogs(), 1, "why-number", "", lang)


def _is_meant(store: Store, written: Written) -> bool:
    """Whether the last word of several is meant as a code: after the name of a catalog or a word such as `error`, or by its looks.

    The last word of "google account locked" is no HTTP status, and that of "buy an iphone 15" no errno.
    """
    if not written.words or written.hex_digits or "_" in written.text or (len(written.text) >= 5 and written.text.isupper()):
        return True
    if written.number is not None and (abs(written.number) >= 1000 or written.number < 0):
        return True
    return written.words[-1] in CODE_WORDS or bool(store.catalogs_named(written.words))


def _codes_inside(store: Store, text: str) -> list[Written]:
    """Codes within a pasted body, log line or sentence, each with the names of catalogs that stand anywhere in it.

    Regular expressions are imported only for these.
    """
    if not any(separator in text for separator in " \n\t{<:=(，。,、"):
        return []
    from diag.pasted import find_codes

    codes = find_codes(text)
    lowered = text.lower() if codes else ""
    named = tuple(name for name in store.names_of_catalogs() if name in lowered and (len(name) > 4 or not name.isascii())) if codes else ()
    return [Written(c.text, c.words + named, c.number, c.hex_digits) for c in codes if _is_meant(store, c)]


def _catalog_named(store: Store, name: str) -> str:
    named = [row for row in store.catalogs_named([name.lower()]) if row["kind"] != "word"]
    if not named:
        raise UsageProblem(f"there is no catalog {name!r}", "`diag list catalogs` shows them")
    catalog_id: str = named[0]["catalog_id"]
    return catalog_id


def _answer(store: Store, query: str, written: Written, lang: Lang, only: str | None) -> LookupAnswer:
    catalogs = store.catalogs()
    named: dict[str, tuple[int, str]] = {}
    for row in store.catalogs_named(written.words) if written.words else ():
        strength = 1 if row["kind"] == "word" else 0
        named[row["catalog_id"]] = min(named.get(row["catalog_id"], (2, "")), (strength, row["name"]))
    ranked = []
    for found in _find(store, written):
        catalog = catalogs[found.row["catalog_id"]]
        if only is None or catalog["id"] == only:
            strength, word = named.get(catalog["id"], (2, ""))
            score = (strength, _WAYS.index(found.way), _shape(written, catalog), catalog["rank"])
            ranked.append((score, found, word))
    ranked.sort(key=lambda r: (r[0], r[1].row["status"] != "active", r[1].row["id"]))
    places = sorted({score for score, _, _ in ranked})
    readings = [
        _reading(store, written, found, catalogs, places.index(score) + 1, _reason(score, found), word, lang) for score, found, word in ranked
    ]
    return {"query": query, "readings": readings, "nearest": [], "anatomy": anatomy(written)}


def _find(store: Store, written: Written) -> list[_Found]:
    found: dict[str, _Found] = {}
    for form, kind, way in written.forms():
        number = int(form) if kind == "number" else written.number
        for row in store.codes_with_form(form, kind):
            found.setdefault(row["id"], _Found(row, way, number))
    if written.number is not None:
        for inner in derived(written.number):
            for row in store.codes_with_form(str(inner.number), "number"):
                if row["catalog_id"] == inner.catalog:
                    found.setdefault(row["id"], _Found(row, "derived", inner.number, inner.rule))
    return list(found.values())


def _shape(written: Written, catalog: Row) -> int:
    """0 where a code is written as the catalog's are, 2 where those are written otherwise, 1 where that says nothing."""
    digits = catalog["hex_digits"]
    if written.hex_digits:
        return 0 if written.hex_digits == digits else 1
    small = written.number is not None and 0 <= written.number < 2**16
    return 2 if digits and small else 1


def _reason(score: tuple[int, int, int, int], found: _Found) -> str:
    """The key of the sentence that says why a reading stands where it does."""
    if found.derivation:
        return f"why-{found.derivation}"
    if score[0] < 2:
        return ("why-named", "why-word")[score[0]]
    if found.way != WRITTEN:
        return f"why-{found.way}"
    if score[2] == 0:
        return "why-shape"
    return "why-symbol" if found.number is None or found.row["value"] is None else "why-number"


def _reading(store: Store, written: Written, found: _Found, catalogs: dict[str, Row], place: int, reason: str, word: str, lang: Lang) -> Reading:
    row, code_id = found.row, found.row["id"]
    catalog = catalogs[row["catalog_id"]]
    text = store.code_texts(code_id, lang)
    symptoms = store.code_symptoms(code_id)
    number = found.number
    why = say(
        reason, lang, catalog=catalog[f"title_{lang}"], word=word, written=written.text, number=number,
        digits=catalog["hex_digits"], hex="" if number is None else f"0x{number % 2**32:08X}",
    )  # fmt: skip
    return {
        "id": code_id,
        "catalog": catalog["id"],
        "catalog_title": catalog[f"title_{lang}"],
        "scope": row["scope"],
        "code": row["code"],
        "value": row["value"],
        "symbol": row["symbol"],
        "aliases": (row["aliases"] or "").split(),
        "title": text["title"],
        "meaning": text["meaning"],
        "cause": text["cause"],
        "retry": row["retry"],
        "severity": row["severity"],
        "status": row["status"],
        "trust": row["trust"],
        "sources": sources_of(store, "code", row, lang),
        "fixes": fix_answers(store, store.code_fixes(code_id), lang),
        "symptoms": symptoms,
        "channels": list(dict.fromkeys(channel for symptom in symptoms for channel in store.symptom_channels(symptom))),
        "claims": claims_about(store, "code", code_id, lang),
        "counterparts": _counterparts(store, code_id, lang),
        "derived_from": {"id": written.text, "rule": found.derivation} if found.derivation else None,
        "place": place,
        "why": why,
    }


def _counterparts(store: Store, code_id: str, lang: Lang) -> list[CounterpartAnswer]:
    return [
        {"id": row["other_id"], "title": store.code_texts(row["other_id"], lang)["title"], "note": row[f"note_{lang}"]}
        for row in store.counterparts(code_id)
    ]


def _named_outright(store: Store, written: Written) -> list[str]:
    """The catalogs that the words before a code name by id or alias: what they do not hold is unknown, whatever others hold."""
    return [row["catalog_id"] for row in store.catalogs_named(written.words) if row["kind"] != "word"]


def _unknown(store: Store, query: str, candidates: list[Written], lang: Lang, only: str | None) -> LookupAnswer:
    """Never a wrong success: the number taken apart, and the codes that are written almost like it."""
    from diag.nearest import nearest

    written = next((w for w in reversed(candidates) if w.number is not None), candidates[-1] if candidates else None)
    if written is None:
        return {"query": query, "readings": [], "nearest": [], "anatomy": {}}
    return {
        "query": query,
        "readings": [],
        "nearest": nearest(store, written, lang, only or next(iter(_named_outright(store, written)), None)),
        "anatomy": {**anatomy(written), **_ranges(store, written)},
    }


def _ranges(store: Store, written: Written) -> dict[str, object]:
    """The catalogs whose numbers lie around a number."""
    if written.number is None:
        return {}
    inside = [row["catalog_id"] for row in store.value_ranges() if row["low"] <= written.number <= row["high"]]
    return {"within": inside} if inside else {}
