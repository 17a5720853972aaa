"""What fits this text? Symptoms, messages, codes, fixes, channels and playbooks, best first. Light to import."""

from __future__ import annotations

from diag.errors import DatabaseDamaged
from diag.lookup import lookup
from diag.text import runs, tokens
from diag.wording import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from diag.contracts import SearchAnswer, SearchResult
    from diag.model import Lang
    from diag.store import Store

MOST_RESULTS = 10
# A longer query is a paste; what follows says no more about what it is about.
_MOST_TOKENS = 64


def search(store: Store, text: str, lang: Lang, limit: int = MOST_RESULTS) -> SearchAnswer:
    """The records that fit a text: codes that stand in it first, then what its words say."""
    results: dict[tuple[str, str], SearchResult] = {}
    for answer in lookup(store, text, lang):
        for reading in answer["readings"]:
            if reading["place"] == 1:
                results["code", reading["id"]] = {"kind": "code", "id": reading["id"], "title": reading["title"], "score": 1.0, "why": reading["why"]}
    for match, reason, ceiling in ((strict_query(text), "why-phrase", 0.9), (relaxed_query(text), "why-words", 0.5)):
        if match and len(results) < limit:
            for kind, record_id in store.search(match, limit):
                results.setdefault(
                    (kind, record_id),
                    {"kind": kind, "id": record_id, "title": _title(store, kind, record_id, lang), "score": ceiling, "why": say(reason, lang)},
                )
    return {"query": text, "results": list(results.values())[:limit]}


def strict_query(text: str) -> str:
    """An FTS5 query for the text's runs, each as a phrase; empty where there is nothing to search for."""
    phrases = [" ".join(tokens(run)) for run in runs(text)[:_MOST_TOKENS]]
    return " ".join(f'"{phrase}"' for phrase in phrases)


def relaxed_query(text: str) -> str:
    """An FTS5 query for any of the text's tokens."""
    return " OR ".join(f'"{token}"' for token in dict.fromkeys(tokens(text)[:_MOST_TOKENS]))


def _title(store: Store, kind: str, record_id: str, lang: Lang) -> str:
    if kind == "code":
        title: str = store.code_texts(record_id, lang)["title"]
        return title
    row = {
        "symptom": store.symptom, "fix": store.fix, "channel": store.channel, "playbook": store.playbook,
        "message": store.message, "escalation": store.escalation,
    }[kind](record_id)  # fmt: skip
    if row is None:
        raise DatabaseDamaged(f"{store.path} is damaged: the index names {kind} {record_id}", "run `diag build` to make it anew")
    found: str = row["text"] if kind == "message" else row[f"title_{lang}"]
    return found
