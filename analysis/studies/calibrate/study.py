"""``calibrate`` from beginning to end: what is lived for each account, and what evidence leaves standing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pyarrow as pa

from analysis.compare.arms import Arm
from analysis.evidence.measure import Laboratory
from analysis.evidence.table import CALIBRATE, Evidence, evidence
from analysis.plausible.priors import Priors
from analysis.plausible.space import Space
from analysis.results.provenance import versions
from analysis.studies.calibrate.account import Calibrated, Effort, calibrate
from analysis.studies.calibrate.bank import Bank
from analysis.studies.calibrate.compared import Compared, compared
from analysis.studies.calibrate.likelihood import Target
from analysis.studies.calibrate.tables import all_tables
from analysis.studies.frame import Findings, Progress, Study
from sim.compiler import source_digest
from sim.scenario import Scenario, load_account

if TYPE_CHECKING:
    from analysis.figures.style import Drawing

BANK = Path("results") / "calibrate-bank"
DIGITS = 3


class CalibrateStudy(Study):
    """An arm is the towns in which figures are measured, under one account; a run is a place that is lived."""

    kind: ClassVar[str] = "calibrate"
    takes_changes: ClassVar[bool] = False
    progress_of: ClassVar[str] = "place"
    large: ClassVar[frozenset[str]] = frozenset({"ranks"})
    needs: ClassVar[Mapping[str, Any]] = {"accounts": list[str], "effort": dict[str, int]}
    bank: Path = BANK

    @classmethod
    def of(cls, accounts: Sequence[Scenario], effort: Effort, seed: int) -> CalibrateStudy:
        """What is to be done.

        Args:
            accounts: of how a group works.
            effort: how much to spend on each.
            seed: of places and towns.
        """
        arms = []
        for account in accounts:
            lab = Laboratory(evidence_used(), account)
            arms.append(Arm(account.name, account.title, dict(lab.values), account.question))
        settings = {"accounts": [account.name for account in accounts], "effort": asdict(effort)}
        return cls(arms, seed, effort.lived * len(accounts), settings)

    @property
    def effort(self) -> Effort:
        """How much is spent on each account."""
        return Effort(**self.settings["effort"])

    def live(self, threads: int | None = None, progress: Progress | None = None) -> Calibration:
        """Calibrate each account; what is in the bank is not lived again. Ctrl-C keeps the bank."""
        done = 0

        def tell(more: int) -> None:
            nonlocal done
            done += more
            if progress is not None:
                progress(min(done, self.runs), self.runs)

        targets = targets_of(evidence_used())
        found = []
        for k, name in enumerate(self.settings["accounts"]):
            lab = Laboratory(evidence_used(), load_account(name))
            priors = Priors.of(lab.values)
            found.append(calibrate(priors, Bank(self.bank, priors, lab), lab, targets, self.effort, self.first_seed,
                                   threads, tell))  # fmt: skip
            done = self.effort.lived * (k + 1)
        return Calibration.of(self, found)


STUDY = CalibrateStudy


def evidence_used() -> list[Evidence]:
    """The figures that parameters are judged by; no other is measured while they are."""
    return [one for one in evidence() if one.use == CALIBRATE]


def targets_of(some: Sequence[Evidence]) -> list[Target]:
    """Outside figures as the calibration sees them."""
    return [Target(one.figure, *one.ends, one.uncertainty) for one in some]


@dataclass
class Calibration(Findings):
    """All that ``calibrate`` found.

    Attributes:
        calibrated: each account.
        compared: the accounts held against each other, the likeliest first.
    """

    study: CalibrateStudy
    tables: dict[str, pa.Table]
    finished: int
    calibrated: Sequence[Calibrated]
    compared: Sequence[Compared]

    @classmethod
    def of(cls, study: CalibrateStudy, found: Sequence[Calibrated]) -> Calibration:
        """What was found, with its tables."""
        beside = compared(found)
        return cls(study, all_tables(found, beside), study.runs, found, beside)

    def summary(self) -> str:
        """What was found, in words."""
        from analysis.studies.calibrate.words import calibration_summary  # noqa: PLC0415 - it looks at what was found

        return calibration_summary(self)

    def figures(self) -> Iterator[tuple[str, Drawing]]:
        """The evidence against each account, accounts beside each other, ranks, what is known now."""
        from analysis.studies.calibrate.figures import draw_calibration  # noqa: PLC0415 - Matplotlib is slow to import

        yield from draw_calibration(self)

    def spaces(self) -> list[Space]:
        """The plausible space of each account."""
        return [space_of(one, self.study) for one in self.calibrated]

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The same as files."""
        with TemporaryDirectory() as folder:
            for space in self.spaces():
                yield f"plausible-{space.account}.parquet", space.write(Path(folder) / "space").read_bytes()

    def report(self) -> str:
        """The report to read in a browser."""
        from analysis.studies.calibrate.report import calibration_report  # noqa: PLC0415 - Matplotlib is slow to import

        return calibration_report(self)


def space_of(one: Calibrated, study: CalibrateStudy) -> Space:
    """The plausible space of an account, each draw counting alike; its centre has the median of every parameter."""
    values = one.priors.values(one.posterior.places)
    columns = {part.name: rounded(values[:, k]) for k, part in enumerate(one.priors.parts)}
    record = {
        "made_by": "calibrate", "date": study.started.date().isoformat(), "seed": study.first_seed,
        "effort": asdict(study.effort), "evidence": [asdict(target) for target in one.targets],
        "model": source_digest(),
        "versions": versions(), "log10_likelihood": float(one.log_evidence[0] / np.log(10)), "kept": one.kept.together,
    }  # fmt: skip
    return Space.of(one.account, columns, np.ones(len(values)), record)


def rounded(values: np.ndarray) -> np.ndarray:
    """float64[n] with DIGITS digits: more than anybody knows, and files stay small."""
    return np.array([float(f"{value:.{DIGITS}g}") for value in values])
