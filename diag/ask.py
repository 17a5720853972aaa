"""A question in words or a code -> the lines that answer it. What every command that looks up or searches shares. Light to import."""

from __future__ import annotations

import sys

from diag.commands import COMMANDS
from diag.database import open_store
from diag.errors import FOUND, NOTHING_FOUND
from diag.language import choose_language
from diag.lookup import known_codes, lookup
from diag.outcome import guarded
from diag.render.answers import render_lookup, render_search, render_symptom
from diag.render.terminal import style_for, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from diag.contracts import ChannelAnswer, LookupAnswer
    from diag.model import Lang
    from diag.render.terminal import Style
    from diag.store import Store


def answer_plainly(arguments: list[str]) -> int | None:
    """Answer `lookup CODE`, `search TEXT`, or a bare `CODE` or text; None for any other arguments, which click then reads.

    Returns the exit status.
    """
    command, words = (arguments[0], arguments[1:]) if arguments[:1] in (["lookup"], ["search"]) else ("", arguments)
    if len(words) != 1 or words[0] in COMMANDS or _is_option(words[0]) or words[0].strip() in ("", "-"):
        return None
    return guarded(lambda: _print_answer(command, words[0]))


def _print_answer(command: str, text: str) -> int:
    store = open_store(None)
    lang, style = choose_language(), style_for(sys.stdout)
    if command == "search":
        found, lines = answer_search(store, text, lang, style)
    elif command == "lookup":
        found, lines = answer_code(store, text, lang, style, now())
    else:
        found, lines = answer_any(store, text, lang, style, now())
    write(sys.stdout, lines)
    return FOUND if found else NOTHING_FOUND


def answer_any(store: Store, text: str, lang: Lang, style: Style, at: datetime) -> tuple[bool, str]:
    """(found, lines) for a text that is looked up as a code, then searched for; of two failures, that of the look-up."""
    if not known_codes(store, text, lang) or store.is_phone_number(text.strip()):
        found, lines = answer_words(store, text, lang, style, at)
        if found:
            return found, lines
    return answer_code(store, text, lang, style, at)


def answer_search(store: Store, text: str, lang: Lang, style: Style, limit: int | None = None) -> tuple[bool, str]:
    """(found, lines) for what fits a text."""
    from diag.search import MOST_RESULTS, search

    answer = search(store, text, lang, limit or MOST_RESULTS)
    return bool(answer["results"]), render_search(answer, lang, style)


def answer_code(store: Store, text: str, lang: Lang, style: Style, at: datetime, only: str | None = None) -> tuple[bool, str]:
    """(found, lines) for a text that holds one code or several."""
    answers = lookup(store, text, lang, only)
    lines = [render_lookup(answer, channels_of(store, answer, lang, at), lang, style) for answer in answers]
    return any(answer["readings"] for answer in answers), "\n\n".join(lines)


def answer_words(store: Store, text: str, lang: Lang, style: Style, at: datetime) -> tuple[bool, str]:
    """(found, lines) for a text in a person's own words: the symptom that fits best in full, then what else fits."""
    from diag.answers import symptom_answer
    from diag.contact import channel_answers
    from diag.search import search

    answer = search(store, text, lang)
    lines = [render_search(answer, lang, style)]
    first = answer["results"][0] if answer["results"] else None
    symptom = symptom_answer(store, first["id"], lang) if first and first["kind"] == "symptom" else None
    if symptom:
        channels = channel_answers(store, symptom["channels"], lang, at)
        answer["results"] = answer["results"][1:]
        rest = [render_search(answer, lang, style)] if answer["results"] else []
        lines = [render_symptom(symptom, channels, lang, style), *rest]
    return bool(first), "\n\n".join(lines)


def channels_of(store: Store, answer: LookupAnswer, lang: Lang, at: datetime) -> list[ChannelAnswer]:
    """The channels of the likeliest reading, at a moment."""
    channels = answer["readings"][0]["channels"] if answer["readings"] else []
    if not channels:
        return []
    from diag.contact import channel_answers

    return channel_answers(store, channels, lang, at)


def now() -> datetime:
    """This moment, with the zone of this machine: the one place where the clock is read."""
    from datetime import datetime

    return datetime.now().astimezone()


def _is_option(word: str) -> bool:
    return word.startswith("-") and not word[1:2].isdigit()
