"""``rerun`` of every kind of result: the same comes out, and what does not is named."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.cli.main import COMMANDS, NOT_STUDIES
from analysis.results.record import read_record
from tests.analysis.lives import contents
from tests.analysis.studies.sensitivity.known import swept
from tests.cli.command_line import ABSENT, GROUP_A, SETTINGS, SMALL, sameboat

LIVELY = (
    "--set", "people.residents=16", "--set", "run.lead_in_weeks=4", "--set", "joining.visit_per_year=5",
    "--set", "joining.publicity_per_year=3", "--set", "group.women_only=false",
)  # fmt: skip
ASKED = {
    "run": (GROUP_A, *SMALL),
    "compare": (GROUP_A, ABSENT, "--weeks", 8, "--runs", 2, *SETTINGS),
    "claims": (
        *("--claim", "C17", "--runs", 3, "--at-centre"),
        *("--set", "people.residents=20", "--set", "run.lead_in_weeks=8"),
    ),
    "verdicts": (
        "--runs",
        4,
        "--claim",
        "C17",
        "--accounts",
        "first",
        "full",
        "--set",
        "people.residents=20",
        "--set",
        "run.lead_in_weeks=8",
    ),
    "interviews": ("--runs", 2, "--ages", 1, 1, "--set", "people.residents=20", "--set", "run.lead_in_weeks=8"),
    "overturn": (GROUP_A, "--runs", 3, "--years", 0.5, *LIVELY),
    "patterns": (GROUP_A, "--runs", 3, "--set", "run.weeks=52", *LIVELY),
    "factorial": ("--runs", 3, "--years", 0.25, *LIVELY[:-2]),
    "study": ("waiting-list", "--runs", 6, "--repetitions", 4, *LIVELY[:2], *LIVELY[4:-2]),
    "breakeven": (GROUP_A, "--runs", 3, "--years", 0.5, "--at", 0, *LIVELY),
    "foretell": ("--runs", 5, "--towns", 1, "--accounts", "nothing"),
    "sensitivity": (),
}
KINDS = [pytest.param(kind, marks=[pytest.mark.slow] * (kind == "overturn")) for kind in ASKED]


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A small result of each kind, made once without figures and report; nobody changes it."""
    home, done = tmp_path_factory.mktemp("kept"), {}

    def of(kind):
        if kind not in done:
            asked = ASKED[kind] or (sweep_in(home),)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("analysis.studies.frame.save_figures", lambda found, folder: None)
                for report in ("compare.study.Comparison", "claims.study.Trial"):
                    patch.setattr(f"analysis.studies.{report}.report", lambda found: None)
                said = sameboat(kind, *asked, "--out", home / kind, "--quiet")
            assert (said.status, said.err) == (0, "")
            done[kind] = home / kind
        return done[kind]

    return of


def sweep_in(home):
    """A tiny sweep of a known function."""
    vary = {"contact.relief": {"range": [0, 1], "steps": 3}, "group.acceptance": {"values": [0.8, 0.9]}}
    swept(home, lambda values, seed: values["contact.relief"] + 0.01 * seed, vary, seeds=3)
    return home / "results"


def copy_of(folder, place):
    """A copy of a result, to be changed."""
    place.mkdir()
    for name, content in contents(folder).items():
        (place / name).write_bytes(content)
    return place


def edit(folder, change):
    """Change what a record says."""
    content = json.loads((folder / "record.json").read_text(encoding="utf-8"))
    change(content)
    (folder / "record.json").write_text(json.dumps(content), encoding="utf-8")


def test_there_is_a_result_of_every_study_here():
    # A calibration takes minutes; that it comes out the same from its bank is tried in test_calibrate.py.
    assert set(ASKED) == set(COMMANDS) - {*NOT_STUDIES, "sweep", "calibrate"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_result_comes_out_the_same(kept, kind):
    folder = kept(kind)
    before = contents(folder)
    said = sameboat("rerun", folder, "--quiet")
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith(f"identical: {folder} comes out the same, bit for bit (")
    assert contents(folder) == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_changed_cell_is_named_whatever_the_kind(kept, tmp_path, kind):
    folder = copy_of(kept(kind), tmp_path / "it")
    path, table, place = next(
        (path, table, k)
        for path in sorted(folder.glob("*.parquet"))
        for table in [pq.read_table(path)]
        for k, field in enumerate(table.schema)
        if field.type == pa.float64() and table.column(k).null_count < table.num_rows
    )
    values = table.column(place).to_pylist()
    row = next(k for k, value in enumerate(values) if value is not None)
    values[row] += max(abs(values[row]), 1.0) * 1e-12
    field = table.schema.field(place)
    pq.write_table(table.set_column(place, field, pa.array(values, field.type)), path)
    said = sameboat("rerun", folder, "--quiet")
    assert said.status == 1
    assert said.out.splitlines() == [
        f"different: {folder} does not come out the same",
        f"  {path.stem}: {field.name}",
    ]


def test_what_differs_in_rows_or_tables_is_named_too(kept, tmp_path):
    folder = copy_of(kept("compare"), tmp_path / "it")
    rows = pq.read_table(folder / "closings.parquet")
    pq.write_table(rows.slice(1), folder / "closings.parquet")
    (folder / "groups.parquet").rename(folder / "bands.parquet")
    edit(folder, lambda record: record["files"].append("bands.parquet") or record["files"].remove("groups.parquet"))
    said = sameboat("rerun", folder, "--quiet")
    assert said.status == 1
    assert set(said.out.splitlines()[1:]) == {
        f"  closings: {rows.num_rows - 1} rows, now {rows.num_rows}", "  bands: no longer made", "  groups: new"
    }  # fmt: skip


def test_of_a_study_that_was_stopped_the_finished_runs_are_lived_again(kept, tmp_path):
    folder = copy_of(kept("compare"), tmp_path / "it")
    edit(folder, lambda record: record.update(runs=1000))  # as if 998 more had been asked for
    assert read_record(folder).finished_runs == 2
    assert sameboat("rerun", folder, "--quiet").status == 0


def test_a_sweep_that_is_gone_cannot_be_analysed_again(kept, tmp_path):
    folder = copy_of(kept("sensitivity"), tmp_path / "it")
    edit(folder, lambda record: record["settings"].update(sweep=str(tmp_path / "gone")))
    assert "gone: the sweep that was analysed is not there" in sameboat("rerun", folder).problem


@pytest.mark.parametrize("kind", ["party", "frame", "os"])
def test_a_kind_that_is_not_known_is_said_in_one_line(kept, tmp_path, kind):
    folder = copy_of(kept("compare"), tmp_path / "it")
    edit(folder, lambda record: record.update(kind=kind))
    assert f"results of the kind '{kind}' cannot be made again" in sameboat("rerun", folder).problem


@pytest.mark.parametrize(
    ("kind", "change", "words"),
    [
        ("compare", {"settings": {"precision": "fine"}}, "settings: precision: not as this version writes it"),
        ("compare", {"settings": {"precision": 9}}, "settings: precision"),
        ("compare", {"arms": {}}, "arms: found 0, expected some"),
        ("compare", {"finished_runs": 0}, "finished_runs: found 0, expected 1 to 2"),
        ("compare", {"finished_runs": 3}, "finished_runs: found 3, expected 1 to 2"),
        ("compare", {"first_seed": -1}, "first_seed"),
        ("compare", {"first_seed": 2**63 - 1}, "seeds: found 9223372036854775808"),
        ("claims", {"settings": {}}, "settings: claims"),
        ("claims", {"settings": {"claims": ["C99"]}}, "no such claim"),
        ("claims", {"settings": {"claims": ["C30"]}}, "C30: needs the arm"),
        ("interviews", {"settings": {"assumed": {"noticing": 0.1}}}, "settings: assumed"),
        ("breakeven", {"settings": {"over": "group.exists", "at": [2]}}, "settings: over"),
        ("sensitivity", {"settings": {"sweep": 3}}, "settings: sweep"),
        ("run", {"arms": {}}, "arms: found 0, expected one"),
    ],
    ids=str,
)
def test_a_record_that_was_edited_is_explained_in_one_line(kept, tmp_path, kind, change, words):
    folder = copy_of(kept(kind), tmp_path / "it")
    edit(folder, lambda record: record.update(change))
    assert words in sameboat("rerun", folder, "--quiet").problem


def test_a_run_has_one_arm(kept, tmp_path):
    folder = copy_of(kept("run"), tmp_path / "it")
    edit(folder, lambda record: record["arms"].update(more=record["arms"]["groupA"]))
    assert "arms: found 2, expected one" in sameboat("rerun", folder, "--quiet").problem
