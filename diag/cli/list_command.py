"""`diag list`: what is inside, kind by kind."""

from __future__ import annotations

import sys

import click

from diag.cli.options import json_option, lang_option, leave, print_json, print_lines, store_of
from diag.language import choose_language
from diag.render.listing import render_listing
from diag.render.terminal import style_for
from diag.store import LISTINGS


@click.command("list")
@click.argument("kind", type=click.Choice(LISTINGS))
@click.option("--in", "catalog", metavar="CATALOG", help="With codes: only those of one catalog.")
@lang_option
@json_option
@click.pass_context
def command(ctx: click.Context, kind: str, catalog: str | None, lang: str | None, as_json: bool) -> None:
    """List all records of one kind, by id and title.

    \b
    Examples:
      diag list symptoms
      diag list codes --in wechat-pay
    """
    rows = store_of(ctx).listing(kind, catalog)
    language = choose_language(lang)
    if as_json:
        for row in rows:
            print_json({"id": row["id"], "title": row[f"title_{language}"]})
    else:
        print_lines(render_listing(rows, language, style_for(sys.stdout)))
    leave(bool(rows))
