"""What README, how-tos and docstrings show, runs: shell lines, Python blocks, doctests."""

from __future__ import annotations

import doctest
import importlib
import importlib.util
import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest

from analysis.cli import main as command_line
from docs import renew
from sim.problem import Problem
from tests.analysis.needs import needs
from tests.analysis.studies.sweep.sweeps import live, make_sweep
from tests.builders import ROOT
from tests.cli.command_line import GROUP_A, SETTINGS, SMALL, sameboat

README = ROOT / "README.md"
PAGES = (README, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")))
OURS = {"python run.py", ".venv/bin/python run.py", "sameboat"}
NOT_OURS = ("dask", "aws", "rclone", "git", "ruff", "mypy", "pre-commit", "for")
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
SMALLER = {  # what makes each command of the README quick; the last of an option counts
    "run": SMALL,
    "explain": (*SETTINGS, "--weeks", "60"),
    "compare": (*SETTINGS, "--weeks", "60", "--runs", "4"),
    "claims": ("--runs", "3", "--plausible-towns", "3", "--set", "people.residents=20", "--set", "run.lead_in_weeks=8"),
    "verdicts": (
        "--runs",
        "3",
        "--accounts",
        "nothing",
        "full",
        "--set",
        "people.residents=20",
        "--set",
        "run.lead_in_weeks=8",
    ),
    "interviews": ("--runs", "3", "--ages", "2", "1", "--set", "people.residents=20", "--set", "run.lead_in_weeks=4"),
    "overturn": ("--runs", "3", "--years", "0.5", *SETTINGS),
    "patterns": ("--runs", "3", "--set", "run.weeks=60", *SETTINGS),
    "factorial": ("--runs", "3", "--years", "0.5", *SETTINGS),
    "study": ("--runs", "6", "--repetitions", "3", "--set", "people.residents=16"),
    "breakeven": ("--runs", "4", "--years", "0.5", "--set", "people.residents=24", "--set", "run.lead_in_weeks=4"),
    "foretell": ("--runs", "5", "--towns", "1", "--accounts", "nothing"),
    "sweep": ("--runs", "1", *SETTINGS),
    "export": ("--overwrite",),
}


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def files(folder: Path, word: str) -> list[str]:
    """The files that a word stands for, as the shell would have it."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.glob(word) if not word.startswith(("/", "-")))


def shell_lines(page: Path) -> list[list[str]]:
    """Each command of a page's shell blocks as words, without its comment."""
    lines = "\n".join(blocks(page, "sh")).replace("\\\n", " ").splitlines()
    commands = [part for line in lines for part in line.split(" && ")]
    return [words for words in (shlex.split(command, comments=True) for command in commands) if words]


def ours(words: list[str]) -> list[str] | None:
    """What is given to Sameboat, with the command's name in front; None for another program."""
    said = words[1:] if words[0] == "sameboat" else words[2:]
    if words[0] != "sameboat" and " ".join(words[:2]) not in OURS:
        return None
    return said if said[0] in command_line.COMMANDS or said[0].startswith("-") else ["run", *said]


COMMANDS = [(page, words) for page in PAGES for words in shell_lines(page)]


@pytest.mark.parametrize(("page", "words"), COMMANDS, ids=lambda it: it.name if isinstance(it, Path) else " ".join(it))
def test_every_shell_line_can_be_given(page, words):
    """Commands, options and values exist, and so do files, modules and extras; nothing is carried out."""
    said = ours(words)
    for word in words:
        if word.startswith(("scenarios/", "tests/", "docs/")):
            assert files(ROOT, word), f"no such file: {word}"
    if said is not None and said[0] in command_line.COMMANDS:
        whole = click.Context(command_line.cli, **command_line.cli.context_settings)  # Click remembers what it brings
        command_line.cli.get_command(whole, said[0]).make_context(said[0], said[1:], parent=whole)
    elif said is not None:
        assert said == ["--help"]
    elif "pip" in words[0]:
        extras = re.findall(r"\.\[(.*)\]", " ".join(words))
        assert set(",".join(extras).split(",")) - {""} <= set(EXTRAS)
    elif words[:2] == ["python", "-m"] or words[0] == ".venv/bin/python":
        assert importlib.util.find_spec(words[2]), f"no such module: {words[2]}"
        if words[2] == "docs.renew":
            assert all(word in (renew.__doc__ or "") for word in words if word.startswith("--"))
    elif words[0] == "python":
        assert (ROOT / words[1]).is_file()
    else:
        assert words[0].startswith(NOT_OURS) or words[1:3] == ["-m", "venv"], f"an unknown program: {words}"


@pytest.mark.slow
def test_the_commands_of_readme_and_pages_run(tmp_path, monkeypatch):
    """In order, each on a small town. The page is left to tests/view."""
    needs("pyreadstat", "xlsxwriter", "SALib", "sklearn")
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    monkeypatch.chdir(tmp_path)
    carried_out = 0
    pages = (README, ROOT / "docs/how-to/r-and-jupyter.md", ROOT / "docs/why/claims.md")
    for words in [words for page in pages for words in shell_lines(page)]:
        said = ours(words)
        if (
            said is None or said[0] in ("view", "calibrate") or "--rests" in said
        ):  # they take minutes: tests/cli/test_calibrate.py and tests/cli/test_verdicts.py ask them
            continue
        typed = [file for word in said for file in (files(Path(), word) if "*" in word else [word])]
        # A saved life is small already, and its past cannot be changed.
        done = sameboat(*typed, *(() if "--from" in typed else SMALLER.get(said[0], ())))
        assert done.status == 0, (words, done.err)
        carried_out += 1
    assert carried_out > 20
    (listed,) = re.findall(r"\| file \| what is in it \|\n(.*?)\n\n", README.read_text(encoding="utf-8"), re.DOTALL)
    always = [row.split(" | ")[0] for row in listed.splitlines() if "`--" not in row]  # others need an option
    names = re.findall(r"`([\w.]+)`", "\n".join(always))
    figures = [name for name in names if "." not in name]
    expected = {name for name in names if "." in name} | {f"{name}.{end}" for name in figures for end in ("png", "svg")}
    assert {path.name for path in (tmp_path / "results" / "groupA").iterdir()} == expected
    assert list(tmp_path.glob("results/*/report.html"))


def test_the_python_of_the_readme_runs_from_any_folder(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    names: dict = {}
    for block in blocks(README, "python"):
        exec(block, names)
    assert re.fullmatch(r"\d+ [0-9a-f]+\n", capsys.readouterr().out)
    assert len(names["weeks_open"]) == 100
    assert names["model"].weeks_lived == 52
    assert names["friends"].number_of_nodes() > 0
    assert list(tmp_path.iterdir()) == []


def test_python_blocks_of_the_how_to_on_reading_results_run(tmp_path, monkeypatch):
    """Executed in order, in one namespace. R is not installed here: of its block only the names are checked."""
    needs("pandas")
    page = ROOT / "docs" / "how-to" / "r-and-jupyter.md"
    sameboat("run", GROUP_A, *SMALL, "--out", tmp_path / "results" / "groupA", "--quiet")
    vary = {"contact.texts_per_week": {"values": [0, 2]}}
    live(make_sweep(tmp_path, vary=vary, years=[4], seeds=1, outcomes=["ties"], weeks=208),
         tmp_path / "results" / "text-contact")  # fmt: skip
    monkeypatch.chdir(tmp_path)
    names: dict = {}
    for block in blocks(page, "python"):
        if "polars" in block and importlib.util.find_spec("polars") is None:
            with pytest.raises(Problem, match="pip install polars"):
                exec(block, names)
        else:
            exec(block, names)
    assert len(names["ties"]) == 2 * 2
    assert names["frame"].attrs["members"] == {"unit": "people", "meaning": "members at the end of the week"}
    columns = {c for t in ("effects", "points") for c in names["results"][t].column_names}
    (r_block,) = blocks(page, "r")
    used = re.search(r"select\((.*?)\)", r_block).group(1).split(", ") + re.findall(r"group_by\((.*?)\)", r_block)
    assert set(used) <= columns


def with_examples() -> list[str]:
    files = [path for folder in ("sim", "analysis", "view", "docs") for path in sorted((ROOT / folder).rglob("*.py"))]
    shown = [path.relative_to(ROOT) for path in files if re.search(r"^\s*>>> ", path.read_text("utf-8"), re.MULTILINE)]
    return [".".join(path.with_suffix("").parts) for path in shown]


@pytest.mark.parametrize("module", with_examples())
def test_examples_in_docstrings_run(module, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # so that they need no checkout
    found = doctest.testmod(importlib.import_module(module))
    assert found.attempted > 0
    assert found.failed == 0
    text = (ROOT / Path(*module.split("."))).with_suffix(".py").read_text(encoding="utf-8")
    assert "+SKIP" not in text, "an example that is not run"
