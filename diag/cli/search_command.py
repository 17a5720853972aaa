"""`diag search`: what fits a text."""

from __future__ import annotations

import sys

import click

from diag.ask import answer_search
from diag.cli.options import TAKES_CODES, json_option, lang_option, leave, print_json, print_lines, store_of, words_of
from diag.language import choose_language
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
    store, language, text = store_of(ctx), choose_language(lang), " ".join(words_of(words))
    if as_json:
        answer = search(store, text, language, limit)
        print_json(answer)
        leave(bool(answer["results"]))
    found, lines = answer_search(store, text, language, style_for(sys.stdout), limit)
    print_lines(lines)
    leave(found)
