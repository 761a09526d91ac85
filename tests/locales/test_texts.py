"""Swedish first, English complete: the same texts in both, with the same places to fill."""

import string

import pytest

from locales import LANGUAGES, has_text, text, texts


def places(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def test_languages_have_the_same_keys() -> None:
    assert set(texts("sv")) == set(texts("en"))


def test_a_text_fills_the_same_places_in_both_languages() -> None:
    different = [key for key, words in texts("sv").items() if places(words) != places(texts("en")[key])]
    assert different == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty(language: str) -> None:
    # A note that is only needed in one language is the only reason for an empty text.
    assert [key for key, words in texts(language).items() if not words.strip()] == []


def test_missing_key_or_language_is_a_bug_and_says_so() -> None:
    assert not has_text("flags.no_such_flag")
    with pytest.raises(KeyError):
        text("flags.no_such_flag")
    with pytest.raises(KeyError):
        text("flags.x", "de")
