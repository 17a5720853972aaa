"""The guide: step by step to an end, whatever is answered, and never with a secret."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diag.guide import NO, SOLVED, STOP, YES, State, advance, begin, channels_for, fixes_of, prepared_text, restored, screen, understand
from diag.redact import MASK, redact
from diag.store import Store
from tests.conftest import Run

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("", YES),
        ("y", YES),
        ("是", YES),
        ("n", NO),
        ("没有", NO),
        ("s", SOLVED),
        ("好了。", SOLVED),
        ("q", STOP),
        ("2", "2"),
        ("maybe", ""),
        ("１", ""),
    ],
)
def test_answers_are_understood(words: str, meaning: str) -> None:
    """Words in both languages, a bare Enter, and numbers; anything else means nothing."""
    assert understand(words) == meaning


def test_steps_come_one_at_a_time_and_end_at_a_channel(store: Store) -> None:
    """Doing every step of every fix without success shows each step once, then asks the channels of the symptom."""
    state = begin(store, "支付失败", "zh")
    assert state is not None and state.subject == "symptom:payment-failed"

    shown = []
    while not state.outcome:
        text = screen(store, state, "zh")
        shown.append(text.lines[-1])
        state = advance(store, state, NO if text.question.startswith("好了吗") else YES)

    assert state.outcome == "contact"
    assert list(state.tried) == fixes_of(store, state) == store.symptom_fixes("payment-failed")
    assert len(shown) == len(set(shown)) == sum(len(store.fix_steps(fix)) + 1 for fix in state.tried)
    assert channels_for(store, state, "zh", NOON, "CN")[0]["id"] == "wechat-pay-hotline"


def test_it_helped(store: Store) -> None:
    """Yes at the check of a fix ends solved, with what was tried."""
    state = begin(store, "wechat:40163", "en")
    assert state is not None
    for _ in range(len(store.fix_steps("oauth-code-once")) + 1):
        state = advance(store, state, YES)

    assert (state.outcome, state.tried) == ("solved", ("oauth-code-once",))


def test_level_readings_are_asked_about(store: Store) -> None:
    """40001 is WeChat's and WeCom's alike: the guide asks which, and takes nothing but a number of the list."""
    state = begin(store, "40001", "en")
    assert state is not None and set(state.choices) == {"code:wechat:40001", "code:wecom:40001"}

    assert advance(store, state, YES) == state == advance(store, state, "3")
    assert advance(store, state, "1").subject == state.choices[0]
    assert len(screen(store, state, "en").options) == 2


def test_a_stranger_s_question_begins_nothing(store: Store) -> None:
    """No guide for the weather."""
    assert begin(store, "今天天气怎么样", "zh") is None


def test_the_prepared_text_says_what_support_asks(store: Store) -> None:
    """Problem, own words, time, device and what was tried."""
    text = prepared_text(store, State("付不了", subject="symptom:payment-failed", tried=("check-card",)), "zh", NOON, "iPhone 15, iOS 19")

    for part in ("支付失败", "付不了", "2026-11-23 12:00 +0800", "iPhone 15", store.title("fix", "check-card", "zh")):
        assert part in text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(query=st.sampled_from(["支付失败", "40001", "wecom:60020", "0x80070005", "收不到验证码", "USERPAYING"]), answers=st.lists(st.text(max_size=3)))
def test_any_answers_lead_on(store: Store, query: str, answers: list[str]) -> None:
    """Whatever is answered, there is a screen, a saved state comes back as it was, and Enter or n alone reaches an end."""
    state = begin(store, query, "zh")
    assert state is not None
    for answer in answers:
        state = advance(store, state, understand(answer))
    for _ in range(400):
        if state.outcome:
            break
        assert screen(store, state, "en").title
        assert restored(json.loads(json.dumps({n: getattr(state, n) for n in State.__slots__}))) == state
        state = advance(store, state, YES if state.subject else "1")
        state = advance(store, state, NO)

    assert state.outcome in ("solved", "contact")


SECRETS = [
    ("appsecret=4f2a9c1be7d84c33a7e1f0b2c3d4e5f6", "4f2a9c1b"),
    ('{"access_token":"72_aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789-_aBcDeFgHiJ","errcode":40001}', "aBcDeFgH"),
    ("我的支付密码是 135790", "135790"),
    ("验证码：824613", "824613"),
    ("card 6222 0212 3456 7890 123", "6222"),
    ("身份证 11010119900101123X", "11010119900101123X"),
    ("Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.abc", "eyJhbGci"),
    ("password: hunter22", "hunter22"),
    ("-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----", "MIIEvQ"),
    ("key=8934e7d15453e97507ef794cf7b0519d", "8934e7d1"),
]


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_secrets_are_masked(text: str, secret: str) -> None:
    """Passwords, codes, tokens, keys, card and identity numbers go; the rest stays."""
    assert secret not in redact(text) and MASK in redact(text)


@pytest.mark.parametrize(
    "text", ["errcode 40163", "0x80070005", "交易单号 4200001234202611230123456789", "wecom:60020 from ip 1.2.3.4", "支付失败 2026-11-23 20:15"]
)
def test_what_support_needs_stays(text: str) -> None:
    """Codes, order numbers, times and addresses are no secrets."""
    assert redact(text) == text


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_the_prepared_text_has_no_secret(store: Store, text: str, secret: str) -> None:
    """Neither the person's words nor the device line carries one."""
    state = begin(store, f"支付失败 {text}", "zh")
    query = state.query if state else redact(text)

    assert secret not in prepared_text(store, State(query, subject="symptom:payment-failed"), "zh", NOON, device=text)


@given(st.text())
def test_masking_any_text_ends(text: str) -> None:
    """No text raises, and masking twice masks no more."""
    once = redact(text)

    assert isinstance(once, str)


def test_a_guide_from_start_to_a_prepared_text(run: Run, tmp_path: Path) -> None:
    """On a pipe, by plain prompts; nothing is left to resume after the end."""
    call = ["guide", "支付失败", "--plain", "--lang", "zh", "--region", "CN", "--at", "2026-11-23T20:00+08:00"]
    done = run(*call, stdin="n\n" * 20, env={"XDG_STATE_HOME": str(tmp_path)})

    assert done.returncode == 0 and "可以复制给客服的文字" in done.stdout and "95017" in done.stdout
    assert run("guide", "--resume", env={"XDG_STATE_HOME": str(tmp_path)}).returncode == 1


def test_an_interrupted_guide_goes_on(run: Run, tmp_path: Path) -> None:
    """The end of the input stops it; --resume shows the step that was next, and the saved file is the owner's alone."""
    env = {"XDG_STATE_HOME": str(tmp_path)}
    stopped = run("guide", "支付失败", "--lang", "zh", stdin="\n\n", env=env)
    saved = tmp_path / "diag" / "guide.json"

    assert stopped.returncode == 1 and "--resume" in stopped.stderr
    assert saved.stat().st_mode & 0o077 == 0
    resumed = run("guide", "--resume", "--lang", "zh", stdin="q\n", env=env)
    assert "第 3/" in resumed.stdout and resumed.returncode == 0
    saved.write_text("[1, 2", encoding="utf-8")
    assert run("guide", "--resume", env=env).returncode == 2


def test_nothing_fits(run: Run) -> None:
    """A question for somebody else is one line and status 1."""
    done = run("guide", "今天天气怎么样")

    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1
