"""The command ``export``."""

from __future__ import annotations

import pytest

from tests.analysis.lives import contents, unkind_words
from tests.cli.command_line import sameboat


@pytest.mark.usefixtures("without_figures")
def test_a_run_is_exported_beside_its_folder(results):
    said = sameboat("export", results)
    folder = results.parent / "groupA-export"
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith(f"{folder}: weeks.csv") or f"{folder}: " in said.out
    assert {"weeks.csv", "people.csv", "traits.csv", "story.csv", "ties.csv", "codebook.csv", "README.txt"} == set(
        contents(folder)
    )
    assert not unkind_words((folder / "README.txt").read_text())
    assert "is there already" in sameboat("export", results).problem
    assert sameboat("export", results, "--overwrite", "--table", "weeks").status == 0
    assert set(contents(folder)) == {"weeks.csv", "codebook.csv", "README.txt"}


def test_a_folder_of_somebody_else_is_not_touched(results, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    for more in ((), ("--overwrite",)):
        assert (
            "holds other files (thesis.txt)" in sameboat("export", results, "--out", tmp_path / "mine", *more).problem
        )
    assert contents(tmp_path / "mine") == {"thesis.txt": b"years of work"}


def test_what_cannot_be_exported_leaves_nothing(results, tmp_path):
    assert "no table 'week'; there are people, story" in sameboat("export", results, "--table", "week").problem
    (results / "ties.parquet").write_bytes(b"nothing")
    assert "cannot be read as Parquet" in sameboat("export", results, "--out", tmp_path / "out").problem
    assert not (tmp_path / "out").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["groupA"]
    assert "no such folder" in sameboat("export", tmp_path / "gone").problem
