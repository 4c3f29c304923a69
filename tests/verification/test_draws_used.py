"""Quality of the draws at the addresses that the model really uses.

People 0-79 and newcomers from 1,000,000; days of 13 years, or the Mondays of weekly decisions; each purpose; pairs
of people; seeds 1, 2, 3, ... Each test makes many checks, which share a false-alarm rate of 1e-6 (Bonferroni).
"""

from __future__ import annotations

import math
from itertools import pairwise

import numba
import numpy as np
import pytest
from scipy import stats

from sim import draws, purposes
from sim.draws import NOBODY, THE_GROUP
from tests.verification.closed_forms import ALARM, BLUE, picture

pytestmark = pytest.mark.slow

DAYS = 7 * 52 * 13
IDS = np.concatenate([np.arange(80), 1_000_000 + np.arange(64)]).astype(np.int64)
EACH_DAY = np.arange(DAYS, dtype=np.int64)
MONDAYS = EACH_DAY[::7]
ALL = purposes.numbered()
PAIRED = ("STRESSOR_AND_CIRCUMSTANCES", "DISTRESS_AND_EPISODES")
WITH_PARTNER = [name for name in ("CALL", "ANSWER", "TEXT", "HELP", "TOLD_ON_PHONE") if name in ALL]
OF_GROUP = [
    name for name in ALL if name.startswith(("MEETING_HELD", "BREACH", "SOCIAL_HELD", "CLINICIAN", "FUNDING", "VENUE"))
]
TRAITS = [name for name in ALL if name.startswith(("TRAIT_", "START_"))]
OF_PEOPLE = [name for name in ALL if name not in {*PAIRED, *WITH_PARTNER, *OF_GROUP, *TRAITS}]


@numba.njit
def fill(key, persons, partners, days, purpose, one, other):
    for i in range(len(persons)):
        for k in range(len(days)):
            one[i, k], other[i, k] = draws.uniform_pair(key, persons[i], partners[i], days[k], purpose)


def drawn(purpose, persons=IDS, days=EACH_DAY, partners=None, seed=1):
    """Both halves of each draw: two arrays [persons, days]. Decisions made alone use the first."""
    persons = np.asarray(persons, dtype=np.int64)
    partners = np.full(len(persons), NOBODY) if partners is None else np.asarray(partners, dtype=np.int64)
    one, other = np.empty((2, len(persons), len(days)))
    number = purpose if isinstance(purpose, int) else ALL[purpose]
    fill(draws.key_of_seed(seed), persons, partners, np.asarray(days, dtype=np.int64), number, one, other)
    return one, other


class Checks:
    """Collects probabilities of a worse result, and judges the smallest of them against its share of ALARM."""

    def __init__(self):
        self.found = []

    def add(self, what, p):
        self.found.append((float(p), what))

    def uniform(self, what, u, cells=256):
        """Chi-square of the cells, and of the lowest bits; Kolmogorov-Smirnov."""
        u = np.ravel(u)
        self.add(f"{what}: chi-square", chi_square(np.bincount((u * cells).astype(int), minlength=cells)))
        low = ((u * 2.0**44) % 1.0 * cells).astype(int)  # the last eight of 52 bits
        self.add(f"{what}: lowest bits", chi_square(np.bincount(low, minlength=cells)))
        self.add(f"{what}: Kolmogorov-Smirnov", stats.kstest(u[:: max(1, len(u) // 100_000)], "uniform").pvalue)

    def independent(self, what, u, v, cells=24):
        """Correlation, and chi-square of the plane."""
        u, v = np.ravel(u), np.ravel(v)
        r = float(((u - 0.5) * (v - 0.5)).mean()) * 12.0
        self.add(f"{what}: correlation {r:+.1e}", 2 * stats.norm.sf(abs(r) * math.sqrt(len(u))))
        cells = min(cells, int(math.sqrt(len(u) / 10)))
        plane = np.bincount((u * cells).astype(int) * cells + (v * cells).astype(int), minlength=cells**2)
        self.add(f"{what}: plane", chi_square(plane))

    def runs(self, what, u):
        """Wald-Wolfowitz: runs above and below one half, along each row."""
        above = u > 0.5
        changes, n = int((above[:, 1:] != above[:, :-1]).sum()), above[:, 1:].size
        self.add(f"{what}: runs", 2 * stats.norm.sf(abs(changes - n / 2) / math.sqrt(n / 4)))

    def judge(self):
        smallest, what = min(self.found)
        bound = ALARM / len(self.found)
        print(f"  {len(self.found)} checks: smallest p expected about {1 / len(self.found):.2g}, found {smallest:.2g} "
              f"({what}); bound {bound:.2g}")  # fmt: skip
        # The probabilities themselves should be uniform: they are not quite independent, so this is only shown.
        spread = stats.kstest([p for p, _ in self.found], "uniform").pvalue
        print(f"    share below 0.05: expected 0.05, found {np.mean([p < 0.05 for p, _ in self.found]):.3f}; "
              f"all of them uniform with p = {spread:.2g}")  # fmt: skip
        assert smallest >= bound, what


def chi_square(counts):
    """Probability of counts at least as uneven, or (two sides) at least as even."""
    expected = counts.sum() / len(counts)
    statistic = float(((counts - expected) ** 2 / expected).sum())
    return min(1.0, 2 * min(stats.chi2.sf(statistic, len(counts) - 1), stats.chi2.cdf(statistic, len(counts) - 1)))


@pytest.fixture
def checks():
    made = Checks()
    yield made
    made.judge()


def test_draws_for_each_decision_of_a_person_are_uniform(checks):
    for name in OF_PEOPLE:
        checks.uniform(name, drawn(name)[0])


def test_traits_of_people_under_many_seeds_are_uniform(checks):
    for name in TRAITS:
        u = np.concatenate([drawn(name, days=[0], seed=seed)[0] for seed in range(1, 301)])
        checks.uniform(name, u, 64)


def test_draws_for_pairs_of_people_are_uniform_and_know_who_is_who(checks):
    i, j = (np.ravel(part) for part in np.meshgrid(IDS[:40], IDS[:40], indexing="ij"))
    different = i != j
    i, j = i[different], j[different]
    for name in WITH_PARTNER:
        there, back = drawn(name, i, EACH_DAY[:364], j)[0], drawn(name, j, EACH_DAY[:364], i)[0]
        checks.uniform(name, there)
        checks.independent(f"{name}: i to j against j to i", there[i < j], back[i < j])
        once = j == (i + 1) % 40  # one partner for each: IDS[:40] are 0 to 39
        alone = drawn(name, i[once], EACH_DAY[:364])[0]
        checks.independent(f"{name}: with a partner against alone", there[once], alone)
        neighbours = (i[1:] == i[:-1]) & (j[1:] == j[:-1] + 1)
        checks.independent(f"{name}: neighbouring partners", there[1:][neighbours], there[:-1][neighbours])
        checks.runs(name, there)


def test_draws_of_the_group_are_uniform_under_many_seeds(checks):
    for name in OF_GROUP:
        u = np.concatenate([drawn(name, [THE_GROUP], seed=seed)[0] for seed in range(1, 41)])
        checks.uniform(name, u)
        checks.independent(f"{name}: day after day", u[:, 1:], u[:, :-1])
        checks.independent(f"{name}: neighbouring seeds", u[1:], u[:-1])


def test_the_two_halves_of_a_draw_have_nothing_to_do_with_each_other(checks, pictures):
    for name in PAIRED:
        days = EACH_DAY if name == "DISTRESS_AND_EPISODES" else MONDAYS
        one, other = drawn(name, days=days)
        checks.uniform(f"{name}: first half", one)
        checks.uniform(f"{name}: second half", other)
        checks.independent(f"{name}: halves", one, other, 64)
        for lag in (1, 2, 7):
            checks.independent(f"{name}: first, and second {lag} later", one[:, :-lag], other[:, lag:])
            checks.independent(f"{name}: second, and first {lag} later", other[:, :-lag], one[:, lag:])
    one, other = drawn("DISTRESS_AND_EPISODES", days=EACH_DAY[:60])

    def draw(axes):
        axes.plot(np.ravel(one), np.ravel(other), ".", color=BLUE, markersize=1.5)
        axes.set(xlabel="first half: distress", ylabel="second half: episodes", xlim=(0, 1), ylim=(0, 1))

    picture(pictures, "draws_halves", "8,640 draws for distress and episodes", draw)


@pytest.mark.parametrize("lag", [1, 2, 7, 28, 364])
def test_days_are_independent_of_earlier_days(checks, lag):
    for name in (*PAIRED, *OF_PEOPLE):
        for half, u in zip(("first", "second"), drawn(name, IDS[:100]), strict=True):
            if half == "second" and name not in PAIRED:
                continue
            checks.independent(f"{name}, {half} half, {lag} days", u[:, lag:], u[:, :-lag])
            if lag == 1:
                checks.runs(f"{name}, {half} half", u)
                checks.runs(f"{name}, {half} half, Mondays", u[:, ::7])


def test_people_are_independent_of_each_other(checks):
    for name in (*PAIRED, *OF_PEOPLE):
        u = drawn(name)[0]
        checks.independent(f"{name}: neighbours", u[1:], u[:-1])
        checks.independent(f"{name}: residents and newcomers", u[:64], u[80:144])
        checks.runs(f"{name}: along people", u.T)
        mean = u.mean(axis=1)  # does anybody have better luck than the others?
        statistic = float((((mean - 0.5) ** 2) * 12 * u.shape[1]).sum())
        checks.add(
            f"{name}: luck of a life", 2 * min(stats.chi2.sf(statistic, len(u)), stats.chi2.cdf(statistic, len(u)))
        )


def test_purposes_are_independent_of_each_other(checks):
    names = sorted({*OF_PEOPLE, *PAIRED, *OF_GROUP, *WITH_PARTNER}, key=ALL.get)
    u = {name: drawn(name, IDS[:60], EACH_DAY[:1500])[0] for name in names}
    for one, other in pairwise(names):
        checks.independent(f"{one} and {other}", u[one], u[other])
    for other in names[1:]:
        checks.independent(f"{names[0]} and {other}", u[names[0]], u[other])
    flat = np.array([np.ravel(u[name]) - 0.5 for name in names])
    r = flat @ flat.T * 12 / flat.shape[1]
    above = np.abs(r[np.triu_indices(len(names), 1)])
    checks.add(
        "largest of all correlations", min(1.0, len(above) * 2 * stats.norm.sf(above.max() * math.sqrt(flat.shape[1])))
    )


def test_traits_of_a_person_are_independent_of_each_other(checks):
    u = {name: np.concatenate([drawn(name, days=[0], seed=seed)[0] for seed in range(1, 201)]) for name in TRAITS}
    for k, one in enumerate(TRAITS):
        for other in TRAITS[k + 1 :]:
            checks.independent(f"{one} and {other}", u[one], u[other])


@pytest.mark.parametrize("name", ["DISTRESS_AND_EPISODES", "ATTEND", "TRAIT_ISOLATION"])
def test_seeds_are_independent_of_each_other(checks, name):
    u = np.array([drawn(name, IDS[:80], EACH_DAY[:300], seed=seed)[0] for seed in range(60)])
    checks.independent(f"{name}: neighbouring seeds", u[1:], u[:-1])
    checks.independent(f"{name}: seeds 32 apart", u[32:], u[:-32])
    far = np.array([drawn(name, IDS[:80], EACH_DAY[:300], seed=2**32 + seed)[0] for seed in range(60)])
    checks.independent(f"{name}: the same low word, another high word", u, far)
    checks.uniform(f"{name}: one address, seeds 1 to 100,000", by_seed(ALL[name], 100_000))


@numba.njit
def _by_seed(purpose, out):
    key = np.zeros(2, dtype=np.uint64)
    for seed in range(len(out)):
        key[0] = seed + 1
        out[seed] = draws.uniform(key, 3, NOBODY, 100, purpose)


def by_seed(purpose, seeds):
    out = np.empty(seeds)
    _by_seed(purpose, out)
    return out


def test_no_two_addresses_share_a_draw():
    # 52 bits, 4 million draws: a chance of about 0.002 for one coincidence, 1e-6 for more than one.
    u = np.concatenate([np.ravel(drawn(name, IDS[:80], EACH_DAY[:1000])[0]) for name in OF_PEOPLE + list(PAIRED)])
    repeated = len(u) - len(np.unique(u))
    print(f"  {len(u)} draws: expected {len(u) ** 2 / 2**53:.2g} coincidences, found {repeated}")
    assert repeated <= 1
    assert 0.0 < u.min() < u.max() < 1.0
