"""Opening hours: their written form, and whether a channel is open at a moment. Pure; the moment is an argument.

The written form is a small part of OpenStreetMap's (https://wiki.openstreetmap.org/wiki/Key:opening_hours):
`24/7`, or rules such as `Mo-Fr 09:00-18:00; Sa 10:00-12:00,13:00-16:00`, separated by semicolons. A span that ends at or before its
start runs past midnight: `Mo-Su 20:00-02:00`.
"""

from datetime import datetime, timedelta

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MINUTES_A_DAY = 24 * 60
ALWAYS = "24/7"

# One span: weekday (0 is Monday), minute of the day at which it opens, minute at which it closes (over 1440: the next day).
Span = tuple[int, int, int]


def parse(written: str) -> list[Span]:
    """The spans of a week, in order.

    Raises ValueError, with a text for the author, where the written form is not understood.
    """
    if written == ALWAYS:
        return [(day, 0, MINUTES_A_DAY) for day in range(7)]
    spans: list[Span] = []
    for rule in written.split(";"):
        words = rule.split()
        if len(words) != 2:
            raise ValueError(f"{rule.strip()!r} is not days and hours, such as Mo-Fr 09:00-18:00")
        days, hours = words
        for day in _days(days):
            for span in hours.split(","):
                opens, dash, closes = span.partition("-")
                if not dash:
                    raise ValueError(f"{span!r} is not a span, such as 09:00-18:00")
                start, end = _minute(opens), _minute(closes)
                if start == MINUTES_A_DAY:
                    raise ValueError(f"{span!r} opens at the day's end")
                spans.append((day, start, end if end > start else end + MINUTES_A_DAY))
    return sorted(spans)


def _days(written: str) -> list[int]:
    days: list[int] = []
    for part in written.split(","):
        first, _, last = part.partition("-")
        if first not in DAYS or (last or first) not in DAYS:
            raise ValueError(f"{part!r} is not a day or a range of days; days are {', '.join(DAYS)}")
        start, end = DAYS.index(first), DAYS.index(last or first)
        days.extend(day % 7 for day in range(start, (end if end >= start else end + 7) + 1))
    return days


def _minute(written: str) -> int:
    hours, colon, minutes = written.partition(":")
    digits = hours + minutes
    if colon and len(hours) == len(minutes) == 2 and digits.isascii() and digits.isdigit():
        minute = int(hours) * 60 + int(minutes)
        if minute <= MINUTES_A_DAY and int(minutes) < 60:
            return minute
    raise ValueError(f"{written!r} is not a time of day, such as 09:00 or 24:00")


def fixed_offset(zone: str) -> int | None:
    """The minutes by which a time zone is ahead of UTC, where that is the same all year round; None where clocks change.

    With it a look-up can do without zoneinfo. Raises what zoneinfo raises where there is no such zone.
    """
    from zoneinfo import ZoneInfo

    offsets = {datetime(year, month, 1, tzinfo=ZoneInfo(zone)).utcoffset() for year in range(2015, 2036) for month in range(1, 13)}
    offset = offsets.pop()
    return None if offsets or offset is None else int(offset.total_seconds()) // 60


def is_open(spans: list[Span], local: datetime) -> bool:
    """Whether one of the spans covers a moment, given as the channel's local time."""
    today, minute = local.weekday(), local.hour * 60 + local.minute
    return any(
        (day == today and opens <= minute < closes) or ((day + 1) % 7 == today and minute < closes - MINUTES_A_DAY) for day, opens, closes in spans
    )


def next_change(spans: list[Span], local: datetime) -> datetime | None:
    """When the channel closes, if it is open, or opens, if it is closed; None where it never does.

    The answer is in the channel's local time, to the minute, and at most a week away.
    """
    now_open = is_open(spans, local)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    moments = sorted(
        midnight + timedelta(days=ahead, minutes=minute)
        for ahead in range(-1, 9)
        for day, *minutes in spans
        if (midnight + timedelta(days=ahead)).weekday() == day
        for minute in minutes
    )
    return next((m for m in moments if m > local and is_open(spans, m) != now_open), None)
