"""The trial: live what the claims need, once, read it, and reach a verdict on each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from analysis.compare.arms import Arm, seeds_of
from analysis.compare.comparison import HORIZON_YEARS, Paired, Progress, life_of, live_panels, worlds_of
from analysis.compare.estimate import LEVEL, holm
from analysis.compare.paired import horizon_rows, pair
from analysis.results.study import Study
from analysis.studies.claims.arms import MAIN, MAIN_WEEKS, arms_for
from analysis.studies.claims.declare import Claim, Reading, Runs, Verdict, judge
from analysis.studies.claims.index import CLAIMS
from analysis.studies.claims.lived import PairedWithLooks
from analysis.studies.claims.looks import look
from analysis.studies.claims.words import sentence
from sim.relations import WEEKS_IN_YEAR

READ_TOGETHER = ("emergent", "rival", "held out")


@dataclass
class Trial:
    """Claims tried.

    Attributes:
        verdicts: in the order of the paper.
        runs: every arm that was lived, paired with its twin, by name.
        study: what was asked for; becomes record.json.
    """

    verdicts: list[Verdict]
    runs: dict[str, Paired]
    study: Study

    @property
    def record(self) -> dict[str, Any]:
        """Arms with every parameter, seeds, versions, source: what record.json says."""
        content: dict[str, Any] = json.loads(self.study.as_json())
        return content


def study_of(
    claims: Sequence[Claim] | None, runs: int, seed: int, settings: Mapping[str, Any] | None = None
) -> tuple[Study, list[Claim]]:
    """What is to be lived for some claims.

    Args:
        claims: which; all of them if None.
        runs: how many towns.
        seed: of the first.
        settings: parameters changed in every arm.

    Returns:
        The study, with the arms the claims need, each as long as it is needed; and the claims.
    """
    wanted = list(CLAIMS.values()) if claims is None else list(claims)
    whole = len(wanted) == len(CLAIMS)
    weeks = dict.fromkeys(MAIN, MAIN_WEEKS) if whole else {}
    for claim in wanted:
        for name in claim.needs:
            weeks[name] = max(weeks.get(name, 0), claim.weeks)
    arms = arms_for(weeks, settings)
    told = {"claims": [claim.id for claim in wanted], "changed_in_every_arm": dict(settings or {})}
    return Study("trial of claims", arms, seed, runs, told), wanted


def try_claims(
    runs: int,
    seed: int = 1,
    claims: Sequence[Claim] | None = None,
    progress: Progress | None = None,
    *,
    settings: Mapping[str, Any] | None = None,
    threads: int | None = None,
) -> Trial:
    """Live what some claims need and try them.

    Args:
        runs: how many towns.
        seed: of the first; then one by one.
        claims: which; all of them if None.
        progress: called with (lives lived, lives in all).
        settings: parameters changed in every arm, such as ``{"ties.isolation_per_tie": 0.0}``.
        threads: as for ``sim.ensemble.in_order``.

    Returns:
        The trial. Stopped with Ctrl-C, it rests on the runs that were finished, if there are any.
    """
    study, wanted = study_of(claims, runs, seed, settings)
    found = live(study.arms, seeds_of(seed, runs), progress=progress, threads=threads)
    study.finished = min(lived.runs for lived in found.values())
    return Trial(verdicts_on(wanted, found), dict(found), study)


def live(
    arms: Sequence[Arm], seeds: Iterable[int], *, progress: Progress | None = None, threads: int | None = None
) -> dict[str, PairedWithLooks]:
    """Live all arms and their twins, each world once, and keep what claims look at.

    As ``analysis.compare.comparison.compare``, but each arm may be lived for a time of its own: a longer life begins
    with the shorter one, so that two arms can be compared at any time that both have reached.
    """
    weeks = [years * WEEKS_IN_YEAR for years in HORIZON_YEARS]
    found = {arm.name: PairedWithLooks(arm, horizon_rows(weeks, arm.values["run.weeks"])) for arm in arms}
    lived = live_panels(arms, seeds, threads=threads, progress=progress)
    try:
        for seed, panels in lived:
            done = []
            for arm in arms:
                life, twin = life_of(arm, panels), life_of(arm.twin, panels)
                done.append((arm.name, pair(life, twin, found[arm.name].rows), look(life, twin)))
            for name, paired, looks in done:
                found[name].add(seed, paired)
                found[name].looks.append(looks)
    except KeyboardInterrupt:
        lived.close()
        complete = min(len(one.looks) for one in found.values())
        if not complete:
            raise
        for one in found.values():  # stopped between two arms of a run: leave out what not every arm has
            one.cut(complete)
    return found


def lives_needed(arms: Sequence[Arm], runs: int) -> int:
    """How many lives a trial takes, twins included."""
    return runs * len(worlds_of(arms))


def verdicts_on(claims: Sequence[Claim], runs: Runs) -> list[Verdict]:
    """A verdict on each claim, and beside it P values corrected for how many are read together."""
    tried = []
    for claim in claims:
        some = {name: runs[name] for name in claim.needs}
        word, readings = judge(claim, some)
        tried.append((claim, word, readings, min(paired.runs for paired in some.values())))
    p = np.array([p_of(readings) if claim.kind in READ_TOGETHER else np.nan for claim, _, readings, _ in tried])
    corrected = holm(p)
    return [
        Verdict(claim, word, readings, sentence(claim, word, readings), count, float(p[k]), float(corrected[k]))
        for k, (claim, word, readings, count) in enumerate(tried)
    ]


def p_of(readings: Sequence[Reading]) -> float:
    """Of being so far on the claim's side if the truth lay on the threshold: the largest over all that decides."""
    each = [_p_of(reading) for reading in readings if reading.decides]
    return float("nan") if not each or np.isnan(each).any() else max(each)


def _p_of(reading: Reading) -> float:
    e = reading.estimate
    if not e.known:
        return float("nan")
    error = (e.high - e.low) / (2 * float(stats.norm.ppf((1 + LEVEL) / 2)))
    inside = [e.value - bound for bound in (reading.low,) if bound is not None]
    inside += [bound - e.value for bound in (reading.high,) if bound is not None]
    if error == 0.0:
        certain = all(distance > 0 or (distance == 0 and not reading.strict) for distance in inside)
        return 0.0 if certain else 1.0
    return max((float(stats.norm.sf(distance / error)) for distance in inside), default=float("nan"))
