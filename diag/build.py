"""Data files -> database: all of it or nothing.

The rows go into a new file beside the target, in one transaction; the file is checked, compacted, flushed to the disk and renamed
over the target. Whoever reads the target sees the old database or the new one, never anything between, whenever the build is
interrupted. Equal data files give equal bytes (with one version of SQLite).
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlite_utils

from diag import schema
from diag.check import check_folder
from diag.documents import character_variants, documents_of, pinyin_of, pinyin_pairs
from diag.errors import DatabaseProblem, DataProblems
from diag.manifest import manifest_of
from diag.model import Library
from diag.rows import Row, rows_of
from diag.text import characters

Progress = Callable[[str], None]

# A temporary file older than this belongs to a build that was killed.
STALE_SECONDS = 15 * 60


def build(data_folder: Path, target: Path, progress: Progress = lambda _line: None) -> dict[str, int]:
    """Check the packs in a folder and write their database to `target`; returns table -> rows.

    Raises DataProblems where a data file has a problem, and DatabaseProblem where the file cannot be written; the old database is
    then untouched.
    """
    started = time.time()
    progress("reading the data files")
    library, problems = check_folder(data_folder)
    if problems:
        raise DataProblems(problems)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        with _temporary(target) as temp:
            counts = _write(library, temp, progress)
            os.utime(temp, (started, started))  # data files that changed meanwhile are newer than the database
            _flush(temp)
            os.replace(temp, target)
            _flush(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise DatabaseProblem(f"cannot write {target}: {error}", "free some space, or name another file with --db") from error
    progress(f"{sum(counts.values())} rows in {time.time() - started:.1f} s")
    return counts


def _write(library: Library, path: Path, progress: Progress) -> dict[str, int]:
    """Fill a new file: rows in memory first, then a compact copy of it, whose bytes depend on the rows alone."""
    connection = sqlite3.connect(":memory:")
    try:
        db = sqlite_utils.Database(connection)
        tables = rows_of(library)
        with db.atomic():
            for statement in schema.create_statements():
                db.execute(statement)
            for table, rows in tables.items():
                progress(f"writing {table}")
                _insert(db, table, rows)
            progress("writing the search index")
            _index(db, library)
            _insert(db, "build_info", [{"key": key, "value": value} for key, value in sorted(manifest_of(tables).items())])
        for table, columns in schema.INDEXES.items():
            for column in columns:
                db.table(table).create_index([column])
        for name, select in schema.VIEWS.items():
            db.create_view(name, select)
        _verify(db)
        db.execute("ANALYZE")
        db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION}")
        db.execute("VACUUM INTO ?", [str(path)])
        return {table: len(rows) for table, rows in tables.items()}
    finally:
        connection.close()


def _insert(db: sqlite_utils.Database, table: str, rows: list[Row]) -> None:
    """Rows of one table; column names come from the declared schema, never from data."""
    columns = list(db.table(table).columns_dict)
    places = ", ".join(f":{column}" for column in columns)
    db.conn.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)  # noqa: S608


def _index(db: sqlite_utils.Database, library: Library) -> None:
    simplified = str.maketrans(character_variants())
    documents = [(n, d.written_with(simplified)) for n, d in enumerate(documents_of(library), 1)]
    db.conn.executemany(
        "INSERT INTO search_documents VALUES (?, ?, ?, ?, ?, ?)",
        ((n, d.kind, d.record_id, d.symptom_id, d.text, len(d.words)) for n, d in documents),
    )
    db.conn.executemany(
        "INSERT INTO search_index (rowid, words, more, pinyin) VALUES (?, ?, ?, ?)",
        ((n, " ".join(d.words), " ".join(d.more), " ".join(pinyin_pairs(d.text) if d.symptom_id else [])) for n, d in documents),
    )
    db.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")
    of_symptoms = [(d.symptom_id, d.text.translate(simplified), d.words) for _, d in documents if d.symptom_id]
    said = Counter((token, symptom) for symptom, text, words in of_symptoms for token in {*words, *characters(text), *pinyin_pairs(text)})
    db.conn.executemany("INSERT INTO symptom_tokens VALUES (?, ?, ?)", sorted((*key, count) for key, count in said.items()))
    db.conn.executemany("INSERT INTO character_variants VALUES (?, ?)", sorted((chr(v), c) for v, c in simplified.items()))
    syllables = {syllable for _, d in documents if d.symptom_id for syllable in pinyin_of(d.text)}
    db.conn.executemany("INSERT INTO pinyin_syllables VALUES (?)", ((syllable,) for syllable in sorted(syllables)))


def _verify(db: sqlite_utils.Database) -> None:
    """Foreign keys hold and the file is sound; a failure here is a mistake of ours, not of the data."""
    broken = db.execute("PRAGMA foreign_key_check").fetchall()
    sound = db.execute("PRAGMA integrity_check").fetchone()[0]
    db.execute("INSERT INTO search_index (search_index) VALUES ('integrity-check')")
    if broken or sound != "ok":
        raise DatabaseProblem(f"the new database is not sound: {broken[:3] or sound}")


@contextlib.contextmanager
def _temporary(target: Path) -> Iterator[Path]:
    """A path beside the target for the new file, which is gone afterwards whatever happens."""
    temp = target.with_name(f".{target.name}.{os.getpid()}-{time.monotonic_ns()}")
    try:
        yield temp
    finally:
        for leftover in (temp, temp.with_name(temp.name + "-journal")):
            leftover.unlink(missing_ok=True)


def _sweep(target: Path) -> None:
    """Remove what killed builds left behind; a file of a build that still runs is younger."""
    for leftover in target.parent.glob(f".{target.name}.*"):
        with contextlib.suppress(OSError):
            if time.time() - leftover.stat().st_mtime > STALE_SECONDS or not _alive(leftover):
                leftover.unlink()


def _alive(temp: Path) -> bool:
    """Whether the process that a temporary file is named after still runs; true where that cannot be told."""
    pid = temp.name.removesuffix("-journal").rpartition(".")[2].partition("-")[0]
    if os.name == "nt" or not pid.isdigit():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _flush(path: Path) -> None:
    """Make a file, or the entries of a folder, survive a power cut; Windows has no such thing for folders."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
