"""What pages show, as rows and pictures; and how figures are written."""

from __future__ import annotations

import tomllib

import pytest
from jinja2 import UndefinedError

from analysis.compare.arms import Arm
from analysis.compare.outcomes import POPULATIONS
from analysis.report.page import environment, parameter_facts, study_facts
from analysis.studies.compare.report import comparison_facts, network_pictures
from analysis.studies.compare.study import CompareStudy, Comparison
from analysis.words.numbers import span
from sim.parameters import PARAMETERS
from tests.analysis.report.reading import Page
from tests.analysis.small import arm
from tests.builders import ROOT

DASH = "\N{EN DASH}"


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


def test_blocks_of_numbers_for_every_arm_population_and_time_that_has_people(compared, compared_tables):
    facts = comparison_facts(compared, compared_tables, 0.05)
    blocks = [(block["arm"], block["population"], block["time"]) for block in facts["effect_blocks"]]
    wanted = [(a, p, span(w)) for a in ("groupA", "groupB") for p in POPULATIONS.values() for w in (52, 104)]
    wanted += [("absent", POPULATIONS["eligible"], span(w)) for w in (52, 104)]
    assert blocks == wanted
    assert [block["arm"] for block in facts["effect_blocks"] if block["open"]] == ["groupA", "groupB"]
    assert facts["group_times"] == ["1 year", "2 years"]
    assert len(facts["courses"]) == 2
    assert {(row["arm"], row["other"]) for row in facts["between"]} == {("groupA", "groupB")}, (
        "with nobody nothing is compared"
    )


def test_pictures_of_ties_are_of_the_same_town_in_each_arm_with_a_group():
    arms = [arm(), arm("absent"), *(Arm(f"more {k}", "t", arm(run__weeks=8).values) for k in range(4))]
    made = network_pictures([arms[0], arms[1]], 3)
    assert list(made) == ["groupA"]
    page = Page(made["groupA"])
    assert "ties in one town (seed 3). One run is one story" in page.words
    assert len(network_pictures(arms[1:], 3)) == 3, "of no more than three"
