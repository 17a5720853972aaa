"""A server in a process of its own, for as long as it is needed: `diag serve` for the browser tests, the benches and the pictures."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
_LONGEST_START = 30.0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def diag_serve(database: str | Path) -> list[str]:
    """The command that serves a database, all but the port."""
    return [sys.executable, "-m", "diag", "--db", str(database), "serve", "--port"]


@contextmanager
def running(
    command: Sequence[str], ready: str = "/healthz", port: int | None = None, env: Mapping[str, str] | None = None
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """(address, process) of a server that answers at the path `ready`. The port is put after the command, where it is not given.

    Raises RuntimeError where it ends, or does not answer in time.
    """
    number = free_port() if port is None else port
    whole = [*command, str(number)] if port is None else [*command]
    address = f"http://127.0.0.1:{number}"
    server = subprocess.Popen(whole, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(address + ready, server)
        yield address, server
    finally:
        server.terminate()
        server.wait(20)


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _LONGEST_START
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(url).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"no answer from {url}")
