"""The words of the product as values: one frozen dataclass for each kind of record in a pack.

A record's fields are its data format: the reader in `diag.packs` takes names, types and references from the
annotations here, and `db/README.md` explains them to people. `Ref("fix")` marks a field that holds ids of fixes;
the check follows every such reference.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar, Literal, NamedTuple, TypeVar, get_args

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)

Trust = Literal["official", "corroborated", "reported", "disputed"]
Retry = Literal["no", "yes", "after_delay", "query_first"]
Severity = Literal["error", "warning", "info", "success"]
Status = Literal["active", "withdrawn", "unlisted"]
Audience = Literal["user", "merchant", "developer", "admin", "operator"]
Numbers = Literal["signed", "unsigned32", "none"]
SourceKind = Literal["vendor", "standard", "sdk", "community", "press", "third-party", "article", "project"]
ChannelKind = Literal["phone", "web", "email", "in-app", "social", "store", "post"]
Answers = Literal["human", "bot", "bot-then-human", "self-service", "form", "community"]
Verdict = Literal["right", "partly-right", "plausible", "doubtful", "unsourced", "wrong", "corrupted"]

# The order in which trust is ranked, best first.
TRUST_ORDER: tuple[Trust, ...] = get_args(Trust)


class Ref(NamedTuple):
    """Marks a field that holds the id, or the ids, of records of another kind."""

    kind: str


class Text(NamedTuple):
    """What people read, in both languages."""

    zh: str
    en: str


class Where(NamedTuple):
    """The place of a record in the data files: path relative to the data folder, and line, from 1."""

    path: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A folder of data files that ships together.

    `other_products` are words for products that the pack says nothing about: a text that has one of them, and none of `own_products`,
    is a question for somebody else.
    """

    id: str
    title: Text
    description: Text
    licence: str
    own_products: tuple[str, ...] = ()
    other_products: tuple[str, ...] = ()
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where statements come from."""

    kind_name: ClassVar[str] = "source"
    id: str
    kind: SourceKind
    title: Text
    url: str
    checked: date
    licence: str = ""
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What all records that say something share: who says so, how far to trust it, and when that was checked."""

    sources: Annotated[tuple[str, ...], Ref("source")]
    trust: Trust
    checked: date | None = None
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog(Statement):
    """One namespace of codes."""

    kind_name: ClassVar[str] = "catalog"
    id: str
    title: Text
    description: Text
    numbers: Numbers
    rank: int
    aliases: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    hex_digits: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One entry of a catalog. `sources` and `trust` are the catalog's where the record leaves them out."""

    kind_name: ClassVar[str] = "code"
    catalog: str
    code: str
    scope: str = ""
    value: int | None = None
    symbol: str = ""
    aliases: tuple[str, ...] = ()
    title: Text
    meaning: Text
    cause: Text | None = None
    retry: Retry | None = None
    severity: Severity = "error"
    status: Status = "active"
    fixes: Annotated[tuple[str, ...], Ref("fix")] = ()
    symptoms: Annotated[tuple[str, ...], Ref("symptom")] = ()
    sources: Annotated[tuple[str, ...], Ref("source")] = ()
    trust: Trust | None = None
    checked: date | None = None
    where: Where

    @property
    def id(self) -> str:
        """The id that users type and other tables refer to: `catalog:code` or `catalog:scope/code`."""
        return f"{self.catalog}:{self.scope}/{self.code}" if self.scope else f"{self.catalog}:{self.code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterpart:
    """Two codes that are easily taken for each other, and the difference in one sentence."""

    kind_name: ClassVar[str] = "counterpart"
    code: Annotated[str, Ref("code")]
    other: Annotated[str, Ref("code")]
    note: Text
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Statement):
    """A text that a person sees; `{name}` in `text` and `variants` stands for what differs each time."""

    kind_name: ClassVar[str] = "message"
    id: str
    text: str
    lang: Lang
    variants: tuple[str, ...] = ()
    surface: Text | None = None
    meaning: Text
    symptom: Annotated[str, Ref("symptom")]
    codes: Annotated[tuple[str, ...], Ref("code")] = ()
    fixes: Annotated[tuple[str, ...], Ref("fix")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A subject that channels answer for."""

    kind_name: ClassVar[str] = "topic"
    id: str
    title: Text
    words: tuple[str, ...] = ()
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """What people say, per language."""

    zh: tuple[str, ...]
    en: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Symptom(Statement):
    """What a person experiences."""

    kind_name: ClassVar[str] = "symptom"
    id: str
    title: Text
    description: Text
    phrases: Phrases
    topic: Annotated[str, Ref("topic")]
    fixes: Annotated[tuple[str, ...], Ref("fix")]
    channels: Annotated[tuple[str, ...], Ref("channel")] = ()
    checklist: Annotated[str | None, Ref("checklist")] = None
    playbook: Annotated[str | None, Ref("playbook")] = None
    warning: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix(Statement):
    """Ordered self-service steps; `minutes` is (from, to)."""

    kind_name: ClassVar[str] = "fix"
    id: str
    audience: Audience
    minutes: tuple[int, int] | None = None
    title: Text
    steps: tuple[Text, ...]
    verify: Text
    risk: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel(Statement):
    """A way to reach support."""

    kind_name: ClassVar[str] = "channel"
    id: str
    kind: ChannelKind
    title: Text
    address: str
    entry: Text
    answers: Answers
    hours: str = ""
    hours_trust: Trust | None = None
    timezone: str = ""
    languages: tuple[str, ...]
    regions: tuple[str, ...]
    topics: Annotated[tuple[str, ...], Ref("topic")]
    official: bool
    note: Text | None = None
    warning: Text | None = None
    checklist: Annotated[str | None, Ref("checklist")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookStep:
    """One step of a playbook: what to do, through which channel, until when."""

    do: Text
    channel: Annotated[str | None, Ref("channel")] = None
    deadline: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook(Statement):
    """An emergency: what to do, first action first."""

    kind_name: ClassVar[str] = "playbook"
    id: str
    title: Text
    description: Text
    steps: tuple[PlaybookStep, ...]
    topic: Annotated[str, Ref("topic")]
    checklist: Annotated[str | None, Ref("checklist")] = None
    warning: Text | None = None
    symptoms: Annotated[tuple[str, ...], Ref("symptom")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation(Statement):
    """Where to go when support did not resolve it."""

    kind_name: ClassVar[str] = "escalation"
    id: str
    title: Text
    address: str
    authority: Text
    scope: Text
    precondition: Text
    time: Text | None = None
    topics: Annotated[tuple[str, ...], Ref("topic")]
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist(Statement):
    """What to have in hand before contacting a channel."""

    kind_name: ClassVar[str] = "checklist"
    id: str
    title: Text
    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement of a source that is doubtful, with our verdict; `about` and `better` are `kind:id`."""

    kind_name: ClassVar[str] = "claim"
    id: str
    about: str
    statement: Text
    verdict: Verdict
    note: Text
    better: str = ""
    sources: Annotated[tuple[str, ...], Ref("source")]
    checked: date | None = None
    where: Where


Record = Source | Catalog | Code | Counterpart | Message | Topic | Symptom | Fix | Channel | Playbook | Escalation | Checklist | Claim
RECORD_TYPES: tuple[type[Record], ...] = get_args(Record)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that was read from the packs: records by kind, in the order of the files."""

    packs: tuple[Pack, ...]
    records: dict[str, tuple[Record, ...]] = field(default_factory=dict)

    def of(self, record_type: type[R]) -> tuple[R, ...]:
        """All records of one type."""
        kind: str = record_type.kind_name  # type: ignore[attr-defined]
        return self.records.get(kind, ())  # type: ignore[return-value]


class Problem(NamedTuple):
    """Something wrong in a data file: where, which rule, and what to do about it."""

    path: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.message}"
