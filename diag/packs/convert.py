"""Table -> record: each value is taken by the annotation of the record's field, and every mistake is reported.

The annotations of `diag.model` are the only place where the data format is declared.
"""

from __future__ import annotations

import dataclasses
import types
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from diag.model import LANGS, Problem, Text, Where
from diag.packs.files import Table

R = TypeVar("R")
Convert = Callable[[Any], Any]


class WrongValue(Exception):
    """A value that its field cannot hold; the text says what the field takes."""


def record_from(record_type: type[R], table: Table) -> tuple[R | None, list[Problem]]:
    """The record that a table holds, or None, with all that is wrong in it."""
    record, mistakes = _convert_fields(record_type, table.values, table.where)
    problems = [Problem(table.where.path, table.line_of(key), rule, message) for key, rule, message in mistakes]
    return record, problems


def _convert_fields(record_type: type[R], values: dict[str, Any], where: Where | None) -> tuple[R | None, list[tuple[str, str, str]]]:
    fields = _fields(record_type)  # type: ignore[arg-type]  # mypy takes no type for hashable
    mistakes = [(key, "unknown-key", f"no such key; known: {', '.join(fields)}") for key in values if key not in fields]
    given: dict[str, Any] = {} if where is None else {"where": where}
    for name, (convert, required) in fields.items():
        if name not in values:
            if required:
                mistakes.append((name, "missing-key", f"{name} is missing"))
            continue
        try:
            given[name] = convert(values[name])
        except WrongValue as wrong:
            mistakes.append((name, "wrong-value", f"{name}: {wrong}"))
    return (None if mistakes else record_type(**given)), mistakes


@cache
def _fields(record_type: type) -> dict[str, tuple[Convert, bool]]:
    """Name -> (converter, required) of every field that a data file may set."""
    hints = get_type_hints(record_type, include_extras=True)
    return {f.name: (_converter(hints[f.name]), f.default is dataclasses.MISSING) for f in dataclasses.fields(record_type) if f.name != "where"}


def _converter(hint: Any) -> Convert:
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _converter(args[0])
    if origin in (Union, types.UnionType):  # `X | None`: a key that is there is not None
        return _converter(next(a for a in args if a is not type(None)))
    if origin is Literal:
        return lambda value: _one_of(args, value)
    if hint is Text:
        return _text
    if origin is tuple and args[-1] is Ellipsis:
        return _many(_converter(args[0]))
    if origin is tuple:
        return _several([_converter(a) for a in args])
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return lambda value: _nested(hint, value)
    return {str: _string, int: _integer, bool: _boolean, date: _date}[hint]


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise WrongValue(f"write it as a string, in quotes, not as {type(value).__name__}")
    bad = next((c for c in value if unicodedata.category(c) in ("Cc", "Cf", "Cs")), None)
    if bad is not None:
        raise WrongValue(f"has a control or invisible character, U+{ord(bad):04X}")
    if not value.strip():
        raise WrongValue("is empty; leave the key out instead")
    return value.strip()


def _one_of(choices: tuple[Any, ...], value: Any) -> Any:
    if value not in choices:
        raise WrongValue(f"is {value!r}; it takes one of {', '.join(map(str, choices))}")
    return value


def _text(value: Any) -> Text:
    if not isinstance(value, dict):
        raise WrongValue('write it in both languages: { zh = "…", en = "…" }')
    missing = [lang for lang in LANGS if lang not in value]
    strange = [key for key in value if key not in LANGS]
    if missing or strange:
        raise WrongValue(f"the {missing[0]} text is missing" if missing else f"{strange[0]!r} is not a language here")
    return Text(_string(value["zh"]), _string(value["en"]))


def _many(convert: Convert) -> Convert:
    def convert_list(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise WrongValue("write a list, in square brackets")
        return tuple(convert(v) for v in value)

    return convert_list


def _several(converters: list[Convert]) -> Convert:
    def convert_tuple(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) != len(converters):
            raise WrongValue(f"write a list of {len(converters)} values")
        return tuple(convert(v) for convert, v in zip(converters, value, strict=True))

    return convert_tuple


def _nested(record_type: type, value: Any) -> Any:
    if not isinstance(value, dict):
        raise WrongValue("write a table, in braces")
    record, mistakes = _convert_fields(record_type, value, None)
    if mistakes:
        raise WrongValue(mistakes[0][2])
    return record


def _integer(value: Any) -> int:
    """A number, or the text of one, decimal or hex: CSV knows only text."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    digits = value.strip() if isinstance(value, str) else ""
    try:
        if digits.isascii():
            return int(digits, 16 if digits[:2].lower() == "0x" else 10)
    except ValueError:
        pass
    raise WrongValue(f"is {value!r}; it takes a number, decimal or hex")


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise WrongValue("it takes true or false")
    return value


def _date(value: Any) -> date:
    """A date; CSV gives it as text."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise WrongValue(f"is {value!r}; it takes a date such as 2026-11-23") from None
