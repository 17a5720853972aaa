"""`diag search`: what fits a text."""

from __future__ import annotations

import sys

import click

from diag.cli.options import TAKES_CODES, json_option, lang_option, leave, print_json, print_lines, store_of, words_of
from diag.language import choose_language
from diag.render.answers import render_search
from diag.render.terminal import style_for
from diag.search import MOST_RESULTS, search


@click.command("search", context_settings=TAKES_CODES)
@click.argument("words", nargs=-1, required=True, type=click.UNPROCESSED)
@click.option("--limit", type=click.IntRange(1, 100), default=MOST_RESULTS, show_default=True, help="How many results at the most.")
@lang_option
@json_option
@click.pass_context
def command(ctx: click.Context, words: tuple[str, ...], limit: int, lang: str | None, as_json: bool) -> None:
    """Find symptoms, messages, codes, fixes and channels for a text, best first, each with the reason why it is there.

    \b
    Examples:
      diag search 微信付不了款
      diag search "can't get the verification code"
    """
    language = choose_language(lang)
    answer = search(store_of(ctx), " ".join(words_of(words)), language, limit)
    if as_json:
        print_json(answer)
    else:
        print_lines(render_search(answer, language, style_for(sys.stdout)))
    leave(bool(answer["results"]))
