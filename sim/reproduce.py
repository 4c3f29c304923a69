"""Whether this machine makes our bits: a few short lives and functions, against digests that come with Sameboat.

A case is lived with stops; at each, every state has a digest: so one can say which parted first, and by which week.
``python -m docs.renew --baselines`` renews the digests with the baselines.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import scenarios
from sim import draws, functions, quantiles
from sim.compiler import entry_point
from sim.draws import NOBODY
from sim.life import Life
from sim.scenario import load, load_account

DIGESTS = scenarios.FOLDER / "digests.json"
LETTERS = 8  # of a state's digest: enough to tell a difference
ARGUMENTS = 500
FUNCTIONS = (
    "exp", "expm1", "log", "log1p", "power", "normal_quantile", "normal_below", "beta_quantile", "gamma_quantile",
)  # fmt: skip


class Case(NamedTuple):
    """A scenario file, an account ("" for none), changes, and the weeks after which states are compared."""

    scenario: str
    account: str
    changes: dict[str, Any]
    stops: tuple[int, ...]

    @property
    def name(self) -> str:
        """In words."""
        account = f" under the account {self.account}" if self.account else ""
        return f"{self.scenario}{account}, seed {self.changes['run.seed']}, {self.stops[-1]} weeks"


CASES = (
    Case("groupA", "", {"run.seed": 1}, (0, 1, 4, 26, 104)),
    Case("groupB", "full", {"run.seed": 2}, (0, 1, 4, 26, 104)),
    Case("befriending", "full", {"run.seed": 3}, (0, 1, 4, 26, 104)),
    Case("judging", "", {"run.seed": 2**63 - 1}, (0, 1, 4, 26, 104)),
)
SHORT = (  # also without the compiler, which is a thousand times slower
    Case("groupA", "", {"run.seed": 1, "people.residents": 24, "run.lead_in_weeks": 2}, (0, 1, 4)),
    Case("groupB", "full", {"run.seed": 2, "people.residents": 24, "run.lead_in_weeks": 2}, (0, 1, 4)),
)


def lived(case: Case) -> dict[str, dict[str, str]]:
    """Digests of a case's states, by week and by state."""
    scenario = load(scenarios.FOLDER / f"{case.scenario}.yaml")
    if case.account:
        scenario = scenario.with_account(load_account(case.account))
    life = Life({**scenario.values, **case.changes, "run.weeks": case.stops[-1]})
    found = {}
    for stop in case.stops:
        life.live(stop - life.week)
        found[str(stop)] = {name: digest[:LETTERS] for name, digest in life.field_digests().items()}
    return found


@entry_point
def _fill_values(key, table):
    log_beta_ab, log_gamma_of_a = quantiles.log_beta(2.0, 5.0), quantiles.log_gamma(0.6)
    for i in range(len(table)):
        u = draws.uniform(key, i, NOBODY, 0, 1)
        v = draws.uniform(key, i, NOBODY, 0, 2)
        x = 60.0 * (u - 0.5)
        table[i, 0] = functions.exp(20.0 * x)
        table[i, 1] = functions.expm1(x * v * v * v)
        table[i, 2] = functions.log(functions.exp(20.0 * x) * v)
        table[i, 3] = functions.log1p(2.0 * u - 1.0)
        table[i, 4] = functions.power(u, 5.0 * v)
        table[i, 5] = draws.normal_quantile(v * v * u)
        table[i, 6] = quantiles.normal_below(0.3 * x)
        table[i, 7] = quantiles.beta_quantile(2.0, 5.0, log_beta_ab, u)
        table[i, 8] = quantiles.gamma_quantile(0.6, log_gamma_of_a, u)


def functions_digests() -> dict[str, str]:
    """A digest of each function's values for some hundred arguments."""
    table = np.empty((ARGUMENTS, len(FUNCTIONS)))
    _fill_values(draws.key_of_seed(1), table)
    return {name: _digest(table[:, k]) for k, name in enumerate(FUNCTIONS)}


def _digest(values: np.ndarray) -> str:
    return hashlib.sha256(values.astype("<f8").tobytes()).hexdigest()[:16]


def made_here(short_only: bool = False) -> dict[str, Any]:
    """The digests of this machine, as they are kept in the file."""
    cases = SHORT if short_only else (*CASES, *SHORT)
    return {"functions": functions_digests(), "cases": {case.name: lived(case) for case in cases}}


def kept() -> dict[str, Any]:
    """The digests that come with Sameboat."""
    found: dict[str, Any] = json.loads(DIGESTS.read_text(encoding="utf-8"))
    return found


def renew(path: Path = DIGESTS) -> bool:
    """Write this machine's digests; whether any is new."""
    text = json.dumps(made_here(), indent=0, sort_keys=True) + "\n"
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False
    path.write_text(text, encoding="utf-8", newline="\n")
    return True


def partings(ours: dict[str, Any], here: dict[str, Any]) -> dict[str, str]:
    """Of each case (and ``functions``): where it parts from ours, in words; empty if it does not."""
    other = [name for name, digest in here["functions"].items() if ours["functions"].get(name) != digest]
    told = {"functions": f"other bits: {', '.join(other)}" if other else ""}
    for name, weeks in here["cases"].items():
        told[name] = _first_parting(ours["cases"].get(name, {}), weeks)
    return told


def _first_parting(ours: dict[str, dict[str, str]], here: dict[str, dict[str, str]]) -> str:
    for week, states in sorted(here.items(), key=lambda item: int(item[0])):
        known = ours.get(week, {})
        other = [state for state in sorted({*states, *known}) if states.get(state) != known.get(state)]
        if other:
            more = f" and {len(other) - 5} more" if len(other) > 5 else ""
            return f"parts by week {week} after the opening: {', '.join(other[:5])}{more}"
    return ""
