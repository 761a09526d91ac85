"""Can the figure be true? Every number read, its range, its interval, its counts and its scale."""

from typing import Any, Final

import polars as pl

from indicators import tidy_name
from loaders.checks.context import Findings, looked_up
from loaders.problems import WARNING
from loaders.tables.numbers import LARGEST, THOUSANDS, lost_digits, parse_number, parse_value
from models.tables import COUNTS, LIMITS

SECONDARY: Final = (*COUNTS, *LIMITS)
_NOT_GIVEN: Final = frozenset({"", "-", "–", ".", "..", "unk", "msk", "inv", "saknas", "uppgift saknas"})
# The common case is settled by polars; what it does not match goes, once per distinct text, to checks.numbers.
_SIMPLE: Final = r"^-?[0-9]{1,15}(?:[.,][0-9]{1,12})?$"
_FAULTS: Final = {  # what parse_value says → (rule, variant, column whose text was found)
    "not_a_number": ("not_a_number", "", "value"),
    "thousands_sign": ("not_whole", "thousands_sign", "value"),
    "hours_minutes": ("not_a_number", "hours_minutes", "value"),
    "shown_differs": ("not_a_number", "shown_differs", "value"),
    "unit_mismatch": ("unit_mismatch", "unit_mismatch_value", "value"),
    "empty_value": ("empty_value", "", "value"),
    "unknown_status": ("unknown_status", "", "status"),
}
_ZEROS_ARE_UNPUBLISHED: Final = "vardenisiffror"
_DIFFERENCE: Final = 1e-9


def _simple(name: str) -> pl.Expr:
    text = pl.col(name)
    return pl.when(text.str.contains(_SIMPLE)).then(text.str.replace(",", ".", literal=True)).cast(pl.Float64)


def read_values(frame: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """Claims with value (float), reason, flags and printed (the cell's text)."""
    signs = findings.signs

    def judge(printed: str, status: str, unit: str) -> tuple[Any, ...]:
        word = tidy_name(status) or tidy_name(printed)
        if word in signs:
            return (None, *signs[word], "")
        if status:
            return None, "", "", "unknown_status"
        if not printed:
            return None, "", "", "empty_value"
        number, fault = parse_value(printed, unit)
        return number, "", "", fault

    frame = frame.with_columns(_simple("value").alias("number"))
    ambiguous = (pl.col("of_unit") == "count") & pl.col("value").str.contains(THOUSANDS)
    plain = pl.col("number").is_not_null() & (pl.col("status") == "") & (pl.col("number").abs() <= LARGEST)
    easy = frame.select(plain & ~ambiguous).to_series()
    frame = frame.with_columns(easy.alias("easy"))
    schema = {"read": pl.Float64, "reason": pl.String, "flags": pl.String, "fault": pl.String}
    blank = pl.lit("")
    if easy.all():
        frame = frame.with_columns(read=None, reason=blank, flags=blank, fault=blank)
    else:
        # Simple numbers share one empty text here, so that only the odd ones are looked up.
        odd = pl.when("easy").then(blank).otherwise(pl.col("value")).alias("odd")
        frame = looked_up(frame.with_columns(odd), ["odd", "status", "of_unit"], judge, schema).drop("odd")
        clear = {name: pl.when("easy").then(blank).otherwise(pl.col(name)) for name in ("reason", "flags", "fault")}
        frame = frame.with_columns(**clear)
    for fault, (rule, variant, found) in _FAULTS.items():
        faulty = frame.filter(pl.col("fault") == fault)
        findings.rows(faulty, rule, "value", found, variant=variant, values={"unit": "of_unit"})
    _tell_lost_digits(frame.filter(~pl.col("easy")), "value", findings)
    value = pl.when("easy").then(pl.col("number")).otherwise(pl.col("read"))
    frame = frame.drop("value") if "printed" in frame.columns else frame.rename({"value": "printed"})
    return frame.with_columns(value=value).drop("number", "easy", "read", "status")


def _tell_lost_digits(odd: pl.DataFrame, name: str, findings: Findings) -> None:
    """One warning for all figures of a field that a program has written as a power of ten."""
    printed = odd[name]
    lost = [text for text in printed.unique() if lost_digits(str(text or ""))]
    if lost:
        findings.together(odd.filter(printed.is_in(lost)), "digits_lost", name, WARNING)


def read_secondary(frame: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """Claims with numerator, denominator, base_n and interval as numbers; signs and blanks are null.

    `0` and `0` (or `0` of nothing) mean that the publisher does not publish the counts (domain §4A), never zero.
    """
    for name in SECONDARY:
        if name not in frame.columns:
            frame = frame.with_columns(pl.lit(None, pl.Float64).alias(name))
            continue
        frame = frame.with_columns(_simple(name).alias("number"))
        if name in COUNTS:
            ambiguous = frame[name].str.contains(THOUSANDS).fill_null(False)
            findings.rows(frame.filter(ambiguous), "not_whole", name, variant="thousands_sign")
        odd = frame.filter(pl.col("number").is_null(), pl.col(name) != "")
        if odd.height:
            limit = name not in COUNTS

            def judge(text: str, unit: str, limit: bool = limit) -> tuple[float | None, bool]:
                # A limit of an interval is printed like its value: 60 %, 2:31.
                number = parse_value(text, unit)[0] if limit else parse_number(text)
                return number, number is None and tidy_name(text) not in _NOT_GIVEN

            frame = looked_up(frame, [name, "of_unit"], judge, {"read": pl.Float64, "bad": pl.Boolean})
            findings.rows(frame.filter("bad"), "not_a_number", name)
            _tell_lost_digits(odd, name, findings)
            frame = frame.with_columns(pl.coalesce("number", "read").alias("number")).drop("read", "bad")
        if name in COUNTS and ambiguous.any():
            frame = frame.with_columns(pl.when(~ambiguous).then("number").alias("number"))
        frame = frame.drop(name).rename({"number": name})
    nothing = ((pl.col("denominator") == 0) & (pl.col("numerator").fill_null(0) == 0)).fill_null(False)
    frame = _without_shares_of_none(frame, nothing | (pl.col("base_n") == 0).fill_null(False), findings)
    counts = {name: pl.when(nothing).then(None).otherwise(name) for name in ("numerator", "denominator")}
    frame = frame.with_columns(**counts)
    survey = pl.col("of_data") == "survey"
    base = pl.when(survey).then(pl.coalesce("base_n", "denominator")).otherwise("base_n")
    return frame.with_columns(base_n=base)


def _without_shares_of_none(frame: pl.DataFrame, nothing: pl.Expr, findings: Findings) -> pl.DataFrame:
    """`0 %` of nobody is no share: such figures have no value, and say why. (Vården i siffror writes 0 and 0 for counts
    that it does not publish, beside real shares.)"""
    if findings.publisher == _ZEROS_ARE_UNPUBLISHED:
        return frame
    of_none = frame.select(nothing & (pl.col("of_unit") == "percent") & (pl.col("value") == 0)).to_series()
    if not of_none.any():
        return frame
    findings.set_aside_cells(frame.filter(of_none), "value", "share_of_none")
    without = {name: pl.when(of_none).then(None).otherwise(name).alias(name) for name in ("value", "ci_low", "ci_high")}
    said = {"reason": "not_applicable", "flags": "z"}
    told = {name: pl.when(of_none).then(pl.lit(word)).otherwise(name).alias(name) for name, word in said.items()}
    return frame.with_columns(*without.values(), *told.values())


def check_ranges(frame: pl.DataFrame, findings: Findings) -> None:
    """Per cent and index lie in 0–100, counts and seconds are not negative, counts and numbers of answers are whole."""
    bounded = pl.col("of_unit").is_in(["percent", "index"])
    outside = (pl.col("value") < 0) | (bounded & (pl.col("value") > 100))
    for unit in ("percent", "index", "count", "seconds"):
        part = frame.filter(outside, pl.col("of_unit") == unit)
        findings.rows(part, "out_of_range", "value", "printed", variant=f"out_of_range_{unit}")
    fraction = (pl.col("of_unit") == "count") & (pl.col("value") != pl.col("value").floor())
    findings.rows(frame.filter(fraction), "not_whole", "value", "printed")
    # A survey's base is its denominator over again: told once, where it stands. (A weighted denominator has decimals.)
    own_base = pl.col("base_n").ne_missing(pl.col("denominator"))
    answers = frame.filter(pl.col("base_n") > 0, pl.col("base_n") != pl.col("base_n").floor(), own_base)
    findings.rows(answers, "not_whole", "base_n")
    for name in COUNTS:
        own = pl.lit(True) if name != "base_n" else own_base
        findings.rows(frame.filter(pl.col(name) < 0, own), "out_of_range", name, name, variant="out_of_range_count")


def check_intervals(frame: pl.DataFrame, findings: Findings) -> None:
    """Lower ≤ value ≤ upper, as published; one limit alone is no interval."""
    low, high, value = pl.col("ci_low"), pl.col("ci_high"), pl.col("value")
    half = low.is_null() != high.is_null()
    wrong = (low > high) | (value < low - _DIFFERENCE) | (value > high + _DIFFERENCE)
    limits = {f"{name}_told": _told(name).fill_null("?") for name in ("ci_low", "ci_high")}
    faulty = frame.filter(half | wrong.fill_null(False)).with_columns(**limits)
    faulty = faulty.with_columns(shown=pl.concat_str("ci_low_told", pl.lit("–"), "ci_high_told"))
    told = {"value": "printed", "low": "ci_low_told", "high": "ci_high_told"}
    findings.rows(faulty, "interval", "ci_low", "shown", values=told)


def check_shares(frame: pl.DataFrame, findings: Findings) -> None:
    """The numerator of a share is part of its denominator, and stands beside one: alone, in a file that somebody has
    made, it is the decimals of a value that a comma has parted (`61,2` in two cells)."""
    more = (pl.col("of_unit") == "percent") & (pl.col("numerator") > pl.col("denominator"))
    shown = pl.concat_str(_told("numerator"), pl.lit(" / "), _told("denominator"))
    part = frame.filter(more.fill_null(False)).with_columns(shown=shown)
    told = {name: name for name in ("numerator", "denominator")}
    findings.rows(part, "numerator_above_denominator", "numerator", "shown", values=told)
    if not findings.publisher:
        alone = pl.col("numerator").is_not_null() & pl.col("denominator").is_null() & pl.col("base_n").is_null()
        findings.rows(frame.filter(alone), "numerator_alone", "numerator", values={"value": "printed"})


def _told(name: str) -> pl.Expr:
    """A number as text, a whole one without the `.0` of a float."""
    return pl.col(name).cast(pl.String).str.strip_suffix(".0")
