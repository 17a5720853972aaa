"""Records -> problems, all of them at once. Nothing here prints; the command does.

`rules` in each module is a tuple of functions from a Library to problems. Adding a rule is writing a function and naming it there.
"""

from __future__ import annotations

from pathlib import Path

from diag.check import contacts, references, texts, values
from diag.model import Library, Problem
from diag.packs import read_library

RULES = (*references.RULES, *values.RULES, *contacts.RULES, *texts.RULES)


def check_library(library: Library) -> list[Problem]:
    """Every problem of records that could be read, sorted by place."""
    return sorted(problem for rule in RULES for problem in rule(library))


def check_folder(data_folder: Path) -> tuple[Library, list[Problem]]:
    """Read a data folder, or one pack, and find every problem in it, sorted by place."""
    library, problems = read_library(data_folder)
    return library, sorted(problems + check_library(library))
