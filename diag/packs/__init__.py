"""Data files -> records. `read_library` is the face of this package.

`files` turns TOML and CSV into plain tables with line numbers, `convert` turns a table into a record by the
annotations of `diag.model`. The same readers serve the built-in packs and those of any team.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from diag.model import RECORD_TYPES, Code, Library, Pack, Problem, Record, Where
from diag.packs.convert import record_from
from diag.packs.files import FileProblem, Table, read_csv, read_toml

# Where the records of a kind stand in a pack: `<plural>.toml` or `.csv`, or a folder `<plural>/` of such files.
PLURALS = {t.kind_name: t.kind_name + ("es" if t.kind_name.endswith("x") else "s") for t in RECORD_TYPES}


def read_library(data_folder: Path) -> tuple[Library, list[Problem]]:
    """Read every pack in `data_folder`, or the one pack that the folder itself is.

    Returns what could be read and everything that could not; never raises for what stands in a file.
    """
    if (data_folder / "pack.toml").is_file():
        pack_folders, root = [data_folder], data_folder.parent
    else:
        pack_folders, root = sorted(p.parent for p in data_folder.glob("*/pack.toml")), data_folder
    problems: list[Problem] = []
    packs: list[Pack] = []
    records: dict[str, list[Record]] = {kind: [] for kind in PLURALS}
    if not pack_folders:
        problems.append(Problem(str(data_folder), 1, "no-pack", "no folder with a pack.toml in it"))
    for folder in pack_folders:
        packs.extend(_read_manifest(folder, root, problems))
        for kind, record in _read_records(folder, root, problems):
            records[kind].append(record)
    return Library(tuple(packs), {kind: tuple(found) for kind, found in records.items()}), problems


def _read_manifest(folder: Path, root: Path, problems: list[Problem]) -> Iterator[Pack]:
    path = folder / "pack.toml"
    where = Where(path.relative_to(root).as_posix(), 1)
    for table in _tables(path, where.path, None, problems):
        record, wrong = record_from(Pack, table)
        problems.extend(wrong)
        if record is not None:
            yield record
            if record.id != folder.name:
                problems.append(Problem(*where, "pack-id", f"the folder is {folder.name!r}, the pack says {record.id!r}"))


def _read_records(folder: Path, root: Path, problems: list[Problem]) -> Iterator[tuple[str, Record]]:
    known: set[Path] = {folder / "pack.toml"}
    for record_type in RECORD_TYPES:
        kind = record_type.kind_name
        for path in _files_of(folder, PLURALS[kind]):
            known.add(path)
            shown = path.relative_to(root).as_posix()
            for found in _tables(path, shown, kind, problems):
                table = found.with_value("catalog", _catalog_of(path, folder)) if record_type is Code else found
                record, wrong = record_from(record_type, table)
                problems.extend(wrong)
                if record is not None:
                    yield kind, record
    for path in sorted({*folder.rglob("*.toml"), *folder.rglob("*.csv")} - known):
        shown = path.relative_to(root).as_posix()
        problems.append(Problem(shown, 1, "unknown-file", f"no kind of record is read from here; known: {', '.join(PLURALS.values())}"))


def _files_of(folder: Path, plural: str) -> Iterable[Path]:
    single = [p for p in (folder / f"{plural}.toml", folder / f"{plural}.csv") if p.is_file()]
    inside = (folder / plural).rglob("*")
    return single + sorted(p for p in inside if p.suffix in (".toml", ".csv") and p.is_file())


def _catalog_of(path: Path, folder: Path) -> str:
    """`codes/wechat.csv` and `codes/wechat/40.csv` both hold codes of `wechat`."""
    parts = path.relative_to(folder / "codes").parts
    return parts[0] if len(parts) > 1 else path.stem


def _tables(path: Path, shown: str, kind: str | None, problems: list[Problem]) -> list[Table]:
    try:
        return read_csv(path, shown) if path.suffix == ".csv" else read_toml(path, shown, kind)
    except FileProblem as wrong:
        problems.append(wrong.problem)
        return []


__all__ = ["PLURALS", "read_library"]
