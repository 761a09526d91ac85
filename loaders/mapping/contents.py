"""What is in a column: the shares of its cells that can be a region, a period, a figure, an HSA-id …"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indicators import Catalogue, tidy_name
from loaders.mapping.table import Table
from loaders.tables.cells import SIGNS, is_figure, is_part, is_period, is_region, is_sex, is_total, is_year
from loaders.tables.headers import Column
from loaders.tables.hsa import is_hsa_id

_SEX_WORDS = frozenset({"t", "k", "m", "totalt", "total", "alla", "samtliga", "båda"})


@dataclass(frozen=True)
class Contents:
    """Shares 0–1 of a column's filled cells, totals' labels left out; `filled` is the share of rows with a cell."""

    column: Column
    texts: tuple[str, ...]
    column_texts: tuple[str, ...]  # totals' labels too
    filled: float
    region: float
    code: float
    period: float
    year: float
    part: float
    number_part: float
    sex: float
    unit: float
    figure: float
    words: float


_REMARK = re.compile(r"(?<!\s)\s*+(?:\([^()]*\)|\*|prel\.?)$")


def _is_dated(text: str) -> bool:
    """A period, with or without a remark behind it: `2024 (prel.)`."""
    return is_period(text) or is_period(_REMARK.sub("", text))


def _share(texts: Sequence[str], asked: Callable[[str], bool]) -> float:
    return sum(map(asked, texts)) / len(texts) if texts else 0.0


def contents_of(table: Table, column: Column, known: Catalogue) -> Contents:
    """The column's sampled contents."""
    texts = tuple(text for text in table.values(column.col) if not is_total(text))
    signless = [text for text in texts if tidy_name(text) not in SIGNS]

    def is_code(text: str) -> bool:
        return text.isdecimal() and known.region_named(text) is not None

    def is_number_part(text: str) -> bool:
        return text.removesuffix(".0").isdecimal() and 1 <= int(text.removesuffix(".0")) <= 53

    return Contents(
        column,
        texts,
        tuple(table.values(column.col)),
        filled=len(texts) / len(table.body) if table.body else 0.0,
        region=_share(texts, lambda text: is_region(text, known)),
        code=_share(texts, is_code),
        period=_share(texts, _is_dated),
        year=_share(texts, lambda text: is_year(text.split(" (")[0])),
        part=_share(texts, is_part),
        number_part=_share(texts, is_number_part),
        sex=_share(texts, lambda text: is_sex(text) or tidy_name(text) in _SEX_WORDS)
        if any(is_sex(text) or tidy_name(text) in ("k", "m") for text in texts)
        else 0.0,
        unit=_share(texts, is_hsa_id),
        figure=_share(signless, is_figure),
        words=_share(texts, lambda text: any(sign.isalpha() for sign in text) and not is_figure(text)),
    )
