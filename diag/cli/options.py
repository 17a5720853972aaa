"""Options and output that commands share."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import click

from diag.ask import now
from diag.database import open_store
from diag.errors import FOUND, NOTHING_FOUND, UsageProblem
from diag.render.terminal import write
from diag.store import Store

lang_option = click.option("--lang", metavar="zh|en", help="Language of the answer; else DIAG_LANG, else the locale.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON: one object per query and line.")

# Codes such as -2147024891 look like options; click is told to pass on what it does not know.
TAKES_CODES = {"ignore_unknown_options": True}


def words_of(words: tuple[str, ...]) -> list[str]:
    """The words that a command was given, without an option among them that it does not have.

    Raises click.NoSuchOption for one: negative numbers are codes, other words that begin with a hyphen are not. Raises UsageProblem where
    the words are blank.
    """
    if words and not any(word.strip() for word in words):
        raise UsageProblem("there is nothing to look up", "give a code such as 40163, or words such as 微信付不了款")
    for word in words:
        if word.startswith("-") and len(word) > 1 and not word[1].isdigit():
            raise click.NoSuchOption(word[:40], ctx=click.get_current_context())
    return list(words)


def moment_of(at: str | None, zone: str | None) -> datetime:
    """The moment that --at and --tz name, or now.

    Raises UsageProblem where they are not understood.
    """
    if not at:
        return now()
    from diag.contact import moment

    try:
        return moment(at, zone, now())
    except ValueError as error:
        raise UsageProblem(str(error), "write --at 21:30 or --at 2026-11-23T21:30+08:00") from None


def store_of(ctx: click.Context) -> Store:
    """The database of this run: --db, else DIAG_DB, else the built-in one."""
    return open_store(ctx.find_root().obj)


def print_lines(text: str) -> None:
    """Print lines made by diag.render."""
    if text:
        write(sys.stdout, text)


def print_json(value: Any) -> None:
    """Print one JSON object on a line of its own; non-ASCII characters stay readable where the output can hold them."""
    import json

    text = json.dumps(value, ensure_ascii=False)
    print_lines(text if text.isprintable() else json.dumps(value))


def leave(found: bool | Iterable[bool]) -> None:
    """End with the status for something found, or nothing."""
    any_found = found if isinstance(found, bool) else any(list(found))
    raise SystemExit(FOUND if any_found else NOTHING_FOUND)
