"""Whom to ask: ranked, open or closed at a moment, with what to prepare."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from diag.answers import playbook_answer
from diag.contact import channel_answer, channel_answers, contact, moment
from diag.store import Store
from diag.topics import topics_for

SHANGHAI = ZoneInfo("Asia/Shanghai")
MERCHANTS = "wechat-pay-merchant-hotline"


def at(text: str) -> datetime:
    """A moment in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("when", "is_open", "until"),
    [
        (at("2026-11-23 08:59"), False, "2026-11-23T09:00+08:00"),
        (at("2026-11-23 21:59"), True, "2026-11-23T22:00+08:00"),
        (at("2026-11-23 22:00"), False, "2026-11-24T09:00+08:00"),
        (datetime(2026, 11, 23, 13, 59, tzinfo=UTC), True, "2026-11-23T22:00+08:00"),
        (datetime(2026, 11, 23, 14, 0, tzinfo=UTC), False, "2026-11-24T09:00+08:00"),
    ],
)
def test_open_in_the_channel_s_own_time(store: Store, when: datetime, is_open: bool, until: str) -> None:
    """95017-2 answers from 9 to 22 in Shanghai, wherever the question comes from."""
    answer = channel_answer(store, MERCHANTS, "zh", when)

    assert answer is not None
    assert (answer["open"], answer["until"]) == (is_open, until)


def test_unknown_hours_are_unknown(store: Store) -> None:
    """95017 has no verified hours for personal users: neither open nor closed."""
    answer = channel_answer(store, "wechat-pay-hotline", "zh", at("2026-11-23 03:00"))

    assert answer is not None
    assert (answer["open"], answer["until"], answer["hours"]) == (None, None, None)


def test_the_vendor_comes_before_others_and_doubt_comes_last(store: Store) -> None:
    """For every topic: channels of the vendor before others of the same urgency, disputed ones after all others."""
    for row in store.topics():
        found = contact(store, [row["id"]], "zh", at("2026-11-23 10:00"))
        disputed = [channel["trust"] == "disputed" for channel in found]
        official = [channel["official"] for channel in found if channel["trust"] != "disputed"]
        assert disputed == sorted(disputed), row["id"]
        assert official == sorted(official, reverse=True) or row["id"] == "security", row["id"]


def test_what_is_urgent_goes_to_those_that_act_at_once(store: Store) -> None:
    """A stolen account is frozen by oneself or by people, not by a form that takes days."""
    for channel in (
        contact(store, ["security"], "zh", at("2026-11-23 03:00"))[0],
        contact(store, ["account"], "zh", at("2026-11-23 03:00"), urgent=True)[0],
    ):
        assert channel["answers"] in ("self-service", "human", "bot-then-human")


def test_open_channels_come_first_for_a_merchant(store: Store) -> None:
    """At noon the merchants' line is open and says until when."""
    found = contact(store, ["merchant"], "zh", at("2026-11-23 12:00"), region="CN")

    assert MERCHANTS in [channel["id"] for channel in found[:4]]


def test_region_and_language_matter(store: Store) -> None:
    """An English speaker abroad is led to a channel that serves there and answers in English."""
    first = contact(store, ["overseas"], "en", at("2026-11-23 12:00"), region="SG")[0]

    assert "en" in first["languages"] and {"*", "SG"} & set(first["regions"])


def test_every_channel_answers_in_both_languages(store: Store) -> None:
    """Every channel has an entry path and at least one source, and no phone number stands without a date."""
    ids = [row["id"] for row in store.channels()]
    for lang in ("zh", "en"):
        for answer in channel_answers(store, ids, lang, at("2026-11-23 12:00")):
            assert answer["entry"] and answer["sources"][0]["url"].startswith("http") and answer["sources"][0]["checked"]


@pytest.mark.parametrize(
    ("text", "topics"),
    [("payment", ["payment"]), ("支付", ["payment"]), ("payment-failed", ["payment"]), ("", []), ("企业微信", ["wecom"]), ("zzqx vvwk", None)],
)
def test_topics_are_understood(store: Store, text: str, topics: list[str] | None) -> None:
    """A topic by id, by a word of it, by a symptom; nothing for words that fit none."""
    assert topics_for(store, text, "zh") == topics


def test_a_moment_as_people_write_it() -> None:
    """A time of today, a date with a time, with and without a zone."""
    now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

    assert moment("21:30", "Asia/Shanghai", now).isoformat() == "2026-11-23T21:30:00+08:00"
    assert moment("2026-11-24 08:00", "Asia/Shanghai", now).isoformat() == "2026-11-24T08:00:00+08:00"
    assert moment("2026-11-24T08:00+01:00", None, now).isoformat() == "2026-11-24T08:00:00+01:00"
    for wrong in ("noon", "25:00", "2026-13-01"):
        with pytest.raises(ValueError, match=r".+"):
            moment(wrong, None, now)
    with pytest.raises(ValueError, match="time zone"):
        moment("21:30", "Mars/Base", now)


def test_playbooks_name_channels_that_exist(store: Store) -> None:
    """Every step's channel can be shown, and the first step has a deadline."""
    for row in store.listing("playbooks"):
        answer = playbook_answer(store, row["id"], "en")
        assert answer is not None and answer["steps"][0]["deadline"]
        for step in answer["steps"]:
            assert step["channel"] is None or channel_answer(store, step["channel"], "en", at("2026-11-23 12:00"))
    assert playbook_answer(store, "no-such-playbook", "en") is None
