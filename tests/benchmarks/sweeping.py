"""What a sweep costs beside the bare lives it is made of: ``python tests/benchmarks/sweeping.py [SEEDS] [SWEEP]``.

Both are lived in turns on one thread: the shipped county (ten sizes of town, each with its twin) as a sweep, on disk
with all its tables, and the same lives by ``run_many``, of which nothing is kept.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from analysis.studies.sweep.local import live_here  # noqa: E402
from analysis.studies.sweep.plan import Sweep  # noqa: E402
from analysis.studies.sweep.store import Store  # noqa: E402
from analysis.studies.sweep.sweepfile import read_sweep  # noqa: E402
from sim.ensemble import run_many  # noqa: E402

TURNS = 5


def lives_in(sweep: Sweep) -> list[dict[str, Any]]:
    """The values of every life of a sweep, each world once: with the group, and without."""
    lives, seen = [], set()
    for chunk in sweep.chunks:
        for unit in sweep.units_of(chunk):
            for arm in (sweep.arm_at(arm, unit.point) for arm in sweep.arms):
                for world in (arm.twin, arm):
                    name = (unit.seed, world.life_digest)
                    if name not in seen:
                        lives.append({**world.values, "run.seed": unit.seed})
                    seen.add(name)
    return lives


def seconds_bare(lives: list[dict[str, Any]]) -> float:
    """Seconds of processor time for the lives alone."""
    began = time.process_time()
    for _ in run_many(lives, lambda life: None, threads=1):
        pass
    return time.process_time() - began


def seconds_sweep(sweep: Sweep) -> float:
    """Seconds of processor time for the sweep, tables written."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        store = Store(Path(folder) / "sweep", sweep)
        store.begin()
        live_here(store, threads=1)
        return time.process_time() - began


def main() -> None:
    """Live both in turns, and print the ratio."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    file = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "scenarios" / "sweeps" / "county.yaml"
    sweep = read_sweep(file, {"seeds": seeds})
    lives = lives_in(sweep)
    seconds_bare(lives[:4]), seconds_sweep(read_sweep(file, {"seeds": 1, "weeks": 52}))
    bare, swept = [], []
    for _ in range(TURNS):  # in turn, so that a slow spell hits both
        bare.append(seconds_bare(lives))
        swept.append(seconds_sweep(sweep))
    ratios = sorted(b / a for a, b in zip(bare, swept, strict=True))
    print(f"{sweep.name}, {seeds} seeds: {len(lives)} lives in {median(bare):.2f} s, as a sweep {median(swept):.2f} s")
    print(f"  a sweep beside the bare ensemble: {median(ratios):.3f} times (from {ratios[0]:.3f} to {ratios[-1]:.3f})")


if __name__ == "__main__":
    main()
