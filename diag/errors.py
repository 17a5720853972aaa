"""What can go wrong, and the exit status that each kind of failure leads to.

    DiagError                     2
    ├── UsageProblem              2   wrong words on the command line, input that cannot be read
    ├── QueryRefused              2   SQL that writes, attaches, or does not parse
    ├── DataProblems              1   the data files do not pass the check
    └── DatabaseProblem           3
        ├── DatabaseMissing       3   there is no such file
        └── DatabaseDamaged       3   the file is not a diag database, or not whole

The library raises these and prints nothing; `diag.cli.main` turns one into a line on stderr and an exit status.
"""

FOUND, NOTHING_FOUND, BAD_USAGE, BAD_DATABASE = 0, 1, 2, 3


class DiagError(Exception):
    """A failure that the user can do something about: what happened, and what to try."""

    exit_status = BAD_USAGE

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


class UsageProblem(DiagError):
    """The command line or its input cannot be understood."""


class QueryRefused(DiagError):
    """An SQL query that is not a single reading statement, or that SQLite refuses."""


class DataProblems(DiagError):
    """The data files have problems; `problems` holds all of them."""

    exit_status = NOTHING_FOUND

    def __init__(self, problems: list) -> None:  # type: ignore[type-arg]
        super().__init__(f"{len(problems)} problems in the data files", "run `diag check` to see them")
        self.problems = problems


class DatabaseProblem(DiagError):
    """The database cannot be used."""

    exit_status = BAD_DATABASE


class DatabaseMissing(DatabaseProblem):
    """There is no file at the path."""


class DatabaseDamaged(DatabaseProblem):
    """The file is not a diag database of this version, or it is damaged."""
