"""What the tests share: the built-in database, a small pack, and a way to run the command line as a user does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from diag.build import build
from diag.store import Store

ROOT = Path(__file__).parent.parent
SAMPLE = Path(__file__).parent / "data" / "sample"

# Nothing of the machine that runs the tests may decide what an answer looks like.
CLEAN = {k: v for k, v in os.environ.items() if not k.startswith(("DIAG_", "LC_", "LANG")) and k not in ("COLUMNS", "NO_COLOR")}

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the built-in packs, built from the data files."""
    target = tmp_path_factory.mktemp("built") / "diag.db"
    build(ROOT / "db", target)
    return target


@pytest.fixture(scope="session")
def store(database: Path) -> Iterator[Store]:
    """The built-in database, open."""
    opened = Store(str(database))
    yield opened
    opened.close()


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the small pack, to be changed at will."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "packs" / "sample"))


@pytest.fixture(scope="session")
def run(database: Path) -> Run:
    """Run `diag` in a process of its own, on the built-in database; `env` adds to a clean environment."""

    def run(*arguments: str, env: dict[str, str] | None = None, stdin: str | bytes = "", timeout: float = 60) -> subprocess.CompletedProcess[str]:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "diag", *arguments],
            input=given,
            capture_output=True,
            timeout=timeout,
            cwd=ROOT,
            env=CLEAN | {"DIAG_DB": str(database), "DIAG_LANG": "en", "PYTHONUTF8": "1"} | (env or {}),
        )
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))

    return run
