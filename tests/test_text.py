"""The tokens of index and query."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag.text import fold, runs, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支付失败", ["支付", "付失", "失败"]),
        ("支", ["支"]),
        ("ＷｅＣｈａｔ支付", ["wechat", "支付"]),
        ("access_token 过期", ["access_token", "过期"]),
        ("Café déjà-vu", ["cafe", "deja", "vu"]),
        ("errcode:40163", ["errcode", "40163"]),
        ("declined cards keep declining", ["declin", "card", "keep", "declin"]),
        ("支付，失败", ["支付", "失败"]),
        ("!!! …", []),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    """Chinese in overlapping pairs, the rest in words; case, width and accents folded."""
    assert tokens(text) == expected


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    """What is folded stays as it is, so that index and query agree."""
    assert fold(fold(text)) == fold(text)
    assert tokens(fold(text)) == tokens(text)


@given(st.text(), st.text())
def test_separate_texts_keep_their_tokens(one: str, other: str) -> None:
    """Joining texts by a line break joins their tokens, and makes no new one."""
    assert tokens(f"{one}\n{other}") == tokens(one) + tokens(other)


@given(st.text())
def test_tokens_come_from_runs(text: str) -> None:
    """Every token lies within a run, and none holds what FTS5 takes for syntax."""
    together = " ".join(runs(text))

    assert all(token in together and '"' not in token for token in tokens(text))
