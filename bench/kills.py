"""Kill a build at random moments: is the database the old one or the new one, whole, every time?

    python -m bench.kills [ROUNDS]

Prints how many rounds left the old file, the new file, or another, and the temporary files left after one more build.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
BUILD = "import sys; from pathlib import Path; from diag.build import build; build(Path(sys.argv[1]), Path(sys.argv[2]))"


def start(data: Path, target: Path) -> subprocess.Popen[bytes]:
    """Start a build in a process of its own."""
    return subprocess.Popen([sys.executable, "-c", BUILD, str(data), str(target)], cwd=ROOT)


def main() -> None:
    """Run the rounds on the small pack of the tests, whose build takes long enough to be struck anywhere."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    data = ROOT / "tests" / "data" / "sample"
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "diag.db"
        started = time.perf_counter()
        start(data, target).wait()
        whole = time.perf_counter() - started
        new = target.read_bytes()
        old = new.replace(b"Oil is low", b"Oil is old")
        found: Counter[str] = Counter()
        for _ in range(rounds):
            target.write_bytes(old)
            process = start(data, target)
            time.sleep(random.uniform(0.2, 1.1) * whole)
            process.send_signal(signal.SIGKILL)
            process.wait()
            now = target.read_bytes()
            found["old" if now == old else "new" if now == new else "another"] += 1
        start(data, target).wait()
        left = [path for path in Path(folder).iterdir() if path != target]
    print(f"{rounds} kills over {whole:.2f} s: {dict(found)}; temporary files left after the next build: {len(left)}")


if __name__ == "__main__":
    main()
