"""The pages of the site: a path and its arguments -> the answer of the library, as HTML and as the command's JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from diag.answers import playbook_answer, symptom_answer
from diag.contact import channel_answer, contact
from diag.contracts import LookupAnswer, SearchAnswer, SymptomAnswer
from diag.lookup import known_codes, lookup
from diag.model import Lang
from diag.search import search
from diag.topics import topics_for
from diag.web import present
from diag.web.examples import EXAMPLES
from diag.web.links import Links
from diag.web.present import View, Visit
from diag.web.wording import tell

# What is pasted beyond this is not looked at.
LONGEST_QUERY = 2_000
# So many codes are answered on one page, which stays small; a longer text is taken for its codes, so that the address stays short.
_MOST_CODES, _LONGEST_ASKED = 3, 200
CODES_A_PAGE = 200
# How long a cache may keep an answer: those that name open channels change by the minute.
MOMENT, HOUR = 60, 3600


class Page(NamedTuple):
    """What was asked for: `json` holds the objects that the command prints, one a line; `view` is for the template, or `elsewhere` the
    page to go to instead.
    """

    template: str
    title: str
    json: list[Any]
    view: View
    found: bool = True
    keep: int = HOUR
    elsewhere: str = ""
    many: bool = False


def home(visit: Visit, _record_id: str) -> Page | None:
    """The box, the emergencies, the commonest symptoms."""
    symptoms = [{"id": row["id"], "title": row[f"title_{visit.lang}"]} for row in visit.store.listing("symptoms")]
    view = {
        "symptoms": [{**row, "link": visit.links.to("symptom", row["id"])} for row in symptoms],
        "playbooks": _playbooks(visit),
        "catalogs": _catalogs(visit),
        "examples": examples(visit.lang, visit.links) if visit.sql else [],
    }
    return Page("home", tell("promise", visit.lang), [{"symptoms": symptoms, "playbooks": _listed(visit, "playbooks")}], view)


def _listed(visit: Visit, kind: str) -> list[View]:
    return [{"id": row["id"], "title": row[f"title_{visit.lang}"]} for row in visit.store.listing(kind)]


def _catalogs(visit: Visit) -> list[View]:
    """The catalogs that have codes."""
    titles = visit.store.catalogs()
    return [
        {"title": titles[row["catalog"]][f"title_{visit.lang}"], "link": visit.links.to("catalog", row["catalog"])} for row in visit.store.coverage()
    ]


def _playbooks(visit: Visit) -> list[View]:
    rows = (visit.store.playbook(row["id"]) for row in visit.store.listing("playbooks"))
    return [
        {"title": row[f"title_{visit.lang}"], "description": row[f"description_{visit.lang}"], "link": visit.links.to("emergency", row["id"])}
        for row in rows
        if row
    ]


def examples(lang: Lang, links: Links) -> list[View]:
    """Queries to begin with, as links to the SQL page."""
    return [
        {
            "title": zh if lang == "zh" else en,
            "link": links.table("", sql=sql.replace("{lang}", lang), **({"text": "支付失败"} if ":text" in sql else {})),
        }
        for zh, en, sql in EXAMPLES
    ]


def searched(visit: Visit, _record_id: str) -> Page | None:
    """What fits a text. One that holds a few codes leads to their answers, unless the whole of the data is asked for."""
    text = visit.arguments.get("q", "").strip()[:LONGEST_QUERY]
    if not text:
        empty: SearchAnswer = {"query": text, "results": []}
        return Page("search", tell("ask-something", visit.lang), [empty], {"query": "", "best": None, "results": []}, found=False)
    if "all" not in visit.arguments:
        answers = known_codes(visit.store, text, visit.lang)
        if 0 < len(answers) <= _MOST_CODES:
            asked = text if len(text) <= _LONGEST_ASKED else " ".join(answer["query"] for answer in answers)
            return Page("search", "", [search(visit.store, text, visit.lang)], {}, elsewhere=visit.links.to("lookup", asked))
    answer = search(visit.store, text, visit.lang)
    results = answer["results"]
    best = symptom_answer(visit.store, results[0]["id"], visit.lang) if results and results[0]["kind"] == "symptom" else None
    view = {
        "query": text,
        "best": _symptom_view(visit, best) if best else None,
        "results": [
            {**result, "kind_word": tell(f"kind-{result['kind']}", visit.lang), "link": _result_link(visit, result["kind"], result["id"])}
            for result in (results[1:] if best else results)
        ],
    }
    return Page("search", tell("results", visit.lang, query=text), [answer], view, found=bool(results), keep=MOMENT)


def _result_link(visit: Visit, kind: str, record_id: str) -> str:
    if kind == "message":
        row = visit.store.message(record_id)
        return visit.links.to("symptom", row["symptom_id"]) if row else ""
    return present.link_of(visit, kind, record_id)


def looked_up(visit: Visit, code: str) -> Page | None:
    """Every reading of a code; for an unknown one, what it says about itself and the codes most like it."""
    answers: list[LookupAnswer] = lookup(visit.store, code[:LONGEST_QUERY], visit.lang)
    known = bool(answers[0]["readings"])
    views = [present.lookup_view(visit, answer) for answer in answers]
    first = answers[0]["readings"][0] if known else None
    title = f"{first['code']} {first['title']}" if first else f"{code[:40]} · {tell('kind-code', visit.lang)}"
    view = {
        "summary": first["meaning"] if first else "",
        "answers": views,
        "query": code,
        "instead": visit.links.to("search", q=code[:LONGEST_QUERY], all="1"),
    }
    timeless = known and not any(shown["channels"] for shown in views)
    return Page("lookup", title, list(answers), view, found=known, keep=HOUR if timeless else MOMENT)


def symptom(visit: Visit, symptom_id: str) -> Page | None:
    """What a person experiences, with steps, channels and what to prepare."""
    answer = symptom_answer(visit.store, symptom_id, visit.lang)
    return Page("symptom", answer["title"], [answer], _symptom_view(visit, answer), keep=MOMENT) if answer else None


def _symptom_view(visit: Visit, answer: SymptomAnswer) -> View:
    asked = present.channels(visit, answer["channels"])
    prepared = answer["checklist"] or present.first_checklist(asked)
    playbook = visit.store.playbook(answer["playbook"]) if answer["playbook"] else None
    return {
        "title": answer["title"],
        "summary": answer["description"],
        "description": answer["description"],
        "warning": answer["warning"],
        "link": visit.links.to("symptom", answer["id"]),
        "emergency": {"title": playbook[f"title_{visit.lang}"], "link": visit.links.to("emergency", playbook["id"])} if playbook else None,
        "fixes": present.fixes(visit, answer["fixes"]),
        "channels": asked,
        "checklist": prepared,
        "claims": present.claims(visit, answer["claims"]),
        "sources": present.sources(visit, answer["trust"], answer["sources"]),
        "letter": present.letter(visit, answer["title"], answer["fixes"], prepared),
    }


def emergency(visit: Visit, playbook_id: str) -> Page | None:
    """What to do first when an account or money is at risk; without an id, which emergencies there are."""
    if not playbook_id:
        listed = _listed(visit, "playbooks")
        return Page("emergencies", tell("nav-emergency", visit.lang), listed, {"playbooks": _playbooks(visit)}, many=True)
    answer = playbook_answer(visit.store, playbook_id, visit.lang)
    if answer is None:
        return None
    asked = {step["channel"]: channel_answer(visit.store, step["channel"], visit.lang, visit.clock) for step in answer["steps"] if step["channel"]}
    steps = []
    for step in answer["steps"]:
        found = asked.get(step["channel"] or "")
        steps.append({"text": step["text"], "deadline": step["deadline"], "channel": present.channel(visit, found) if found else None})
    view = {
        "title": answer["title"],
        "summary": answer["description"],
        "description": answer["description"],
        "warning": answer["warning"],
        "steps": steps,
        "checklist": answer["checklist"],
        "claims": present.claims(visit, answer["claims"]),
        "sources": present.sources(visit, answer["trust"], answer["sources"]),
        "letter": present.letter(visit, answer["title"], [], answer["checklist"]),
    }
    return Page("emergency", answer["title"], [answer], view, keep=MOMENT)


def contacts(visit: Visit, _record_id: str) -> Page | None:
    """Whom to ask about a topic, from a region, at this moment; `limit` as for the command."""
    given = visit.arguments
    wanted, region = given.get("topic", "")[:LONGEST_QUERY], given.get("region", "").upper()[:8]
    limit = int(given["limit"]) if given.get("limit", "").isascii() and given.get("limit", "").isdigit() else 5
    topics = topics_for(visit.store, wanted, visit.lang)
    every = [] if topics is None else contact(visit.store, topics, visit.lang, visit.clock, region or None)
    found = every[: min(max(limit, 1), 100)]
    view = {
        "topics": [
            {"id": row["id"], "title": row[f"title_{visit.lang}"], "chosen": bool(wanted) and row["id"] in (topics or [])}
            for row in visit.store.topics()
        ],
        "regions": [{"id": code, "chosen": code == region} for code in ("CN", "HK", "MO", "TW", "SG", "MY", "TH", "JP", "KR", "US", "GB")],
        "channels": [present.channel(visit, answer) for answer in found],
        "unknown": tell("topic-unknown", visit.lang, topic=wanted) if topics is None else "",
        "all": visit.links.to("contact", limit="100", **({"topic": wanted} if wanted else {})) if len(found) < len(every) else "",
        "checklist": found[0]["checklist"] if found else [],
    }
    return Page("contact", tell("contact-title", visit.lang), list(found), view, found=topics is not None, keep=MOMENT, many=True)


def about(visit: Visit, _record_id: str) -> Page | None:
    """What is inside, how far it can be trusted, and where it comes from."""
    rows, catalogs = visit.store.coverage(), visit.store.catalogs()
    total = {name: sum(row[name] for row in rows) for name in ("codes", "cause", "fix", "official", "corroborated", "reported", "disputed")}
    packs = _listed(visit, "packs")
    view = {
        "catalogs": [
            {**row, "title": catalogs[row["catalog"]][f"title_{visit.lang}"], "link": visit.links.to("catalog", row["catalog"])} for row in rows
        ],
        "total": total,
        "packs": packs,
        "levels": [present.sources(visit, trust, []) for trust in ("official", "corroborated", "reported", "disputed")],
        "sources": tell("sources", visit.lang, count=len(visit.store.listing("sources"))),
        "sources_link": visit.links.table("sources"),
        "tables_link": visit.links.table(),
        "examples": examples(visit.lang, visit.links) if visit.sql else [],
    }
    return Page("about", tell("about-title", visit.lang), [{"packs": packs, "coverage": rows, "total": total}], view)


def catalog(visit: Visit, catalog_id: str) -> Page | None:
    """The codes of one catalog, so many a page; the page's number follows the catalog after a slash (`wecom/2`)."""
    name, _, number = catalog_id.partition("/")
    row = visit.store.catalogs().get(name)
    if row is None or not (number or "1").isdecimal():
        return None
    codes = visit.store.listing("codes", name)
    pages = max(1, -(-len(codes) // CODES_A_PAGE))
    page = int(number or "1")
    if not 1 <= page <= pages:
        return None
    shown = codes[(page - 1) * CODES_A_PAGE : page * CODES_A_PAGE]
    view = {
        "title": row[f"title_{visit.lang}"],
        "description": row[f"description_{visit.lang}"],
        "codes": [{"id": c["id"], "title": c[f"title_{visit.lang}"], "link": visit.links.to("lookup", c["id"])} for c in shown],
        "sources": present.sources(visit, row["trust"], []),
        "place": tell("page-of", visit.lang, page=page, pages=pages) if pages > 1 else "",
        "previous": visit.links.to("catalog", name if page == 2 else f"{name}/{page - 1}") if page > 1 else "",
        "next": visit.links.to("catalog", f"{name}/{page + 1}") if page < pages else "",
    }
    title = tell("codes-of", visit.lang, catalog=row[f"title_{visit.lang}"])
    return Page("catalog", title, [{"id": c["id"], "title": c[f"title_{visit.lang}"]} for c in shown], view, many=True)


# First part of a path -> its page, and whether an id has to follow, may follow, or may not.
ROUTES: dict[str, tuple[Callable[[Visit, str], Page | None], bool | None]] = {
    "": (home, False),
    "index": (home, False),
    "search": (searched, False),
    "lookup": (looked_up, True),
    "symptom": (symptom, True),
    "emergency": (emergency, None),
    "contact": (contacts, False),
    "about": (about, False),
    "catalog": (catalog, True),
}
