"""The table of evidence: whole, sealed off from the claims, and one line for whatever is wrong in it."""

from __future__ import annotations

import ast

import pytest
import yaml

from analysis.evidence.table import BESIDE, CALIBRATE, FILE, HELD_OUT, STUDIES, evidence, read_evidence, schema
from analysis.studies.patterns.outside import OUTSIDE
from analysis.studies.study.studyfile import read_study
from sim.problem import Problem
from tests.builders import ROOT

FIGURES = {one.figure: one for one in evidence()}


def table(tmp_path, **changes):
    """A table of one figure, changed."""
    one = {
        "figure": "a", "says": "0.3", "low": 0.3, "high": 0.3, "sd": 0.1, "sd_from": "assumption", "discrepancy": 0.1,
        "why": "other people", "source": "none: assumption", "seen": "assumption", "study": "outside-drift.yaml",
        "use": "calibrate",
    }  # fmt: skip
    (tmp_path / "studies").mkdir(exist_ok=True)
    (tmp_path / "studies" / "outside-drift.yaml").write_text("study: x\n")
    path = tmp_path / "evidence.yaml"
    some = {name: value for name, value in (one | changes).items() if value is not None}
    path.write_text(yaml.safe_dump({"evidence": [some]}))
    return path


def test_a_figure_is_read_as_it_stands(tmp_path):
    (one,) = read_evidence(table(tmp_path))
    assert (one.kind, one.ends) == ("about", (0.3, 0.3))
    assert one.uncertainty == pytest.approx(0.02**0.5)
    (open_end,) = read_evidence(table(tmp_path, high=None))
    assert (open_end.kind, open_end.ends) == ("at least", (0.3, float("inf")))
    (other_end,) = read_evidence(table(tmp_path, low=None))
    assert other_end.kind == "at most"
    (both,) = read_evidence(table(tmp_path, low=0.1))
    assert both.kind == "between"
    (neither,) = read_evidence(table(tmp_path, low=None, high=None, use="beside"))
    assert neither.kind == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"low": 0.4}, "low: found 0.4, expected no more than high, 0.3"),
        ({"low": None, "high": None}, "has low, high or both"),
        ({"sd": 0.0, "sd_from": "", "discrepancy": 0.0}, "has sd, discrepancy or both above 0"),
        ({"sd_from": ""}, "sd_from: say how sd was got"),
        ({"why": ""}, "why: say why"),
        ({"study": None}, "study: name the file"),
        ({"study": "outside-drfit.yaml"}, "there is no file 'outside-drfit.yaml'"),
        ({"seen": "abstrct"}, "expected one of text, abstract, reported, assumption"),
        ({"sd": -1.0}, "sd: found -1.0, expected greater than or equal to 0"),
        ({"lowe": 0.1}, "unknown key 'lowe'; did you mean low?"),
        ({"source": None}, "found no `source:`"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_its_place(tmp_path, changes, said):
    path = table(tmp_path, **changes)
    with pytest.raises(Problem) as problem:
        read_evidence(path)
    assert said in str(problem.value)
    assert "\n" not in str(problem.value)
    assert str(problem.value).startswith(f"{path}:")


def test_no_figure_stands_twice(tmp_path):
    path = table(tmp_path)
    content = yaml.safe_load(path.read_text())
    path.write_text(yaml.safe_dump({"evidence": [*content["evidence"], dict(content["evidence"][0])]}))
    with pytest.raises(Problem, match="found 'a' twice"):
        read_evidence(path)


def test_every_figure_that_is_used_has_a_study_that_is_valid_and_names_it():
    for one in FIGURES.values():
        if one.study:
            plan = read_study(STUDIES / one.study)
            named = OUTSIDE[plan.said.outside].name if plan.said.outside else one.figure
            assert named == one.figure, one.study
        assert one.study or one.use == BESIDE


def test_assumptions_without_any_source_are_fitted_only_with_a_wide_discrepancy():
    for one in FIGURES.values():
        if one.use == CALIBRATE and one.seen == "assumption":
            assert one.discrepancy >= (one.ends[1] - one.ends[0]) / 4, one.figure


def test_some_figures_are_held_out_and_each_says_why():
    held = [one for one in FIGURES.values() if one.use == HELD_OUT]
    assert 2 <= len(held) <= 4
    assert all("eld out" in one.note for one in held)


def test_patterns_hold_people_and_groups_against_the_same_table():
    assert list(OUTSIDE) == list(FIGURES)
    assert all(OUTSIDE[name].low == one.low and OUTSIDE[name].source == one.source for name, one in FIGURES.items())


def test_nothing_of_the_claims_reaches_the_evidence_by_what_is_imported():
    seen, waiting = set(), ["analysis.evidence.table", "analysis.evidence.measure"]
    while waiting:
        module = waiting.pop()
        path = ROOT / (module.replace(".", "/") + ".py")
        if module in seen or not path.is_file():
            continue
        seen.add(module)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                waiting += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                waiting += [str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)]
    assert "analysis.studies.study.repeat" in seen  # it does follow imports
    assert not [module for module in seen if module.startswith("analysis.studies.claims")]


def test_nothing_of_the_claims_reaches_the_evidence_by_data():
    text = FILE.read_text(encoding="utf-8").split("evidence:\n", 1)[1]
    assert not [word for word in ("groupB", "group B", "regulars", "C25", "C30", "C33") if word in text]
    for one in FIGURES.values():
        if one.study:
            said = read_study(STUDIES / one.study).said
            assert said.base in ("../groupA.yaml", "../base.yaml"), one.study
            assert said.allocation.instead == "nothing"
            assert said.people.who != "regulars"
            assert not 7.5 < said.analysis.years < 12.5  # the ages of the paper's groups


def test_editors_are_offered_every_key():
    made = schema()
    assert set(made["$defs"]["Evidence"]["properties"]) >= {"figure", "sd_from", "discrepancy", "why", "use", "study"}
