"""How long a look-up takes as a whole process, beside what it cannot do without, all in one run.

    python -m bench.lookup [RUNS]

Prints the median of each command and its ratio to `import sqlite3` and to `import click, sqlite3`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
CALL = "import sys; from diag.__main__ import main; sys.argv = ['diag', *sys.argv[1:]]; main()"
COMMANDS = {
    "import sqlite3": ["-c", "import sqlite3"],
    "import click, sqlite3": ["-c", "import click, sqlite3"],
    "diag lookup 0x8001": ["-c", CALL, "lookup", "0x8001"],
    "diag lookup ECONNREFUSED": ["-c", CALL, "lookup", "ECONNREFUSED"],
    "diag 40163": ["-c", CALL, "40163"],
    "diag lookup 40163 --lang zh": ["-c", CALL, "lookup", "40163", "--lang", "zh"],
    "diag lookup 40163 --json": ["-c", CALL, "lookup", "40163", "--json"],
    "diag search 支付": ["-c", CALL, "search", "支付"],
    "diag search 微信付不了款": ["-c", CALL, "search", "微信付不了款"],
    "diag search 接口 (the commonest word)": ["-c", CALL, "search", "接口"],
}


def main() -> None:
    """Time every command, in turns, so that a busy moment of the machine strikes all alike."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"DIAG_LANG": "en", "PYTHONUTF8": "1"}
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(runs + 1):
        for name, command in COMMANDS.items():
            started = time.perf_counter()
            subprocess.run([sys.executable, *command], cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
            times[name].append(time.perf_counter() - started)
    medians = {name: median(found[1:]) for name, found in times.items()}
    light, click = medians["import sqlite3"], medians["import click, sqlite3"]
    print(f"{'':40}{'ms':>8}{'x sqlite3':>11}{'x click':>9}")
    for name, found in medians.items():
        print(f"{name:40}{found * 1000:8.1f}{found / light:11.2f}{found / click:9.2f}")


if __name__ == "__main__":
    main()
