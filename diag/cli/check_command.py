"""`diag check`: all problems of the data files."""

from __future__ import annotations

from pathlib import Path

import click

from diag.check import check_folder
from diag.cli.options import store_of
from diag.errors import BAD_DATABASE, NOTHING_FOUND
from diag.paths import data_folder
from diag.render.terminal import plain


def _check_database(ctx: click.Context) -> None:
    from diag.check.database import check_database

    store = store_of(ctx)
    lines = check_database(store)
    for line in lines:
        click.echo(plain(line))
    click.echo(f"{store.path}: {len(lines)} problems", err=True)
    if lines:
        raise SystemExit(BAD_DATABASE)


@click.command("check")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--database", is_flag=True, help="Check the database instead: is every row what its build wrote?")
@click.pass_context
def command(ctx: click.Context, folder: Path | None, database: bool) -> None:
    """Read the data files and print every problem at once, as path:line: rule: message.

    FOLDER is a folder of packs, or one pack; without it, the built-in packs are checked. Exits 1 where there is a problem.

    \b
    Examples:
      diag check
      diag check my-pack/
      diag --db mine.db check --database
    """
    if database:
        _check_database(ctx)
        return
    library, problems = check_folder(folder or Path(data_folder()))
    for problem in problems:
        click.echo(plain(str(problem)))
    records = sum(map(len, library.records.values()))
    click.echo(f"{records} records in {len(library.packs)} packs, {len(problems)} problems", err=True)
    if problems:
        raise SystemExit(NOTHING_FOUND)
