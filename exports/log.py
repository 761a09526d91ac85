"""The audit log as a table for people, as a workbook and as CSV: the same rows, moments in UTC as they were sealed."""

from collections.abc import Mapping

import polars as pl

from access import shown_actor
from exports.book import made_book
from exports.csvs import csv_table
from exports.sheets import Sheet
from locales import has_text, text

_COLUMNS = ("id", "at", "actor", "action", "subject", "before", "after", "reason", "hash")


def log_table(events: pl.DataFrame, *, language: str, names: Mapping[str, str]) -> pl.DataFrame:
    """Events (columns of access.log.SCHEMA) under localised headers, actors and actions in words."""
    actors = {key: shown_actor(key, language, names) for key in events["actor"].unique()}
    actions = {key: action_in_words(key, language) for key in events["action"].unique()}
    worded = events.with_columns(
        pl.col("actor").replace_strict(actors, default="", return_dtype=pl.String),
        pl.col("action").replace_strict(actions, default="", return_dtype=pl.String),
    )
    return worded.select(pl.col(name).alias(text(f"accounts.log.{name}", language)) for name in _COLUMNS)


def action_in_words(action: str, language: str) -> str:
    """What was done, in the reader's words; an action without words as it is stored.

    >>> action_in_words("user.created", "sv"), action_in_words("something.new", "sv")
    ('konto skapat', 'something.new')
    """
    key = f"accounts.actions.{action}"
    return text(key, language) if has_text(key, language) else action


def log_csv(events: pl.DataFrame, *, language: str, names: Mapping[str, str]) -> bytes:
    return csv_table(log_table(events, language=language, names=names), language)


def log_workbook(events: pl.DataFrame, *, language: str, names: Mapping[str, str]) -> bytes:
    """One sheet, a row per event."""
    table = log_table(events, language=language, names=names)
    sheet = Sheet(text("accounts.log.sheet", language), table, named=True)
    return made_book(text("pages.log.title", language), [], [sheet], language)
