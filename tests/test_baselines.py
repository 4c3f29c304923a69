"""The exact past: what each scenario gave with a few seeds, to the last bit."""

from __future__ import annotations

import copy

import pytest

from sim.scenario import account_names
from tests import renew_baselines
from tests.renew_baselines import (
    BASELINES,
    SEEDS,
    added,
    changelog_line,
    kept,
    mean_changes,
    measure,
    what_moved,
    with_line,
)

SCENARIOS = {scenario.name: scenario for scenario in renew_baselines.scenarios()}
LINE = "- Results changed: because."


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_gives_the_same_bits_as_before(name):
    old = kept(SCENARIOS[name])
    assert old is not None, f'{name} has no baseline; run: python -m docs.renew --baselines --why "..."'
    told = what_moved(old, measure(SCENARIOS[name]))
    assert not told, (
        f"results of {name} changed:\n  "
        + "\n  ".join(told)
        + "\nIf this was meant, renew the baselines, which also adds the "
        'line "Results changed" that CHANGELOG.md needs:\n  python -m docs.renew --baselines --why "..."'
    )


def test_the_six_conditions_have_a_baseline_and_no_baseline_lacks_its_scenario():
    on_record = {path.stem for path in BASELINES.glob("*.json")}
    assert {"base", "groupA", "groupB", "absent", "befriending", "judging"} <= on_record
    assert on_record == set(SCENARIOS)


def test_every_account_has_a_baseline():
    accounts = {account for _, account in renew_baselines.ACCOUNTED}
    assert accounts == set(account_names()) - {"first"}, "the first model is what scenarios are without an account"
    assert SCENARIOS["groupA-full"].account.name == "full"


def moved_by(change):
    old = kept(SCENARIOS["groupA"])
    new = copy.deepcopy(old)
    change(new["seeds"][str(SEEDS[0])])
    return what_moved(old, new), mean_changes(old, new)


def test_what_moved_says_which_figure_and_by_how_much():
    told, means = moved_by(lambda one: one["figures"].update({"meetings": one["figures"]["meetings"] + 3}))
    assert len(told) == len(means) == 1
    assert told[0].startswith("seed 1: meetings: ")
    assert "(+3, +" in told[0]
    assert means[0].startswith("meetings ")


def test_a_change_that_no_figure_shows_is_noticed_all_the_same():
    told, means = moved_by(lambda one: one["states"].update({"people.stigma": "0" * 16}))
    assert told == ["seed 1: changed: people.stigma"]
    assert means == []
    assert "only bits that no figure shows" in changelog_line("why", {"groupA": means})


def test_a_new_state_is_added_and_changes_nothing():
    old = kept(SCENARIOS["groupA"])
    new = copy.deepcopy(old)
    new["seeds"]["1"]["states"]["people.postcards"] = "0" * 16
    new["seeds"]["1"]["digest"] = "0" * 64  # something was written in it
    assert what_moved(old, new) == []
    assert added(old, new) == ["people.postcards"]
    assert what_moved(new, old) == ["seed 1: gone: people.postcards"]


def test_the_digest_of_a_life_keeps_its_meaning():
    told, _ = moved_by(lambda one: one.update(digest="0" * 64))
    assert len(told) == 1
    assert "published digests must keep their meaning" in told[0]


def test_another_platform_is_no_excuse():
    old = kept(SCENARIOS["groupA"])
    new = {**copy.deepcopy(old), "platform": "elsewhere"}
    new["seeds"]["1"]["states"]["ties"] = "0" * 16
    assert what_moved(old, new) == ["seed 1: changed: ties"]


def test_the_line_goes_under_results_changed_of_the_unreleased_section():
    text = (
        "# Changelog\n\n## [0.2.0] - Unreleased\n\n### Added\n\n- this\n\n## [0.1.0]\n\n### Results changed\n\n- old\n"
    )
    once = with_line(text, LINE)
    assert once == (
        "# Changelog\n\n## [0.2.0] - Unreleased\n\n### Added\n\n- this\n\n### Results changed\n\n"
        f"{LINE}\n\n## [0.1.0]\n\n### Results changed\n\n- old\n"
    )
    twice = with_line(once, "- Results changed: again.")
    assert "### Results changed\n\n- Results changed: again.\n- Results changed: because.\n\n## [0.1.0]" in twice


def test_a_change_log_without_an_unreleased_section_gets_one():
    assert with_line("# Changelog\n\n## [0.1.0]\n\n- old\n", LINE) == (
        f"# Changelog\n\n## [Unreleased]\n\n### Results changed\n\n{LINE}\n\n## [0.1.0]\n\n- old\n"
    )
    assert with_line("# Changelog\n", LINE) == f"# Changelog\n\n## [Unreleased]\n\n### Results changed\n\n{LINE}\n"


def test_renewing_needs_a_reason_and_writes_down_what_moved(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(renew_baselines, "BASELINES", tmp_path)
    monkeypatch.setattr(renew_baselines, "CHANGELOG", tmp_path / "CHANGELOG.md")
    monkeypatch.setattr(renew_baselines, "WEEKS", 4)
    monkeypatch.setattr(renew_baselines, "scenarios", lambda: iter([SCENARIOS["groupA"]]))
    assert renew_baselines.main([]) == 1
    assert not list(tmp_path.iterdir())
    assert renew_baselines.main(["--why", "a beginning"]) == 0
    assert not (tmp_path / "CHANGELOG.md").exists(), "a first baseline changes no result"
    capsys.readouterr()
    assert renew_baselines.main([]) == 0
    assert "Nothing to renew" in capsys.readouterr().out
    monkeypatch.setattr(renew_baselines, "WEEKS", 6)
    assert renew_baselines.main(["--why", "two weeks more"]) == 0
    assert "- Results changed: two weeks more. Means of seeds" in (tmp_path / "CHANGELOG.md").read_text()
    assert "meetings: 4 -> 6 (+2, +50.0%)" in capsys.readouterr().out
