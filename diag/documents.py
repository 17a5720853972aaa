"""Records -> documents of the search index, best first: the order is the priority among equals.

A document has a title, phrases that people use for it, and a body; `diag.text` cuts all three into tokens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from diag.model import Catalog, Channel, Code, Escalation, Fix, Library, Message, Playbook, Symptom, Text
from diag.text import tokens


class Document(NamedTuple):
    """What the search index holds of one record: its texts, cut into tokens with a space between two."""

    kind: str
    record_id: str
    title: str
    phrases: str
    body: str


def documents_of(library: Library) -> Iterator[Document]:
    """Every document, symptoms first and codes of rare catalogs last."""
    for playbook in _sorted(library.of(Playbook)):
        yield _document("playbook", playbook.id, [playbook.title], [], [playbook.description])
    for symptom in _sorted(library.of(Symptom)):
        phrases = [*symptom.phrases.zh, *symptom.phrases.en]
        yield _document("symptom", symptom.id, [symptom.title], phrases, [symptom.description])
    for message in _sorted(library.of(Message)):
        yield _document("message", message.id, [message.text, *message.variants], [], [message.meaning])
    for channel in _sorted(library.of(Channel)):
        yield _document("channel", channel.id, [channel.title], [channel.address], [channel.entry])
    for escalation in _sorted(library.of(Escalation)):
        yield _document("escalation", escalation.id, [escalation.title], [escalation.address], [escalation.scope])
    for fix in _sorted(library.of(Fix)):
        yield _document("fix", fix.id, [fix.title], [], list(fix.steps))
    rank = {catalog.id: (catalog.rank, catalog.id) for catalog in library.of(Catalog)}
    for code in sorted(library.of(Code), key=lambda code: (rank[code.catalog], code.id)):
        names = [code.code, code.symbol, *code.aliases]
        yield _document("code", code.id, [code.title], names, [code.meaning])


def _sorted(records: Iterable[Any]) -> list[Any]:
    return sorted(records, key=lambda record: record.id)


def _document(kind: str, record_id: str, title: list[Text | str], phrases: list[str], body: list[Text]) -> Document:
    return Document(kind, record_id, _cut(title), _cut(phrases), _cut(body))


def _cut(texts: Iterable[Text | str]) -> str:
    """All texts as tokens; a line break, which no phrase query crosses, stands between two texts."""
    each = (text if isinstance(text, str) else f"{text.zh}\n{text.en}" for text in texts)
    return " \n ".join(" ".join(tokens(line)) for text in each for line in text.split("\n"))
