"""What reaches a terminal: safe, wrapped, and counted right."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag.render.page import Page
from diag.render.table import render_table
from diag.render.terminal import Style, plain, style_for, width, wrap, write


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支付失败", "支付失败"),
        ("a\x1b]0;title\x07b", "a\\x1b]0;title\\x07b"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u200bb", "a\\u200bb"),
        ("a\x9bb", "a\\x9bb"),
        ("a\ud800b", "a\\ud800b"),
        ("a\nb\tc", "a b c"),
        ("a\U000e0001b", "a\\U000e0001b"),
    ],
)
def test_control_characters_are_shown_not_sent(text: str, expected: str) -> None:
    """Escapes, C1 controls, bidi marks, invisible characters and lone surrogates become visible escapes."""
    assert plain(text) == expected


@given(st.text())
def test_plain_is_printable_and_final(text: str) -> None:
    """No text comes out with a character that a terminal would act on, and a second pass changes nothing."""
    once = plain(text)

    assert plain(once) == once
    assert not any(c < " " or "\x7f" <= c <= "\x9f" for c in once)


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("支付", 4), ("支付a", 5), ("e\u0301", 1), ("", 0)])
def test_wide_characters_count_twice(text: str, columns: int) -> None:
    """Chinese takes two columns, a combining mark none."""
    assert width(text) == columns


@given(st.text(alphabet=st.sampled_from("支付失败，。a bc1（）, "), max_size=200), st.integers(10, 60))
def test_wrapped_lines_fit_and_lose_nothing(text: str, columns: int) -> None:
    """No line is wider than asked for by more than the closing marks that stay with a character, and no character is lost."""
    lines = wrap(text, columns, "> ", "  ")

    kept = "".join(line[2:] if len(line) > 2 else "" for line in lines).replace(" ", "")
    assert kept == text.replace(" ", "")
    assert all(width(line) <= columns or line.rstrip("，。（）, ")[:2] in ("> ", "  ") for line in lines)


def test_no_line_begins_with_a_closing_mark() -> None:
    """Chinese punctuation stays at the end of the line before it."""
    lines = wrap("支付失败，请先看账单。钱可能已经扣了，也可能没有。" * 3, 20)

    assert not any(line[0] in "，。" for line in lines)
    assert max(map(width, lines)) <= 20


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


@pytest.mark.parametrize(
    ("stream", "env", "colour"),
    [(Terminal(), {}, True), (Terminal(), {"NO_COLOR": "1"}, False), (Terminal(), {"TERM": "dumb"}, False), (io.StringIO(), {}, False)],
)
def test_colour_only_on_a_terminal_that_wants_it(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, env: dict[str, str], colour: bool) -> None:
    """Pipes get plain text, and NO_COLOR is honoured."""
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)

    assert style_for(stream).colour is colour


def test_width_comes_from_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """COLUMNS sets the width, within what can be read."""
    widths = []
    for columns in ("30", "5", "9999", "x"):
        monkeypatch.setenv("COLUMNS", columns)
        widths.append(style_for(io.StringIO()).columns)

    assert widths == [30, 20, 100, 100]


def test_what_an_encoding_lacks_becomes_an_escape() -> None:
    """A cp1252 pipe gets escapes in place of Chinese, not a traceback."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="cp1252")
    write(stream, "支付 ok")
    stream.flush()

    assert raw.getvalue() == b"\\u652f\\u4ed8 ok\n"


def test_a_table_lines_up_with_wide_characters() -> None:
    """Columns are as wide as their widest cell; numbers stand to the right; long cells are cut."""
    table = render_table(["名称", "n"], [["支付失败", 5], ["x" * 80, 12]]).splitlines()

    assert [width(line) for line in table[2:]] == [width(table[1])] * 2
    assert table[2].endswith(" 5") and "…" in table[3]


def test_painted_lines_are_as_wide_as_plain_ones() -> None:
    """Colour adds no columns: with and without it the text is the same."""
    pages = [Page(Style(40, colour)) for colour in (False, True)]
    for page in pages:
        page.heading("40163", "授权 code 已被用过", "微信")
        page.labelled("原因", "多半是回调地址被请求了两次：用户刷新或后退、网关重试。", "warn")
        page.numbered(["一" * 50, "two"])
    bare, painted = map(str, pages)

    for code in ("36", "1", "2", "33", "0"):
        painted = painted.replace(f"\x1b[{code}m", "")
    assert painted == bare
