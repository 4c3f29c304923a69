"""Parameters of rules of one's own, varied: in every design, resumed, made again, on other processes, and read."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys

import numpy as np
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from analysis.cli.main import cli
from analysis.results.arrow import to_numpy
from analysis.results.loading import load
from analysis.studies.sweep.again import live_again
from analysis.studies.sweep.cluster import live_on_cluster
from analysis.studies.sweep.local import live_here
from analysis.studies.sweep.store import Store
from sim.own_rules import load_file
from sim.problem import Problem
from tests.analysis.studies.sweep.sweeps import SMALL_TOWN, bytes_of, live, make_sweep, write_sweep
from tests.analysis.studies.sweep.test_cluster import dask  # noqa: F401 - a fixture
from tests.builders import ROOT, SCENARIOS

RULES = """
from sim.declare import number, proportion, switch
PARAMETERS = (
    proportion("own.ease", 0.5, "isolation is lowered by"),
    number("own.from_week", 0, 0, 5200, "weeks", "begins in week"),
    switch("own.everybody", True, "those who live elsewhere too"),
)
def ease(world, own, week):
    p = own.params[0]
    for i in range(len(world.people)):
        me = world.people[i]
        if me.living and week >= p.from_week and (p.everybody or me.resident):
            me.isolation -= p.ease * me.isolation
"""
VARY = {"own.ease": {"values": [0.0, 0.5]}, "contact.texts_per_week": {"values": [0, 3]}}


@pytest.fixture
def town(tmp_path):
    """A scenario that names a file of rules."""
    (tmp_path / "mine.py").write_text(RULES, encoding="utf-8")
    path = tmp_path / "town.yaml"
    path.write_text(f"name: town\nextends: {SCENARIOS / 'groupA.yaml'}\nrules: mine.py\n", encoding="utf-8")
    return path


def own_sweep(folder, **changes):
    return make_sweep(folder, **{"arms": {"town": "town.yaml"}, "vary": VARY, "seeds": 3, **changes})


def effects(folder, **at):
    found = load(folder)["effects"].to_pylist()
    return [row for row in found if all(row[name] == value for name, value in at.items())]


def test_each_point_is_lived_with_its_value_and_the_tables_say_what_it_is(town, tmp_path):
    live(own_sweep(tmp_path), tmp_path / "out")
    points = load(tmp_path / "out")["points"].to_pylist()
    assert [(row["own.ease"], row["contact.texts_per_week"]) for row in points] == [(0, 0), (0, 3), (0.5, 0), (0.5, 3)]
    for eased, point in ((False, 0), (True, 2)):  # halved every week, nobody is isolated any more
        twins = [row["twin"] for row in effects(tmp_path / "out", point=point, outcome="isolation", week=24)]
        assert (np.array(twins) < 0.1).all() == eased
    (column,) = (one for one in load(tmp_path / "out").columns("points") if one.name == "own.ease")
    assert (column.unit, column.meaning) == ("proportion", "isolation is lowered by")
    record = json.loads((tmp_path / "out" / "record.json").read_text(encoding="utf-8"))
    assert record["arms"]["town"]["rules"][0]["sha256"] == load_file(tmp_path / "mine.py").sha256
    assert record["settings"]["design"]["factors"][0] == {"name": "own.ease", "values": [0.0, 0.5]}


@pytest.mark.parametrize("kind", ["saltelli", "morris", "sobol", "latin", "random"])
def test_every_design_moves_them(town, tmp_path, kind):
    vary = {"own.ease": {"range": [0.1, 0.4]}, "own.from_week": {"range": [2, 30]}, "contact.relief": "plausible"}
    count = {"trajectories": 4} if kind == "morris" else {"points": 8}
    sweep = own_sweep(tmp_path, vary=vary, design={"kind": kind, **count})
    ease, weeks = np.array([point[:2] for point in sweep.points]).T
    assert ease.min() >= 0.1
    assert ease.max() <= 0.4
    assert len(set(ease)) >= 3
    assert all(isinstance(point[1], int) for point in sweep.points)
    assert len(set(weeks)) >= 3


def test_a_table_of_points_and_moving_together(town, tmp_path):
    (tmp_path / "points.csv").write_text("own.ease,own.from_week,own.everybody\n0.2,3.0,true\n1,4,false\n", "utf-8")
    sweep = own_sweep(tmp_path, vary=None, design={"kind": "table", "file": "points.csv"})
    assert sweep.points == [(0.2, 3, True), (1.0, 4, False)]
    moved = {"meeting.learn": {"range": [0.0, 0.1], "steps": 2}, "own.ease": {"moves_with": "meeting.learn"}}
    assert own_sweep(tmp_path, vary=moved).points == [(0.0, 0.0), (0.1, 0.1)]


def test_it_is_gone_on_with_and_made_again_and_another_text_is_another_sweep(town, tmp_path):
    sweep = own_sweep(tmp_path)
    live(sweep, tmp_path / "whole")

    def stop(runs):
        raise KeyboardInterrupt

    store = Store(tmp_path / "out", sweep)
    store.begin()
    with pytest.raises(KeyboardInterrupt):
        live_here(store, 1, stop)
    live(own_sweep(tmp_path), tmp_path / "out")
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "whole")
    rules = load_file(tmp_path / "mine.py")
    assert live_again(tmp_path / "out", given=[rules]).differ == []
    with pytest.raises(Problem, match=r"made with rules of .*mine.py .*name that file: --rules FILE"):
        live_again(tmp_path / "out")
    (tmp_path / "mine.py").write_text(RULES.replace("p.ease *", "2 * p.ease *"), encoding="utf-8")
    assert own_sweep(tmp_path).digest != sweep.digest
    with pytest.raises(Problem, match="holds"):
        live(own_sweep(tmp_path), tmp_path / "out")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"vary": {"own.eases": {"values": [0.1]}}}, r"small\.yaml:.*own\.eases: unknown parameter; parameters of "
                                                     "rules of your own that every arm has: own.ease, own.from_week"),
        ({"vary": {"own.ease": {"values": [7.0]}}}, "own.ease: .*7.0"),
        ({"vary": {"own.ease": "plausible"}}, "own.ease has no declared plausible range; give a range or values"),
        ({"arms": {"town": "town.yaml", "other": str(SCENARIOS / "groupA.yaml")}},
         "own.ease: unknown parameter; .*every arm has: none; name their file with `rules:` or --rules"),
    ],
)  # fmt: skip
def test_what_cannot_be_varied_is_said(town, tmp_path, changes, words):
    with pytest.raises(Problem, match=words):
        own_sweep(tmp_path, **changes)


def test_to_another_process_goes_the_text(town, tmp_path):
    (tmp_path / "sweep.pickle").write_bytes(pickle.dumps(own_sweep(tmp_path)))
    (tmp_path / "mine.py").unlink()
    code = (
        "import pickle, sys; from pathlib import Path\n"
        "sweep = pickle.loads(Path(sys.argv[1]).read_bytes())\n"
        "print(sweep.digest, sweep.factors[0].parameter.meaning)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "sweep.pickle")], cwd=ROOT, text=True,
                          capture_output=True, check=True)  # fmt: skip
    (tmp_path / "mine.py").write_text(RULES, encoding="utf-8")
    assert done.stdout.strip() == f"{own_sweep(tmp_path).digest} isolation is lowered by"


@pytest.mark.slow
def test_on_dask_the_same_bytes_come_out(dask, town, tmp_path):  # noqa: F811
    dask.add_worker()
    store = Store(tmp_path / "there", own_sweep(tmp_path))
    store.begin()
    live_on_cluster(store, dask.address)
    live(own_sweep(tmp_path), tmp_path / "here")
    assert bytes_of(tmp_path / "there") == bytes_of(tmp_path / "here")


def test_the_commands_take_them_and_sensitivity_reads_them_without_the_file(town, tmp_path):
    file = write_sweep(
        tmp_path, arms={"A": str(SCENARIOS / "groupA.yaml")}, seeds=2, set=SMALL_TOWN,
        vary={"own.ease": {"values": [0.0, 0.2, 0.5]}, "own.everybody": {"values": [True, False]}},
    )  # fmt: skip
    out, mine = str(tmp_path / "out"), str(tmp_path / "mine.py")
    done = CliRunner().invoke(cli, ["sweep", str(file), "--rules", mine, "--out", out, "--quiet"])
    assert done.exit_code == 0, done.output
    (tmp_path / "mine.py").unlink()
    read = CliRunner().invoke(cli, ["sensitivity", out, "--out", str(tmp_path / "read"), "--population", "eligible"])
    assert read.exit_code == 0, read.output
    points = pq.read_table(tmp_path / "read" / "points.parquet")
    assert to_numpy(points.column("own.everybody")).tolist() == ["yes", "no"] * 3
    assert points.schema.field("own.ease").metadata[b"meaning"] == b"isolation is lowered by"
