"""Outcomes of one's own in a sweep: in its tables, checked before, named when they break off, never run unasked."""

from __future__ import annotations

import pickle
import re

import numpy as np
import pyarrow.parquet as pq
import pytest

from analysis.compare.panel import live_panel
from analysis.results.loading import load
from analysis.studies.sensitivity.response import reading_of
from analysis.studies.sensitivity.share import Threshold
from analysis.studies.sweep.again import live_again
from analysis.studies.sweep.own import load_outcomes
from sim.problem import Problem
from tests.analysis.studies.sensitivity.known import analysed
from tests.analysis.studies.sweep.sweeps import bytes_of, live, make_sweep, write_sweep
from tests.builders import ROOT
from tests.cli.command_line import sameboat

OUTCOMES = """
import numpy as np
from analysis.studies.sweep.own import OwnOutcome

def lonely(life, twin, row):
    here = life.people["resident"][row]
    return float(np.mean(life.people["isolation"][row][here]) - np.mean(twin.people["isolation"][row][here]))

def never(life, twin, row):
    return float("nan")

OUTCOMES = (
    OwnOutcome("lonely", "isolation of everybody who lives here, life minus twin", "0-1", lonely),
    OwnOutcome("never", "nothing at all", "none", never),
)
"""
BREAKS = """
from analysis.studies.sweep.own import OwnOutcome

def breaks(life, twin, row):
    if life.values["run.seed"] == 4 and len(life.traits) < 100:
        return 1 / 0
    return 1

OUTCOMES = (OwnOutcome("breaks", "breaks off", "none", breaks),)
"""


@pytest.fixture
def own(tmp_path):
    (tmp_path / "mine.py").write_text(OUTCOMES, encoding="utf-8")
    return make_sweep(tmp_path, own_outcomes="mine.py")


def test_they_are_columns_with_unit_and_meaning_and_are_what_the_function_gives(own, tmp_path):
    live(own, tmp_path / "results")
    results = load(tmp_path / "results")
    table = results["groups"].to_pylist()
    said = {column.name: (column.unit, column.meaning) for column in results.columns("groups")}
    assert said["lonely"] == ("0-1", "isolation of everybody who lives here, life minus twin")
    assert len(table) == 4 * 6 * 2 * 2
    assert {row["never"] for row in table} == {None}
    assert len({row["lonely"] for row in table}) > 20
    arm = own.arm_at(own.arms[0], 2)
    life, twin = (live_panel({**some.values, "run.seed": 5}) for some in (arm, arm.twin))
    for row, week in zip(own.rows, own.weeks_looked, strict=True):
        here = life.people["resident"][row]
        by_hand = np.mean(life.people["isolation"][row][here]) - np.mean(twin.people["isolation"][row][here])
        found = [r["lonely"] for r in table if (r["point"], r["seed"], r["arm"], r["week"]) == (2, 5, "groupA", week)]
        assert found == [by_hand]


def test_all_other_tables_are_as_without_them(own, whole, tmp_path):
    live(own, tmp_path / "results")
    one, other = load(tmp_path / "results"), load(whole[1])
    for name in ("runs", "effects"):
        assert one[name].equals(other[name])
    assert one["groups"].drop(["lonely", "never"]).equals(other["groups"])


def test_rerun_asks_for_the_file_and_takes_no_other_text(own, tmp_path):
    live(own, tmp_path / "results")
    with pytest.raises(Problem, match=r"made with outcomes of mine\.py .* name it: --outcomes FILE"):
        live_again(tmp_path / "results")
    again = live_again(tmp_path / "results", outcomes=tmp_path / "mine.py")
    assert (again.differ, again.lived) == ([], again.there)
    (tmp_path / "mine.py").write_text(OUTCOMES + "raise SystemExit\n", encoding="utf-8")
    with pytest.raises(Problem, match="is another text"):
        live_again(tmp_path / "results", outcomes=tmp_path / "mine.py")


def test_a_sweep_without_them_takes_no_file(whole, own, tmp_path):
    with pytest.raises(Problem, match="made without outcomes of one's own"):
        live_again(whole[1], outcomes=tmp_path / "mine.py")


def test_another_text_is_another_sweep(own, tmp_path):
    live(own, tmp_path / "results")
    (tmp_path / "mine.py").write_text(OUTCOMES + "# mended\n", encoding="utf-8")
    with pytest.raises(Problem, match="own outcomes"):
        live(make_sweep(tmp_path, own_outcomes="mine.py"), tmp_path / "results")
    with pytest.raises(Problem, match="own outcomes"):
        live(make_sweep(tmp_path), tmp_path / "results")


def test_a_worker_makes_them_from_the_text_alone(own, tmp_path):
    from analysis.studies.sweep.cluster import make_chunk
    from analysis.studies.sweep.identity import code_digest

    store = live(own, tmp_path / "results")
    (tmp_path / "mine.py").unlink()
    sent = pickle.loads(pickle.dumps(own))
    made = make_chunk(sent, sent.chunks[0], code_digest())
    place = store.folder / "chunks" / own.chunks[0].name
    assert made.files["groups"] == (place / "groups.parquet").read_bytes()


def test_what_breaks_off_names_file_line_and_run(tmp_path):
    (tmp_path / "mine.py").write_text(BREAKS, encoding="utf-8")
    file = write_sweep(tmp_path, own_outcomes="mine.py")
    problem = sameboat("sweep", file, "--out", tmp_path / "results", "--threads", 1, "--seed", 2).problem
    assert "mine.py:6: breaks: point 0, seed 4, arm groupA, row 3: ZeroDivisionError" in problem
    assert (tmp_path / "results" / "chunks").is_dir()  # what was finished is kept
    assert len(list((tmp_path / "results" / "chunks").iterdir())) > 0


def test_a_mistake_shows_on_a_small_town_before_anything_is_written(tmp_path):
    (tmp_path / "mine.py").write_text(OUTCOMES.replace("return float(np.mean", "return (np.men"), encoding="utf-8")
    file = write_sweep(tmp_path, own_outcomes="mine.py")
    problem = sameboat("sweep", file, "--out", tmp_path / "results").problem
    assert "mine.py:7: lonely: point 0, seed 1, arm groupA, row 3: AttributeError" in problem
    assert "tried on a small town; nothing was written" in problem
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize("given", ["np.inf", "None", "'many'", "np.zeros(3)", "1j"])
def test_what_is_no_number_is_refused(given, tmp_path):
    text = OUTCOMES.replace('return float("nan")', f"return {given}")
    (tmp_path / "mine.py").write_text(text, encoding="utf-8")
    problem = sameboat("sweep", write_sweep(tmp_path, own_outcomes="mine.py"), "--out", tmp_path / "results").problem
    assert "never: point 0, seed 1, arm groupA, row 3: found" in problem
    assert "expected a finite number" in problem


def test_nobody_changes_a_world_that_several_runs_share(tmp_path):
    text = OUTCOMES.replace('return float("nan")', 'twin.people["isolation"][row] = 0.0')
    (tmp_path / "mine.py").write_text(text, encoding="utf-8")
    problem = sameboat("sweep", write_sweep(tmp_path, own_outcomes="mine.py"), "--out", tmp_path / "results").problem
    assert "read-only" in problem


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "expected a Python file with OUTCOMES"),
        ("OUTCOMES = ()", "expected a Python file with OUTCOMES"),
        ("OUTCOMES = (3,)", "expected a Python file with OUTCOMES"),
        ("OUTCOMES = (", "mine.py:1: "),
        ("raise ValueError('no')", "mine.py:1: ValueError: no"),
        (OUTCOMES.replace('"lonely", "iso', '"my outcome", "iso'), "expected a name of letters"),
        (OUTCOMES.replace('"never", "not', '"lonely", "not'), "stands twice"),
        (OUTCOMES.replace('"lonely", "iso', '"members", "iso'), "has already"),
        (OUTCOMES.replace('"lonely", "iso', '"isolation", "iso'), "has already"),
        (OUTCOMES.replace('"none"', '""'), "unit: found"),
        (OUTCOMES.replace("def never(life, twin, row)", "def never(life, twin)"), r"a function of \(life, twin, row\)"),
    ],
)
def test_what_is_wrong_with_a_file_is_one_line(text, words, tmp_path):
    (tmp_path / "mine.py").write_text(text, encoding="utf-8")
    with pytest.raises(Problem, match=words):
        load_outcomes(tmp_path / "mine.py")


def test_the_example_of_the_how_to_works(tmp_path):
    said = (ROOT / "docs" / "how-to" / "sweeps.md").read_text(encoding="utf-8")
    (tmp_path / "mine.py").write_text(re.findall(r"^```python\n(.*?)^```", said, re.DOTALL | re.MULTILINE)[0], "utf-8")
    live(make_sweep(tmp_path, own_outcomes="mine.py", seeds=2), tmp_path / "results")
    table = load(tmp_path / "results")["groups"]
    assert table.column("inequality").null_count == 0
    assert max(table.column("best_month").drop_null().to_pylist()) >= max(table.column("members").to_pylist())


def test_a_file_that_is_not_there_is_named_with_its_line(tmp_path):
    with pytest.raises(Problem, match=r"small\.yaml:\d+: own_outcomes: .*none\.py"):
        make_sweep(tmp_path, own_outcomes="none.py")


def test_from_the_command_line_to_what_matters(own, tmp_path):
    results = tmp_path / "results"
    file = write_sweep(tmp_path)
    assert sameboat("sweep", file, "--outcomes", tmp_path / "mine.py", "--out", results, "--quiet").status == 0
    (tmp_path / "by-file").mkdir()
    live(own, tmp_path / "by-file" / "results")
    assert {n: b for n, b in bytes_of(results).items() if n != "record.json"} == {
        n: b for n, b in bytes_of(tmp_path / "by-file" / "results").items() if n != "record.json"
    }
    assert "identical" in sameboat("rerun", results, "--outcomes", tmp_path / "mine.py").out
    said = sameboat("sensitivity", results, "--outcome", "lonely", "--below", "0", "--out", tmp_path / "matters")
    assert said.status == 0, said.err
    assert "isolation of everybody who lives here, life minus twin, after 0.462 years, groupA" in " ".join(
        said.out.split()
    )
    points = pq.read_table(tmp_path / "matters" / "points.parquet")
    assert points.field("value").metadata[b"unit"] == b"0-1"
    groups = load(results)["groups"].to_pylist()
    for point in range(4):
        some = [r["lonely"] for r in groups if (r["point"], r["arm"], r["week"]) == (point, "groupA", 24)]
        assert points.column("value").to_pylist()[point] == pytest.approx(np.mean(some))
    assert (tmp_path / "matters" / "map-contact.texts_per_week-episodes.social_influence.png").is_file()
    assert sameboat("rerun", tmp_path / "matters").status == 0
    assert "lonely" in sameboat("sensitivity", results, "--outcome", "lonly").problem


def test_a_difference_is_drawn_around_zero_and_called_by_its_whole_name(own, tmp_path):
    live(own, tmp_path / "results")
    results = load(tmp_path / "results")
    reading = reading_of(results, "groupA", "lonely", None, 0.5)
    assert (reading.population, reading.unit, reading.of_group) == ("", "0-1", True)
    done = analysed(results, reading, Threshold(0.0, above=False))
    drawing = next(drawn for name, drawn in done.figures() if name.startswith("map-"))
    axes = drawing.figure.axes[0]
    (image,) = [one for one in (*axes.images, *axes.collections) if one.get_array() is not None]
    assert axes.get_title(loc="left") == "Isolation of everybody who lives here, life minus twin"
    assert done.response.values.min() < 0
    assert image.norm.vmin == -image.norm.vmax
    assert image.norm.vmax == pytest.approx(np.abs(done.response.values).max())
