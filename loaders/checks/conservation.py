"""Conservation of cells: every text around figures is used, known to be harmless or told, and so is every number left.

The words are those of the vocabulary, for every layout and the mapping assistant alike. What a text may settle (sex K,
thousands, minutes) is applied where nothing in the table says it; what says that the figures are something else is an
error; the rest is one warning per kind and file that quotes each text with its cell.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

import polars as pl

from indicators import Catalogue
from loaders.checks.identity import indicator_titled, sex_of
from loaders.layouts.claims import Around, Claims, Reading
from loaders.problems import ERROR, SHOWN_PER_RULE, WARNING, Ignored, Problem
from loaders.tables.addresses import rectangles
from loaders.tables.periods import read_period
from loaders.tables.scales import in_unit
from loaders.tables.vocabulary import KNOWN, SEX_WORDS, TOLD, Said, names_of, said, tokens, verdict_of

SCALE_UNITS: Final = {"thousands": "count", "minutes": "seconds", "hours": "seconds"}
"""Words for a scale → the unit of the indicators they can belong to."""
_UNITS: Final = frozenset({"percent", "count", "index", "seconds"})
_GRAINS: Final = {
    "grain_year": "year",
    "grain_quarter": "quarter",
    "grain_month": "month",
    "grain_week": "week",
    "grain_span": "month",
}
_OF_THE_NAME: Final = frozenset({"limit", "part", "place_kind", "statistic", "group", "target", "marks", "scale"})
"""What an indicator's own name may say: `Medianväntetid`, `inom svarsmålet`."""
_QUIET: Final = ("comment", "beside", "mapped")
"""Where a text that is not understood is told of otherwise, or kept."""
_NOTES: Final = ("footnote", "comment", "beside", "value", "column")
_CHOSEN: Final = ("mapped", "measure")
_OF_A_COLUMN: Final = frozenset({"women", "men", "age", "group", "place_kind", "part", "other_answers"})
"""What the header of a column of words says of the figures beside it; the rest it says of its own cells."""
_BY_A_PERSON: Final = _UNITS | {
    "limit",
    "part",
    "response_rate",
    "base",
    "target",
    "other_answers",
    "statistic",
    "place_kind",
    "dimension",
}
"""What a person says by choosing the column whose header says it."""
_MOST_UNREAD: Final = 100_000  # numbers whose addresses are gathered


@dataclass
class _Told:
    """What is found in the whole file. `other`: kind → quotes that say the figures are something else; the rest are
    quotes (sheet, cell, text)."""

    other: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    tables: list[tuple[str, str, str]] = field(default_factory=list)
    confirm: list[tuple[str, str, str]] = field(default_factory=list)
    unknown: list[tuple[str, str, str]] = field(default_factory=list)
    used: list[Ignored] = field(default_factory=list)


def conserved(reading: Reading, known: Catalogue) -> Reading:
    """The reading with what the words around its figures settle, and with a problem for what they say otherwise."""
    told = _Told()
    claims = tuple(_Block(each, reading.publisher, known, told).heeded() for each in reading.claims)
    problems = (*reading.problems, *_problems(told), *_unread(claims, known))
    used = {(one.sheet, one.cell) for one in told.used if one.cell}
    left = [one for one in reading.ignored if (one.sheet, one.cell) not in used]
    return replace(reading, claims=claims, problems=problems, ignored=(*left, *told.used))


class _Block:
    """One sheet's claims beside what stands around them."""

    def __init__(self, claims: Claims, publisher: str, known: Catalogue, told: _Told) -> None:
        self.claims, self.known, self.told = claims, known, told
        frame = claims.frame
        titles = frame["title"].unique().to_list() if "title" in frame.columns else []
        found = (indicator_titled(known, publisher, str(title).strip()) for title in titles if title)
        indicators = {each.id: each for each in found if each}
        guids = frame["guid"].unique().to_list() if "guid" in frame.columns else []
        indicators |= {one.id: one for guid in guids if guid and (one := known.indicator_with_guid(str(guid)))}
        self.ids = frozenset(indicators)
        self.units = {each.unit for each in indicators.values()}
        self.names = [f" {' '.join(tokens(name))} " for each in indicators.values() for name in names_of(each)]
        periods = frame["period"].unique().to_list() if "period" in frame.columns else []
        self.kinds = {period.kind for text in periods if text and (period := read_period(str(text)))}
        sexes = frame["sex"].unique().to_list() if "sex" in frame.columns else []
        self.sexes = {sex_of(str(text)) for text in sexes if text}
        self.of_units = "care_unit" in frame.columns and not (frame["care_unit"].fill_null("") == "").all()
        self.for_all: dict[str, list[tuple[Around, str]]] = {}  # a sex or a scale → the texts that say it
        self.lines: list[tuple[int, str]] = []  # (row of a line between figures, the sex it says)

    def heeded(self) -> Claims:
        for one in self.claims.around:
            self._hear(one, said(one.text, self.known))
        return self._settled()

    def _hear(self, one: Around, found: Said) -> None:
        """Sort what one text says: it fits, it settles something, or it is told."""
        for kind in found.kinds:
            verdict = found.verdict(kind)
            if verdict == KNOWN or self._fits(one, kind, found):
                continue
            if kind in SEX_WORDS or kind in SCALE_UNITS:
                self._may_settle(one, kind, found)
            elif verdict == TOLD and kind not in _GRAINS:
                if one.place not in _QUIET:
                    self._add(self.told.confirm, one)
            else:
                self._otherwise(one, kind, found)
        another = found.unknown or found.indicators - self.ids or found.kinds.keys() == {"period"}
        if one.place == "section" and another:
            self._add(self.told.tables, one)
        elif found.unknown and self.claims.named and one.place not in _QUIET:
            told = [*self.told.confirm, *(quote for quotes in self.told.other.values() for quote in quotes)]
            if (self.claims.sheet, one.cell, one.text) not in told:
                self._add(self.told.unknown, one)

    def _fits(self, one: Around, kind: str, found: Said) -> bool:
        if one.place == "column" and kind not in _OF_A_COLUMN:
            return True
        if (one.place in _CHOSEN and kind in _BY_A_PERSON) or (kind == "place_kind" and self.of_units):
            return True
        if kind in _UNITS:
            return kind in self.units or not self.units
        if kind in _GRAINS:
            return self.kinds <= {_GRAINS[kind]}
        if kind in SEX_WORDS:
            return self.sexes == {SEX_WORDS[kind]}
        if kind in SCALE_UNITS:
            return kind in self.claims.scales
        if kind in _OF_THE_NAME and one.place != "region_header":
            return all(any(f" {part} " in name for name in self.names) for part in found.kinds[kind].split(", "))
        return False

    def _may_settle(self, one: Around, kind: str, found: Said) -> None:
        if (one.place in _NOTES or found.lead) and not self._speaks(found):
            self._otherwise(one, kind, found)
        elif one.place == "section" and one.row and kind in SEX_WORDS and "sex" in self.claims.settles:
            self.lines.append((one.row, SEX_WORDS[kind]))
            self.told.used.append(self._used(one, kind))
        elif one.place in ("section", "line", "header"):
            self._otherwise(one, kind, found)
        elif kind in SEX_WORDS and "sex" in self.claims.settles:
            self.for_all.setdefault("sex", []).append((one, kind))
        elif kind in SCALE_UNITS and "scale" in self.claims.settles and self.units == {SCALE_UNITS[kind]}:
            self.for_all.setdefault("scale", []).append((one, kind))
        else:
            self._otherwise(one, kind, found)

    def _speaks(self, found: Said) -> bool:
        """Whether a note speaks of the figures themselves: it says so, or every word of it is understood."""
        return found.claims or not (found.unknown or found.lead)

    def _otherwise(self, one: Around, kind: str, found: Said) -> None:
        if (one.place in _NOTES or found.lead) and not self._speaks(found):
            if one.place not in _QUIET:
                self._add(self.told.confirm, one)
            return
        if kind in _GRAINS:
            kind = "rate" if kind != "grain_span" else "cumulative"
        self._add(self.told.other.setdefault(kind, []), one)

    def _add(self, quotes: list[tuple[str, str, str]], one: Around) -> None:
        quote = (self.claims.sheet, one.cell, one.text)
        if quote not in quotes:
            quotes.append(quote)

    def _used(self, one: Around, kind: str) -> Ignored:
        """A text that is no figure and yet says what the figures are."""
        return Ignored(self.claims.sheet, one.cell, "applied", {"found": one.text, "what": kind})

    def _settled(self) -> Claims:
        """The claims with the one sex and the one scale that the texts give; two of a kind cannot both be meant."""
        frame = self.claims.frame
        for fact, texts in self.for_all.items():
            kinds = {kind for _, kind in texts}
            if len(kinds) > 1 or (fact == "sex" and self.lines):
                for one, kind in texts:
                    self._add(self.told.other.setdefault(kind, []), one)
                continue
            kind = kinds.pop()
            self.told.used += [self._used(one, kind) for one, _ in texts]
            frame = _as_sex(frame, SEX_WORDS[kind]) if fact == "sex" else _in_scale(frame, kind)
        for row, sex in sorted(self.lines):
            frame = frame.with_columns(sex=pl.when(pl.col("row") > row).then(pl.lit(sex)).otherwise("sex"))
        return replace(self.claims, frame=frame, around=())


def _as_sex(frame: pl.DataFrame, sex: str) -> pl.DataFrame:
    return frame.with_columns(sex=pl.lit(sex))


def _in_scale(frame: pl.DataFrame, scale: str) -> pl.DataFrame:
    """The values on the indicator's scale, each with its cell's own text beside it."""
    convert = partial(in_unit, scale=scale)  # type: ignore[arg-type]
    return frame.with_columns(
        printed=pl.col("value"), value=pl.col("value").map_elements(convert, return_dtype=pl.String)
    )


def _problems(told: _Told) -> Iterable[Problem]:
    for kind, quotes in told.other.items():
        yield _quoting(ERROR, "figures_other", quotes, what=kind)
    for sheet, cell, text in told.tables[:SHOWN_PER_RULE]:
        yield Problem(ERROR, "several_tables", sheet, cell, text)
    for rule, quotes in (("words_to_confirm", told.confirm), ("words_unknown", told.unknown)):
        if quotes:
            yield _quoting(WARNING, rule, quotes)


def _quoting(severity: str, rule: str, quotes: list[tuple[str, str, str]], **more: str) -> Problem:
    """One problem for all texts of a kind, at the first one's cell."""
    sheet, cell, text = quotes[0]
    return Problem(severity, rule, sheet, cell, text, values={"quotes": tuple(quotes), **more})


def _unread(claims: tuple[Claims, ...], known: Catalogue) -> Iterable[Problem]:
    """How many numbers of the tables no claim holds, and where they stand. Where their header says that they are
    something else than the figures (a target, a rank) that is understood, and they are listed only."""
    read = sum(each.frame.height for each in claims)
    left = 0
    quotes = []
    for each in claims:
        others = {
            label
            for label in {one.label for one in each.unread}
            if any(verdict_of(kind) == ERROR for kind in said(label, known).kinds.keys() - _UNITS)
        }
        labels: dict[str, list[tuple[int, int]]] = {}
        unread = [one for one in each.unread if one.label not in others]
        left += len(unread)
        for one in unread[:_MOST_UNREAD]:
            labels.setdefault(one.label, []).append((one.row, one.col))
        quotes += [(each.sheet, ", ".join(rectangles(places)[:5]), label) for label, places in labels.items()]
    if left:
        yield _quoting(WARNING, "numbers_unread", quotes, count=left, whole=left + read)  # type: ignore[arg-type]
