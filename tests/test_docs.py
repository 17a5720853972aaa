"""The pages say what is so: commands, tables and outputs in them are compared with the program."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from diag.commands import COMMANDS
from diag.schema import TABLES, VIEWS
from tests.conftest import CLEAN, ROOT

READMES = ("README.md", "README.zh-CN.md")


def page(name: str) -> str:
    """A page's text."""
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_outputs_in_the_readmes_are_real(database: Path) -> None:
    """Every command that a README shows prints what stands under it."""
    env = CLEAN | {"DIAG_DB": str(database), "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "docs/tour.py", "--check"], cwd=ROOT, env=env, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", READMES)
def test_two_commands_make_their_own_environment(name: str) -> None:
    """Both are single lines that begin with a new environment; the second is what CI runs."""
    lines = [line for line in page(name).splitlines() if line.startswith("python3 -m venv")]

    assert len(lines) == 2
    assert lines[0].endswith("diag lookup 0x8001") and "pytest" in lines[1]
    assert "README.md" in page(".ci/run")


def test_the_architecture_names_every_module() -> None:
    """ARCHITECTURE.md mentions each module and package of diag."""
    text = page("ARCHITECTURE.md")
    modules = {p.name + "/" for p in (ROOT / "diag").iterdir() if p.is_dir() and (p / "__init__.py").exists()}
    modules |= {p.name for p in (ROOT / "diag").glob("*.py") if p.name != "__init__.py"}

    assert sorted(m for m in modules if m not in text) == []


def test_every_link_in_the_pages_leads_somewhere() -> None:
    """Relative links name files that exist."""
    for path in [*ROOT.glob("*.md"), *ROOT.glob("db/*.md"), *ROOT.glob("deploy/*.md")]:
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / link).exists(), f"{path.name}: {link}"


def test_benches_in_the_pages_exist() -> None:
    """CONTRIBUTING.md names programs that are there."""
    assert all((ROOT / name).exists() for name in re.findall(r"`(bench/\w+\.py|docs/\w+\.py)`", page("CONTRIBUTING.md")))


def test_the_help_of_the_group_lists_every_command() -> None:
    """There is a module for each command, and no module without one."""
    modules = {p.name.removesuffix("_command.py") for p in (ROOT / "diag" / "cli").glob("*_command.py")}

    assert modules == set(COMMANDS) | {"ask"}


def test_names_of_tables_and_views_do_not_clash() -> None:
    """A view is no table."""
    assert not set(TABLES) & set(VIEWS)


def test_no_file_is_named_utils() -> None:
    """A name says what a thing is."""
    assert not [p for p in (ROOT / "diag").rglob("*") if "util" in p.name or "helper" in p.name]


@pytest.mark.parametrize("program", [*sorted(path.stem for path in (ROOT / "bench").glob("*.py"))], ids=str)
def test_every_bench_starts_as_its_first_lines_say(program: str) -> None:
    """From the project's root, with nothing on the path but what was installed."""
    module = f"bench.{program}"
    started = subprocess.run([sys.executable, "-c", f"import {module}"], cwd=ROOT, capture_output=True, text=True)

    assert f"python -m {module}" in (ROOT / "bench" / f"{program}.py").read_text(encoding="utf-8")
    assert started.returncode == 0, started.stderr
