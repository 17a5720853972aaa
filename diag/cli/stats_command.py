"""`diag stats`: coverage, truthfully."""

from __future__ import annotations

import click

from diag.cli.options import json_option, leave, print_json, print_lines, store_of
from diag.render.table import render_table


@click.command("stats")
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Count per catalog: codes, those with a meaning in each language, with a cause, with a fix, with a fix of their own, by trust.

    A code that means success needs no fix: `failures` counts the others. The same figures are the SQL view coverage.
    """
    rows = store_of(ctx).coverage()
    if as_json:
        for row in rows:
            print_json(row)
    elif rows:
        total = {name: "total" if name == "catalog" else sum(row[name] for row in rows) for name in rows[0]}
        print_lines(render_table(list(total), [list(row.values()) for row in [*rows, total]]))
    leave(bool(rows))
