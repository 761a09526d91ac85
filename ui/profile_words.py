"""What a region's page says of a finding and of a change: the sentence, its symbol, and what it rests on."""

from collections.abc import Iterable

from analysis import Finding, SeriesChange, shown_judgement
from analysis.sentences import change_sentence, judgement_sentence, rank_in_words
from charts.judgement_marks import symbol_of
from charts.judgement_words import capital
from indicators import Indicator
from locales import text
from ui.escape import plain


def finding_sentence(finding: Finding, language: str) -> str:
    """Symbol, judgement, place, and what the reader must know of the evidence; markdown, the title in bold."""
    row, indicator = finding.row, finding.comparison.indicator
    said = [judgement_sentence(finding.comparison, row, language)]
    said.append(f"{capital(rank_in_words(row, language))}.")
    symbol = symbol_of(shown_judgement(row), hollow=row["evidence"] == "assumed")
    words = " ".join([*said, *_synthetic("x" in row["flags"], language)])
    return f"{plain(symbol)} {_titled(words, indicator, language)}"


def moved_sentence(change: SeriesChange, language: str, *, synthetic: bool = False) -> str:
    """The change, and whether it rests on an assumed base or on `synthetic` figures. Markdown, the title in bold."""
    said = [change_sentence(change, language)]
    if change.evidence == "assumed" and change.verdict != "not_assessable":
        said.append(text("profile.assumed_change", language))
    return _titled(" ".join([*said, *_synthetic(synthetic, language)]), change.indicator, language)


def _titled(words: str, indicator: Indicator, language: str) -> str:
    """The words as markdown; the indicator's title, which every sentence begins with, in bold."""
    title = indicator.title.in_language(language)
    return f"**{plain(title)}**{plain(words.removeprefix(title))}" if words.startswith(title) else plain(words)


def _synthetic(synthetic: bool, language: str) -> Iterable[str]:
    return [f"x: {text('flags.x', language)}."] if synthetic else []
