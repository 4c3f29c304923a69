"""Numbers for people: one minus sign, one dash where there is no number, one way for each kind of figure.

Every function takes None or NaN for "there is none" and gives a dash.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any, TypeGuard

from sim.relations import WEEKS_IN_YEAR

MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
THIN_SPACE = "\N{NARROW NO-BREAK SPACE}"
MOST_DECIMALS = 8
TINY = 1e-6  # what is smaller is written with a power of ten

_NEGATIVE = re.compile(r"(?<![\w.)\]-])-(?=[.\d])")


def with_minus(text: str) -> str:
    """Text that was made for a table or an option, with a true minus sign before each negative number."""
    return _NEGATIVE.sub(MINUS, text)


def with_plus(text: str) -> str:
    """A number that was written by one of these, with a plus sign if it is above zero: a change."""
    return f"+{text}" if text[:1].isdigit() and text.strip("0.") else text


def fixed(value: float | None, decimals: int = 2) -> str:
    """A number with so many decimals: "0.30"; one that rounds to nothing has no sign."""
    if not _is_there(value):
        return DASH
    text = f"{value:.{decimals}f}"
    return text.removeprefix("-") if float(text) == 0 else text.replace("-", MINUS)


def signed(value: float | None, decimals: int = 2) -> str:
    """A change, with its sign: "+0.30"; no change has none: "0.00"."""
    return with_plus(fixed(value, decimals))


def number(value: float | None, decimals: int | None = None) -> str:
    """A number with as many decimals as ``decimals_for`` says; what rounds to nothing is "0"."""
    if not _is_there(value):
        return DASH
    text = fixed(value, decimals_for(value) if decimals is None else decimals)
    return "0" if not text.strip("0.") else text


def decimals_for(*values: float | None) -> int:
    """Decimals that show the largest of some numbers with two digits, and numbers near one with two decimals."""
    known = [abs(value) for value in values if _is_there(value) and value != 0]
    if not known or max(known) >= 100:
        return 0
    return min(MOST_DECIMALS, max(2 if max(known) < 10 else 1, 1 - math.floor(math.log10(max(known)))))


def figures(value: float | None, digits: int = 2) -> str:
    """A number rounded to so many digits that count: "0.0032", "1.5", "45", "120 000"; "1.6e-12" if it is tiny."""
    if not _is_there(value):
        return DASH
    if value == 0:
        return "0"
    rounded = float(f"{value:.{digits - 1}e}")
    if abs(rounded) < TINY:
        return f"{rounded:.{digits - 1}e}".replace("-", MINUS)
    decimals = max(digits - 1 - math.floor(math.log10(abs(rounded))), 0)
    return f"{rounded:,.{decimals}f}".replace("-", MINUS).replace(",", THIN_SPACE)


def interval(
    value: float | None, low: float | None, high: float | None, form: Callable[[float | None], str] | None = None
) -> str:
    """A number with the ends of its interval: "0.32 (0.28 to 0.36)", "0.32 (no interval)".

    Args:
        value: the number.
        low: the lower end.
        high: the upper end.
        form: how each is written, such as ``signed``; by default all three with the decimals that suit the largest.
    """
    if not (_is_there(low) and _is_there(high)):
        return f"{(form or number)(value)} (no interval)"
    if form is None:
        shown = decimals_for(value, low, high)
        return f"{number(value, shown)} ({number(low, shown)} to {number(high, shown)})"
    return f"{form(value)} ({form(low)} to {form(high)})"


def percent(share: float | None, decimals: int = 0) -> str:
    """A share as a percentage: "26 %"."""
    return f"{fixed(100 * share, decimals)} %" if _is_there(share) else DASH


def count(value: float | None) -> str:
    """A count, with thin spaces between thousands: "1 234 567"."""
    return f"{value:,.0f}".replace("-", MINUS).replace(",", THIN_SPACE) if _is_there(value) else DASH


def probability(p: float | None) -> str:
    """A P value: "0.012", "<0.001"; nothing where there is none."""
    return "" if not _is_there(p) else "<0.001" if p < 0.001 else f"{p:.3f}"


def setting(value: Any) -> str:
    """The value of a parameter: "yes", "0.25", "1, 4"."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(setting, value))
    return (f"{value:.10g}" if isinstance(value, float) else str(value)).replace("-", MINUS)


def span(weeks: float) -> str:
    """A time in words: "1 week", "60 weeks", "2 years", "1.5 years"; from two years on, to a tenth of a year."""
    years = weeks / WEEKS_IN_YEAR
    if years < 1 or (years < 2 and not (2 * years).is_integer()):
        return f"{weeks:.0f} week{'' if weeks == 1 else 's'}"
    return f"{round(years, 1):g} year{'' if years == 1 else 's'}"


def size(count_of_bytes: float) -> str:
    """Bytes in words: "17 bytes", "1.2 kB", "57 MB"."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if count_of_bytes < 1000 or unit == "GB":
            whole = unit == "bytes" or count_of_bytes >= 100
            return f"{count_of_bytes:.0f} {unit}" if whole else f"{count_of_bytes:.1f} {unit}"
        count_of_bytes /= 1000
    raise AssertionError


def duration(seconds: float) -> str:
    """Seconds in words: "61 s", "10 min", "2.0 h", "3.5 days"."""
    if seconds < 90:
        return f"{max(seconds, 1):.0f} s"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h" if seconds < 48 * 3600 else f"{seconds / 86400:.1f} days"


def _is_there(value: float | None) -> TypeGuard[float]:
    return value is not None and math.isfinite(value)
