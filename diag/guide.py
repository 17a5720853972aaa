"""Step by step to the end: which reading fits, one step at a time, did it help, and if nothing did, the right channel.

Pure: a `State` and an answer give the next `State`, and a `State` gives the `Screen` to show. The command asks, prints and saves; a test
can walk through everything without a terminal.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from diag.answers import checklist_of, fix_answer
from diag.contact import channel_answers, contact
from diag.contracts import ChannelAnswer, FixAnswer
from diag.lookup import code_answer, known_codes
from diag.model import Lang
from diag.redact import redact
from diag.search import search
from diag.store import Store
from diag.wording import say

# Offered when more than one reading fits, or when the best symptom is not clearly ahead.
MOST_CHOICES = 5
_CLEARLY_AHEAD = 0.12

YES, NO, SOLVED, STOP = "yes", "no", "solved", "stop"
_WORDS = {
    YES: ("", "y", "yes", "ok", "是", "好", "对", "有", "有用", "做了", "下一步", "next"),
    NO: ("n", "no", "否", "没", "没有", "不", "没用", "跳过", "skip"),
    SOLVED: ("s", "solved", "fixed", "好了", "解决了", "解决"),
    STOP: ("q", "quit", "stop", "exit", "退出", "停"),
}


@dataclass(frozen=True, slots=True)
class State:
    """Where a person is: what they asked, what it is about, which step, what was tried, and how it ended.

    `subject` is `code:ID` or `symptom:ID`, empty while `choices` of such are open; `outcome` is empty, "solved" or "contact".
    """

    query: str
    choices: tuple[str, ...] = ()
    subject: str = ""
    fix: int = 0
    step: int = 0
    tried: tuple[str, ...] = ()
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """What to show: lines to read, and a question with the words that answer it; no question at the end."""

    title: str
    lines: tuple[str, ...] = ()
    warning: str = ""
    question: str = ""
    options: tuple[str, ...] = ()


def begin(store: Store, text: str, lang: Lang) -> State | None:
    """The first state for a code or a text in a person's own words; None where nothing fits."""
    query = redact(text)
    readings = [r for answer in known_codes(store, text, lang) for r in answer["readings"] if r["place"] == 1]
    if readings:
        subjects = list(dict.fromkeys(f"code:{reading['id']}" for reading in readings))
    else:
        found = [r for r in search(store, text, lang)["results"] if r["kind"] in ("symptom", "code")]
        subjects = [f"{r['kind']}:{r['id']}" for r in found]
        if len(found) > 1 and found[0]["score"] - found[1]["score"] >= _CLEARLY_AHEAD:
            subjects = subjects[:1]
    if not subjects:
        return None
    return _settle(State(query, choices=tuple(subjects[:MOST_CHOICES])))


def _settle(state: State) -> State:
    return replace(state, subject=state.choices[0], choices=()) if len(state.choices) == 1 else state


def restored(saved: object) -> State:
    """The state that was saved as a dictionary. Raises ValueError where it is none."""
    if not isinstance(saved, dict):
        raise ValueError("it is no saved guide")
    try:
        return State(
            query=str(saved["query"]),
            choices=tuple(map(str, saved["choices"])),
            subject=str(saved["subject"]),
            fix=max(0, int(saved["fix"])),
            step=max(0, int(saved["step"])),
            tried=tuple(map(str, saved["tried"])),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"it is no saved guide: {error}") from None


def understand(words: str) -> str:
    """What an answer means: YES, NO, SOLVED, STOP, a number as written, or an empty string where it means nothing here."""
    plain = words.strip().strip("。.！!").lower()
    if plain.isdecimal() and plain.isascii():
        return plain[:3]
    return next((meaning for meaning, ways in _WORDS.items() if plain in ways), "")


def advance(store: Store, state: State, meaning: str) -> State:
    """The state after an answer, as `understand` gives it; what means nothing here leaves the state as it is."""
    if state.outcome:
        return state
    if not state.subject:
        return _choose(state, meaning)
    fixes = fixes_of(store, state)
    if state.fix >= len(fixes):
        return replace(state, outcome="contact")
    verifying = state.step >= len(store.fix_steps(fixes[state.fix]))
    with_this = state.tried if fixes[state.fix] in state.tried else (*state.tried, fixes[state.fix])
    if meaning == SOLVED or (meaning == YES and verifying):
        return replace(state, outcome="solved", tried=with_this)
    if meaning == YES:
        return replace(state, step=state.step + 1)
    if meaning == NO:
        last = state.fix + 1 >= len(fixes)
        tried = with_this if verifying else state.tried
        return replace(state, fix=state.fix + 1, step=0, tried=tried, outcome="contact" if last else "")
    return state


def _choose(state: State, meaning: str) -> State:
    if meaning.isdecimal() and 1 <= int(meaning) <= len(state.choices):
        return replace(state, subject=state.choices[int(meaning) - 1], choices=())
    return state


def fixes_of(store: Store, state: State) -> list[str]:
    """The fixes to walk through: those of the code, then those of its symptoms."""
    kind, _, record = state.subject.partition(":")
    own = store.code_fixes(record) if kind == "code" else []
    return list(dict.fromkeys(own + [fix for symptom in symptoms_of(store, state) for fix in store.symptom_fixes(symptom)]))


def symptoms_of(store: Store, state: State) -> list[str]:
    """The symptoms that a state is about."""
    kind, _, record = state.subject.partition(":")
    return store.code_symptoms(record)[:1] if kind == "code" else [record]


def screen(store: Store, state: State, lang: Lang) -> Screen:
    """What to show for a state that has not ended."""
    if not state.subject:
        options = tuple(_subject_line(store, subject, lang) for subject in state.choices)
        return Screen(say("guide-which", lang), question=say("guide-pick", lang), options=options)
    fix_ids = fixes_of(store, state)
    fix = fix_answer(store, fix_ids[state.fix], lang) if state.fix < len(fix_ids) else None
    if fix is None:
        return Screen(say("guide-no-steps", lang), question=say("guide-to-channel", lang))
    progress = say("guide-fix", lang, number=state.fix + 1, total=len(fix_ids), title=fix["title"])
    if state.step >= len(fix["steps"]):
        return Screen(progress, (fix["verify"],), question=say("guide-helped", lang))
    return _step_screen(store, state, fix, progress, lang)


def _step_screen(store: Store, state: State, fix: FixAnswer, progress: str, lang: Lang) -> Screen:
    lines = [say("guide-step", lang, number=state.step + 1, total=len(fix["steps"]), text=fix["steps"][state.step])]
    warning = fix["risk"] or ""
    if state.step == 0 and state.fix == 0:
        lines = [*_introduction(store, state, lang), *lines]
        warnings = [store.symptom(symptom) for symptom in symptoms_of(store, state)]
        warning = " ".join(filter(None, [*(row[f"warning_{lang}"] for row in warnings if row), fix["risk"]]))
    return Screen(progress, tuple(lines), warning if state.step == 0 else "", say("guide-done", lang))


def _introduction(store: Store, state: State, lang: Lang) -> list[str]:
    kind, _, record = state.subject.partition(":")
    if kind == "code":
        reading = code_answer(store, record, lang)
        lines = [f"{reading['title']}: {reading['meaning']}"] if reading else []
    else:
        row = store.symptom(record)
        lines = [row[f"description_{lang}"]] if row else []
    playbooks = [row["playbook_id"] for symptom in symptoms_of(store, state) if (row := store.symptom(symptom)) and row["playbook_id"]]
    return [*lines, *(say("guide-emergency", lang, playbook=playbook) for playbook in playbooks)]


def _subject_line(store: Store, subject: str, lang: Lang) -> str:
    kind, _, record = subject.partition(":")
    return say("with-aside", lang, text=store.title(kind, record, lang), aside=record)


def channels_for(store: Store, state: State, lang: Lang, at: datetime, region: str | None) -> list[ChannelAnswer]:
    """Whom to ask now, best first: the channels of the symptom, those that are open and serve the region before the rest."""
    symptoms = symptoms_of(store, state)
    own = channel_answers(store, [channel for symptom in symptoms for channel in store.symptom_channels(symptom)], lang, at)
    if not own:
        topics = [row["topic_id"] for symptom in symptoms if (row := store.symptom(symptom))]
        return contact(store, topics, lang, at, region)
    return sorted(own, key=lambda c: (not _serves(c, region), lang not in c["languages"], c["open"] is False))


def _serves(channel: ChannelAnswer, region: str | None) -> bool:
    return region is None or "*" in channel["regions"] or region in channel["regions"]


def prepared_text(store: Store, state: State, lang: Lang, at: datetime, device: str = "") -> str:
    """A text to paste into a support form: the problem, its code, when, on what, what was tried. Secrets are masked."""
    tried = [store.title("fix", fix, lang) for fix in state.tried]
    lines = [
        say("text-problem", lang, problem=_subject_line(store, state.subject, lang)),
        say("text-words", lang, query=state.query),
        say("text-time", lang, time=at.strftime("%Y-%m-%d %H:%M %z")),
        say("text-device", lang, device=redact(device).strip() or say("text-fill-in", lang)),
        say("text-tried", lang, tried=say("list-separator", lang).join(tried) or say("text-nothing", lang)),
    ]
    return "\n".join(lines)


def checklist_for(store: Store, state: State, lang: Lang) -> list[str]:
    """What to have in hand before contacting the channel."""
    rows = [store.symptom(symptom) for symptom in symptoms_of(store, state)]
    return checklist_of(store, next((row["checklist_id"] for row in rows if row), None), lang)
