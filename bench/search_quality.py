"""How well the search finds the symptom that a person means, over labelled queries.

    python -m bench.search_quality QUERIES.tsv...

Each line is `query<TAB>symptom<TAB>...`; `-` for a symptom means that nothing may be found. Prints hit@1, hit@3 and refusals, overall and
per symptom, and every query that missed.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from diag.database import open_store
from diag.search import search
from diag.store import Store


class Outcome(NamedTuple):
    """What became of one query: the symptom wanted, those found, and whether anything was."""

    query: str
    wanted: str
    found: list[str]
    anything: bool
    seconds: float

    def hit(self, at: int) -> bool:
        """Whether the wanted symptom is among the first `at`; for a stranger's question, whether nothing was found."""
        return not self.anything if self.wanted == "-" else self.wanted in self.found[:at]


def read_queries(path: Path) -> list[tuple[str, str]]:
    """(query, symptom) of each line but the header."""
    lines = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [(fields[0], fields[1]) for fields in lines if fields[0] != "query"]


def evaluate(store: Store, queries: list[tuple[str, str]]) -> list[Outcome]:
    """Search for every query."""
    outcomes = []
    for query, wanted in queries:
        started = time.perf_counter()
        results = search(store, query, "zh")["results"]
        seconds = time.perf_counter() - started
        symptoms = [result["id"] for result in results if result["kind"] == "symptom"]
        outcomes.append(Outcome(query, wanted, symptoms, bool(results), seconds))
    return outcomes


def share(outcomes: list[Outcome], at: int) -> float:
    """The share of outcomes that hit; 1 where there are none."""
    return sum(outcome.hit(at) for outcome in outcomes) / len(outcomes) if outcomes else 1.0


def main() -> None:
    """Evaluate the files named on the command line together."""
    queries = [query for name in sys.argv[1:] for query in read_queries(Path(name))]
    if not queries:
        sys.exit(__doc__)
    outcomes = evaluate(open_store(None), queries)
    inside = [o for o in outcomes if o.wanted != "-"]
    outside = [o for o in outcomes if o.wanted == "-"]
    per_symptom: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in inside:
        per_symptom[outcome.wanted].append(outcome)
    print(f"hit@1 {share(inside, 1):.3f}  hit@3 {share(inside, 3):.3f}  of {len(inside)};  refused {share(outside, 1):.3f} of {len(outside)}")
    print(f"slowest {max(o.seconds for o in outcomes) * 1000:.0f} ms")
    for symptom, found in sorted(per_symptom.items()):
        print(f"  {symptom:30} hit@1 {share(found, 1):.2f}  hit@3 {share(found, 3):.2f}  of {len(found)}")
    for outcome in outcomes:
        if not outcome.hit(1):
            print(f"missed: {outcome.query!r} wants {outcome.wanted}, found {outcome.found[:3] or outcome.anything}")


if __name__ == "__main__":
    main()
