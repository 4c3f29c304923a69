"""Memory as runs grow: ``python tests/benchmarks/memory.py [RUNS]`` lives so many tiny lives, and prints its peak.

Lives of six residents over a quarter of a year, first by ``run_many``, one handed on after the other, then as a sweep
of as many points, whose twins are all different worlds, with its tables on disk.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from analysis.studies.sweep.local import live_here  # noqa: E402
from analysis.studies.sweep.store import Store  # noqa: E402
from analysis.studies.sweep.sweepfile import read_sweep  # noqa: E402
from sim.ensemble import run_many  # noqa: E402
from sim.scenario import load  # noqa: E402

TINY = {"people.residents": 6, "run.lead_in_weeks": 2, "run.weeks": 13}
GROUP_A = ROOT / "scenarios" / "groupA.yaml"


def say(what: str, done: int, began: float) -> None:
    """The peak so far, in a line."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {what} {done:9,d} after {time.monotonic() - began:6.0f} s: at most {peak:6.1f} MiB", flush=True)


def main() -> None:
    """Live them, and say the peak of memory at each tenth."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    looks = {max(1, runs * k // 10) for k in range(11)}
    values, began = {**load(GROUP_A).values, **TINY}, time.monotonic()
    lives = ({**values, "run.seed": seed} for seed in range(1, runs + 1))
    for done, _ in enumerate(run_many(lives, lambda life: life.week, threads=2), 1):
        if done in looks:
            say("lives ", done, began)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "tiny.yaml"
        said = {
            "sweep": "tiny", "arms": {"groupA": str(GROUP_A)}, "set": TINY, "seeds": 1,
            "vary": {"people.women": "plausible"},
            "design": {"kind": "latin", "points": runs}, "outcomes": ["isolation", "episodes"], "years": [0.25],
        }  # fmt: skip
        file.write_text(yaml.safe_dump(said))
        store, began, done = Store(Path(folder) / "tiny", read_sweep(file)), time.monotonic(), 0
        store.begin()
        say("points", 0, began)

        def tell(lived: int) -> None:
            nonlocal done
            done += lived
            if done in looks:
                say("points", done, began)

        live_here(store, 2, tell)


if __name__ == "__main__":
    main()
