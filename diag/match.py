"""A query against the documents of the search index: its tokens, what each weighs, and the documents that share them. Light to import.

A token weighs by how few symptoms have it, so that 怎么 and "wechat" say little and 验证码 says much. Traditional characters are read as
simplified ones, and unknown words as pinyin.

A symptom's score is made of five shares: how much of the query its phrases together cover; how often they say it; how far one of its
phrases stands in the query; how alike a phrase and one clause of a long question are; and how much of the query's characters is its own.
"""

from __future__ import annotations

from itertools import pairwise
from math import log

from diag.text import characters, fold, is_unspaced, stem, tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from diag.store import Store

# A longer query is a paste; what follows says no more about what it is about.
_LONGEST_TEXT, _MOST_TOKENS, _MOST_CHARACTERS, _MOST_CLAUSES = 2000, 48, 64, 8
_MOST_DOCUMENTS = 4000

# What a token weighs that no document has; a pair of characters beside a known one often straddles two words, and says less.
_UNKNOWN_PAIR, _STRADDLING_PAIR, _UNKNOWN_WORD = 2.5, 2.0, 3.0

# Words that questions are made of, whatever they are about, and the devices that they name, count only so much.
_QUESTION_SHARE = 0.3
_QUESTION_WORDS = frozenset(
    (
        "a after an and at be are before but by can do does for from get has have help how i if in is it just my not of on or please so "
        "t s m re ve don doesn won isn cannot cant into still that the then there this to too very was what when where who why will with you your "
        "怎么 么办 什么 么样 怎样 如何 为什 为啥 可以 能不 不能 是不 是什 这个 那个 一个 一下 的话 请问 有没 没有 了怎 是怎 啊怎 咋办 吗怎 我的 我想 想问 是啥 "
        "回事 么回 原因 么原 苹果 果手 手机 安卓 卓手 华为 为手 小米 米手 电脑 iphone android phone mobile computer laptop"
    ).split()
)
# A phrase that stands in the query counts in full from this weight on, a token that a symptom says from so many phrases on (log 6).
_FULL_PHRASE, _LOG_OFTEN = 6.0, log(6)

# What the five shares count. Calibrated with bench/search_quality.py.
_COVERED, _OFTEN, _CONTAINED, _IN_CLAUSE, _CHARACTERS = 0.30, 0.50, 0.28, 0.38, 0.32

_CLAUSE_MARKS = str.maketrans(dict.fromkeys("，。！？；：、,.!?;:…\n\t", "\n"))


class Score:
    """How well a symptom fits a query: the score that it is ranked by, what it shares with the query in weight, and its best document."""

    __slots__ = ("document", "score", "weight")

    def __init__(self, score: float, weight: float, document: int) -> None:
        self.score = score
        self.weight = weight
        self.document = document


class Match:
    """A query's tokens, what each weighs, and which documents (codes aside) and symptoms share them."""

    def __init__(self, store: Store, text: str) -> None:
        self._store = store
        folded = fold(text[:_LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8"))
        variants = store.simplified("".join(sorted({c for c in folded if is_unspaced(c)})))
        self.text = "".join(variants.get(c, c) for c in folded)
        self.documents = store.curated_documents()
        self.last = len(self.documents)
        self._symptoms = store.count_symptoms()
        self.tokens = list(dict.fromkeys(tokens(self.text)))[:_MOST_TOKENS]
        self._characters = list(dict.fromkeys(characters(self.text)))[:_MOST_CHARACTERS]
        self.hits: dict[int, set[str]] = {}
        # symptom -> token -> in how many of its phrases the token is
        self._said: dict[str, dict[str, int]] = {}
        self._weights: dict[str, float] = {}
        for token in self.tokens:
            self._look_for(token, "words more")
        self._read_pinyin()
        self._weigh_unknown()
        for token in self._characters:
            self._count(token)

    def _look_for(self, token: str, columns: str) -> bool:
        found = self._store.documents_matching(f'{{{columns}}} : "{token}"', self.last, _MOST_DOCUMENTS)
        for document in found:
            self.hits.setdefault(document, set()).add(token)
        return self._count(token) or bool(found)

    def _count(self, token: str) -> bool:
        rows = self._store.symptoms_saying(token)
        for symptom, phrases in rows:
            self._said.setdefault(symptom, {})[token] = phrases
        self._weights[token] = log(1 + (self._symptoms - len(rows) + 0.5) / (len(rows) + 0.5)) * (_QUESTION_SHARE if token in _QUESTION_WORDS else 1)
        return bool(rows)

    def _read_pinyin(self) -> None:
        """Read words that no document has as pinyin; those that are get replaced by their pairs of syllables."""
        written = {token for hit in self.hits.values() for token in hit}
        unknown = [token for token in self.tokens if token.isascii() and token.isalpha() and token not in written]
        if not unknown:
            return
        known = self._store.pinyin_syllables()
        cut = {word: syllables(word, known) for word in unknown}
        spelt = [syllable for word in unknown for syllable in cut[word]]
        pairs = list(dict.fromkeys(one + other for one, other in pairwise(spelt)))[:_MOST_TOKENS]
        found = [pair for pair in pairs if self._look_for(pair, "pinyin")]
        if found:
            self.tokens = [token for token in self.tokens if not cut.get(token)] + pairs

    def _weigh_unknown(self) -> None:
        known = {token for hit in self.hits.values() for token in hit}
        for token, before, after in zip(self.tokens, ["", *self.tokens], [*self.tokens[1:], ""], strict=False):
            if token not in known:
                straddles = before in known or after in known
                pair = _STRADDLING_PAIR if straddles else _UNKNOWN_PAIR
                weight = pair if is_unspaced(token[0]) else _UNKNOWN_WORD
                self._weights[token] = weight * (_QUESTION_SHARE if token in _QUESTION_WORDS else 1)

    def weight(self, of: Iterable[str]) -> float:
        """What some tokens weigh together."""
        return sum(self._weights[token] for token in of)

    def likeness(self, document: int, clause: set[str]) -> float:
        """How alike a clause and a document are, from 0 to 1: twice what they share, over what both weigh."""
        shared = self.hits[document] & clause
        weight = self.weight(shared)
        if not shared or not weight:
            return 0.0
        rest = max(self._length(document) - len(shared), 0) * weight / len(shared)
        return 2 * weight / (self.weight(clause) + weight + rest)

    def _contained(self, document: int) -> float:
        """How far a document stands in the query, from 0 to 1; a short one counts less."""
        shared = self.hits[document]
        share = min(1.0, len(shared) / max(self._length(document), 1))
        return share * share * min(1.0, self.weight(shared) / _FULL_PHRASE)

    def _length(self, document: int) -> int:
        return self.documents[document][3]

    def _clauses(self) -> list[set[str]]:
        """The parts of the query between marks, where it has several that say something."""
        whole = set(self.tokens)
        parts = [set(tokens(part)) & whole for part in self.text.translate(_CLAUSE_MARKS).split("\n")]
        parts = [part for part in parts if len(part) >= 3][:_MOST_CLAUSES]
        return parts if len(parts) > 1 else []

    def symptom_scores(self) -> dict[str, Score]:
        """Symptom -> how well it fits, for every symptom that says any token of the query."""
        contained: dict[str, tuple[float, int]] = {}
        in_clause: dict[str, float] = {}
        clauses = self._clauses()
        whole = set(self.tokens)
        for document in self.hits:
            symptom = self.documents[document][2]
            if symptom:
                likest = (self._contained(document) + self.likeness(document, whole) / 100, -document)
                contained[symptom] = max(contained.get(symptom, (0.0, 0)), likest)
                best = max((self._clause_share(document, clause) for clause in clauses), default=0.0)
                in_clause[symptom] = max(in_clause.get(symptom, 0.0), best)
        total = self.weight(self.tokens) or 1.0
        total_characters = self.weight(self._characters) or 1.0
        everywhere = {c: sum(said.get(c, 0) for said in self._said.values()) for c in self._characters}
        scores = {}
        for symptom, said in self._said.items():
            shared = [token for token in self.tokens if token in said]
            often = sum(self._weights[token] * min(1.0, log(1 + said[token]) / _LOG_OFTEN) for token in shared)
            own = sum(self._weights[c] * said[c] / everywhere[c] for c in self._characters if c in said)
            weight = self.weight(shared)
            held, document = contained.get(symptom, (0.0, 0))
            score = (
                _COVERED * weight / total
                + _OFTEN * often / total
                + _CONTAINED * held
                + _IN_CLAUSE * in_clause.get(symptom, 0.0)
                + _CHARACTERS * own / total_characters
            )
            scores[symptom] = Score(score, weight, -document)
        return scores

    def _clause_share(self, document: int, clause: set[str]) -> float:
        return self.likeness(document, clause) * min(1.0, self.weight(self.hits[document] & clause) / _FULL_PHRASE)


def names_own_product(store: Store, match: Match) -> bool:
    """Whether a query names a product that a pack speaks of."""
    return _product_named(store, match) is True


def names_other_product(store: Store, match: Match) -> bool:
    """Whether a query names a product that no pack speaks of, and none that one does."""
    return _product_named(store, match) is False


def _product_named(store: Store, match: Match) -> bool | None:
    words = set(match.tokens)
    for word, own in store.product_words():
        if stem(word) in words or (word in match.text and (not word.isalnum() or any(map(is_unspaced, word)))):
            return bool(own)
    return None


def syllables(word: str, known: frozenset[str]) -> list[str]:
    """A word cut into known pinyin syllables, the longest first; empty where it cannot be."""
    ways: list[list[str] | None] = [[], *[None] * len(word[:60])]
    for end in range(1, len(ways)):
        for start in range(max(0, end - 6), end):
            before = ways[start]
            if before is not None and word[start:end] in known:
                ways[end] = [*before, word[start:end]]
                break
    return ways[-1] or []
