"""``foretell`` in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.evidence.table import Evidence
from analysis.studies.foretell.study import ALLOWED, BEYOND, EXPECTED, ends_of, held_out, word_of
from analysis.words.care import CAUTION
from analysis.words.numbers import figures, with_minus
from analysis.words.prose import listed, plural, wrapped

if TYPE_CHECKING:
    from analysis.studies.foretell.study import Foretold

SAID = {
    EXPECTED: "as foretold by", ALLOWED: "not as foretold, but within what the model may be off, under",
    BEYOND: "beyond what is foretold by",
}  # fmt: skip


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
            mark = {ALLOWED: "?", BEYOND: "!"}.get(word_of(one, values[:, k]), " ")
            lines.append(
                f"  {name:<40}{outside:>14} {mark}{account}: {figures(middle)} ({figures(low)} to {figures(high)})"
            )
    said = [wrapped(text, indent="  ", hanging="    ") for text in in_short(found)]
    return with_minus("\n".join([*lines, "", "In short", *said, "", wrapped(CAUTION), ""]))


def in_short(found: Foretold) -> list[str]:
    """What came out as foretold, and what did not."""
    said = []
    for k, one in enumerate(held_out()):
        words: dict[str, list[str]] = {}
        for account, values in found.found.items():
            words.setdefault(word_of(one, values[:, k]), []).append(account)
        for word, accounts in words.items():
            who = "every account" if len(accounts) == len(found.found) else listed(accounts)
            said.append(f"{one.figure}: {SAID[word]} {who}.")
    towns = plural(found.study.settings["towns"], "town")
    weak = "A wide figure is easily met: this is a weak test, and the only one that there is."
    return [*said, f"{plural(found.finished, 'draw')} of each plausible space, in {towns} each. {weak}"]
