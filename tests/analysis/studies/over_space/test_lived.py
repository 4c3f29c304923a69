"""Any study is lived at its centre and at draws; what was stopped keeps whole draws."""

from __future__ import annotations

import json

import numpy as np
import pytest

from analysis.compare.arms import Arm
from analysis.figures.style import style
from analysis.plausible.plan import PLAUSIBLE, Plan, Plausible
from analysis.plausible.space import Space
from analysis.results.record import RECORD_FILE, read_record
from analysis.studies.compare.study import CompareStudy
from analysis.studies.frame import study_of, write
from analysis.studies.over_space import lived as module
from analysis.studies.over_space.lived import lived, plausible_of
from sim.parameters import defaults
from sim.problem import Problem
from tests.analysis.lives import scenario

RELIEF = "contact.relief"
HALVES = Space.of("first", {RELIEF: [0.0, 0.5]}, [0.5, 0.5])


def asked(draws=6, runs=6, towns=4, space=HALVES, **more):
    study = CompareStudy([Arm.of(scenario("groupA", run__weeks=60))], 1, runs, {"precision": 0.05, **more})
    study.settings[PLAUSIBLE] = Plausible({"first": Plan.of(space, defaults(), draws, 1)}, towns).told()
    return study


@pytest.fixture(scope="module")
def found():
    return lived(asked())


def test_beside_the_centre_stands_all_of_plausible_space(found):
    alone = CompareStudy(found.study.arms, 1, 6, {"precision": 0.05}).live()
    assert found.tables["effects"].equals(alone.tables["effects"])
    assert {"plausible", "plausible_draws", "plausible_points"} < set(found.tables)
    points = found.tables["plausible_points"].to_pylist()
    assert sorted(point[RELIEF] for point in points) == [0.0] * 3 + [0.5] * 3


def test_a_draw_is_the_same_study_at_other_values(found):
    """What is said of a draw is what a study of these towns at these values gives, against the centre there."""
    draw = next(point["draw"] for point in found.tables["plausible_points"].to_pylist() if point[RELIEF] == 0.5)
    arm = found.study.arms[0]
    other = arm.with_values(arm.name, arm.title, {RELIEF: 0.5})
    small, moved = (CompareStudy([one], 1, 4, {}).live().deciding() for one in (arm, other))
    for spread in found.over.spreads:
        a, b = ({one.key: one for one in some}[spread.figure.key].estimate.value for some in (small, moved))
        centre = spread.figure.estimate.value
        assert spread.seen[draw - 1] == pytest.approx(centre + b - a, nan_ok=True)


def test_what_no_parameter_of_the_space_touches_is_the_same_all_over(found):
    still = Space.of("first", {"organising.monitoring_resisted": [0.1, 0.9]}, [0.5, 0.5])  # there are no forms
    same = lived(asked(space=still))
    for spread in same.over.spreads:
        assert spread.true == pytest.approx(spread.figure.estimate.value, nan_ok=True)


def test_words_tables_and_figures(found):
    said = found.over.summary()
    assert "6 draws under first, each in the same 4 towns; beside it the centre, 6 runs" in " ".join(said.split())
    assert said.count("groupA: effect on") == 16 and "above 0: " in said
    with style():
        ((name, drawing),) = found.over.figures()
    assert name == "plausible" and "effect on isolation" in drawing.description
    row = found.tables["plausible"].to_pylist()[0]
    assert row["from"] <= row["median"] <= row["to"]
    assert 0 <= row["above_low"] <= row["above"] <= row["above_high"] <= 1


def test_a_study_is_made_again_from_its_record_alone(found, tmp_path, monkeypatch):
    monkeypatch.setattr(type(found), "report", lambda self: None)
    write(found, tmp_path / "out")
    study = study_of(read_record(tmp_path / "out"), tmp_path / "out")
    again = lived(study)
    assert all(again.tables[name].equals(found.tables[name]) for name in found.tables)
    assert (tmp_path / "out" / "plausible.png").is_file()
    assert "All over plausible space" in (tmp_path / "out" / "summary.txt").read_text(encoding="utf-8")


def test_a_record_with_another_parameter_in_its_space_is_refused(found, tmp_path, monkeypatch):
    monkeypatch.setattr(type(found), "report", lambda self: None)
    write(found, tmp_path / "out")
    path = tmp_path / "out" / RECORD_FILE
    record = json.loads(path.read_text())
    record["settings"]["plausible"]["plans"]["first"]["names"] = ["contact.relieve"]
    record["settings"]["plausible"]["plans"]["first"]["usual"] = {"contact.relieve": 0.2}
    path.write_text(json.dumps(record))
    with pytest.raises(Problem, match=r"not as this version writes it .*contact\.relieve is no parameter"):
        study_of(read_record(tmp_path / "out"), tmp_path / "out")


def stopped_after(monkeypatch, reads):
    whole, read = module._read, []

    def one(*arguments):
        read.append(arguments)
        if len(read) > reads:
            raise KeyboardInterrupt
        return whole(*arguments)

    monkeypatch.setattr(module, "_read", one)


def test_stopped_it_keeps_whole_draws(monkeypatch):
    space = Space.of("first", {RELIEF: np.linspace(0.0, 0.5, 50)}, np.ones(50))
    with monkeypatch.context() as patched:
        stopped_after(patched, 4)  # the centre's towns, then three draws
        found = lived(asked(space=space))
    assert found.over.plausible.draws == 3
    assert plausible_of(found.study).draws == 3  # which its record says
    again = lived(found.study)
    assert again.tables["plausible"].equals(found.tables["plausible"])


def test_stopped_before_the_first_draw_it_keeps_the_centre(monkeypatch):
    stopped_after(monkeypatch, 1)
    found = lived(asked())
    assert found.over is None and "effects" in found.tables
    assert plausible_of(found.study).draws == 0


def test_progress_goes_from_nothing_to_all():
    told = []
    lived(asked(), progress=lambda done, total: told.append((done, total)))
    done = [one for one, _ in told]
    assert done == sorted(done)
    assert told[-1][0] == told[-1][1]
    assert len({total for _, total in told}) == 1


def test_a_life_that_breaks_off_at_a_draw_ends_the_draws_and_loses_nothing(monkeypatch):
    from analysis.compare import comparison

    whole = comparison.live_panel

    def breaking(values, **more):
        if values[RELIEF] == 0.5:
            raise FloatingPointError("out of hand")
        return whole(values, **more)

    monkeypatch.setattr(comparison, "live_panel", breaking)
    with pytest.warns(UserWarning, match=r"at draw \d of plausible space the life of arm 'groupA' .* broke off"):
        found = lived(asked())
    assert "effects" in found.tables
    assert plausible_of(found.study).draws == (found.over.plausible.draws if found.over else 0) < 6


def test_it_is_said_where_the_account_is_not_at_the_centre_of_its_space(found):
    assert "not at the centre of its space in contact.relief" in " ".join(found.over.summary().split())
    there = Space.of("first", {RELIEF: [0.0, 0.5]}, [0.5, 0.5], {"centre": {RELIEF: defaults()[RELIEF]}})
    assert "not at the centre" not in lived(asked(draws=2, space=there)).over.summary()
