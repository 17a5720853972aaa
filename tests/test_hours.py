"""Opening hours: written form, open or not, and when that changes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag.hours import MINUTES_A_DAY, fixed_offset, is_open, next_change, parse

MONDAY = datetime(2026, 11, 23)


def at(day: int, clock: str) -> datetime:
    """A moment of the week that begins on Monday, 23 November 2026."""
    hour, minute = map(int, clock.split(":"))
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


@pytest.mark.parametrize(
    ("written", "day", "clock", "expected"),
    [
        ("Mo-Su 09:00-22:00", 0, "08:59", False),
        ("Mo-Su 09:00-22:00", 0, "09:00", True),
        ("Mo-Su 09:00-22:00", 6, "21:59", True),
        ("Mo-Su 09:00-22:00", 6, "22:00", False),
        ("Mo-Fr 09:00-18:00", 5, "12:00", False),
        ("Mo-Su 08:00-24:00", 2, "23:59", True),
        ("Mo-Su 08:00-24:00", 2, "00:00", False),
        ("Fr 20:00-02:00", 5, "01:59", True),
        ("Fr 20:00-02:00", 5, "02:00", False),
        ("Su 22:00-06:00", 0, "05:00", True),
        ("Mo-Fr 09:00-12:00,13:00-18:00", 1, "12:30", False),
        ("Sa-Mo 10:00-11:00", 0, "10:30", True),
        ("24/7", 3, "03:33", True),
    ],
)
def test_open_or_closed(written: str, day: int, clock: str, expected: bool) -> None:
    """Days, spans past midnight, breaks at noon and weeks that wrap."""
    assert is_open(parse(written), at(day, clock)) is expected


@pytest.mark.parametrize(
    ("written", "day", "clock", "expected"),
    [
        ("Mo-Fr 09:00-18:00", 0, "10:00", at(0, "18:00")),
        ("Mo-Fr 09:00-18:00", 4, "19:00", at(7, "09:00")),
        ("Fr 20:00-02:00", 5, "01:00", at(5, "02:00")),
        ("24/7", 0, "10:00", None),
        ("Mo-Fr 09:00-12:00,12:00-18:00", 0, "10:00", at(0, "18:00")),
    ],
)
def test_next_change(written: str, day: int, clock: str, expected: datetime | None) -> None:
    """When an open channel closes, and when a closed one opens; spans that touch are one."""
    assert next_change(parse(written), at(day, clock)) == expected


@pytest.mark.parametrize("written", ["", "9-18", "Mo", "Xx 09:00-18:00", "Mo 9:00-18:00", "Mo 09:00", "Mo 24:00-25:00", "Mo 09:60-10:00", "Mo-Fr"])
def test_what_cannot_be_read_is_refused(written: str) -> None:
    """A bad string raises ValueError with a text for its author."""
    with pytest.raises(ValueError, match=r"is not|opens at"):
        parse(written)


def test_offsets_are_fixed_only_where_clocks_do_not_change() -> None:
    """Shanghai is eight hours ahead all year; Berlin is not one offset."""
    assert fixed_offset("Asia/Shanghai") == 480
    assert fixed_offset("Europe/Berlin") is None


times = st.integers(0, MINUTES_A_DAY - 1).map(lambda m: f"{m // 60:02}:{m % 60:02}")
rules = st.tuples(st.sampled_from(["Mo-Fr", "Sa", "Su-Tu", "Mo,We"]), times, times).map(lambda r: f"{r[0]} {r[1]}-{r[2]}")


@given(st.lists(rules, min_size=1, max_size=3), st.integers(0, 7 * MINUTES_A_DAY))
def test_the_next_change_changes_it(written: list[str], minute: int) -> None:
    """At the moment that `next_change` names, the state is the other one; just before it, it is not."""
    spans = parse("; ".join(written))
    now = MONDAY + timedelta(minutes=minute)
    change = next_change(spans, now)

    if change is not None:
        assert is_open(spans, change) is not is_open(spans, now)
        assert is_open(spans, change - timedelta(minutes=1)) is is_open(spans, now)
