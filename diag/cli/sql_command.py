"""`diag sql`: read-only SQL."""

from __future__ import annotations

import csv
import io
import itertools
import json

import click

from diag.cli.options import json_option, leave, print_lines, store_of
from diag.render.table import render_table
from diag.sql import Result, query


@click.command("sql")
@click.argument("sql")
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, with a header row.")
@click.pass_context
def command(ctx: click.Context, sql: str, as_json: bool, as_csv: bool) -> None:
    """Run one SELECT over the database. Nothing can be written: the file is opened read-only and the statement may only read.

    The views lookup, contacts and coverage are made for reading by hand; `diag list tables` shows all tables.

    \b
    Examples:
      diag sql "select code, title from lookup where catalog = 'wecom' and lang = 'zh' limit 5"
      diag sql "select * from coverage" --csv
    """
    result = query(store_of(ctx), sql)
    if as_json:
        found = _print_json(result)
    elif as_csv:
        found = _print_csv(result)
    else:
        rows = list(result.rows)
        found = bool(rows)
        print_lines(render_table(result.columns, rows))
    leave(found)


def _print_json(result: Result) -> bool:
    """One array of row objects, a row a line; bytes are shown as hex."""
    found = False
    for row in result.rows:
        shown = {name: value.hex() if isinstance(value, bytes) else value for name, value in zip(result.columns, row, strict=True)}
        print_lines(("," if found else "[") + json.dumps(shown))
        found = True
    print_lines("]" if found else "[]")
    return found


def _print_csv(result: Result) -> bool:
    found = False
    for row in itertools.chain([tuple(result.columns)], result.rows):
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow([value.hex() if isinstance(value, bytes) else value for value in row])
        click.echo(line.getvalue())
        found = found or row != tuple(result.columns)
    return found
