"""The screening report and what a file would change, as a workbook to send to whoever made the file."""

import polars as pl

from analysis import Preview
from exports.book import made_book
from exports.cover import made
from exports.records import changed_records_table, record_counts_table
from exports.sheets import Sheet
from indicators import catalogue, period_label
from locales import text
from locales.numbers import format_number


def screening_workbook(report: pl.DataFrame, preview: Preview | None, *, file: str, language: str) -> bytes:
    """`report`: the screening report's rows under the names of `upload_desk.columns`; `preview` where the file can be
    published. Sheets: cover, problems; where there are figures, changed figures and the judgements and ranks that turn;
    where there are records, their counts and the changed ones."""
    heading = text("upload_desk.report_title", language)
    lines = [
        (text("upload_desk.columns.file", language), file),
        (text("upload_desk.columns.problems", language), report.height),
        *made(None, None, "", language),
    ]
    problems = Sheet(text("upload_desk.sheets.problems", language), named(report, language), wrapped=True)
    tables = _changes(preview, language) if preview else {}
    changes = [Sheet(text(name, language), table) for name, table in tables.items()]
    return made_book(heading, lines, [problems, *changes], language)


def _changes(preview: Preview, language: str) -> dict[str, pl.DataFrame]:
    """Sheet's name (its text's key) → what the file would change."""
    sheets = {}
    if preview.figures.height or preview.records.counts.is_empty():
        sheets["upload_desk.sheets.changed"] = changed_table(preview.changed(), language)
        sheets["upload_desk.sheets.turns"] = turns_table(preview.turns, language)
    if preview.records.counts.height:
        sheets["record_words.sheets.counts"] = record_counts_table(preview.records, language)
        sheets["record_words.sheets.changed"] = changed_records_table(preview.records.changed, language)
    return sheets


def named(frame: pl.DataFrame, language: str) -> pl.DataFrame:
    """The frame under the reader's names of its columns."""
    return frame.rename({name: text(f"upload_desk.columns.{name}", language) for name in frame.columns})


def _in_words(frame: pl.DataFrame, language: str) -> pl.DataFrame:
    known = catalogue().indicators
    titles = {id_: known[id_].title.in_language(language) for id_ in frame["indicator"].unique()}
    periods = {key: period_label(key, language) for key in frame["period"].unique()}
    return frame.with_columns(
        pl.col("indicator").replace_strict(titles, return_dtype=pl.String),
        pl.col("period").replace_strict(periods, return_dtype=pl.String),
    )


def counts_table(preview: Preview, language: str) -> pl.DataFrame:
    """New, same, changed, gone and not in the file, per indicator and period; numbers are numbers."""
    return named(_in_words(preview.counts(), language), language)


def changed_table(changed: pl.DataFrame, language: str) -> pl.DataFrame:
    """The figures that would be another, old → new with the difference in the indicator's unit."""
    sexes = {sex: text(f"sexes.{sex}", language) for sex in changed["sex"].unique()}
    reasons = {
        reason: text(f"reasons.{reason}", language) if reason else ""
        for reason in {*changed["old_reason"], *changed["new_reason"]}
    }
    told = _in_words(changed, language).with_columns(
        pl.col("sex").replace_strict(sexes, return_dtype=pl.String),
        pl.col("old_reason", "new_reason").replace_strict(reasons, return_dtype=pl.String),
    )
    return named(
        told.select(
            "indicator",
            "region",
            "period",
            "sex",
            pl.col("old").alias("before"),
            pl.col("new").alias("after"),
            "difference",
            "old_reason",
            "new_reason",
            "old_file",
            "sheet",
            "cell",
        ),
        language,
    )


def turns_table(turns: pl.DataFrame, language: str) -> pl.DataFrame:
    """The regions whose judgement or rank would be another."""
    words = {
        word: text(f"judgements.short.{word}", language)
        for word in {*turns["judgement_before"], *turns["judgement_after"]} - {None}
    }
    judged = pl.col("judgement_before", "judgement_after").replace_strict(words, default="", return_dtype=pl.String)
    return named(_in_words(turns.drop("code"), language).with_columns(judged), language)


def printed_changes(changed: pl.DataFrame, language: str) -> pl.DataFrame:
    """Changed figures with their values as text, in the indicator's decimals, a sign on the difference."""
    known = catalogue().indicators
    decimals = [known[id_].decimals for id_ in changed["indicator"]]

    def printed(name: str, sign: str) -> pl.Series:
        values = zip(changed[name], decimals, strict=True)
        told = ["–" if value is None else _signed(value, places, language, sign) for value, places in values]
        return pl.Series(name, told, dtype=pl.String)

    return changed.with_columns(printed("old", ""), printed("new", ""), printed("difference", "+"))


def _signed(value: float, decimals: int, language: str, sign: str) -> str:
    shown = format_number(value, decimals, language)
    return f"{sign}{shown}" if value > 0 else shown
