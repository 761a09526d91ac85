"""The same work as the pages, from a terminal: `python cli.py --help`."""

import io
import os
import sys
from collections.abc import Sequence
from itertools import pairwise


def main() -> None:
    """UTF-8 whatever the terminal's locale; what is no text at all (a file name can be) is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    asked = asked_language(sys.argv[1:])
    if asked:
        os.environ["DASHBOARD_LANGUAGE"] = asked
    from commands.app import build  # not before: the commands' help texts are fixed when they are imported

    build()()


def asked_language(words: Sequence[str]) -> str | None:
    """What `--language` says, before typer reads the command line and without judging it.

    >>> asked_language(["--language", "en", "uploads"]), asked_language(["--language=sv"]), asked_language(["doctor"])
    ('en', 'sv', None)
    """
    after = dict(pairwise(words)).get("--language")
    joined = [word.removeprefix("--language=") for word in words if word.startswith("--language=")]
    found = after or next(iter(joined), None)
    return found if found in ("sv", "en") else None


if __name__ == "__main__":
    main()
