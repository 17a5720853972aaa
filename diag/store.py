"""Read-only access to the records of the database: with `diag.index`, the only SELECT statements outside the views of `diag.schema`.

Light to import, because every look-up passes here. Rows come back as dictionaries; `diag.lookup` and its siblings make answers of them.
"""

from __future__ import annotations

from diag.index import SearchIndex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from diag.contracts import Row

# What `Store.listing` lists: kind -> a SELECT of id and titles.
_TITLED = ("catalogs", "symptoms", "fixes", "channels", "playbooks", "escalations", "checklists", "topics", "sources", "packs")
_LISTED = {kind: f"SELECT id, title_zh, title_en FROM {kind} ORDER BY id" for kind in _TITLED} | {  # noqa: S608
    "messages": "SELECT id, text AS title_zh, text AS title_en FROM messages ORDER BY id",
    "codes": """SELECT codes.id AS id, zh.title AS title_zh, en.title AS title_en FROM codes
      JOIN code_texts AS zh ON zh.code_id = codes.id AND zh.lang = 'zh'
      JOIN code_texts AS en ON en.code_id = codes.id AND en.lang = 'en'
      WHERE :catalog IS NULL OR codes.catalog_id = :catalog ORDER BY codes.catalog_id, codes.value, codes.id""",
    "tables": "SELECT name AS id, type AS title_zh, type AS title_en FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY type DESC, name",
}
LISTINGS = tuple(_LISTED)
_TITLES = {kind: f"SELECT title_zh, title_en FROM {kind} WHERE id = ?" for kind in _TITLED}  # noqa: S608  # the names are ours

_TITLE = {
    kind: f"SELECT title_zh AS zh, title_en AS en FROM {table} WHERE id = ?"  # noqa: S608
    for kind, table in {
        "symptom": "symptoms", "fix": "fixes", "channel": "channels", "playbook": "playbooks", "escalation": "escalations",
    }.items()
} | {"message": "SELECT text AS zh, text AS en FROM messages WHERE id = ?"}  # fmt: skip


class Store(SearchIndex):
    """An open database, and every question that answers are made from."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._catalogs: dict[str, Row] = {}

    # Codes

    def catalogs_named(self, names: Iterable[str]) -> list[Row]:
        """(name, catalog_id, kind) of every catalog that has one of the names, where kind is id, alias or word."""
        select = "SELECT name, catalog_id, kind FROM catalog_names WHERE name = ?"
        return [row for name in names for row in self.rows(select, (name,))]

    def names_of_catalogs(self) -> list[str]:
        """Every name and word of every catalog."""
        return self._column("SELECT DISTINCT name FROM catalog_names ORDER BY name", ())

    def catalogs(self) -> dict[str, Row]:
        """Every catalog by id; read once."""
        if not self._catalogs:
            self._catalogs = {row["id"]: row for row in self.rows("SELECT * FROM catalogs ORDER BY rank, id")}
        return self._catalogs

    def codes_with_form(self, form: str, kind: str) -> list[Row]:
        """The codes that are reached by a form (see `diag.codes`)."""
        return self.rows(
            "SELECT codes.* FROM code_forms JOIN codes ON codes.id = code_forms.code_id WHERE form = ? AND kind = ? ORDER BY codes.id",
            (form, kind),
        )

    def code(self, code_id: str) -> Row | None:
        """One code by its id."""
        return self._row("SELECT * FROM codes WHERE id = ?", (code_id,))

    def code_texts(self, code_id: str, lang: str) -> Row:
        """Title, meaning and cause of a code."""
        found = self._row("SELECT title, meaning, cause FROM code_texts WHERE code_id = ? AND lang = ?", (code_id, lang))
        if found is None:
            raise self._damaged(f"{code_id} has no text")
        return found

    def code_fixes(self, code_id: str) -> list[str]:
        """Ids of the fixes of a code, in order."""
        return self._column("SELECT fix_id FROM code_fixes WHERE code_id = ? ORDER BY position", (code_id,))

    def code_symptoms(self, code_id: str) -> list[str]:
        """Ids of the symptoms of a code, in order."""
        return self._column("SELECT symptom_id FROM code_symptoms WHERE code_id = ? ORDER BY position", (code_id,))

    def counterparts(self, code_id: str) -> list[Row]:
        """The codes that are easily taken for this one."""
        return self.rows("SELECT * FROM counterparts WHERE code_id = ? ORDER BY other_id", (code_id,))

    def codes_near_value(self, catalog_id: str, value: int, limit: int) -> list[Row]:
        """The codes of a catalog whose number lies closest to a value."""
        return self.rows(
            """SELECT id, code, value FROM (SELECT * FROM (
                 SELECT id, code, value FROM codes WHERE catalog_id = :catalog AND value >= :value ORDER BY value LIMIT :most)
               UNION ALL SELECT * FROM (
                 SELECT id, code, value FROM codes WHERE catalog_id = :catalog AND value < :value ORDER BY value DESC LIMIT :most))
               ORDER BY abs(value - :value), id LIMIT :most""",
            {"catalog": catalog_id, "value": value, "most": limit},
        )

    def value_ranges(self) -> list[Row]:
        """(catalog_id, low, high) of every catalog that has numbers."""
        return self.rows("SELECT catalog_id, min(value) AS low, max(value) AS high FROM codes WHERE value IS NOT NULL GROUP BY catalog_id")

    def names_like(self, prefix: str, limit: int) -> list[Row]:
        """(form, code_id) of names that begin with a prefix, which is in upper case."""
        return self.rows(
            "SELECT form, code_id FROM code_forms WHERE kind = 'name' AND form >= ? AND form < ? ORDER BY form LIMIT ?",
            (prefix, prefix + "\U0010ffff", limit),
        )

    def names_of_length(self, shortest: int, longest: int, limit: int) -> list[Row]:
        """(form, code_id) of names whose length lies in a range."""
        return self.rows(
            "SELECT form, code_id FROM code_forms WHERE kind = 'name' AND length(form) BETWEEN ? AND ? ORDER BY form LIMIT ?",
            (shortest, longest, limit),
        )

    # Fixes, symptoms, messages

    def fix(self, fix_id: str) -> Row | None:
        """One fix, without its steps."""
        return self._row("SELECT * FROM fixes WHERE id = ?", (fix_id,))

    def fix_steps(self, fix_id: str) -> list[Row]:
        """The steps of a fix, in order."""
        return self.rows("SELECT * FROM fix_steps WHERE fix_id = ? ORDER BY position", (fix_id,))

    def symptom(self, symptom_id: str) -> Row | None:
        """One symptom."""
        return self._row("SELECT * FROM symptoms WHERE id = ?", (symptom_id,))

    def symptom_fixes(self, symptom_id: str) -> list[str]:
        """Ids of the fixes of a symptom, in order."""
        return self._column("SELECT fix_id FROM symptom_fixes WHERE symptom_id = ? ORDER BY position", (symptom_id,))

    def symptom_channels(self, symptom_id: str) -> list[str]:
        """Ids of the channels of a symptom, best first."""
        return self._column("SELECT channel_id FROM symptom_channels WHERE symptom_id = ? ORDER BY position", (symptom_id,))

    def symptom_phrases(self, symptom_id: str, lang: str) -> list[str]:
        """What people say who have a symptom, in one language."""
        return self._column("SELECT phrase FROM symptom_phrases WHERE symptom_id = ? AND lang = ? ORDER BY position", (symptom_id, lang))

    def message(self, message_id: str) -> Row | None:
        """One message."""
        return self._row("SELECT * FROM messages WHERE id = ?", (message_id,))

    def message_variants(self, message_id: str) -> list[str]:
        """Other wordings of a message."""
        return self._column("SELECT text FROM message_variants WHERE message_id = ? ORDER BY position", (message_id,))

    def message_codes(self, message_id: str) -> list[str]:
        """Ids of the codes that a message stands for."""
        return self._column("SELECT code_id FROM message_codes WHERE message_id = ? ORDER BY position", (message_id,))

    def message_fixes(self, message_id: str) -> list[str]:
        """Ids of a message's own fixes; empty where those of its symptom are the right ones."""
        return self._column("SELECT fix_id FROM message_fixes WHERE message_id = ? ORDER BY position", (message_id,))

    # Whom to ask

    def channels(self) -> list[Row]:
        """Every channel."""
        return self.rows("SELECT * FROM channels ORDER BY id")

    def channel(self, channel_id: str) -> Row | None:
        """One channel."""
        return self._row("SELECT * FROM channels WHERE id = ?", (channel_id,))

    def is_phone_number(self, number: str) -> bool:
        """Whether a number is the address of a telephone channel."""
        return bool(self.rows("SELECT 1 FROM channels WHERE kind = 'phone' AND address = ?", (number,)))

    def channel_hours(self, channel_id: str) -> list[tuple[int, int, int]]:
        """The opening hours of a channel, as spans of `diag.hours`."""
        found = self.rows("SELECT weekday, opens, closes FROM channel_hours WHERE channel_id = ? ORDER BY weekday, opens", (channel_id,))
        return [(row["weekday"], row["opens"], row["closes"]) for row in found]

    def channel_languages(self, channel_id: str) -> list[str]:
        """The languages in which a channel answers."""
        return self._column("SELECT language FROM channel_languages WHERE channel_id = ? ORDER BY language DESC", (channel_id,))

    def channel_regions(self, channel_id: str) -> list[str]:
        """The regions that a channel serves."""
        return self._column("SELECT region FROM channel_regions WHERE channel_id = ? ORDER BY region", (channel_id,))

    def channel_topics(self, channel_id: str) -> list[str]:
        """The topics that a channel answers for, its main one first."""
        return self._column("SELECT topic_id FROM channel_topics WHERE channel_id = ? ORDER BY position", (channel_id,))

    def topics(self) -> list[Row]:
        """Every topic."""
        return self.rows("SELECT * FROM topics ORDER BY id")

    def topics_with_word(self, word: str) -> list[str]:
        """Ids of the topics that a word stands for, in any letter case."""
        return self._column("SELECT DISTINCT topic_id FROM topic_words WHERE lower(word) = lower(?) ORDER BY topic_id", (word,))

    def checklist_items(self, checklist_id: str | None) -> list[Row]:
        """What to have in hand, in order; empty where there is no such checklist."""
        return self.rows("SELECT * FROM checklist_items WHERE checklist_id = ? ORDER BY position", (checklist_id,))

    def playbook(self, playbook_id: str) -> Row | None:
        """One playbook, without its steps."""
        return self._row("SELECT * FROM playbooks WHERE id = ?", (playbook_id,))

    def playbook_steps(self, playbook_id: str) -> list[Row]:
        """The steps of a playbook, in order."""
        return self.rows("SELECT * FROM playbook_steps WHERE playbook_id = ? ORDER BY position", (playbook_id,))

    def playbook_symptoms(self, playbook_id: str) -> list[str]:
        """Ids of the symptoms that a playbook is for."""
        return self._column("SELECT symptom_id FROM playbook_symptoms WHERE playbook_id = ? ORDER BY position", (playbook_id,))

    def escalations(self) -> list[Row]:
        """Where to go when support did not resolve it, in the order in which to try."""
        return self.rows("SELECT * FROM escalations ORDER BY position, id")

    def escalation_topics(self, escalation_id: str) -> list[str]:
        """The topics of an escalation."""
        return self._column("SELECT topic_id FROM escalation_topics WHERE escalation_id = ? ORDER BY position", (escalation_id,))

    def escalation(self, escalation_id: str) -> Row | None:
        """One escalation."""
        return self._row("SELECT * FROM escalations WHERE id = ?", (escalation_id,))

    def title(self, kind: str, record_id: str, lang: str) -> str:
        """What a record of a kind is called; a message is called by its text."""
        if kind == "code":
            found: str = self.code_texts(record_id, lang)["title"]
            return found
        row = self._row(_TITLE[kind], (record_id,))
        if row is None:
            raise self._damaged(f"there is no {kind} {record_id}")
        title: str = row[lang]
        return title

    # Sources, claims, coverage

    def source(self, source_id: str) -> Row:
        """One source."""
        found = self._row("SELECT * FROM sources WHERE id = ?", (source_id,))
        if found is None:
            raise self._damaged(f"there is no source {source_id}")
        return found

    def further_sources(self, kind: str, record_id: str) -> list[str]:
        """Ids of the sources of a record after its first."""
        return self._column("SELECT source_id FROM citations WHERE kind = ? AND record_id = ? ORDER BY position", (kind, record_id))

    def claims(self, kind: str, record_id: str) -> list[Row]:
        """The claims about a record."""
        return self.rows("SELECT * FROM claims WHERE about = ? ORDER BY id", (f"{kind}:{record_id}",))

    def coverage(self) -> list[Row]:
        """Per catalog: codes, and how many of them have what."""
        return self.rows("SELECT * FROM coverage")

    def listing(self, kind: str, catalog: str | None = None) -> list[Row]:
        """(id, title_zh, title_en) of every record of a kind of `LISTINGS`; `catalog` restricts codes to one catalog."""
        return self.rows(_LISTED[kind], {"catalog": catalog} if kind == "codes" else ())

    def titles(self, table: str, record_id: str) -> Row | None:
        """(title_zh, title_en) of one record of a table of `LISTINGS`; None where there is none, or the table has no titles."""
        return self._row(_TITLES[table], (record_id,)) if table in _TITLES else None

    def columns(self) -> dict[str, set[str]]:
        """The columns of every table and view."""
        found: dict[str, set[str]] = {}
        select = "SELECT s.name AS owner, c.name AS column_name FROM sqlite_schema AS s JOIN pragma_table_info(s.name) AS c WHERE s.type <> 'index'"
        for row in self.rows(select):
            found.setdefault(row["owner"], set()).add(row["column_name"])
        return found

    def build_info(self) -> dict[str, str]:
        """What the build wrote about itself."""
        return {row["key"]: row["value"] for row in self.rows("SELECT key, value FROM build_info ORDER BY key")}

    def shared_citations(self) -> list[tuple[str, str, str]]:
        """(kind, record_id, source_id) of the further sources of everything but codes, in order."""
        return self._tuples("SELECT kind, record_id, source_id FROM citations WHERE kind <> 'code' ORDER BY kind, record_id, position")

    def records_with_claims(self) -> list[str]:
        """What claims are about, as `kind:id`."""
        return self._column("SELECT DISTINCT about FROM claims", ())
