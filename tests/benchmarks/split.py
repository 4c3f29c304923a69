"""Where a warm ``run.py scenarios/groupA.yaml`` spends its time, one part after the other."""

from __future__ import annotations

import sys
import time
from pathlib import Path

clock = time.perf_counter()
laps: list[str] = []


def lap(name: str) -> None:
    """Note the seconds since the last lap."""
    global clock  # noqa: PLW0603
    now = time.perf_counter()
    laps.append(f"{name} {now - clock:.2f} s")
    clock = now


import analysis.studies.run.command  # noqa: E402

lap("import")
from analysis.results.folder import write_tables  # noqa: E402
from analysis.studies.run.study import live_scenario  # noqa: E402
from sim.life import Life  # noqa: E402
from sim.scenario import load  # noqa: E402

folder = Path(sys.argv[1])
scenario = load("scenarios/groupA.yaml")
Life({**scenario.values, "run.weeks": 1})
lap("load compiled code")
run = live_scenario(scenario)
lap("run and tabulate")
folder.mkdir(parents=True, exist_ok=True)
run.summary()
write_tables(folder, run.tables)
lap("write")
import analysis.figures.style  # noqa: E402, F401 - Matplotlib
from analysis.studies.frame import save_figures  # noqa: E402

lap("import matplotlib")
save_figures(run, folder)
lap("plot")
print(", ".join(laps))
