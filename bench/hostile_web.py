"""Ten minutes of hostile traffic beside good: what the good notice, how much memory the server takes, and whether it ever fails.

    python -m bench.hostile_web [--db FILE] [--minutes 10] [--attackers 4]

Four attackers send SQL that hurts (tests/web/hostile.py), broken and endless paths, forms, search texts and codes that nobody has; one
good visitor looks up, searches and reads tables. The server is `diag serve` with one process. Promised: no server error, under 150 MB, good p99
under 500 ms, no request over 2 s.
"""

from __future__ import annotations

import argparse
import random
import sys
import threading
import time
from collections import Counter
from urllib.parse import quote, urlencode

import httpx
import psutil

from diag.database import open_store
from diag.store import Store
from tests.web.hostile import QUERIES
from tests.web.server import diag_serve, running

FEWEST_SECONDS_BETWEEN_GOOD = 0.05


class Tally:
    """What one kind of visitor saw."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.statuses: Counter[int | str] = Counter()
        self.slowest: tuple[float, str] = (0.0, "")
        self.failed: list[str] = []

    def ask(self, client: httpx.Client, method: str, path: str, **more: object) -> None:
        """Ask, and note how long it took and how it went."""
        start = time.perf_counter()
        try:
            status: int | str = client.request(method, path, **more).status_code  # type: ignore[arg-type]
        except httpx.HTTPError as error:
            status = type(error).__name__
        taken = time.perf_counter() - start
        self.seconds.append(taken)
        self.statuses[status] += 1
        self.slowest = max(self.slowest, (taken, f"{method} {path[:90]}"))
        if not isinstance(status, int) or status >= 500:  # the server's fault
            self.failed.append(f"{status} {method} {path[:600]}")

    def percentile(self, share: float) -> float:
        """Seconds within which a share of the requests was answered."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def attack(address: str, until: float, tally: Tally, seed: int) -> None:
    """Everything that hurts, as fast as it is answered."""
    rng = random.Random(seed)
    with httpx.Client(base_url=address, timeout=60) as client:
        while time.monotonic() < until:
            kind = rng.randrange(10)
            number = rng.randrange(10**9)
            if kind < 5:
                sql = f"{rng.choice(list(QUERIES.values()))} -- {number}"
                tally.ask(client, "GET", f"/diag{rng.choice(('', '.json', '.csv'))}?{urlencode({'sql': sql})}")
            elif kind == 5:
                tally.ask(client, "POST", "/diag/codes", content=b"a=" + b"x" * 200_000, headers={"cookie": "a=b"})
            elif kind == 6:
                text = "".join(chr(rng.choice((rng.randrange(32, 127), rng.randrange(0x4E00, 0x9FA5)))) for _ in range(rng.randrange(1, 600)))
                tally.ask(client, "GET", f"/search?q={quote(text)}")
            elif kind == 7:
                tally.ask(client, "GET", f"/lookup/{quote(rng.choice(('ECONREFUSED', 'ERROR_ACESS', '0x8FFF', '9' * 30, '../', 'a/' * 60)))}{number}")
            elif kind == 8:
                broken = rng.choice(("_sort=x", "_facet=id&_facet=code&_facet=value&_facet=symbol", "_size=max", "_next=x", "_search=%22NEAR("))
                tally.ask(
                    client, "GET", f"/diag/{rng.choice(('codes', 'lookup', 'code_texts', 'search_documents'))}?{broken}&scope__contains={number}"
                )
            else:
                path = rng.choice(
                    ("//x/", "/-/threads", "/%2e%2e/", "/diag.db", "/diag/search_index_data", "/" + "a" * 9000, "/diag?" + "a=1&" * 100)
                )
                tally.ask(client, "GET", path)


def visit(address: str, until: float, tally: Tally, store: Store) -> None:
    """What people do: look up, search, read a table and a query, some twenty times a second."""
    rng = random.Random(1)
    codes = [row["id"] for row in store.listing("codes")]
    phrases = [phrase for row in store.listing("symptoms") for phrase in store.symptom_phrases(row["id"], "zh")]
    with httpx.Client(base_url=address, timeout=60) as client:
        while time.monotonic() < until:
            path = rng.choices(
                (f"/lookup/{quote(rng.choice(codes))}", f"/search?q={quote(rng.choice(phrases))}", "/", "/contact", "/diag/topics"), (8, 6, 2, 2, 1)
            )[0]
            tally.ask(client, "GET", path)
            time.sleep(FEWEST_SECONDS_BETWEEN_GOOD)


def main() -> None:
    """Serve, attack, report; exit status 1 where a promise was not kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--attackers", type=int, default=4)
    given = parser.parse_args()
    store = open_store(given.db)
    with running(diag_serve(store.path)) as (address, server):
        sys.exit(_siege(address, psutil.Process(server.pid), store, given))


def _siege(address: str, process: psutil.Process, store: Store, given: argparse.Namespace) -> int:
    until = time.monotonic() + given.minutes * 60
    good, bad = Tally(), Tally()
    threads = [threading.Thread(target=attack, args=(address, until, bad, seed)) for seed in range(given.attackers)]
    threads.append(threading.Thread(target=visit, args=(address, until, good, store)))
    for thread in threads:
        thread.start()
    most = 0
    while any(thread.is_alive() for thread in threads):
        most = max(most, process.memory_info().rss)
        time.sleep(0.2)
    print(f"{given.minutes:g} min, hostile {len(bad.seconds)}: {dict(bad.statuses)}")
    print(f"good {len(good.seconds)}: {dict(good.statuses)}, p50 {good.percentile(0.5) * 1000:.0f} ms")
    print(f"slowest hostile {bad.slowest[0]:.2f} s {bad.slowest[1]}; slowest good {good.slowest[0]:.2f} s {good.slowest[1]}")
    for line in (good.failed + bad.failed)[:10]:
        print(f"failed: {line}")
    kept = [
        _promise("server errors", len(good.failed) + len(bad.failed), 0),
        _promise("most memory, MB", most / 2**20, 150),
        _promise("good p99, ms", good.percentile(0.99) * 1000, 500),
        _promise("slowest request, s", max(good.slowest[0], bad.slowest[0]), 2),
    ]
    return 0 if all(kept) else 1


def _promise(name: str, measured: float, most: float) -> bool:
    print(f"{name:22} {measured:8.1f}  promised {most}  {'kept' if measured <= most else 'NOT KEPT'}")
    return measured <= most


if __name__ == "__main__":
    main()
