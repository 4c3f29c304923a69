"""What the verification tests share: lives in which one process is left, and bounds with a known false-alarm rate.

Every statistical check has a fixed seed, and a bound that a correct model would break with probability ALARM
for a whole test: a test that makes several checks says how many, and each gets its part (Bonferroni).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from scipy import stats

from sim import draws
from sim.life import Life
from sim.maths import log_odds
from sim.population import make_traits
from tests.builders import FOREVER, PLAIN_TRAITS, inert_parameters

ALARM = 1e-6  # probability that a test fails though the model is right
YEAR = 52
NEVER_FADES = 10_000.0  # weeks: the longest half-life that is accepted
BLUE, ORANGE, GREY = "#0072B2", "#E69F00", "#777777"


def alike(values, people, **traits):
    """So many residents who never move, all with the same traits, or a trait for each: recarray[people]."""
    made = make_traits({**values, "people.residents": people}, draws.key_of_seed(values["run.seed"]))[:people].copy()
    for name, value in (PLAIN_TRAITS | {"departs_week": FOREVER} | traits).items():
        if value is not None:  # None: as drawn
            made[name] = value
    for i in range(people):
        made[i].baseline_log_odds = log_odds(made[i].baseline_distress)
    return made


def quiet_life(people, weeks, changes=None, seed=1, history_every=1, states=None, traits=None):
    """A life with every rate and effect at zero, but for ``changes`` (parameters), before its first week.

    ``traits``: as for ``alike``. ``states``: people's states to begin with.
    """
    values = inert_parameters() | {"group.exists": False, "people.residents": people, "run.weeks": weeks}
    values |= {"run.seed": seed} | (changes or {})
    life = Life(values, history_every, alike(values, people, **(traits or {})))
    begin_with(life, states or {})
    return life


def begin_with(life, states):
    """Give everybody these states, and let the history begin with them."""
    for name, value in states.items():
        life.world.people[name] = value
    if len(life.history) and life.week == 0:
        life.history[0] = life.world.people


def many_quiet_lives(seeds, keep, *arguments, **named):
    """``keep`` of each of many quiet lives, lived on two threads, in the order of seeds."""

    def one(seed):
        life = quiet_life(*arguments, seed=seed, **named)
        life.live()
        return keep(life)

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, seeds))


def report(what, expected, simulated, interval=""):
    """A line of the report that ``pytest -s`` shows."""
    print(f"  {what}: expected {_number(expected)}, simulated {_number(simulated)}{interval}")


def _number(value):
    return value if isinstance(value, str) else f"{value:.6g}"


def exactly(what, expected, simulated, off=1e-9):
    """Check a form that leaves no room for chance, up to rounding."""
    worst = float(np.max(np.abs(np.asarray(simulated) - np.asarray(expected))))
    at = int(np.argmax(np.abs(np.asarray(simulated) - np.asarray(expected))))
    one, other = np.broadcast_arrays(np.asarray(expected, dtype=float), np.asarray(simulated, dtype=float))
    report(what, float(one.flat[at]), float(other.flat[at]), f" (largest difference {worst:.1e})")
    assert worst <= off, f"{what}: off by {worst:.3g}"


def close_by(what, expected, simulated, error, checks=1, allowance=0.0):
    """Check a mean against its expected value, given its standard error.

    A correct model fails with probability ALARM / checks. ``allowance``: what an approximate form may be off.
    """
    z = float(stats.norm.isf(ALARM / checks / 2))
    reach = z * error + allowance
    report(what, expected, simulated, f" in {simulated - reach:.6g} to {simulated + reach:.6g} (z bound {z:.1f})")
    assert abs(simulated - expected) <= reach, (
        f"{what}: {simulated:.6g} is {(simulated - expected) / error:+.1f} errors off"
    )


def mean_close_by(what, expected, values, checks=1, allowance=0.0):
    """Check the mean of independent values, with the standard error that they show."""
    values = np.asarray(values, dtype=float)
    error = float(values.std(ddof=1)) / np.sqrt(len(values))
    close_by(what, expected, float(values.mean()), error, checks, allowance)


def fits(what, observed, probabilities, checks=1, smallest=8.0):
    """Chi-square test of counts against probabilities; cells with few expected are joined with the next."""
    observed, expected = np.asarray(observed, dtype=float), np.asarray(probabilities, dtype=float) * np.sum(observed)
    cells_seen, cells_expected, seen, due = [], [], 0.0, 0.0
    for one, other in zip(observed, expected, strict=True):
        seen, due = seen + one, due + other
        if due >= smallest:
            cells_seen.append(seen)
            cells_expected.append(due)
            seen, due = 0.0, 0.0
    cells_seen[-1] += seen
    cells_expected[-1] += due
    seen, due = np.array(cells_seen), np.array(cells_expected)
    freedom = len(seen) - 1
    statistic = float(((seen - due) ** 2 / due).sum())
    bound = float(stats.chi2.isf(ALARM / checks, freedom))
    report(f"{what}, chi-square of {freedom + 1} cells", float(freedom), statistic, f" (bound {bound:.5g})")
    assert statistic <= bound, f"{what}: chi-square {statistic:.4g} with {freedom} degrees of freedom"


def dispersion_is(what, expected, values, means, checks=1):
    """Check that counts vary about their means as Poisson counts do (index of dispersion, two sides)."""
    values, means = np.asarray(values, dtype=float), np.asarray(means, dtype=float)
    statistic = float(((values - means) ** 2 / means).sum()) / len(values)
    spread = float(np.sqrt(np.mean(2.0 + 1.0 / means) / len(values)))
    close_by(what, expected, statistic, spread, checks)


def picture(folder, name, title, draw):
    """Save a small picture; ``draw`` is given the axes."""
    figure = Figure(figsize=(6.4, 4.0), layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(title, loc="left", fontsize=10, weight="bold")
    axes.spines[["top", "right"]].set_visible(False)
    draw(axes)
    FigureCanvasAgg(figure)
    figure.savefig(folder / f"{name}.png", dpi=120)
