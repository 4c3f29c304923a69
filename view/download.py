"""What can be taken away from the page: the scenario as YAML, and the whole run as a results folder."""

from __future__ import annotations

import io
import tempfile
import threading
import zipfile
from pathlib import Path

from analysis.studies.frame import write
from analysis.studies.run.study import live_scenario
from sim.scenario import Scenario
from sim.scenario_text import as_yaml
from view.keep import replay
from view.lives import TwinLives

_drawing = threading.Lock()  # Matplotlib's settings are one for all threads
README = """This is a results folder of Sameboat, made on its page in the browser.

The same numbers come from the scenario beside it:

    python run.py {name}.yaml
    python run.py rerun {name}
"""


def scenario_yaml(scenario: Scenario) -> bytes:
    """The scenario with every parameter, as a file for ``run.py``."""
    return as_yaml(scenario).encode("utf-8")


def replay_of(lives: TwinLives) -> bytes:
    """What was seen, as a page that opens without Sameboat."""
    return replay(lives).encode("utf-8")


def results_zip(scenario: Scenario) -> bytes:
    """Live the scenario to its end and pack its results folder, as ``run.py`` writes it.

    Args:
        scenario: what was lived on the page; the whole run is packed, however far the page has come.

    Returns:
        A zip with the folder NAME (tables, figures, summary, record), NAME.yaml and READ-ME.txt.
    """
    packed = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="sameboat-") as home, _drawing:
        folder = Path(home) / scenario.name
        write(live_scenario(scenario), folder)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(folder.iterdir()):
                archive.write(path, f"{scenario.name}/{path.name}")
            archive.writestr(f"{scenario.name}.yaml", scenario_yaml(scenario))
            archive.writestr("READ-ME.txt", README.format(name=scenario.name))
    return packed.getvalue()
