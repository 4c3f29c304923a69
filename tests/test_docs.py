"""The documents say what the code does: tables, rules, order, names, claims, links, care."""

import ast
import doctest
import inspect
import io
import re
import tomllib
from pathlib import Path

import pytest
import yaml

from analysis.studies.run.tables import CAME_AGAIN, TABLES, tie_weeks
from docs import make_tables, reads_writes, renew
from sim import purposes
from sim.declare import PURPOSES
from sim.parameters import PARAMETERS, SECTIONS
from sim.plan import PLAN

ROOT = Path(__file__).parent.parent
ODD = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
CITATION = (ROOT / "CITATION.cff").read_text(encoding="utf-8")

RUN = "python3 -m venv .venv && .venv/bin/pip install -e . && .venv/bin/python run.py scenarios/groupA.yaml"
TEST = "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/python -m pytest"


def odd_section(heading: str) -> str:
    """The text under a heading of the second level."""
    found = re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", ODD, re.DOTALL | re.MULTILINE)
    assert found, f"docs/odd.md has no heading '## {heading}'"
    return found.group(1)


def handwritten() -> str:
    """The document without its generated tables."""
    return re.sub(r"<!-- table: (\w+) -->.*?<!-- end: \1 -->", "", ODD, flags=re.DOTALL)


def rule_headings() -> list[str]:
    return re.findall(r"^### (\w+)$", odd_section("7 Submodels"), re.MULTILINE)


# --- generated parts


def test_all_that_follows_from_the_code_is_up_to_date():
    assert renew.main(["--check"]) == 0, "run: python -m docs.renew"


def test_check_notices_a_stale_table_and_changes_nothing(tmp_path, monkeypatch, capsys):
    stale = tmp_path / "odd.md"
    stale.write_text(ODD.replace("| `run.weeks` | 624 |", "| `run.weeks` | 625 |"), encoding="utf-8")
    before = stale.read_bytes()
    monkeypatch.setattr(make_tables, "ODD", stale)
    assert renew.main(["--check"]) == 1
    assert "out of date" in capsys.readouterr().out
    assert stale.read_bytes() == before
    assert renew.main([]) == 0
    assert stale.read_text(encoding="utf-8") == ODD


@pytest.mark.parametrize("part", ["end: states", "words: tell", "end: facts of tell"])
def test_missing_comments_are_reported(part):
    with pytest.raises(ValueError, match="put the two comments back"):
        make_tables.renewed(ODD.replace(f"<!-- {part} -->", ""))


def test_a_rule_without_a_heading_gets_one_in_its_place():
    section = re.search(r"^### tell$.*?(?=^### )", ODD, re.DOTALL | re.MULTILINE).group(0)
    again = make_tables.renewed(ODD.replace(section, ""))
    assert again.index("### text") < again.index("### tell") < again.index("### befriend")
    assert "rate = tell_per_year / 52 * O_i" in again, "the equation of the docstring"
    assert "TELL (50), TELL_ACCEPTED (51)" in again


def test_a_heading_without_a_rule_is_reported():
    with pytest.raises(ValueError, match="no rule is called whisper"):
        make_tables.renewed(ODD.replace("### tell\n", "### whisper\n"))


def test_a_purpose_that_changes_its_number_is_refused(monkeypatch, capsys):
    monkeypatch.setitem(PURPOSES, "TELL", 49)
    assert renew.main(["--check"]) == 1
    assert "purpose TELL: found 49, expected 50" in capsys.readouterr().err


def test_bars_in_cells_are_escaped():
    assert make_tables.table(["a|b"], [["c|d\ne"]]) == "| a\\|b |\n| --- |\n| c\\|d e |"


def test_no_step_of_the_week_is_named_by_its_number():
    assert re.findall(r"\bsteps? \d+", handwritten()) == []


# --- what a rule reads and writes


def found_in(source: str) -> reads_writes.Touched:
    return reads_writes.touched_by(ast.parse(inspect.cleandoc(source)).body[0])


def test_a_state_that_only_enters_its_own_new_value_is_written_not_read():
    found = found_in("""
        def rule(world, day):
            p = world.params[0]
            for i in range(len(world.people)):
                who, me = world.traits[i], world.people[i]
                if me.living:
                    me.stigma = toward(me.stigma, who.stigma_set, p.outside_accepted)
                    me.told_outside += 1
                    world.people[i].trust = me.coping
                    note(world, day, LEFT, i, NO_REASON)
    """)
    assert found.reads == {"people.living", "traits.stigma_set", "params.outside.accepted", "people.coping"}
    assert found.writes == {"people.stigma", "people.told_outside", "people.trust", "story"}
    assert found.calls >= {"toward"}


def test_names_for_parts_of_the_world_are_followed():
    found = found_in("""
        def rule(world, i, j):
            rows, ties = world.places[0], world.ties[i]
            g = world.group[0]
            if ties[j] > g.circle and world.hours[i, j] > 0.0:
                world.hours[i, j] = world.hours[j, i]
                return draws.happens(world.key, 1, 2, 3, TELL, 0.5)
    """)
    assert found.reads == {"ties", "group.circle", "hours"}
    assert found.writes == {"hours"}
    assert found.draws == {"TELL"}


def test_what_a_rule_calls_counts_as_its_own():
    assert "people.supported_day" in reads_writes.of_rule("line").writes, "through contact.support"
    assert reads_writes.writers("people.organiser") == [
        "move", "found", "quarrel", "leave", "move_on", "follow", "organise", "close"
    ]  # fmt: skip


# --- rules


def test_each_rule_file_has_a_heading_and_each_heading_a_rule_file():
    files = {path.stem for path in (ROOT / "sim" / "rules").glob("*.py")} - {"__init__"}
    headings = rule_headings()
    assert len(headings) == len(set(headings))
    assert set(headings) == files


def test_headings_are_in_the_order_of_the_week():
    assert rule_headings() == [step.file for step in PLAN]


# --- names


def test_every_dotted_parameter_named_exists():
    sections = "|".join(section.name for section in SECTIONS)
    names = re.findall(rf"(?<![\w./])((?:{sections})\.[a-z_]+)\b(?!\()", handwritten())
    files = {"run.py"}
    assert {name for name in names if name not in files and name not in PARAMETERS} == set()


def test_every_parameter_is_used_somewhere_in_the_text():
    text = handwritten()
    assert [dotted for dotted in PARAMETERS if dotted not in text and not dotted.startswith("mechanisms.")] == []
    switches = odd_section("7 Submodels")  # the table of mechanisms, with the sizes that each switches off
    assert [dotted for dotted in PARAMETERS if dotted.startswith("mechanisms.") and f"`{dotted}`" not in switches] == []


def test_numbers_of_purposes_are_right():
    named = re.findall(r"\b([A-Z][A-Z_]{2,}) \((\d+)\)", handwritten())
    known = purposes.numbered()
    assert [(name, number) for name, number in named if known.get(name) != int(number)] == []
    assert {name for name, _ in named} == set(known)


# --- claims


def test_each_claim_has_a_row_with_a_quote_its_mechanisms_and_a_world_in_which_it_fails():
    rows = re.findall(r"^\| (C\d+) \|(.+)\|$", odd_section("Appendix G: claims, rules and parameters"), re.MULTILINE)
    assert [claim for claim, _ in rows] == [f"C{n}" for n in range(1, len(rows) + 1)]
    assert len(rows) >= 33
    switches = {name for name in PARAMETERS if name.startswith("mechanisms.")}
    for claim, rest in rows:
        _, quote, *_, needed, world = (cell.strip() for cell in rest.split(" | "))
        assert re.search(r'"[^"]+" \((?:[AB][1-4]|the authors)\)', quote), claim
        mechanisms = re.findall(r"\w+", needed.replace(" or ", ", "))
        assert {f"mechanisms.{name}" for name in mechanisms} <= switches, claim
        named = re.findall(r"(\w+\.\w+) = ", world)
        assert set(named) <= set(PARAMETERS), claim
        assert named or world == "nothing decides, so nothing can fail", claim


def test_held_out_claims_are_marked():
    rows = dict(
        re.findall(r"^\| (C\d+) \|(.+)\|$", odd_section("Appendix G: claims, rules and parameters"), re.MULTILINE)
    )
    assert {claim for claim, row in rows.items() if "held out" in row} == {"C25", "C29", "C30", "C33"}


# --- output tables and check values


def test_each_output_table_is_described():
    section = odd_section("Appendix H: output tables")
    assert re.findall(r"^\*\*(\w+)\*\*:", section, re.MULTILINE) == list(TABLES)
    assert f'is "{CAME_AGAIN}"' in section
    *some, last = tie_weeks(624)
    assert f"after {', '.join(map(str, some))} and {last} weeks" in section


def test_the_check_values_are_those_of_the_engine(monkeypatch):
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"```python\n(.*?)```", odd_section("Appendix I: check values"), re.DOTALL)
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "check values", "docs/odd.md", 0)
    told = io.StringIO()
    failed, tried = doctest.DocTestRunner(verbose=False).run(test, out=told.write)
    assert tried > 10
    assert not failed, told.getvalue()


# --- the README, and links


def command_block(kind: str) -> str:
    found = re.search(rf"<!-- command: {kind} -->\n```\w*\n(.*?)\n```", README, re.DOTALL)
    assert found, f"README.md has no fenced block directly after <!-- command: {kind} -->"
    return found.group(1)


def test_the_readme_has_the_two_commands():
    assert command_block("run") == RUN
    assert command_block("test") == TEST


@pytest.mark.parametrize("document", [README, ODD], ids=["README", "odd"])
@pytest.mark.parametrize(
    "words",
    [
        "not evidence that groups work or are safe",
        "individual risk",
        "triage",
        "close or fund a group",
        "has not been reviewed by people with lived experience",
        "Samaritans 116 123",
        "NHS 111",
        "999",
        "Self Injury Support",
    ],
)
def test_the_care_note_is_there(document, words):
    assert words in " ".join(document.replace("**", "").split())


def test_the_readme_says_that_nobody_is_portrayed():
    assert "agents are not people" in README
    assert "no participant of the study is simulated" in README


def documents() -> list[Path]:
    at_the_top = (ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"))
    return [*at_the_top, *sorted((ROOT / "docs").rglob("*.md"))]


def anchors(path: Path) -> set[str]:
    """Anchors of a document's headings, as code hosts make them."""
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name)
def test_relative_links_resolve(path):
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        assert there.exists(), f"{path.name}: {target}"
        if anchor and there.suffix == ".md":
            assert anchor in anchors(there), f"{path.name}: {target}"


def test_scenario_files_named_in_the_readme_are_all_there_are():
    named = set(re.findall(r"\(scenarios/(\w+\.yaml)\)", README))
    assert {path.name for path in (ROOT / "scenarios").glob("*.yaml")} >= named
    assert {"base.yaml", "groupA.yaml", "groupB.yaml", "absent.yaml", "befriending.yaml", "judging.yaml"} <= named


def test_the_citation_is_readable_and_of_this_version():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    citation = yaml.safe_load(CITATION)
    assert f'version = "{citation["version"]}"' in project
    assert citation["references"][0]["doi"] == "10.1108/mhrj-06-2017-0021"


# --- packages


@pytest.mark.parametrize("package", ["sim", "analysis", "view"])
def test_packages_say_that_they_are_typed(package):
    data = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]
    assert (ROOT / package / "py.typed").is_file()
    assert "py.typed" in data[package]


# --- language


UNWANTED = (
    "commit", "commits", "committed", "attention-seeking", "addict", "addicts", "epidemic", "superficial",
    "manipulative", "infected", "contagion", "spread", "spreads", "spreading",
)  # fmt: skip


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name)
def test_words_that_hurt_are_not_used(path):
    """The list of the project's language rules; "self-harmer" only inside a quotation."""
    text = (
        path.read_text(encoding="utf-8").replace("pre-commit", "").replace("`contagion`", "")
    )  # a program, an account
    assert re.findall(rf"\b(?:{'|'.join(UNWANTED)})\b", text, re.IGNORECASE) == []
    outside_quotations = re.sub(r'"[^"\n]*"', "", text)
    assert "self-harmer" not in outside_quotations
