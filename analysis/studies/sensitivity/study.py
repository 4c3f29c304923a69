"""A sensitivity analysis from end to end: a finished sweep in, tables, figures and sentences out."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pyarrow as pa

from analysis.compare.outcomes import OUTCOME
from analysis.results.loading import Results, load
from analysis.results.swept import read_swept
from analysis.studies.frame import Findings, Progress, Study, account_of
from analysis.studies.sensitivity import tables
from analysis.studies.sensitivity.discovery import Discovery, discover
from analysis.studies.sensitivity.indices import Indices, indices
from analysis.studies.sensitivity.response import PointReading, Response, positions_of, respond
from analysis.studies.sensitivity.share import SAMPLES_SPACE, ShareOfSpace, Threshold, block_size, share_of_space
from sim.parameters import PARAMETERS
from sim.problem import Problem
from sim.scenario import Account

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

    @property
    def accounts(self) -> Mapping[str, Account | None]:
        """Those of the sweep's arms."""
        record = read_swept(Path(self.settings["sweep"])).record
        return {name: account_of(arm) for name, arm in record.arms.items()}

    def live(self, threads: int | None = None, progress: Progress | None = None) -> Sensitivity:
        """Analyse the sweep; nothing is lived."""
        asked = self.settings
        sweep = Path(asked["sweep"])
        if not sweep.is_dir():
            raise Problem(f"{sweep}: the sweep that was analysed is not there; put it back, or give `sensitivity` for "
                          "another")  # fmt: skip
        if read_swept(sweep).record.digest != asked["sweep_digest"]:
            raise Problem(f"{sweep}: holds another sweep now than the one that was analysed; analyse it with "
                          f"`sensitivity {sweep}`")  # fmt: skip
        done = analyse(self, finished_sweep(sweep), PointReading(**asked["reading"]), Threshold(**asked["threshold"]))
        for name in (*asked["curves"], *(name for pair in asked["maps"] for name in pair)):
            if name not in done.response.names:
                raise Problem(f"{name}: was not varied in this sweep; varied were {', '.join(done.response.names)}")
        return done


STUDY = SensitivityStudy


def finished_sweep(folder: Path) -> Results:
    """The tables of a sweep.

    Raises:
        Problem: if it is none, or not finished.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what is missing, which is refused here
        found = load(folder)
    if "effects" not in found or "points" not in found:
        raise Problem(f"{folder}: not the folder of a sweep; expected one written by `sweep`")
    if found.missing:
        raise Problem(f"{found.missing}; finish it first: the same sweep command goes on where it was")
    return found


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
    swept, settings = read_swept(results.folder)
    response = respond(results, reading)
    known = response.known
    if not known.any():
        raise Problem(f"{results.folder}: nobody to read this off at any point ({reading.words}); "
                      "choose another population or time")  # fmt: skip
    kind = settings.design.kind
    fails = ~threshold.passed(response.values[known])
    discovery = discover(response.names, {name: column[known] for name, column in response.columns.items()}, fails)
    found = None
    positions = positions_of(results, response.names)
    if kind in OF_SALIB and positions is not None:
        found = indices(kind, response.names, positions, response.values)
    ranked = [index.name for index in found.each] if found else _by_spread(response, discovery)
    done = Sensitivity(
        study, {}, 0, settings.title, kind, str(swept.digest), response, threshold,
        share_of_space(response.values, response.errors, threshold, block_size(kind, len(response.names))), discovery,
        found, ranked,
        space_of(settings.design.factors),
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
        which, at, _ = bins_of(response.columns[name])
        groups = [response.values[known & (which == k)] for k in range(len(at))]
        mean = response.values[known].mean()
        return sum(len(g) * (g.mean() - mean) ** 2 for g in groups if len(g)) / known.sum() / total

    return sorted(response.names, key=lambda name: -explained(name))
