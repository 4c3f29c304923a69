"""Where compiled code is kept: nothing of the user's is ever deleted, and starting never fails because of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from sim import compiler
from tests.builders import ROOT

START = "import sim.compiler, numba; print(numba.config.CACHE_DIR)"
AN_OLD_DIGEST = "0123456789abcdef"


def start(code=START, **changes):
    """Begin a process that chooses its cache folder; a change of None takes a variable away."""
    changes = {"SAMEBOAT_CACHE_DIR": None, "NUMBA_CACHE_DIR": None, "NUMBA_DISABLE_JIT": None, **changes}
    environment = {name: value for name, value in os.environ.items() if name not in changes}
    environment |= {name: str(value) for name, value in changes.items() if value is not None}
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def chosen(process):
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return Path(out.strip())


def leave_cache(home, name, days=10.0, marker=True):
    """A folder as an earlier source has left it."""
    folder = home / name
    (folder / "inside").mkdir(parents=True)
    if marker:
        (folder / compiler.MARKER).touch()
    long_ago = time.time() - days * 86_400
    os.utime(folder, (long_ago, long_ago))
    return folder


def test_folders_of_the_user_stay(tmp_path):
    mine = [
        leave_cache(tmp_path, name, marker=False) for name in ("photos", "thesis", *(f"{k:016x}" for k in range(9)))
    ]
    mine += [leave_cache(tmp_path, name) for name in ("letters", "0123456789ABCDEF", "0123456789abcdef0")]
    assert chosen(start(SAMEBOAT_CACHE_DIR=tmp_path)).parent == tmp_path
    assert all((folder / "inside").is_dir() for folder in mine)


def test_a_link_is_not_followed(tmp_path):
    home, elsewhere = tmp_path / "home", leave_cache(tmp_path, "elsewhere")
    for k in range(9):
        leave_cache(home, f"{k:016x}", days=1)
    (home / AN_OLD_DIGEST).symlink_to(elsewhere)
    compiler.drop_old_caches(home)
    assert (elsewhere / "inside").is_dir()
    assert (home / AN_OLD_DIGEST).is_symlink()


def test_of_old_caches_the_newest_stay_and_those_in_use(tmp_path):
    old = [leave_cache(tmp_path, f"{k:016x}", days=10 + k) for k in range(9)]
    in_use = [leave_cache(tmp_path, f"{100 + k:016x}", days=0.0001) for k in range(6)]
    compiler.drop_old_caches(tmp_path)
    assert not any(folder.exists() for folder in old)
    assert all(folder.is_dir() for folder in in_use)


def test_many_at_once_among_hundreds_of_old_caches(tmp_path):
    for k in range(400):
        leave_cache(tmp_path, f"{k:016x}", days=10 + k)
    folders = {chosen(process) for process in [start(SAMEBOAT_CACHE_DIR=tmp_path) for _ in range(6)]}
    assert len(folders) == 1
    assert folders.pop().is_dir()
    assert len(list(tmp_path.iterdir())) <= compiler.CACHES_KEPT


def test_numbas_own_variable_counts_too_and_ours_before_it(tmp_path):
    assert chosen(start(NUMBA_CACHE_DIR=tmp_path / "numba")).parent == tmp_path / "numba"
    both = start(NUMBA_CACHE_DIR=tmp_path / "numba", SAMEBOAT_CACHE_DIR=tmp_path / "ours")
    assert chosen(both).parent == tmp_path / "ours"


def test_what_is_no_folder_is_passed_over(tmp_path):
    (tmp_path / "file").touch()
    assert chosen(start(SAMEBOAT_CACHE_DIR=tmp_path / "file", TMPDIR=tmp_path)).is_relative_to(tmp_path)
    assert chosen(start(SAMEBOAT_CACHE_DIR="x" * 5000, TMPDIR=tmp_path)).is_relative_to(tmp_path)


def test_a_user_without_a_home_and_without_an_entry_can_start(tmp_path):
    nobody = "import pwd\ndef nobody(uid): raise KeyError(uid)\npwd.getpwuid = nobody\n"
    folder = chosen(start(nobody + START, HOME=None, TMPDIR=tmp_path))
    assert folder.parent.parent == tmp_path


def test_without_any_place_rules_are_compiled_without_a_cache(tmp_path):
    (tmp_path / "file").touch()
    assert compiler._cache_folder([tmp_path / "file", tmp_path / ("x" * 500)]) is None
