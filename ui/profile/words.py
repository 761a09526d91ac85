"""What a region's page says of a finding and of a change: the sentence, its symbol, and what it rests on."""

from collections.abc import Iterable

from analysis import Finding, shown_judgement
from analysis.change.questions import LISTED_AT, RegionChanges
from indicators import Indicator
from locales import text
from ui.escape import plain
from wording.change import change_sentences, titled_once
from wording.judgement import capital
from wording.sentences import judgement_sentence, rank_in_words
from wording.symbols import symbol_of


def finding_sentence(finding: Finding, language: str) -> str:
    """Symbol, judgement, place, and what the reader must know of the evidence; markdown, the title in bold."""
    row, indicator = finding.row, finding.comparison.indicator
    said = [judgement_sentence(finding.comparison, row, language)]
    said.append(f"{capital(rank_in_words(row, language))}.")
    symbol = symbol_of(shown_judgement(row), hollow=row["evidence"] == "assumed")
    words = " ".join([*said, *_synthetic("x" in row["flags"], language)])
    return f"{plain(symbol)} {_titled(words, indicator, language)}"


def moved_sentence(changes: RegionChanges, language: str, *, synthetic: bool = False, level: float = LISTED_AT) -> str:
    """The change since the last measurement and what else is marked, and whether it rests on an assumed base or on
    `synthetic` figures. Markdown, the title in bold."""
    said = titled_once(change_sentences(changes, language, level=level), changes.indicator, language)
    if any(one.assumed and one.verdict != "not_assessable" for one in changes.rows):
        said.append(text("profile.assumed_change", language))
    first, *rest = [*said, *_synthetic(synthetic, language)]
    return "\n  - ".join([_titled(first, changes.indicator, language), *(plain(one) for one in rest)])


def _titled(words: str, indicator: Indicator, language: str) -> str:
    """The words as markdown; the indicator's title, which every sentence begins with, in bold."""
    title = indicator.title.in_language(language)
    return f"**{plain(title)}**{plain(words.removeprefix(title))}" if words.startswith(title) else plain(words)


def _synthetic(synthetic: bool, language: str) -> Iterable[str]:
    return [f"x: {text('flags.x', language)}."] if synthetic else []
