"""What can be taken away from the page: the scenario as YAML, and both whole lives as results folders."""

from __future__ import annotations

import csv
import io
import tempfile
import threading
import zipfile
from pathlib import Path

from analysis.studies.frame import write
from analysis.studies.run.study import live_scenario
from sim.scenario import Scenario
from sim.scenario_text import as_yaml
from view.choices import ORIGIN, Choices
from view.keep import replay
from view.lives import TwinLives
from view.numbers import WHOM, Change, changes

_drawing = threading.Lock()  # Matplotlib's settings are one for all threads
ALONE = "-without-group"
BEFORE_AFTER = "before-and-after.csv"
README = """These are results of Sameboat, made on its page in the browser: one pair of lives.

{name}                the life with the group
{name}{alone}  the same people with the same luck, without any group
{before_after}  at the end: change since before coming, the twin's change, and the difference

One pair of lives is one story, and no evidence. The same numbers come from the scenario beside it:

    python run.py {name}.yaml
    python run.py {name}.yaml --set group.exists=false
    python run.py rerun {name}
"""


def scenario_yaml(scenario: Scenario) -> bytes:
    """The scenario with every parameter, as a file for ``run.py``."""
    return as_yaml(scenario).encode("utf-8")


def replay_of(lives: TwinLives) -> bytes:
    """What was seen, as a page that opens without Sameboat."""
    return replay(lives).encode("utf-8")


def results_zip(scenario: Scenario) -> bytes:
    """Live the scenario and its twin to their end and pack their results folders, as ``run.py`` writes them.

    Args:
        scenario: what was lived on the page; the whole run is packed, however far the page has come.

    Returns:
        A zip with the folders NAME and NAME-without-group (tables, figures, summary, record), the table of before and
        after beside the twin, NAME.yaml and READ-ME.txt.
    """
    alone = scenario.with_values({"group.exists": False}, origin=ORIGIN)
    packed = io.BytesIO()
    with (
        tempfile.TemporaryDirectory(prefix="sameboat-") as home,
        _drawing,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name, lived in ((scenario.name, scenario), (f"{scenario.name}{ALONE}", alone)):
            write(live_scenario(lived), Path(home) / name)
            for path in sorted((Path(home) / name).iterdir()):
                archive.write(path, f"{name}/{path.name}")
        archive.writestr(BEFORE_AFTER, before_after(scenario))
        archive.writestr(f"{scenario.name}.yaml", scenario_yaml(scenario))
        said = README.format(name=scenario.name, alone=ALONE, before_after=BEFORE_AFTER)
        archive.writestr("READ-ME.txt", said)
    return packed.getvalue()


def before_after(scenario: Scenario) -> str:
    """The page's table of before and after, at the end of both lives, for each way of saying whom; as CSV."""
    lives = TwinLives(Choices(scenario=scenario))
    while lives.running:
        lives.step()
    rows = io.StringIO()
    table = csv.writer(rows, lineterminator="\n")
    table.writerow(["whom", *Change._fields])
    for whom in WHOM:
        table.writerows([whom, *line] for line in changes(lives.snapshot, whom))
    return rows.getvalue()
