"""The site and a stock Datasette over the same data, asked in one process through a loop of their own; and a real server."""

from __future__ import annotations

import asyncio
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from datasette.app import Datasette

from diag.web.serving import datasette_over
from tests.conftest import CLEAN
from tests.web.server import diag_serve, running


class Answer(NamedTuple):
    """What an application sent, and how many bytes of the request's body it read first."""

    status: int
    headers: dict[str, str]
    body: bytes
    read: int

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Client:
    """Asks an ASGI application with paths exactly as written: no client library puts them right first."""

    def __init__(self, app: Callable[..., Any], loop: asyncio.AbstractEventLoop) -> None:
        self._app, self._loop = app, loop

    def get(self, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
        """The answer to one request; underscores in names of headers become hyphens."""
        return asyncio.run_coroutine_threadsafe(self._ask(method, path, body, headers), self._loop).result(60)

    async def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        raw, _, query = path.partition("?")
        sent: list[Any] = []
        read = 0

        async def receive() -> Any:
            nonlocal read
            part, read = body[read : read + 65_536], min(read + 65_536, len(body))
            return {"type": "http.request", "body": part, "more_body": read < len(body)}

        async def send(message: Any) -> None:
            sent.append(message)

        named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope = {
            "type": "http", "http_version": "1.1", "method": method, "scheme": "http", "path": raw, "raw_path": raw.encode(),
            "query_string": query.encode(), "headers": [(b"host", b"localhost"), *named],
        }  # fmt: skip
        await self._app(scope, receive, send)
        found = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:]), read)


@pytest.fixture(scope="session")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """An event loop that runs beside the tests."""
    running = asyncio.new_event_loop()
    thread = threading.Thread(target=running.run_forever, daemon=True)
    thread.start()
    yield running
    running.call_soon_threadsafe(running.stop)
    thread.join()
    running.close()


@pytest.fixture(scope="session")
def site(database: Path, loop: asyncio.AbstractEventLoop) -> Client:
    """The site as `diag serve` makes it."""
    return Client(datasette_over(str(database)).app(), loop)


@pytest.fixture(scope="session")
def site_below(database: Path, loop: asyncio.AbstractEventLoop) -> Client:
    """The same below a path."""
    return Client(datasette_over(str(database), base="/help/").app(), loop)


@pytest.fixture(scope="session")
def closed(database: Path, loop: asyncio.AbstractEventLoop) -> Client:
    """The site with --no-sql."""
    return Client(datasette_over(str(database), sql=False).app(), loop)


@pytest.fixture(scope="session")
def stock(database: Path, loop: asyncio.AbstractEventLoop, tmp_path_factory: pytest.TempPathFactory) -> Client:
    """Datasette as it comes, over the same data under another name, which the plugin leaves alone; all its settings are the defaults."""
    copy = tmp_path_factory.mktemp("stock") / "stock.db"
    shutil.copy(database, copy)
    return Client(Datasette([], immutables=[str(copy)]).app(), loop)


@pytest.fixture(scope="session")
def stock_below(database: Path, loop: asyncio.AbstractEventLoop, tmp_path_factory: pytest.TempPathFactory) -> Client:
    """The same below a path."""
    copy = tmp_path_factory.mktemp("stock") / "stock.db"
    shutil.copy(database, copy)
    return Client(Datasette([], immutables=[str(copy)], settings={"base_url": "/help/"}).app(), loop)


@pytest.fixture(scope="session")
def address(database: Path) -> Iterator[str]:
    """The address of a server of its own, started by `diag serve`."""
    with running(diag_serve(database), env=CLEAN) as (url, _):
        yield url
