"""A playbook as Markdown, to print and keep: every step with its box to tick, its channel and deadline."""

from __future__ import annotations

from collections.abc import Mapping

from diag.contracts import ChannelAnswer, PlaybookAnswer
from diag.model import Lang
from diag.render.answers import open_state
from diag.render.terminal import plain
from diag.wording import say

# Characters that Markdown would act on, written as themselves.
_ESCAPES = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>#|"})


def playbook_markdown(answer: PlaybookAnswer, channels: Mapping[str, ChannelAnswer], lang: Lang) -> str:
    """The playbook with its warning, steps, checklist and source."""
    lines = [f"# {_text(answer['title'])}", "", _text(answer["description"]), ""]
    if answer["warning"]:
        lines += [f"> **{say('warning', lang)}**  {_text(answer['warning'])}", ""]
    for number, step in enumerate(answer["steps"], 1):
        deadline = f"**{_text(step['deadline'])}** " if step["deadline"] else ""
        lines.append(f"{number}. [ ] {deadline}{_text(step['text'])}")
        channel = channels.get(step["channel"] or "")
        if channel:
            state = open_state(channel, lang)
            lines.append(f"   - {_text(channel['title'])}: {_text(channel['address'])}{f' ({state})' if state else ''}")
    if answer["checklist"]:
        lines += ["", f"## {say('have-in-hand', lang)}", "", *(f"- [ ] {_text(item)}" for item in answer["checklist"])]
    sources = "; ".join(f"{_text(source['title'])} <{source['url']}> ({source['checked']})" for source in answer["sources"])
    trust = say(f"trust-{answer['trust']}", lang)
    lines += ["", f"*{trust}*  {sources}"]
    return "\n".join(lines)


def _text(text: str) -> str:
    return plain(text).translate(_ESCAPES)
