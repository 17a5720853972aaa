"""`diag contact`: whom to ask, and who is open now."""

from __future__ import annotations

import sys

import click

from diag.cli.options import json_option, lang_option, leave, moment_of, print_json, print_lines, store_of
from diag.contact import contact
from diag.language import choose_language
from diag.render.answers import render_channels
from diag.render.terminal import style_for
from diag.topics import topics_for


@click.command("contact")
@click.argument("topic", nargs=-1)
@click.option("--region", metavar="CODE", help="Where you are, as an ISO 3166 code: CN, HK, SG, US.")
@click.option("--at", "at", metavar="TIME", help="Another moment than now: 21:30, or 2026-11-23T21:30+08:00.")
@click.option("--tz", "zone", metavar="ZONE", help="Time zone of --at, such as Asia/Shanghai; else that of this machine.")
@click.option("--urgent", is_flag=True, help="First those that act at once; questions of security always do.")
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="How many channels at the most.")
@lang_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    topic: tuple[str, ...],
    region: str | None,
    at: str | None,
    zone: str | None,
    urgent: bool,
    limit: int,
    lang: str | None,
    as_json: bool,
) -> None:
    """Show the channels for a topic, best first, with what is open now and what to have in hand.

    TOPIC is a topic, a symptom, or words for one; without it, all channels are shown. `diag list topics` shows the topics.

    \b
    Examples:
      diag contact payment
      diag contact 企业微信 --at 21:30 --tz Asia/Shanghai
      diag contact overseas --region SG --lang en
    """
    store, language = store_of(ctx), choose_language(lang)
    when = moment_of(at, zone)
    topics = topics_for(store, " ".join(topic), language)
    found = contact(store, topics, language, when, region.upper() if region else None, urgent)[:limit] if topics is not None else []
    if as_json:
        for channel in found:
            print_json(channel)
    else:
        print_lines(render_channels(found, language, style_for(sys.stdout)))
    if topics is None:
        click.echo(f"diag: no topic fits {' '.join(topic)!r}; `diag list topics` shows them", err=True)
    leave(bool(found))
