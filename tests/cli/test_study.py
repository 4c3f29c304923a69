"""``study``: what it says, writes and leaves behind, and how a mistake is explained."""

from __future__ import annotations

import json
import subprocess
import sys

import pyarrow.parquet as pq
import pytest

from tests.analysis.lives import contents, unkind_words
from tests.builders import ROOT, SCENARIOS
from tests.cli.command_line import GROUP_A, sameboat
from tests.cli.exported import exports_in_full
from tests.cli.reported import read_in_a_browser

FOLDER = SCENARIOS / "studies"
SMALL = ("--set", "people.residents=24", "--set", "joining.publicity_per_year=3", "--set", "joining.visit_per_year=5",
         "--set", "group.women_only=false", "--runs", "8", "--repetitions", "6")  # fmt: skip
TABLES, FIGURES = ("readings", "bias", "burden"), ("published", "readings", "bias")
FILES = (
    *(f"{name}.{ending}" for name in TABLES for ending in ("parquet", "csv")), "repetitions.parquet",
    *(f"{name}.{ending}" for name in FIGURES for ending in ("png", "svg")),
    "summary.txt", "report.html", "record.json",
)  # fmt: skip


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """One whole study, and what was said; nobody changes it."""
    home = tmp_path_factory.mktemp("study")
    return home / "out", sameboat("study", "waiting-list", *SMALL, "--out", home / "out")


def test_it_writes_all_that_is_promised(done):
    folder, said = done
    assert (said.status, said.err) == (0, "")
    assert set(contents(folder)) == set(FILES)
    assert all(contents(folder).values())


def test_it_says_what_would_be_published_and_what_was_true(done):
    folder, said = done
    words = " ".join(said.out.split())
    for part in (
        "A waiting-list trial of a new group", "would publish (95 % interval)", "true of them", "true of all", "covers",
        "telling it kindly", "instruments: error, memory", "who is lost", "others who have the group as well",
        "No advice".lower(), "Samaritans", "no evidence about real groups", "It asks", "hours",
    ):  # fmt: skip
        assert part in words, part
    assert unkind_words(said.out.replace('"success"', "").replace("committee", "")) == []
    assert max(map(len, (folder / "summary.txt").read_text(encoding="utf-8").splitlines())) <= 132


def test_the_steps_of_the_bias_sum_to_published_minus_true(done):
    bias = pq.read_table(done[0] / "bias.parquet").to_pydict()
    first = pq.read_table(done[0] / "readings.parquet").to_pylist()[0]
    assert first["primary"]
    assert sum(bias["size"]) == pytest.approx(first["published"] - first["true_of_all"])
    assert first["bias"] == pytest.approx(first["published"] - first["true_of_all"])
    repetitions = pq.read_table(done[0] / "repetitions.parquet").to_pydict()
    assert sum(repetitions["published"]) / 6 == pytest.approx(first["published"])
    assert first["example"] == repetitions["published"][0]


def test_the_same_study_comes_out_the_same_from_its_record(done):
    said = sameboat("rerun", done[0], "--quiet", "--threads", "1")
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("identical")


def test_the_report_shows_all_that_was_found(done):
    page = read_in_a_browser(done[0])
    for words in ("Published and true", "Where they part", "What it asks of people", "telling it kindly", "Williams"):
        assert words in page.words


def test_every_column_says_what_it_is_and_it_can_be_exported_in_full(done, tmp_path):
    exports_in_full(done[0], tmp_path / "out")


@pytest.mark.parametrize(
    "name", ["before-after", "cluster-trial", "matched", "regulars", "diary", "outside-isolation-distress"]
)
def test_each_kind_of_study_can_be_done(name, tmp_path):
    said = sameboat("study", name, *SMALL, "--out", tmp_path / "out")
    assert (said.status, said.err) == (0, "")
    assert set(contents(tmp_path / "out")) == set(FILES)
    assert "would publish" in said.out


def test_an_outside_figure_stands_beside_what_the_same_study_would_find(tmp_path):
    said = sameboat("study", "outside-isolation-year", *SMALL, "--out", tmp_path / "out")
    assert said.status == 0, said.err
    words = " ".join(said.out.split())
    assert "Outside it was 0.6-0.75 (Mund and others 2020" in words
    assert "The same study would find" in words


@pytest.mark.slow
@pytest.mark.parametrize("name", [path.stem for path in sorted(FOLDER.glob("*.yaml"))])
def test_every_study_that_comes_with_sameboat_can_be_done_and_made_again(name, tmp_path):
    said = sameboat("study", name, *SMALL, "--out", tmp_path / "out")
    assert (said.status, said.err) == (0, "")
    assert sameboat("rerun", tmp_path / "out", "--quiet").out.startswith("identical")


def test_under_an_account_in_which_groups_do_nothing_all_that_is_true_is_zero(tmp_path):
    said = sameboat("study", "before-after", *SMALL, "--account", "nothing", "--out", tmp_path / "out")
    assert said.status == 0, said.err
    assert all(row["true_of_all"] == 0 for row in pq.read_table(tmp_path / "out" / "readings.parquet").to_pylist())


def test_the_size_for_a_power_is_looked_for_under_each_account(tmp_path):
    said = sameboat("study", "waiting-list", *SMALL, "--power", "0.8", "--accounts", "full", "nothing",
                    "--out", tmp_path / "out")  # fmt: skip
    assert (said.status, said.err) == (0, "")
    needed = pq.read_table(tmp_path / "out" / "needed.parquet").to_pylist()
    assert {row["account"] for row in needed} == {"full", "nothing"}
    power = pq.read_table(tmp_path / "out" / "power.parquet").to_pylist()
    assert all(0 <= row["power"] <= 1 for row in power)
    assert len({row["size"] for row in power}) >= 3
    assert (tmp_path / "out" / "power.png").exists()
    assert "told plainly" in said.out
    assert sameboat("rerun", tmp_path / "out", "--quiet").out.startswith("identical")


def test_power_may_grow_with_the_people_of_each_town(tmp_path):
    said = sameboat("study", "cluster-trial", *SMALL, "--power", "0.5", "--by", "people", "--out", tmp_path / "out")
    assert (said.status, said.err) == (0, "")
    rows = pq.read_table(tmp_path / "out" / "power.parquet").to_pylist()
    assert {row["size_is"] for row in rows} == {"of each town"}
    people = {row["size"]: row["people"] for row in rows}
    assert sorted(people) == [5, 10, 20, 40][: len(people)]  # 24 live in a town: no more can be asked
    assert people[5] < people[10] < people[20]


def test_two_accounts_are_held_against_each_other_in_several_studies(tmp_path):
    said = sameboat("study", "waiting-list", "before-after", *SMALL, "--tell", "full", "nothing",
                    "--out", tmp_path / "out")  # fmt: skip
    assert (said.status, said.err) == (0, "")
    rows = pq.read_table(tmp_path / "out" / "apart.parquet").to_pylist()
    assert {row["study"] for row in rows} == {"waiting-list", "before-after"}
    assert {(row["one"], row["other"]) for row in rows} == {("full", "nothing")}
    assert (tmp_path / "out" / "apart.png").exists()
    assert "Which study tells the accounts full and nothing apart?" in said.out


def test_stopped_it_keeps_the_towns_that_were_finished(tmp_path, monkeypatch):
    from analysis.studies.study import towns

    lived = []

    def live(*arguments):
        lived.append(arguments)
        if len(lived) > 5:
            raise KeyboardInterrupt
        return original(*arguments)

    original = towns.live_town
    monkeypatch.setattr(towns, "live_town", live)
    said = sameboat("study", "before-after", *SMALL, "--threads", "1", "--out", tmp_path / "out")
    assert said.status == 130
    assert "stopped after 5 of 8 runs; these were kept" in said.err
    assert json.loads((tmp_path / "out" / "record.json").read_text(encoding="utf-8"))["finished_runs"] == 5


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("waiting-lst",), "did you mean waiting-list?"),
        ((GROUP_A,), "which begins with `study: NAME`"),
        (("waiting-list", "--runs", "2"), "2 is not in the range"),
        (("waiting-list", "diary"), "only --tell holds several against each other"),
        (("waiting-list", "--tell", "full"), "expected two different accounts"),
        (("waiting-list", "--tell", "full", "full"), "expected two different accounts"),
        (("waiting-list", "--tell", "full", "nothing", "--power", "0.8"), "ask one at a time"),
        (("waiting-list", "--accounts", "full", "--account", "full"), "leave --account out"),
        (("waiting-list", "--tell", "full", "nothing", "--accounts", "full"), "leave --accounts out"),
        (("waiting-list", "--by", "people"), "give both"),
        (("waiting-list", "--power", "1.5"), "is not in the range"),
        (("waiting-list", "--accounts", "fulll"), "did you mean full?"),
        (("waiting-list", "--set", "run.weeks=9"), "the study says for how long"),
        (("stepped-wedge", "--set", "run.lead_in_weeks=24"), "expected 52 or more"),
    ],
    ids=str,
)
def test_a_mistake_is_explained_in_one_line_and_nothing_is_written(tmp_path, arguments, expected):
    assert expected in sameboat("study", *arguments, "--out", tmp_path / "out").problem
    assert list(tmp_path.iterdir()) == []


def test_check_takes_a_study_file():
    said = sameboat("check", FOLDER / "cluster-trial.yaml")
    assert (said.status, said.err) == (0, "")
    assert "valid (study cluster-trial; residents of 40 towns, cluster, ancova, 52 weeks)" in said.out


def test_without_statsmodels_one_line_says_what_to_install(tmp_path):
    code = ("import sys\nsys.modules['statsmodels'] = None\nfrom analysis.cli.main import main\n"
            f"main(['study', 'waiting-list', '--out', {str(tmp_path / 'out')!r}])")  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "pip install -e '.[studies]'" in done.stderr


def test_where_nobody_comes_it_is_said_without_a_crash(tmp_path):
    said = sameboat("study", "before-after", *SMALL, "--set", "people.women=0", "--set", "group.women_only=true",
                    "--out", tmp_path / "out")  # fmt: skip
    assert said.status == 0, said.err


def test_the_size_is_looked_for_all_over_plausible_space(tmp_path):
    said = sameboat("study", "waiting-list", *SMALL, "--power", "0.8", "--account", "full", "--plausible", "4",
                    "--plausible-towns", "4", "--out", tmp_path / "out")  # fmt: skip
    assert (said.status, said.err) == (0, "")
    needed = pq.read_table(tmp_path / "out" / "plausible_needed.parquet").to_pylist()
    assert [row["told"] for row in needed] == ["as told", "told plainly"]
    power = pq.read_table(tmp_path / "out" / "plausible_power.parquet").to_pylist()
    for row in power:
        assert 0 <= row["low"] <= row["median"] <= row["high"] <= 1
    for row in needed:
        planned = next(one for one in power if one["told"] == row["told"] and one["size"] == row["planned"])
        assert row["assurance"] == planned["assurance"]
        assert row["reaches"] == planned["reaches"]
    assert (tmp_path / "out" / "plausible-power.png").exists()
    words = " ".join(said.out.split())
    assert "How large it must be for a power of 80 %" in words
    assert "assurance (O'Hagan, Stevens and Campbell 2005" in words
    assert max(map(len, (tmp_path / "out" / "summary.txt").read_text(encoding="utf-8").splitlines())) <= 150
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "How large it must be for a power of 80\N{NO-BREAK SPACE}%" in page
    assert sameboat("rerun", tmp_path / "out", "--quiet").out.startswith("identical")


def test_accounts_are_told_apart_all_over_their_plausible_spaces(tmp_path):
    said = sameboat("study", "before-after", "register", *SMALL, "--tell", "full", "nothing", "--plausible", "3",
                    "--plausible-towns", "4", "--out", tmp_path / "out")  # fmt: skip
    assert (said.status, said.err) == (0, "")
    rows = pq.read_table(tmp_path / "out" / "plausible_apart.parquet").to_pylist()
    assert {row["study"] for row in rows} == {"before-after", "register"}
    assert all(0 <= row["never"] <= 1 and 0 <= row["as_planned"] <= 1 for row in rows)
    assert (tmp_path / "out" / "plausible-apart.png").exists()
    assert "What it takes to tell the accounts apart" in said.out
