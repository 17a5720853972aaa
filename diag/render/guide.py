"""Screens of the guide -> lines."""

from __future__ import annotations

from datetime import datetime

from diag.guide import Screen, State, channels_for, checklist_for, prepared_text
from diag.model import Lang
from diag.render.answers import channel_line
from diag.render.page import Page
from diag.render.terminal import Style
from diag.store import Store
from diag.wording import say

_CHANNELS = 2


def render_screen(screen: Screen, lang: Lang, style: Style) -> str:
    """One screen: title, lines, warning, numbered options, and the question."""
    page = Page(style)
    page.section(screen.title)
    for line in screen.lines:
        page.paragraph(line)
    if screen.warning:
        page.labelled(say("warning", lang), screen.warning, "bad")
    page.numbered(list(screen.options))
    page.paragraph(screen.question, "quiet")
    return str(page)


def render_end(store: Store, state: State, lang: Lang, style: Style, at: datetime, region: str | None, device: str) -> str:
    """How it ended: a word of relief, or whom to ask now, what to have in hand, and a text to paste."""
    page = Page(style)
    if state.outcome == "solved":
        page.section(say("guide-solved", lang))
        return str(page)
    page.section(say("whom-to-ask", lang))
    for channel in channels_for(store, state, lang, at, region)[:_CHANNELS]:
        channel_line(page, channel, lang)
        if channel["warning"]:
            page.labelled(say("warning", lang), channel["warning"], "bad")
    page.section(say("have-in-hand", lang))
    page.bullets(checklist_for(store, state, lang))
    page.section(say("guide-text", lang))
    for line in prepared_text(store, state, lang, at, device).split("\n"):
        page.paragraph(line, indent="  ")
    return str(page)
