"""Which topics is this about? A topic's id or word, a symptom, or any text that the search finds a symptom for."""

from __future__ import annotations

from diag.search import search

TYPE_CHECKING = False
if TYPE_CHECKING:
    from diag.model import Lang
    from diag.store import Store


def topics_for(store: Store, text: str, lang: Lang) -> list[str] | None:
    """Ids of the topics that a text is about; empty for an empty text, None where none fits."""
    wanted = text.strip()
    if not wanted:
        return []
    ids = [row["id"] for row in store.topics()]
    if wanted.lower() in ids:
        return [wanted.lower()]
    by_word = store.topics_with_word(wanted)
    if by_word:
        return by_word
    symptom = store.symptom(wanted.lower())
    if symptom is None:
        found = [r["id"] for r in search(store, wanted, lang)["results"] if r["kind"] == "symptom"]
        symptom = store.symptom(found[0]) if found else None
    return [symptom["topic_id"]] if symptom else None
