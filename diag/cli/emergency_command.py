"""`diag emergency`: what to do first."""

from __future__ import annotations

import sys

import click

from diag.answers import playbook_answer
from diag.ask import now
from diag.cli.options import json_option, lang_option, leave, print_json, print_lines, store_of
from diag.contact import channel_answers
from diag.errors import NOTHING_FOUND
from diag.language import choose_language
from diag.outcome import report
from diag.render.answers import render_playbook
from diag.render.listing import render_listing
from diag.render.markdown import playbook_markdown
from diag.render.terminal import style_for


@click.command("emergency")
@click.argument("playbook", required=False)
@click.option("--markdown", is_flag=True, help="Print Markdown, to be printed and kept.")
@lang_option
@json_option
@click.pass_context
def command(ctx: click.Context, playbook: str | None, markdown: bool, lang: str | None, as_json: bool) -> None:
    """Show what to do in an emergency, first action first, each step with its channel and deadline.

    Without PLAYBOOK, shows which there are.

    \b
    Examples:
      diag emergency account-stolen
      diag emergency money-missing --lang zh --markdown
    """
    store, language, style = store_of(ctx), choose_language(lang), style_for(sys.stdout)
    if playbook is None:
        print_lines(render_listing(store.listing("playbooks"), language, style))
        leave(True)
    answer = playbook_answer(store, str(playbook), language)
    if answer is None:
        known = ", ".join(row["id"] for row in store.listing("playbooks"))
        raise SystemExit(report(f"there is no playbook {playbook!r}; there are {known}", NOTHING_FOUND))
    if as_json:
        print_json(answer)
        leave(True)
    used = [step["channel"] for step in answer["steps"] if step["channel"]]
    channels = {channel["id"]: channel for channel in channel_answers(store, used, language, now())}
    print_lines(playbook_markdown(answer, channels, language) if markdown else render_playbook(answer, channels, language, style))
    leave(True)
