"""Values that a type alone cannot vouch for: numbers of codes, addresses of sources, trust that has to be earned."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from urllib.parse import urlsplit

from diag.codes import stored_value
from diag.limits import LONGEST_VALUE
from diag.model import Catalog, Code, Fix, Library, Playbook, Problem, Source, Statement, Symptom

_LIMITS = {"signed": (-(2**63), 2**63 - 1), "unsigned32": (0, 2**32 - 1)}


def is_web_address(url: str) -> bool:
    """Whether a link is safe to show as one: http or https, with a host, and nothing that could break out of an attribute."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(c in " \"'<>\\`" or c < "!" for c in url)


def source_addresses(library: Library) -> Iterator[Problem]:
    """A source has an address that can be opened."""
    for source in library.of(Source):
        if not is_web_address(source.url):
            yield Problem(*source.where, "source-address", f"{source.url!r} is not an http or https address")


def code_numbers(library: Library) -> Iterator[Problem]:
    """The number of a code fits the numbers of its catalog, and a catalog without numbers has none."""
    numbers = {c.id: c.numbers for c in library.of(Catalog)}
    for code in library.of(Code):
        kind = numbers.get(code.catalog)
        if kind is None:
            continue
        if kind == "none":
            if code.value is not None:
                yield Problem(*code.where, "value", f"codes of {code.catalog} are text; they have no value")
            continue
        value = stored_value(code.code, code.value)
        low, high = _LIMITS[kind]
        if value is not None and not low <= value <= high:
            yield Problem(*code.where, "value", f"{value} is not within {low} to {high}, the numbers of {code.catalog}")


def earned_trust(library: Library) -> Iterator[Problem]:
    """`corroborated` needs two sources, and every statement needs one."""
    for records in library.records.values():
        for record in records:
            if isinstance(record, Statement) and not record.sources:
                yield Problem(*record.where, "no-source", "sources is empty; every statement has a source")
            trust, sources = getattr(record, "trust", None), getattr(record, "sources", ())
            if trust == "corroborated" and len(sources) < 2:
                yield Problem(*record.where, "trust", "corroborated needs two independent sources")


def enough(library: Library) -> Iterator[Problem]:
    """Lists that an answer is made of are not empty: steps of a fix or playbook, phrases and fixes of a symptom."""
    for fix in library.of(Fix):
        if not 1 <= len(fix.steps) <= 8:
            yield Problem(*fix.where, "steps", f"a fix has 1 to 8 steps, not {len(fix.steps)}")
        if fix.minutes and not 0 <= fix.minutes[0] <= fix.minutes[1]:
            yield Problem(*fix.where, "minutes", "write [from, to]")
    for playbook in library.of(Playbook):
        if not playbook.steps:
            yield Problem(*playbook.where, "steps", "a playbook has steps")
    for symptom in library.of(Symptom):
        if len(symptom.fixes) < 2:
            yield Problem(*symptom.where, "fixes", "a symptom has at least two fixes")
        for lang in ("zh", "en"):
            if not getattr(symptom.phrases, lang):
                yield Problem(*symptom.where, "phrases", f"a symptom has phrases in {lang}")


def readable(library: Library) -> Iterator[Problem]:
    """A record, and the joined steps of a code, stay within what a connection with limits can read (`diag.limits`).

    The half of it, since a row holds ids and numbers besides.
    """
    most = LONGEST_VALUE // 2
    fixes = {fix.id: _size(fix.steps) for fix in library.of(Fix)}
    for records in library.records.values():
        for record in records:
            size = _size(record) + (sum(fixes.get(fix, 0) for fix in record.fixes) if isinstance(record, Code) else 0)
            if size > most:
                yield Problem(*record.where, "too-long-to-read", f"{size} bytes of text; a row of more than {most} cannot be read on the web")


def _size(value: object) -> int:
    """The bytes of all text within a value."""
    if isinstance(value, str):
        return len(value.encode("utf-8", "replace"))
    if isinstance(value, tuple):
        return sum(map(_size, value))
    if dataclasses.is_dataclass(value):
        return sum(_size(getattr(value, field.name)) for field in dataclasses.fields(value))
    return 0


def one_source_an_address(library: Library) -> Iterator[Problem]:
    """A page is one source, whoever cites it."""
    first: dict[str, Source] = {}
    for source in library.of(Source):
        known = first.setdefault(source.url, source)
        if known is not source:
            yield Problem(*source.where, "same-address", f"{known.id} at {known.where.path}:{known.where.line} has this address; cite that")


RULES = (source_addresses, one_source_an_address, code_numbers, earned_trust, enough, readable)
