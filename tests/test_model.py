"""The Mesa front: real Mesa, and the same bits as the engine behind it."""

import gc
import inspect
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
    frame = model.datacollector.get_agenttype_vars_dataframe(Member)
    assert len(frame) == 3 * len(model.people)


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
    with pytest.raises(ScenarioError, match=r"run\.weeks"):
        PeerSupportModel(GROUP_A, weeks=0)


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
