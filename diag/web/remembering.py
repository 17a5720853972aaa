"""What a server may keep: rows of small tables, and answers that were just given, in spaces that strangers cannot make grow.

The file never changes under a server, so a row that was read once is right for as long as it runs. Only the tables that many answers share
are kept, and the views made of them; what comes from a visitor's text is not.
"""

from __future__ import annotations

import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from diag.contracts import Row
from diag.store import Store

_SHARED = ("sources", "channels", "channel_", "checklist_items", "catalogs", "fixes", "fix_steps", "symptoms", "symptom_", "playbooks", "topics")
_MOST_ROWS = 4_000
_MOST_GIVEN = 20_000


class Views:
    """Views by key, each made once, so many of them at a time: when that many are there, those not asked for since are forgotten."""

    def __init__(self, most: int) -> None:
        self._most = most // 2
        self._new: dict[Hashable, Any] = {}
        self._old: dict[Hashable, Any] = {}

    def of(self, key: Hashable, make: Callable[..., Any], *arguments: Any) -> Any:
        """The view under a key, made with a function where it is not there. Whoever gets it leaves it as it is."""
        found = self._new.get(key)
        if found is None:
            found = self._old.get(key) or make(*arguments)
            if len(self._new) >= self._most:
                self._old, self._new = self._new, {}
            self._new[key] = found
        return found


class RememberingStore(Store):
    """A store that reads the rows of small, shared tables once. Callers get the same rows again, and leave them as they are."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._shared: dict[str, bool] = {}
        self._rows: dict[tuple[str, tuple[object, ...]], list[Row]] = {}
        self._further: dict[tuple[str, str], list[str]] = {}
        for kind, record_id, source_id in self.shared_citations():
            self._further.setdefault((kind, record_id), []).append(source_id)
        self._doubted = frozenset(self.records_with_claims())

    def rows(self, sql: str, parameters: Sequence[object] | dict[str, object] = ()) -> list[Row]:
        """As `Store.rows`; kept where the statement reads one of the shared tables and its parameters are few."""
        if isinstance(parameters, dict) or not self._is_shared(sql):
            return super().rows(sql, parameters)
        key = (sql, tuple(parameters))
        found = self._rows.get(key)
        if found is None:
            found = super().rows(sql, parameters)
            if found and len(self._rows) < _MOST_ROWS:  # what is not there could be asked for without end
                self._rows[key] = found
        return found

    def further_sources(self, kind: str, record_id: str) -> list[str]:
        """As `Store.further_sources`; those of codes, of which there may be very many, are read each time."""
        return super().further_sources(kind, record_id) if kind == "code" else self._further.get((kind, record_id), [])

    def claims(self, kind: str, record_id: str) -> list[Row]:
        """As `Store.claims`; hardly a record has any."""
        return super().claims(kind, record_id) if f"{kind}:{record_id}" in self._doubted else []

    def _is_shared(self, sql: str) -> bool:
        known = self._shared.get(sql)
        if known is None:
            table = sql.partition(" FROM ")[2].split(" ", 1)[0]
            known = self._shared[sql] = table.startswith(_SHARED) and " JOIN " not in sql
        return known


class Kept:
    """Answers by key, each for a span of time that its owner names; the oldest go when the space is full. Safe between threads.

    An answer is kept when it is given for the second time, so that what is asked once costs no more than the note that it was.
    `most_bytes` counts them compressed, which is a quarter of their length.
    """

    def __init__(self, most_bytes: int) -> None:
        self._left = most_bytes
        self._answers: OrderedDict[Hashable, tuple[object, bytes]] = OrderedDict()
        self._given: set[int] = set()
        self._lock = threading.Lock()

    def get(self, key: Hashable, span: object) -> bytes | None:
        """What was kept under a key for this span, or for any (`None`)."""
        found = self._answers.get(key)
        return zlib.decompress(found[1]) if found and found[0] in (None, span) else None

    def put(self, key: Hashable, span: object, body: bytes) -> None:
        """Keep an answer, if it was given before."""
        if hash(key) not in self._given:
            if len(self._given) >= _MOST_GIVEN:
                self._given.clear()
            self._given.add(hash(key))
            return
        small = zlib.compress(body, 1)
        with self._lock:
            old = self._answers.pop(key, None)
            self._left += len(old[1]) + 500 if old else 0
            self._answers[key] = (span, small)
            self._left -= len(small) + 500
            while self._left < 0:
                self._left += len(self._answers.popitem(last=False)[1][1]) + 500
