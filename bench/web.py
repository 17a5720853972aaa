"""Requests per second and the 99th percentile of the site's pages, beside a bare Starlette endpoint and stock Datasette, in one run.

    python -m bench.web [--db FILE] [--seconds 5] [--connections 8] [--nginx]

Needs the extra `bench` and wrk (Debian: wrk). Every server is one process on this machine, asked over the same connections, one after
another. The paths are drawn from all codes and all phrases, so that few answers are those that the site has just given; --nginx adds the
cache of deploy/nginx.conf. What counts are the ratios: cores, and what else runs, change the rest.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from urllib.parse import quote

from diag.database import open_store
from diag.store import Store
from diag.text import tokens
from tests.web.server import ROOT, diag_serve, free_port, running

BARE = """
import random, sqlite3
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route
connection = sqlite3.connect("file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
connection.row_factory = sqlite3.Row
async def code(request):
    row = connection.execute("SELECT * FROM lookup WHERE id = ? AND lang = 'zh'", (request.path_params["code"],)).fetchone()
    return JSONResponse(dict(row) if row else {{}}, 200 if row else 404)
app = Starlette(routes=[Route("/lookup/{{code:path}}", code)])
"""

LUA = """
local paths = {}
for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end
math.randomseed(os.time())
local fresh = os.getenv("FRESH") == "1"
request = function()
    local path = paths[math.random(#paths)]
    if fresh then path = path .. (path:find("?", 1, true) and "&" or "?") .. "fresh=" .. math.random(1000000000) end
    return wrk.format("GET", path)
end
"""


def main() -> None:
    """Measure everything, print a table, then the ratios that are promised."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--nginx", action="store_true")
    given = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("this bench needs wrk")
    store = open_store(given.db)
    with tempfile.TemporaryDirectory() as temp:
        print(f"{'':28} {'req/s':>8} {'p50 ms':>8} {'p99 ms':>8} {'errors':>7}")
        rates = _measure(store, Path(temp), given)
    print()
    _ratio("code page / bare Starlette", rates["code page"], rates["bare Starlette, a row"], 0.25)
    _ratio("code page, never kept / bare", rates["code page, never kept"], rates["bare Starlette, a row"], 0.25)
    _ratio("search page / stock table search", rates["search page"], rates["stock: table search"], 3)
    _ratio("search, never kept / stock search", rates["search page, never kept"], rates["stock: table search"], 3)
    _ratio("code page / stock row page", rates["code page"], rates["stock: row page"], 1)
    if given.nginx:
        _ratio("behind the cache, req/s", rates["nginx: code page"], 1, 10_000)


def _measure(store: Store, temp: Path, given: argparse.Namespace) -> dict[str, float]:
    (temp / "stock").mkdir()
    shutil.copy(store.path, temp / "stock" / "diag.db")
    (temp / "bare.py").write_text(BARE.format(path=temp / "stock" / "diag.db"))
    codes = [row["id"] for row in store.listing("codes")]
    phrases = [phrase for row in store.listing("symptoms") for lang in ("zh", "en") for phrase in store.symptom_phrases(row["id"], lang)]
    rows = [
        code.replace(":", "~3A").replace("/", "~2F")
        for code in codes
        if code.replace(":", "").replace("-", "").replace("_", "").isalnum() and code.isascii()
    ]
    lookups, searches = [f"/lookup/{quote(code)}" for code in codes], [f"/search?all=1&q={quote(phrase)}" for phrase in phrases]
    words = [f"/diag/search_documents?_search={quote(token)}" for token in dict.fromkeys(tokens(phrase)[0] for phrase in phrases)]
    bare = [sys.executable, "-m", "uvicorn", "--app-dir", str(temp), "bare:app", "--log-level", "error", "--no-access-log", "--port"]
    ours = diag_serve(store.path)
    stock = [str(Path(sys.executable).with_name("datasette")), "-i", str(temp / "stock" / "diag.db"), "-m", str(ROOT / "metadata.json"), "-p"]
    plan: list[tuple[list[str], dict[str, list[str]]]] = [
        (bare, {"bare Starlette, a row": lookups}),
        (ours, {
            "code page": lookups, "code page, never kept": lookups, "code page, JSON": [f"{path}.json" for path in lookups],
            "search page": searches, "search page, never kept": searches,
            "table page": ["/diag/codes"], "row page": [f"/diag/codes/{row}" for row in rows], "table search": words, "home page": ["/"],
        }),
        (stock, {"stock: row page": [f"/diag/codes/{row}" for row in rows], "stock: table page": ["/diag/codes"], "stock: table search": words}),
    ]  # fmt: skip
    rates = {}
    for command, cases in plan:
        with running(command, next(iter(cases.values()))[0], env=_environment(temp)) as (address, _):
            rates |= {name: _load(name, address, paths, temp, given) for name, paths in cases.items()}
            if command is ours and given.nginx:
                rates["nginx: code page"] = _behind_nginx(address, lookups[:500], temp, given)
    return rates


def _behind_nginx(upstream: str, paths: list[str], temp: Path, given: argparse.Namespace) -> float:
    """deploy/nginx.conf with its addresses and folders put here, its limit on requests off, and its cache warm."""
    port = free_port()
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    text = text.replace("server diag:8001;", f"server {upstream.removeprefix('http://')};").replace("listen 8080", f"listen 127.0.0.1:{port}")
    text = re.sub(r"limit_(req|conn) .*;", "", text).replace("/tmp/", f"{temp}/").replace("/var/cache/nginx", str(temp / "cache"))
    (temp / "cache").mkdir()
    (temp / "nginx.conf").write_text(("user root;\n" if os.geteuid() == 0 else "") + text)
    with running(["nginx", "-c", str(temp / "nginx.conf"), "-p", str(temp), "-g", "daemon off;"], paths[0], port) as (address, _):
        for path in paths:
            urllib.request.urlopen(address + path).close()
        return _load("nginx: code page", address, paths, temp, given)


def _load(name: str, address: str, paths: list[str], temp: Path, given: argparse.Namespace) -> float:
    (temp / "paths").write_text("\n".join(paths) + "\n")
    (temp / "load.lua").write_text(LUA)
    base = ["wrk", "-t1", f"-c{given.connections}", "-s", str(temp / "load.lua"), "--latency"]
    environment = {**os.environ, "PATHS": str(temp / "paths"), "FRESH": str(int(name.endswith("never kept")))}
    subprocess.run([*base, "-d1s", address], env=environment, capture_output=True, check=True)
    out = subprocess.run([*base, f"-d{given.seconds}s", address], env=environment, capture_output=True, text=True, check=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])
    half, most = (_milliseconds(re.search(rf"{share}%\s+([\d.]+)(us|ms|s)", out)) for share in (50, 99))
    errors = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    print(f"{name:28} {rate:8.0f} {half:8.1f} {most:8.1f} {errors[1] if errors else 0:>7}", flush=True)
    return rate


def _milliseconds(found: re.Match[str]) -> float:
    return float(found[1]) * {"us": 0.001, "ms": 1, "s": 1000}[found[2]]


def _ratio(name: str, measured: float, base: float, promised: float) -> None:
    ratio = measured / base
    print(f"{name:36} {ratio:9.2f}  promised {promised}  {'kept' if ratio >= promised else 'NOT KEPT'}")


def _environment(temp: Path) -> dict[str, str]:
    return {**{k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}, "PYTHONPATH": f"{temp}:{ROOT}"}


if __name__ == "__main__":
    main()
