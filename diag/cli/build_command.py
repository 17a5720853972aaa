"""`diag build`: data files to database."""

from __future__ import annotations

from pathlib import Path

import click

from diag.build import build
from diag.errors import DataProblems
from diag.paths import data_folder, default_database
from diag.render.terminal import plain


@click.command("build")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it; else --db, else the built-in place.")
@click.pass_context
def command(ctx: click.Context, folder: Path | None, output: Path | None) -> None:
    """Check the data files and build the database from them, all of it or nothing.

    FOLDER is a folder of packs; without it, the built-in ones. The old database stays in use until the new one is complete.

    \b
    Examples:
      diag build
      diag build my-packs/ -o mine.db
    """
    target = output or Path(ctx.find_root().obj or default_database())
    try:
        counts = build(folder or Path(data_folder()), target, lambda line: click.echo(f"diag: {plain(line)}", err=True))
    except DataProblems as found:
        for problem in found.problems:
            click.echo(plain(str(problem)), err=True)
        raise
    click.echo(f"{target}: {counts['codes']} codes, {counts.get('symptoms', 0)} symptoms, {counts.get('fixes', 0)} fixes")
