"""`diag guide`: step by step to the end."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from pathlib import Path

import click

from diag import guide
from diag.cli.options import lang_option, moment_of, print_lines, store_of, words_of
from diag.errors import FOUND, NOTHING_FOUND, UsageProblem
from diag.language import choose_language
from diag.model import Lang
from diag.outcome import INTERRUPTED, report
from diag.render.guide import render_end, render_screen
from diag.render.terminal import Style, style_for
from diag.store import Store


@click.command("guide", context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
@click.option("--resume", is_flag=True, help="Go on where the last guide was interrupted.")
@click.option("--plain", is_flag=True, help="No colour and no wrapping: for pipes and screen readers.")
@click.option("--region", metavar="CODE", help="Where you are, as an ISO 3166 code: CN, HK, SG, US.")
@click.option("--device", metavar="TEXT", default="", help="Phone, system and app version, for the prepared text.")
@click.option("--at", "at", metavar="TIME", help="Another moment than now: 21:30, or 2026-11-23T21:30+08:00.")
@click.option("--tz", "zone", metavar="ZONE", help="Time zone of --at, such as Asia/Shanghai.")
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    words: tuple[str, ...],
    resume: bool,
    plain: bool,
    region: str | None,
    device: str,
    at: str | None,
    zone: str | None,
    lang: str | None,
) -> None:
    """Walk through the steps one by one, and end solved or at the right channel with a text to paste.

    TEXT is a code, a message, or the problem in your own words. Answer with Enter (done), n (next fix), s (solved) or q (stop); a stopped
    guide goes on with --resume. What is saved stays on this machine, with secrets masked.

    \b
    Examples:
      diag guide 支付失败
      diag guide 40163 --lang en
      diag guide --resume
    """
    store, language = store_of(ctx), choose_language(lang)
    style = Style(10_000, colour=False) if plain else style_for(sys.stdout)
    when = moment_of(at, zone)
    state = _load() if resume else guide.begin(store, " ".join(words_of(words)), language)
    if state is None:
        what = "there is no guide to resume" if resume else f"nothing fits {' '.join(words)!r}"
        raise SystemExit(report(f"{what}; try `diag guide 支付失败`", NOTHING_FOUND))
    state = _walk(store, state, language, style)
    _forget()
    region_code = region.upper() if region else None
    print_lines(render_end(store, state, language, style, when, region_code, device))
    raise SystemExit(FOUND)


def _walk(store: Store, state: guide.State, lang: Lang, style: Style) -> guide.State:
    """Ask until the end; an interrupt, the end of the input, or a wish to stop saves the state and leaves."""
    while not state.outcome:
        _save(state)
        shown = guide.screen(store, state, lang)
        print_lines(render_screen(shown, lang, style))
        try:
            meaning = guide.understand(input("> "))
        except EOFError:
            raise SystemExit(report("stopped; `diag guide --resume` goes on here", NOTHING_FOUND)) from None
        except KeyboardInterrupt:
            raise SystemExit(report("stopped; `diag guide --resume` goes on here", INTERRUPTED)) from None
        if meaning == guide.STOP:
            raise SystemExit(report("stopped; `diag guide --resume` goes on here", FOUND))
        state = guide.advance(store, state, meaning)
    return state


def _state_file() -> Path:
    base = os.environ.get("LOCALAPPDATA") if os.name == "nt" else os.environ.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "diag" / "guide.json"


def _save(state: guide.State) -> None:
    """Keep the state for --resume, readable by its owner alone; a machine that cannot is no reason to stop."""
    path = _state_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(json.dumps(dataclasses.asdict(state)), encoding="utf-8")
    except OSError:
        return


def _load() -> guide.State | None:
    try:
        saved = json.loads(_state_file().read_text(encoding="utf-8"))
        return guide.restored(saved)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise UsageProblem(f"the saved guide cannot be read: {error}", "begin anew with `diag guide TEXT`") from None


def _forget() -> None:
    _state_file().unlink(missing_ok=True)
