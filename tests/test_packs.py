"""Data files are read strictly, and every mistake is found at its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag.check import check_folder
from diag.model import RECORD_TYPES, Code
from diag.packs import PLURALS, read_library
from diag.packs.files import FileProblem, read_csv, read_toml


def problems_of(pack: Path) -> list[str]:
    """Every problem of the folder that a pack stands in, as `file:line: rule`."""
    return [f"{Path(p.path).name}:{p.line}: {p.rule}" for p in check_folder(pack.parent)[1]]


def edit(path: Path, old: str, new: str) -> int:
    """Replace a text in a file; returns the line on which it stood."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_sample_has_no_problem(sample: Path) -> None:
    """The pack that the other tests break is whole before."""
    library, problems = check_folder(sample.parent)

    assert problems == []
    assert [code.id for code in library.of(Code)] == ["press:7", "press:-12"]


def test_one_pack_alone_can_be_checked(sample: Path) -> None:
    """`diag check my-pack/` takes the pack's own folder."""
    assert check_folder(sample)[1] == []


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        ("fixes.toml", 'audience = "operator"', 'audiense = "operator"', "unknown-key"),
        ("fixes.toml", 'audience = "operator"', 'audience = "anybody"', "wrong-value"),
        ("fixes.toml", "minutes = [5, 10]", "minutes = 5", "wrong-value"),
        ("fixes.toml", "minutes = [5, 10]", "minutes = [10, 5]", "minutes"),
        ("fixes.toml", ', en = "Look at the fuse"', "", "wrong-value"),
        ("fixes.toml", 'sources = ["forum", "manual"]', 'sources = ["forum"]', "trust"),
        ("fixes.toml", 'sources = ["manual"]', "sources = []", "no-source"),
        ("fixes.toml", 'sources = ["manual"]', 'sources = ["nowhere"]', "dangling"),
        ("sources.toml", "checked = 2026-01-02", "", "missing-key"),
        ("sources.toml", "checked = 2026-01-02", 'checked = "soon"', "wrong-value"),
        ("sources.toml", "https://example.com/manual", "javascript:alert(1)", "source-address"),
        ("sources.toml", 'url = "https://example.com/manual"', "", "missing-key"),
        ("channels.toml", "Mo-Fr 09:00-17:00", "Mo-Fr 9-17", "hours"),
        ("channels.toml", "Europe/Berlin", "Europe/Bearlin", "timezone"),
        ("channels.toml", "+49 40 1234567", "call us", "address"),
        ("channels.toml", 'regions = ["*"]', 'regions = ["Germany"]', "region"),
        ("symptoms.toml", '["check-fuse", "fill-oil"]', '["check-fuse"]', "fixes"),
        ("symptoms.toml", '["check-fuse", "fill-oil"]', '["check-fuse", "check-fuse"]', "duplicate"),
        ("symptoms.toml", 'zh = "开不了机"', 'zh = "开不\\u202e了机"', "wrong-value"),
        ("symptoms.toml", 'id = "no-power"', 'id = "No Power"', "id"),
        ("pack.toml", 'id = "sample"', 'id = "other"', "pack-id"),
        ("fixes.toml", 'en = "Turn the main switch off and wait until the gauge is at zero."', 'en = "Try again later."', "filler"),
        ("fixes.toml", 'zh = "关掉总开关，等压力表回到零。"', 'zh = "请稍后再试"', "filler"),
        ("fixes.toml", 'zh = "关掉总开关，等压力表回到零。"', 'zh = "请拨打 0755-12345678 报修。"', "phone-without-source"),
        ("fixes.toml", 'zh = "关掉总开关，等压力表回到零。"', 'zh = "please turn the main switch off now, 关"', "language"),
        ("fixes.toml", "Look at the fuse", "看 the fuse", "language"),
        ("codes/press.csv", "油箱里的油低于最低刻度，泵已自动停机。", "油位低。油位低。", "meaning-repeats-title"),
        ("codes/press.csv", "油箱里的油低于最低刻度，泵已自动停机。", "油低", "length"),
    ],
)
def test_every_mistake_is_found(sample: Path, file: str, old: str, new: str, rule: str) -> None:
    """One mistake gives its rule's problem, in its file."""
    edit(sample / file, old, new)
    found = [p for p in check_folder(sample.parent)[1] if p.rule == rule]

    assert found
    assert all(Path(p.path).name == Path(file).name for p in found)


def test_numbers_fit_their_catalog(sample: Path) -> None:
    """A negative code is refused where the catalog's numbers are unsigned, and a value where it has none."""
    edit(sample / "catalogs.toml", 'numbers = "signed"', 'numbers = "unsigned32"')
    assert problems_of(sample) == ["press.csv:3: value"]

    edit(sample / "catalogs.toml", 'numbers = "unsigned32"', 'numbers = "none"')
    edit(sample / "codes" / "press.csv", "code,symbol", "code,value")
    edit(sample / "codes" / "press.csv", "OIL_LOW", "9")
    assert problems_of(sample) == ["press.csv:2: value"]


def test_a_problem_names_its_line(sample: Path) -> None:
    """The line of a wrong key, of a record with a wrong reference, and of a CSV row."""
    key = edit(sample / "fixes.toml", "minutes = [5, 10]", "minutes = true")
    record = edit(sample / "symptoms.toml", 'topic = "general"', 'topic = "gone"')
    edit(sample / "codes" / "press.csv", "fill-oil", "gone")

    found = problems_of(sample)
    assert f"fixes.toml:{key}: wrong-value" in found
    assert "symptoms.toml:1: dangling" in found and record > 1
    assert "press.csv:2: dangling" in found


def test_all_problems_come_at_once(sample: Path) -> None:
    """A broken file hides nothing that stands in others."""
    (sample / "topics.toml").write_text("[[topic]\n", encoding="utf-8")
    (sample / "codes" / "press.csv").write_text('code\n"1","2"\n', encoding="utf-8")
    (sample / "stray.toml").write_text("", encoding="utf-8")
    (sample / "catalogs.toml").write_bytes(b"\xff\xfe")

    rules = {p.split(": ")[1] for p in problems_of(sample)}
    assert {"toml", "csv", "unknown-file", "utf-8", "dangling"} <= rules


def test_ids_stand_once(sample: Path) -> None:
    """The same id, or the same code, twice is a problem that names the first place."""
    for name in ("fixes.toml", "codes/press.csv"):
        path = sample / name
        lines = path.read_text(encoding="utf-8").splitlines()
        again = lines[1:2] if name.endswith("csv") else lines
        path.write_text("\n".join(lines + again) + "\n", encoding="utf-8")

    assert [p for p in problems_of(sample) if p.endswith("duplicate")]
    assert any("fixes.toml:1" in p.message for p in check_folder(sample.parent)[1] if p.rule == "duplicate")


def test_a_long_file_may_be_a_folder(sample: Path) -> None:
    """`fixes/part.toml` is read like `fixes.toml`, and `codes/press/part.csv` like `codes/press.csv`."""
    for plural, suffix in (("fixes", ".toml"), ("codes/press", ".csv")):
        folder = sample / plural
        folder.mkdir()
        (sample / f"{plural}{suffix}").rename(folder / f"part{suffix}")

    assert check_folder(sample.parent)[1] == []


def test_a_code_is_a_string(sample: Path) -> None:
    """An unquoted code in TOML is refused, since leading zeros and hex would be lost."""
    (sample / "codes" / "press.toml").write_text("[[code]]\ncode = 0x10\n", encoding="utf-8")

    assert "press.toml:2: wrong-value" in problems_of(sample)


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    """A folder without a pack says so."""
    assert [p.rule for p in read_library(tmp_path)[1]] == ["no-pack"]


def test_the_format_page_names_every_file_and_key() -> None:
    """db/README.md shows a record of every kind; each of its TOML records is read without a complaint about keys or types."""
    page = (Path(__file__).parent.parent / "db" / "README.md").read_text(encoding="utf-8")

    assert all(f"`{PLURALS[t.kind_name]}" in page or f"{PLURALS[t.kind_name]}/" in page for t in RECORD_TYPES)
    shown = {kind for block in re.findall(r"```toml\n(.*?)```", page, re.DOTALL) for kind in re.findall(r"^\[\[(\w+)\]\]", block, re.MULTILINE)}
    assert shown == {t.kind_name for t in RECORD_TYPES} - {"counterpart"}


@given(st.binary(max_size=200))
def test_any_bytes_can_be_read(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """A file of any bytes gives tables or one FileProblem, never another exception."""
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(content)
    for read in (lambda: read_toml(path, "any", "fix"), lambda: read_csv(path, "any")):
        try:
            read()
        except FileProblem as problem:
            assert problem.problem.line >= 1
