"""The command line's other commands, its help, and words that are no command."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys

import pytest

from analysis.cli.main import COMMANDS, main
from scenarios import files as scenario_files
from sim.parameters import PARAMETERS
from sim.problem import MOST_CHARACTERS
from sim.trace import WEEKDAYS
from sim.week import PLAN
from tests.analysis.lives import unkind_words
from tests.builders import ROOT, SCENARIOS
from tests.cli.command_line import ABSENT, GROUP_A, SMALL, sameboat

# check


def test_our_scenarios_are_all_valid():
    files = scenario_files(SCENARIOS)
    said = sameboat("check", *files)
    assert (said.status, said.err) == (0, "")
    for file, line in zip(files, said.out.splitlines(), strict=True):
        assert line.startswith(f"{file}: valid ({file.stem}; ")


def test_of_several_files_each_bad_one_is_named(tmp_path):
    (tmp_path / "bad.yaml").write_text("name: bad\npeople:\n  wimen: 1\n")
    said = sameboat("check", GROUP_A, tmp_path / "bad.yaml", tmp_path / "gone.yaml", ABSENT, tmp_path)
    assert said.status == 2
    assert [line.split(": ")[0] for line in said.out.splitlines()] == [GROUP_A, ABSENT]
    errors = said.err.splitlines()
    assert len(errors) == 3
    assert errors[0].startswith(f"Error: {tmp_path / 'bad.yaml'}:3: people.wimen: unknown key 'wimen'")
    assert errors[1].startswith(f"Error: {tmp_path / 'gone.yaml'}: no such file")
    assert "is a folder" in errors[2]


def test_a_file_that_is_not_there_names_the_nearest():
    assert "did you mean scenarios/groupA.yaml?" in sameboat("check", "scenarios/gruopA.yaml").problem


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("x" * 300 + ".yaml", "cannot be read"), ("/dev/zero", "is a pipe or a device"),
        ("\udcff.yaml", "no such file"),
        ("\x1b[31m.yaml", "no such file"), ("a\nb.yaml", "no such file"), ("x/" * 3000 + "a.yaml", "cannot be read"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["check", "run", "explain"])
def test_a_name_that_no_file_has_is_refused_in_printable_text(command, name, said):
    problem = sameboat(command, name).problem
    assert said in problem
    assert problem.isprintable()
    assert len(problem) <= MOST_CHARACTERS


def test_a_pipe_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    assert "is a pipe or a device" in sameboat("check", tmp_path / "pipe.yaml").problem


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--weeks", "1_0"], "found '1_0', expected a whole number"), (["--weeks", "10.7"], "found 10.7"),
        (["--seed", "yes"], "found 'yes'"), (["--seed", "-1"], "found -1"), (["--weeks", "1:44"], "found '1:44'"),
        (["--set", "run.weeks=1:44"], "found '1:44'"),
        (["--set", "group.exists=yes"], "found 'yes', expected true or false"),
        (["--set", "people.women=NA"], "found 'NA'"), (["--set", "people.women=!!float ''"], "YAML tags"),
        (["--set", "x" * 3000], "found no '='"), (["--set", "run.seed=" + "9" * 5000], "a number of 5000 digits"),
        (["--seed", "9" * 5000], "found '9999"),
    ],
)  # fmt: skip
def test_options_are_read_as_files_are(options, said):
    assert said in sameboat("explain", GROUP_A, *options).problem


def test_help_names_no_range_where_there_is_none():
    said = sameboat("run", "--help").out
    assert "Another seed" in said
    assert "None" not in said


@pytest.mark.parametrize("years", ["nan", ".nan", "inf", ".inf", "1_0", "two"])
def test_years_that_are_no_number_are_refused(years):
    assert "expected a number" in sameboat("breakeven", GROUP_A, "--years", years).problem


def test_home_is_found_where_the_shell_has_not_looked(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "mine.yaml").write_text("name: mine\nextends: ~/parent.yaml\n")
    (tmp_path / "parent.yaml").write_text("name: parent\n")
    assert sameboat("check", "~/mine.yaml").out.startswith(f"{tmp_path / 'mine.yaml'}: valid (mine;")


# explain


@pytest.fixture
def wide(monkeypatch):
    """A screen so wide that nothing is folded."""
    monkeypatch.setattr("analysis.cli.explain.NARROWEST", 2000)
    monkeypatch.setattr("analysis.cli.explain.WIDEST", 2000)


@pytest.mark.usefixtures("wide")
def test_explain_shows_the_order_of_a_week():
    said = sameboat("explain", GROUP_A)
    assert said.status == 0, said.err
    week = said.out.split("The order of a week")[1].split("Parameters")[0]
    rows = [line for line in week.splitlines() if line.strip()]
    assert len(rows[-len(PLAN) :]) == len(PLAN)
    for number, (line, step) in enumerate(zip(rows[-len(PLAN) :], PLAN, strict=True), start=1):
        assert line.split()[:2] == [str(number), step.rule]
        assert step.summary in line
        assert line.rstrip().endswith(step.when)


@pytest.mark.usefixtures("wide")
def test_explain_shows_every_parameter_with_value_unit_meaning_and_source():
    lines = sameboat("explain", GROUP_A, "--set", "people.women=0.125").out.splitlines()
    shown = {}
    for place, line in enumerate(lines):
        if line.split() and line.split()[0] in PARAMETERS:
            shown[line.split()[0]] = (line, lines[place + 1].strip(), lines[place + 2].strip())
    assert list(shown) == list(PARAMETERS)
    for name, (line, meaning, source) in shown.items():
        p = PARAMETERS[name]
        assert p.kind is bool or p.unit in line
        assert meaning.startswith(" ".join(p.meaning.split()))
        assert source == f"source: {p.source}"
        assert len(p.source) > 3
    assert shown["people.women"][0].split()[1] == "0.125"
    assert shown["people.women"][0].endswith("--set") or "--set" in shown["people.women"][0]
    assert "groupA.yaml" in shown["group.women_only"][0]
    assert "default" in shown["episodes.relief"][0]


def test_explain_fits_a_screen():
    said = sameboat("explain", ABSENT)
    assert max(len(line.rstrip()) for line in said.out.splitlines()) <= 120


def test_a_persons_week_is_told_day_by_day():
    said = sameboat("explain", GROUP_A, *SMALL, "--person", 3, "--week", 2)
    assert said.status == 0, said.err
    assert said.out.startswith("Person 3, week 2 (seed 1)")
    lines = said.out.splitlines()
    assert [line for line in lines if line in WEEKDAYS] == list(WEEKDAYS)
    assert lines.index("Start of the week") < lines.index("Monday") < lines.index("Sunday")
    assert said.out.count("feel: ") == 7
    assert "as the week begins: isolation" in said.out


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--person", 5000, "--week", 2), "nobody has the id 5000"),
        (("--person", -1, "--week", 2), "nobody has the id -1"),
        (("--person", 3, "--week", 30), "week 30: expected 0 to 29"),
        (("--person", 3, "--week", -1), "week -1: expected 0 to 29"),
        (("--person", 3), "--person and --week go together"),
        (("--week", 3), "--person and --week go together"),
        (("--person", "Anna", "--week", 2), "found 'Anna', expected a whole number"),
        (("--person", 10**30, "--week", 2), "nobody has the id 1000000000000"),
    ],
    ids=str,
)
def test_nobody_and_never_are_explained_in_one_line(options, expected):
    assert expected in sameboat("explain", GROUP_A, *SMALL, *options).problem


# Help, and words that are no command.


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_every_command_has_help_with_examples(command, flag):
    said = sameboat(command, flag)
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith(f"Usage: sameboat {command} ")
    assert f"sameboat {'' if command == 'run' else command}" in said.out
    assert unkind_words(said.out) == []


def test_help_lists_the_commands_the_care_and_where_to_find_support():
    said = sameboat("--help")
    assert said.status == 0
    words = " ".join(said.out.split())
    for name, told in COMMANDS.items():
        assert f"  {name}" in said.out
        assert told in words
    for part in ("not evidence that groups work or are safe", "Samaritans 116 123", "nobody is portrayed"):
        assert part in words
    assert unkind_words(said.out) == []


def test_without_a_word_one_is_shown_the_help():
    said = sameboat()
    assert said.status == 2
    assert "Usage: sameboat" in said.err + said.out


def test_the_version_is_said():
    said = sameboat("--version")
    assert said.status == 0
    assert said.out.startswith("sameboat, version ")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("chek", "did you mean check?"),
        ("RERUN", "did you mean rerun?"),
        ("explian", "did you mean explain?"),
        ("groupa", "did you mean groupA?"),
        ("xyzzy", f"groupB, judging, or one of {', '.join(COMMANDS)}"),
        ("", "no command ''"),
        ("two\nlines", "no command"),
    ],
)
def test_a_word_that_is_no_command_names_the_nearest(word, expected):
    assert expected in sameboat(word).problem


# They know which files they need, need none or have one by default, or can be given --arm.
WITHOUT_A_FILE = {"accounts", "claims", "verdicts", "interviews", "compare", "factorial", "patterns",
                  "calibrate", "foretell", "verify"}  # fmt: skip
WITH_A_FILE = [name for name in COMMANDS if name not in WITHOUT_A_FILE]


@pytest.mark.parametrize("command", WITH_A_FILE)
def test_a_command_without_its_file_says_what_is_missing(command):
    assert "Missing argument" in sameboat(command).problem


# As a program of its own.


def test_the_program_leaves_with_its_status_and_no_traceback():
    done = subprocess.run(
        [sys.executable, "run.py", "check", "nowhere.yaml"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 2
    assert done.stderr.startswith("Error: nowhere.yaml: no such file")
    assert done.stderr.count("\n") == 1


def test_a_reader_who_has_seen_enough_is_no_error():
    with subprocess.Popen(
        [sys.executable, "run.py", "explain", ABSENT], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as program:
        program.stdout.read(10)
        program.stdout.close()
        assert program.stderr.read() == b""
        assert program.wait() == 0


def test_help_waits_neither_for_the_compiler_nor_for_figures():
    code = (
        "import sys\nfrom analysis.cli.main import main\n"
        "try:\n    main(['--help'])\n"
        "finally:\n    assert not {'numba', 'matplotlib', 'pyarrow', 'scipy'} & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_without_the_minus_sign_gets_a_plain_one(monkeypatch, encoding):
    held = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(held, encoding=encoding))
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as left:
        main(["claims", "--list"])
    signal.signal(signal.SIGTERM, before)
    assert left.value.code == 0
    assert "at most -0.2" in held.getvalue().decode("ascii")
