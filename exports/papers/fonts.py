"""The pages' typefaces for paper: Streamlit ships them as variable woff2, which typst sets silently in another face.

They are written as plain fonts under names of our own ("Source" is reserved by their licence for the originals), once,
beside the store, and never committed.
"""

import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from models.settings import PROJECT

SANS: Final = "Regionpapper Sans"
SERIF: Final = "Regionpapper Serif"
_FOLDER: Final = PROJECT / "data" / "fonts" / "with-signs"
"""Its name changes with what the typefaces hold: what was made before is left alone."""


class Face(NamedTuple):
    family: str
    style: str
    file: str
    axes: dict[str, float]


_FACES: Final = (
    Face(SANS, "Regular", "SourceSansVF-Upright", {"wght": 400}),
    Face(SANS, "SemiBold", "SourceSansVF-Upright", {"wght": 600}),
    Face(SERIF, "SemiBold", "SourceSerifVariable-Roman", {"wght": 600, "opsz": 32}),
)


@cache
def font_folder() -> Path:
    """The folder that holds them, made where it is missing; where `data/` cannot be written, one of this process alone.

    Raises FileNotFoundError where the installed Streamlit has other typefaces."""
    try:
        return _made(_FOLDER)
    except (PermissionError, NotADirectoryError):
        return _made(Path(tempfile.mkdtemp(prefix="fonts-")))


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for face in _FACES:
        made = folder / f"{face.family.replace(' ', '')}-{face.style}.ttf"
        if not made.exists():
            waiting = made.with_suffix(f".{os.getpid()}")
            from exports.papers.typefaces import made_of  # a paper waits for no font tools once they are made

            made_of(face).save(waiting)
            waiting.replace(made)
    return folder
