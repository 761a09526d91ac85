"""Why is a figure marked? The observation flags of SDMX/Eurostat, one letter each, kept apart (methods.md §7).

Flags are stored as a string of letters in alphabetical order without repeats: "ax" is an assumed base in synthetic
data.
Source: SDMX code list CL_OBS_STATUS as used by Eurostat, with `a`, `m`, `s`, `x` of our own (`r`, revised, is SDMX's).
"""

from typing import Final

import polars as pl

# Letter → the meaning's name; the words a reader sees are in locales/.
FLAGS: Final = {
    "a": "assumed_base",
    "b": "break",
    "c": "confidential",
    "d": "definition_differs",
    "e": "estimated",
    "m": "missing",
    "p": "provisional",
    "r": "revised",
    "s": "suppressed",
    "u": "low_reliability",
    "x": "synthetic",
    "z": "not_applicable",
}


def add_flag(flags: pl.Expr, letter: str) -> pl.Expr:
    """The flags with one letter more, sorted, each letter once; no flags (null) count as an empty string.

    Errors: KeyError when the letter is not one of `FLAGS`.

    >>> pl.DataFrame({"flags": ["ax", "s", None]}).select(add_flag(pl.col("flags"), "s"))["flags"].to_list()
    ['asx', 's', 's']
    """
    _known(letter)
    return (flags.fill_null("") + letter).str.split("").list.unique().list.sort().list.join("")


def with_flag(flags: pl.Expr, letter: str, *, when: pl.Expr) -> pl.Expr:
    """The flags, with one letter more where `when` holds (null counts as not).

    >>> frame = pl.DataFrame({"flags": ["a", ""], "young": [True, None]})
    >>> frame.select(with_flag(pl.col("flags"), "x", when=pl.col("young")))["flags"].to_list()
    ['ax', '']
    """
    return pl.when(when.fill_null(False)).then(add_flag(flags, letter)).otherwise(flags)


def has_flag(flags: pl.Expr, letter: str) -> pl.Expr:
    """Whether the flags hold the letter (never null: no flags hold no letter).

    Errors: KeyError when the letter is not one of `FLAGS`.

    >>> pl.DataFrame({"flags": ["ax", "s", None]}).select(has_flag(pl.col("flags"), "s"))["flags"].to_list()
    [False, True, False]
    """
    _known(letter)
    return flags.fill_null("").str.contains(letter, literal=True)


def any_synthetic(rows: pl.DataFrame) -> bool:
    """Whether a figure (column `flags`) among these is made up for examples.

    >>> any_synthetic(pl.DataFrame({"flags": ["a", "ax"]})), any_synthetic(pl.DataFrame({"flags": ["a", ""]}))
    (True, False)
    """
    return bool(rows.select(has_flag(pl.col("flags"), "x").any()).item())


def _known(letter: str) -> None:
    if letter not in FLAGS:
        raise KeyError(letter)
