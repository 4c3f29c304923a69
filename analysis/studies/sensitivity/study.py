"""A sensitivity analysis from end to end: a finished sweep in, tables, figures and sentences out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pyarrow as pa

from analysis.compare.outcomes import OUTCOME
from analysis.results.chunks import read_manifest
from analysis.results.loading import Results, load
from analysis.studies.frame import Findings, Progress, Study
from analysis.studies.sensitivity import tables
from analysis.studies.sensitivity.discovery import Discovery, discover
from analysis.studies.sensitivity.indices import Indices, indices
from analysis.studies.sensitivity.response import PointReading, Response, positions_of, respond
from analysis.studies.sensitivity.share import SAMPLES_SPACE, ShareOfSpace, Threshold, share_of_space
from analysis.words.care import CARE, SUPPORT
from analysis.words.numbers import figures, percent, with_minus, with_plus
from analysis.words.prose import listed
from sim.parameters import PARAMETERS
from sim.problem import Problem

if TYPE_CHECKING:
    from analysis.figures.style import Drawing

SHOWN = 6  # parameters named in the summary
OF_SALIB = ("morris", "saltelli")
MOST_DRAWN = 2  # curves, unless others are asked for


class SensitivityStudy(Study):
    """What a finished sweep says; settings: its folder, reading, threshold, and what is drawn."""

    kind: ClassVar[str] = "sensitivity"
    most_arms: ClassVar[int] = 0
    needs: ClassVar[Mapping[str, Any]] = {
        "sweep": str,
        "reading": PointReading,
        "threshold": Threshold,
        "curves": list[str],
        "maps": list[tuple[str, str]],
    }

    def live(self, threads: int | None = None, progress: Progress | None = None) -> Sensitivity:
        """Analyse the sweep; nothing is lived."""
        asked = self.settings
        done = analyse(self, load(asked["sweep"]), PointReading(**asked["reading"]), Threshold(**asked["threshold"]))
        for name in (*asked["curves"], *(name for pair in asked["maps"] for name in pair)):
            if name not in done.response.names:
                raise Problem(f"{name}: was not varied in this sweep; varied were {', '.join(done.response.names)}")
        return done


STUDY = SensitivityStudy


@dataclass
class Sensitivity(Findings):
    """What was found.

    Attributes:
        title, kind, digest_of_sweep: of the sweep: its title, its design, what it was.
        response: the number at each point.
        threshold, share, discovery: where the claim holds and where it fails.
        found: indices, if the design is one for them.
        ranked: parameters, the one that matters most first, as far as this design can tell.
        space: what the points are a sample of, in words.
    """

    study: Study
    tables: dict[str, pa.Table]
    finished: int
    title: str
    kind: str
    digest_of_sweep: str
    response: Response
    threshold: Threshold
    share: ShareOfSpace
    discovery: Discovery
    found: Indices | None
    ranked: list[str]
    space: str

    @property
    def curves(self) -> list[str]:
        """Parameters along which is drawn: those asked for, or those that matter most."""
        return self.study.settings["curves"] or self.ranked[:MOST_DRAWN]

    @property
    def maps(self) -> list[list[str]]:
        """Pairs over which is drawn."""
        return self.study.settings["maps"] or ([self.ranked[:2]] if len(self.ranked) > 1 else [])

    @property
    def samples(self) -> bool:
        """Whether the points are a sample of parameter space."""
        return self.kind in (*SAMPLES_SPACE, "morris")

    def summary(self) -> str:
        """The outcome in plain words."""
        return "\n".join(sentences(self)) + "\n"

    def figures(self) -> Iterator[tuple[str, Drawing]]:
        """What matters, in pairs too; along one parameter; over two."""
        from analysis.studies.sensitivity import figures  # noqa: PLC0415 - Matplotlib is slow to import

        yield from figures.draw_all(self)


def default_threshold(reading: PointReading) -> Threshold:
    """That there is an effect in the direction meant to be better; for what has none, above zero."""
    if reading.of_group:
        return Threshold(0.5 if reading.outcome == "open" else 0.0, True)
    return Threshold(0.0, OUTCOME[reading.outcome].better >= 0)


def analyse(study: Study, results: Results, reading: PointReading, threshold: Threshold) -> Sensitivity:
    """Analyse a sweep.

    Args:
        study: what was asked.
        results: of a finished sweep.
        reading: what to read off it.
        threshold: what a claim needs of it.

    Raises:
        Problem: if there is nothing to analyse, or a package is missing.
    """
    manifest = read_manifest(results.folder)
    response = respond(results, reading)
    known = response.known
    if not known.any():
        raise Problem(f"{results.folder}: nobody to read this off at any point ({reading.words}); "
                      "choose another population or time")  # fmt: skip
    kind = manifest["design"]["kind"]
    fails = ~threshold.passed(response.values[known])
    discovery = discover(response.names, {name: column[known] for name, column in response.columns.items()}, fails)
    found = None
    positions = positions_of(results, response.names)
    if kind in OF_SALIB and positions is not None:
        found = indices(kind, response.names, positions, response.values)
    ranked = [index.name for index in found.each] if found else _by_spread(response, discovery)
    done = Sensitivity(
        study, {}, 0, manifest["title"], kind, manifest["digest"], response, threshold,
        share_of_space(response.values, response.errors, threshold), discovery, found, ranked,
        space_of(manifest["design"]["factors"]),
    )  # fmt: skip
    done.tables = tables_of(done)
    return done


def tables_of(done: Sensitivity) -> dict[str, pa.Table]:
    """All tables by name."""
    claim = f"{done.response.reading.words}: {done.threshold.words}"
    made = {"points": tables.points(done.response), "share": tables.share(done.share, claim),
            "regions": tables.regions(done.discovery.regions)}  # fmt: skip
    if done.found is not None:
        made["indices"] = tables.each(done.found, done.response.reading.unit)
        made["convergence"] = tables.settling(done.found)
        if done.found.together:
            made["together"] = tables.together(done.found)
    return made


def space_of(factors: Sequence[dict[str, Any]]) -> str:
    """What the points of a design are a sample of: only ranges that we declared plausible are called so."""
    ours = [PARAMETERS[f["name"]].plausible for f in factors if f["name"] in PARAMETERS]
    declared = [
        ends is not None and list(ends) == f.get("range") and not set(f) - {"name", "range", "steps"}
        for f, ends in zip(factors, ours, strict=False)
    ]
    if declared and all(declared):
        return "the plausible space that was sampled"
    return "the space that the sweep file gives" + (", part of which is declared plausible" if any(declared) else "")


def _by_spread(response: Response, discovery: Discovery) -> list[str]:
    """Parameters by how far means over their values differ, weighed by how many points stand behind."""
    from analysis.studies.sensitivity.bins import bins_of  # noqa: PLC0415

    known = response.known
    total = float(response.values[known].var()) or 1.0

    def explained(name: str) -> float:
        which, at, _ = bins_of(name, response.columns[name])
        groups = [response.values[known & (which == k)] for k in range(len(at))]
        mean = response.values[known].mean()
        return sum(len(g) * (g.mean() - mean) ** 2 for g in groups if len(g)) / known.sum() / total

    return sorted(response.names, key=lambda name: -explained(name))


def sentences(done: Sensitivity) -> list[str]:
    """The outcome in plain words."""
    response, share = done.response, done.share
    values = response.values[response.known]
    where = f"of {done.space}" if done.kind in SAMPLES_SPACE else "of the points of this design"
    said = [
        f"{done.title}",
        f"Read: {response.reading.words} ({response.reading.unit}).",
        f"{len(response.values)} points ({done.kind}), {response.seeds} seeds, the same at every point"
        + (f"; {response.broken_off} runs broke off and are left out" if response.broken_off else "")
        + (f"; at {share.unknown} points there was nobody to read it off" if share.unknown else "")
        + ".",
    ]
    if response.three:
        mean = {name: float(np.nanmean(column)) for name, column in response.three.items()}
        said.append(
            f"Mean over points: since before coming {_change(mean['life_change'])}; their twins without a group over "
            f"the same time {_change(mean['twin_change'])}; paired difference {_change(mean['difference'])}."
        )
    said.append(
        f"Over the points the value runs from {_change(values.min())} to {_change(values.max())} "
        f"(median {_change(np.median(values))})."
    )
    interval = f" (95 % interval {percent(share.low)} to {percent(share.high)})" if done.kind in SAMPLES_SPACE else ""
    said.append(
        f"It is {done.threshold.words} in {percent(share.share)} {where}{interval}; taking each point with its own "
        f"interval over seeds, surely in {percent(share.surely)}, surely not in {percent(share.surely_not)}, "
        f"undetermined in {percent(1 - share.surely - share.surely_not)}."
    )
    said.append(done.discovery.sentence)
    if not np.isnan(response.share_of_luck):
        said.append(
            f"About {percent(response.share_of_luck)} of the variance between points is luck that more "
            "seeds would take away."
        )
    said.append(_ranking(done))
    said.append(f"{CARE} {SUPPORT}")
    return [with_minus(one) for one in said]


def _change(value: float) -> str:
    return with_plus(figures(value, 3))


def _ranking(done: Sensitivity) -> str:
    if done.found is None:
        return f"Means differ most along {listed(done.ranked[:2])}. (Indices need a morris or saltelli design.)"
    left = (
        f" {done.found.left_out} of {done.found.blocks} parts of the design are left out, for a value is missing."
        if done.found.left_out
        else ""
    )
    what = "mean size of effect (mu*)" if done.found.kind == "morris" else "total share of variance"
    first = "; ".join(f"{i.name} {figures(i.total)} (+/- {figures(i.total_error, 1)})" for i in done.found.each[:SHOWN])
    return f"What matters, by {what}: {first}.{left}"
