"""Answers -> what a page shows: labels in words, what is open first, links where an address is safe. Templates only lay it out.

A page that is exported outlives its moment, so it says the hours of a channel and not whether it is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from diag.check.values import is_web_address as _is_web_address
from diag.contact import channel_answers
from diag.contracts import ChannelAnswer, ClaimAnswer, FixAnswer, LookupAnswer, Reading, SourceRef
from diag.model import Lang
from diag.render.answers import anatomy_lines, open_state
from diag.store import Store
from diag.web.links import Links
from diag.web.remembering import Views
from diag.web.wording import tell
from diag.wording import say

View = dict[str, Any]

# The addresses of sources and channels are few, and each is looked at again for every answer.
is_web_address = lru_cache(maxsize=4096)(_is_web_address)

# As on the terminal: how much of an answer is shown in full.
FULL_READINGS, FULL_FIXES, CHANNELS = 2, 2, 3

_PAGE_OF = {"symptom": "symptom", "code": "lookup", "playbook": "emergency"}
_TABLE_OF = {"fix": "fixes", "message": "messages", "escalation": "escalations", "source": "sources", "checklist": "checklists"}
_TELEPHONE = re.compile(r"\+?[0-9][0-9 -]{2,18}")


class Visit(NamedTuple):
    """What a page is made for: the data, the language, the moment (None: exported, no moment), where the links lead, and the views that
    other pages have made.
    """

    store: Store
    lang: Lang
    links: Links
    at: datetime | None
    clock: datetime
    arguments: dict[str, str]
    sql: bool
    views: Views


def link_of(visit: Visit, kind: str, record_id: str) -> str:
    """Where a record is shown; empty where it has no page of its own."""
    if kind in _PAGE_OF:
        return visit.links.to(_PAGE_OF[kind], record_id)
    if kind == "channel":
        return f"{visit.links.to('contact', limit='100')}#{record_id}"
    table = _TABLE_OF.get(kind)
    return visit.links.table(f"{table}/{record_id}") if table else ""


def sources(visit: Visit, trust: str, found: list[SourceRef]) -> View:
    """How far to trust a statement, and the places that it comes from."""
    return {
        "trust": trust,
        "word": say(f"trust-{trust}", visit.lang),
        "means": say(f"trust-{trust}-means", visit.lang),
        "list": [
            {
                "title": source["title"],
                "url": source["url"] if is_web_address(source["url"]) else "",
                "checked": tell("source-checked", visit.lang, checked=source["checked"]),
            }
            for source in found
        ],
    }


def claims(visit: Visit, found: list[ClaimAnswer]) -> list[View]:
    """Doubtful statements, each with the verdict and the better answer."""
    shown = []
    for claim in found:
        kind, _, record_id = (claim["better"] or "").partition(":")
        shown.append(
            {
                "verdict": say(f"verdict-{claim['verdict']}", visit.lang),
                "right": claim["verdict"] == "right",
                "text": say(
                    "claim-line", visit.lang, verdict=say(f"verdict-{claim['verdict']}", visit.lang), source=claim["source"]["title"],
                    statement=claim["statement"], note=claim["note"],
                ),
                "better": claim["better"],
                "link": link_of(visit, kind, record_id) if record_id else "",
            }
        )  # fmt: skip
    return shown


def fixes(visit: Visit, found: list[FixAnswer]) -> list[View]:
    """Fixes with their steps; the first ones open."""
    return [_fix(visit, fix, position < FULL_FIXES) for position, fix in enumerate(found)]


def _fix(visit: Visit, fix: FixAnswer, is_open: bool) -> View:
    """One fix, which many codes share: made once for the same links."""
    view: View = visit.views.of((visit.links, "fix", fix["id"], is_open), _fix_view, visit, fix, is_open)
    return view


def _fix_view(visit: Visit, fix: FixAnswer, is_open: bool) -> View:
    return {
        "id": fix["id"],
        "title": fix["title"],
        "aside": " · ".join(word for word in (say(f"audience-{fix['audience']}", visit.lang), _minutes(fix, visit.lang)) if word),
        "risk": fix["risk"],
        "steps": fix["steps"],
        "verify": fix["verify"],
        "claims": claims(visit, fix["claims"]),
        "sources": sources(visit, fix["trust"], fix["sources"]),
        "open": is_open,
    }


def _minutes(fix: FixAnswer, lang: Lang) -> str:
    if fix["minutes"] is None:
        return ""
    least, most = fix["minutes"]
    return say("minutes", lang, span=str(least) if least == most else f"{least}–{most}")


def channel(visit: Visit, answer: ChannelAnswer) -> View:
    """A way to reach support, with its state in words: made once for a state, so that another state is another view."""
    key = (visit.links, "channel", answer["id"], answer["open"], answer["until"], visit.at is None)
    view: View = visit.views.of(key, _channel_view, visit, answer)
    return view


def _channel_view(visit: Visit, answer: ChannelAnswer) -> View:
    lang = visit.lang
    state = {True: "open", False: "closed", None: "unknown"}[answer["open"]] if visit.at else "unknown"
    regions = tell("everywhere", lang) if "*" in answer["regions"] else ", ".join(answer["regions"])
    return {
        "id": answer["id"],
        "title": answer["title"],
        "address": answer["address"],
        "link": _address_link(answer),
        "entry": answer["entry"],
        "state": state,
        "state_text": open_state(answer, lang) if visit.at else _hours(answer, lang),
        "facts": [
            tell("official" if answer["official"] else "not-official", lang),
            say(f"answers-{answer['answers']}", lang),
            tell("languages-are", lang, languages=", ".join(answer["languages"])),
            tell("regions-are", lang, regions=regions),
            *([answer["hours"]] if answer["hours"] else []),
        ],
        "official": answer["official"],
        "note": answer["note"],
        "warning": answer["warning"],
        "checklist": answer["checklist"],
        "claims": claims(visit, answer["claims"]),
        "sources": sources(visit, answer["trust"], answer["sources"]),
        "why": answer.get("why", ""),
    }


def _hours(answer: ChannelAnswer, lang: Lang) -> str:
    if not answer["hours"]:
        return say("hours-unknown", lang)
    doubt = say("hours-doubtful", lang) if answer["hours_trust"] in ("reported", "disputed") else ""
    return tell("hours-are", lang, hours=answer["hours"], zone=answer["timezone"]) + doubt


def _address_link(answer: ChannelAnswer) -> str:
    """A link for a telephone number, a web or mail address; empty for an entry path inside an app."""
    address = answer["address"]
    if is_web_address(address):
        return address
    if answer["kind"] == "phone" and _TELEPHONE.fullmatch(address):
        return "tel:" + address.replace(" ", "").replace("-", "")
    return f"mailto:{address}" if answer["kind"] == "email" and re.fullmatch(r"[\w.+-]+@[\w.-]+", address) else ""


def channels(visit: Visit, ids: list[str], most: int = CHANNELS) -> list[View]:
    """The channels with these ids, those that are closed now last, so many of them. Who is open changes by the minute."""
    key = (visit.links, "channels", *ids, most, visit.at is None, int(visit.clock.timestamp()) // 60)
    found: list[View] = visit.views.of(key, _channels, visit, ids, most)
    return found


def _channels(visit: Visit, ids: list[str], most: int) -> list[View]:
    found = channel_answers(visit.store, ids, visit.lang, visit.clock)
    if visit.at:
        found = sorted(found, key=lambda answer: answer["open"] is False)
    return [channel(visit, answer) for answer in found[:most]]


def first_checklist(found: list[View]) -> list[str]:
    """What to have in hand for the first channel that asks for something."""
    return next((shown["checklist"] for shown in found if shown["checklist"]), [])


def reading(visit: Visit, found: Reading) -> View:
    """One reading of a code, in full."""
    lang, scope = visit.lang, f" · {found['scope']}" if found["scope"] else ""
    number = "" if found["value"] is None or str(found["value"]) == found["code"] else _number(found["value"])
    return {
        "id": found["id"],
        "code": found["code"],
        "names": [name for name in (found["symbol"], number, *found["aliases"]) if name and name != found["code"]],
        "title": found["title"],
        "catalog": f"{found['catalog_title']}{scope}",
        "meaning": found["meaning"],
        "cause": found["cause"],
        "retry": say(f"retry-{found['retry']}", lang) if found["retry"] else "",
        "retry_danger": found["retry"] in ("no", "query_first"),
        "status": say(f"status-{found['status']}", lang) if found["status"] != "active" else "",
        "claims": claims(visit, found["claims"]),
        "fixes": fixes(visit, found["fixes"]),
        "counterparts": [{**other, "link": link_of(visit, "code", other["id"])} for other in found["counterparts"]],
        "symptoms": _symptoms(visit, found["symptoms"]),
        "sources": sources(visit, found["trust"], found["sources"]),
        "why": tell("why-first", lang, why=found["why"]),
        "reason": found["why"],
        "link": link_of(visit, "code", found["id"]),
        "trust": say(f"trust-{found['trust']}", lang),
        "disputed": found["trust"] == "disputed",
    }


def _symptoms(visit: Visit, ids: Iterable[str]) -> list[View]:
    rows = [row for row in map(visit.store.symptom, ids) if row]
    return [{"title": row[f"title_{visit.lang}"], "link": link_of(visit, "symptom", row["id"])} for row in rows]


def _number(value: int) -> str:
    return f"0x{value:08X}" if value >= 2**31 else str(value)


def lookup_view(visit: Visit, answer: LookupAnswer) -> View:
    """The answer to a code: the likeliest readings in full, the others in short, whom to ask, and a text for support."""
    readings = answer["readings"]
    level = [found for found in readings if found["place"] == 1][:FULL_READINGS]
    asked = channels(visit, level[0]["channels"]) if level else []
    prepared = first_checklist(asked)
    return {
        "query": answer["query"],
        "full": [reading(visit, found) for found in level],
        "rest": [reading(visit, found) for found in readings if found not in level],
        "count": len(readings),
        "channels": asked,
        "checklist": prepared,
        "letter": letter(visit, f"{level[0]['id']} {level[0]['title']}", level[0]["fixes"], prepared) if level else "",
        "anatomy": anatomy_lines(answer["anatomy"], visit.lang) if answer["anatomy"] and not readings else [],
        "nearest": [{**near, "link": link_of(visit, "code", near["id"])} for near in answer["nearest"]],
    }


def letter(visit: Visit, what: str, tried: list[FixAnswer], items: list[str]) -> str:
    """A text to send to support: the problem, what was tried, and blanks for what only the person knows."""
    lang = visit.lang
    steps = tried[0]["steps"] if tried else []
    lines = [tell("copy-problem", lang, what=what), tell("copy-when", lang)]
    if steps:
        lines += [tell("copy-tried", lang), *(f"{number}. {step}" for number, step in enumerate(steps, 1))]
    lines.append(tell("copy-result", lang))
    if items:
        lines.append(tell("copy-have", lang, items=("；" if lang == "zh" else "; ").join(item.rstrip("。.") for item in items)))
    return "\n".join(lines)
