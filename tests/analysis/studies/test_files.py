"""What reading sweep, factorial and study files has in common."""

from __future__ import annotations

import pytest

from analysis.studies.factorial.factorialfile import read_factorial
from analysis.studies.study.studyfile import read_study
from analysis.studies.sweep.sweepfile import read_sweep
from sim.problem import Problem

READERS = [
    pytest.param(read_sweep, "sweep", id="sweep"), pytest.param(read_factorial, "factorial", id="factorial"),
    pytest.param(read_study, "study", id="study"),
]  # fmt: skip


@pytest.mark.parametrize(("read", "key"), READERS)
@pytest.mark.parametrize("text", ["1: one\n2: two\n", "true: x\n", "- a\n", "just words\n", "title: t\n", "{}\n"])
def test_a_file_of_another_kind_is_one_line(tmp_path, read, key, text):
    """Keys may be numbers, too."""
    path = tmp_path / "other.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Problem, match=str(path)) as wrong:
        read(path)
    assert "\n" not in str(wrong.value) and len(str(wrong.value)) < 400


@pytest.mark.parametrize(("read", "key"), READERS)
def test_an_unknown_key_is_named_with_its_line(tmp_path, read, key):
    path = tmp_path / "one.yaml"
    path.write_text(f"{key}: name\nnonsense: 1\n", encoding="utf-8")
    with pytest.raises(Problem, match=rf"{path}:\d+: "):
        read(path)


def test_an_account_beside_a_study_file_is_found_from_anywhere(tmp_path, monkeypatch):
    """As in sweep and scenario files a path is relative to the file that says it."""
    from tests.builders import SCENARIOS

    shipped = (SCENARIOS / "studies" / "waiting-list.yaml").read_text(encoding="utf-8")
    text = shipped.replace("../groupA.yaml", str(SCENARIOS / "groupA.yaml"))
    lines = [line for line in text.splitlines() if not line.startswith("account:")]
    (tmp_path / "study.yaml").write_text("\n".join([*lines, "account: mine.yaml", ""]), encoding="utf-8")
    account = (SCENARIOS / "accounts" / "learning.yaml").read_text(encoding="utf-8")
    account = account.replace("extends: ", f"extends: {SCENARIOS / 'accounts'}/")
    (tmp_path / "mine.yaml").write_text(account, encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert read_study(tmp_path / "study.yaml").arm.account is not None
