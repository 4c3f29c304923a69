"""Which chunks of a sweep are whole: whatever happened to a file is noticed, said, and mended by the same command."""

from __future__ import annotations

import json
import shutil
import subprocess
import warnings

import pytest

import analysis
from analysis.results import chunks as module
from analysis.results.chunks import SUMS, damages, look
from analysis.results.swept import read_swept
from analysis.studies.sweep.status import status_of
from analysis.studies.sweep.store import Store
from sim.problem import Problem
from tests.analysis.studies.sweep.sweeps import bytes_of, live, make_sweep
from tests.cli.command_line import sameboat


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """(sweep, folder) of a small sweep that nothing disturbed."""
    home = tmp_path_factory.mktemp("lived")
    sweep = make_sweep(home, seeds=5)
    live(sweep, home / "results")
    return sweep, home / "results"


@pytest.fixture
def folder(lived, tmp_path):
    """A copy of it, to be damaged."""
    return shutil.copytree(lived[1], tmp_path / "results")


def chunk(folder, k):
    return sorted((folder / "chunks").iterdir())[k]


def change_a_byte(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def swap(one, other):
    first = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(first)


def copy_whole(folder):
    shutil.rmtree(chunk(folder, 1))
    shutil.copytree(chunk(folder, 0), chunk(folder, 0).with_name(make_name(folder, 1)))


def make_name(folder, k):
    return look(folder).settings.chunks[k]


NOT_WRITTEN, MISSING = "effects.parquet is not what was written", "effects.parquet is missing"
DAMAGE = {
    "cut short": (lambda f: (chunk(f, 1) / "effects.parquet").write_bytes(b"PAR1 some"), NOT_WRITTEN),
    "missing": (lambda f: (chunk(f, 1) / "effects.parquet").unlink(), MISSING),
    "empty": (lambda f: (chunk(f, 1) / "effects.parquet").write_bytes(b""), NOT_WRITTEN),
    "a byte changed": (lambda f: change_a_byte(chunk(f, 1) / "effects.parquet"), NOT_WRITTEN),
    "from another chunk": (
        lambda f: shutil.copy(chunk(f, 0) / "effects.parquet", chunk(f, 1) / "effects.parquet"), NOT_WRITTEN),
    "swapped with another table": (
        lambda f: swap(chunk(f, 1) / "runs.parquet", chunk(f, 1) / "effects.parquet"),
        "runs.parquet is not what was written"),
    "a whole other chunk": (copy_whole, "SHA256SUMS is not that of this chunk"),
    "without checksums": (lambda f: (chunk(f, 1) / SUMS).unlink(), "SHA256SUMS is missing"),
    "checksums of another chunk": (
        lambda f: shutil.copy(chunk(f, 0) / SUMS, chunk(f, 1) / SUMS), "SHA256SUMS is not that of this chunk"),
    "checksums cut short": (lambda f: (chunk(f, 1) / SUMS).write_bytes(b""), "SHA256SUMS is not that of this chunk"),
    "checksums that are no text": (
        lambda f: (chunk(f, 1) / SUMS).write_bytes(b"\xff\0\n" * 99), "SHA256SUMS is not that of this chunk"),
    "an empty folder": (lambda f: [path.unlink() for path in chunk(f, 1).iterdir()], "SHA256SUMS is missing"),
}  # fmt: skip


@pytest.mark.parametrize("what", DAMAGE)
def test_damage_is_noticed_said_by_whoever_reads_and_mended_to_the_last_byte(lived, folder, what):
    sweep, untouched = lived
    harm, words = DAMAGE[what]
    name = chunk(folder, 1).name
    harm(folder)
    assert damages(folder, [c.name for c in sweep.chunks], sweep.tables) == {name: words}
    said = f"not whole: {name} ({words}); the same sweep command makes it again"
    assert said in status_of(folder).lines()
    with pytest.warns(UserWarning, match="3 of 4 chunks are there; not whole: "):
        results = analysis.load(folder)
    assert results.missing.endswith(said)
    assert results.rows("effects") == results["effects"].num_rows == 30 * 2 * 2 * 2
    refused = sameboat("sensitivity", folder)
    assert said in refused.problem
    assert said in sameboat("export", folder, "--table", "runs", "--out", folder.parent / "out").err
    store = Store(folder, sweep)
    assert store.begin() == [said]
    live(sweep, folder)
    assert bytes_of(folder) == bytes_of(untouched)
    assert status_of(folder).lines()[-1] == "finished"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        analysis.load(folder)


@pytest.mark.parametrize("harm", [lambda path: path.unlink(), change_a_byte])
def test_a_damaged_table_of_points_is_made_again(lived, folder, harm):
    harm(folder / "points.parquet")
    with pytest.raises(Problem, match=r"points\.parquet: is .*; the same sweep command makes it again"):
        analysis.load(folder)
    assert "not whole: points.parquet (is " in "\n".join(status_of(folder).lines())
    assert Store(folder, lived[0]).begin()[0].startswith("not whole: points.parquet (is ")
    assert bytes_of(folder) == bytes_of(lived[1])


def test_what_desktops_leave_is_passed_over_and_what_somebody_put_there_is_named_and_kept(lived, folder):
    for place in (folder, folder / "chunks", chunk(folder, 2)):
        (place / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
        (place / "._runs.parquet").write_bytes(b"\0\5\26\7")
    assert Store(folder, lived[0]).begin() == []
    assert status_of(folder).lines()[-1] == "finished"
    (folder / "chunks" / "notes.txt").write_text("mine")
    (folder / "chunks" / "old").mkdir()
    (chunk(folder, 2) / "effects.parquet").unlink()
    words = "not of this sweep, and left alone: chunks/notes.txt, chunks/old"
    assert words in Store(folder, lived[0]).begin()
    assert words in status_of(folder).lines()
    with pytest.warns(UserWarning, match="not finished"):
        assert analysis.load(folder).rows("runs") == 30
    live(lived[0], folder)
    assert analysis.load(folder).rows("runs") == 40
    for kept in ("chunks/notes.txt", "chunks/.DS_Store", f"chunks/{chunk(lived[1], 2).name}/.DS_Store"):
        assert (folder / kept).is_file(), kept


def test_a_chunk_of_another_sweep_is_not_read(lived, folder, tmp_path):
    other = make_sweep(tmp_path, seeds=4)
    live(other, tmp_path / "other")
    shutil.copytree(chunk(tmp_path / "other", 0), folder / "chunks" / other.chunks[0].name)
    assert look(folder).foreign == [f"chunks/{other.chunks[0].name}"]
    assert analysis.load(folder).rows("runs") == 40


@pytest.mark.parametrize("inside", ["", "runs.parquet", SUMS])
def test_what_stands_in_the_way_is_named_before_anything_is_lived(lived, folder, inside):
    place = chunk(folder, 1)
    if inside:
        (place / inside).unlink()
        (place / inside).mkdir()
    else:
        shutil.rmtree(place)
        place.write_text("mine")
    said = rf"{place / inside}: a {'folder' if inside else 'file'} stands where the sweep writes; move it away"
    with pytest.raises(Problem, match=said):
        Store(folder, lived[0]).begin()


def test_the_checksums_are_as_a_standard_program_reads_them(lived):
    program = shutil.which("sha256sum")
    if program is None:
        pytest.skip("no sha256sum here")
    command = [program, "--check", "--strict", SUMS]
    done = subprocess.run(command, cwd=chunk(lived[1], 0), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(": OK") == 3


def test_each_file_is_hashed_once_however_often_a_sweep_is_read(lived, folder, monkeypatch):
    hashed = []
    real = module.hashlib.file_digest
    monkeypatch.setattr(module.hashlib, "file_digest", lambda *a: hashed.append(a) or real(*a))
    look(folder)
    assert len(hashed) == 4 * 3
    look(folder)
    assert len(hashed) == 4 * 3
    change_a_byte(chunk(folder, 1) / "runs.parquet")
    assert list(look(folder).damaged) == [chunk(folder, 1).name]


def test_without_verifying_only_what_is_missing_is_noticed(folder):
    (chunk(folder, 1) / "runs.parquet").write_bytes(b"PAR1 not really")
    (chunk(folder, 2) / "runs.parquet").unlink()
    assert list(look(folder, verify=False).damaged) == [chunk(folder, 2).name]
    with pytest.warns(UserWarning, match="runs.parquet is missing"):
        results = analysis.load(folder, verify=False)
    with pytest.raises(Problem, match=r"runs\.parquet: cannot be read"):
        results.rows("runs")


def as_earlier(folder, version):
    """Make a folder what it was when sweeps had a record of their own: of version 1, without checksums."""
    record, settings = read_swept(folder)
    design = settings.design.model_dump() | {
        "arms": {name: {"values": arm.values} for name, arm in record.arms.items()},
        "seeds": {"first": record.first_seed, "count": record.runs},
    }
    said = settings.model_dump() | {
        "format": "sameboat sweep", "format_version": version, "care": record.care, "design": design,
        "arms": {name: arm.title for name, arm in record.arms.items()}, "digest": record.digest, "code": "c" * 64,
        "versions": ["numpy 2.0", "x86_64"], "units": 20, "runs": 40,
    }  # fmt: skip
    if version == 1:
        del said["points_sha256"]
        said["chunks"] = len(said["chunks"])
        for path in (folder / "chunks").glob(f"*/{SUMS}"):
            path.unlink()
    (folder / "record.json").unlink()
    (folder / "sweep.json").write_text(json.dumps(said))


@pytest.mark.parametrize("version", [1, 2])
def test_a_sweep_of_an_earlier_version_is_read_and_not_gone_on_with(lived, folder, version):
    as_earlier(folder, version)
    assert analysis.load(folder).rows("runs") == 40
    lines = status_of(folder).lines()
    assert lines[0].startswith("small: 40 of 40 runs (100 %), 4 of 4 chunks")
    assert lines[-1] == "finished"
    before = bytes_of(folder)
    with pytest.raises(Problem, match="holds a sweep of an earlier version; it can be read, not gone on with"):
        Store(folder, lived[0]).begin()
    assert "which can be loaded and exported only" in sameboat("rerun", folder).problem
    assert sameboat("sensitivity", folder, "--quiet").status == 0
    assert bytes_of(folder) == before
    (folder / "sweep.json").write_text("{}")
    with pytest.raises(Problem, match=r"sweep\.json: cannot be read"):
        analysis.load(folder)
