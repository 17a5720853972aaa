"""A build is the old database or the new one, never anything between; and equal data give equal bytes."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from diag import paths, reader, schema
from diag.build import STALE_SECONDS, build
from diag.check.database import check_database
from diag.errors import DatabaseDamaged, DatabaseProblem, DataProblems
from diag.store import Store

ROOT = Path(__file__).parent.parent
BUILD = "import sys; from pathlib import Path; from diag.build import build; build(Path(sys.argv[1]), Path(sys.argv[2]))"


def build_in_process(data: Path, target: Path, **env: str) -> subprocess.Popen[bytes]:
    """Start a build in a process of its own."""
    return subprocess.Popen([sys.executable, "-c", BUILD, str(data), str(target)], cwd=ROOT, env=os.environ | env, stderr=subprocess.DEVNULL)


def leftovers(target: Path) -> list[Path]:
    """Temporary files beside a database."""
    return list(target.parent.glob(f".{target.name}.*"))


def test_the_header_tells_what_the_file_is() -> None:
    """What the build writes into the header is what a reader expects there."""
    assert (schema.APPLICATION_ID, schema.SCHEMA_VERSION) == (reader.APPLICATION_ID, reader.SCHEMA_VERSION)


def test_every_table_is_strict_and_every_reference_holds(database: Path) -> None:
    """All tables but those of the search index are STRICT; foreign keys and the file itself are sound."""
    connection = sqlite3.connect(database)
    strict = {row[1]: row[5] for row in connection.execute("PRAGMA table_list") if row[0] == "main" and row[2] == "table"}

    assert {name for name, is_strict in strict.items() if not is_strict} == {"sqlite_schema", "sqlite_stat1"} & set(strict)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


@pytest.mark.parametrize("column", ["trust", "retry", "severity", "status"])
def test_closed_sets_are_checked(sample: Path, tmp_path: Path, column: str) -> None:
    """SQLite itself refuses a word that is not of the set."""
    build(sample, tmp_path / "diag.db")
    connection = sqlite3.connect(tmp_path / "diag.db")

    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        connection.execute(f"UPDATE codes SET {column} = 'whatever'")


def test_equal_data_give_equal_bytes(sample: Path, tmp_path: Path) -> None:
    """Other folder, hash seed, locale and time zone: the same file."""
    files = []
    for number, env in enumerate(({}, {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"}, {"PYTHONHASHSEED": "7", "LC_ALL": "C"})):
        copy = Path(shutil.copytree(sample, tmp_path / str(number) / "sample"))
        target = tmp_path / f"{number}.db"
        assert build_in_process(copy.parent, target, **env).wait() == 0
        files.append(target.read_bytes())

    assert files[0] == files[1] == files[2]


def test_a_build_with_problems_leaves_the_old_database(sample: Path, tmp_path: Path) -> None:
    """Data that do not pass the check are not built."""
    target = tmp_path / "diag.db"
    build(sample, target)
    before = target.read_bytes()
    (sample / "topics.toml").unlink()

    with pytest.raises(DataProblems) as raised:
        build(sample, target)

    assert raised.value.problems and target.read_bytes() == before and leftovers(target) == []


def test_a_target_that_cannot_be_written_is_one_error(sample: Path, tmp_path: Path) -> None:
    """A folder in the way of the file is a DatabaseProblem, and nothing is left behind."""
    (tmp_path / "diag.db").mkdir()

    with pytest.raises(DatabaseProblem, match="cannot write"):
        build(sample, tmp_path / "diag.db")
    assert leftovers(tmp_path / "diag.db") == []


def test_stale_temporary_files_are_swept(sample: Path, tmp_path: Path) -> None:
    """What a killed build left is gone after the next one; what a running build writes stays."""
    target = tmp_path / "diag.db"
    dead, old, running = (tmp_path / f".diag.db.{name}" for name in ("999999999-1", f"{os.getpid()}-2", f"{os.getpid()}-3"))
    for leftover in (dead, old, running):
        leftover.write_bytes(b"half a database")
    os.utime(old, (time.time() - STALE_SECONDS - 1,) * 2)

    build(sample, target)

    assert leftovers(target) == [running]


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_killed_at_any_moment_the_database_is_old_or_new(sample: Path, tmp_path: Path) -> None:
    """kill -9 at moments spread over a whole build leaves the old file or the new one, both whole."""
    target = tmp_path / "diag.db"
    build(sample, target)
    old = target.read_bytes()
    text = (sample / "fixes.toml").read_text(encoding="utf-8").replace("Look at the fuse", "Look at fuse three")
    (sample / "fixes.toml").write_text(text, encoding="utf-8")
    build(sample, tmp_path / "new.db")
    new = (tmp_path / "new.db").read_bytes()
    started = time.monotonic()
    build_in_process(sample, tmp_path / "timed.db").wait()
    whole = time.monotonic() - started

    for round_number in range(12):
        target.write_bytes(old)
        process = build_in_process(sample, target)
        time.sleep(whole * (0.4 + 0.6 * round_number / 11))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert target.read_bytes() in (old, new)
        Store(str(target)).close()

    build(sample, target)
    assert leftovers(target) == []


def test_the_order_of_system_calls_is_durable(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is flushed before it is renamed, and its folder afterwards."""
    calls: list[str] = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda fd: (calls.append("fsync"), fsync(fd))[1])
    monkeypatch.setattr(os, "replace", lambda a, b: (calls.append("rename"), replace(a, b))[1])

    build(sample, tmp_path / "diag.db")

    assert calls == ["fsync", "rename", "fsync"]


@pytest.mark.parametrize("damage", ["empty", "text", "other database", "other schema", "cut", "grown"])
def test_a_wrong_file_is_recognised_when_opened(sample: Path, tmp_path: Path, damage: str) -> None:
    """A reader tells what is not a whole diag database of its version."""
    target = tmp_path / "diag.db"
    build(sample, target)
    whole = target.read_bytes()
    if damage == "empty":
        target.write_bytes(b"")
    elif damage == "text":
        target.write_text("not a database, but long enough to look at" * 200)
    elif damage == "other database":
        target.unlink()
        sqlite3.connect(target).execute("CREATE TABLE t (x)").connection.close()
    elif damage == "other schema":
        sqlite3.connect(target).execute("PRAGMA user_version = 99").connection.close()
    elif damage == "cut":
        target.write_bytes(whole[: len(whole) // 2 // 4096 * 4096])
    else:
        target.write_bytes(whole + bytes(4096))

    with pytest.raises(DatabaseDamaged) as raised:
        Store(str(target))
    assert raised.value.hint


def test_damage_inside_is_found_by_the_manifest(sample: Path, tmp_path: Path) -> None:
    """A changed word, which SQLite's own check calls ok, does not match the manifest; a whole file does."""
    target = tmp_path / "diag.db"
    build(sample, target)
    assert check_database(Store(str(target))) == []

    target.write_bytes(target.read_bytes().replace(b"Oil is low", b"Oil is new"))

    assert any("code_texts" in line for line in check_database(Store(str(target))))


def test_a_missing_database_is_built_at_first_use(tmp_path: Path, sample: Path) -> None:
    """In a checkout without a database, a look-up builds it, says so on stderr, and answers."""
    checkout = tmp_path / "checkout"
    shutil.copytree(ROOT / "diag", checkout / "diag", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(sample, checkout / "db" / "sample")
    env = {k: v for k, v in os.environ.items() if k != "DIAG_DB"} | {"DIAG_LANG": "en"}

    def ask() -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "diag", "press:7"], cwd=checkout, env=env, capture_output=True, text=True)

    first, second = ask(), ask()
    assert first.returncode == second.returncode == 0
    assert "building" in first.stderr and second.stderr == ""
    assert first.stdout == second.stdout and "Oil is low" in first.stdout

    later = time.time() + 5
    os.utime(checkout / "db" / "sample" / "fixes.toml", (later, later))
    third = ask()
    assert "data files are newer" in third.stderr and third.stdout == first.stdout


def test_the_database_lies_beside_the_data_files() -> None:
    """In a checkout the built-in database is db/diag.db, where Datasette is pointed at."""
    assert Path(paths.data_folder()) == ROOT / "db"
    assert paths.in_checkout()
