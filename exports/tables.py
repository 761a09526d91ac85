"""The one table that the page, the workbook's data sheet and the CSV share: same columns, same numbers, same flags."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from analysis.benchmarks import MADE
from analysis.methods.equivalence import NOT_SHOWN, TESTED, standard_error
from analysis.methods.intervals import Z90
from analysis.told import told_word
from indicators import NATION, Indicator, catalogue, period_label
from locales import text
from locales.numbers import format_number, format_value
from wording.figures import remark_in_words
from wording.reach import probability_in_words
from wording.sentences import difference_in_words, name_of


@dataclass(frozen=True)
class ShownColumn:
    """A column of the shown table. `kind` says how its cells are written: text, value (the indicator's unit),
    difference (its unit's points), count, id, probability (0–1)."""

    name: str
    kind: str = "text"


SHOWN_COLUMNS: Final = (
    ShownColumn("region"),
    ShownColumn("code"),
    ShownColumn("period"),
    ShownColumn("sex"),
    ShownColumn("value", "value"),
    ShownColumn("ci_low", "value"),
    ShownColumn("ci_high", "value"),
    ShownColumn("judgement"),
    ShownColumn("unassessed"),
    ShownColumn("level", "id"),
    ShownColumn("difference", "difference"),
    ShownColumn("diff_low", "difference"),
    ShownColumn("diff_high", "difference"),
    ShownColumn("benchmark_value", "value"),
    ShownColumn("holds_from", "count"),
    ShownColumn("flips_at", "count"),
    ShownColumn("holds_from_own", "count"),
    ShownColumn("flips_at_own", "count"),
    ShownColumn("detectable", "difference"),
    ShownColumn("margin", "difference"),
    ShownColumn("equivalence"),
    ShownColumn("equivalence_holds_from", "count"),
    ShownColumn("lowest_three", "probability"),
    ShownColumn("rank", "id"),
    ShownColumn("rank_low", "id"),
    ShownColumn("rank_high", "id"),
    ShownColumn("base_n", "count"),
    ShownColumn("n_eff", "count"),
    ShownColumn("numerator", "count"),
    ShownColumn("denominator", "count"),
    ShownColumn("assumed_base", "count"),
    ShownColumn("base_source"),
    ShownColumn("evidence"),
    ShownColumn("flags"),
    ShownColumn("flag_words"),
    ShownColumn("remark"),
    ShownColumn("reason"),
    ShownColumn("upload", "id"),
    ShownColumn("file"),
    ShownColumn("sheet"),
    ShownColumn("cell"),
    ShownColumn("record"),
    ShownColumn("origin", "id"),
    ShownColumn("confirmed_by"),
    ShownColumn("source"),
    ShownColumn("comment"),
)


def shown_columns(rows: pl.DataFrame) -> tuple[ShownColumn, ...]:
    """The columns these rows have: a comparison is judged and ranked, a series over time is not."""
    made = ("flag_words", "record")
    return tuple(column for column in SHOWN_COLUMNS if column.name in rows.columns or column.name in made)


def header_of(name: str, indicator: Indicator | None, language: str) -> str:
    """A column's header; the value's names its unit where one indicator is shown."""
    if name == "value" and indicator is not None:
        return text("exports.columns.value_in", language, unit=text(f"exports.unit.{indicator.unit}", language))
    return text(f"exports.columns.{name}", language)


def shown_table(rows: pl.DataFrame, indicator: Indicator | None, language: str) -> pl.DataFrame:
    """Figures (FIGURE_COLUMNS) under localised headers. Numbers are numbers, as published: per cent 0–100, an index
    0–100, counts, seconds. No value is null, with its reason beside it. `indicator` None: rows of several."""
    worded = in_words(rows, language)
    return worded.select(
        pl.col(column.name).alias(header_of(column.name, indicator, language)) for column in shown_columns(rows)
    )


def formatted_table(rows: pl.DataFrame, indicator: Indicator, language: str) -> pl.DataFrame:
    """The shown table as the screen prints it: every cell a text, numbers rounded to the indicator's decimals with
    their unit (`63,4 %`, `2:31`); a missing value is an en dash, any other missing item blank."""

    def printed(kind: str, cell: float | str | None) -> str:
        if kind == "value":
            return format_value(cell, indicator.unit, indicator.decimals, language)  # type: ignore[arg-type]
        if cell is None:
            return ""
        if kind == "difference":
            return difference_in_words(float(cell), indicator, language)
        if kind == "probability":
            return probability_in_words(float(cell), language)
        if kind == "count":
            return format_number(float(cell), 0, language)
        return format_number(cell, int(cell % 1 != 0), language) if isinstance(cell, float) else str(cell)

    worded = in_words(rows, language)
    cells = {
        header_of(column.name, None, language): [printed(column.kind, cell) for cell in worded[column.name]]
        for column in shown_columns(rows)
    }
    return pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String))


def _remarks(rows: pl.DataFrame, language: str) -> pl.Series:
    told = rows.select("remark", f"remark_{language}").iter_rows()
    return pl.Series("remark", [remark_in_words(effect, words, language) for effect, words in told], dtype=pl.String)


def in_words(rows: pl.DataFrame, language: str) -> pl.DataFrame:
    """The rows (FIGURE_COLUMNS, judged or not) with codes turned into the reader's words, once per distinct code."""

    def worded(name: str, prefix: str) -> pl.Expr:
        codes = [code for code in rows[name].unique() if code]
        words = {code: text(f"{prefix}.{code}", language) for code in codes}
        return pl.col(name).replace_strict(words, default="", return_dtype=pl.String)

    judged = "unassessed" in rows.columns
    flags = {letters: flag_words(letters, language) for letters in rows["flags"].unique() if letters}
    periods = {key: period_label(key, language) for key in rows["period"].unique()}
    typed = rows["base_source"].unique().to_list() if "base_source" in rows.columns else []
    sources = {source: text("exports.typed_base", language, source=source) for source in typed if source}
    # A Riket nobody printed is called what it is.
    names = {one: name_of({"code": NATION, "comment": one}, language) for one in MADE}
    made = pl.col("comment").is_in(MADE)
    return rows.with_columns(
        *([pl.col("base_source").replace_strict(sources, default="", return_dtype=pl.String)] if len(typed) else []),
        *([_remarks(rows, language)] if "remark_sv" in rows.columns else []),
        pl.col("comment").replace_strict(names, default=pl.col("region")).alias("region"),
        pl.when(made).then(pl.lit(text("exports.made_whole", language))).otherwise("comment").alias("comment"),
        worded("evidence", "evidence"),
        worded("reason", "reasons"),
        worded("sex", "sexes"),
        pl.col("confirmed_by").list.eval(pl.element().cast(pl.String)).list.join(", ").fill_null(""),
        *([worded("unassessed", "judgements.reason")] if judged else []),
        *([_verdicts(rows, language)] if judged else []),
        *([_equivalences(language)] if "equivalence" in rows.columns else []),
        pl.col("period").replace_strict(periods, default="", return_dtype=pl.String),
        flag_words=pl.col("flags").replace_strict(flags, default="", return_dtype=pl.String),
        record=_records(rows, language),
    )


def _records(rows: pl.DataFrame, language: str) -> pl.Expr:
    """What names a figure in a JSON answer, which has no cells to count (`KPI U70447, kommun 0025, år 2025, kön T`); ""
    where it stands in a table."""
    known = catalogue()
    kpis = {one: ", ".join(known.indicators[one].publisher_ids.kolada) for one in rows["indicator"].unique()}
    places = {code: known.regions[code].kolada_id for code in rows["code"].unique()}
    parts = text("exports.record", language, **dict.fromkeys(("kpi", "place", "period", "sex"), "\n")).split("\n")
    named = (
        pl.col("indicator").replace_strict(kpis, default="", return_dtype=pl.String),
        pl.col("code").replace_strict(places, default="", return_dtype=pl.String),
        pl.col("period"),
        pl.col("sex"),
    )
    told = pl.concat_str([one for pair in zip(map(pl.lit, parts), (*named, pl.lit("")), strict=True) for one in pair])
    return pl.when(pl.col("cell").str.starts_with("$")).then(told).otherwise(pl.lit(""))


def _verdicts(rows: pl.DataFrame, language: str) -> pl.Series:
    """The judgement in a word, as every chart tells it; nothing for Riket."""
    told = [
        "" if row["code"] == NATION or row["judgement"] is None else told_word(row, language)
        for row in rows.iter_rows(named=True)
    ]
    return pl.Series("judgement", told, dtype=pl.String)


def _equivalences(language: str) -> pl.Expr:
    """`prövad`, `inte visad`, or that the evidence is too thin to test."""
    thin = Z90 * standard_error() >= pl.col("margin")
    words = {key: pl.lit(text(f"reach.equivalence_value.{key}", language)) for key in (TESTED, NOT_SHOWN, "too_thin")}
    untested = pl.when(thin).then(words["too_thin"]).otherwise(words[NOT_SHOWN])
    told = pl.when(pl.col("equivalence") == TESTED).then(words[TESTED]).otherwise(untested)
    return pl.when(pl.col("equivalence").is_not_null()).then(told).otherwise(pl.lit("")).alias("equivalence")


def flag_words(letters: str, language: str) -> str:
    """The meaning of each letter.

    >>> flag_words("ax", "sv")
    'antaget underlag, syntetiska exempeldata'
    """
    return ", ".join(text(f"flags.{letter}", language) for letter in letters)


def number_format(unit: str, decimals: int) -> str:
    """Excel's number format that shows what the screen shows, save the unit, which the header names.

    >>> number_format("percent", 1), number_format("count", 0), number_format("seconds", 0)
    ('0.0', '#,##0', '0')
    """
    whole = "#,##0" if unit == "count" else "0"
    return f"{whole}.{'0' * decimals}" if decimals and unit != "seconds" else whole


def difference_format(unit: str, decimals: int) -> str:
    """The same for a difference: shares differ in percentage points with at least one decimal, as in every sentence.

    >>> difference_format("percent", 0), difference_format("index", 0), difference_format("seconds", 0)
    ('0.0', '0', '0')
    """
    return number_format(unit, max(decimals, 1) if unit == "percent" else decimals)
