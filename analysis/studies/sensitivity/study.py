"""A sensitivity analysis from end to end: a finished sweep in, tables, figures and sentences out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from analysis.compare.outcomes import OUTCOME
from analysis.results.chunks import read_manifest
from analysis.results.folder import write_table
from analysis.results.loading import Results
from analysis.results.record import CARE
from analysis.studies.sensitivity import tables
from analysis.studies.sensitivity.discovery import Discovery, discover
from analysis.studies.sensitivity.indices import Indices, indices
from analysis.studies.sensitivity.response import Reading, Response, positions_of, respond
from analysis.studies.sensitivity.share import SAMPLES_SPACE, Share, Threshold, share_of_space
from sim.parameters import PARAMETERS
from sim.problem import Problem

MARKER = "sensitivity.json"
SHOWN = 6  # parameters named in the summary
OF_SALIB = ("morris", "saltelli")


@dataclass(frozen=True)
class Study:
    """What was found.

    Attributes:
        title, kind, digest: of the sweep: its title, its design, what it was.
        response: the number at each point.
        threshold, share, discovery: where the claim holds and where it fails.
        found: indices, if the design is one for them.
        ranked: parameters, the one that matters most first, as far as this design can tell.
        space: what the points are a sample of, in words.
    """

    title: str
    kind: str
    digest: str
    response: Response
    threshold: Threshold
    share: Share
    discovery: Discovery
    found: Indices | None
    ranked: list[str]
    space: str

    @property
    def samples(self) -> bool:
        """Whether the points are a sample of parameter space."""
        return self.kind in (*SAMPLES_SPACE, "morris")


def default_threshold(reading: Reading) -> Threshold:
    """That there is an effect in the direction meant to be better; for what has none, above zero."""
    if reading.of_group:
        return Threshold(0.5 if reading.outcome == "open" else 0.0, True)
    return Threshold(0.0, OUTCOME[reading.outcome].better >= 0)


def study(results: Results, reading: Reading, threshold: Threshold) -> Study:
    """Analyse a sweep.

    Args:
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
    return Study(
        manifest["title"], kind, manifest["digest"], response, threshold,
        share_of_space(response.values, response.errors, threshold), discovery, found, ranked,
        space_of(manifest["design"]["factors"]),
    )  # fmt: skip


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


def sentences(done: Study) -> list[str]:
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
            f"Mean over points: since before coming {mean['life_change']:+.3g}; their twins without a group over "
            f"the same time {mean['twin_change']:+.3g}; paired difference {mean['difference']:+.3g}."
        )
    said.append(
        f"Over the points the value runs from {values.min():+.3g} to {values.max():+.3g} "
        f"(median {np.median(values):+.3g})."
    )
    interval = f" (95 % interval {share.low:.0%} to {share.high:.0%})" if done.kind in SAMPLES_SPACE else ""
    said.append(
        f"It is {done.threshold.words} in {share.share:.0%} {where}{interval}; taking each point with its own "
        f"interval over seeds, surely in {share.surely:.0%}, surely not in {share.surely_not:.0%}, undetermined in "
        f"{1 - share.surely - share.surely_not:.0%}."
    )
    said.append(done.discovery.sentence)
    if not np.isnan(response.share_of_luck):
        said.append(
            f"About {response.share_of_luck:.0%} of the variance between points is luck that more seeds would take "
            "away."
        )
    said.append(_ranking(done))
    said.append(CARE)
    return said


def _ranking(done: Study) -> str:
    if done.found is None:
        return f"Means differ most along {', '.join(done.ranked[:2])}. (Indices need a morris or saltelli design.)"
    left = (
        f" {done.found.left_out} of {done.found.blocks} parts of the design are left out, for a value is missing."
        if done.found.left_out
        else ""
    )
    what = "mean size of effect (mu*)" if done.found.kind == "morris" else "total share of variance"
    first = "; ".join(f"{i.name} {i.total:.2g} (+/- {i.total_error:.1g})" for i in done.found.each[:SHOWN])
    return f"What matters, by {what}: {first}.{left}"


def write(done: Study, folder: Path, curves: Sequence[str], maps: Sequence[tuple[str, str]]) -> None:
    """Write tables, figures and summary.

    Args:
        done: the analysis.
        folder: to write into.
        curves: parameters along which to draw.
        maps: pairs over which to draw.
    """
    from matplotlib import rc_context  # noqa: PLC0415  (slow to import, and not needed to find a mistake)

    from analysis.figures.style import RC, save  # noqa: PLC0415
    from analysis.studies.sensitivity import figures  # noqa: PLC0415

    claim = f"{done.response.reading.words}: {done.threshold.words}"
    made = {"points": tables.points(done.response), "share": tables.share(done.share, claim),
            "regions": tables.regions(done.discovery.regions)}  # fmt: skip
    heading = figures.Heading(done.title, done.response.reading.words)
    drawn = {}
    if done.found is not None:
        made |= {
            "indices": tables.each(done.found, done.response.reading.unit),
            "convergence": tables.settling(done.found),
        }
        drawn["indices"] = figures.ranked_bars(done.found, heading)
        if done.found.convergence:
            drawn["convergence"] = figures.convergence(done.found, heading)
        if done.found.together:
            made["together"] = tables.together(done.found)
            drawn["together"] = figures.interaction_map(done.found, heading)
    for name in curves:
        drawn[f"curve-{name}"] = figures.curve(done.response, name, done.samples, heading)
    for one, other in maps:
        drawn[f"map-{one}-{other}"] = figures.heat_map(done.response, one, other, done.samples, heading)
    for name, table in made.items():
        write_table(table, folder / f"{name}.parquet")
    with rc_context(RC):  # so that a figure gives the same bytes every time
        for name, drawing in drawn.items():
            save(drawing, folder / f"{name}.x")
    (folder / "summary.txt").write_text("\n".join(sentences(done)) + "\n", encoding="utf-8", newline="\n")
    said = {"format": "sameboat sensitivity", "format_version": 1, "care": CARE, "sweep": done.digest,
            "title": done.title, "design": done.kind, "reading": vars(done.response.reading),
            "threshold": done.threshold._asdict(), "figures": sorted(drawn), "tables": sorted(made)}  # fmt: skip
    (folder / MARKER).write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
