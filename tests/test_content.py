"""What is promised about the content: all that the project began from is inside, sourced and honest."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from diag.answers import symptom_answer
from diag.check import check_folder
from diag.store import Store
from tests.conftest import ROOT

EXPECTED = json.loads((Path(__file__).parent / "data" / "expected-codes.json").read_text(encoding="utf-8"))

SYMPTOMS = (
    "login-failed",
    "web-login-blocked",
    "wecom-login-failed",
    "verification-code-missing",
    "friend-verification",
    "account-restricted",
    "account-stolen",
    "payment-failed",
    "payment-password",
    "limit-exceeded",
    "foreign-card",
    "merchant-risk-control",
    "funds-abnormal",
    "transfer-delayed",
    "red-packet-returned",
    "withdrawal-failed",
    "minor-spending",
    "message-delayed",
    "chat-rejected",
    "mini-program-wont-open",
    "page-blocked",
    "rate-limited",
    "official-account-api-error",
    "wecom-api-error",
    "pay-api-error",
    "js-sdk-error",
    "contact-support",
    "complaint-escalation",
)


def test_the_data_files_have_no_problem() -> None:
    """`diag check` is silent."""
    assert [str(problem) for problem in check_folder(ROOT / "db")[1]] == []


@pytest.mark.parametrize("symptom", SYMPTOMS)
def test_every_symptom_is_answered(store: Store, symptom: str) -> None:
    """Title, description, phrases and at least two fixes with steps, in both languages, and a channel."""
    for lang, fewest in (("zh", 25), ("en", 10)):
        answer = symptom_answer(store, symptom, lang)  # type: ignore[arg-type]
        assert answer is not None and answer["title"] and answer["description"]
        assert len(answer["fixes"]) >= 2 and all(fix["steps"] and fix["verify"] for fix in answer["fixes"])
        assert answer["channels"] or symptom == "complaint-escalation"
        assert len(store.symptom_phrases(symptom, lang)) >= fewest


@pytest.mark.parametrize("catalog", sorted(EXPECTED))
def test_every_code_of_the_fact_tables_is_there(store: Store, catalog: str) -> None:
    """The codes that are publicly known of a catalog, each with a title and a meaning in both languages."""
    known = {
        row["code"] if not row["scope"] else f"{row['scope']}/{row['code']}"
        for row in store.rows("SELECT scope, code FROM codes WHERE catalog_id = ?", (catalog,))
    }
    plain = {code.rpartition("/")[2] for code in known}

    assert [code for code in EXPECTED[catalog] if code not in known and code not in plain] == []


def test_the_wechat_catalogs_are_covered(store: Store) -> None:
    """Meanings for all in both languages, fixes for at least nine in ten failures, and at least 150 fixes of their own."""
    rows = {row["catalog"]: row for row in store.coverage()}
    for catalog, fewest in (("wechat", 1898), ("wecom", 1250), ("wechat-pay", 100), ("wechat-miniprogram", 500)):
        row = rows[catalog]
        assert row["codes"] >= fewest
        assert row["meaning_zh"] == row["meaning_en"] == row["codes"]
        if catalog != "wechat-miniprogram":
            assert row["failures_with_fix"] >= 0.9 * row["failures"], catalog
    assert sum(rows[c]["own_fix"] for c in ("wechat", "wecom", "wechat-pay")) >= 150


# The codes that people meet most, by catalog.
MOST_MET = {
    "wechat": "40001 40003 40013 40014 40029 40125 40163 40164 41001 42001 43004 43101 44002 45009 45011 45015 45047 46003 47001 47003 48001 50002 "
    "61003 61004 61007 61023 87009 87014",
    "wecom": "40001 40013 40014 40029 40056 40058 41001 42001 45009 48002 60011 60020 60111 81013 84061 86001 301002 301059 701008",
    "wechat-pay": "SYSTEMERROR USERPAYING NOTENOUGH ORDERPAID SIGN_ERROR PARAM_ERROR NOAUTH FREQUENCY_LIMITED OUT_TRADE_NO_USED RULE_LIMIT",
}


@pytest.mark.parametrize("catalog", MOST_MET)
def test_the_codes_that_people_meet_most_have_a_fix_of_their_own(store: Store, catalog: str) -> None:
    """One that serves no other code."""
    own = """SELECT DISTINCT code FROM codes JOIN code_fixes ON codes.id = code_fixes.code_id
      WHERE catalog_id = ? AND fix_id IN (SELECT fix_id FROM code_fixes GROUP BY fix_id HAVING count(*) = 1)"""
    have = {row["code"] for row in store.rows(own, (catalog,))}

    assert [code for code in MOST_MET[catalog].split() if code not in have] == []


def test_all_thirty_verdicts_on_the_article_are_claims(store: Store) -> None:
    """Each is there, and none of its doubtful figures stands in a fix, a channel or a symptom."""
    claims = store.rows("SELECT id, source_id FROM claims WHERE source_id = 'seed-article'")
    numbers = {int(found[1]) for row in claims if (found := re.match(r"seed-(\d\d)", row["id"]))}

    assert numbers == set(range(1, 31))
    for table, column in (("fix_steps", "text"), ("fixes", "title"), ("channels", "note"), ("symptoms", "description")):
        for lang in ("zh", "en"):
            for row in store.rows(f"SELECT {column}_{lang} AS text FROM {table}"):
                assert not re.search(r"成功率|success rate|71US|白名单曝光|td>", row["text"] or ""), row["text"]


def test_doubtful_numbers_are_shown_as_doubtful(store: Store) -> None:
    """The article's WeCom line is disputed and not official; a reseller's is not the vendor's."""
    for channel in ("wecom-line-400-600-8008", "wecom-reseller-line"):
        row = store.channel(channel)
        assert row is not None and not row["official"] and row["warning_zh"] and row["warning_en"]
    disputed = store.channel("wecom-line-400-600-8008")
    assert disputed is not None and disputed["trust"] == "disputed"


@pytest.mark.parametrize("code", ["SYSTEMERROR", "SYSTEM_ERROR", "BANKERROR", "BANK_ERROR", "USERPAYING", "HTTP_5xx"])
def test_money_is_never_charged_twice(store: Store, code: str) -> None:
    """Where a result is unknown, the state is asked for first, in every scope of the code."""
    rows = store.rows("SELECT id, retry FROM codes WHERE catalog_id = 'wechat-pay' AND code = ?", (code,))

    assert rows and {row["retry"] for row in rows} == {"query_first"}


def test_every_date_is_a_day_that_has_been(store: Store) -> None:
    """No source was read in the future."""
    newest = max(row["checked"] for row in store.rows("SELECT checked FROM sources"))

    assert date.fromisoformat(newest) <= date.today()


def test_every_statement_has_a_source_with_an_address(store: Store) -> None:
    """All source columns lead to an http address; telephone channels have a source and a date."""
    for table in ("catalogs", "codes", "fixes", "symptoms", "messages", "channels", "playbooks", "escalations", "checklists", "claims"):
        [row] = store.rows(
            f"SELECT count(*) AS n FROM {table} JOIN sources ON sources.id = source_id WHERE url NOT LIKE 'http%' OR {table}.checked = ''"
        )
        assert row["n"] == 0, table


def test_no_answer_asks_for_money_or_secrets(store: Store) -> None:
    """No step tells anybody to pay for unblocking, or to hand over a verification code: where it is named, it is warned of."""
    asks = re.compile(r"付费解封|花钱解封|把验证码(告诉|发给|交给)|(?i:pay\b.{0,20}to (be )?unblock|hand over.{0,20}verification code)")
    warns = re.compile(r"不|别|勿|骗|(?i:\b(not|never|no|nobody|scam|ignore)\b|n't)")
    for row in store.rows("SELECT text_zh, text_en FROM fix_steps UNION ALL SELECT text_zh, text_en FROM playbook_steps"):
        for sentence in re.split(r"[。；;.]", f"{row['text_zh']}。{row['text_en']}"):
            assert not asks.search(sentence) or warns.search(sentence), sentence
