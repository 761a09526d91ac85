"""Which files the figures came from: who loaded them, when, why, and the digest that proves which file it was."""

from collections.abc import Callable

import polars as pl

from access import shown_actor
from exports.moments import swedish_time
from exports.origins import origins
from exports.sheets import Sheet
from indicators.file_layouts import layout_name
from locales import text
from locales.stored import stored_words
from views.open_data import terms_of

_FACTS = (
    "sha256",
    "size",
    "layout",
    "synthetic",
    "observations",
    "ignored",
    "uploaded_at",
    "uploaded_by",
    "published_at",
    "published_by",
    "note",
)

_WRITTEN = ("uploaded_by", "published_by", "note")
_WORDED = ("layout", "synthetic", "uploaded_at", "published_at", *_WRITTEN)


def sources_sheet(rows: pl.DataFrame, uploads: pl.DataFrame, language: str, base: str = "") -> Sheet:
    """One row per upload behind `rows` (FIGURE_COLUMNS), oldest first, with the facts of `uploads`
    (analysis.uploads_list). `base`: where the pages are, so that a file's name leads to it; "" for nowhere."""
    known = rows.drop_nulls("upload")  # a figure we computed ourselves stands in no file
    used = known.group_by("upload").agg(pl.col("file").first(), figures=pl.len().cast(pl.Int64))
    parts = {one.upload: one.part for one in origins(known, {}, language)}
    part = pl.col("id").replace_strict(parts, default="", return_dtype=pl.String)
    facts = used.rename({"upload": "id"}).sort("id").with_columns(part=part)
    terms = {row["id"]: terms_of(row, language) for row in uploads.to_dicts()}
    yes, no = text("exports.yes", language), text("exports.no", language)
    facts = facts.join(uploads.drop("file"), on="id", how="left", maintain_order="left").select(
        *facts.columns,
        *(name for name in _FACTS if name not in _WORDED),
        *(_in_words(uploads, name, language) for name in ("layout", *_WRITTEN)),
        swedish_time("uploaded_at"),
        swedish_time("published_at"),
        synthetic=pl.when("synthetic").then(pl.lit(yes)).otherwise(pl.lit(no)),
        terms=pl.col("id").replace_strict(terms, default="", return_dtype=pl.String),
    )
    addresses = [f"{base}data?upload={one}" if base else "" for one in facts["id"]]
    facts = facts.select("id", "file", "figures", "part", "terms", *_FACTS)
    frame = facts.rename({name: text(f"exports.sources.{name}", language) for name in facts.columns})
    return Sheet(
        text("exports.sheets.sources", language),
        frame,
        frozen="C2",
        links={text("exports.sources.file", language): addresses},
    )


def _in_words(uploads: pl.DataFrame, name: str, language: str) -> pl.Expr:
    """The kind of file by its name, and what we wrote ourselves, in the reader's language."""
    stored = uploads[name].drop_nulls().unique()
    say: Callable[[str], str] = {
        "layout": lambda each: layout_name(each, language),
        "note": lambda each: stored_words(each, language),
    }.get(name, lambda each: shown_actor(each, language))
    words = {each: say(each) for each in stored}
    return pl.col(name).replace_strict(words, default=None, return_dtype=pl.String)
