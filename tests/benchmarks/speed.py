"""How fast, side by side: ``python tests/benchmarks/speed.py`` prints, and never fails.

Everything is measured in one run and given as ratios where it can be: machines differ and are
noisy. A person-week is a week of one person whose life is simulated (lead-in included).
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from sim.ensemble import run_many  # noqa: E402
from sim.life import Life  # noqa: E402
from sim.scenario import load  # noqa: E402
from tests.benchmarks.floor import count_operations, price_operations  # noqa: E402

GROUP_A = load(ROOT / "scenarios" / "groupA.yaml")


def values_of(seed: int, **changes: object) -> dict:
    """Group A with another seed and other parameters (``section__name=value``)."""
    return {**GROUP_A.values, "run.seed": seed, **{k.replace("__", "."): v for k, v in changes.items()}}


def person_weeks(life: Life) -> int:
    """Weeks of life simulated, lead-ins included."""
    first = np.maximum(life.traits.arrives_week - life.lead_in, 0)
    last = np.minimum(life.traits.departs_week, life.lead_in + life.week)
    return int(np.maximum(last - first, 0).sum())


def timed(function, *args):
    """What a call returns, and its seconds."""
    start = time.perf_counter()
    result = function(*args)
    return result, time.perf_counter() - start


def rate_of(lives: list[dict], threads: int) -> float:
    """Person-weeks a second of the ensemble."""
    weeks, seconds = timed(lambda: sum(run_many(lives, person_weeks, threads=threads)))
    return weeks / seconds


def engine(repeats: int) -> float:
    """One core, two threads; returns the median rate on one core."""
    print("\nThe ensemble (group A, 12 years, 30 seeds)")
    lives = [values_of(seed) for seed in range(1, 31)]
    rate_of(lives[:2], 1)
    one, two = [], []
    for _ in range(repeats):  # in turn, so that a slow spell hits both
        one.append(rate_of(lives, 1))
        two.append(rate_of(lives, 2))
    ratios = [b / a for a, b in zip(one, two, strict=True)]
    print(f"  one thread   {median(one):12,.0f} person-weeks a second (from {min(one):,.0f} to {max(one):,.0f})")
    print(f"  two threads  {median(two):12,.0f} person-weeks a second")
    print(f"  two against one: {median(ratios):.2f} times (from {min(ratios):.2f} to {max(ratios):.2f})")
    return median(one)


def against_mesa(repeats: int) -> None:
    """The plain Mesa reference, alone and under ``mesa.batch_run`` with two processes."""
    try:
        from tests.reference.model import ReferenceModel
    except ImportError:
        print("\n(no plain Mesa reference here: tests/reference is missing)")
        return
    print("\nAgainst the same model written by hand in plain Mesa (group A, 26 weeks after the lead-in)")
    weeks = 26

    def reference(seed: int) -> None:
        model = ReferenceModel(values_of(seed, run__weeks=weeks))
        for _ in range(weeks):
            model.step()

    ratios = []
    for seed in range(1, repeats + 1):
        _, plain = timed(reference, seed)
        copies = 200
        lives = [values_of(seed, run__weeks=weeks)] * copies
        _, ours = timed(lambda many=lives: list(run_many(many, person_weeks, threads=1)))
        ratios.append(plain / (ours / copies))
    spread = f"from {min(ratios):,.0f} to {max(ratios):,.0f}"
    print(f"  ensemble on one core: {median(ratios):,.0f} times plain Mesa ({spread})")
    runs = 8
    code = (
        "import mesa, sys; sys.path.insert(0, '.');"
        "from tests.reference.model import ReferenceModel; from sim.scenario import load\n"
        "class Collecting(ReferenceModel):\n"
        "    def __init__(self, values):\n"
        "        super().__init__(values)\n"
        "        self.datacollector = mesa.DataCollector(model_reporters={'running': 'running'})\n"
        "    def step(self):\n"
        "        super().step()\n"
        "        self.datacollector.collect(self)\n"
        "if __name__ == '__main__':\n"
        "    v = load('scenarios/groupA.yaml').values\n"
        f"    vs = [dict(v, **{{'run.seed': s, 'run.weeks': {weeks}}}) for s in range(1, {runs} + 1)]\n"
        "    import time; t = time.perf_counter()\n"
        f"    mesa.batch_run(Collecting, {{'values': vs}}, number_processes=2, max_steps={weeks},"
        " data_collection_period=-1, display_progress=False)\n"
        "    print(time.perf_counter() - t)\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "batch.py"
        script.write_text(code)
        done = subprocess.run(
            [sys.executable, str(script)], cwd=ROOT, capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
    if done.returncode:
        print(f"  (mesa.batch_run did not run: {done.stderr.strip().splitlines()[-1]})")
        return
    batch = float(done.stdout.split()[-1])
    lives = [values_of(seed, run__weeks=weeks) for seed in range(1, runs + 1)] * 50
    _, ours = timed(lambda: list(run_many(lives, person_weeks, threads=2)))
    print(
        f"  ensemble on two threads: {batch / (ours / 50):,.0f} times mesa.batch_run with two processes ({runs} runs)"
    )


def against_floor(rate: float) -> None:
    """The cost of a person-week over its own draws and transcendental functions."""
    print("\nAgainst the floor: the draws and functions of a person-week, each priced alone")
    counts, prices = count_operations(values_of(1)), price_operations()
    floor = 0.0
    for name, many in counts.items():
        cost = many * prices[name]
        floor += cost
        print(f"  {name:18s} {many:7.2f} a person-week at {prices[name]:6.1f} ns = {cost:7.1f} ns")
    print(f"  floor {floor:.0f} ns; measured {1e9 / rate:.0f} ns; {1e9 / rate / floor:.2f} times the floor")


def growth() -> None:
    """Time and memory as people, meetings, weeks and runs grow."""
    print("\nGrowth (seconds for 5 lives on one thread, and nanoseconds a person-week)")
    for title, changes in (
        *((f"{n} residents", {"people__residents": n}) for n in (40, 80, 160, 320, 640)),
        *((f"{n} places in the group", {"group__places": n, "joining__visit_per_year": 5.0}) for n in (10, 20, 40)),
        *((f"{n} weeks", {"run__weeks": n}) for n in (156, 312, 624, 1248)),
    ):
        lives = [values_of(seed, **changes) for seed in range(1, 6)]
        weeks, seconds = timed(lambda many=lives: sum(run_many(many, person_weeks, threads=1)))
        print(f"  {title:26s} {seconds:7.2f} s {seconds / weeks * 1e9:9.0f} ns")
    for runs in (20, 200):
        lives = (values_of(seed) for seed in range(1, runs + 1))
        _, seconds = timed(lambda many=lives: sum(run_many(many, person_weeks, threads=2)))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"  {runs:4d} runs on two threads     {seconds:7.2f} s; peak memory of the process so far {peak:,.0f} MiB"
        )


def whole_command() -> None:
    """``run.py scenarios/groupA.yaml``: cold, warm, and where the time goes."""
    print("\nThe whole command: python run.py scenarios/groupA.yaml --quiet")
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "SAMEBOAT_CACHE_DIR": f"{folder}/cache"}

        def command(number: int) -> float:
            call = [sys.executable, "run.py", "scenarios/groupA.yaml", "--quiet", "--out", f"{folder}/out{number}"]
            return timed(lambda: subprocess.run(call, cwd=ROOT, env=environment, check=True, capture_output=True))[1]

        cold = command(0)
        warm = [command(number) for number in range(1, 6)]
        print(f"  cold (compiling) {cold:.1f} s; warm {median(warm):.1f} s (from {min(warm):.1f} to {max(warm):.1f})")
        split = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.split", f"{folder}/split"],
            cwd=ROOT, env=environment, check=False, capture_output=True, text=True,
        )  # fmt: skip
        print("  warm, split: " + (split.stdout.strip() or split.stderr.strip().splitlines()[-1]))


def main() -> None:
    """Run what is asked for, all by default."""
    parts = ("engine", "mesa", "growth", "command")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"any of: {', '.join(parts)}")
    parser.add_argument("--repeats", type=int, default=5)
    asked = parser.parse_args()
    chosen = asked.parts or parts
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, {platform.system()}")
    if "engine" in chosen:
        against_floor(engine(asked.repeats))
    if "mesa" in chosen:
        against_mesa(asked.repeats)
    if "growth" in chosen:
        growth()
    if "command" in chosen:
        whole_command()


if __name__ == "__main__":
    main()
