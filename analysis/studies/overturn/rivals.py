"""Rival explanations, each as a few arms on the same people: before-after, the twin's change, the difference.

What a rival explains shows in the first two figures; what the group did shows in the third alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from analysis.compare.arms import Arm
from analysis.compare.comparison import Paired, compare
from analysis.compare.estimate import Estimates, bootstrap_sums, mean_of, standardised
from analysis.compare.outcomes import OUTCOME, OUTCOME_NAMES, POPULATIONS
from analysis.compare.paired import SUMS
from analysis.studies.overturn.ablation import MAIN
from sim.relations import WEEKS_IN_YEAR

# As in scenarios/befriending.yaml and scenarios/judging.yaml, but on top of any scenario (a test compares them).
BEFRIENDING: dict[str, Any] = {"group.shared_experience": 0.0, "group.wider_life": 1.0}
JUDGING: dict[str, Any] = {"group.acceptance": 0.5, "group.breach_prob": 0.08}
DECLINE, NEED = "episodes.natural_decline_per_year", "joining.need_power"
DECLINES = (0.0, 0.05, 0.10, 0.15)
NEED_POWERS = (0.0, 2.0, 4.0)


@dataclass(frozen=True)
class Tried:
    """What rivals are tried with; of a result that is made again, as its record says.

    Attributes:
        befriending, judging: parameters of the group, by dotted name.
        declines, need_powers: values.
    """

    befriending: dict[str, Any] = field(default_factory=lambda: dict(BEFRIENDING))
    judging: dict[str, Any] = field(default_factory=lambda: dict(JUDGING))
    declines: tuple[float, ...] = DECLINES
    need_powers: tuple[float, ...] = NEED_POWERS


@dataclass(frozen=True)
class Rival:
    """A rival explanation.

    Attributes:
        name, title: short, and one line.
        question: what to look for.
        arms: by label, in the order of the table.
    """

    name: str
    title: str
    question: str
    arms: dict[str, Arm]


def rivals_of(arm: Arm, tried: Tried | None = None) -> list[Rival]:
    """The rivals of a scenario with a group; the scenario's own setting is always among the arms."""
    tried = tried or Tried()

    def varied(name: str, words: str, values: tuple[float, ...]) -> dict[str, Arm]:
        own = float(arm.values[name])
        labels = {value: f"{words} {value:g}{' (own)' if value == own else ''}" for value in sorted({*values, own})}
        return {label: arm.with_values(f"{name}={value:g}", label, {name: value}) for value, label in labels.items()}

    return [
        Rival(
            "kind", "Is it only company?",
            "Befriending is the same hours of warm company without shared experience; a judging group meets as often.",
            {
                "the group itself": arm,
                "befriending": arm.with_values("befriending", "befriending", tried.befriending),
                "judging": arm.with_values("judging", "judging", tried.judging),
            },
        ),
        Rival(
            "recovery", "Is it natural recovery?",
            "Episodes decline by themselves, with and without the group: this moves before-after, and should hardly "
            "move the paired difference.",
            varied(DECLINE, "yearly decline", tried.declines),
        ),
        Rival(
            "joining", "Is it who joins, and when?",
            "The stronger joining grows with need, the more people come at a bad time and would have been better later "
            "anyway: their twins show how much. At 0 people join at random.",
            varied(NEED, "joining grows with need to the power", tried.need_powers),
        ),
    ]  # fmt: skip


def live_rivals(
    rivals: list[Rival], seeds: Iterable[int], weeks: int, *, threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Paired]:  # fmt: skip
    """Live every arm of every rival against its twin; equal worlds are lived once.

    Returns:
        By ``Arm.life_digest``.
    """
    arms = {one.life_digest: replace(one, name=f"{rival.name}: {name}")
            for rival in rivals for name, one in rival.arms.items()}  # fmt: skip
    found = compare(
        list(arms.values()), seeds, horizon_years=(weeks / WEEKS_IN_YEAR,), threads=threads, progress=progress,
        kept_if=(),
    )  # fmt: skip
    return {digest: found[arm.name] for digest, arm in arms.items()}


@dataclass(frozen=True)
class Three:
    """Three figures side by side, for one arm, of those who came there and were seen before they came.

    Beside them the paired difference of all who ever came, founders too, who were not seen before they came for what is
    counted over a year.

    Attributes:
        rival, arm, outcome: which.
        people: seen before they came, over all runs.
        change, twin_change, difference: [value, low, high] in the outcome's unit, of these people; the third is the
            first less the second.
        people_all: all who ever came, over all runs.
        difference_all: [value, low, high] in the outcome's unit, the paired difference of all who ever came.
        standardised: [value, low, high], the same over the spread of all who ever came.
        anyway: [value, low, high], the share of the before-after change that the twin shows as well; NaN where the
            change may be zero.
    """

    rival: str
    arm: str
    outcome: str
    people: int
    change: np.ndarray
    twin_change: np.ndarray
    difference: np.ndarray
    people_all: int
    difference_all: np.ndarray
    standardised: np.ndarray
    anyway: np.ndarray


def read_rivals(rivals: list[Rival], found: dict[str, Paired]) -> list[Three]:
    """The three figures for every rival, arm and outcome of MAIN."""
    joined = list(POPULATIONS).index("joined")
    chosen = [OUTCOME_NAMES.index(name) for name in MAIN]
    three = []
    for rival in rivals:
        for label, arm in rival.arms.items():
            block = found[arm.life_digest].sums[:, joined, 0][:, chosen]
            sums = {name: block[..., k] for k, name in enumerate(SUMS)}
            known = sums["with_before"]
            change = _of(bootstrap_sums(mean_of, sums["life_change"], known))
            twin = _of(bootstrap_sums(mean_of, sums["twin_change"], known))
            difference = _of(bootstrap_sums(mean_of, sums["life_change"] - sums["twin_change"], known))
            of_all = _of(bootstrap_sums(mean_of, sums["difference"], sums["people"]))
            columns = ("people", "difference", "life", "life_squared", "twin", "twin_squared")
            size = _of(bootstrap_sums(standardised, *(sums[name] for name in columns)))
            anyway = _of(bootstrap_sums(mean_of, sums["twin_change"], sums["life_change"]))
            maybe_zero = (change[:, 1] <= 0) & (change[:, 2] >= 0) | np.isnan(change[:, 1])
            anyway = np.where(maybe_zero[:, None], np.nan, anyway)
            three += [
                Three(
                    rival.name, label, name, int(known[:, o].sum()),
                    change[o], twin[o], difference[o], int(sums["people"][:, o].sum()), of_all[o], size[o], anyway[o],
                )
                for o, name in enumerate(MAIN)
            ]  # fmt: skip
    return three


def _of(found: Estimates) -> np.ndarray:
    """float64[outcomes, 3]."""
    return np.stack([found.value, found.low, found.high], axis=-1)


def unit_of(outcome: str) -> str:
    """What an outcome is measured in, short."""
    return OUTCOME[outcome].unit.split(",")[0]
