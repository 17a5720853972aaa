"""Known codes that are written almost like an unknown one: one slip of the keyboard away, or next to it in its catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diag.codes import Written, name_form

if TYPE_CHECKING:
    from diag.contracts import Nearest
    from diag.model import Lang
    from diag.store import Store

MOST = 5
# A neighbour farther away than this in its catalog says nothing about the code.
_FARTHEST = 200


def nearest(store: Store, written: Written, lang: Lang, only: str | None = None) -> list[Nearest]:
    """At most five codes, the likeliest first; `only` restricts them to one catalog."""
    found = _slips(store, written) if written.number is not None else _similar_names(store, written)
    found += _neighbours(store, written, only)
    wanted = [i for i in dict.fromkeys(found) if only is None or i.startswith(f"{only}:")]
    return [{"id": code_id, "title": store.code_texts(code_id, lang)["title"]} for code_id in wanted[:MOST]]


def _slips(store: Store, written: Written) -> list[str]:
    """Codes whose number differs by one digit wrong, missing, doubled or swapped with its neighbour."""
    assert written.number is not None
    radix = 16 if written.hex_digits else 10
    digits = f"{abs(written.number):X}" if radix == 16 else str(abs(written.number))
    if not 3 <= len(digits) <= 12:
        return []
    sign = -1 if written.number < 0 else 1
    numbers = (sign * int(slip, radix) for slip in slips(digits, "0123456789ABCDEF"[:radix]))
    return [row["id"] for number in dict.fromkeys(numbers) for row in store.codes_with_form(str(number), "number")]


def slips(digits: str, alphabet: str) -> list[str]:
    """Every text one slip away: two neighbours swapped first, then one digit wrong, then one missing, then one too many."""
    swapped = [digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in range(len(digits) - 1)]
    wrong = [digits[:i] + other + digits[i + 1 :] for i in range(len(digits)) for other in alphabet]
    missing = [digits[:i] + digits[i + 1 :] for i in range(len(digits))]
    doubled = [digits[:i] + other + digits[i:] for i in range(len(digits) + 1) for other in alphabet]
    return [slip for slip in dict.fromkeys(swapped + wrong + missing + doubled) if slip and slip != digits]


def _similar_names(store: Store, written: Written) -> list[str]:
    name = name_form(written.text)
    if len(name) < 3:
        return []
    near = store.names_of_length(len(name) - 2, len(name) + 2, 20_000) + store.names_like(name[:6], 50)
    by_form: dict[str, list[str]] = {}
    for row in near:
        by_form.setdefault(row["form"], []).append(row["code_id"])
    from rapidfuzz import fuzz, process  # only for names that are not known

    close = [form for form, _, _ in process.extract(name, list(by_form), scorer=fuzz.ratio, limit=MOST, score_cutoff=80)]
    longer = [form for form in by_form if form.startswith(name)]
    return [code_id for form in dict.fromkeys(close + longer) for code_id in by_form[form]]


def _neighbours(store: Store, written: Written, only: str | None) -> list[str]:
    """The codes next to a number in each catalog that has numbers around it, the closest first."""
    if written.number is None:
        return []
    found = []
    for catalog in store.catalogs().values():
        if only in (None, catalog["id"]):
            same_shape = catalog["hex_digits"] == written.hex_digits
            for row in store.codes_near_value(catalog["id"], written.number, 2):
                distance = abs(row["value"] - written.number)
                if distance <= _FARTHEST or same_shape:
                    found.append((distance, row["id"]))
    return [code_id for _, code_id in sorted(found)]
