"""The one place where what happened becomes a line on stderr and an exit status. Light to import.

A reader that goes away (`| head`) is no failure; a full disk is one; an interrupt ends quietly with the status that shells give it.
"""

from __future__ import annotations

import os
import sys

from diag.errors import BAD_USAGE, DiagError
from diag.render.terminal import plain, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

INTERRUPTED = 130


def guarded(work: Callable[[], int]) -> int:
    """Run a command and return its exit status, whatever happens to it or to its output."""
    try:
        status = work()
        sys.stdout.flush()
        return status
    except DiagError as error:
        return report(str(error), error.exit_status)
    except BrokenPipeError:
        _drop_output()
        return 0
    except OSError as error:
        _drop_output()
        return report(f"cannot write the answer: {error.strerror or error}", BAD_USAGE)
    except KeyboardInterrupt:
        return INTERRUPTED


def report(message: str, status: int) -> int:
    """Say on stderr what went wrong and what to try; returns the status."""
    try:
        write(sys.stderr, f"diag: {plain(message)}")
    except OSError:  # there is nowhere left to say it
        return status
    return status


def _drop_output() -> None:
    """Let the interpreter's last flush go nowhere, since it can go nowhere else."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
