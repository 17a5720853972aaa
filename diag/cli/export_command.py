"""`diag export`: the web site as files."""

from __future__ import annotations

from pathlib import Path

import click

from diag.ask import now
from diag.cli.options import store_of


@click.command("export")
@click.option("--site", "folder", metavar="DIR", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write into.")
@click.pass_context
def command(ctx: click.Context, folder: Path) -> None:
    """Write the web site as files, for any file host: every answer, in Chinese and below en/ in English.

    Files cannot search, and show the hours of channels rather than who is open now; `diag serve` does both.

    \b
    Examples:
      diag export --site public/
    """
    from diag.web.export import export

    count = export(store_of(ctx), folder, now())
    click.echo(f"{folder}: {count} pages")
