"""What does it cost to start a command, beside importing what any command line of ours stands on?

    python -m benchmarks.start

CPU time of the whole process, the least of several. Bars (issue 11): `--help` 2 ×, `interval` 3 ×.
"""

import os
import resource
import subprocess
import sys
import tempfile
from typing import Final

from models.settings import PROJECT

BASE: Final = ("-c", "import typer, pydantic_settings")
BARS: Final = {("--help",): 2, ("interval", "81", "263"): 3, ("indicators",): None, ("compare", "logins"): None}
TIMES: Final = 5


def cpu_seconds(words: tuple[str, ...], url: str) -> float:
    """User and system time of one Python with these words; what it says is thrown away."""
    spent = []
    for _ in range(TIMES):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        environment = {**os.environ, "DATABASE_URL": url}
        subprocess.run([sys.executable, *words], cwd=PROJECT, env=environment, capture_output=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(spent)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/store.sqlite3"
        cpu_seconds(("cli.py", "init"), url)
        base = cpu_seconds(BASE, url)
        print(f"{BASE[1]}: {base:.2f} s CPU")
        for words, bar in BARS.items():
            spent = cpu_seconds(("cli.py", *words), url)
            print(f"{' '.join(words)}: {spent:.2f} s CPU, ratio {spent / base:.1f}" + (f" (bar {bar})" if bar else ""))


if __name__ == "__main__":
    main()
