"""Run the commands that the READMEs show, and put their real output under them.

    python docs/tour.py            write
    python docs/tour.py --check    exit 1 where a page differs from what the commands print

A shown command is the first line of a ```console block, after `$ `. Lines after `…` are left out of the page.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = {"README.md": "en", "README.zh-CN.md": "zh"}
_BLOCK = re.compile(r"```console\n(\$ (?P<prefix>printf .*? \| )?diag(?P<arguments>[^\n]*))\n(?P<output>.*?)```", re.DOTALL)


def output_of(command: str, lang: str) -> str:
    """What a command prints, on a terminal of 100 columns without colour, on the built-in database."""
    env = os.environ | {
        "DIAG_LANG": lang,
        "PYTHONUTF8": "1",
        "COLUMNS": "100",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    script = (
        command.replace("diag", f'"{sys.executable}" -m diag', 1)
        if " | diag" not in command
        else command.replace(" | diag", f' | "{sys.executable}" -m diag', 1)
    )
    done = subprocess.run(["bash", "-c", script], cwd=ROOT, env=env, capture_output=True, text=True, encoding="utf-8")
    return done.stdout


def filled(page: str, lang: str) -> str:
    """The page with the output of every command under it; a block that ends in `…` keeps only so many lines."""

    def fill(block: re.Match[str]) -> str:
        command = block[1].removeprefix("$ ")
        lines = output_of(command, lang).splitlines()
        shown = block["output"].rstrip("\n").split("\n")
        if shown[-1] == "…":
            lines = [*lines[: max(len(shown) - 1, 1)], "…"]
        return f"```console\n{block[1]}\n" + "\n".join(line.rstrip() for line in lines) + "\n```"

    return _BLOCK.sub(fill, page)


def main() -> int:
    """Write or compare every page."""
    stale = []
    for name, lang in PAGES.items():
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        new = filled(text, lang)
        if new != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(new, encoding="utf-8")
    if "--check" in sys.argv and stale:
        print(f"run docs/tour.py: {', '.join(stale)} differ from what the commands print")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
