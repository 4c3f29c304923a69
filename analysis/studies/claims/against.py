"""What would count against the model by its own documentation (docs/odd.md, section 1), looked for in every trial."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from analysis.compare.estimate import Estimate
from analysis.compare.outcomes import OUTCOME, OUTCOME_NAMES, POPULATIONS
from analysis.studies.claims.declare import Runs
from analysis.studies.claims.read import effect, effect_share
from analysis.studies.claims.rests import TURNED, Shift
from analysis.words.numbers import interval, number
from analysis.words.prose import listed, plural

GROUP, COMPANY_ALONE, JUDGING, NULL = "groupA", "befriending", "judging", "absent"
BENEFITS = ("isolation", "stigma", "understanding", "coping", "distress", "episodes")
HAPPENS, NOT, UNSURE, NOT_LOOKED = "happens", "does not happen", "cannot be told", "not looked at"
AS_MUCH = 0.9  # of group A's effect: a tenth less is as much
MOST_NAMED = 6


@dataclass(frozen=True)
class Against:
    """One thing that would count against the model.

    Attributes:
        what: in words.
        answer: HAPPENS, NOT, UNSURE or NOT_LOOKED.
        found: what was seen, with figures.
    """

    what: str
    answer: str
    found: str


def against(runs: Runs, shifts: Sequence[Shift], towns: int) -> list[Against]:
    """The list, answered from the runs of a trial.

    Args:
        runs: by arm.
        shifts: what moving one thing at a time did; empty if nothing was moved.
        towns: in how many towns.
    """
    return [*_company_alone(runs), _harmless_judging(runs), _null(runs), _one_value(shifts, towns)]


def _company_alone(runs: Runs) -> Iterator[Against]:
    """Company without shared experience that does as much as the group, outcome by outcome."""
    for outcome in BENEFITS:
        what = f"company without shared experience does as much as group A for {OUTCOME[outcome].label}"
        if not {GROUP, COMPANY_ALONE} <= set(runs):
            yield Against(what, NOT_LOOKED, "befriending and group A were not both lived")
            continue
        good = OUTCOME[outcome].better
        whole = effect(GROUP, outcome)(runs).estimate
        share = effect_share(COMPANY_ALONE, GROUP, outcome)(runs).estimate
        if not whole.known or not share.known or min(whole.low * good, whole.high * good) <= 0:
            yield Against(what, UNSURE, f"group A itself does no clear good: {_said(whole)} {OUTCOME[outcome].unit}")
            continue
        answer = HAPPENS if share.low >= AS_MUCH else NOT if share.high < AS_MUCH else UNSURE
        yield Against(what, answer, f"befriending has {_said(share)} of group A's effect ({number(whole.value)})")


def _harmless_judging(runs: Runs) -> Against:
    """A group that judges, and does no harm to anybody's shame, isolation, distress or episodes."""
    what = "a group that judges does no harm"
    if JUDGING not in runs:
        return Against(what, NOT_LOOKED, "the judging group was not lived")
    found = {name: effect(JUDGING, name)(runs).estimate for name in ("stigma", "isolation", "distress", "episodes")}
    harmed = [name for name, e in found.items() if e.known and e.low > 0]
    spared = [name for name, e in found.items() if e.known and (e.high <= 0 or e.value == 0)]
    figures = "; ".join(f"{OUTCOME[name].label} {_said(e)}" for name, e in found.items())
    return Against(what, NOT if harmed else HAPPENS if len(spared) == len(found) else UNSURE, figures)


def _null(runs: Runs) -> Against:
    """A world without a group that differs from its twin."""
    what = "a null intervention has an effect other than zero"
    if NULL not in runs:
        return Against(what, NOT_LOOKED, "the world without a group was not lived as an arm")
    looks = product(OUTCOME_NAMES, POPULATIONS, runs[NULL].horizon_weeks)
    differing = [look[0] for look in looks if runs[NULL].of(*look)["difference_squared"].any()]
    said = f"{listed(dict.fromkeys(differing))} differ" if differing else "every difference is exactly zero"
    return Against(what, HAPPENS if differing else NOT, said)


def _one_value(shifts: Sequence[Shift], towns: int) -> Against:
    """Verdicts that rest on one value of one assumed parameter."""
    what = "a result rests on one value of one assumed parameter"
    if not shifts:
        return Against(what, NOT_LOOKED, "ask for it with --rests")
    turned = [shift for shift in shifts if shift.what == TURNED and not shift.move.switch]
    claims = list(dict.fromkeys(shift.claim.id for shift in turned))
    names = list(dict.fromkeys(shift.move.name for shift in turned))
    if not turned:
        return Against(what, NOT, f"no parameter moved alone turns a verdict over, in {plural(towns, 'town')}")
    some = f"{', '.join(names[:MOST_NAMED])}{' and others' if len(names) > MOST_NAMED else ''}"
    return Against(what, HAPPENS, f"{listed(claims)} turn over with {some}")


def _said(estimate: Estimate) -> str:
    return interval(estimate.value, estimate.low, estimate.high)
