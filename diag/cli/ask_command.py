"""`diag TEXT`: a bare argument is looked up as a code, then searched as text."""

from __future__ import annotations

import sys

import click

from diag.ask import answer_any, now
from diag.cli.options import TAKES_CODES, json_option, lang_option, leave, print_json, print_lines, store_of, words_of
from diag.language import choose_language
from diag.lookup import known_codes, lookup
from diag.render.terminal import style_for
from diag.search import search


@click.command("ask", context_settings=TAKES_CODES, hidden=True)
@click.argument("words", nargs=-1, required=True, type=click.UNPROCESSED)
@lang_option
@json_option
@click.pass_context
def command(ctx: click.Context, words: tuple[str, ...], lang: str | None, as_json: bool) -> None:
    """Look a code up, or search a text."""
    store, language, text = store_of(ctx), choose_language(lang), " ".join(words_of(words))
    if as_json:
        answers = known_codes(store, text, language)
        for answer in answers:
            print_json(answer)
        if answers:
            leave(True)
        result = search(store, text, language)
        print_json(result if result["results"] else lookup(store, text, language)[0])
        leave(bool(result["results"]))
    style = style_for(sys.stdout)
    found, lines = answer_any(store, text, language, style, now())
    print_lines(lines)
    leave(found)
