"""A query against the documents of the search index: its tokens, what each weighs, and the documents that share them. Light to import.

A token weighs by how few symptoms have it, so that 怎么 and "wechat" say little and 验证码 says much. Traditional characters are read as
simplified ones, unknown words as pinyin, and long questions clause by clause.
"""

from __future__ import annotations

from itertools import pairwise
from math import log

from diag.text import fold, is_unspaced, tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from diag.contracts import Row
    from diag.store import Store

# A longer query is a paste; what follows says no more about what it is about.
_LONGEST_TEXT, _MOST_TOKENS, _MOST_CLAUSES = 2000, 48, 6
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
# A phrase that stands in the query counts in full from this weight on.
_FULL_PHRASE = 6.0

_CLAUSE_MARKS = str.maketrans(dict.fromkeys("，。！？；：、,.!?;:…\n\t", "\n"))


class Match:
    """A query's tokens and clauses, and every document (codes aside) that shares a token with it.

    `clauses[0]` is the whole query; the others are its parts, where it has several.
    """

    def __init__(self, store: Store, text: str) -> None:
        self._store = store
        self.text = fold(text[:_LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8"))
        variants = store.simplified("".join(sorted({c for c in self.text if is_unspaced(c)})))
        self.text = "".join(variants.get(c, c) for c in self.text)
        self.last, self._symptoms = store.search_sizes()
        self.tokens = list(dict.fromkeys(tokens(self.text)))[:_MOST_TOKENS]
        self.documents: dict[int, Row] = {}
        self.hits: dict[int, set[str]] = {}
        self._weights: dict[str, float] = {}
        for token in self.tokens:
            self._look_for(token, f'{{words more}} : "{token}"')
        self._read_pinyin()
        known = set(self._weights)
        for token, before, after in zip(self.tokens, ["", *self.tokens], [*self.tokens[1:], ""], strict=False):
            straddles = before in known or after in known
            pair = _STRADDLING_PAIR if straddles else _UNKNOWN_PAIR
            self._weights.setdefault(token, pair if is_unspaced(token[0]) else _UNKNOWN_WORD)
        for token in self._weights.keys() & _QUESTION_WORDS:
            self._weights[token] *= _QUESTION_SHARE
        self.clauses = self._cut_clauses()

    def _look_for(self, token: str, match: str) -> bool:
        rows = self._store.documents_matching(match, 1, self.last, _MOST_DOCUMENTS)
        for row in rows:
            self.documents[row["id"]] = row
            self.hits.setdefault(row["id"], set()).add(token)
        if rows:
            having = len({row["symptom_id"] for row in rows if row["symptom_id"]})
            self._weights[token] = log(1 + (self._symptoms - having + 0.5) / (having + 0.5))
        return bool(rows)

    def _read_pinyin(self) -> None:
        """Read words that no document has as pinyin; those that are get replaced by their pairs of syllables."""
        unknown = [token for token in self.tokens if token.isascii() and token.isalpha() and token not in self._weights]
        if not unknown:
            return
        known = self._store.pinyin_syllables()
        cut = {word: syllables(word, known) for word in unknown}
        spelt = [syllable for word in unknown for syllable in cut[word]]
        pairs = list(dict.fromkeys(one + other for one, other in pairwise(spelt)))[:_MOST_TOKENS]
        found = [pair for pair in pairs if self._look_for(pair, f'pinyin : "{pair}"')]
        if found:
            self.tokens = [token for token in self.tokens if not cut.get(token)] + pairs

    def _cut_clauses(self) -> list[set[str]]:
        whole = set(self.tokens)
        parts = [set(tokens(part)) & whole for part in self.text.translate(_CLAUSE_MARKS).split("\n")]
        long_enough = [part for part in parts if len(part) >= 3 and part != whole][:_MOST_CLAUSES]
        return [whole, *long_enough] if len(long_enough) > 1 else [whole]

    def weight(self, of: set[str]) -> float:
        """What some tokens weigh together."""
        return sum(self._weights[token] for token in of)

    def _length(self, document: int) -> int:
        length: int = self.documents[document]["length"]
        return length

    def likeness(self, document: int, clause: set[str]) -> float:
        """How alike a clause and a document are, from 0 to 1: twice what they share, over what both weigh."""
        shared = self.hits[document] & clause
        weight = self.weight(shared)
        if not shared:
            return 0.0
        rest = max(self._length(document) - len(shared), 0) * weight / len(shared)
        return 2 * weight / (self.weight(clause) + weight + rest)

    def contained(self, document: int, clause: set[str]) -> float:
        """How far a document stands in a clause, from 0 to 1; a short one counts less."""
        shared = self.hits[document] & clause
        share = min(1.0, len(shared) / max(self._length(document), 1))
        return share * share * min(1.0, self.weight(shared) / _FULL_PHRASE)


def names_own_product(store: Store, match: Match) -> bool:
    """Whether a query names a product that a pack speaks of."""
    return _product_named(store, match) is True


def names_other_product(store: Store, match: Match) -> bool:
    """Whether a query names a product that no pack speaks of, and none that one does."""
    return _product_named(store, match) is False


def _product_named(store: Store, match: Match) -> bool | None:
    words = set(match.tokens)
    for row in store.product_words():  # our own first
        word = row["word"]
        if word in words or (word in match.text and (is_unspaced(word[0]) or not word.isalnum())):
            return bool(row["own"])
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
