"""Records -> documents of the search index, best first: the order is the priority among equals.

A symptom has a document for each phrase, so that a query is compared with what one person said, not with all that people say. The
documents of codes come last: there may be very many, and `diag.search` looks at the others alone where it can.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from diag.model import Catalog, Channel, Code, Escalation, Fix, Library, Message, Playbook, Symptom
from diag.text import is_unspaced, tokens


class Document(NamedTuple):
    """What the search index holds of a record: a text that people read, its tokens, and further tokens that lead to it.

    `symptom_id` is the symptom that a hit speaks for, if any.
    """

    kind: str
    record_id: str
    symptom_id: str | None
    text: str
    words: list[str]
    more: list[str]

    def written_with(self, characters: dict[int, str]) -> Document:
        """The same document with its tokens in other characters."""
        words, more = ([token.translate(characters) for token in tokens] for tokens in (self.words, self.more))
        return self._replace(words=words, more=more)


def documents_of(library: Library) -> Iterator[Document]:
    """Every document: symptoms, messages, playbooks, channels, escalations, fixes, then codes, the commonest catalog first."""
    for symptom in _sorted(library.of(Symptom)):
        for text in (symptom.title.zh, symptom.title.en, *symptom.phrases.zh, *symptom.phrases.en):
            yield _document("symptom", symptom.id, text, symptom.id)
    for message in _sorted(library.of(Message)):
        for text in (message.text, *message.variants):
            yield _document("message", message.id, text, message.symptom)
    for kind, records in (
        ("playbook", library.of(Playbook)),
        ("channel", library.of(Channel)),
        ("escalation", library.of(Escalation)),
        ("fix", library.of(Fix)),
    ):
        for record in _sorted(records):
            for text in record.title:
                yield _document(kind, record.id, text, None, [getattr(record, "address", "")])
    rank = {catalog.id: (catalog.rank, catalog.id) for catalog in library.of(Catalog)}
    for code in sorted(library.of(Code), key=lambda code: (rank[code.catalog], code.id)):
        names = [code.code, code.symbol, *code.aliases]
        yield _document("code", code.id, f"{code.title.zh} {code.title.en}", None, [*names, *code.meaning])


def _sorted(records: Iterable[Any]) -> list[Any]:
    return sorted(records, key=lambda record: record.id)


def _document(kind: str, record_id: str, text: str, symptom_id: str | None, more: Iterable[str] = ()) -> Document:
    return Document(kind, record_id, symptom_id, text, tokens(text), [token for other in more for token in tokens(other)])


def pinyin_pairs(text: str) -> list[str]:
    """The Chinese of a text in pairs of pinyin syllables, without tones: 付不了款 -> fubu buliao liaokuan."""
    syllables = pinyin_of(text)
    return [one + other for one, other in pairwise(syllables)]


def pinyin_of(text: str) -> list[str]:
    """The pinyin syllables of a text, without tones; what is not Chinese falls away."""
    from pypinyin import lazy_pinyin

    return [syllable for syllable in lazy_pinyin("".join(filter(is_unspaced, text))) if syllable.isascii() and syllable.isalpha()]


def character_variants() -> dict[str, str]:
    """Traditional and variant Chinese characters -> the simplified ones that the data are written in."""
    from opencc import OpenCC

    to_simplified = OpenCC("t2s")
    points = (chr(point) for point in range(0x3400, 0xA000))
    variants = {char: to_simplified.convert(char) for char in points}
    return {variant: char for variant, char in variants.items() if char != variant and len(char) == 1} | {"帐": "账"}
