"""TOML and CSV files -> tables: plain values under their keys, each table with the line on which it stands."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diag.model import LANGS, Problem, Where

# CSV cells of these columns hold several values, separated by spaces.
LIST_COLUMNS = frozenset({"aliases", "fixes", "symptoms", "sources"})


class FileProblem(Exception):
    """A file that cannot be read at all."""

    def __init__(self, path: str, line: int, rule: str, message: str) -> None:
        super().__init__(message)
        self.problem = Problem(path, line, rule, message)


@dataclass(frozen=True, slots=True)
class Table:
    """One record as it stands in a file, not yet checked: its values, where it begins, and where each key stands."""

    values: dict[str, Any]
    where: Where
    key_lines: dict[str, int]

    def with_value(self, key: str, value: Any) -> Table:
        """The same table with one value set by the reader itself."""
        return Table({**self.values, key: value}, self.where, self.key_lines)

    def line_of(self, key: str) -> int:
        """The line on which a key stands, or the table's first line."""
        return self.key_lines.get(key, self.where.line)


def read_toml(path: Path, shown: str, kind: str | None) -> list[Table]:
    """The `[[kind]]` tables of a file, or the whole file as one table where `kind` is None.

    Raises FileProblem where the file is not UTF-8 or not TOML.
    """
    text = _text(path, shown)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise FileProblem(shown, int(line[1]) if line else 1, "toml", str(error)) from None
    lines = text.splitlines()
    if kind is None:
        return [Table(document, Where(shown, 1), _key_lines(lines, 0, len(lines)))]
    strange = [key for key in document if key != kind]
    if strange:
        raise FileProblem(shown, 1, "unknown-key", f"{strange[0]!r} stands at the top of the file; records begin with [[{kind}]]")
    found = document.get(kind, [])
    if not (isinstance(found, list) and all(isinstance(table, dict) for table in found)):
        raise FileProblem(shown, 1, "toml", f"records begin with [[{kind}]]")
    starts = [number for number, line in enumerate(lines) if line.replace(" ", "").startswith(f"[[{kind}]]")]
    if len(starts) != len(found):  # a header inside a multi-line string, or an inline array: the line is not known
        return [Table(table, Where(shown, 1), {}) for table in found]
    ends = [*starts[1:], len(lines)][: len(starts)]
    return [Table(table, Where(shown, start + 1), _key_lines(lines, start + 1, end)) for table, start, end in zip(found, starts, ends, strict=True)]


def _key_lines(lines: list[str], start: int, end: int) -> dict[str, int]:
    keys: dict[str, int] = {}
    for number in range(start, end):
        match = re.match(r"([A-Za-z_]+)\s*[.=]", lines[number])
        if match:
            keys.setdefault(match[1], number + 1)
    return keys


def read_csv(path: Path, shown: str) -> list[Table]:
    """The rows of a file: `title_zh` and `title_en` become one text, lists are split at spaces, empty cells are left out.

    Raises FileProblem where the file is not UTF-8, has no header, or a row has more cells than the header.
    """
    reader = csv.reader(io.StringIO(_text(path, shown), newline=""), strict=True)
    tables: list[Table] = []
    line = 1
    try:
        header = next(reader, [])
        if len(set(header)) != len(header) or not all(header):
            raise FileProblem(shown, 1, "csv", "the first row must name every column once")
        line = reader.line_num + 1
        for cells in reader:
            if cells and len(cells) != len(header):
                raise FileProblem(shown, line, "csv", f"{len(cells)} cells, but the header names {len(header)} columns")
            if cells:
                tables.append(Table(_row_values(dict(zip(header, cells, strict=True))), Where(shown, line), {}))
            line = reader.line_num + 1
    except csv.Error as error:
        raise FileProblem(shown, line, "csv", str(error)) from None
    return tables


def _row_values(row: dict[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column, cell in row.items():
        if not cell:
            continue
        name, _, lang = column.rpartition("_")
        if name and lang in LANGS:
            values.setdefault(name, {})[lang] = cell
        elif column in LIST_COLUMNS:
            values[column] = cell.split()
        else:
            values[column] = cell
    return values


def _text(path: Path, shown: str) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise FileProblem(shown, line, "utf-8", "the file is not UTF-8") from None
