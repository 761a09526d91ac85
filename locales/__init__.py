"""Every text a user sees, Swedish and English; the lowest layer, so that any other can speak.

Texts lie in `locales/<language>/<area>.toml`. A key is the file's stem and the path inside it, joined by dots:
`text("loaders.unknown_region.message", "sv", found="Skåna")`. Values are put in with `str.format`.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

LANGUAGES: Final = ("sv", "en")
DEFAULT_LANGUAGE: Final = "sv"
_FOLDER: Final = Path(__file__).parent


def _flatten(prefix: str, node: dict[str, Any]) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in node.items():
        path = f"{prefix}.{key}"
        if isinstance(value, dict):
            flat |= _flatten(path, value)
        else:
            flat[path] = str(value)
    return flat


@cache
def texts(language: str) -> dict[str, str]:
    """All texts of one language as {key: text}. KeyError for a language we do not have."""
    if language not in LANGUAGES:
        raise KeyError(language)
    found: dict[str, str] = {}
    for file in sorted((_FOLDER / language).glob("*.toml")):
        found |= _flatten(file.stem, tomllib.loads(file.read_text(encoding="utf-8")))
    return found


def text(key: str, language: str = DEFAULT_LANGUAGE, **values: object) -> str:
    """The text for `key`, with `values` put in. A missing key is a bug and raises KeyError."""
    return texts(language)[key].format(**values)


def has_text(key: str, language: str = DEFAULT_LANGUAGE) -> bool:
    """Whether a text exists (for optional notes, such as a caveat of one indicator)."""
    return key in texts(language)
