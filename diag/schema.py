"""The tables and views of the database, declared once. metadata.json describes them column by column.

Tables are STRICT, closed sets have a CHECK made from the types in `diag.model`, and foreign keys are checked at the end of a build.
sqlite-utils has no CHECK (https://github.com/simonw/sqlite-utils/issues/358), so the tables are SQL.
"""

from __future__ import annotations

from typing import Any, get_args

from diag.model import Answers, Audience, ChannelKind, Lang, Numbers, Retry, Severity, SourceKind, Status, Trust, Verdict

# In the file's header, so that a reader knows a diag database ("diag" in ASCII) and its schema before it reads a row.
APPLICATION_ID = 0x64696167
SCHEMA_VERSION = 1


def _one_of(column: str, choices: Any) -> str:
    listed = ", ".join(f"'{choice}'" for choice in get_args(choices))
    return f"{column} TEXT CHECK ({column} IN ({listed}))"


_TRUST = f"{_one_of('trust', Trust)} NOT NULL"
_STATED = f"{_TRUST},\n  source_id TEXT NOT NULL REFERENCES sources(id),\n  checked TEXT NOT NULL"
_LANG = f"{_one_of('lang', Lang)} NOT NULL"


def _text(*names: str) -> str:
    return ",\n  ".join(f"{name}_{lang} TEXT NOT NULL" for name in names for lang in get_args(Lang))


def _optional_text(*names: str) -> str:
    return ",\n  ".join(f"{name}_{lang} TEXT" for name in names for lang in get_args(Lang))


def _listed(owner: str, owners: str, other: str, others: str) -> str:
    """The body of a table that puts records of one kind in order under a record of another."""
    return f"""
  {owner}_id TEXT NOT NULL REFERENCES {owners}(id),
  {other}_id TEXT NOT NULL REFERENCES {others}(id),
  position INTEGER NOT NULL,
  PRIMARY KEY ({owner}_id, {other}_id)"""


# Table -> (columns, is it WITHOUT ROWID). The order is that of the references: a table stands after those that it names.
TABLES: dict[str, tuple[str, bool]] = {
    "build_info": ("key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL", True),
    "packs": (f"id TEXT PRIMARY KEY NOT NULL, {_text('title', 'description')}, licence TEXT NOT NULL", False),
    "sources": (
        f"""id TEXT PRIMARY KEY NOT NULL, {_one_of("kind", SourceKind)} NOT NULL, {_text("title")},
  url TEXT NOT NULL, checked TEXT NOT NULL, licence TEXT NOT NULL""",
        False,
    ),
    "catalogs": (
        f"""id TEXT PRIMARY KEY NOT NULL, pack_id TEXT NOT NULL REFERENCES packs(id), {_text("title", "description")},
  {_one_of("numbers", Numbers)} NOT NULL, rank INTEGER NOT NULL, hex_digits INTEGER,
  {_STATED}""",
        False,
    ),
    "catalog_names": (
        """name TEXT NOT NULL, catalog_id TEXT NOT NULL REFERENCES catalogs(id),
  kind TEXT NOT NULL CHECK (kind IN ('id', 'alias', 'word')), PRIMARY KEY (name, catalog_id)""",
        True,
    ),
    "checklists": (f"id TEXT PRIMARY KEY NOT NULL, {_text('title')}, {_STATED}", False),
    "checklist_items": (
        f"""checklist_id TEXT NOT NULL REFERENCES checklists(id), position INTEGER NOT NULL, {_text("text")},
  PRIMARY KEY (checklist_id, position)""",
        True,
    ),
    "topics": (f"id TEXT PRIMARY KEY NOT NULL, {_text('title')}", False),
    "topic_words": ("topic_id TEXT NOT NULL REFERENCES topics(id), word TEXT NOT NULL, PRIMARY KEY (topic_id, word)", True),
    "channels": (
        f"""id TEXT PRIMARY KEY NOT NULL, {_one_of("kind", ChannelKind)} NOT NULL, {_text("title")},
  address TEXT NOT NULL, {_text("entry")}, {_one_of("answers", Answers)} NOT NULL,
  hours TEXT, {_one_of("hours_trust", Trust)}, timezone TEXT, utc_offset INTEGER,
  official INTEGER NOT NULL CHECK (official IN (0, 1)), {_optional_text("note", "warning")},
  checklist_id TEXT REFERENCES checklists(id),
  {_STATED}""",
        False,
    ),
    "channel_hours": (
        """channel_id TEXT NOT NULL REFERENCES channels(id), weekday INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),
  opens INTEGER NOT NULL CHECK (opens BETWEEN 0 AND 1439), closes INTEGER NOT NULL CHECK (closes > opens AND closes <= 2880),
  PRIMARY KEY (channel_id, weekday, opens)""",
        True,
    ),
    "channel_languages": ("channel_id TEXT NOT NULL REFERENCES channels(id), language TEXT NOT NULL, PRIMARY KEY (channel_id, language)", True),
    "channel_regions": ("channel_id TEXT NOT NULL REFERENCES channels(id), region TEXT NOT NULL, PRIMARY KEY (channel_id, region)", True),
    "channel_topics": (_listed("channel", "channels", "topic", "topics"), True),
    "fixes": (
        f"""id TEXT PRIMARY KEY NOT NULL, {_one_of("audience", Audience)} NOT NULL,
  minutes_from INTEGER, minutes_to INTEGER, {_text("title", "verify")}, {_optional_text("risk")},
  {_STATED}""",
        False,
    ),
    "fix_steps": (
        f"fix_id TEXT NOT NULL REFERENCES fixes(id), position INTEGER NOT NULL, {_text('text')}, PRIMARY KEY (fix_id, position)",
        True,
    ),
    "playbooks": (
        f"""id TEXT PRIMARY KEY NOT NULL, {_text("title", "description")}, {_optional_text("warning")},
  topic_id TEXT NOT NULL REFERENCES topics(id), checklist_id TEXT REFERENCES checklists(id),
  {_STATED}""",
        False,
    ),
    "playbook_steps": (
        f"""playbook_id TEXT NOT NULL REFERENCES playbooks(id), position INTEGER NOT NULL, {_text("text")},
  channel_id TEXT REFERENCES channels(id), {_optional_text("deadline")}, PRIMARY KEY (playbook_id, position)""",
        True,
    ),
    "symptoms": (
        f"""id TEXT PRIMARY KEY NOT NULL, {_text("title", "description")}, {_optional_text("warning")},
  topic_id TEXT NOT NULL REFERENCES topics(id), checklist_id TEXT REFERENCES checklists(id),
  playbook_id TEXT REFERENCES playbooks(id),
  {_STATED}""",
        False,
    ),
    "symptom_phrases": (
        f"""symptom_id TEXT NOT NULL REFERENCES symptoms(id), {_LANG}, position INTEGER NOT NULL, phrase TEXT NOT NULL,
  PRIMARY KEY (symptom_id, lang, position)""",
        True,
    ),
    "symptom_fixes": (_listed("symptom", "symptoms", "fix", "fixes"), True),
    "symptom_channels": (_listed("symptom", "symptoms", "channel", "channels"), True),
    "playbook_symptoms": (_listed("playbook", "playbooks", "symptom", "symptoms"), True),
    "codes": (
        f"""id TEXT PRIMARY KEY NOT NULL, catalog_id TEXT NOT NULL REFERENCES catalogs(id), scope TEXT NOT NULL,
  code TEXT NOT NULL, value INTEGER, symbol TEXT, aliases TEXT,
  {_one_of("severity", Severity)} NOT NULL, {_one_of("retry", Retry)}, {_one_of("status", Status)} NOT NULL,
  {_STATED}""",
        False,
    ),
    "code_texts": (
        f"""code_id TEXT NOT NULL REFERENCES codes(id), {_LANG}, title TEXT NOT NULL, meaning TEXT NOT NULL, cause TEXT,
  PRIMARY KEY (code_id, lang)""",
        True,
    ),
    "code_forms": (
        """form TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('name', 'number')),
  code_id TEXT NOT NULL REFERENCES codes(id), PRIMARY KEY (form, kind, code_id)""",
        True,
    ),
    "code_fixes": (_listed("code", "codes", "fix", "fixes"), True),
    "code_symptoms": (_listed("code", "codes", "symptom", "symptoms"), True),
    "counterparts": (
        f"""code_id TEXT NOT NULL REFERENCES codes(id), other_id TEXT NOT NULL REFERENCES codes(id), {_text("note")},
  PRIMARY KEY (code_id, other_id)""",
        True,
    ),
    "messages": (
        f"""id TEXT PRIMARY KEY NOT NULL, text TEXT NOT NULL, {_LANG}, {_optional_text("surface")}, {_text("meaning")},
  symptom_id TEXT NOT NULL REFERENCES symptoms(id),
  {_STATED}""",
        False,
    ),
    "message_variants": (
        "message_id TEXT NOT NULL REFERENCES messages(id), position INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (message_id, position)",
        True,
    ),
    "message_codes": (_listed("message", "messages", "code", "codes"), True),
    "message_fixes": (_listed("message", "messages", "fix", "fixes"), True),
    "escalations": (
        f"""id TEXT PRIMARY KEY NOT NULL, {_text("title")}, address TEXT NOT NULL,
  {_text("authority", "scope", "precondition")}, {_optional_text("time")}, position INTEGER NOT NULL,
  {_STATED}""",
        False,
    ),
    "escalation_topics": (_listed("escalation", "escalations", "topic", "topics"), True),
    "claims": (
        f"""id TEXT PRIMARY KEY NOT NULL, about TEXT NOT NULL, {_text("statement")}, {_one_of("verdict", Verdict)} NOT NULL,
  {_text("note")}, better TEXT, source_id TEXT NOT NULL REFERENCES sources(id), checked TEXT NOT NULL""",
        False,
    ),
    "citations": (
        """kind TEXT NOT NULL, record_id TEXT NOT NULL, position INTEGER NOT NULL, source_id TEXT NOT NULL REFERENCES sources(id),
  PRIMARY KEY (kind, record_id, position)""",
        True,
    ),
    "search_documents": (
        """id INTEGER PRIMARY KEY NOT NULL, kind TEXT NOT NULL, record_id TEXT NOT NULL,
  symptom_id TEXT REFERENCES symptoms(id), text TEXT NOT NULL, length INTEGER NOT NULL""",
        False,
    ),
    "symptom_tokens": (
        "token TEXT NOT NULL, symptom_id TEXT NOT NULL REFERENCES symptoms(id), phrases INTEGER NOT NULL, PRIMARY KEY (token, symptom_id)",
        True,
    ),
    "character_variants": ("variant TEXT PRIMARY KEY NOT NULL, character TEXT NOT NULL", True),
    "pinyin_syllables": ("syllable TEXT PRIMARY KEY NOT NULL", True),
    "product_words": (
        "word TEXT PRIMARY KEY NOT NULL, own INTEGER NOT NULL CHECK (own IN (0, 1)), pack_id TEXT NOT NULL REFERENCES packs(id)",
        True,
    ),
}

# The search index holds tokens made by diag.text, one space between two; it keeps no text of its own (contentless). `words` are those
# of a document's text, `more` those that lead to it as well, `pinyin` its Chinese in pairs of syllables.
SEARCH_INDEX = """CREATE VIRTUAL TABLE search_index USING fts5(
  words, more, pinyin, content='', tokenize="unicode61 remove_diacritics 0 tokenchars '_'")"""

INDEXES: dict[str, tuple[str, ...]] = {
    "codes": ("catalog_id", "value"),
    "code_fixes": ("fix_id",),
    "code_symptoms": ("symptom_id",),
    "claims": ("about",),
    "search_documents": ("record_id",),
}

VIEWS: dict[str, str] = {
    "lookup": """SELECT codes.id AS id, codes.catalog_id AS catalog, codes.scope AS scope, codes.code AS code, codes.value AS value,
  codes.symbol AS symbol, code_texts.lang AS lang, code_texts.title AS title, code_texts.meaning AS meaning, code_texts.cause AS cause,
  (SELECT group_concat(step, char(10)) FROM (
    SELECT (row_number() OVER (ORDER BY code_fixes.position, fix_steps.position)) || '. '
      || CASE code_texts.lang WHEN 'zh' THEN fix_steps.text_zh ELSE fix_steps.text_en END AS step
    FROM code_fixes JOIN fix_steps ON fix_steps.fix_id = code_fixes.fix_id
    WHERE code_fixes.code_id = codes.id)) AS steps,
  codes.retry AS retry, codes.severity AS severity, codes.status AS status, codes.trust AS trust,
  sources.url AS source_url, codes.checked AS checked
FROM codes JOIN code_texts ON code_texts.code_id = codes.id JOIN sources ON sources.id = codes.source_id""",
    "contacts": """SELECT channels.id AS id, channels.kind AS kind, channels.title_zh AS title_zh, channels.title_en AS title_en,
  channels.address AS address, channels.entry_zh AS entry_zh, channels.entry_en AS entry_en, channels.hours AS hours,
  channels.timezone AS timezone, channels.official AS official,
  (SELECT group_concat(topic_id, ' ') FROM channel_topics WHERE channel_id = channels.id) AS topics,
  (SELECT group_concat(region, ' ') FROM channel_regions WHERE channel_id = channels.id) AS regions,
  (SELECT group_concat(language, ' ') FROM channel_languages WHERE channel_id = channels.id) AS languages,
  channels.trust AS trust, sources.url AS source_url, channels.checked AS checked
FROM channels JOIN sources ON sources.id = channels.source_id""",
    "coverage": """WITH own AS (SELECT fix_id FROM code_fixes GROUP BY fix_id HAVING count(*) = 1),
per_code AS (
  SELECT codes.catalog_id AS catalog, codes.trust AS trust,
    EXISTS (SELECT 1 FROM code_texts WHERE code_id = codes.id AND lang = 'zh') AS zh,
    EXISTS (SELECT 1 FROM code_texts WHERE code_id = codes.id AND lang = 'en') AS en,
    EXISTS (SELECT 1 FROM code_texts WHERE code_id = codes.id AND cause IS NOT NULL) AS cause,
    EXISTS (SELECT 1 FROM code_fixes WHERE code_id = codes.id) AS fix,
    EXISTS (SELECT 1 FROM code_fixes JOIN own USING (fix_id) WHERE code_id = codes.id) AS own_fix,
    severity IN ('error', 'warning') AS failure
  FROM codes)
SELECT catalog, count(*) AS codes, sum(zh) AS meaning_zh, sum(en) AS meaning_en, sum(cause) AS cause, sum(fix) AS fix,
  sum(own_fix) AS own_fix, sum(failure) AS failures, sum(fix AND failure) AS failures_with_fix,
  sum(trust = 'official') AS official, sum(trust = 'corroborated') AS corroborated,
  sum(trust = 'reported') AS reported, sum(trust = 'disputed') AS disputed
FROM per_code GROUP BY catalog ORDER BY catalog""",
}


def create_statements() -> list[str]:
    """The CREATE TABLE statements, in the order of the references."""
    return [
        f"CREATE TABLE {name} (\n  {columns.strip()}\n) STRICT{', WITHOUT ROWID' if without_rowid else ''}"
        for name, (columns, without_rowid) in TABLES.items()
    ] + [SEARCH_INDEX]
