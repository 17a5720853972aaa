"""`diag lookup`: every reading of codes."""

from __future__ import annotations

import sys

import click

from diag.ask import answer_code, now
from diag.cli.options import TAKES_CODES, json_option, lang_option, leave, print_json, print_lines, store_of, words_of
from diag.language import choose_language
from diag.lookup import lookup
from diag.render.terminal import style_for


@click.command("lookup", context_settings=TAKES_CODES)
@click.argument("codes", nargs=-1, required=True, type=click.UNPROCESSED)
@click.option("--in", "catalog", metavar="CATALOG", help="Only readings in this catalog; `diag list catalogs` shows them.")
@lang_option
@json_option
@click.pass_context
def command(ctx: click.Context, codes: tuple[str, ...], catalog: str | None, lang: str | None, as_json: bool) -> None:
    """Say what each code means, what to do about it, and whom to ask.

    A code may be written as you have it: 0x80070005, 80070005h, -2147024891, E_ACCESSDENIED, win32 5, wecom:60020, "errcode: 40163", a
    response body, a log line. `-` reads from standard input.

    \b
    Examples:
      diag lookup 0x8001
      diag lookup 40001 --in wecom
      curl … | diag lookup -
    """
    store, language = store_of(ctx), choose_language(lang)
    texts = [text for code in words_of(codes) for text in (_standard_input() if code == "-" else [code])]
    if as_json:
        answers = [answer for text in texts for answer in lookup(store, text, language, catalog)]
        for answer in answers:
            print_json(answer)
        leave(bool(answer["readings"]) for answer in answers)
    style = style_for(sys.stdout)
    results = [answer_code(store, text, language, style, now(), catalog) for text in texts]
    print_lines("\n\n".join(lines for _, lines in results))
    leave(found for found, _ in results)


def _standard_input() -> list[str]:
    """What stands on standard input, as one text; undecodable bytes become escapes."""
    from diag.pasted import LONGEST_TEXT

    return [sys.stdin.buffer.read(LONGEST_TEXT).decode("utf-8", "backslashreplace")]
