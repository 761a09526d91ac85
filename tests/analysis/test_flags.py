import polars as pl
import pytest

from analysis.methods.flags import FLAGS, add_flag, has_flag, with_flag


def flags_after(expression: pl.Expr, given: list[str | None]) -> list[str | None]:
    return pl.DataFrame({"flags": pl.Series(given, dtype=pl.String)}).select(expression).to_series().to_list()


def test_the_letters_are_those_of_the_methods():
    assert "".join(FLAGS) == "abcdemprsuxz"
    assert len(set(FLAGS.values())) == len(FLAGS)


@pytest.mark.parametrize(
    ("given", "letter", "expected"),
    [
        ("", "a", "a"),  # the first flag
        (None, "a", "a"),  # no flags at all
        ("a", "x", "ax"),  # sorted
        ("x", "a", "ax"),  # whatever the order they come in
        ("ax", "x", "ax"),  # once only
        ("xa", "s", "asx"),  # an unsorted string is mended
    ],
)
def test_flags_are_sorted_and_each_letter_stands_once(given, letter, expected):
    assert flags_after(add_flag(pl.col("flags"), letter), [given]) == [expected]


def test_a_flag_is_added_only_where_the_condition_holds():
    condition = pl.Series([True, False, None])
    assert flags_after(with_flag(pl.col("flags"), "u", when=pl.lit(condition)), ["x", "x", "x"]) == ["ux", "x", "x"]


def test_no_flags_hold_no_letter():
    assert flags_after(has_flag(pl.col("flags"), "s"), ["asx", "", None]) == [True, False, False]


@pytest.mark.parametrize(
    "call", [lambda letter: add_flag(pl.col("flags"), letter), lambda letter: has_flag(pl.col("flags"), letter)]
)
def test_an_unknown_letter_is_a_mistake(call):
    with pytest.raises(KeyError):
        call("q")
