"""The command ``rerun`` on sweeps, and on analyses of them; on other results it is in the tests of their commands."""

from __future__ import annotations

import shutil

import pytest

from tests.analysis.studies.sweep.sweeps import live, make_sweep
from tests.cli.command_line import sameboat


@pytest.fixture
def swept(tmp_path):
    """The folder of a finished sweep."""
    live(make_sweep(tmp_path, seeds=3), tmp_path / "results")
    return tmp_path / "results"


def test_a_sweep_is_made_again(swept):
    said = sameboat("rerun", swept)
    assert (said.status, said.err) == (0, "")
    assert said.out == f"identical: {swept} comes out the same, bit for bit (3 of 3 chunks)\n"
    assert "(2 of 3 chunks)" in sameboat("rerun", swept, "--chunks", 2, "--quiet").out


def test_a_sweep_that_does_not_come_out_the_same(swept):
    chunk = sorted((swept / "chunks").iterdir())[1]
    (chunk / "runs.parquet").write_bytes(b"other")
    said = sameboat("rerun", swept)
    assert said.status == 1
    assert f"note: {swept}: this sweep is not finished: 2 of 3 chunks are there" in said.out
    assert said.out.endswith(f"\n  {chunk.name}: runs.parquet is not what was written\n")


def test_only_sweeps_have_chunks(swept, tmp_path):
    assert sameboat("sensitivity", swept, "--out", tmp_path / "out", "--quiet").status == 0
    assert "--chunks is for sweeps" in sameboat("rerun", tmp_path / "out", "--chunks", 2).err


def test_an_analysis_is_only_compared_with_one_of_the_same_sweep(swept, tmp_path):
    assert sameboat("sensitivity", swept, "--out", tmp_path / "out", "--quiet").status == 0
    assert sameboat("rerun", tmp_path / "out", "--quiet").status == 0
    chunk = sorted((swept / "chunks").iterdir())[1]
    chunk.rename(tmp_path / "chunk")
    assert "this sweep is not finished: 2 of 3 chunks" in sameboat("rerun", tmp_path / "out").problem
    shutil.rmtree(swept)
    assert f"{swept}: the sweep that was analysed is not there" in sameboat("rerun", tmp_path / "out").problem
    live(make_sweep(tmp_path, seeds=2), swept)
    assert f"{swept}: holds another sweep now than the one that was" in sameboat("rerun", tmp_path / "out").problem
