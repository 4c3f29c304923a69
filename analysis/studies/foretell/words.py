"""``foretell`` in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.evidence.table import Evidence
from analysis.studies.foretell.study import BEYOND, ends_of, held_out, word_of
from analysis.words.care import CAUTION
from analysis.words.numbers import figures, with_minus
from analysis.words.prose import listed, plural, wrapped

if TYPE_CHECKING:
    from analysis.studies.foretell.study import Foretold


def outside_of(one: Evidence) -> str:
    """An outside figure, short."""
    if one.low == one.high and one.low is not None:
        return figures(one.low)
    if one.high is None:
        return f"{figures(one.low)} or more"
    return f"{figures(one.high)} or less" if one.low is None else f"{figures(one.low)} to {figures(one.high)}"


def foretold_summary(found: Foretold) -> str:
    """Every figure under every account, and what it comes to."""
    lines = [
        "Foretold, and found outside",
        f"  {'figure':<40}{'outside':>14}  account: 50 % (5 to 95 %) of the plausible space",
    ]
    for k, one in enumerate(held_out()):
        for n, (account, values) in enumerate(found.found.items()):
            low, middle, high = ends_of(values[:, k])
            name, outside = (one.figure[:40], outside_of(one)) if not n else ("", "")
            mark = "!" if word_of(one, values[:, k]) == BEYOND else " "
            lines.append(
                f"  {name:<40}{outside:>14} {mark}{account}: {figures(middle)} ({figures(low)} to {figures(high)})"
            )
    said = [wrapped(text, indent="  ", hanging="    ") for text in in_short(found)]
    return with_minus("\n".join([*lines, "", "In short", *said, "", wrapped(CAUTION), ""]))


def in_short(found: Foretold) -> list[str]:
    """What came out as foretold, and what did not."""
    said = []
    for k, one in enumerate(held_out()):
        beyond = [account for account, values in found.found.items() if word_of(one, values[:, k]) == BEYOND]
        if not beyond:
            said.append(f"{one.figure}: as every account leads one to expect, given how far it may be off.")
        elif len(beyond) == len(found.found):
            said.append(f"{one.figure}: beyond what any account leads one to expect.")
        else:
            said.append(f"{one.figure}: beyond what {listed(beyond)} lead one to expect; as the others do.")
    towns = plural(found.study.settings["towns"], "town")
    weak = "A wide figure is easily met: this is a weak test, and the only one that there is."
    return [*said, f"{plural(found.finished, 'draw')} of each plausible space, in {towns} each. {weak}"]
