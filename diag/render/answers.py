"""Answers -> lines for people: the meaning first, then the steps, then whom to ask now, then trust and source in a quiet line."""

from __future__ import annotations

from diag.render.page import Page
from diag.wording import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from diag.contracts import (
        ChannelAnswer,
        ClaimAnswer,
        FixAnswer,
        LookupAnswer,
        PlaybookAnswer,
        Reading,
        SearchAnswer,
        SourceRef,
        SymptomAnswer,
    )
    from diag.model import Lang
    from diag.render.terminal import Style

# How much of an answer is shown in full; the rest is one line each.
_FULL_READINGS, _FULL_FIXES, _CHANNELS = 2, 2, 2

# Where people answer, opening hours matter, and not to know them is worth saying.
_PEOPLE = ("human", "bot-then-human")


def render_lookup(answer: LookupAnswer, channels: list[ChannelAnswer], lang: Lang, style: Style) -> str:
    """The answer to a code; `channels` are those of its first reading, at this moment."""
    page = Page(style)
    readings = answer["readings"]
    if not readings:
        _unknown(page, answer, lang)
        return str(page)
    level = [r for r in readings if r["place"] == 1]
    full = level if len(level) <= _FULL_READINGS else level[:_FULL_READINGS]
    for reading in full:
        _reading(page, reading, lang, alone=len(full) == 1)
    _channels(page, channels, lang)
    for reading in full:
        _provenance(page, f"{reading['catalog']}:{reading['code']}" if len(full) > 1 else "", reading["trust"], reading["sources"], lang)
    rest = [r for r in readings if r not in full]
    if len(readings) > 1:
        page.paragraph(f"{say('first-because', lang)}{full[0]['why']}", "quiet")
    if rest:
        page.section(say("also", lang))
        page.bullets([_one_line(r, lang) for r in rest])
    return str(page)


def _one_line(reading: Reading, lang: Lang) -> str:
    scope = f"{reading['scope']}/" if reading["scope"] else ""
    return say("with-aside", lang, text=f"{reading['catalog']}:{scope}{reading['code']}  {reading['title']}", aside=reading["why"])


def _reading(page: Page, reading: Reading, lang: Lang, alone: bool) -> None:
    number = "" if reading["value"] is None or str(reading["value"]) == reading["code"] else f" = {_number(reading['value'])}"
    symbol = f" {reading['symbol']}" if reading["symbol"] else ""
    scope = f" · {reading['scope']}" if reading["scope"] else ""
    page.heading(f"{reading['code']}{symbol}{number}", reading["title"], f"{reading['catalog_title']}{scope}")
    page.paragraph(reading["meaning"])
    if reading["status"] != "active":
        page.labelled(say("status", lang), say(f"status-{reading['status']}", lang), "warn")
    if reading["cause"]:
        page.labelled(say("cause", lang), reading["cause"])
    if reading["retry"]:
        page.labelled(say("retry", lang), say(f"retry-{reading['retry']}", lang), "bad" if reading["retry"] == "query_first" else None)
    claims(page, reading["claims"], lang)
    fixes(page, reading["fixes"], lang, _FULL_FIXES if alone else 1)
    for other in reading["counterparts"]:
        page.labelled(say("not-to-confuse", lang), f"{other['id']} {other['title']}: {other['note']}")


def _number(value: int) -> str:
    return f"0x{value:08X}" if value >= 2**31 else str(value)


def fixes(page: Page, found: list[FixAnswer], lang: Lang, full: int) -> None:
    """The first fixes with their steps, the others by title."""
    for fix in found[:full]:
        minutes = fix["minutes"]
        time = "" if minutes is None else say("minutes", lang, span=_span(minutes))
        aside = " · ".join(w for w in (say(f"audience-{fix['audience']}", lang), time) if w)
        page.section(say("with-aside", lang, text=fix["title"], aside=aside))
        if fix["risk"]:
            page.labelled(say("risk", lang), fix["risk"], "warn")
        page.numbered(fix["steps"])
        page.labelled(say("verify", lang), fix["verify"], "good")
        claims(page, fix["claims"], lang)
    if found[full:]:
        page.gap()
        page.labelled(say("further-fixes", lang), say("list-separator", lang).join(fix["title"] for fix in found[full:]))


def _span(minutes: list[int]) -> str:
    return str(minutes[0]) if minutes[0] == minutes[1] else f"{minutes[0]}–{minutes[1]}"


def claims(page: Page, found: list[ClaimAnswer], lang: Lang) -> None:
    """Doubtful statements, shown as such."""
    for claim in found:
        better = f" → {claim['better']}" if claim["better"] else ""
        verdict, source = say(f"verdict-{claim['verdict']}", lang), claim["source"]["title"]
        text = say("claim-line", lang, verdict=verdict, source=source, statement=claim["statement"], note=claim["note"])
        page.labelled(say("claim", lang), text + better, "quiet")


def _channels(page: Page, channels: list[ChannelAnswer], lang: Lang) -> None:
    if channels:
        page.section(say("whom-to-ask", lang))
        for channel in sorted(channels, key=lambda c: c["open"] is False)[:_CHANNELS]:
            channel_line(page, channel, lang)


def channel_line(page: Page, channel: ChannelAnswer, lang: Lang) -> None:
    """A channel in two lines: what it is called, its address and whether it is open; how to get there."""
    page.labelled("·", f"{channel['title']}  {channel['address']}  {open_state(channel, lang)}")
    page.paragraph(channel["entry"], "quiet", "     ")


def open_state(channel: ChannelAnswer, lang: Lang) -> str:
    """Whether a channel is open, and until when, in words."""
    if channel["open"] is None:
        return say("hours-unknown", lang) if channel["answers"] in _PEOPLE else ""
    doubt = say("hours-doubtful", lang) if channel["hours_trust"] in ("reported", "disputed") else ""
    if channel["until"] is None:
        return say("always-open", lang) + doubt
    return say("open-until" if channel["open"] else "opens-at", lang, time=_clock(channel["until"]), zone=channel["timezone"]) + doubt


def _clock(moment: str) -> str:
    return moment[5:16].replace("T", " ")


def _provenance(page: Page, name: str, trust: str, sources: list[SourceRef], lang: Lang) -> None:
    first, more = sources[0], say("more-sources", lang, count=len(sources) - 1) if len(sources) > 1 else ""
    line = say(
        "provenance", lang, trust=say(f"trust-{trust}", lang), means=say(f"trust-{trust}-means", lang),
        title=first["title"], url=first["url"], checked=first["checked"], more=more,
    )  # fmt: skip
    page.gap()
    page.paragraph(f"{name} {line}" if name else line, "quiet")


def _unknown(page: Page, answer: LookupAnswer, lang: Lang) -> None:
    page.heading(answer["query"], say("unknown", lang))
    page.paragraph(say("unknown-means", lang))
    anatomy = answer["anatomy"]
    if anatomy:
        page.section(say("anatomy", lang))
        page.bullets(anatomy_lines(anatomy, lang))
    if answer["nearest"]:
        page.section(say("nearest", lang))
        page.bullets([f"{near['id']}  {near['title']}" for near in answer["nearest"]])


def anatomy_lines(anatomy: Mapping[str, Any], lang: Lang) -> list[str]:
    """What a number says about itself, a line each."""
    numbers = [str(anatomy["decimal"]), anatomy["hex"]]
    numbers += [f"{say(key, lang)} {anatomy[key]}" for key in ("unsigned32", "signed32", "signed16") if key in anatomy]
    lines = [" = ".join(numbers)]
    if "high_half" in anatomy:
        lines.append(say("high-half", lang, hex=anatomy["high_half"]))
    if "hresult" in anatomy:
        fields = anatomy["hresult"]
        lines.append(say("hresult-fields", lang, facility=f"{fields['facility']} {fields['facility_name']}".strip(), code=fields["code"]))
        fields = anatomy["ntstatus"]
        lines.append(say("ntstatus-fields", lang, severity=fields["severity"], facility=fields["facility"], code=fields["code"]))
    if "within" in anatomy:
        lines.append(say("within", lang, catalogs=", ".join(anatomy["within"])))
    return lines


def render_search(answer: SearchAnswer, lang: Lang, style: Style) -> str:
    """The results of a search, a line each, with the reason why each is there."""
    page = Page(style)
    if not answer["results"]:
        page.heading(answer["query"], say("nothing-found", lang))
        page.paragraph(say("nothing-found-means", lang))
        return str(page)
    for result in answer["results"]:
        page.heading(f"{result['kind']}:{result['id']}", result["title"], result["why"])
    return str(page).replace("\n\n", "\n")


def render_symptom(answer: SymptomAnswer, channels: list[ChannelAnswer], lang: Lang, style: Style) -> str:
    """A symptom with its steps and channels."""
    page = Page(style)
    page.heading("", answer["title"], f"symptom:{answer['id']}")
    page.paragraph(answer["description"])
    if answer["warning"]:
        page.labelled(say("warning", lang), answer["warning"], "bad")
    if answer["playbook"]:
        page.labelled(say("emergency", lang), f"diag emergency {answer['playbook']}", "bad")
    claims(page, answer["claims"], lang)
    fixes(page, answer["fixes"], lang, _FULL_FIXES)
    _channels(page, channels, lang)
    _checklist(page, answer["checklist"], lang)
    _provenance(page, "", answer["trust"], answer["sources"], lang)
    return str(page)


def _checklist(page: Page, items: list[str], lang: Lang) -> None:
    if items:
        page.section(say("have-in-hand", lang))
        page.bullets(items)


def render_channels(channels: list[ChannelAnswer], lang: Lang, style: Style) -> str:
    """Channels in full, with what to prepare for the first."""
    page = Page(style)
    for channel in channels:
        page.heading(channel["address"], channel["title"], open_state(channel, lang))
        page.paragraph(channel["entry"])
        for key in ("note", "warning"):
            if text := channel[key]:
                page.labelled(say(key, lang), text, "bad" if key == "warning" else None)
        facts = [say(f"answers-{channel['answers']}", lang), ", ".join(channel["languages"]), ", ".join(channel["regions"])]
        page.paragraph(" · ".join(facts + ([channel["hours"]] if channel["hours"] else [])), "quiet")
        claims(page, channel["claims"], lang)
        _provenance(page, "", channel["trust"], channel["sources"], lang)
    if channels:
        _checklist(page, channels[0]["checklist"], lang)
    return str(page)


def render_playbook(answer: PlaybookAnswer, channels: Mapping[str, ChannelAnswer], lang: Lang, style: Style) -> str:
    """An emergency, first action first."""
    page = Page(style)
    page.heading("", answer["title"], f"playbook:{answer['id']}")
    page.paragraph(answer["description"])
    if answer["warning"]:
        page.labelled(say("warning", lang), answer["warning"], "bad")
    page.gap()
    for number, step in enumerate(answer["steps"], 1):
        deadline = f"[{step['deadline']}] " if step["deadline"] else ""
        page.paragraph(f"{number}. {deadline}{step['text']}")
        channel = channels.get(step["channel"] or "")
        if channel:
            page.paragraph(f"→ {channel['title']}  {channel['address']}  {open_state(channel, lang)}", "quiet", "   ")
    claims(page, answer["claims"], lang)
    _checklist(page, answer["checklist"], lang)
    _provenance(page, "", answer["trust"], answer["sources"], lang)
    return str(page)
