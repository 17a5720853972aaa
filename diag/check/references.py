"""Every id is unique, and every reference leads to a record."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from diag.model import Claim, Code, Counterpart, Library, Problem, Record, Ref, Where

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
CODE_PART = re.compile(r"\S(?:[^\t\r\n]{0,118}\S)?")
SCOPE = re.compile(r"[A-Za-z0-9_.-]{1,40}")


def record_id(record: Record) -> str | None:
    """The id of a record; counterparts have none."""
    return None if isinstance(record, Counterpart) else record.id


def _ids(library: Library) -> dict[str, set[str]]:
    return {kind: {i for r in records if (i := record_id(r))} for kind, records in library.records.items()}


def duplicates(library: Library) -> Iterator[Problem]:
    """An id stands once in all packs together; so does a pair of counterparts."""
    for kind, records in library.records.items():
        first: dict[Any, Where] = {}
        for record in records:
            key = frozenset((record.code, record.other)) if isinstance(record, Counterpart) else record_id(record)
            if key in first:
                shown = " and ".join(sorted(key)) if isinstance(key, frozenset) else key
                yield Problem(*record.where, "duplicate", f"{kind} {shown} stands already at {first[key].path}:{first[key].line}")
            else:
                first[key] = record.where


def id_forms(library: Library) -> Iterator[Problem]:
    """Ids are slugs, codes are one line without spaces around them, and a code's file names a catalog."""
    catalogs = _ids(library)["catalog"]
    for pack in library.packs:
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,40}", pack.id):
            yield Problem(*pack.where, "id", f"{pack.id!r} is not lower-case letters, digits and hyphens")
    for kind, records in library.records.items():
        for record in records:
            if isinstance(record, Code):
                if record.catalog not in catalogs:
                    yield Problem(*record.where, "unknown-catalog", f"no catalog {record.catalog!r} in catalogs.toml")
                if not CODE_PART.fullmatch(record.code):
                    yield Problem(*record.where, "id", f"{record.code!r} is longer than 120 characters, or not one line")
                if record.scope and not SCOPE.fullmatch(record.scope):
                    yield Problem(*record.where, "id", f"scope {record.scope!r} is not letters, digits, dot, hyphen")
            elif (i := record_id(record)) and not SLUG.fullmatch(i):
                yield Problem(*record.where, "id", f"{kind} id {i!r} is not lower-case letters, digits and hyphens, at most 60")


def dangling(library: Library) -> Iterator[Problem]:
    """Every field that refers to other records names records that exist."""
    known = _ids(library)
    for records in library.records.values():
        for record in records:
            for name, kind, value in _references(record):
                if value not in known[kind]:
                    yield Problem(*record.where, "dangling", f"{name}: there is no {kind} {value!r}")
    for claim in library.of(Claim):
        for name in ("about", "better"):
            written = getattr(claim, name)
            kind, _, target = written.partition(":")
            if written and target not in known.get(kind, ()):
                yield Problem(*claim.where, "dangling", f"{name}: there is no {kind or 'record'} {target!r}; write kind:id")


def repeated(library: Library) -> Iterator[Problem]:
    """A list of references names each record once."""
    for records in library.records.values():
        for record in records:
            for name, kind in _reference_fields(type(record)):  # type: ignore[arg-type]  # mypy takes no type for hashable
                value = getattr(record, name)
                if kind and isinstance(value, tuple) and len(set(value)) < len(value):
                    yield Problem(*record.where, "duplicate", f"{name} names something twice: {' '.join(value)}")


def _references(record: Any) -> Iterator[tuple[str, str, str]]:
    """(field, kind, id) of every reference in a record and in the records inside it."""
    for name, kind in _reference_fields(type(record)):  # type: ignore[arg-type]  # mypy takes no type for hashable
        value = getattr(record, name)
        if kind is None:
            for inner in value:
                yield from _references(inner)
        elif value is not None:
            for one in (value,) if isinstance(value, str) else value:
                yield name, kind, one


@cache
def _reference_fields(record_type: type) -> tuple[tuple[str, str | None], ...]:
    """(field, kind it refers to); None in place of a kind for a tuple of records that have references themselves."""
    found: list[tuple[str, str | None]] = []
    for name, hint in get_type_hints(record_type, include_extras=True).items():
        if get_origin(hint) is Annotated:
            found.extend((name, mark.kind) for mark in hint.__metadata__ if isinstance(mark, Ref))
        elif get_origin(hint) is tuple and dataclasses.is_dataclass(get_args(hint)[0]):
            found.append((name, None))
    return tuple(found)


RULES = (duplicates, id_forms, dangling, repeated)
