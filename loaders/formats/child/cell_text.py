"""A number → its text, exactly."""

from decimal import Decimal


def number_text(number: float) -> str:
    """Fifteen significant digits, as Excel shows: 0.8100000000000001 is 0.81, 5.0 is 5.

    >>> number_text(0.8100000000000001), number_text(5.0), number_text(1e20), number_text(-0.0)
    ('0.81', '5', '100000000000000000000', '0')
    """
    short = format(number, ".15g")
    if "e" not in short and short != "-0":
        return short
    exact = Decimal(short).normalize()
    return format(exact, "f") if exact else "0"
