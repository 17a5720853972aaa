"""What fits this text? Symptoms, messages, codes, fixes, channels and playbooks, best first. Light to import.

A query is compared with every phrase of every symptom, token by token (`diag.match`). What scores below a threshold is not shown: a
stranger's question gets silence. `bench/search_quality.py` measures all this over labelled queries.
"""

from __future__ import annotations

from diag.codes import CODE_WORDS
from diag.lookup import known_codes
from diag.match import Match, names_other_product, names_own_product
from diag.wording import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from diag.contracts import LookupAnswer, SearchAnswer, SearchResult
    from diag.model import Lang
    from diag.store import Store

    Kind = Literal["symptom", "code", "message", "fix", "channel", "playbook", "escalation"]

MOST_RESULTS = 10

# Calibrated with bench/search_quality.py. A text that names one of our products is ours with less evidence.
_THRESHOLD, _THRESHOLD_OWN = 0.42, 0.10
_FEWEST_WEIGHT = 1.5
# A record other than a symptom is shown from this likeness on.
_LIKENESS = 0.5
# What a code in the text says for its first symptom, and how much less for each further one.
_CODE_SCORE, _CODE_STEP = 0.6, 0.12


def search(store: Store, text: str, lang: Lang, limit: int = MOST_RESULTS) -> SearchAnswer:
    """The records that fit a text: the symptoms first, then codes that stand in it, messages, and what else is called so."""
    codes = [answer for answer in known_codes(store, text, lang) if not _is_hotline(store, text, answer)]
    found = Match(store, text)
    if not codes and names_other_product(store, found):
        return {"query": text, "results": []}
    results = _symptoms(store, found, codes, lang)
    results += [result for answer in codes for result in _codes_in(answer)]
    results += _others(store, found, lang)
    if not codes:
        results += _codes_called(store, found, text, lang)
    best = {(result["kind"], result["id"]): result for result in reversed(results)}
    ordered = [result for result in results if best.pop((result["kind"], result["id"]), None)]
    return {"query": text, "results": ordered[:limit]}


def _is_hotline(store: Store, text: str, answer: LookupAnswer) -> bool:
    """Whether a number is spoken of as one to call: 95017 is WeChat Pay's, and an error of WeCom only where an error is meant."""
    return store.is_phone_number(answer["readings"][0]["code"]) and not any(word in text.lower() for word in CODE_WORDS)


def _symptoms(store: Store, found: Match, codes: list[LookupAnswer], lang: Lang) -> list[SearchResult]:
    threshold = _THRESHOLD_OWN if names_own_product(store, found) else _THRESHOLD
    in_words = found.symptom_scores()
    scores: dict[str, tuple[float, str]] = {}
    for symptom, fit in in_words.items():
        if fit.score >= threshold and fit.weight >= _FEWEST_WEIGHT:
            scores[symptom] = (fit.score, say("why-said", lang, phrase=store.document_text(fit.document)))
    for symptom, (base, why) in _symptoms_of(codes, lang).items():
        also = in_words[symptom].score if symptom in in_words else 0.0
        scores[symptom] = (base + also * (1 - _CODE_SCORE), why)
    ordered = sorted(scores.items(), key=lambda item: (-item[1][0], item[0]))
    return [_result("symptom", symptom, store.title("symptom", symptom, lang), score, why) for symptom, (score, why) in ordered]


def _symptoms_of(codes: list[LookupAnswer], lang: Lang) -> dict[str, tuple[float, str]]:
    """The symptoms of the likeliest readings of codes in a text: what the code says for each, and the reason."""
    found: dict[str, tuple[float, str]] = {}
    for answer in codes:
        for reading in answer["readings"]:
            for position, symptom in enumerate(reading["symptoms"] if reading["place"] == 1 else ()):
                base = (_CODE_SCORE - _CODE_STEP * position, say("why-code", lang, code=reading["code"]))
                found[symptom] = max(found.get(symptom, base), base)
    return found


def _codes_in(answer: LookupAnswer) -> list[SearchResult]:
    return [_result("code", r["id"], r["title"], 1 / r["place"], r["why"]) for r in answer["readings"] if r["place"] == 1]


def _others(store: Store, found: Match, lang: Lang) -> list[SearchResult]:
    """Messages, playbooks, channels, escalations and fixes that are called almost as the query is."""
    best: dict[tuple[str, str], tuple[float, int]] = {}
    whole = set(found.tokens)
    for document, shared in found.hits.items():
        kind, record_id, _, _ = found.documents[document]
        if kind != "symptom" and found.weight(shared) >= _FEWEST_WEIGHT:
            best[kind, record_id] = max(best.get((kind, record_id), (0.0, 0)), (found.likeness(document, whole), -document))
    ordered = sorted((item for item in best.items() if item[1][0] >= _LIKENESS), key=lambda item: (-item[1][0], item[0]))
    return [
        _result(kind, record_id, store.title(kind, record_id, lang), score, say("why-called", lang, text=store.document_text(-document)))  # type: ignore[arg-type]  # the index has only these kinds
        for (kind, record_id), (score, document) in ordered
    ]


def _codes_called(store: Store, found: Match, text: str, lang: Lang) -> list[SearchResult]:
    """Codes whose title and meaning have all words of the query; then, for a single word, codes that are written almost so."""
    ids = store.codes_matching(_all_of(found.tokens), found.last + 1, 10) if len(found.text.strip()) > 1 and found.tokens else []
    results = [_result("code", i, store.title("code", i, lang), 0.5, say("why-words", lang)) for i in ids]
    word = text.strip()
    if not results and word.isascii() and len(word.split()) == 1 and ("_" in word or word.isupper()):
        from diag.codes import parse
        from diag.nearest import nearest

        near = [n for written in parse(word)[:1] for n in nearest(store, written, lang)]
        results = [_result("code", n["id"], n["title"], 0.4, say("why-slip", lang, written=word[:60])) for n in near]
    return results


def _all_of(tokens: list[str]) -> str:
    """An FTS5 query: all tokens are there, and one of them in the title."""
    every = " AND ".join(f'{{words more}} : "{token}"' for token in tokens)
    in_title = " OR ".join(f'words : "{token}"' for token in tokens)
    return f"({every}) AND ({in_title})"


def _result(kind: Kind, record_id: str, title: str, score: float, why: str) -> SearchResult:
    return {"kind": kind, "id": record_id, "title": title, "score": round(score, 3), "why": why}
