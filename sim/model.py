"""The Mesa model: the same compiled weeks, with the idioms that Mesa's users know.

>>> model = PeerSupportModel("scenarios/groupA.yaml", seed=1)
>>> for _ in range(52):
...     model.step()
>>> model.agents.select(lambda a: isinstance(a, Member) and a.is_member).agg("isolation", len) > 0
True
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import mesa
import networkx as nx
import numpy as np

import scenarios
from sim import draws, purposes
from sim.agents import Group, Member
from sim.draws import NOBODY
from sim.life import Life
from sim.relations import DAYS_IN_WEEK
from sim.scenario import Scenario, load
from sim.state import MEMBER, World

ExtraRule = Callable[["PeerSupportModel"], None]
DEFAULT_CONFIG = scenarios.FOLDER / "base.yaml"


class PeerSupportModel(mesa.Model):
    """A town, its people and their peer-support group; one step is one week of seven days.

    Args:
        config: a scenario file, or a ``sim.scenario.Scenario``.
        seed: instead of the scenario's; the same seed gives the same bits as ``sim.life.Life``.
        weeks: horizon, instead of the scenario's. After it ``running`` is False.
        settings: parameters by dotted name, such as ``{"group.acceptance": 0.5}``.
        extra_rules: called with the model, in order, at the end of each week. Such a rule reads and
            writes ``model.world`` or agents; for luck it uses :meth:`draw`, so that twins stay twins.
        collect_agents: also collect ``agent_reporters`` each week (slow; tables are better).

    With ``mesa.batch_run`` give seeds as ``"settings": [{"run.seed": 1}, {"run.seed": 2}]``: Mesa 3.5
    overwrites a parameter called ``seed`` with its own.

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
        extra_rules: Iterable[ExtraRule] = (),
        collect_agents: Mapping[str, str] | None = None,
    ) -> None:
        settled = config if isinstance(config, Scenario) else load(config)
        changes = dict(settings or {})
        if seed is not None:
            changes["run.seed"] = int(seed)
        if weeks is not None:
            changes["run.weeks"] = int(weeks)
        settled = settled.with_values(changes, origin="setting")
        super().__init__(rng=settled.values["run.seed"] % 2**32)  # Mesa's own generators: never drawn from here
        self.config = settled
        self.life = Life(settled.values)
        self.extra_rules = tuple(extra_rules)
        self.group = Group(self)
        members = Member.create_agents(self, len(self.world.traits), list(range(len(self.world.traits))))
        self.people = members
        self.datacollector = mesa.DataCollector(
            model_reporters={name: _week_reporter(name) for name in self.life.weeks.dtype.fields or ()},
            agenttype_reporters={Member: dict(collect_agents)} if collect_agents else None,
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
        """One week: the rules of ``sim.week.PLAN``, then the extra rules, then collecting."""
        if self.life.week >= self.life.total_weeks:
            self.running = False
            return
        self.life.live(1)
        for rule in self.extra_rules:
            rule(self)
        self.datacollector.collect(self)
        self.running = self.life.week < self.life.total_weeks

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
        self.remove_all_agents()
        ids = getattr(mesa.Agent, "_ids", None)
        if ids is not None:
            ids.pop(self, None)


def _week_reporter(name: str) -> Callable[[PeerSupportModel], Any]:
    """A reporter of one column of the table of weeks, as a plain Python number."""

    def report(model: PeerSupportModel) -> Any:
        return model.life.weeks[name][model.life.week - 1].item()

    return report
