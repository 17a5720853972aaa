"""The shapes of the answers: what `--json` prints, what the pages show, and what the terminal renders.

One object is built for each answer, and all three are made from it. This module is read by the type checker and by people; no
look-up imports it at run time (`typing` alone would cost a tenth of one).
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

Row = dict[str, Any]


class SourceRef(TypedDict):
    """Where a statement comes from, and when it was last compared with it."""

    id: str
    title: str
    url: str
    checked: str


class FixAnswer(TypedDict):
    """A fix, ready to follow. `minutes` is [from, to] or None."""

    id: str
    title: str
    audience: str
    minutes: list[int] | None
    steps: list[str]
    verify: str
    risk: str | None
    trust: str
    sources: list[SourceRef]
    claims: list[ClaimAnswer]


class ClaimAnswer(TypedDict):
    """A doubtful statement of a source, with our verdict; `better` is `kind:id` of the better answer, or None."""

    id: str
    statement: str
    verdict: str
    note: str
    better: str | None
    source: SourceRef


class CounterpartAnswer(TypedDict):
    """A code that is easily taken for this one, and the difference."""

    id: str
    title: str
    note: str


class Derivation(TypedDict):
    """The rule by which a reading lies inside the number that was asked for."""

    id: str
    rule: str


class Reading(TypedDict):
    """One thing that a code can mean."""

    id: str
    catalog: str
    catalog_title: str
    scope: str
    code: str
    value: int | None
    symbol: str | None
    aliases: list[str]
    title: str
    meaning: str
    cause: str | None
    retry: str | None
    severity: str
    status: str
    trust: str
    sources: list[SourceRef]
    fixes: list[FixAnswer]
    symptoms: list[str]
    channels: list[str]
    claims: list[ClaimAnswer]
    counterparts: list[CounterpartAnswer]
    derived_from: Derivation | None
    place: int
    why: str


class Nearest(TypedDict):
    """A known code that is written almost like the one that was asked for."""

    id: str
    title: str


class LookupAnswer(TypedDict):
    """The answer to one code. `readings` with equal `place` are equally likely; unknown codes have none."""

    query: str
    readings: list[Reading]
    nearest: list[Nearest]
    anatomy: dict[str, Any]


class SearchResult(TypedDict):
    """One thing that fits a text, and why it is there."""

    kind: Literal["symptom", "code", "message", "fix", "channel", "playbook", "escalation"]
    id: str
    title: str
    score: float
    why: str


class SearchAnswer(TypedDict):
    """The answer to a text, best first; empty where nothing fits."""

    query: str
    results: list[SearchResult]


class ChannelAnswer(TypedDict):
    """A way to reach support, at one moment.

    `open` is True, False, or None where the hours are not known; `until` is when that changes next, in the channel's own time zone
    (ISO 8601), or None.
    """

    id: str
    kind: str
    title: str
    address: str
    entry: str
    answers: str
    official: bool
    hours: str | None
    hours_trust: str | None
    timezone: str | None
    languages: list[str]
    regions: list[str]
    topics: list[str]
    open: bool | None
    until: str | None
    note: str | None
    warning: str | None
    checklist: list[str]
    trust: str
    sources: list[SourceRef]
    claims: list[ClaimAnswer]
    why: NotRequired[str]


class PlaybookStepAnswer(TypedDict):
    """One step of a playbook."""

    text: str
    channel: str | None
    deadline: str | None


class PlaybookAnswer(TypedDict):
    """An emergency: what to do, first action first."""

    id: str
    title: str
    description: str
    warning: str | None
    steps: list[PlaybookStepAnswer]
    checklist: list[str]
    symptoms: list[str]
    trust: str
    sources: list[SourceRef]
    claims: list[ClaimAnswer]


class SymptomAnswer(TypedDict):
    """What a person experiences, with what to do about it."""

    id: str
    title: str
    description: str
    warning: str | None
    fixes: list[FixAnswer]
    channels: list[str]
    checklist: list[str]
    playbook: str | None
    topic: str
    trust: str
    sources: list[SourceRef]
    claims: list[ClaimAnswer]
