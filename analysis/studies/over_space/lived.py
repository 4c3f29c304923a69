"""A study lived: at the centre as always and, if that is asked for, at draws of plausible space in a few towns each.

Every draw is lived in the same towns with the same luck. What decides (``Findings.deciding``) is read off each, and
``analysis.plausible.spread`` parts what draws differ by from luck.
"""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import Any

from analysis.compare.broken import BrokeOff
from analysis.compare.estimate import Estimate
from analysis.plausible.plan import PLAUSIBLE, Plausible, PlausibleRecord
from analysis.plausible.spread import Figure, spread_of
from analysis.studies.frame import Findings, Progress, Study, live_on
from analysis.studies.kept import Kept, flat, nested
from analysis.studies.over_space.findings import OverSpace

At = dict[tuple[str, ...], Figure]


def plausible_of(study: Study) -> Plausible | None:
    """What of plausible space a study is to be lived at, if any."""
    told = study.settings.get(PLAUSIBLE)
    return PlausibleRecord.model_validate(told).plausible if told else None


def lived(study: Study, threads: int | None = None, progress: Progress | None = None) -> Findings:
    """Live a study, and read it all over plausible space if that is asked for.

    Args:
        study: what is asked.
        threads: as for ``sim.ensemble.in_order``.
        progress: called with (lives lived, lives in all).

    Returns:
        What was found. Stopped with Ctrl-C, ``over`` rests on the draws that were finished; the study's settings say
        how many these are, so that its record does.
    """
    plausible = plausible_of(study)
    if plausible is None or not plausible.draws:
        return live_on(study, threads, progress)
    towns = min(plausible.towns, study.runs)
    bar = _Bar(progress, towns * (plausible.draws + 1) / study.runs)
    found = live_on(study, threads, bar.of(0.0, 1.0))
    if found.finished < study.runs:
        study.settings[PLAUSIBLE] = replace(plausible, finished=0).told()
        return found
    centre = {figure.key: figure for figure in found.deciding()}
    steps = plausible.draws + 1
    small = study.on_towns(towns)
    at: list[At] = []
    once: dict[tuple[int, ...], At] = {}
    try:
        few = _kept(study.kept, "few", 0, small, threads, bar.of(1.0, 1 / steps))
        for k in range(plausible.draws):
            point = plausible.point(k)
            if point not in once:
                moved = replace(small, arms=[plausible.at(arm, k) for arm in small.arms])
                once[point] = _kept(study.kept, "draw", k, moved, threads, bar.of(1 + (k + 1) / steps, 1 / steps))
            at.append(once[point])
    except (KeyboardInterrupt, BrokeOff) as stopped:
        if isinstance(stopped, BrokeOff):
            warnings.warn(f"at draw {len(at) + 1} of plausible space {stopped}", stacklevel=2)
        study.settings[PLAUSIBLE] = replace(plausible, finished=len(at)).told()
    if at:
        there = [key for key in centre if key in few and all(key in one for one in at)]
        spreads = [spread_of(centre[key], few[key], [one[key] for one in at], towns) for key in there]
        found.over = found.over_space(replace(plausible, finished=len(at), towns=towns), spreads)
        found.tables = {**found.tables, **found.over.tables()}
    bar.full()
    return found


def _kept(
    kept: Kept | None, stage: str, start: int, study: Study, threads: int | None, progress: Progress | None
) -> At:
    """What decides, at one point; read if it is kept, and kept if not."""
    if kept is None:
        return _read(study, threads, progress)
    path = kept.path(stage, start, study.runs)
    there = kept.read_arrays(path)
    if there is not None:
        if progress is not None:
            progress(1, 1)
        return {figure.key: figure for figure in map(_figure, nested(there).values())}
    found = _read(study, threads, progress)
    kept.write_arrays(path, flat({str(k): _told(figure) for k, figure in enumerate(found.values())}))
    return found


def _told(figure: Figure) -> dict[str, Any]:
    """A figure to be kept; without its P values, which nothing asks for at a draw."""
    estimate = {name: getattr(figure.estimate, name) for name in ("value", "low", "high", "runs", "draws")}
    return {**figure._asdict(), "estimate": estimate, "turns": [] if figure.turns is None else [figure.turns]}


def _figure(kept: dict[str, Any]) -> Figure:
    """A figure that was kept."""
    e = kept["estimate"]
    estimate = Estimate(float(e["value"]), float(e["low"]), float(e["high"]), int(e["runs"]), draws=e["draws"])
    account, label, unit = (str(kept[name]) for name in ("account", "label", "unit"))
    turns = float(kept["turns"][0]) if len(kept["turns"]) else None
    return Figure(tuple(kept["key"].tolist()), account, label, unit, estimate, bool(kept["adds"]), turns)


def _read(study: Study, threads: int | None, progress: Progress | None) -> At:
    """What decides, at one point.

    Raises:
        KeyboardInterrupt: if it was stopped, so that only whole draws are kept.
    """
    found = study.live(threads, progress)
    if found.finished < study.runs:
        raise KeyboardInterrupt
    return {figure.key: figure for figure in found.deciding()}


class _Bar:
    """One bar for the study and all draws: what comes after is counted in lives of the study."""

    def __init__(self, progress: Progress | None, after: float) -> None:
        self.progress, self.after, self.lives = progress, after, 0

    def of(self, start: float, size: float) -> Progress | None:
        """Progress of a part: the study itself begins at 0, draws fill 1 to 2."""
        progress = self.progress
        if progress is None:
            return None

        def tell(done: int, total: int) -> None:
            if start < 1:
                self.lives = total
            share = done / max(total, 1)
            place = share if start < 1 else 1 + (start - 1 + share * size) * self.after
            progress(round(place * self.lives), round((1 + self.after) * self.lives))

        return tell

    def full(self) -> None:
        """All is done."""
        if self.progress is not None:
            total = round((1 + self.after) * self.lives)
            self.progress(total, total)


__all__ = ["OverSpace", "lived", "plausible_of"]
