"""People without a group: how what they are goes together, how like themselves they are later, and whether lives drift.

Episodes are counted over a time and taken as log(1 + episodes), since a few people have very many. All correlations are
Pearson's. Towns are the independent units of every interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np

from analysis.compare.estimate import Estimate, bootstrap_sums, mean_of
from analysis.studies.patterns.lines import Line, estimates
from analysis.studies.patterns.looks import LAGS, Residents, slow_states, traits_asked
from analysis.studies.patterns.outside import MOST_IN_A_YEAR, OUTSIDE, of_pair, of_state
from sim.relations import WEEKS_IN_YEAR
from sim.state import PEOPLE, TRAITS

YEAR = WEEKS_IN_YEAR
COUNTED = {"distress": "distress, mean of a year", "episodes": "log(1 + episodes of a year)"}
FIRST = (
    "isolation", "stigma", "understanding", "coping", "distress", "episodes", "outside_support", "service_user",
    "woman",
)  # fmt: skip
SUMS = ("n", "x", "y", "xx", "yy", "xy")


def measures() -> dict[str, str]:
    """What is correlated, with its meaning: FIRST, then all other states, traits and at last set points."""
    known = {
        field.name: field.meaning for field in (*TRAITS, *PEOPLE) if field.name in {*traits_asked(), *slow_states()}
    }
    known |= COUNTED
    rest = [name for name in known if name not in FIRST]
    rest.sort(key=lambda name: (name.endswith("_set"), name not in slow_states()))
    return {name: known[name] for name in (*FIRST, *rest) if name in known}


def _measured(town: Residents) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Every measure of a town's residents, and who lived there for the year after the opening."""
    values = {**town.traits, **{name: rows[town.at(0)] for name, rows in town.states.items()}}
    values["distress"] = town.mean_distress(0, YEAR)
    values["episodes"] = np.log1p(town.counted(0, YEAR))
    return values, town.stays >= YEAR


def _pair_sums(pairs: Sequence[tuple[np.ndarray, np.ndarray]], who: np.ndarray) -> np.ndarray:
    """float64[SUMS, pairs]: sums over these people."""
    x, y = (np.array([pair[k][who] for pair in pairs]) for k in (0, 1))
    return np.stack(
        [np.full(len(pairs), who.sum()), x.sum(1), y.sum(1), (x * x).sum(1), (y * y).sum(1), (x * y).sum(1)]
    )


def pearson(n: np.ndarray, x: np.ndarray, y: np.ndarray, xx: np.ndarray, yy: np.ndarray, xy: np.ndarray) -> np.ndarray:
    """Pearson's correlation from sums over people."""
    return (n * xy - x * y) / np.sqrt((n * xx - x * x) * (n * yy - y * y))


def _correlated(sums: Sequence[np.ndarray]) -> tuple[list[Estimate], np.ndarray]:
    """Correlations from the sums of each town, [SUMS, k], and how many people each rests on."""
    columns = np.stack(sums)  # [towns, SUMS, k]
    people = columns[:, 0].sum(axis=0)
    found = bootstrap_sums(pearson, *(columns[:, k] for k in range(len(SUMS))))
    return estimates(found, people), people


def _differ(values: Sequence[np.ndarray]) -> bool:
    """Whether anything in all these arrays differs: what is the same for all people goes with nothing."""
    first = next((one.flat[0] for one in values if one.size), 0.0)
    return any(np.any(one != first) for one in values)


def correlations(towns: Sequence[Residents]) -> list[Line]:
    """How measures go together between people, at the opening: a line for each two."""
    seen = [_measured(town) for town in towns]
    names = [name for name in measures() if _differ([values[name][who] for values, who in seen])]
    pairs = list(combinations(names, 2))
    if not pairs:
        return []
    sums = [_pair_sums([(values[a], values[b]) for a, b in pairs], who) for values, who in seen]
    return [
        Line(pair, found, people, of_pair(*pair)) for pair, found, people in zip(pairs, *_correlated(sums), strict=True)
    ]


def stability(towns: Sequence[Residents]) -> list[Line]:
    """How like themselves people are later: each slow state, and what is counted over as long a time, up to a year."""
    looks = towns[0].looks
    lines: list[Line] = []
    for lag in LAGS:
        long = min(lag, YEAR)
        states = [name for name in slow_states() if lag in looks and _differ([t.states[name][t.at(0)] for t in towns])]
        counted = list(COUNTED) if lag + long in looks else []
        if not states:
            continue
        sums = []
        for town in towns:
            pairs = [(town.states[name][town.at(0)], town.states[name][town.at(lag)]) for name in states]
            if counted:
                pairs.append((town.mean_distress(0, long), town.mean_distress(lag, lag + long)))
                pairs.append((np.log1p(town.counted(0, long)), np.log1p(town.counted(lag, lag + long))))
            sums.append(_pair_sums(pairs, town.stays >= lag + (long if counted else 0)))
        for name, found, people in zip([*states, *counted], *_correlated(sums), strict=True):
            lines.append(Line((name, lag), found, people, of_state(name, lag)))
    return lines


def starting_and_stopping(towns: Sequence[Residents]) -> list[Line]:
    """Of people with some episodes in a year, those with none in the next; and the other way round."""
    if 2 * YEAR not in towns[0].looks:
        return []
    sums = np.zeros((len(towns), 2, 2))  # towns, which line, (people who, of whom)
    for k, town in enumerate(towns):
        there = town.stays >= 2 * YEAR
        some, later = town.counted(0, YEAR) > 0, town.counted(YEAR, 2 * YEAR) > 0
        sums[k] = [
            [(there & some & ~later).sum(), (there & some).sum()],
            [(there & ~some & later).sum(), (there & ~some).sum()],
        ]
    people = sums[:, :, 1].sum(axis=0)
    found = estimates(bootstrap_sums(mean_of, sums[:, :, 0], sums[:, :, 1]), people)
    words = ("of those with some in a year, none in the next", "of those with none in a year, some in the next")
    beside = (OUTSIDE["none next year"], None)
    return [Line((word,), *rest) for word, *rest in zip(words, found, people, beside, strict=True)]


@dataclass(frozen=True)
class Drift:
    """The mean of one slow state at one look.

    Attributes:
        state, week: which; weeks from the opening.
        mean: over residents who are there until the last look.
        change: a year, since the look before (within less than a year: the whole of it); None at the first look.
    """

    state: str
    week: int
    mean: Estimate
    change: Line | None

    @property
    def moves(self) -> bool:
        """Whether it has moved by more than MOST_IN_A_YEAR in a year since the look before."""
        return self.change is not None and abs(self.change.found.value) > MOST_IN_A_YEAR


def drift_looks(towns: Sequence[Residents]) -> list[int]:
    """The looks at which means are held against each other: the first, the opening, and whole years after it."""
    return [week for week in towns[0].looks if week <= 0 or week in {YEAR * years for years in (1, 2, 5, 10)}]


def drift(towns: Sequence[Residents]) -> list[Drift]:
    """Means of every slow state at every look, of the same people, and how they move."""
    weeks = drift_looks(towns)
    names = [name for name in slow_states() if _differ([town.states[name] for town in towns])]
    there = [town.stays >= weeks[-1] for town in towns]
    people = np.array([who.sum() for who in there], float)
    sums = np.array([
        [[town.states[name][town.at(week)][who].sum() for week in weeks] for name in names]
        for town, who in zip(towns, there, strict=True)
    ])  # fmt: skip
    spans = np.array([max((late - early) / YEAR, 1.0) for early, late in pairwise(weeks)])
    means = _means(sums, people)
    changes = _means(np.diff(sums, axis=2) / spans, people)
    found = []
    for s, name in enumerate(names):
        for k, week in enumerate(weeks):
            line = Line((name, week), changes[s][k - 1], people.sum(), OUTSIDE["drift"]) if k else None
            found.append(Drift(name, week, means[s][k], line))
    return found


def _means(sums: np.ndarray, people: np.ndarray) -> list[list[Estimate]]:
    """Means over people from the sums of each town, [towns, states, looks]."""
    towns, states, looks = sums.shape
    if not states * looks:
        return [[] for _ in range(states)]
    flat = sums.reshape(towns, -1)
    many = np.repeat(people[:, None], flat.shape[1], axis=1)
    found = estimates(bootstrap_sums(mean_of, flat, many), many.sum(axis=0))
    return [found[s * looks : (s + 1) * looks] for s in range(states)]
