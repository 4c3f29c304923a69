"""``foretell`` from beginning to end: held-out figures, measured at draws of each account's plausible space."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import numpy as np
import pyarrow as pa
from pydantic import Field

from analysis.compare.arms import Arm
from analysis.compare.broken import named_if_it_breaks_off
from analysis.evidence.measure import Laboratory
from analysis.evidence.table import HELD_OUT, Evidence, evidence
from analysis.plausible.space import load_space
from analysis.results.columns import Column, table_of
from analysis.studies.frame import Findings, Progress, Study
from sim.ensemble import in_order
from sim.scenario import Scenario, load_account

if TYPE_CHECKING:
    from analysis.figures.style import Drawing

QUANTILES = (0.05, 0.5, 0.95)
EXPECTED, ALLOWED, BEYOND = "as foretold", "only within what it may be off", "beyond what is foretold"
NORMAL_90 = 1.645
SEEDS = 60_000_000  # of towns, which no calibration lives


class ForetellStudy(Study):
    """An arm is the towns in which figures are measured, under one account; a run is a draw of its space."""

    kind: ClassVar[str] = "foretell"
    takes_changes: ClassVar[bool] = False
    progress_of: ClassVar[str] = "draw"
    needs: ClassVar[Mapping[str, Any]] = {
        "accounts": Annotated[list[str], Field(min_length=1)], "towns": Annotated[int, Field(ge=1)],
        "spaces": dict[str, str],
    }  # fmt: skip

    @classmethod
    def of(cls, accounts: Sequence[Scenario], draws: int, towns: int, seed: int) -> ForetellStudy:
        """What is to be foretold.

        Args:
            accounts: each with a plausible space that comes with Sameboat.
            draws: of each space.
            towns: lived at each.
            seed: of the draws, and of the towns.

        Raises:
            Problem: if an account has no space.
        """
        spaces = {account.name: load_space(account.name).sha256 for account in accounts}
        arms = []
        for account in accounts:
            lab = Laboratory(held_out(), account)
            arms.append(Arm(account.name, account.title, dict(lab.values), account.question))
        settings = {"accounts": [account.name for account in accounts], "towns": towns, "spaces": spaces}
        return cls(arms, seed, draws, settings)

    def run_of(self, seed: int) -> int:
        """The draw whose towns have this seed."""
        return (seed - SEEDS - self.first_seed) // int(self.settings["towns"])

    def live(self, threads: int | None = None, progress: Progress | None = None) -> Foretold:
        """Measure every held-out figure at every draw of every account."""
        found: dict[str, np.ndarray] = {}
        accounts: list[str] = self.settings["accounts"]
        for k, name in enumerate(accounts):
            lab, rows = Laboratory(held_out(), load_account(name)), []
            draws = load_space(name).draws(self.runs, self.first_seed)
            for n, figures in enumerate(in_order(self._at(lab), enumerate(draws), threads=threads)):
                rows.append(figures)
                if progress is not None:
                    progress(k * self.runs + n + 1, len(accounts) * self.runs)
            found[name] = np.stack(rows)
        return Foretold(self, {"foretold": _table(found)}, self.runs, found)

    def _at(self, lab: Laboratory) -> Any:
        towns, seed, arms = int(self.settings["towns"]), self.first_seed, {arm.name: arm for arm in self.arms}

        def one(drawn: tuple[int, Mapping[str, Any]]) -> np.ndarray:
            k, settings = drawn
            seeds = [SEEDS + seed + k * towns + town for town in range(towns)]
            with named_if_it_breaks_off(arms[lab.account], seeds[0], settings):
                return lab.measure(settings, seeds)

        return one


STUDY = ForetellStudy


def held_out() -> list[Evidence]:
    """The figures that no calibration has seen."""
    return [one for one in evidence() if one.use == HELD_OUT]


def ends_of(values: np.ndarray) -> tuple[float, float, float]:
    """5, 50 and 95 % of what is known."""
    known = values[~np.isnan(values)]
    low, middle, high = np.quantile(known, QUANTILES) if len(known) else (np.nan,) * 3
    return float(low), float(middle), float(high)


def word_of(one: Evidence, values: np.ndarray) -> str:
    """Whether the outside figure lies where the space leads one to expect it.

    EXPECTED: it does, by its own error alone; ALLOWED: only if the model may be as wrong about it as was allowed for.
    """
    low, _, high = ends_of(values)
    least, most = one.ends
    for word, sd in ((EXPECTED, one.sd), (ALLOWED, one.uncertainty)):
        if least - NORMAL_90 * sd <= high and most + NORMAL_90 * sd >= low:
            return word
    return BEYOND


def _table(found: Mapping[str, np.ndarray]) -> pa.Table:
    rows = [(account, one, values[:, k]) for account, values in found.items() for k, one in enumerate(held_out())]
    ends = np.array([ends_of(values) for _, _, values in rows]).reshape(-1, 3)
    outside = [[end if np.isfinite(end) else np.nan for end in one.ends] for _, one, _ in rows]
    return table_of([
        Column("account", "name", "account of how a group works", [account for account, _, _ in rows]),
        Column("figure", "name", "held out: never fitted", [one.figure for _, one, _ in rows]),
        Column("outside_low", "as the figure", "lower end of the outside figure; missing where open",
               np.array([low for low, _ in outside])),
        Column("outside_high", "as the figure", "upper end of the outside figure; missing where open",
               np.array([high for _, high in outside])),
        Column("outside_sd", "as the figure", "standard deviation of its own error and of the discrepancy together",
               np.array([one.uncertainty for _, one, _ in rows])),
        *(Column(f"foretold_{name}", "as the figure", f"{said} of the draws of the plausible space", ends[:, k])
          for k, (name, said) in enumerate((("low", "5 %"), ("middle", "50 %"), ("high", "95 %")))),
        Column("draws", "draws", "in which the figure could be measured",
               np.array([int((~np.isnan(values)).sum()) for _, _, values in rows])),
        Column("word", "words", f"{EXPECTED}: the outside figure, give or take 90 % of its own error, meets the middle "
               f"90 % of the draws; {ALLOWED}: it does if the discrepancy is allowed for too; or {BEYOND}",
               [word_of(one, values) for _, one, values in rows]),
    ])  # fmt: skip


@dataclass
class Foretold(Findings):
    """What was found.

    Attributes:
        found: float64[draws, figures] by account.
    """

    study: Study
    tables: dict[str, pa.Table]
    finished: int
    found: Mapping[str, np.ndarray]

    def summary(self) -> str:
        """Each figure, foretold and found."""
        from analysis.studies.foretell.words import foretold_summary  # noqa: PLC0415 - it looks at what was found

        return foretold_summary(self)

    def figures(self) -> Iterator[tuple[str, Drawing]]:
        """Each figure, foretold by each account, and found outside."""
        from analysis.studies.foretell.figures import draw_foretold  # noqa: PLC0415 - Matplotlib is slow to import

        yield "foretold", draw_foretold(self)

    def report(self) -> str:
        """The report to read in a browser."""
        from analysis.studies.foretell.report import foretold_report  # noqa: PLC0415 - Matplotlib is slow to import

        return foretold_report(self)
