"""``verify``: says whether this machine gives our bits, and where it parts from them if not."""

from __future__ import annotations

import copy

from click.testing import CliRunner

from analysis.cli import verify
from sim import reproduce
from tests.cli.command_line import sameboat


def run(monkeypatch, ours):
    short = reproduce.made_here(short_only=True)
    monkeypatch.setattr(verify, "kept", lambda: ours)
    monkeypatch.setattr(verify, "made_here", lambda: short)
    result = CliRunner().invoke(verify.command, [], standalone_mode=False)
    return result.return_value, result.output


def test_this_machine_gives_our_bits_compiled_and_not(monkeypatch):
    status, said = run(monkeypatch, reproduce.kept())
    assert status == 0, said
    assert "Python 3." in said
    assert said.count("the same bits") == 2 * (1 + len(reproduce.SHORT))
    assert "This machine reproduces ours" in said


def test_all_cases_give_our_bits():
    assert not any(reproduce.partings(reproduce.kept(), reproduce.made_here()).values())


def test_the_first_state_that_parts_is_named_with_its_week(monkeypatch):
    ours = copy.deepcopy(reproduce.kept())
    weeks = ours["cases"][reproduce.SHORT[0].name]
    weeks["1"]["people.stigma"] = weeks["4"]["ties"] = "other"
    ours["functions"]["log"] = "other"
    status, said = run(monkeypatch, ours)
    assert status == 1
    assert "functions: other bits: log" in said
    assert f"{reproduce.SHORT[0].name}: parts by week 1 after the opening: people.stigma" in said
    assert "ties" not in said
    assert "does not reproduce ours" in said


def test_digests_are_renewed_only_when_they_differ(tmp_path):
    path = tmp_path / "digests.json"
    assert reproduce.renew(path)
    assert path.read_text() == reproduce.DIGESTS.read_text()
    assert not reproduce.renew(path)


def test_its_help_is_shown_after_it_was_called_apart_from_the_program():
    CliRunner().invoke(verify.command, ["--help"])
    assert sameboat("verify", "-h").status == 0
