"""Which columns hold figures, of which indicators, on which scale, and what belongs to them?"""

import re
from dataclasses import replace

from indicators import Catalogue
from loaders.mapping.contents import Contents
from loaders.mapping.guess_keys import Keys
from loaders.mapping.guess_scale import guess_scale
from loaders.mapping.guess_words import Guessed, by_rows, indicator_column
from loaders.mapping.indicator_words import Guess, indicator_of, is_limited, of_another_service
from loaders.mapping.proposal import Reasoned
from loaders.mapping.role_names import VALUE_NAMES, beside_called
from loaders.mapping.spec import BESIDE, Figures, Given
from loaders.mapping.table import Table
from loaders.tables.cells import is_cumulative, is_total
from loaders.tables.headers import Column, plain

_TOTAL = re.compile(r"\btotal|\bsumma\b")


def guess_figures(table: Table, contents: list[Contents], keys: Keys, known: Catalogue) -> Guessed:
    """(figures, words of the indicator column, what the table itself is about, reasons)."""
    numeric = [
        each for each in contents if each.column.key not in keys.taken and each.column.key and each.figure >= 0.5
    ]
    context = " ".join([table.context, *(each.column.label for each in contents)])
    named = indicator_column(table, contents, keys, known)
    if named:
        return by_rows(table, contents, named, numeric, keys, known)
    reasons: list[Reasoned] = []
    figures: dict[str, Figures] = {}
    topic = _topic(table, known)
    given = Given()
    for each in numeric:
        column = each.column
        if (
            column.key in figures
            or is_total(column.label)
            or is_cumulative(column.label)
            or (beside_called(column.words) and not _is_measure(column, context, known))
        ):
            continue
        if not column.words or VALUE_NAMES.fullmatch(plain(column.words)):
            if topic is None:
                continue
            given, guess = topic[0], topic[1]
            figures[column.key] = Figures(column=column.key)
        else:
            found = indicator_of(column.words, context, known)
            if found is None or of_another_service(found, column.words, table.context):
                continue
            guess = found
            figures[column.key] = Figures(column=column.key, indicator=guess.indicator)
        reasons.append(Reasoned(0, f"figures:{column.key}", guess.confidence, guess.why, _told(guess, column.label)))
    _one_each(figures, reasons)
    about = {key: each.indicator or (topic[1].indicator if topic else "") for key, each in figures.items()}
    scaled = [_with_scale(each, about[each.column], contents, table, known, reasons) for each in figures.values()]
    done = [_with_besides(each, about[each.column], contents, known, reasons) for each in scaled]
    return tuple(done), {}, given, reasons


def _told(guess: Guess, header: str) -> dict[str, str]:
    return {"header": header, "indicator": guess.indicator}


def _is_measure(column: Column, context: str, known: Catalogue) -> bool:
    found = indicator_of(column.words, context, known)
    return found is not None and found.why == "catalogue_name"


def _one_each(figures: dict[str, Figures], reasons: list[Reasoned]) -> None:
    """Two columns that seem to be one indicator: the surer is kept, else the one called total or with the fewest
    words, and a person is told of the other; both would claim the same figure."""
    sure = {each.part: each.confidence for each in reasons}
    best: dict[str, str] = {}
    for key, each in list(figures.items()):
        if not each.indicator:
            continue
        facts = (each.indicator, tuple(sorted(re.findall(r"\{\w+\}", key))))
        other = best.setdefault(str(facts), key)
        if other == key:
            continue
        kept, loser = sorted(
            (other, key), key=lambda each: (-sure[f"figures:{each}"], not _TOTAL.search(each), len(each))
        )
        best[str(facts)] = kept
        del figures[loser]
        reasons[:] = [
            replace(reason, confidence=0.5, why="one_of_several", values={"header": kept, "other": loser})
            if reason.part == f"figures:{kept}" and sure[f"figures:{kept}"] == sure[f"figures:{loser}"]
            else reason
            for reason in reasons
            if reason.part != f"figures:{loser}"
        ]


def _topic(table: Table, known: Catalogue) -> tuple[Given, Guess] | None:
    """The one indicator that a title line or the sheet's name speaks of."""
    own = [text for row, _, text in table.titles if row == table.header_row - 1]
    # Among several tables the line right above says which this is; the sheet's first lines are about them all.
    lines = own if table.several and own else [*(text for _, _, text in table.titles), table.sheet.name]
    for text in lines:
        guess = indicator_of(text, table.context, known)
        if guess and guess.confidence > 0.5 and not of_another_service(guess, text, table.context):
            # The title's words are not the catalogue's: what they mean is written down, not read again.
            settled = Given(kind="constant", text=guess.indicator)
            return settled, Guess(guess.indicator, min(guess.confidence, 0.8), "title")
    return None


def _with_scale(
    figures: Figures, indicator: str, contents: list[Contents], table: Table, known: Catalogue, reasons: list[Reasoned]
) -> Figures:
    own = [each for each in contents if each.column.key == figures.column]
    texts = [text for each in own for text in each.texts]
    unit = known.indicators[indicator].unit if indicator else ""
    scale, sure, why = guess_scale(texts, unit, f"{own[0].column.label} {table.context}", known)
    reasons.append(Reasoned(0, f"scale:{figures.column}", sure, why))
    return figures.model_copy(update={"scale": scale})


def _with_besides(
    figures: Figures, indicator: str, contents: list[Contents], known: Catalogue, reasons: list[Reasoned]
) -> Figures:
    """The columns that belong to these figures: a base, counts, limits, in a column of the same period and region."""
    mine = next(each.column for each in contents if each.column.key == figures.column)
    about = known.indicators.get(indicator)
    found: dict[str, str] = {}
    counted = about.counted if about else None
    candidates = [each for each in contents if each.column.key != figures.column and _goes_with(each.column, mine)]
    for role in BESIDE:
        named = [each for each in candidates if beside_called(each.column.words) == role]
        if role == "base_n" and (about is None or about.data not in ("survey", "mean") or about.unit == "seconds"):
            continue
        if role in ("numerator", "denominator") and counted and not named:
            pattern = counted.numerator if role == "numerator" else counted.denominator
            named = [
                each
                for each in candidates
                if re.search(pattern, each.column.words)
                and not re.search(counted.no, each.column.words)
                and not is_limited(each.column.words, known)
                and each.figure > 0.5
            ]
        if role != "comment" and named:
            named = [each for each in named if each.figure > 0.5] or []
        chosen = _nearest(named, mine)
        if chosen:
            found[role] = chosen.column.key
            reasons.append(Reasoned(0, f"{role}:{figures.column}", 0.8, "named", {"header": chosen.column.label}))
    return figures.model_copy(update=found)


def _goes_with(other: Column, mine: Column) -> bool:
    """Whether a column can tell something of another's figures: nothing it says differs, or it says nothing."""
    return all(own in ("", fact) for own, fact in zip(other.facts, mine.facts, strict=True))


def _nearest(named: list[Contents], mine: Column) -> Contents | None:
    """One base for all, or the first after the figures; none where that would be a guess between many."""
    if len(named) <= 1:
        return named[0] if named else None
    after = [each for each in named if each.column.col > mine.col]
    return after[0] if after and after[0].column.col - mine.col <= 2 else None
