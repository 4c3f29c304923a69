"""Begin a sweep and kill it, again and again, at random moments, and damage a file now and then in between.

    python -m tests.analysis.studies.sweep.kill FILE FOLDER TIMES

Each attempt is a copy of this process (a fork), which has the model in memory already, so a hundred of them do not take
minutes. Prints how many were killed before they had ended, and how many files were damaged.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from analysis.studies.sweep.lives import Lives
from analysis.studies.sweep.plan import Unit
from analysis.studies.sweep.sweepfile import read_sweep
from tests.analysis.studies.sweep.sweeps import live

LONGEST_SECONDS = 0.05  # after the first chunk of an attempt
AT_ONCE, DAMAGED = 0.2, 0.3  # how often it is killed while it begins; how often a file is damaged before


def chunks_in(folder):
    return sorted((folder / "chunks").iterdir()) if (folder / "chunks").is_dir() else []


def has_ended(child):
    return os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def main(file, folder, times):
    luck, sweep = random.Random(20), read_sweep(Path(file))
    Lives(sweep).unit(Unit(0, sweep.seeds[0]))  # loads the compiled rules; in this thread, for threads are not copied
    folder, killed, damaged = Path(folder), 0, 0
    for _ in range(times):
        before = chunks_in(folder)
        if before and luck.random() < DAMAGED:
            path = luck.choice(sorted(luck.choice(before).iterdir()))
            path.write_bytes(path.read_bytes()[: luck.randrange(1000)])
            damaged += 1
        child = os.fork()
        if not child:
            live(sweep, folder)
            os._exit(0)
        end = time.monotonic() + 60
        if luck.random() >= AT_ONCE:
            while len(chunks_in(folder)) <= len(before) and not has_ended(child):
                assert time.monotonic() < end, "nothing was written"
                time.sleep(0.001)
        time.sleep(luck.random() * LONGEST_SECONDS)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
    print(killed, damaged)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
