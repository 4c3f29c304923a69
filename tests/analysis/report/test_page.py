"""What pages show, as rows and pictures; and how figures are written."""

from __future__ import annotations

import tomllib

import pytest
from jinja2 import UndefinedError

from analysis.report.page import environment, parameter_facts, study_facts
from analysis.studies.compare.study import CompareStudy, Comparison
from sim.parameters import PARAMETERS
from tests.analysis.lives import unkind_words
from tests.analysis.small import arm
from tests.builders import ROOT


def test_everything_is_escaped_and_nothing_may_be_missing():
    made = environment()
    assert made.from_string("{{ x }}").render(x='<b>&"') == "&lt;b&gt;&amp;&#34;"
    with pytest.raises(UndefinedError):
        made.from_string("{{ y }}").render(x=1)


def test_every_template_can_be_read_and_is_part_of_the_package():
    names = environment().list_templates()
    folder = ROOT / "analysis" / "report" / "templates"
    assert {path.name for path in folder.iterdir()} <= set(names)
    for name in names:
        environment().get_template(name)
    packaged = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]
    for path in folder.iterdir():
        assert any(path.match(f"analysis/report/{pattern}") for pattern in packaged["analysis.report"]), path.name


def test_parameters_are_counted_and_differences_between_arms_shown():
    arms = [arm(), arm("groupB"), arm("absent")]
    facts = parameter_facts(arms)
    assert facts["count"] == len(PARAMETERS) - 1 == len(facts["all"])
    assert 0 < facts["assumed"] < facts["count"]
    wanted = [n for n in PARAMETERS if n != "run.seed" and len({str(one.values[n]) for one in arms}) > 1]
    assert [row["name"] for row in facts["differing"]] == wanted
    shown = {row["name"]: row["values_"] for row in facts["differing"]}
    assert shown["group.exists"] == ["yes", "yes", "no"]
    assert shown["group.meeting_days"][1] == ", ".join(map(str, arms[1].values["group.meeting_days"]))
    values = {row["name"]: row["value"] for row in facts["all"]}
    assert values["people.residents"] == "16"
    assert values["people.women"] == "0.8"


def test_an_arm_alone_differs_from_nobody():
    assert parameter_facts([arm()])["differing"] == []


def test_provenance_says_runs_seeds_versions_and_source():
    facts = study_facts(Comparison(CompareStudy([arm()], 7, 20), {}, 5, {}))
    assert facts["lived"].startswith("5 of 20 runs; seeds 7 to 11, ")
    assert "numpy" in facts["versions"]
    assert len(facts["source"]) == 16


def test_a_members_own_words_may_be_what_we_do_not_say():
    assert unkind_words('"we\'re not just self-harmers, no" (A3)') == []
    assert unkind_words('we said "no" and self-harmers (A3)') == ["self-harmers"]
    assert unkind_words('a "self-harmer", as others say (A3)') == ["self-harmer"]
