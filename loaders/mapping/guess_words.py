"""A table whose rows say their own measure: which column says it, what its words mean, and where the values stand."""

from typing import Final, Literal

from indicators import Catalogue
from loaders.mapping.contents import Contents
from loaders.mapping.guess_keys import Keys
from loaders.mapping.guess_scale import guess_scale
from loaders.mapping.indicator_words import Guess, indicator_of, names_service, of_another_service
from loaders.mapping.proposal import Reasoned
from loaders.mapping.role_names import VALUE_NAMES, beside_called, is_called
from loaders.mapping.spec import Figures, Given, Word
from loaders.mapping.table import Table
from loaders.mapping.word_rows import word_key
from loaders.tables.cells import is_total
from loaders.tables.headers import plain

Guessed = tuple[tuple[Figures, ...], dict[str, Word], Given, list[Reasoned]]
"""(figures, words of the indicator column, what the table itself is about, reasons)."""
_ROLES: Final[dict[str, Literal["numerator", "denominator", "base_n"]]] = {
    "numerator": "numerator",
    "denominator": "denominator",
    "base_n": "base_n",
}


def indicator_column(table: Table, contents: list[Contents], keys: Keys, known: Catalogue) -> Contents | None:
    """The column whose texts are measures: called so, or with a measure's words in its cells."""
    best, score = None, 0.0
    for each in contents:
        if each.column.key in keys.taken or each.words < 0.6 or not each.texts or each.region > 0.5 or each.unit > 0.5:
            continue
        distinct = list(dict.fromkeys(each.texts))[:60]
        known_words = sum(indicator_of(text, table.context, known) is not None for text in distinct)
        named = is_called(plain(each.column.words), "indicator")
        own = known_words / len(distinct) + 0.3 * named
        if known_words and own > score:
            best, score = each, own
    return best


def _topic_column(
    table: Table, contents: list[Contents], named: Contents, keys: Keys, known: Catalogue
) -> Contents | None:
    """A column that says which service a bare `NKI` is about, row by row."""
    bare = [
        text
        for text in dict.fromkeys(named.texts)
        if (guess := indicator_of(text, "", known)) and guess.why == "nki_without_channel"
    ]
    for each in contents if bare else []:
        # A footnote below the table stands in a column too, on a row that measures nothing.
        rows = [texts for _, texts in table.body if texts[named.column.col - 1]]
        texts = list(dict.fromkeys(text for row in rows if (text := row[each.column.col - 1])))
        free = each is not named and each.column.key not in keys.taken and each.words > 0.6
        if free and 0 < len(texts) <= 20 and any(names_service(each, known) for each in texts):
            return each
    return None


def _of_topic(about: str, text: str, known: Catalogue) -> Guess | None:
    """What a row measures where a column says which survey it is from: only that column tells the service, and a
    survey of another service than 1177's three is none of ours."""
    guess = indicator_of(f"{about} {text}", "nki", known)
    return None if guess and guess.why == "nki_without_channel" else guess


def by_rows(
    table: Table, contents: list[Contents], named: Contents, numeric: list[Contents], keys: Keys, known: Catalogue
) -> Guessed:
    """Every row says its measure: one column (or one per period or region) of values, and the bases beside them."""
    keys.take("indicator", named, 0.85, "measures_in_column")
    topic = _topic_column(table, contents, named, keys, known)
    if topic:
        keys.take("topic", topic, 0.7, "topic_column")
    words, reasons = _words(table, named, topic, numeric, known)
    bases = {
        each.column.key: role
        for each in numeric
        if (role := beside_called(each.column.words)) and not is_total(each.column.label)
    }
    free = [each for each in numeric if each.column.key not in bases]
    keyed = [each for each in free if not each.column.words and "{" in each.column.key]
    keyed = keyed or [
        each for each in free if any(each.column.facts) and VALUE_NAMES.fullmatch(plain(each.column.words))
    ]
    chosen = keyed or [each for each in free if VALUE_NAMES.fullmatch(plain(each.column.words))][:1] or free[:1]
    figures = {}
    for each in chosen:
        key = each.column.key
        figures[key] = Figures(column=key, **{role: base for base, role in bases.items()})
        sure = 0.9 if keyed or VALUE_NAMES.fullmatch(plain(each.column.words)) else 0.6
        reasons.append(Reasoned(0, f"figures:{key}", sure, "value_column", {"header": each.column.label}))
        reasons += [Reasoned(0, f"{role}:{key}", 0.85, "named", {"header": base}) for base, role in bases.items()]
    return tuple(figures.values()), words, Given(), reasons


def _words(
    table: Table, named: Contents, topic: Contents | None, numeric: list[Contents], known: Catalogue
) -> tuple[dict[str, Word], list[Reasoned]]:
    """What each text of the indicator column means; one without a figure on any row means nothing."""
    reasons: list[Reasoned] = []
    words: dict[str, Word] = {}
    lines = [
        (texts[topic.column.col - 1] if topic else "", texts[named.column.col - 1], texts) for _, texts in table.body
    ]
    for about, text in dict.fromkeys((about, text) for about, text, _ in lines if text and not is_total(text)):
        guess = _of_topic(about, text, known) if topic else indicator_of(text, table.context, known)
        guess = None if of_another_service(guess, f"{about} {text}", table.context) else guess
        beside = beside_called(plain(text)) if guess is None else None
        role = _ROLES.get(beside or "", "value")
        rows = [texts for own, word, texts in lines if (own, word) == (about, text)]
        values = [row[each.column.col - 1] for row in rows for each in numeric if row[each.column.col - 1]]
        if not values:
            continue
        unit = known.indicators[guess.indicator].unit if guess else ""
        scale, sure, why = guess_scale(values, unit, f"{text} {table.context}", known)
        indicator = guess.indicator if guess else ""
        words[word_key(about, text)] = Word(indicator=indicator, role=role, scale=scale)
        part = f"word:{word_key(about, text)}"
        if guess:
            reasons.append(
                Reasoned(0, part, guess.confidence, guess.why, {"header": text, "indicator": guess.indicator})
            )
            reasons.append(Reasoned(0, f"scale:{part}", sure, why))
    return words, reasons
