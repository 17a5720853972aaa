"""The views that people write SQL by hand against, and what a look-up imports."""

from __future__ import annotations

import subprocess
import sys

from diag.store import LISTINGS, Store
from tests.conftest import CLEAN, ROOT


def test_every_listing_has_ids_and_titles(store: Store) -> None:
    """Each kind that `diag list` knows is there, with a title in both languages."""
    for kind in LISTINGS:
        rows = store.listing(kind)
        assert rows and all(row["id"] and row["title_zh"] and row["title_en"] for row in rows), kind


def test_the_lookup_view_is_ready_to_read(store: Store) -> None:
    """One row a code and language, with numbered steps."""
    row = store.rows("SELECT * FROM lookup WHERE id = 'wechat:40163' AND lang = 'en'")[0]

    assert row["catalog"] == "wechat" and row["steps"].startswith("1. ") and row["source_url"].startswith("https://")


def test_the_coverage_view_counts_what_is_there(store: Store) -> None:
    """Its sums are those of the tables."""
    rows = store.coverage()
    [codes] = store.rows("SELECT count(*) AS n FROM codes")
    [with_fix] = store.rows("SELECT count(DISTINCT code_id) AS n FROM code_fixes")

    assert sum(row["codes"] for row in rows) == codes["n"]
    assert sum(row["fix"] for row in rows) == with_fix["n"]
    assert all(row["meaning_zh"] == row["meaning_en"] == row["codes"] for row in rows)


def modules_of(database: object, script: str) -> tuple[set[str], str]:
    """(modules, output): what a script imports that the interpreter has not already imported to start, and what it prints."""
    env = CLEAN | {"DIAG_DB": str(database), "DIAG_LANG": "en", "PYTHONUTF8": "1"}
    found = []
    for code in ("import sqlite3", script):
        whole = f"{code}\nimport sys\nprint(*sys.modules, file=sys.stderr)"
        found.append(subprocess.run([sys.executable, "-c", whole], cwd=ROOT, env=env, capture_output=True, text=True, encoding="utf-8"))
    return set(found[1].stderr.split()) - set(found[0].stderr.split()), found[1].stdout


def test_a_plain_look_up_imports_little(database: object) -> None:
    """A look-up imports sqlite3 and diag's own light modules: neither click nor re, nor anything that builds or serves."""
    modules, output = modules_of(database, "from diag.ask import answer_plainly; answer_plainly(['lookup', 'EIO'])")

    assert "EIO" in output
    heavy = {"click", "sqlite_utils", "datasette", "json", "dataclasses", "typing", "tomllib", "zoneinfo", "pathlib", "inspect", "re", "rapidfuzz"}
    assert not modules & heavy
    assert not {m for m in modules if m.startswith(("diag.check", "diag.packs", "diag.build", "diag.model", "diag.web"))}


def test_a_look_up_through_click_imports_no_builder(database: object) -> None:
    """With options, click is imported; sqlite_utils and datasette still are not."""
    modules, output = modules_of(database, "from diag.cli.main import run\nrun(['lookup', 'EIO', '--lang', 'zh'])")

    assert "EIO" in output
    assert not {"sqlite_utils", "datasette", "tomllib", "opencc", "pypinyin"} & modules
