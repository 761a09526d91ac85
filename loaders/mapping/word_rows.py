"""Rows that say their own measure: indicator texts as ids, their scales, and bases printed on a line of their own."""

import polars as pl

from loaders.mapping.spec import TableSpec, Word
from loaders.problems import Ignored
from loaders.tables.addresses import cell_range, runs
from loaders.tables.document import Sheet
from loaders.tables.headers import plain
from loaders.tables.scales import in_unit
from models.tables import COUNTS

_KEYS = ("region_name", "region_code", "care_unit", "period", "sex")


def word_key(topic: str, text: str) -> str:
    """The text of an indicator column as `words` has it, after its topic's where there is one."""
    return " | ".join(part for part in (plain(topic), plain(text)) if part)


class WordRows:
    """Sorts a table's figures by what its rows say they are. `named`: the table has an indicator column."""

    def __init__(self, sheet: Sheet, spec: TableSpec, named: bool) -> None:
        self.sheet, self.spec, self.named = sheet, spec, named

    def sort(self, frame: pl.DataFrame) -> tuple[pl.DataFrame, list[Ignored]]:
        """(claims with `value` in the indicator's unit, rows that are left). Words the mapping does not have go on as
        they stand, so that the checks set them aside and say so."""
        if frame.is_empty():
            return frame.drop("_topic", "_scale", strict=False).with_columns(value=pl.col("printed")), []
        if not self.named or not self.spec.words:
            return self._scaled(frame).drop("_topic"), []
        texts = frame.select("_topic", "title").unique(maintain_order=True)
        meant = [self._meant(topic, title) for topic, title in texts.iter_rows()]
        told = texts.with_columns(
            _said=texts["title"],
            _role=pl.Series([word.role for word in meant], dtype=pl.String),
            _word=pl.Series([word.scale for word in meant], dtype=pl.String),
            _id=pl.Series([word.indicator for word in meant], dtype=pl.String),
        )
        frame = frame.join(told, on=["_topic", "title"], how="left", maintain_order="left")
        frame = frame.with_columns(
            title=pl.col("_id"), _scale=pl.when(pl.col("_word") != "as_is").then("_word").otherwise("_scale")
        )
        left = frame.filter(pl.col("_role") == "value", pl.col("_id") == "")
        ignored = self._listed(left)
        frame = self._scaled(frame.filter((pl.col("_role") != "value") | (pl.col("_id") != "")))
        frame, doubled = self._beside(frame)
        return frame.drop("_topic", "_said", "_role", "_word", "_id"), ignored + doubled

    def _meant(self, topic: str, title: str) -> Word:
        return self.spec.words.get(word_key(topic, title)) or Word(indicator=title or "–")

    def _listed(self, left: pl.DataFrame) -> list[Ignored]:
        """Whole rows: all the figures of a row are what its word says."""
        return [
            Ignored(self.sheet.name, cell_range(first, last, 1, self.sheet.width), "mapped_word", {"found": str(text)})
            for (text,), part in left.group_by(["_said"], maintain_order=True)
            for first, last in runs(part["row"])
        ]

    def _scaled(self, frame: pl.DataFrame) -> pl.DataFrame:
        decimal = self.spec.decimal
        distinct = frame.select("printed", "_scale").unique(maintain_order=True)
        values = [in_unit(printed, scale, decimal) for printed, scale in distinct.iter_rows()]
        told = distinct.with_columns(value=pl.Series(values, dtype=pl.String))
        return frame.join(told, on=["printed", "_scale"], how="left", maintain_order="left").drop("_scale")

    def _beside(self, frame: pl.DataFrame) -> tuple[pl.DataFrame, list[Ignored]]:
        """A row `Antal svar` tells every figure of its region, period and sex its base; two such rows tell none."""
        rest, ignored = frame.filter(pl.col("_role") == "value"), []
        for name in COUNTS:
            own = frame.filter(pl.col("_role") == name)
            if own.is_empty():
                continue
            once = own.unique(_KEYS, keep="none").select(*_KEYS, pl.col("value").alias(name))
            ignored += self._listed(own.join(once, on=list(_KEYS), how="anti"))
            rest = rest.drop(name, strict=False).join(once, on=list(_KEYS), how="left", maintain_order="left")
        return rest, ignored
