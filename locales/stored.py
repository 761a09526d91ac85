"""What we ourselves wrote into a store, said in the reader's language; what a person wrote stays as it was written."""

from functools import cache

from locales import LANGUAGES, text, texts

_OURS = "stored."


def stored_words(written: str | None, language: str) -> str:
    """The words of `stored.toml` in the reader's language, whichever language they were written in.

    >>> stored_words("lokal operatör (webbsidan)", "en"), stored_words("rättad fil", "en"), stored_words(None, "en")
    ('local operator (web page)', 'rättad fil', '')
    """
    key = _keys().get(written or "")
    return text(key, language) if key else written or ""


@cache
def _keys() -> dict[str, str]:
    keys = [key for key in texts(LANGUAGES[0]) if key.startswith(_OURS)]
    return {text(key, language): key for key in keys for language in LANGUAGES}
