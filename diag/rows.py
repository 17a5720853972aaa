"""Records -> rows of the tables in `diag.schema`, sorted, so that equal records give equal rows in equal order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from diag import hours
from diag.codes import name_form, number_in, stored_value
from diag.model import (
    LANGS,
    Catalog,
    Channel,
    Checklist,
    Claim,
    Code,
    Counterpart,
    Escalation,
    Fix,
    Library,
    Message,
    Playbook,
    Source,
    Statement,
    Symptom,
    Text,
    Topic,
)
from diag.text import fold

Row = dict[str, Any]
Rows = Iterator[tuple[str, Row]]


def rows_of(library: Library) -> dict[str, list[Row]]:
    """Table -> its rows, for every table but `build_info` and the search index. The library must have passed the check."""
    dates = {source.id: source.checked.isoformat() for source in library.of(Source)}
    tables: dict[str, list[Row]] = defaultdict(list)
    for table, row in _all_rows(library, dates):
        tables[table].append(row)
    for rows in tables.values():
        rows.sort(key=lambda row: tuple((value is not None, value) for value in row.values()))
    return dict(tables)


def _all_rows(library: Library, dates: dict[str, str]) -> Rows:
    for pack in library.packs:
        yield "packs", {"id": pack.id, **_text("title", pack.title), **_text("description", pack.description), "licence": pack.licence}
        for own, words in ((1, pack.own_products), (0, pack.other_products)):
            for word in dict.fromkeys(map(fold, words)):
                yield "product_words", {"word": word, "own": own, "pack_id": pack.id}
    for source in library.of(Source):
        yield (
            "sources",
            {"id": source.id, "kind": source.kind, **_text("title", source.title), "url": source.url,
             "checked": source.checked.isoformat(), "licence": source.licence},
        )  # fmt: skip
    for topic in library.of(Topic):
        yield "topics", {"id": topic.id, **_text("title", topic.title)}
        for word in dict.fromkeys(topic.words):
            yield "topic_words", {"topic_id": topic.id, "word": word}
    catalogs = {catalog.id: catalog for catalog in library.of(Catalog)}
    for catalog in catalogs.values():
        yield from _catalog(catalog, dates)
    for code in library.of(Code):
        yield from _code(code, catalogs[code.catalog], dates)
    for record_type, rows in _STATEMENTS.items():
        for record in library.of(record_type):
            yield from rows(record, dates)
    for claim in library.of(Claim):
        yield from _claim(claim, dates)
    for pair in library.of(Counterpart):
        note = _text("note", pair.note)
        yield "counterparts", {"code_id": pair.code, "other_id": pair.other, **note}
        yield "counterparts", {"code_id": pair.other, "other_id": pair.code, **note}


def _text(name: str, text: Text | None) -> Row:
    return {f"{name}_{lang}": None if text is None else getattr(text, lang) for lang in LANGS}


def _stated(record: Statement | Code, dates: dict[str, str], default: Catalog | None = None) -> Row:
    """Trust, first source and date; the date is the record's own, else that of its first source."""
    sources = record.sources or (default.sources if default else ())
    trust = record.trust or (default.trust if default else None)
    checked = record.checked.isoformat() if record.checked else dates[sources[0]]
    return {"trust": trust, "source_id": sources[0], "checked": checked}


def _citations(kind: str, record_id: str, sources: Iterable[str]) -> Rows:
    """The sources after the first, which stands in the record's own row."""
    for position, source in enumerate(sources):
        if position:
            yield "citations", {"kind": kind, "record_id": record_id, "position": position, "source_id": source}


def _listed(table: str, owner: str, owner_id: str, other: str, ids: Iterable[str]) -> Rows:
    for position, other_id in enumerate(ids, 1):
        yield table, {f"{owner}_id": owner_id, f"{other}_id": other_id, "position": position}


def _catalog(catalog: Catalog, dates: dict[str, str]) -> Rows:
    yield (
        "catalogs",
        {"id": catalog.id, "pack_id": catalog.where.path.split("/")[0], **_text("title", catalog.title),
         **_text("description", catalog.description), "numbers": catalog.numbers, "rank": catalog.rank,
         "hex_digits": catalog.hex_digits, **_stated(catalog, dates)},
    )  # fmt: skip
    yield from _citations("catalog", catalog.id, catalog.sources)
    names = {word.lower(): "word" for word in catalog.words}
    names |= {alias.lower(): "alias" for alias in catalog.aliases} | {catalog.id: "id"}
    for name, kind in names.items():
        yield "catalog_names", {"name": name, "catalog_id": catalog.id, "kind": kind}


def _code(code: Code, catalog: Catalog, dates: dict[str, str]) -> Rows:
    value = None if catalog.numbers == "none" else stored_value(code.code, code.value)
    yield (
        "codes",
        {"id": code.id, "catalog_id": code.catalog, "scope": code.scope, "code": code.code, "value": value,
         "symbol": code.symbol or None, "aliases": " ".join(code.aliases) or None, "severity": code.severity,
         "retry": code.retry, "status": code.status, **_stated(code, dates, catalog)},
    )  # fmt: skip
    yield from _citations("code", code.id, code.sources or catalog.sources)
    for lang in LANGS:
        cause = getattr(code.cause, lang) if code.cause else None
        yield (
            "code_texts",
            {"code_id": code.id, "lang": lang, "title": getattr(code.title, lang), "meaning": getattr(code.meaning, lang), "cause": cause},
        )
    for form, kind in _forms(code, value):
        yield "code_forms", {"form": form, "kind": kind, "code_id": code.id}
    yield from _listed("code_fixes", "code", code.id, "fix", code.fixes)
    yield from _listed("code_symptoms", "code", code.id, "symptom", code.symptoms)


def _forms(code: Code, value: int | None) -> set[tuple[str, str]]:
    """Everything that leads to a code. A code that is itself a number has no name form: 0x5 and 5 reach it alike."""
    names = [code.symbol, *code.aliases]
    if value is None or number_in(code.code)[0] is None:
        names.append(code.code)
    if code.scope:
        names.append(f"{code.scope}/{code.code}")
    forms = {(name_form(name), "name") for name in names if name}
    return forms if value is None else {*forms, (str(value), "number")}


def _checklist(record: Checklist, dates: dict[str, str]) -> Rows:
    yield "checklists", {"id": record.id, **_text("title", record.title), **_stated(record, dates)}
    yield from _citations("checklist", record.id, record.sources)
    for position, item in enumerate(record.items, 1):
        yield "checklist_items", {"checklist_id": record.id, "position": position, **_text("text", item)}


def _channel(record: Channel, dates: dict[str, str]) -> Rows:
    yield (
        "channels",
        {"id": record.id, "kind": record.kind, **_text("title", record.title), "address": record.address,
         **_text("entry", record.entry), "answers": record.answers, "hours": record.hours or None,
         "hours_trust": (record.hours_trust or record.trust) if record.hours else None, "timezone": record.timezone or None,
         "utc_offset": hours.fixed_offset(record.timezone) if record.timezone else None,
         "official": int(record.official), **_text("note", record.note), **_text("warning", record.warning),
         "checklist_id": record.checklist, **_stated(record, dates)},
    )  # fmt: skip
    yield from _citations("channel", record.id, record.sources)
    for weekday, opens, closes in hours.parse(record.hours) if record.hours else ():
        yield "channel_hours", {"channel_id": record.id, "weekday": weekday, "opens": opens, "closes": closes}
    for language in dict.fromkeys(record.languages):
        yield "channel_languages", {"channel_id": record.id, "language": language}
    for region in dict.fromkeys(record.regions):
        yield "channel_regions", {"channel_id": record.id, "region": region}
    yield from _listed("channel_topics", "channel", record.id, "topic", record.topics)


def _fix(record: Fix, dates: dict[str, str]) -> Rows:
    shortest, longest = record.minutes or (None, None)
    yield (
        "fixes",
        {"id": record.id, "audience": record.audience, "minutes_from": shortest, "minutes_to": longest,
         **_text("title", record.title), **_text("verify", record.verify), **_text("risk", record.risk), **_stated(record, dates)},
    )  # fmt: skip
    yield from _citations("fix", record.id, record.sources)
    for position, step in enumerate(record.steps, 1):
        yield "fix_steps", {"fix_id": record.id, "position": position, **_text("text", step)}


def _playbook(record: Playbook, dates: dict[str, str]) -> Rows:
    yield (
        "playbooks",
        {"id": record.id, **_text("title", record.title), **_text("description", record.description),
         **_text("warning", record.warning), "topic_id": record.topic, "checklist_id": record.checklist, **_stated(record, dates)},
    )  # fmt: skip
    yield from _citations("playbook", record.id, record.sources)
    yield from _listed("playbook_symptoms", "playbook", record.id, "symptom", record.symptoms)
    for position, step in enumerate(record.steps, 1):
        yield (
            "playbook_steps",
            {
                "playbook_id": record.id,
                "position": position,
                **_text("text", step.do),
                "channel_id": step.channel,
                **_text("deadline", step.deadline),
            },
        )


def _symptom(record: Symptom, dates: dict[str, str]) -> Rows:
    yield (
        "symptoms",
        {"id": record.id, **_text("title", record.title), **_text("description", record.description),
         **_text("warning", record.warning), "topic_id": record.topic, "checklist_id": record.checklist,
         "playbook_id": record.playbook, **_stated(record, dates)},
    )  # fmt: skip
    yield from _citations("symptom", record.id, record.sources)
    for lang in LANGS:
        for position, phrase in enumerate(getattr(record.phrases, lang), 1):
            yield "symptom_phrases", {"symptom_id": record.id, "lang": lang, "position": position, "phrase": phrase}
    yield from _listed("symptom_fixes", "symptom", record.id, "fix", record.fixes)
    yield from _listed("symptom_channels", "symptom", record.id, "channel", record.channels)


def _message(record: Message, dates: dict[str, str]) -> Rows:
    yield (
        "messages",
        {"id": record.id, "text": record.text, "lang": record.lang, **_text("surface", record.surface),
         **_text("meaning", record.meaning), "symptom_id": record.symptom, **_stated(record, dates)},
    )  # fmt: skip
    yield from _citations("message", record.id, record.sources)
    for position, variant in enumerate(record.variants, 1):
        yield "message_variants", {"message_id": record.id, "position": position, "text": variant}
    yield from _listed("message_codes", "message", record.id, "code", record.codes)
    yield from _listed("message_fixes", "message", record.id, "fix", record.fixes)


def _escalation(record: Escalation, dates: dict[str, str]) -> Rows:
    yield (
        "escalations",
        {"id": record.id, **_text("title", record.title), "address": record.address, **_text("authority", record.authority),
         **_text("scope", record.scope), **_text("precondition", record.precondition), **_text("time", record.time),
         "position": record.position, **_stated(record, dates)},
    )  # fmt: skip
    yield from _citations("escalation", record.id, record.sources)
    yield from _listed("escalation_topics", "escalation", record.id, "topic", record.topics)


def _claim(record: Claim, dates: dict[str, str]) -> Rows:
    checked = record.checked.isoformat() if record.checked else dates[record.sources[0]]
    yield (
        "claims",
        {"id": record.id, "about": record.about, **_text("statement", record.statement), "verdict": record.verdict,
         **_text("note", record.note), "better": record.better or None, "source_id": record.sources[0], "checked": checked},
    )  # fmt: skip
    yield from _citations("claim", record.id, record.sources)


# How the rows of a kind are made, for kinds that stand alone.
_STATEMENTS: dict[type[Any], Callable[[Any, dict[str, str]], Rows]] = {
    Checklist: _checklist,
    Channel: _channel,
    Fix: _fix,
    Playbook: _playbook,
    Symptom: _symptom,
    Message: _message,
    Escalation: _escalation,
}
