"""Every written form of a code is read as what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag.codes import Written, anatomy, clean, derived, number_in, parse


@pytest.mark.parametrize(
    ("written", "number", "hex_digits"),
    [
        ("0x80070005", 0x80070005, 8),
        ("0X80070005", 0x80070005, 8),
        ("80070005h", 0x80070005, 8),
        ("&H80070005", 0x80070005, 8),
        ("0x80070005L", 0x80070005, 8),
        ("2147942405", 2147942405, 0),
        ("-2147024891", -2147024891, 0),
        ("−2147024891", -2147024891, 0),
        ("+5", 5, 0),
        ("４０１６３", 40163, 0),
        ("“40163”。", 40163, 0),
        ("(40163),", 40163, 0),
        (" 40163\n", 40163, 0),
        ("0x8001", 0x8001, 4),
        ("0xFFFFFFFFFFFFFFFF", -1, 16),
        ("007", 7, 0),
    ],
)
def test_numbers_are_read_as_people_write_them(written: str, number: int, hex_digits: int) -> None:
    """Hex, decimal, signed, suffixed, full-width, quoted and punctuated forms give one number."""
    first = parse(written)[0]

    assert (first.number, first.hex_digits) == (number, hex_digits)


@pytest.mark.parametrize("written", ["", "   ", "0x", "h", "12x", "--5", "9" * 30, "0x" + "F" * 17, "١٢٣", "1e5", "²"])
def test_what_is_no_number_is_none(written: str) -> None:
    """Half a number, a number beyond 64 bits, and digits that are not ASCII give no number."""
    assert number_in(written) == (None, 0)


@pytest.mark.parametrize(
    ("written", "words", "code"),
    [
        ("win32 5", ("win32",), "5"),
        ("mysql:1045", ("mysql",), "1045"),
        ("errcode: 40163", ("errcode",), "40163"),
        ("errcode=40163", ("errcode",), "40163"),
        ("errcode：40163", ("errcode",), "40163"),
        ("SQLSTATE 23505", ("sqlstate",), "23505"),
        ("exit code 137", ("exit code", "code"), "137"),
        ("企业微信 40029", ("企业微信",), "40029"),
        ("wechat-miniprogram:Bluetooth/10001", ("wechat-miniprogram",), "Bluetooth/10001"),
    ],
)
def test_words_before_a_code_are_kept_apart(written: str, words: tuple[str, ...], code: str) -> None:
    """`catalog:code`, `catalog code` and `key: code` give the code, and the words that may name its catalog."""
    assert (code, words) in [(w.text, w.words) for w in parse(written)]


def test_a_code_with_a_colon_is_tried_whole_first() -> None:
    """`config:fail` is a code itself; only then the colon separates."""
    assert [w.text for w in parse("config:fail")] == ["config:fail", "fail"]


def test_signed_and_unsigned_forms_reach_each_other() -> None:
    """A 32-bit code is found under either sign, as written first."""
    assert ("2147942405", "number", "unsigned") in parse("-2147024891")[0].forms()
    assert ("-2147024891", "number", "signed") in parse("2147942405")[0].forms()


def test_text_codes_are_not_reached_by_hex() -> None:
    """0x5BD1 is 23505, but not the SQLSTATE of that name; 23505 is both."""
    assert not any(kind == "name" for _, kind, _ in parse("0x5BD1")[0].forms())
    assert ("23505", "name", "written") in parse("23505")[0].forms()


def test_bare_hex_is_a_second_reading() -> None:
    """C0000005 without its 0x is read as hex, after the name that it might be."""
    assert parse("C0000005")[0].forms()[-1] == ("3221225477", "number", "bare-hex")


@pytest.mark.parametrize(
    ("number", "catalog", "inner"),
    [
        (0x80070005, "win32", 5),
        (-2147024891, "win32", 5),
        (0xC0070005, "win32", 5),
        (0xD0000022, "ntstatus", 0xC0000022),
        (137, "signal", 9),
        (-13, "errno-linux", 13),
    ],
)
def test_codes_inside_codes_are_derived(number: int, catalog: str, inner: int) -> None:
    """Win32 in HRESULT and NTSTATUS, NTSTATUS in HRESULT, a signal in an exit status, a negated errno."""
    assert (catalog, inner) in [(d.catalog, d.number) for d in derived(number)]


def test_anatomy_takes_an_unknown_number_apart() -> None:
    """Signs, the high half, and the fields of HRESULT and NTSTATUS."""
    small, large = anatomy(parse("0x8001")[0]), anatomy(parse("0x8FFFFFFF")[0])

    assert small == {"decimal": 32769, "hex": "0x8001", "signed16": -32767, "high_half": "0x80010000"}
    assert large["hresult"] == {"severity": "failure", "facility": 0x7FF, "facility_name": "", "code": 0xFFFF}
    assert anatomy(parse("nonsense")[0]) == {}


@given(st.text())
def test_any_text_can_be_parsed(text: str) -> None:
    """No text raises, and every reading has forms that SQLite can hold."""
    for written in parse(text):
        for form, kind, _ in written.forms():
            assert kind == "name" or -(2**63) <= int(form) < 2**63


@given(st.integers(-(2**63), 2**63 - 1))
def test_decimal_round_trip(number: int) -> None:
    """A number in decimal is that number, whatever stands around it."""
    assert parse(f"“{number}”。")[0].number == number


@given(st.integers(0, 2**63 - 1), st.sampled_from(["0x{:x}", "0X{:X}", "&H{:X}", "0x{:08X}", "0{:X}h"]))
def test_hex_round_trip(number: int, form: str) -> None:
    """A number in any hex notation is that number."""
    assert parse(form.format(number))[0].number == number


@given(st.integers(-(2**31), -1))
def test_both_signs_of_a_32_bit_code_share_a_form(number: int) -> None:
    """Signed and unsigned spellings of 32 bits lead to the same stored code."""
    signed, unsigned = ({f for f, k, _ in parse(str(n))[0].forms() if k == "number"} for n in (number, number + 2**32))

    assert signed == unsigned


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """`clean` is idempotent."""
    assert clean(clean(text)) == clean(text)


@given(st.text(max_size=20), st.lists(st.text(max_size=5), max_size=2), st.none() | st.integers(), st.integers(0, 16))
def test_equal_codes_are_equal(text: str, words: list[str], number: int | None, digits: int) -> None:
    """Two codes written alike compare and hash alike."""
    one, other = (Written(text, tuple(words), number, digits) for _ in range(2))

    assert one == other and hash(one) == hash(other) and repr(one) == repr(other)
