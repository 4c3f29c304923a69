"""The rules of the house: what must be true of the code itself."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from docs.reads_writes import of_rule, writers
from sim.declare import PURPOSES, Field, Parameter
from sim.parameters import PARAMETERS, SECTIONS
from sim.plan import PLAN, declared
from sim.plan import RULES as RULE_MODULES
from sim.state import CONTACTS, EVENTS, GROUP, PEOPLE, TRAITS, WEEKS
from tests.builders import ROOT, RULES

SIM = ROOT / "sim"
RULE_FILES = sorted(path for path in RULES.glob("*.py") if path.stem != "__init__")
HEADINGS = ("In words", "Members' words", "Equation", "Reads", "Writes", "Source")
LONGEST_FILE = 400
A_SOURCE = re.compile(
    r"^(condition|choice|from the distribution)|assumption|group [AB]|the paper|GROW|\"|\b(19|20)\d\d\b"
)
NO_SOURCE = re.compile(r"model('s)? notes|see the line")  # notes that nobody else can read; lines that move
DESCRIPTIVE = {"group.social_day", "people.age_a", "people.age_b"}  # their size can change nothing that is asked
FORBIDDEN = (
    "attention-seeking", "attention seeking", "self-harmer", "self harmer", "addict", "epidemic", "superficial",
    "manipulative", "infected", "commit suicide", "committed suicide",
)  # fmt: skip


def python_files(*folders):
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name(path):
    return path.relative_to(ROOT).as_posix()


def functions_of(path):
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef)]


# Rules.


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.stem)
def test_every_rule_has_a_test_file_of_the_same_name(path):
    assert (ROOT / "tests" / "rules" / f"test_{path.stem}.py").is_file()


def test_every_rule_test_has_a_rule():
    tested = {path.stem.removeprefix("test_") for path in (ROOT / "tests" / "rules").glob("test_*.py")}
    assert tested == {path.stem for path in RULE_FILES}


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.stem)
def test_every_rule_has_a_step_in_the_plan(path):
    steps = {step.rule for step in PLAN}
    assert steps & {function.name for function in functions_of(path)}, f"{name(path)} is never called"


def test_every_step_of_the_plan_has_a_rule_and_a_summary():
    defined = {function.name for path in RULE_FILES for function in functions_of(path)}
    for step in PLAN:
        assert step.rule in defined
        assert step.summary
    assert len({step.rule for step in PLAN}) == len(PLAN)


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.stem)
def test_every_rule_says_what_it_does_and_where_it_comes_from(path):
    text = ast.get_docstring(tree_of(path)) or ""
    places = [re.search(rf"^{heading}$", text, re.MULTILINE) for heading in HEADINGS]
    assert all(places), f"{name(path)} lacks {[h for h, p in zip(HEADINGS, places, strict=True) if not p]}"
    assert [place.start() for place in places] == sorted(place.start() for place in places), "headings out of order"
    sections = re.split(rf"^(?:{'|'.join(HEADINGS)})$", text, flags=re.MULTILINE)[1:]
    assert all(section.strip() for section in sections), "a heading with nothing below it"
    assert not NO_SOURCE.search(" ".join(sections[-1].split())), f"{name(path)}: a source that nobody can read"


def test_the_plan_is_the_order_in_which_a_week_is_lived():
    week = next(f for f in functions_of(SIM / "week.py") if f.name == "live_week")
    rules = {step.rule for step in PLAN}
    calls = sorted(
        (node.lineno, node.func.id)
        for node in ast.walk(week)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in rules
    )
    assert [rule for _, rule in calls] == [step.rule for step in PLAN]
    loop = next(node for node in ast.walk(week) if isinstance(node, ast.For))
    daily = {node.func.id for node in ast.walk(loop) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert {step.rule for step in PLAN if step.when == "each day"} == daily & rules


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.stem)
def test_no_number_but_0_1_and_2_inside_a_rule(path):
    for function in functions_of(path):
        numbers = [
            node.value
            for node in ast.walk(function)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, int | float)
            and not isinstance(node.value, bool)
        ]
        assert set(numbers) <= {0, 1, 2}, f"{name(path)}: {function.name} has {set(numbers) - {0, 1, 2}}"


DECLARED = {"PARAMETERS": Parameter, "PEOPLE": Field, "GROUP": Field}


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.stem)
def test_a_rule_declares_what_is_its_own_and_has_no_numbers_beside(path):
    module = importlib.import_module(f"sim.rules.{path.stem}")
    for node in tree_of(path).body:
        if isinstance(node, ast.Expr | ast.Import | ast.ImportFrom | ast.FunctionDef):
            continue
        where = f"{name(path)}:{node.lineno}: belongs to the parameters"
        assert isinstance(node, ast.Assign), where
        assert len(node.targets) == 1, where
        constant = ast.unparse(node.targets[0])
        if constant in DECLARED:
            assert all(isinstance(one, DECLARED[constant]) for one in getattr(module, constant)), where
        elif constant == "SUMMARY":
            assert isinstance(module.SUMMARY, str), where
        else:
            assert isinstance(node.value, ast.Call), where
            assert node.value.func.id == "purpose", where
            assert PURPOSES[constant] == getattr(module, constant), f"{where}; its words must be its name"


@pytest.mark.parametrize("module", RULE_MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_a_rule_uses_what_it_declares(module):
    touched = of_rule(module.__name__.removeprefix("sim.rules."))
    declared = {f"params.{p.dotted}" for p in getattr(module, "PARAMETERS", ())}
    assert declared <= touched.reads
    written = {f"{part}.{field.name}" for part in ("people", "group") for field in getattr(module, part.upper(), ())}
    assert written <= touched.writes
    purposes = {name for name in vars(module) if PURPOSES.get(name) == getattr(module, name)}
    assert purposes <= touched.draws


def test_every_parameter_of_a_rule_is_in_a_section_and_none_is_declared_twice():
    names = [p.dotted for section in SECTIONS for p in section.parameters]
    assert len(names) == len(set(names))
    assert {p.dotted for p in declared("PARAMETERS")} <= set(names)


# Draws.


@pytest.mark.parametrize("path", python_files("sim"), ids=name)
def test_no_stream_of_random_numbers(path):
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names = {alias.name for alias in node.names}
            assert not names & {"random", "secrets", "numpy.random", "uuid"}, f"{name(path)}:{node.lineno}"
        if isinstance(node, ast.ImportFrom):
            assert node.module not in {"random", "secrets", "numpy.random", "uuid"}, f"{name(path)}:{node.lineno}"
            assert not {alias.name for alias in node.names} & {"default_rng", "random"}, f"{name(path)}:{node.lineno}"
        if isinstance(node, ast.Attribute):
            assert node.attr not in {
                "random",
                "rng",
                "default_rng",
                "RandomState",
                "shuffle_do",
                "shuffle",
                "urandom",
            }, f"{name(path)}:{node.lineno}: a stream of random numbers breaks the twins; use sim.draws"


# Parameters and states.


@pytest.mark.parametrize("p", PARAMETERS.values(), ids=lambda p: p.dotted)
def test_every_parameter_says_what_it_is_and_where_it_comes_from(p):
    assert p.unit.strip()
    assert p.meaning.strip()
    assert p.source.strip()
    assert A_SOURCE.search(p.source), f"{p.dotted}: {p.source!r} is no source"
    assert not NO_SOURCE.search(p.source), f"{p.dotted}: {p.source!r} is no source"


@pytest.mark.parametrize("p", PARAMETERS.values(), ids=lambda p: p.dotted)
def test_every_parameter_is_within_its_own_bounds(p):
    assert p.low < p.high
    values = p.default if p.kind is list else [p.default]
    assert all(p.low <= value <= p.high for value in values)
    if p.plausible is not None:
        low, high = p.plausible
        assert p.low <= low < high <= p.high
        assert low <= p.default <= high


def test_every_assumed_size_says_how_far_it_may_be_off():
    # Numbers that rest on an assumption must have a plausible range, or they cannot be varied.
    bare = [
        p.dotted for p in PARAMETERS.values()
        if p.kind in (int, float) and p.plausible is None and p.source == "assumption"
        and p.dotted not in DESCRIPTIVE
    ]  # fmt: skip
    assert not bare


@pytest.mark.parametrize(
    "fields",
    [TRAITS, PEOPLE, GROUP, WEEKS, EVENTS, CONTACTS],
    ids=["traits", "people", "group", "weeks", "events", "contacts"],
)
def test_every_state_says_what_it_is(fields):
    assert len({field.name for field in fields}) == len(fields)
    for field in fields:
        assert field.unit
        assert field.meaning
        if field.low is not None and field.high is not None:
            assert field.low <= field.high


@pytest.mark.parametrize(("part", "fields"), [("people", PEOPLE), ("group", GROUP)])
def test_every_state_is_written_by_somebody(part, fields):
    assert [field.name for field in fields if not writers(f"{part}.{field.name}")] == []


# Files.


def module_of(path):
    """A file's name as it is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(node, modules, above=frozenset()):
    """(module, line, where) of all imports of modules of ours; where: "function", "typing" or neither."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            names = [alias.name for alias in child.names]
        elif isinstance(child, ast.ImportFrom):
            assert not child.level, "an import says where from"
            names = [f"{child.module}.{alias.name}" for alias in child.names]
            names = [one if one in modules else child.module for one in names]
        else:
            names = []
        yield from ((one, child.lineno, above) for one in names if one in modules)
        here = set(above)
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            here.add("function")
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            here.add("typing")
        yield from imports_of(child, modules, frozenset(here))


@pytest.fixture(scope="module")
def arrows():
    """All imports of our modules by our modules: (from, to, line, where)."""
    files = {module_of(path): path for path in python_files("sim", "analysis", "view", "scenarios")}
    return [(module, *found) for module, path in files.items() for found in imports_of(tree_of(path), files)]


def within(module, *rooms):
    return any(module == room or module.startswith(f"{room}.") for room in rooms)


# Who may not import whom, from below to above; a study's command belongs to the command line.
BELOW = {
    "scenarios": ("sim", "analysis", "view"),
    "sim": ("analysis", "view"),
    "analysis": ("view",),
    "analysis.words": ("analysis.results", "analysis.compare", "analysis.figures", "analysis.report",
                       "analysis.studies", "analysis.cli"),
    "analysis.results": ("analysis.compare", "analysis.figures", "analysis.report", "analysis.studies", "analysis.cli"),
    "analysis.compare": ("analysis.figures", "analysis.report", "analysis.studies", "analysis.cli"),
    "analysis.plausible": ("analysis.figures", "analysis.report", "analysis.studies", "analysis.cli"),
    "analysis.figures": ("analysis.report", "analysis.studies", "analysis.cli"),
    "analysis.report": ("analysis.cli",),
    "analysis.studies": ("analysis.cli",),
}  # fmt: skip
STARTS_THE_PAGE = "analysis.cli.view"  # and nothing else there knows of it


@pytest.mark.parametrize("room", BELOW)
def test_imports_go_only_downwards(arrows, room):
    wrong = [
        f"{one}:{line} imports {other}"
        for one, other, line, _ in arrows
        if within(one, room) and within(other, *BELOW[room]) and one != STARTS_THE_PAGE
        and not (within(one, "analysis.studies") and one.endswith(".command"))
    ]  # fmt: skip
    assert not wrong, wrong
    assert [one for one, *_ in arrows if within(one, room)] or room in ("scenarios", "analysis.words")


def test_nothing_but_the_command_line_imports_a_command(arrows):
    assert not [(one, other) for one, other, *_ in arrows if other.endswith(".command")]


def test_imports_go_in_no_circle(arrows):
    graph = {}
    for one, other, _, where in arrows:
        if not where:  # what is imported within a function, or for its types alone, is needed later
            graph.setdefault(one, set()).add(other)
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as circle:
        pytest.fail(f"imports go in a circle: {' <- '.join(circle.args[1])}")
    for below, above in (("sim.state", "sim.week"), ("analysis.results.record", "analysis.studies.frame")):
        assert order.index(below) < order.index(above)


def test_no_file_is_too_long():
    long = {
        name(p): n
        for p in python_files("sim", "analysis", "view", "tests")
        if (n := len(p.read_text().splitlines())) > LONGEST_FILE
    }
    assert not long


def without_quotations(text):
    """The text without what stands in quotation marks or in code marks, within a paragraph."""
    text = re.sub(r"``[^`]*``|`[^`\n]*`", " ", text)
    return re.sub(r"[\"“][^\"“”]{0,400}?[\"”]", " ", text)


def prose_of(path):
    """What people read in a file: all of a document; the docstrings, comments and strings of a program."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return without_quotations(text)
    strings = [
        node.value
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    comments = re.findall(r"#.*", text)
    return "\n".join(without_quotations(part) for part in [*strings, *comments])


def documents():
    places = [*python_files("sim", "analysis", "view"), *(ROOT / "scenarios").glob("*.yaml"), ROOT / "README.md"]
    return sorted(places + [p for kind in ("*.md", "*.rst", "*.txt") for p in (ROOT / "docs").rglob(kind)])


@pytest.mark.parametrize("path", documents(), ids=name)
def test_words_that_hurt_stand_only_in_quotations(path):
    prose = prose_of(Path(path)).lower()
    found = [word for word in FORBIDDEN if re.search(rf"\b{re.escape(word)}s?\b", prose)]
    assert not found


def test_nothing_stands_loose_at_the_top_of_the_analysis():
    assert [path.name for path in (ROOT / "analysis").glob("*.py")] == ["__init__.py"]


def test_all_tests_can_be_collected_without_the_page():
    """The README installs no more than the extra `test`."""
    without = "import sys; sys.modules['solara'] = None; import pytest; sys.exit(pytest.main(sys.argv[1:]))"
    folders = ["tests/view", "tests/analysis/figures", "tests/analysis/report"]
    asked = [sys.executable, "-c", without, "--collect-only", "-q", "-p", "no:cacheprovider", *folders]
    found = subprocess.run(asked, check=False, cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout[-2000:]
