"""Sweep files: what they become, and how a mistake is explained."""

from __future__ import annotations

import json
import math
import re

import jsonschema
import pytest
import yaml

from analysis.studies.sweep.lives import Lives
from analysis.studies.sweep.plan import Unit
from analysis.studies.sweep.schema import schema
from analysis.studies.sweep.sweepfile import read_sweep
from sim.parameters import PARAMETERS
from sim.problem import Problem
from tests.analysis.needs import needs
from tests.analysis.studies.sweep.sweeps import SMALL_TOWN, make_sweep, said, write_sweep
from tests.builders import SCENARIOS

SWEEPS = SCENARIOS / "sweeps"
FILES = sorted(SWEEPS.glob("*.yaml"))


def test_a_small_sweep_is_what_its_file_says(sweep):
    assert [arm.name for arm in sweep.arms] == ["groupA", "judging"]
    assert sweep.names == ["contact.texts_per_week", "episodes.social_influence"]
    assert sweep.points == [(0.0, 0.0), (0.0, 1.0), (3.0, 0.0), (3.0, 1.0)]
    assert sweep.runs == 4 * 6 * 2
    assert sweep.weeks_looked == [12, 24]  # quarters of a year, to four weeks
    assert all(arm.values[name] == value for arm in sweep.arms for name, value in SMALL_TOWN.items())


def test_an_arm_may_change_parameters_and_the_command_line_has_the_last_word(tmp_path):
    arms = {"a": str(SCENARIOS / "groupA.yaml"),
            "b": {"scenario": str(SCENARIOS / "groupA.yaml"), "title": "B",
                  "set": {"contact.relief": 0.1}}}  # fmt: skip
    path = write_sweep(tmp_path, arms=arms)
    sweep = read_sweep(path, {"weeks": 20, "seeds": 2, "first_seed": 7, "meeting.strength": 0.0})
    assert [arm.values["contact.relief"] for arm in sweep.arms] == [0.3, 0.1]
    assert [arm.title for arm in sweep.arms] == ["a", "B"]
    assert {arm.values["run.weeks"] for arm in sweep.arms} == {20}
    assert {arm.values["meeting.strength"] for arm in sweep.arms} == {0.0}
    assert {sweep.unit(k).seed for k in range(sweep.units)} == {7, 8}
    assert sweep.weeks_looked == [12]
    assert sweep.notes == ("--weeks ends the runs in week 20, before years 0.5; looked is in week 12",)


def test_plausible_is_the_declared_range(tmp_path):
    sweep = make_sweep(tmp_path, vary={"group.acceptance": "plausible", "group.places": "plausible"}, design="latin")
    assert (sweep.factors[0].low, sweep.factors[0].high) == PARAMETERS["group.acceptance"].plausible
    assert {type(point[1]) for point in sweep.points} == {int}
    assert len(sweep.points) == 64


def test_a_table_names_what_is_varied_in_its_heading(tmp_path):
    (tmp_path / "points.csv").write_text('group.acceptance,group.meeting_days\n0.9,[2]\n0.8,"[1, 3]"\n')
    sweep = make_sweep(tmp_path, vary=None, design={"kind": "table", "file": "points.csv"})
    assert sweep.names == ["group.acceptance", "group.meeting_days"]
    assert sweep.points == [(0.9, [2]), (0.8, [1, 3])]


def test_a_list_of_seeds_is_lived_as_it_stands(tmp_path):
    sweep = make_sweep(tmp_path, seeds=[11, 3, 7])
    assert [sweep.unit(4 * k).seed for k in range(3)] == [11, 3, 7]
    assert sweep.runs == 4 * 3 * 2
    path = write_sweep(tmp_path, seeds=[11, 3, 7])
    assert read_sweep(path, {"seeds": 2}).seeds == (11, 3)
    for changes, words in (({"seeds": 4}, "--runs 4: .* lists 3 seeds"), ({"first_seed": 5}, "--seed 5: .* lists its")):
        with pytest.raises(Problem, match=words):
            read_sweep(path, changes)
    for given in (5, {"first": 1, "count": 5}):
        assert make_sweep(tmp_path, seeds=given).seeds == range(1, 6)


def test_years_that_the_runs_do_not_reach_are_left_out_only_where_none_were_asked_for(tmp_path):
    sweep = make_sweep(tmp_path, years=None, weeks=110)
    assert sweep.weeks_looked == [52, 104]  # of 1, 2, 4, 8 and 12 years
    assert sweep.notes == ()


@pytest.mark.parametrize(
    "name", ["on", "off", "no", "yes", "null", "1", "=1+1", "<script>alert(1)</script>", "+ texts"]
)
def test_an_arm_may_have_any_name_that_is_text(tmp_path, name):
    sweep = make_sweep(tmp_path, arms={name: GROUP_A})
    assert [arm.name for arm in sweep.arms] == [name]
    jsonschema.validate(said(arms={name: GROUP_A}), schema())


def test_a_parameter_may_move_with_another(tmp_path):
    vary = {
        "meeting.accept": {"range": [0, 0.2]},
        "meeting.learn": {"moves_with": "meeting.accept"},
        "meeting.cope": {"moves_with": "meeting.accept", "range": [0.1, 0.5]},
        "group.acceptance": "plausible",
    }
    sweep = make_sweep(tmp_path, vary=vary, design={"kind": "latin", "points": 10})
    accept, learn, cope, _ = zip(*sweep.points, strict=True)
    assert accept == learn
    assert cope == pytest.approx([0.1 + 2 * value for value in accept])
    assert sweep.positions.shape == (10, 2)
    assert sweep.leads == ["meeting.accept", "group.acceptance"]
    assert sweep.arm_at(sweep.arms[0], 3).values["meeting.learn"] == learn[3]
    grid = make_sweep(tmp_path, vary=vary, design="grid")
    assert len(grid.points) == 5 * 5
    assert {(point[0], point[1], round(point[2], 9)) for point in grid.points} == {
        (value, value, round(0.1 + 2 * value, 9)) for value in (0.0, 0.05, 0.1, 0.15000000000000002, 0.2)
    }


@pytest.mark.parametrize("name", ["saltelli-max", "morris-max"])
def test_a_design_too_large_is_counted_before_it_is_built(tmp_path, monkeypatch, name):
    def built(*_):
        raise AssertionError("it was built")

    monkeypatch.setattr("analysis.studies.sweep.design._of_salib", built)
    if name == "saltelli-max":
        vary = {"people.mean_stay_years": "plausible", "people.women": "plausible"}
        design, words = {"kind": "saltelli", "points": 524_288}, (
            "524288 base points of 2 parameters make 3145728 points, and at most 1000000 can be held; "
            "take 131072 base points or fewer")  # fmt: skip
    else:
        varied = [p.dotted for p in PARAMETERS.values() if p.plausible and p.dotted != "run.weeks"][:50]
        vary = dict.fromkeys(varied, "plausible")
        design, words = {"kind": "morris", "trajectories": 10_000}, (
            "10000 trajectories of 50 parameters make 510000 points, and at most 200000 can be held; "
            "take 3921 trajectories or fewer")  # fmt: skip
    with pytest.raises(Problem, match=re.escape(words)):
        make_sweep(tmp_path, vary=vary, design=design)


def test_arms_may_be_called_whatever_text_reads_like_a_flag_or_a_number(tmp_path):
    path = tmp_path / "s.yaml"
    names = ["on", "off", "no", "yes", "010", "1e-3", "null", "1:44", "true"]
    arms = ", ".join(f"{name}: {SCENARIOS / 'groupA.yaml'}" for name in names)
    path.write_text(f"sweep: s\narms: {{{arms}}}\nvary: {{meeting.accept: {{values: [0, 1e-3, .5]}}}}\nseeds: 010\n")
    sweep = read_sweep(path)
    assert [arm.name for arm in sweep.arms] == names
    assert sweep.points == [(0.0,), (0.001,), (0.5,)]
    assert len(sweep.seeds) == 10


GROUP_A = str(SCENARIOS / "groupA.yaml")
WRONG = {
    "an unknown key": ({"vari": {}}, "vari", ["unknown key 'vari'", "did you mean vary?"]),
    "an unknown key of a design": ({"design": {"kind": "latin", "pionts": 8}}, "pionts", ["did you mean points?"]),
    "an unknown design": ({"design": "hypercube"}, "design", ["found 'hypercube'", "expected one of grid"]),
    "an unknown design inside": ({"design": {"kind": "hypercube"}}, "kind", ["'hypercube'", "expected one of grid"]),
    "a name that is no folder": ({"sweep": "a/b"}, "sweep", ["found 'a/b'", "a short name"]),
    "a name of Windows' own": ({"sweep": "aux"}, "sweep", ["found 'aux'", "Windows"]),
    "years without end": ({"years": [math.inf]}, "years", ["found inf", "a finite number"]),
    "years that are no number": ({"years": [math.nan]}, "years", ["found nan", "a finite number"]),
    "years in the past": ({"years": [-1]}, "years", ["found -1", "greater than or equal to 0"]),
    "no arms": ({"arms": {}}, "arms", ["at least"]),
    "arms left out": ({"arms": None}, None, ["found no `arms:`"]),
    "an arm without a scenario": ({"arms": {"a": {"title": "x"}}}, "a", ["found no `scenario:`"]),
    "a scenario that is not there": ({"arms": {"a": "nobody.yaml"}}, "a", ["no scenario file", "nobody.yaml"]),
    "arms of other people": (
        {"arms": {"a": GROUP_A, "b": {"scenario": GROUP_A, "set": {"people.women": 0.1}}}}, None, ["same people"]),
    "an unknown parameter": ({"vary": {"group.aceptance": "plausible"}}, "group.aceptance",
                             ["unknown parameter", "did you mean group.acceptance?"]),
    "a parameter changed that is not known": ({"set": {"group.place": 3}}, "group.place",
                                              ["did you mean group.places?"]),
    "a value out of range": ({"vary": {"group.acceptance": {"values": [0.5, 1.5]}}}, "group.acceptance",
                             ["found 1.5", "a number from 0 to 1"]),
    "a range upside down": ({"vary": {"group.acceptance": {"range": [0.9, 0.1]}}}, "group.acceptance",
                            ["the lowest value first"]),
    "a range of days": ({"vary": {"group.meeting_days": {"range": [1, 2]}}}, "group.meeting_days", ["give values"]),
    "neither range nor values": ({"vary": {"group.acceptance": {"steps": 3}}}, "group.acceptance", ["expected either"]),
    "no plausible range": ({"vary": {"group.meeting_days": "plausible"}}, "group.meeting_days",
                           ["no declared plausible"]),
    "the seed": ({"vary": {"run.seed": {"values": [1]}}}, "run.seed", ["cannot be varied"]),
    "nothing to vary": ({"vary": None}, None, ["found no `vary:`"]),
    "years after the end": ({"years": [0.25, 3]}, "years", ["found 3", "end after 32 weeks", "0.615 years"]),
    "endless years": ({"years": [float("inf")]}, "years", ["found inf", "a finite number"]),
    "a seed twice": ({"seeds": [3, 7, 3]}, "seeds", ["found seed 3 twice", "[3, 7, 11]"]),
    "an empty list of seeds": ({"seeds": []}, "seeds", ["found no seed"]),
    "a seed that is none": ({"seeds": [3, -1]}, "seeds", ["found [3, -1]", "seeds from 0 on"]),
    "a grid too large": (
        {"vary": {n: {"range": [0, 0.1], "steps": 100} for n in ("meeting.accept", "meeting.judge", "meeting.learn",
                                                                "meeting.cope")}},
        None, ["100 x 100 x 100 x 100 make 100000000 points", "at most 1000000"]),
    "too many points": ({"vary": {"group.acceptance": "plausible"}, "design": {"kind": "sobol", "points": 2**21}},
                        "points", ["found 2097152"]),
    "a logarithm of nought": (
        {"vary": {"meeting.accept": {"range": [0, 0.1], "scale": "log"}}}, "meeting.accept", ["above 0 for scale"]),
    "a distribution without ends": (
        {"vary": {"meeting.accept": {"values": [0.1], "normal": {"mean": 0.1, "sd": 0.1}}}}, "meeting.accept",
        ["normal needs a `range:"]),
    "two distributions": (
        {"vary": {"meeting.accept": {"range": [0.1, 0.2], "scale": "log", "beta": {"a": 1, "b": 2}}}},
        "meeting.accept", ["found beta and scale: log, expected one"]),
    "a distribution elsewhere": (
        {"vary": {"meeting.accept": {"range": [0.1, 0.2], "normal": {"mean": 0.9, "sd": 0.01}}}}, "meeting.accept",
        ["hardly any of the distribution lies inside"]),
    "a mode outside": (
        {"vary": {"meeting.accept": {"range": [0.1, 0.2], "triangular": {"mode": 0.9}}}}, "meeting.accept",
        ["the mode 0.9 lies outside"]),
    "a distribution half said": (
        {"vary": {"meeting.accept": {"range": [0.1, 0.2], "beta": {"a": 2}}}}, "beta", ["found no `b:`"]),
    "moving with nobody": (
        {"vary": {"meeting.accept": "plausible", "meeting.learn": {"moves_with": "meeting.acept"}}}, "moves_with",
        ["'meeting.acept', which is not varied by itself; did you mean meeting.accept?"]),
    "moving in a circle": (
        {"vary": {"meeting.cope": {"moves_with": "meeting.learn"}, "meeting.learn": {"moves_with": "meeting.cope"}}},
        "vary", ["at least one parameter that moves by itself"]),
    "moving with another kind": (
        {"vary": {"meeting.accept": "plausible", "group.places": {"moves_with": "meeting.accept"}}}, "group.places",
        ["another kind than meeting.accept"]),
    "an arm with an escape": ({"arms": {"a\x1b[31m": GROUP_A}}, None, ["a?[31m", "a name that can be printed"]),
    "an unknown outcome": ({"outcomes": ["isolatoin"]}, "outcomes", ["did you mean isolation?"]),
    "an unknown population": ({"populations": ["member"]}, "populations", ["found 'member'", "regulars"]),
    "a number for a title": ({"title": 5}, "title", ["found 5"]),
    "no seeds at all": ({"seeds": {"count": 0}}, "count", ["found 0", "greater than or equal to 1"]),
    "too many runs": ({"seeds": 10_000_000, "design": {"kind": "random", "points": 100}}, "seeds", ["runs in all"]),
    "no table": ({"vary": None, "design": {"kind": "table"}}, "design", ["found no `file:`"]),
    "a table and something to vary": ({"design": {"kind": "table", "file": "x.csv"}}, "vary", ["leave `vary:` out"]),
    "an odd sobol": ({"design": {"kind": "sobol", "points": 100}}, "design", ["power of two"]),
    "a town too large": ({"vary": {"people.residents": {"values": [2000]}}, "set": {"people.mean_stay_years": 0.5}},
                         "people.residents", ["at most 10000"]),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_file_is_explained_in_one_line_with_its_place(tmp_path, what):
    changes, key, expected = WRONG[what]
    path = write_sweep(tmp_path, **changes)
    with pytest.raises(Problem) as caught:
        read_sweep(path)
    message = str(caught.value)
    assert "\n" not in message
    assert len(message) < 600
    for part in expected:
        assert part in message
    if key is not None:
        lines = path.read_text().splitlines()
        found = re.match(rf"{re.escape(str(path))}:(\d+): ", message)
        assert found, message
        assert lines[int(found[1]) - 1].strip().startswith(f"{key}:"), message


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ("group.acceptance,nobody\n1,2\n", "points.csv:1: nobody: unknown parameter"),
        ("group.acceptance,run.seed\n1,2\n", "points.csv:1: run.seed: cannot be varied"),
        ("group.acceptance\n0.5\n5\n", "points.csv:3: group.acceptance: found 5"),
    ],
)
def test_a_wrong_table_is_explained_with_its_line(tmp_path, changes, words):
    (tmp_path / "points.csv").write_text(changes)
    with pytest.raises(Problem, match=re.escape(words)):
        make_sweep(tmp_path, vary=None, design={"kind": "table", "file": "points.csv"})


def test_without_salib_a_design_of_it_says_how_to_install_it(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "SALib.sample", None)
    with pytest.raises(Problem, match=r"needs SALib; install it with: pip install -e '\.\[sensitivity\]'"):
        make_sweep(tmp_path, design="morris")


# The files that come with the model, and their schema.


def test_the_schema_for_editors_is_up_to_date():
    kept = json.loads((SWEEPS / "schema.json").read_text(encoding="utf-8"))
    assert kept == schema(), "run: python -m docs.renew"


def test_the_schema_is_a_valid_schema_that_refuses_what_the_reader_refuses():
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(said(), schema())
    for what in ("an unknown key", "an unknown design", "an unknown parameter", "an unknown outcome", "no arms"):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(said(**WRONG[what][0]), schema())


def examples():
    page = (SCENARIOS.parent / "docs" / "how-to" / "sweeps.md").read_text(encoding="utf-8")
    return re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)


@pytest.mark.parametrize("example", examples(), ids=lambda text: re.search(r"sweep: ([\w-]+)", text)[1])
def test_every_example_of_the_page_on_sweeps_is_valid_and_can_be_lived(tmp_path, example):
    jsonschema.validate(yaml.safe_load(example), schema())
    (tmp_path / "example.yaml").write_text(
        example.replace("../groupA.yaml", str(SCENARIOS / "groupA.yaml")), encoding="utf-8"
    )
    sweep = read_sweep(tmp_path / "example.yaml", {"seeds": 1, "weeks": 8, "run.lead_in_weeks": 1})
    for point in (0, len(sweep.points) - 1):
        assert [lived.error for lived in Lives(sweep).unit(Unit(point, 1))] == [""] * len(sweep.arms)


def test_the_first_example_is_what_the_page_says():
    first = yaml.safe_load(examples()[0])
    assert (first["sweep"], first["design"]["points"], first["seeds"]) == ("my-sweep", 200, 30)
    page = (SCENARIOS.parent / "docs" / "how-to" / "sweeps.md").read_text(encoding="utf-8")
    assert set(re.findall(r"scenarios/sweeps/([\w-]+)\.yaml\)", page)) == {path.stem for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_our_sweeps_are_valid_fit_the_schema_and_say_what_they_ask(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=schema.json\n")
    jsonschema.validate(yaml.safe_load(text), schema())
    if "morris" in text or "saltelli" in text:
        needs("SALib")
    sweep = read_sweep(path)
    assert sweep.name == path.stem
    assert sweep.title != sweep.name
    assert sweep.question.endswith("?")
    assert {"isolation", "coping", "distress"} & set(sweep.outcomes)
    if "episodes" in sweep.outcomes:  # never the count of episodes alone
        assert {"isolation", "coping", "distress"} <= set(sweep.outcomes)
