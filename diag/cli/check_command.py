"""`diag check`: all problems of the data files."""

from __future__ import annotations

from pathlib import Path

import click

from diag.check import check_folder
from diag.errors import NOTHING_FOUND
from diag.paths import data_folder
from diag.render.terminal import plain


@click.command("check")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
def command(folder: Path | None) -> None:
    """Read the data files and print every problem at once, as path:line: rule: message.

    FOLDER is a folder of packs, or one pack; without it, the built-in packs are checked. Exits 1 where there is a problem.

    \b
    Examples:
      diag check
      diag check my-pack/
    """
    library, problems = check_folder(folder or Path(data_folder()))
    for problem in problems:
        click.echo(plain(str(problem)))
    records = sum(map(len, library.records.values()))
    click.echo(f"{records} records in {len(library.packs)} packs, {len(problems)} problems", err=True)
    if problems:
        raise SystemExit(NOTHING_FOUND)
