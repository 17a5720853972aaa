"""The SELECT statements on the search index, which `diag.match` and `diag.search` ask. Light to import."""

from __future__ import annotations

from diag.reader import Reader


class SearchIndex(Reader):
    """The documents of the index, what they say, and the words that a query is read with."""

    _curated: dict[int, tuple[str, str, str | None, int]] | None = None

    def curated_documents(self) -> dict[int, tuple[str, str, str | None, int]]:
        """Document -> (kind, record_id, symptom_id, length) of all documents but those of codes; read once."""
        if self._curated is None:
            sql = "SELECT id, kind, record_id, symptom_id, length FROM search_documents WHERE kind <> 'code'"
            self._curated = {row[0]: row[1:] for row in self._tuples(sql)}
        return self._curated

    def count_symptoms(self) -> int:
        """How many symptoms there are."""
        count: int = self._tuples("SELECT count(*) FROM symptoms")[0][0]
        return count

    def documents_matching(self, match: str, last: int, limit: int) -> list[int]:
        """The documents, up to the one called `last`, that match an FTS5 query, in order of priority."""
        sql = "SELECT rowid FROM search_index WHERE search_index MATCH ? AND rowid <= ? ORDER BY rowid LIMIT ?"
        return [row[0] for row in self._tuples(sql, (match, last, limit))]

    def symptoms_saying(self, token: str) -> list[tuple[str, int]]:
        """(symptom, phrases): the symptoms that have a token in their phrases, and in how many."""
        return self._tuples("SELECT symptom_id, phrases FROM symptom_tokens WHERE token = ?", (token,))

    def codes_matching(self, match: str, first: int, limit: int) -> list[str]:
        """Ids of the codes that match an FTS5 query, best first; only the first few thousand hits are ranked, in order of priority."""
        return self._column(
            """SELECT record_id FROM search_documents JOIN (
                 SELECT rowid AS hit, bm25(search_index, 4.0, 1.0, 0.0) AS score FROM search_index
                 WHERE search_index MATCH :match AND rowid >= :first AND rowid <= coalesce((
                   SELECT rowid FROM search_index WHERE search_index MATCH :match AND rowid >= :first ORDER BY rowid LIMIT 1 OFFSET 3000),
                   9223372036854775807)
                 ORDER BY score LIMIT :most) ON hit = id ORDER BY score, id""",
            {"match": match, "first": first, "most": limit},
        )

    def records_matching(self, kind: str, match: str, limit: int) -> list[str]:
        """Ids of the records of a kind that match an FTS5 query, best first; only the first few thousand hits are ranked."""
        return self._column(
            """SELECT record_id FROM (
                 SELECT rowid AS hit, bm25(search_index, 4.0, 1.0, 0.0) AS score FROM search_index WHERE search_index MATCH :match
                 ORDER BY rowid LIMIT 5000)
               JOIN search_documents ON id = hit WHERE kind = :kind GROUP BY record_id ORDER BY min(score), min(id) LIMIT :most""",
            {"kind": kind, "match": match, "most": limit},
        )

    def document_text(self, document: int) -> str:
        """The text of a document, as people wrote it."""
        found = self._row("SELECT text FROM search_documents WHERE id = ?", (document,))
        text: str = found["text"] if found else ""
        return text

    def simplified(self, characters: str) -> dict[str, str]:
        """Those of some characters that are variants, with the ones that the data are written in."""
        select = "SELECT variant, character FROM character_variants WHERE instr(?, variant)"
        return {row["variant"]: row["character"] for row in self.rows(select, (characters,))}

    def pinyin_syllables(self) -> frozenset[str]:
        """The syllables of the Chinese in the search index."""
        return frozenset(self._column("SELECT syllable FROM pinyin_syllables", ()))

    def product_words(self) -> list[tuple[str, int]]:
        """(word, own) of the products that packs speak of, which come first, and of those that they do not."""
        return self._tuples("SELECT word, own FROM product_words ORDER BY own DESC, length(word) DESC")
