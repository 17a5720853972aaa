"""What a code means: the order of readings, what lies inside, and honest unknowns."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diag.errors import UsageProblem
from diag.lookup import code_answer, lookup
from diag.pasted import find_codes
from diag.store import Store


def ids(store: Store, text: str, place: int | None = None) -> list[str]:
    """Ids of the readings of the first answer, all or those of one place."""
    return [r["id"] for r in lookup(store, text, "en")[0]["readings"] if place in (None, r["place"])]


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("5", {"errno-linux:EIO", "win32:ERROR_ACCESS_DENIED"}),
        ("0x8001", {"wechat-app:0x8001"}),
        ("40001", {"wechat:40001", "wecom:40001"}),
        ("0xC0000005", {"ntstatus:STATUS_ACCESS_VIOLATION"}),
        ("-1073741819", {"ntstatus:STATUS_ACCESS_VIOLATION"}),
        ("C0000005", {"ntstatus:STATUS_ACCESS_VIOLATION"}),
        ("0x80070005", {"hresult:E_ACCESSDENIED"}),
        ("80070005h", {"hresult:E_ACCESSDENIED"}),
        ("2147942405", {"hresult:E_ACCESSDENIED"}),
        ("-2147024891", {"hresult:E_ACCESSDENIED"}),
        ("E_ACCESSDENIED", {"hresult:E_ACCESSDENIED"}),
        ("e_accessdenied", {"hresult:E_ACCESSDENIED"}),
        ("win32 5", {"win32:ERROR_ACCESS_DENIED"}),
        ("errno 13", {"errno-linux:EACCES"}),
        ("ECONNREFUSED", {"errno-linux:ECONNREFUSED"}),
        ("EWOULDBLOCK", {"errno-linux:EAGAIN"}),
        ("137", {"exit-status:137"}),
        ("exit code 137", {"exit-status:137"}),
        ("SQLSTATE 23505", {"sqlstate:23505"}),
        ("23505", {"sqlstate:23505"}),
        ("unique_violation", {"sqlstate:23505"}),
        ("http 404", {"http:404"}),
        ("SIGSEGV", {"signal:SIGSEGV"}),
        ("errcode: 40163", {"wechat:40163"}),
        ("mp:40163", {"wechat:40163"}),
        ("wecom:60020", {"wecom:60020"}),
        ("企业微信 60020", {"wecom:60020"}),
        ("USERPAYING", {"wechat-pay:USERPAYING"}),
        ("wechat-pay:userpaying", {"wechat-pay:USERPAYING"}),
        ('{"errcode":40163,"errmsg":"code been used, hints: [ req_id: abc ]"}', {"wechat:40163"}),
        ("not allow to access from your ip, more info at https://open.work.weixin.qq.com/devtool/query?e=60020", {"wecom:60020"}),
        ("<xml><return_code><![CDATA[SUCCESS]]></return_code><err_code><![CDATA[NOTENOUGH]]></err_code></xml>", {"wechat-pay:NOTENOUGH"}),
        ('{"code":"SYSTEM_ERROR","message":"系统繁忙,请稍后重试"}', {"wechat-pay:SYSTEM_ERROR"}),
        ("ERROR: duplicate key value violates unique constraint (SQLSTATE 23505)", {"sqlstate:23505"}),
        ("java.net.ConnectException: ECONNREFUSED - connection refused by peer", {"errno-linux:ECONNREFUSED"}),
    ],
)
def test_first_readings(store: Store, written: str, first: set[str]) -> None:
    """Every written form leads to its code; those that nothing tells apart stand level."""
    assert first <= set(ids(store, written, place=1))


def test_context_decides_before_commonness(store: Store) -> None:
    """A devtool link says WeCom although WeChat has the number too; both are still listed."""
    readings = lookup(store, "40001 more info at https://open.work.weixin.qq.com/devtool/query?e=40001", "zh")[0]["readings"]

    assert readings[0]["id"] == "wecom:40001" and "devtool" in readings[0]["why"]
    assert "wechat:40001" in [r["id"] for r in readings]


def test_no_reading_is_dropped(store: Store) -> None:
    """5 is an errno, a Win32 error and a signal; 40001 is a SQLSTATE as well."""
    assert {"errno-linux:EIO", "win32:ERROR_ACCESS_DENIED", "signal:SIGTRAP"} <= set(ids(store, "5"))
    assert "sqlstate:40001" in ids(store, "40001")


def test_what_lies_inside_is_a_reading_too(store: Store) -> None:
    """E_ACCESSDENIED holds Win32 5, 137 holds signal 9, -13 is EACCES negated; each says by which rule."""
    for written, inner, rule in (
        ("0x80070005", "win32:ERROR_ACCESS_DENIED", "hresult-win32"),
        ("0x80070035", "win32:ERROR_BAD_NETPATH", "hresult-win32"),
        ("137", "signal:SIGKILL", "exit-signal"),
        ("-13", "errno-linux:EACCES", "negative-errno"),
    ):
        found = {r["id"]: r for r in lookup(store, written, "en")[0]["readings"]}
        assert found[inner]["derived_from"] == {"id": written, "rule": rule}
        assert str(found[inner]["value"]) in found[inner]["why"]


def test_hex_does_not_reach_text_codes(store: Store) -> None:
    """0x5BD1 is 23505, which is not the SQLSTATE."""
    assert "sqlstate:23505" not in ids(store, "0x5BD1")


def test_a_catalog_can_be_asked_alone(store: Store) -> None:
    """`--in` takes an id or an alias, and refuses what is no catalog."""
    assert ids_in(store, "40001", "wecom") == ids_in(store, "40001", "wxwork") == ["wecom:40001"]
    with pytest.raises(UsageProblem):
        lookup(store, "40001", "en", "no-such-catalog")


def ids_in(store: Store, text: str, catalog: str) -> list[str]:
    """Ids of the readings in one catalog."""
    return [r["id"] for r in lookup(store, text, "en", catalog)[0]["readings"]]


def test_the_article_s_code_is_reported_not_believed(store: Store) -> None:
    """0x8001 is 支付失败 by the article alone: reported, with the verdict beside it, with steps and channels."""
    reading = lookup(store, "0x8001", "zh")[0]["readings"][0]

    assert (reading["title"], reading["trust"]) == ("支付失败", "reported")
    assert reading["claims"][0]["verdict"] == "doubtful"
    assert reading["fixes"][0]["id"] == "check-bill-first" and "wechat-pay-hotline" in reading["channels"]


def test_a_named_catalog_that_lacks_a_code_says_so(store: Store) -> None:
    """`wecom 5` is not answered with an errno; near codes are those of WeCom."""
    [answer] = lookup(store, "wecom 5", "en")

    assert answer["readings"] == []
    assert all(near["id"].startswith("wecom:") for near in answer["nearest"])


@pytest.mark.parametrize("written", ["0x8FFFFFFF", "99999999", "NO_SUCH_CODE_HERE", "wecom:123456789"])
def test_an_unknown_code_is_never_a_wrong_success(store: Store, written: str) -> None:
    """It has no reading."""
    [answer] = lookup(store, written, "en")

    assert answer["readings"] == []


@pytest.mark.parametrize(
    ("written", "near"),
    [("40613", "wechat:40163"), ("ECONREFUSED", "errno-linux:ECONNREFUSED"), ("USERPAYIN", "wechat-pay:USERPAYING"), ("0x8FFFFFFF", "hresult:")],
)
def test_near_codes_are_offered(store: Store, written: str, near: str) -> None:
    """Swapped digits, a missing letter, and the neighbours of a 32-bit code."""
    [answer] = lookup(store, written, "en")

    assert any(n["id"].startswith(near) for n in answer["nearest"]), answer["nearest"]
    assert len(answer["nearest"]) <= 5


def test_an_unknown_number_is_taken_apart(store: Store) -> None:
    """Radix, sign, HRESULT fields, and the catalogs around it."""
    [answer] = lookup(store, "0x8FFFFFFF", "en")

    assert answer["anatomy"]["decimal"] == 0x8FFFFFFF and answer["anatomy"]["hresult"]["facility"] == 0x7FF


def test_several_codes_in_a_text_give_an_answer_each(store: Store) -> None:
    """A sentence with two codes is two questions."""
    answers = lookup(store, "微信h5页面授权,突然出现40029和40163错误信息?", "zh")

    assert [a["query"] for a in answers] == ["40029", "40163"]


@pytest.mark.parametrize("text", ["40163 40029 61004", "40163,40029, 61004", "40163\n40029\n61004", "40163、40029、 61004"])
def test_a_list_of_codes_gives_an_answer_each(store: Store, text: str) -> None:
    """In the order in which they were written; a number before another is not its catalog."""
    assert [answer["query"] for answer in lookup(store, text, "zh")] == ["40163", "40029", "61004"]


def test_every_code_is_found_by_all_that_is_written_of_it(store: Store) -> None:
    """Its id, what is printed first, its symbol and its number each lead to every code there is."""
    lost = []
    for row in store.rows("SELECT id, code, value, symbol FROM codes"):
        for written in {row["id"], row["code"], row["symbol"] or row["id"], row["id"] if row["value"] is None else str(row["value"])}:
            if row["id"] not in ids(store, written):
                lost.append((row["id"], written))

    assert lost == []


def test_one_code_by_id(store: Store) -> None:
    """`code_answer` gives a code as a reading, or None."""
    found = code_answer(store, "wechat:40163", "en")

    assert found is not None and found["title"] == "OAuth code already used"
    assert code_answer(store, "wechat:nope", "en") is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=300) | st.binary(max_size=200).map(lambda b: b.decode("utf-8", "surrogateescape")))
def test_any_text_has_an_answer(store: Store, text: str) -> None:
    """No text raises; every answer has the contract's keys."""
    for answer in lookup(store, text, "en"):
        assert set(answer) == {"query", "readings", "nearest", "anatomy"}


@pytest.mark.parametrize(
    "text",
    [
        "{" * 5000,
        "[" * 5000,
        '{"code":' * 2000,
        "<a>" * 5000,
        "code:" * 5000,
        "-" * 5000,
        "A_" * 5000,
        "0x" * 5000,
        '{"code":' + "9" * 5000 + "}",
        "\x00" * 100,
    ],
)
def test_hostile_bodies_are_read_in_linear_time(text: str) -> None:
    """Deep nesting, repeated beginnings and huge numbers raise nothing and hang nothing."""
    assert len(find_codes(text)) <= 20
