"""The Mesa model: the same compiled weeks, with the idioms that Mesa's users know.

>>> model = PeerSupportModel(scenarios.FOLDER / "groupA.yaml", seed=1)
>>> for _ in range(52):
...     model.step()
>>> model.agents.select(lambda a: isinstance(a, Member) and a.is_member).agg("isolation", len) > 0
True
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import mesa
import networkx as nx
import numpy as np

import scenarios
from sim import draws, purposes
from sim.agents import Group, Member
from sim.draws import NOBODY
from sim.life import Life
from sim.mistakes import nearest, shown
from sim.relations import DAYS_IN_WEEK
from sim.scenario import Scenario, ScenarioError, load, load_account
from sim.state import MEMBER, World

ExtraRule = Callable[["PeerSupportModel"], None]
Reporter = str | Callable[..., Any] | list[Any]
DEFAULT_CONFIG = scenarios.FOLDER / "base.yaml"


class PeerSupportModel(mesa.Model):
    """A town, its people and their peer-support group; one step is one week of seven days.

    Args:
        config: a scenario file, or a ``sim.scenario.Scenario``.
        seed: instead of the scenario's; the same seed gives the same bits as ``sim.life.Life``.
        weeks: horizon, instead of the scenario's. After it ``running`` is False.
        settings: parameters by dotted name, such as ``{"group.acceptance": 0.5}``.
        extra_rules: called with the model, in order, at the end of each week from the opening on, before the week is
            recorded. Such a rule reads and writes ``model.world`` or agents; for luck it uses :meth:`draw`, so that
            twins stay twins.
        collect_agents: also collect these of every person each week, as Mesa's ``agent_reporters``: names of
            attributes, functions of an agent, or functions with their arguments (slow; tables are better).
        account: the account of how a group works, by the name of one that comes with Sameboat (``"company"``) or as a
            file, in place of the scenario's; what the scenario itself says, or a setting, stays.

    With ``mesa.batch_run``: each of its iterations without a seed lives with the next seed, from that of the scenario
    on, the same ones for every combination of parameters; ``seed`` in its rows is the one lived with. To choose seeds,
    give ``"settings": [{"run.seed": 1}, {"run.seed": 2}]``, or ``rng=[1, 2]`` with Mesa 3.5, which overwrites a
    parameter called ``seed``. It takes a dict or a list apart: write ``"collect_agents": [{...}]``.

    Attributes:
        world: the arrays (``sim.state.World``), the one truth behind the agents.
        people: AgentSet of all ``Member`` agents, everyone who could ever join.
        group: the ``Group`` agent.
        weeks_lived: weeks since the opening.
        datacollector: Mesa's, with model reporters for the week's figures.

    Raises:
        ScenarioError: if the scenario or a setting is not valid.
    """

    def __init__(
        self,
        config: str | Path | Scenario = DEFAULT_CONFIG,
        seed: int | None = None,
        weeks: int | None = None,
        settings: Mapping[str, Any] | None = None,
        extra_rules: ExtraRule | Iterable[ExtraRule] = (),
        collect_agents: Mapping[str, Reporter] | None = None,
        account: str | Path | None = None,
    ) -> None:
        settled = config if isinstance(config, Scenario) else load(config)
        if account is not None:
            settled = settled.with_account(load_account(str(account), "account: "))
        changes = dict(_a_dict("settings", settings))
        if seed is None and "run.seed" not in changes:
            seed = settled.values["run.seed"] + _iteration_of_batch_run()
        changes |= {name: value for name, value in (("run.seed", seed), ("run.weeks", weeks)) if value is not None}
        settled = settled.with_values(changes, origin="setting")
        super().__init__(rng=settled.values["run.seed"] % 2**32)  # Mesa's own generators: never drawn from here
        self.config = settled
        self.life = Life(settled.values)
        self.extra_rules = (extra_rules,) if callable(extra_rules) else tuple(extra_rules)
        self.group = Group(self)
        members = Member.create_agents(self, len(self.world.traits), list(range(len(self.world.traits))))
        self.people = members
        reporters = {name: _week_reporter(name) for name in self.life.weeks.dtype.fields or ()}
        self.datacollector = _Collector(
            model_reporters={"seed": lambda model: model.config.values["run.seed"], **reporters},
            agent_reporters=_checked_reporters(collect_agents),
        )

    @property
    def world(self) -> World:
        """The live arrays."""
        return self.life.world

    @property
    def weeks_lived(self) -> int:
        """Weeks since the opening."""
        return self.life.week

    def step(self) -> None:
        """One week: the rules of ``sim.week.PLAN``, then the extra rules, then its record, then collecting."""
        if self.life.week >= self.life.total_weeks:
            self.running = False
            return
        if self.extra_rules:
            self.life.live_a_week(and_then=self._act)
        else:
            self.life.live(1)
        self.datacollector.collect(self)
        self.running = self.life.week < self.life.total_weeks

    def _act(self) -> None:
        for rule in self.extra_rules:
            rule(self)

    def draw(self, purpose: str, person: Member | None = None, partner: Member | None = None, day: int = 0) -> float:
        """A uniform number in (0, 1) for an extra rule, addressed like every draw of the model.

        Args:
            purpose: a name for what it decides; another name is another, independent draw.
            person: whom it concerns; None for the group as a whole.
            partner: the other person it concerns, if any.
            day: day of this week, 0 to 6.
        """
        today = (self.life.lead_in + self.life.week - 1) * DAYS_IN_WEEK + day
        return float(
            draws.uniform(
                self.world.key,
                np.int64(person.id) if person is not None else draws.THE_GROUP,
                np.int64(partner.id) if partner is not None else NOBODY,
                np.int64(today),
                purposes.of_extra_rule(purpose),
            )
        )

    def network(self, members_only: bool = False) -> nx.Graph:
        """The ties as a NetworkX graph: nodes are ids, edges have ``weight`` (the tie).

        Args:
            members_only: only those who are members now; otherwise all who ever came.
        """
        graph = nx.Graph()
        people, traits = self.world.people, self.world.traits
        chosen = people.status == MEMBER if members_only else people.joined_week >= 0
        rows = np.flatnonzero(chosen)
        for i in rows:
            graph.add_node(int(traits.id[i]), member=bool(people.status[i] == MEMBER))
        for a, i in enumerate(rows):
            for j in rows[:a]:
                if self.world.ties[i, j] > 0.0:
                    graph.add_edge(int(traits.id[i]), int(traits.id[j]), weight=float(self.world.ties[i, j]))
        return graph

    def release(self) -> None:
        """Let go of all agents, so that the memory of a finished model is freed.

        Mesa 3.3 keeps every model for ever in ``Agent._ids``; call this between runs and on reset.
        """
        for agent in list(self.agents):
            mesa.Agent.remove(agent)
        ids = getattr(mesa.Agent, "_ids", None)
        if ids is not None:
            ids.pop(self, None)


def _week_reporter(name: str) -> Callable[[PeerSupportModel], Any]:
    """A reporter of one column of the table of weeks, as a plain Python number."""

    def report(model: PeerSupportModel) -> Any:
        return model.life.weeks[name][model.life.week - 1].item()

    return report


def _a_dict(name: str, given: Any) -> Mapping[str, Any]:
    """What was given as a dict, {} for None.

    Raises:
        ScenarioError: if it is none, as when ``mesa.batch_run`` has taken one apart.
    """
    if given is None or isinstance(given, Mapping):
        return given or {}
    raise ScenarioError(
        f"{name}: found {shown(given)}, expected a dict; mesa.batch_run takes a dict apart: write [{{...}}]"
    )


def _checked_reporters(reporters: Mapping[str, Reporter] | None) -> dict[str, Reporter]:
    """Reporters of which those that are names name something: Mesa would collect nothing at all in silence."""
    checked = dict(_a_dict("collect_agents", reporters))
    for name, reporter in checked.items():
        if isinstance(reporter, str) and reporter != "unique_id" and not hasattr(Member, reporter):
            states = [known for known, made in vars(Member).items() if isinstance(made, property)]
            raise ScenarioError(f"collect_agents: {name}: no attribute {shown(reporter)}{nearest(reporter, states)}")
    return checked


def _iteration_of_batch_run() -> int:
    """Which repetition of ``mesa.batch_run`` this model is built for; 0 outside of it.

    Mesa builds each repetition with the very same arguments and does not tell it which it is: it would live the same
    life every time. Only the call that builds it knows.

    Raises:
        ScenarioError: if Mesa has overwritten seeds that were among the parameters.
    """
    iteration, frame = 0, inspect.currentframe()
    while frame is not None:
        if frame.f_globals.get("__name__") == "mesa.batchrunner":
            if frame.f_code.co_name == "_model_run_func":
                iteration = int(frame.f_locals["run"][1])
            elif frame.f_code.co_name == "batch_run" and "seed" in frame.f_locals.get("parameters", ()):
                raise ScenarioError(
                    "seed: this Mesa's batch_run overwrites it; give batch_run(..., rng=[1, 2]) instead"
                )
        frame = frame.f_back
    return iteration


class _Collector(mesa.DataCollector):
    """Mesa's collector, of people: the group has other attributes."""

    def _record_agents(self, model: Any) -> Any:
        return super()._record_agents(SimpleNamespace(agents=model.people))

    def collect(self, model: Any) -> None:
        """Collect a week, so that the figures of a week and its people stand in the same row of ``batch_run``."""
        super().collect(model)
        if not hasattr(self, "_collection_steps"):  # Mesa 3.3 and 3.4 look people up by place, not by step
            by_step: Any = self._agent_records  # type: ignore[has-type]
            self._agent_records = dict(enumerate(by_step.values()))
