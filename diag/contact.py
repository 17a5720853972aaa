"""Whom to ask, and who is open now? Channels ranked for a topic, a region, a language and a moment. The moment is an argument."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo

from diag import hours
from diag.answers import checklist_of, claims_about, sources_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from diag.contracts import ChannelAnswer, Row
    from diag.model import Lang
    from diag.store import Store

_TRUST = ("official", "corroborated", "reported", "disputed")


def channel_answer(store: Store, channel_id: str, lang: Lang, at: datetime) -> ChannelAnswer | None:
    """One channel at a moment (an aware datetime), or None where there is no such channel."""
    row = store.channel(channel_id)
    return _answer(store, row, lang, at) if row else None


def channel_answers(store: Store, channel_ids: list[str], lang: Lang, at: datetime) -> list[ChannelAnswer]:
    """The channels with these ids, in order, each at a moment."""
    found = (channel_answer(store, channel_id, lang, at) for channel_id in channel_ids)
    return [channel for channel in found if channel is not None]


def contact(store: Store, topics: list[str], lang: Lang, at: datetime, region: str | None = None, urgent: bool = False) -> list[ChannelAnswer]:
    """The channels that answer for any of the topics (all channels, where none is named), best first.

    Channels of the vendor come before others, trusted before doubtful, those that serve the region and speak the language before the
    rest, open before closed. What is `urgent`, as every question of security is, goes first to channels that act at once: self-service
    and people, before forms and communities. `region` is an ISO 3166 code.
    """
    ranked: list[tuple[tuple[int | str, ...], ChannelAnswer]] = []
    for row in store.channels():
        answer = _answer(store, row, lang, at)
        about = [topic for topic in answer["topics"] if topic in topics]
        if about or not topics:
            position = answer["topics"].index(about[0]) if about else 0
            slow = (urgent or "security" in topics) and answer["answers"] in ("form", "community", "bot")
            ranked.append(((answer["trust"] == "disputed", slow, *_rank(answer, lang, region), position, answer["id"]), answer))
    return [answer for _, answer in sorted(ranked, key=lambda item: item[0])]


def _rank(answer: ChannelAnswer, lang: Lang, region: str | None) -> tuple[int, ...]:
    served = region is None or region in answer["regions"] or "*" in answer["regions"]
    return (
        not answer["official"],
        not served,
        lang not in answer["languages"],
        {True: 0, None: 1, False: 2}[answer["open"]],
        _TRUST.index(answer["trust"]),
    )


def _answer(store: Store, row: Row, lang: Lang, at: datetime) -> ChannelAnswer:
    is_open, until = _state(store, row, at)
    return {
        "id": row["id"],
        "kind": row["kind"],
        "title": row[f"title_{lang}"],
        "address": row["address"],
        "entry": row[f"entry_{lang}"],
        "answers": row["answers"],
        "official": bool(row["official"]),
        "hours": row["hours"],
        "hours_trust": row["hours_trust"],
        "timezone": row["timezone"],
        "languages": store.channel_languages(row["id"]),
        "regions": store.channel_regions(row["id"]),
        "topics": store.channel_topics(row["id"]),
        "open": is_open,
        "until": until,
        "note": row[f"note_{lang}"],
        "warning": row[f"warning_{lang}"],
        "checklist": checklist_of(store, row["checklist_id"], lang),
        "trust": row["trust"],
        "sources": sources_of(store, "channel", row, lang),
        "claims": claims_about(store, "channel", row["id"], lang),
    }


def _state(store: Store, row: Row, at: datetime) -> tuple[bool | None, str | None]:
    """(open, when that changes) at a moment; (None, None) where the hours are not known."""
    if not row["hours"]:
        return None, None
    if row["hours"] == hours.ALWAYS:
        return True, None
    spans = store.channel_hours(row["id"])
    zone = _zone(row)
    local = at.astimezone(zone)
    change = hours.next_change(spans, local.replace(tzinfo=None))
    until = change.replace(tzinfo=zone).isoformat(timespec="minutes") if change else None
    return hours.is_open(spans, local.replace(tzinfo=None)), until


def _zone(row: Row) -> tzinfo:
    if row["utc_offset"] is not None:
        return timezone(timedelta(minutes=row["utc_offset"]))
    from zoneinfo import ZoneInfo  # a fifth of a look-up; needed only where clocks change

    return ZoneInfo(row["timezone"])


def moment(written: str, zone: str | None, now: datetime) -> datetime:
    """The moment that a person wrote: `2026-11-23 21:30`, `21:30` (today), with or without an offset.

    Without an offset it is in `zone`, or where `now` is. Raises ValueError where it is not understood.
    """
    from zoneinfo import ZoneInfo

    try:
        local = now.astimezone(ZoneInfo(zone)) if zone else now
    except (OSError, ValueError, KeyError) as error:
        raise ValueError(f"{zone!r} is not a time zone such as Asia/Shanghai") from error
    text = written.strip()
    if len(text) <= 5 and ":" in text:
        hour, _, minute = text.partition(":")
        if not (hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60):
            raise ValueError(f"{written!r} is not a time such as 21:30")
        return local.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
    given = datetime.fromisoformat(text)
    return given if given.tzinfo else given.replace(tzinfo=local.tzinfo)
