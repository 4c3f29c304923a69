"""``calibrate`` in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from analysis.studies.calibrate.account import Calibrated
from analysis.studies.calibrate.compared import BARELY, STRONG
from analysis.studies.calibrate.figures import outside_said
from analysis.studies.calibrate.fit import MISSED, STRAINED, fits_of
from analysis.studies.calibrate.leaving import shares_without
from analysis.words.care import CAUTION
from analysis.words.numbers import fixed, percent, signed, with_minus
from analysis.words.prose import listed, plural, wrapped

if TYPE_CHECKING:
    from analysis.studies.calibrate.study import Calibration

PULLS = -0.3  # log10: both fit at half as many places as by chance
LEAST_TOLD = 0.1  # of the prior's spread, that has gone
SHIFTED, MOST_MOVED = 0.5, 3  # standard deviations that are told of; how many an account
FAR = 0.15  # widths of the prior, between the middles of two methods


def calibration_summary(found: Calibration) -> str:
    """What fits, what does not, how far accounts are told apart, and how far all this can be trusted."""
    parts = [
        "Outside evidence against each account", _table(found), "",
        "In short", *(wrapped(one, indent="  ", hanging="    ") for one in in_short(found)), "",
        "What each figure decides", *(wrapped(one, indent="  ", hanging="    ") for one in decided(found)), "",
        "How far to trust it", *(wrapped(one, indent="  ", hanging="    ") for one in trusted(found)), "",
        wrapped(CAUTION), "",
    ]  # fmt: skip
    return with_minus("\n".join(parts))


def _table(found: Calibration) -> str:
    names = [one.account for one in found.calibrated]
    fits = [list(fits_of(one)) for one in found.calibrated]
    wide = [max(len(name), 6) + 2 for name in names]
    lines = [f"  {'':<38}{'outside':>16}" + "".join(f"{name:>{w}}" for name, w in zip(names, wide, strict=True))]
    for k, target in enumerate(found.calibrated[0].targets):
        cells = [f"{fixed(some[k].lived[1], 2)}{_mark(some[k].word)}" for some in fits]
        row = "".join(f"{cell:>{w}}" for cell, w in zip(cells, wide, strict=True))
        lines.append(f"  {target.name[:38]:<38}{outside_said(target):>16}{row}")
    note = "The middle of what is left standing, lived again. ?: more than 2 standard deviations off, !: more than 3."
    return "\n".join([*lines, wrapped(note, indent="  ")])  # fmt: skip


def _mark(word: str) -> str:
    return {MISSED: "!", STRAINED: "?"}.get(word, " ")


def in_short(found: Calibration) -> list[str]:
    """What fits, which accounts are likelier, of what anything is known."""
    said = []
    for one in found.calibrated:
        missed = [fit.target.name for fit in fits_of(one) if fit.word == MISSED]
        if missed:
            said.append(f"What is left standing of the account {one.account} misses {listed(missed)} by more "
                        "than 3 standard deviations.")  # fmt: skip
    if not said:
        said.append(
            "No figure is missed by more than 3 standard deviations under any account; "
            "wide discrepancies allow for much of that."
        )
    if len(found.compared) > 1:
        said += _accounts_said(found)
    for one in found.calibrated:
        known = [one.priors.names[k] for k in np.argsort(-one.told) if one.told[k] >= LEAST_TOLD]
        kept = percent(one.kept.together, 2 if one.kept.together < 0.01 else 0)
        what = f"most of {listed(known[:5])}" if known else "hardly anything of any parameter"
        said.append(f"{one.account}: {kept} of the prior is not ruled out by any figure. Of {len(one.priors)} "
                    f"parameters the evidence tells something of {len(known)} (a tenth narrower): {what}.")  # fmt: skip
    return said


def _accounts_said(found: Calibration) -> list[str]:
    best, *others = found.compared
    near = [one.account for one in others if best.log10 - one.log10 <= BARELY]
    worse = [one.account for one in others if BARELY < best.log10 - one.log10 <= STRONG]
    far = [one.account for one in others if best.log10 - one.log10 > STRONG]
    said = [f"The account {best.account} foretold the evidence best (share {percent(best.share)} of "
            f"{len(found.compared)} accounts held equally likely before; {percent(best.share_low)} to "
            f"{percent(best.share_high)} with other emulators)."]  # fmt: skip
    if near:
        said.append(f"Hardly worse: {listed(near)} (by less than half a step of ten).")
    if worse:
        said.append(f"Worse, by a factor of three to ten: {listed(worse)}.")
    if far:
        said.append(f"Much worse, by a factor of more than ten: {listed(far)}.")
    said.append(
        "These figures were not made to tell accounts apart: few of them touch what a group does, and those are wide."
    )
    return said


def decided(found: Calibration) -> list[str]:
    """Which figure moves parameters most where it is left out, and what becomes of the accounts."""
    said = ["How far the middle of what is left moves without a figure, in its standard deviations, where it is half "
            "of one or more:"]  # fmt: skip
    for one in found.calibrated:
        moved = [(abs(left.shifts[k]), left, k) for left in one.leaving for k in one.most]
        far = sorted((row for row in moved if row[0] >= SHIFTED), key=lambda row: -row[0])
        named = [f"{one.priors.names[k]} {signed(float(left.shifts[k]), 1)} without '{left.figure}'"
                 for _, left, k in far[:MOST_MOVED]]  # fmt: skip
        if one.leaving:
            said.append(f"{one.account}: {listed(named)}." if named else
                        f"{one.account}: no figure alone moves what is left by half a standard deviation.")  # fmt: skip
    if len(found.calibrated) > 1 and all(one.leaving for one in found.calibrated):
        said.append(_accounts_without(found.calibrated))
    return said


def _accounts_without(some: Sequence[Calibrated]) -> str:
    """Whether the likeliest account stays so."""
    names = [one.account for one in some]
    whole = np.array([one.log_evidence[0] for one in some])
    without = shares_without(np.array([[left.log_evidence for left in one.leaving] for one in some]))
    best = int(whole.argmax())
    others = [(some[0].leaving[j].figure, int(column.argmax())) for j, column in enumerate(without.T)]
    low, high = float(without[best].min()), float(without[best].max())
    share = f"share goes from {percent(low)} to {percent(high)}"
    changed = [f"{names[k]} without {figure}" for figure, k in others if k != best]
    if not changed:
        return f"Whichever figure is left out, the account {names[best]} foretold the others best; its {share}."
    return f"The likeliest account is {names[best]}, and would be {listed(changed)}; the first one's {share}."


def trusted(found: Calibration) -> list[str]:
    """Recovery, agreement of two methods, emulators, what pulls against what."""
    said = []
    for one in found.calibrated:
        levels = ", ".join(
            f"{percent(level)}: {percent(one.recovered.covered_in_all(level))}" for level in (0.5, 0.8, 0.9)
        )
        uneven = int((one.recovered.uneven() < 0.05).sum())
        apart = [agreed.name for agreed in one.agreement if agreed.apart > FAR]
        weak = [part for part in fits_of(one) if part.explained < 0.5]
        said.append(f"{one.account}: known values lie inside their intervals as follows ({levels}; "
                    f"{plural(len(one.recovered.ranks), 'known place')}; ranks uneven (P below 0.05) for {uneven} of "
                    f"{len(one.recovered.parameters)} parameters). {_apart(apart)}{_weak(len(weak))}"
                    f"{_pulled(one)}")  # fmt: skip
    return said


def _apart(names: list[str]) -> str:
    return f"Two methods disagree on {listed(names)}. " if names else "Two methods agree. "


def _weak(many: int) -> str:
    return f"Emulators explain less than half of what parameters do to {plural(many, 'figure')}. " if many else ""


def _pulled(one: Calibrated) -> str:
    found = one.pulls / np.log(10)
    pairs = [(found[a, b], a, b) for a in range(len(found)) for b in range(a)]
    strong = sorted(pair for pair in pairs if pair[0] < PULLS)[:3]
    names = [f"{one.targets[b].name} against {one.targets[a].name}" for _, a, b in strong]
    return (
        f"Figures that pull against each other: {listed(names)}."
        if names
        else "No two figures pull against each other."
    )
