"""What is taken away from the page gives the same numbers in ``run.py``."""

import csv
import io
import zipfile

import yaml

from analysis.results.folder import read_tables
from analysis.results.record import read_record
from analysis.studies.run.figures import DRAWERS as FIGURES
from sim.life import Life
from sim.scenario import load
from tests.cli.command_line import sameboat
from tests.view.towns import choices_of, lived
from view.download import before_after, results_zip, scenario_yaml
from view.lives import TwinLives
from view.numbers import WHOM, Change, changes


def test_the_scenario_gives_the_same_life_in_run_py(tmp_path):
    choices = choices_of("groupB", run__weeks=30, run__seed=11)
    choices.change("group.acceptance", 0.8)
    lives = TwinLives(choices=choices)
    for _ in range(30):
        lives.step()
    path = tmp_path / "mine.yaml"
    path.write_bytes(scenario_yaml(lives.config))
    life = Life(load(path).values)
    life.live()
    assert life.digest() == lives.group.digest()
    said = sameboat("check", path)
    assert said.status == 0


def test_the_zip_is_a_results_folder(tmp_path, monkeypatch):
    lives = lived("groupA", 30, run__weeks=30)
    packed = zipfile.ZipFile(io.BytesIO(results_zip(lives.config)))
    names = set(packed.namelist())
    folders = ("groupA", "groupA-without-group")
    assert {"groupA.yaml", "READ-ME.txt", "before-and-after.csv"} <= names
    assert {f"{folder}/{file}" for folder in folders for file in ("record.json", "summary.txt")} <= names
    assert {f"groupA/{name}.png" for name in FIGURES} <= names
    packed.extractall(tmp_path)
    assert read_record(tmp_path / "groupA").digest == lives.group.digest()
    assert read_tables(tmp_path / "groupA")["weeks"].num_rows == 30
    assert yaml.safe_load(packed.read("groupA.yaml"))["run"]["weeks"] == 30
    monkeypatch.chdir(tmp_path)
    assert [sameboat("rerun", folder).status for folder in folders] == [0, 0]
    assert read_record(tmp_path / "groupA-without-group").digest == lives.twin.digest()


def test_the_table_of_before_and_after_is_that_of_the_page():
    lives = lived("groupA", 40, run__weeks=40)
    header, *rows = csv.reader(io.StringIO(before_after(lives.config)))
    wanted = [(whom, line) for whom in WHOM for line in changes(lives.snapshot, whom)]
    assert header == ["whom", *Change._fields]
    assert len(rows) == len(wanted) > 8
    for row, (whom, line) in zip(rows, wanted, strict=True):
        assert row == [whom, *map(str, line)]
