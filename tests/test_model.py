"""The Mesa front: real Mesa, and the same bits as the engine behind it."""

import gc
import inspect
import math
import re
import weakref

import mesa
import networkx as nx
import numpy as np
import pytest

from sim.agents import Group, Member
from sim.life import Life
from sim.model import PeerSupportModel
from sim.scenario import ScenarioError, load
from sim.state import GROUP, PEOPLE, TRAITS

GROUP_A = "scenarios/groupA.yaml"


@pytest.fixture(scope="module")
def half_a_year():
    model = PeerSupportModel(GROUP_A, seed=1)
    for _ in range(26):
        model.step()
    return model


def test_it_is_a_mesa_model_of_mesa_agents(half_a_year):
    assert isinstance(half_a_year, mesa.Model)
    assert all(isinstance(agent, mesa.Agent) for agent in half_a_year.agents)
    assert len(half_a_year.agents.select(lambda a: isinstance(a, Group))) == 1
    assert len(half_a_year.people) == len(half_a_year.world.traits)


def test_the_same_seed_gives_the_same_bits_through_both_fronts(half_a_year):
    life = Life(load(GROUP_A).with_values({"run.seed": 1}).values)
    life.live(26)
    assert half_a_year.life.digest() == life.digest()


def test_agents_see_what_the_arrays_hold_as_plain_numbers(half_a_year):
    for person in half_a_year.people:
        for field in (*TRAITS, *PEOPLE):
            value = getattr(person, field.name)
            assert type(value) in (float, int, bool)
    for field in GROUP:
        assert type(getattr(half_a_year.group, field.name)) in (float, int, bool)


def test_writing_to_an_agent_writes_to_the_array():
    model = PeerSupportModel(GROUP_A, weeks=10)
    person = next(iter(model.people))
    person.stigma = 0.25
    assert model.world.people.stigma[person.row] == 0.25
    with pytest.raises(AttributeError):
        person.isolation_set = 0.5  # traits are for life


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("isolation", 7.0, "found 7.0, expected a number from 0 to 1"), ("isolation", -1e-9, "from 0 to 1"),
        ("isolation", math.nan, "found nan"), ("stressor", math.inf, "found inf"), ("isolation", "0.2", "found '0.2'"),
        ("isolation", True, "found true"), ("isolation", None, "found nothing"), ("episodes", 1.5, "a whole number"),
        ("episodes", -1, "a whole number from 0"), ("status", 4, "from 0 to 3"), ("organiser", 1, "True or False"),
    ],
)  # fmt: skip
def test_a_value_out_of_range_is_refused_and_nothing_changes(name, value, said):
    model = PeerSupportModel(GROUP_A, weeks=10)
    person = next(iter(model.people))
    before = getattr(person, name)
    with pytest.raises(ValueError, match=re.escape(said)):
        setattr(person, name, value)
    assert getattr(person, name) == before


@pytest.mark.parametrize(("name", "value"), [("isolation", np.float64(0.5)), ("isolation", 1), ("isolation", 0.0),
                                             ("episodes", np.int64(3)), ("organiser", np.True_)])  # fmt: skip
def test_numbers_of_numpy_are_welcome(name, value):
    person = next(iter(PeerSupportModel(GROUP_A, weeks=10).people))
    setattr(person, name, value)
    assert getattr(person, name) == value


def test_a_misspelt_attribute_is_refused_and_notes_of_ones_own_are_kept():
    model = PeerSupportModel(GROUP_A, weeks=10)
    person = next(iter(model.people))
    with pytest.raises(AttributeError, match="no 'isolaton'; did you mean isolation"):
        person.isolaton = 0.5
    with pytest.raises(AttributeError, match="did you mean funded"):
        model.group.fundet = True
    person._visits = 3
    assert person._visits == 3


def test_nobody_can_be_removed_but_may_move_away():
    model = PeerSupportModel(GROUP_A, weeks=10)
    model.step()
    person = next(person for person in model.people if person.resident)
    with pytest.raises(RuntimeError, match="departs_week"):
        person.remove()
    assert person in model.people
    model.world.traits.departs_week[person.row] = model.life.lead_in + model.weeks_lived
    model.step()
    assert not person.resident


def test_agentset_idioms_work(half_a_year):
    members = half_a_year.agents.select(lambda a: isinstance(a, Member) and a.is_member)
    assert len(members) == half_a_year.life.weeks.members[25] == len(half_a_year.group.members)
    rows = [member.row for member in members]
    assert members.agg("isolation", np.mean) == pytest.approx(half_a_year.world.people.isolation[rows].mean())
    assert sum(half_a_year.people.groupby("standing").count().values()) == len(half_a_year.people)


def test_the_datacollector_holds_the_table_of_weeks(half_a_year):
    frame = half_a_year.datacollector.get_model_vars_dataframe()
    assert len(frame) == 26
    for name in ("members", "meetings", "residents_isolation"):
        assert np.array_equal(frame[name].to_numpy(), half_a_year.life.weeks[name][:26], equal_nan=True)


def test_agents_can_be_collected_on_request():
    model = PeerSupportModel(GROUP_A, weeks=3, collect_agents={"isolation": "isolation"})
    while model.running:
        model.step()
    frame = model.datacollector.get_agent_vars_dataframe()
    assert len(frame) == 3 * len(model.people)


def lonely(person, limit):
    return person.isolation > limit


REPORTERS = {"isolation": "isolation", "lonely": [lonely, [0.8]], "open": lambda person: person.openness}


def test_agents_are_collected_as_mesas_users_write_it():
    model = PeerSupportModel(GROUP_A, weeks=2, collect_agents=REPORTERS)
    model.step()
    frame = model.datacollector.get_agent_vars_dataframe()
    people = model.world.people
    assert list(frame.columns) == list(REPORTERS)
    assert frame["isolation"].tolist() == people.isolation.tolist()
    assert frame["lonely"].tolist() == (people.isolation > 0.8).tolist()
    assert frame["open"].tolist() == (1.0 - people.stigma).tolist()


def test_a_reporter_of_nothing_is_refused():
    with pytest.raises(ScenarioError, match=r"no attribute 'isolaton'; did you mean isolation\?"):
        PeerSupportModel(GROUP_A, collect_agents={"isolation": "isolaton"})


def batch(parameters, **more):
    return mesa.batch_run(
        PeerSupportModel, {"config": GROUP_A, "weeks": 4, **parameters},
        number_processes=1, max_steps=4, display_progress=False, **more,
    )  # fmt: skip


def lived(seed, **changes):
    life = Life(load(GROUP_A).with_values({"run.seed": seed, "run.weeks": 4, **changes}).values)
    life.live()
    return life


@pytest.mark.filterwarnings("ignore:The `iterations` keyword")
def test_each_iteration_of_batch_run_has_a_seed_of_its_own_and_says_which():
    rows = batch({"settings": [{"group.acceptance": 0.3}, {"group.acceptance": 0.9}]}, iterations=3)
    first = load(GROUP_A).values["run.seed"]
    assert sorted(row["seed"] for row in rows) == sorted([first, first + 1, first + 2] * 2)
    for row in rows:
        life = lived(row["seed"], **row["settings"])
        assert row["residents_isolation"] == life.weeks.residents_isolation[3]


def test_values_of_agents_stand_in_the_rows_of_batch_run_with_those_of_their_week():
    rows = batch({"collect_agents": [REPORTERS]})
    life = lived(load(GROUP_A).values["run.seed"])
    assert [row["isolation"] for row in rows] == life.world.people.isolation.tolist()
    assert {row["residents_isolation"] for row in rows} == {life.weeks.residents_isolation[3]}


@pytest.mark.parametrize("parameters", [{"settings": {"run.seed": 3}}, {"collect_agents": {"isolation": "isolation"}}])
def test_a_dict_that_batch_run_has_taken_apart_is_refused(parameters):
    with pytest.raises(ScenarioError, match=r"batch_run takes a dict apart: write \[\{\.\.\.\}\]"):
        batch(parameters)


def test_seeds_given_to_batch_run_are_lived_or_refused():
    if "rng" in inspect.signature(mesa.batch_run).parameters:
        assert [row["seed"] for row in batch({}, rng=[5, 7])] == [5, 7]
        with pytest.raises(ScenarioError, match="overwrites it"):
            batch({"seed": [5, 7]})
    else:
        assert [row["seed"] for row in batch({"seed": [5, 7]})] == [5, 7]


def test_the_network_holds_all_who_ever_came_and_their_ties(half_a_year):
    graph = half_a_year.network()
    assert isinstance(graph, nx.Graph)
    assert graph.number_of_nodes() == half_a_year.group.circle
    rows = {person.id: person.row for person in half_a_year.people}
    for one, other, data in graph.edges(data=True):
        assert data["weight"] == half_a_year.world.ties[rows[one], rows[other]] > 0
    assert set(half_a_year.network(members_only=True)) == {m.id for m in half_a_year.group.members}


def test_a_step_beyond_the_horizon_changes_nothing():
    model = PeerSupportModel(GROUP_A, weeks=2)
    for _ in range(2):
        model.step()
    digest = model.life.digest()
    assert not model.running
    model.step()
    assert model.life.digest() == digest


def test_an_extra_rule_in_plain_python_acts_each_week():
    def a_kind_word(model):
        for member in model.group.members:
            if model.draw("kind word", member) < 0.5:
                member.stigma *= 0.9

    with_rule = PeerSupportModel(GROUP_A, weeks=12, extra_rules=[a_kind_word])
    inert = PeerSupportModel(GROUP_A, weeks=12, extra_rules=[lambda model: None])
    without = PeerSupportModel(GROUP_A, weeks=12)
    for model in (with_rule, inert, without):
        while model.running:
            model.step()
    assert inert.life.digest() == without.life.digest()
    assert with_rule.world.people.stigma.sum() < without.world.people.stigma.sum()


def test_what_an_extra_rule_does_is_in_the_record_of_its_week():
    def all_alone(model):
        model.world.people.isolation[:] = 1.0
        model.world.group.socials[0] += 5

    model = PeerSupportModel(GROUP_A, weeks=4, extra_rules=all_alone)
    while model.running:
        model.step()
    assert model.life.weeks.residents_isolation.tolist() == [1.0] * 4
    assert (model.life.weeks.socials >= 5).all()
    assert model.datacollector.model_vars["residents_isolation"] == [1.0] * 4


def test_what_acts_at_the_end_of_a_week_is_in_the_history():
    life = Life(load(GROUP_A).with_values({"run.weeks": 6}).values, history_every=2)

    def all_alone():
        life.world.people.isolation[:] = life.week / 10.0

    while life.week < 6:
        life.live_a_week(all_alone)
    assert life.history.isolation[1:, 0].tolist() == [0.2, 0.4, 0.6]


def test_a_life_in_which_nothing_acts_has_the_same_bits():
    lives = [Life(load(GROUP_A).with_values({"run.weeks": 8}).values, history_every=3) for _ in range(2)]
    lives[0].live()
    for _ in range(10):
        lives[1].live_a_week(lambda: None)
    assert lives[0].digest() == lives[1].digest()
    assert lives[0].history.tobytes() == lives[1].history.tobytes()


def test_an_extra_rules_draws_are_addressed_and_its_own():
    model = PeerSupportModel(GROUP_A, weeks=4)
    model.step()
    one, other = list(model.people)[:2]
    assert model.draw("a", one) == model.draw("a", one)
    assert len({model.draw("a", one), model.draw("b", one), model.draw("a", other), model.draw("a", one, other)}) == 4
    before = model.draw("a", one)
    model.step()
    assert model.draw("a", one) != before


def test_batch_run_works_with_seeds_as_settings():
    rows = mesa.batch_run(
        PeerSupportModel,
        {"config": GROUP_A, "weeks": 5, "settings": [{"run.seed": 1}, {"run.seed": 2}]},
        number_processes=1,
        max_steps=5,
        data_collection_period=-1,
        display_progress=False,
    )
    assert len(rows) == 2
    for row, seed in zip(rows, (1, 2), strict=True):
        life = Life(load(GROUP_A).with_values({"run.seed": seed, "run.weeks": 5}).values)
        life.live()
        assert row["residents_isolation"] == life.weeks.residents_isolation[4]


def test_settings_are_checked():
    with pytest.raises(ScenarioError, match="did you mean"):
        PeerSupportModel(GROUP_A, settings={"group.acceptence": 0.5})
    for wrong in (0, 10.7, "10", True):
        with pytest.raises(ScenarioError, match=r"run\.weeks"):
            PeerSupportModel(GROUP_A, weeks=wrong)
    with pytest.raises(ScenarioError, match=r"run\.seed"):
        PeerSupportModel(GROUP_A, seed=1.5)
    assert PeerSupportModel(GROUP_A, seed=np.int64(9), weeks=np.int32(3)).config.values["run.seed"] == 9


def test_a_released_model_is_freed():
    model = PeerSupportModel(GROUP_A, weeks=2)
    model.step()
    gone = weakref.ref(model)
    model.release()
    del model
    gc.collect()
    assert gone() is None


def test_the_constructor_keeps_clear_of_mesa_35():
    parameters = inspect.signature(PeerSupportModel.__init__).parameters
    assert "scenario" not in parameters
    assert all(p.kind is not inspect.Parameter.VAR_KEYWORD for p in parameters.values())


def test_an_account_by_name_or_as_a_file(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("name: mine\nmechanisms: {calls: false}\n")
    small = {"people.residents": 12, "run.lead_in_weeks": 4, "run.weeks": 4}
    for account, calls, heard in (("company", True, False), (path, False, True), (None, True, True)):
        model = PeerSupportModel(GROUP_A, settings=small, account=account)
        values = model.config.values
        assert (values["mechanisms.calls"], values["mechanisms.heard"]) == (calls, heard)
        assert getattr(model.config.account, "name", None) == {path: "mine"}.get(account, account)
    wins = PeerSupportModel(GROUP_A, settings=small | {"mechanisms.heard": True}, account="company")
    assert wins.config.values["mechanisms.heard"] is True
    assert wins.config.account.overruled == ("mechanisms.heard",)
    with pytest.raises(ScenarioError, match="account: found no account 'compny'; did you mean company"):
        PeerSupportModel(GROUP_A, account="compny")
