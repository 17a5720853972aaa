"""Pieces that several answers share: sources, claims, fixes, symptoms and playbooks, in one language. Light to import."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from diag.contracts import ClaimAnswer, FixAnswer, PlaybookAnswer, Row, SourceRef, SymptomAnswer
    from diag.model import Lang
    from diag.store import Store


def sources_of(store: Store, kind: str, row: Row, lang: Lang) -> list[SourceRef]:
    """The sources of a record, the first with the date on which the record was checked."""
    ids = [row["source_id"], *store.further_sources(kind, row["id"])]
    found = [_source(store, source_id, lang) for source_id in ids]
    found[0]["checked"] = row["checked"]
    return found


def _source(store: Store, source_id: str, lang: Lang) -> SourceRef:
    row = store.source(source_id)
    return {"id": source_id, "title": row[f"title_{lang}"], "url": row["url"], "checked": row["checked"]}


def claims_about(store: Store, kind: str, record_id: str, lang: Lang) -> list[ClaimAnswer]:
    """The doubtful statements about a record, each with our verdict and the better answer."""
    return [
        {
            "id": row["id"],
            "statement": row[f"statement_{lang}"],
            "verdict": row["verdict"],
            "note": row[f"note_{lang}"],
            "better": row["better"],
            "source": _source(store, row["source_id"], lang),
        }
        for row in store.claims(kind, record_id)
    ]


def fix_answer(store: Store, fix_id: str, lang: Lang) -> FixAnswer | None:
    """A fix with its steps, or None where there is no such fix."""
    row = store.fix(fix_id)
    if row is None:
        return None
    return {
        "id": fix_id,
        "title": row[f"title_{lang}"],
        "audience": row["audience"],
        "minutes": None if row["minutes_from"] is None else [row["minutes_from"], row["minutes_to"]],
        "steps": [step[f"text_{lang}"] for step in store.fix_steps(fix_id)],
        "verify": row[f"verify_{lang}"],
        "risk": row[f"risk_{lang}"],
        "trust": row["trust"],
        "sources": sources_of(store, "fix", row, lang),
        "claims": claims_about(store, "fix", fix_id, lang),
    }


def fix_answers(store: Store, fix_ids: list[str], lang: Lang) -> list[FixAnswer]:
    """The fixes with these ids, in order."""
    found = (fix_answer(store, fix_id, lang) for fix_id in fix_ids)
    return [fix for fix in found if fix is not None]


def checklist_of(store: Store, checklist_id: str | None, lang: Lang) -> list[str]:
    """What to have in hand; empty where there is no checklist."""
    return [item[f"text_{lang}"] for item in store.checklist_items(checklist_id)]


def symptom_answer(store: Store, symptom_id: str, lang: Lang) -> SymptomAnswer | None:
    """A symptom with its fixes, or None where there is no such symptom."""
    row = store.symptom(symptom_id)
    if row is None:
        return None
    return {
        "id": symptom_id,
        "title": row[f"title_{lang}"],
        "description": row[f"description_{lang}"],
        "warning": row[f"warning_{lang}"],
        "fixes": fix_answers(store, store.symptom_fixes(symptom_id), lang),
        "channels": store.symptom_channels(symptom_id),
        "checklist": checklist_of(store, row["checklist_id"], lang),
        "playbook": row["playbook_id"],
        "topic": row["topic_id"],
        "trust": row["trust"],
        "sources": sources_of(store, "symptom", row, lang),
        "claims": claims_about(store, "symptom", symptom_id, lang),
    }


def playbook_answer(store: Store, playbook_id: str, lang: Lang) -> PlaybookAnswer | None:
    """A playbook with its steps, or None where there is no such playbook."""
    row = store.playbook(playbook_id)
    if row is None:
        return None
    return {
        "id": playbook_id,
        "title": row[f"title_{lang}"],
        "description": row[f"description_{lang}"],
        "warning": row[f"warning_{lang}"],
        "steps": [
            {"text": step[f"text_{lang}"], "channel": step["channel_id"], "deadline": step[f"deadline_{lang}"]}
            for step in store.playbook_steps(playbook_id)
        ],
        "checklist": checklist_of(store, row["checklist_id"], lang),
        "symptoms": store.playbook_symptoms(playbook_id),
        "trust": row["trust"],
        "sources": sources_of(store, "playbook", row, lang),
        "claims": claims_about(store, "playbook", playbook_id, lang),
    }
