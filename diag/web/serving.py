"""Running the site: a copy of the database that nobody can change under it, Datasette with settings for strangers, and the server.

A file that is replaced or rewritten under a running server gives answers that mix versions, without an error. So the site serves a copy
in a folder named after its content: another content is another file.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from datasette.app import Datasette
from datasette.plugins import pm

import diag.web
from diag.store import Store

SETTINGS: dict[str, Any] = {
    "default_page_size": 50,
    "max_returned_rows": 200,
    "sql_time_limit_ms": 200,
    "num_sql_threads": 3,
    "facet_time_limit_ms": 100,
    "default_facet_size": 12,
    "suggest_facets": False,
    "allow_download": False,
    "allow_csv_stream": False,
    "max_csv_mb": 4,
    "default_cache_ttl": 3600,
    "truncate_cells_html": 600,
    "trace_debug": False,
    "template_debug": False,
}
# mallopt(3): how many heaps glibc may keep. One for each thread holds back memory that the others could use.
_M_ARENA_MAX, _MOST_HEAPS = -8, 2
# Through these the choices of a command reach the processes that it starts.
_DATABASE, _BASE, _SQL = "DIAG_SERVE_DATABASE", "DIAG_SERVE_BASE", "DIAG_SERVE_SQL"


class Options(NamedTuple):
    """How to serve: `database` is any diag database; `base` begins and ends with a slash."""

    database: str
    host: str = "127.0.0.1"
    port: int = 8001
    base: str = "/"
    sql: bool = True
    workers: int = 1


def content_addressed(path: str, folder: Path | None = None) -> Path:
    """A copy of a database at `<hash of its bytes>/diag.db`, read-only, made once for each content.

    Raises what `Store` raises where the file is no database of diag.
    """
    Store(path).close()
    with Path(path).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    target = (folder or Path(tempfile.gettempdir()) / f"diag-serve-{os.getuid() if hasattr(os, 'getuid') else 0}") / digest[:32] / "diag.db"
    if target.exists() and hashlib.sha256(target.read_bytes()).hexdigest() == digest:
        return target
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as copy, Path(path).open("rb") as original:
        shutil.copyfileobj(original, copy)
    Path(copy.name).chmod(0o444)
    Path(copy.name).replace(target)
    return target


def metadata() -> dict[str, Any]:
    """metadata.json: beside the package in a checkout, with the shared files of the environment where it is installed."""
    for path in (Path(diag.web.__file__).parents[2] / "metadata.json", Path(sys.prefix) / "share" / "diag" / "metadata.json"):
        if path.exists():
            found: dict[str, Any] = json.loads(path.read_text("utf-8"))
            return found
    return {}


def datasette_over(database: str, base: str = "/", sql: bool = True) -> Datasette:
    """Datasette with the plugin and the settings, over an immutable file named diag.db."""
    if not pm.has_plugin("diag"):
        pm.register(diag.web, name="diag")
    return Datasette([], immutables=[database], metadata=metadata(), settings=SETTINGS | {"base_url": base, "default_allow_sql": sql})


def app() -> Any:
    """The ASGI application that a worker runs, as `serve` left it in the environment."""
    _share_heaps()
    if pm.has_plugin("datasette.handle_exception"):  # it would write a page of traceback for each mistake of a visitor
        pm.unregister(name="datasette.handle_exception")
    return datasette_over(os.environ[_DATABASE], os.environ.get(_BASE, "/"), os.environ.get(_SQL, "1") == "1").app()


def _share_heaps() -> None:
    with suppress(OSError, AttributeError, TypeError):  # another C library, which has no such setting
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _MOST_HEAPS)


def serve(options: Options) -> None:
    """Serve until interrupted."""
    import uvicorn

    os.environ[_DATABASE] = str(content_addressed(options.database))
    os.environ[_BASE], os.environ[_SQL] = options.base, "1" if options.sql else "0"
    uvicorn.run(
        "diag.web.serving:app", factory=True, host=options.host, port=options.port, workers=options.workers, lifespan="on",
        log_level="warning", access_log=False, server_header=False, limit_concurrency=500, timeout_keep_alive=15,
        h11_max_incomplete_event_size=48 * 1024,
    )  # fmt: skip
