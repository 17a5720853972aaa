"""In which language to answer: what the caller says, then DIAG_LANG, then the locale. Light to import."""

from __future__ import annotations

import os
import sys

from diag.errors import UsageProblem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from diag.model import Lang


def choose_language(asked: str | None = None) -> Lang:
    """`zh` or `en`. Raises UsageProblem for any other language that is asked for; a locale in another language means English."""
    for name in (asked, os.environ.get("DIAG_LANG")):
        if name:
            lang = name.strip().lower().replace("_", "-").partition("-")[0]
            if lang == "zh":
                return "zh"
            if lang == "en":
                return "en"
            raise UsageProblem(f"diag does not speak {name!r}", "use zh or en")
    return "zh" if _locale().lower().startswith(("zh", "chinese")) else "en"


def _locale() -> str:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(variable):
            return os.environ[variable]
    if sys.platform == "win32":
        import locale

        return locale.getlocale()[0] or ""
    return ""
