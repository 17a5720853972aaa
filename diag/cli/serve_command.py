"""`diag serve`: the web site."""

from __future__ import annotations

import threading
import webbrowser

import click

from diag.cli.options import store_of
from diag.errors import UsageProblem


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Port to listen on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all of this machine's.")
@click.option("--open", "open_browser", is_flag=True, help="Open the first page in a browser.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="How many processes answer.")
@click.option("--no-sql", is_flag=True, help="Close the SQL page; the tables stay open.")
@click.option("--base-url", default="/", show_default=True, help="The path under which a proxy shows the site, such as /help/.")
@click.pass_context
def command(ctx: click.Context, port: int, host: str, open_browser: bool, workers: int, no_sql: bool, base_url: str) -> None:
    """Serve the web site: the answers as pages, the tables beside them, read only.

    A copy of the database is served, so a new build does not disturb it; restart to serve the new one.

    \b
    Examples:
      diag serve --open
      diag serve --host 0.0.0.0 --port 80 --workers 4 --no-sql
    """
    if not (base_url.startswith("/") and base_url.endswith("/")) or "//" in base_url:
        raise UsageProblem(f"{base_url!r} is not a path", "write it with a slash before and after: /help/")
    store = store_of(ctx)
    store.close()
    from diag.web.serving import Options, serve

    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}{base_url}"  # noqa: S104  # to look at, not to listen on
    click.echo(f"diag: serving {store.path} at {address}", err=True)
    if open_browser:
        threading.Timer(1.5, webbrowser.open, [address]).start()
    serve(Options(store.path, host, port, base_url, not no_sql, workers))
