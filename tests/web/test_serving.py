"""Serving and exporting: a copy that nobody changes, several workers, a folder of files; and the rule that keeps rows readable."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest
from datasette.app import Datasette

from diag.check.values import readable
from diag.errors import DatabaseMissing
from diag.limits import LONGEST_VALUE
from diag.model import Fix
from diag.packs import read_library
from diag.store import Store
from diag.web.serving import SETTINGS, content_addressed
from tests.conftest import Run


def test_the_served_copy_is_named_after_its_content(database: Path, tmp_path: Path) -> None:
    """The same content is the same file; another content is another; a damaged copy is made anew."""
    first = content_addressed(str(database), tmp_path)
    inode = first.stat().st_ino

    assert first.name == "diag.db" and re.fullmatch(r"[0-9a-f]{32}", first.parent.name)
    assert content_addressed(str(database), tmp_path).stat().st_ino == inode
    first.chmod(0o644)
    first.write_bytes(b"damaged")
    assert content_addressed(str(database), tmp_path).read_bytes() == database.read_bytes()
    with pytest.raises(DatabaseMissing):
        content_addressed(str(tmp_path / "nope.db"), tmp_path)


def test_settings_are_datasettes_own(database: Path) -> None:
    """Every name is known to this version, so none is silently ignored."""
    assert set(SETTINGS) <= set(Datasette([], immutables=[str(database)]).settings_dict())


def test_serve_answers(address: str) -> None:
    """The command, in a process of its own, over HTTP."""
    with httpx.Client(base_url=address) as client:
        assert client.get("/healthz").text == "ok\n"
        assert client.get("/lookup/0x8001", headers={"accept-language": "en"}).text.count("<h1") == 1
        assert client.get("/diag.json", params={"sql": "select 1"}).json()["rows"] == [[1]]
        assert client.post("/diag", content=b"x").status_code == 405
        assert "server" not in client.get("/").headers


@pytest.mark.parametrize("wrong", [["--base-url", "help"], ["--base-url", "//x/"], ["--port", "0"], ["--workers", "0"]])
def test_serve_refuses_what_cannot_work(run: Run, wrong: list[str]) -> None:
    """Wrong usage, in a line."""
    done = run("serve", *wrong)

    assert done.returncode == 2 and done.stderr.count("\n") == 1


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what leads to another file of the site."""
        self.found += [value for name, value in attrs if name in ("href", "src", "action") and value and "://" not in value and value[0] != "#"]


def test_an_exported_site_is_whole(run: Run, store: Store, tmp_path: Path) -> None:
    """A page for every code, symptom and playbook in both languages; every link leads to a file; nothing says what is open now."""
    done = run("export", "--site", str(tmp_path), timeout=300)
    pages = sorted(tmp_path.rglob("*.html"))

    assert done.returncode == 0 and str(len(pages)) in done.stdout
    assert len(pages) >= 2 * len(store.listing("codes")) + 2 * len(store.listing("symptoms"))
    assert all(re.fullmatch(r"[\w.~-]+", part) for page in pages for part in page.relative_to(tmp_path).parts)
    checked = set()
    for page in pages[:: max(1, len(pages) // 400)]:
        parser = _Links()
        parser.feed(page.read_text("utf-8"))
        for link in parser.found:
            if not link.startswith(("tel:", "mailto:")):
                target = (page.parent / unquote(link.partition("#")[0])).resolve()
                assert target in checked or target.is_file(), (page, link)
                checked.add(target)
        assert 'class="state open"' not in page.read_text("utf-8") and page.stat().st_size < 60_000
    contact = json.loads((tmp_path / "contact.json").read_text("utf-8"))
    assert contact and all("open" not in channel and "until" not in channel for channel in contact)
    shutil.rmtree(tmp_path)


def test_a_row_that_cannot_be_read_is_refused(sample: Path) -> None:
    """A record, or the steps of a code together, beyond the limit on lengths."""
    library, _ = read_library(sample.parent)
    fix = library.of(Fix)[0]
    long = dataclasses.replace(fix, verify=fix.verify._replace(zh="长" * LONGEST_VALUE))

    assert not list(readable(library))
    found = list(readable(dataclasses.replace(library, records={**library.records, "fix": (long,)})))
    assert [problem.rule for problem in found] == ["too-long-to-read"]
