"""Arbitrary strings through the search, in one process: how many raise, and how long they take.

    python -m bench.search_speed [COUNT]

Strings are made of phrases, pieces of codes, index syntax and random characters. Prints errors, median, p99 and the slowest.
"""

from __future__ import annotations

import random
import sys
import time
from statistics import median, quantiles

from diag.database import open_store
from diag.search import search

SYNTAX = [
    '"',
    "*",
    "(",
    ")",
    ":",
    "^",
    "-",
    "NEAR(",
    " AND ",
    " OR ",
    "\x00",
    "'",
    "%",
    " 40001 ",
    " 0x8001 ",
    "errcode:",
    '{"code":',
    "{words}",
    "\ud800",
]


def text(pick: random.Random, phrases: list[str]) -> str:
    """One string of up to eight pieces."""
    pieces = [
        pick.choice(phrases),
        pick.choice(SYNTAX),
        chr(pick.randrange(0x20, 0xD7FF)),
        str(pick.randrange(-(10**6), 10**10)),
        pick.choice(phrases)[:3],
    ]
    return "".join(pick.choice(pieces) for _ in range(pick.randrange(9)))


def main() -> None:
    """Search for so many strings, the same ones in each run."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    store, pick = open_store(None), random.Random(20261123)
    phrases = [row["phrase"] for row in store.rows("SELECT phrase FROM symptom_phrases")]
    times, errors = [], 0
    for _ in range(count):
        query = text(pick, phrases)
        started = time.perf_counter()
        try:
            search(store, query, "zh")
        except Exception as error:  # any exception is what this program counts
            errors += 1
            print(f"{error!r} for {query!r}")
        times.append((time.perf_counter() - started) * 1000)
    print(f"{count} strings: {errors} errors, median {median(times):.1f} ms, p99 {quantiles(times, n=100)[98]:.1f} ms, slowest {max(times):.1f} ms")


if __name__ == "__main__":
    main()
