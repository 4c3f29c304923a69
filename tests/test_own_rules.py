"""Rules of one's own: recorded, named, the same compiled and plain; and nothing at all where they do nothing."""

from __future__ import annotations

import hashlib
import json
import re
import shlex

import pyarrow.parquet as pq
import pytest

from analysis.compare.arms import Arm
from sim.checks import check_values
from sim.life import Life
from sim.model import PeerSupportModel
from sim.own_rules import OwnRulesError, digests_in, load_file, said
from sim.scenario import ScenarioError, load
from sim.scenario_text import as_yaml
from tests.builders import ROOT, SCENARIOS, small_values
from tests.cli.command_line import GROUP_A, sameboat

HOW_TO = (ROOT / "docs" / "how-to" / "own-rules.md").read_text(encoding="utf-8")
SMALL = ("--set", "people.residents=16", "--set", "run.lead_in_weeks=4")
EASED = """
from sim.declare import proportion, level
from sim.relations import DAYS_IN_WEEK
PARAMETERS = (proportion("own.ease", 0.5, "isolation is lowered by"),)
PEOPLE = (level("eased", "isolation taken away this week"),)
def ease(world, own, week):
    for i in range(len(world.people)):
        me = world.people[i]
        if me.living:
            own.people[i].eased = own.params[0].ease * me.isolation
            me.isolation -= own.people[i].eased
"""
PLAIN = EASED + "    assert sum(n for n in (1, 2)) == 3  # which Numba does not compile\n"


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", HOW_TO, re.DOTALL | re.MULTILINE)


@pytest.fixture
def rules(tmp_path):
    def write(text, name="mine.py"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return load_file(path)

    return write


def with_rules(*files, **changes):
    """Values of a small life with some rules; ``own__x=`` sets their parameters."""
    own = {key.replace("__", ".", 1): changes.pop(key) for key in list(changes) if key.startswith("own__")}
    return (
        load(SCENARIOS / "groupA.yaml").with_values(small_values(**changes)).with_rules(files).with_values(own).values
    )


def lived(values, **more):
    life = Life(values, **more)
    life.live()
    return life


# --- a life


def test_a_rule_that_changes_nothing_leaves_every_bit_as_it_is(rules):
    inert = rules("def nothing(world, own, week):\n    pass\n")
    for group in (True, False):
        assert lived(with_rules(inert, group__exists=group)).digest() == lived(
            with_rules(group__exists=group)
        ).digest()  # fmt: skip


def test_states_are_recorded_and_the_week_after_the_rule_has_acted(rules):
    life = lived(with_rules(rules(EASED)), history_every=1)
    without = lived(with_rules(), history_every=1)
    now = life.world.people.living
    assert life.own.history.shape == life.history.shape
    assert (life.own.history["eased"][-1][now] == life.history["isolation"][-1][now]).all()  # a half of it was taken
    assert life.weeks.residents_isolation[-1] == pytest.approx(
        life.world.people.isolation[life.world.people.resident].mean()
    )
    assert life.weeks.residents_isolation[-1] < 0.6 * without.weeks.residents_isolation[-1]


def test_plain_python_gives_the_numbers_of_the_compiled_rule(rules):
    fast, slow = rules(EASED), rules(PLAIN, "plain.py")
    one, other = lived(with_rules(fast), history_every=4), lived(with_rules(slow), history_every=4)
    assert one.digest() == other.digest()
    assert one.own.history.tobytes() == other.own.history.tobytes()
    assert "ease compiled" in said(digests_in(one.values))[0]
    assert "ease in plain Python (" in said(digests_in(other.values))[0]


def test_twins_meet_the_same_luck(rules):
    (text,) = blocks("python")
    values = with_rules(rules(text), own__postcards_per_year=20.0)
    life, twin = lived(values), lived({**values, "group.exists": False})
    postcards = life.own.own.people.postcards
    assert postcards.max() > 5
    assert (postcards == twin.own.own.people.postcards).all()


def test_totals_begin_anew_on_arriving(rules):
    counted = rules(
        "from sim.declare import total\nPEOPLE = (total('weeks', 'lived'),)\n"
        "def count(world, own, week):\n"
        "    for i in range(len(world.people)):\n"
        "        if world.people[i].living:\n"
        "            own.people[i].weeks += 1\n"
    )
    life = lived(with_rules(counted, run__lead_in_weeks=8, run__weeks=20))
    there_all_the_time = (life.traits.arrives_week == life.lead_in) & (life.traits.departs_week > 28)
    assert there_all_the_time.any()
    assert (life.own.own.people.weeks[there_all_the_time] == 20).all()


def test_mesa_s_model_lives_them_too(rules):
    values = with_rules(rules(EASED))
    scenario = load(SCENARIOS / "groupA.yaml").with_rules([rules(EASED)])
    settings = {name: value for name, value in values.items() if name != "rules"}
    model = PeerSupportModel(scenario, seed=values["run.seed"], settings=settings, extra_rules=lambda model: None)
    for _ in range(values["run.weeks"]):
        model.step()
    assert model.life.digest() == lived(values).digest()


# --- worlds that are the same


def test_other_rules_are_other_worlds_and_so_are_other_parameters_of_theirs(rules):
    none, one = with_rules(), with_rules(rules(EASED))
    other, less = with_rules(rules(PLAIN, "plain.py")), with_rules(rules(EASED), own__ease=0.25)
    arms = [Arm("a", "A", values) for values in (none, one, other, less)]
    assert len({arm.life_digest for arm in arms}) == len({arm.twin.life_digest for arm in arms}) == 4


def test_a_world_without_a_group_is_shared_only_if_no_rule_could_tell_it_apart(rules):
    without, own = Arm("a", "A", with_rules()), Arm("b", "B", with_rules(rules(EASED)))
    for arm, shared in ((without, True), (own, False)):
        other = arm.with_values("c", "C", {"meeting.strength": 0.5})
        assert (other.twin.life_digest == arm.twin.life_digest) == shared


# --- parameters


def test_parameters_are_checked_like_all_others(rules):
    values = with_rules(rules(EASED))
    assert check_values(values) == values
    for change, words in (
        ({"own.ease": 1.5}, "own.ease: found 1.5, expected a number from 0 to 1"),
        ({"own.eese": 0.5}, "own.eese: unknown parameter 'own.eese'; did you mean own.ease?"),
    ):
        with pytest.raises(ScenarioError, match=re.escape(words)):
            check_values({**values, **change})
    with pytest.raises(ScenarioError, match=r"found no own\.ease"):
        check_values({name: value for name, value in values.items() if name != "own.ease"})
    with pytest.raises(ScenarioError, match=r"own\.ease'; name the file that declares it"):
        load(GROUP_A).with_values({"own.ease": 0.5})


def test_a_scenario_names_files_beside_itself_and_its_children_have_them_too(rules, tmp_path):
    rules(EASED)
    (tmp_path / "parent.yaml").write_text("name: parent\nrules: mine.py\n", encoding="utf-8")
    (tmp_path / "child.yaml").write_text("name: child\nextends: parent.yaml\nown: {ease: 0.125}\n", encoding="utf-8")
    child = load(tmp_path / "child.yaml")
    assert child.values["own.ease"] == 0.125
    assert child.values["rules"] == load(tmp_path / "parent.yaml").values["rules"]
    (tmp_path / "again.yaml").write_text(as_yaml(child), encoding="utf-8")
    assert load(tmp_path / "again.yaml").values == child.values


# --- what is wrong


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("def f(:\n", r"mine\.py:1: .*; expected Python"),
        ("\nimport nothing_of_that_name\n", r"mine\.py:2: ModuleNotFoundError: "),
        ("raise SystemExit\n", r"mine\.py:1: SystemExit"),
        ("def f(world):\n    pass\n", r"mine\.py: found no rule, expected `def NAME\(world, own, week\):`"),
        (EASED.replace("own.ease\"", "ties.ease\""), r"found ties\.ease, expected a number or switch called own\.NAME"),
        (EASED.replace("(level(\"eased\",", "(1, level(\"eased\","), r"PEOPLE: expected a tuple"),
        (EASED.replace("PEOPLE = (", "PEOPLE = 2 * ("), r"eased is declared already"),
        (EASED.replace("\", 0.5,", "\", 1.5,"), r"own\.ease: the default 1\.5 lies outside 0 to 1"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_file_of_rules_is_refused_in_one_line(rules, text, words):
    with pytest.raises(OwnRulesError, match=words) as problem:
        rules(text)
    assert "\n" not in str(problem.value)


def test_two_files_cannot_declare_the_same(rules):
    with pytest.raises(OwnRulesError, match=r"eased is declared already, in .*mine\.py"):
        with_rules(rules(EASED), rules(EASED.replace("ease\"", "rest\""), "other.py"))  # fmt: skip


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("print(world.nobody)", r"mine\.py:2: f: week 0 of a life: AttributeError: .*nobody"),
        (
            "world.people[0].isolation = 1.25",
            r"rules of your own \(f\): week 0 of a life: isolation is 1\.25, expected",
        ),
    ],
)
def test_a_rule_that_goes_wrong_says_where(rules, line, words):
    with pytest.raises(OwnRulesError, match=words):
        Life(with_rules(rules(f"def f(world, own, week):\n    {line}\n")))


# --- commands


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with the how-to's two files, where one works."""
    (text,), (scenario, sweep) = blocks("python"), blocks("yaml")
    (tmp_path / "postcards-sweep.yaml").write_text(sweep, encoding="utf-8")
    (tmp_path / "my_rules.py").write_text(text, encoding="utf-8")
    (tmp_path / "scenarios").symlink_to(SCENARIOS)
    (tmp_path / "postcards.yaml").write_text(scenario, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("analysis.studies.frame.save_figures", lambda run, folder: None)
    return tmp_path


def test_what_the_how_to_shows_works(here):
    for line in "".join(blocks("sh")).splitlines():
        word, *arguments = shlex.split(line.removeprefix("python run.py "))
        if word not in ("rerun", "sensitivity") and "--from" not in arguments:  # they have values from what is there
            arguments += [*SMALL]
        if "--runs" in arguments:
            arguments[arguments.index("--runs") + 1] = "3"
        done = sameboat(word, *arguments)
        assert done.status == 0, done.err
        if "results/postcards-sweep" in arguments and word != "sweep":
            continue
        assert re.search(r"^rules of my_rules\.py \(SHA-256 [0-9a-f]{16}\.\.\.\): postcards compiled$", done.out, re.M)
    people = pq.read_table(here / "results" / "postcards" / "people.parquet")
    column = people.schema.field("own_postcards")
    said_of = {*column.metadata.values()}
    assert {b"postcards received", b"count since arriving (residents: since the opening)"} <= said_of
    assert max(people["own_postcards"].to_pylist()) > 5
    record = json.loads((here / "results" / "postcards" / "record.json").read_text(encoding="utf-8"))
    sha256 = hashlib.sha256((here / "my_rules.py").read_bytes()).hexdigest()
    assert record["arms"]["postcards"]["rules"] == [{"path": "my_rules.py", "sha256": sha256}]
    assert record["arms"]["postcards"]["parameters"]["own.postcards_per_year"]["value"] == 12.0
    differences = paired_difference("results/with-and-without")
    assert differences["groupA"] != differences["postcards"]


def paired_difference(folder):
    """Of isolation, for everyone the group would take, by arm."""
    effects = pq.read_table(f"{folder}/effects.parquet").to_pylist()
    everyone = [row for row in effects if row["population"].startswith("everyone") and row["outcome"] == "isolation"]
    return {row["arm"]: row["difference"] for row in everyone}


def test_what_a_rule_does_to_isolation_where_there_is_a_group_is_the_paired_difference(here):
    (here / "mine.py").write_text(EASED.replace("me.living", "me.living and world.group[0].open"), encoding="utf-8")
    command = ("compare", GROUP_A, "--runs", "3", "--weeks", "52", *SMALL, "--quiet")
    assert sameboat(*command, "--out", "without").status == 0
    assert sameboat(*command, "--rules", "mine.py", "--out", "with").status == 0
    assert abs(paired_difference("without")["groupA"]) < 0.1
    assert paired_difference("with")["groupA"] < -0.2


def test_rerun_wants_the_very_text_and_never_looks_for_it(here):
    assert sameboat("run", "postcards.yaml", "--weeks", "8", *SMALL, "--out", "kept").status == 0
    assert "kept/record.json: made with rules of my_rules.py (SHA-256 " in sameboat("rerun", "kept").problem
    (here / "other.py").write_text("def other(world, own, week):\n    pass\n", encoding="utf-8")
    assert "other.py is another text" in sameboat("rerun", "kept", "--rules", "other.py").problem
    assert "identical" in sameboat("rerun", "kept", "--rules", "my_rules.py").out


def test_another_text_is_another_run(here):
    command = ("run", GROUP_A, "--rules", "my_rules.py", "--weeks", "4", *SMALL, "--out", "kept", "--quiet")
    assert sameboat(*command).status == sameboat(*command).status == 0
    with (here / "my_rules.py").open("a", encoding="utf-8") as file:
        file.write("# something else\n")
    assert "kept" in sameboat(*command).problem


def test_claims_feel_a_rule_that_acts_in_every_arm(here):
    (here / "mine.py").write_text(EASED, encoding="utf-8")
    said_of = {}
    for name, more in (("with", ("--rules", "mine.py")), ("without", ())):
        few = ("--claim", "C5", "--runs", "3", "--at-centre", *SMALL)
        assert sameboat("claims", *few, *more, "--out", name, "--quiet").status == 0
        said_of[name] = pq.read_table(here / name / "readings.parquet")
    assert said_of["with"]["value"] != said_of["without"]["value"]


def test_a_sweep_takes_them_and_records_them(here):
    (here / "sweep.yaml").write_text(
        "sweep: some\nseeds: 2\nweeks: 52\nyears: [1]\nvary: {group.acceptance: {values: [0.2, 0.9]}}\n"
        "set: {people.residents: 16, run.lead_in_weeks: 4}\n"
        "arms:\n  with: {scenario: postcards.yaml, set: {own.postcard: 0.5}}\n  without: scenarios/groupA.yaml\n",
        encoding="utf-8",
    )
    done = sameboat("sweep", "sweep.yaml", "--out", "swept")
    assert done.status == 0, done.err
    assert "postcards compiled" in done.out
    record = json.loads((here / "swept" / "record.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256((here / "my_rules.py").read_bytes()).hexdigest()
    assert {rule["sha256"] for arm in record["arms"].values() for rule in arm["rules"]} == {digest}


def test_a_missing_file_is_one_line(here):
    assert "--rules no.py: no such file" in sameboat("run", GROUP_A, "--rules", "no.py").problem
    (here / "bad.yaml").write_text("name: bad\nrules: [no.py]\n", encoding="utf-8")
    assert "bad.yaml:2: rules: no.py: no such file" in sameboat("check", "bad.yaml").problem


def test_explain_names_them_and_tells_what_they_did(here):
    told = sameboat("explain", "postcards.yaml").out
    assert "my_rules.py: a neighbour sends" in told
    assert "own.postcards_per_year" in told
    week = sameboat("explain", "postcards.yaml", "--set", "own.postcards_per_year=52", "--person", "3", "--week", "3")
    assert "postcards: a rule of your own" in week.out
