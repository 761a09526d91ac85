"""What made this file, and of which version: for covers, file properties and `doctor`."""

import tomllib
from functools import cache

from models.settings import PROJECT


@cache
def program_version() -> str:
    """The release that runs, as pyproject.toml states it."""
    return str(tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
