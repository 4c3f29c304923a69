# ruff: noqa: E501 - declarations of columns
"""Tables of ``overturn``: each column with its unit and meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from analysis.compare.estimate import Estimates, bootstrap_sums, mean_of
from analysis.compare.outcomes import OUTCOME, POPULATIONS
from analysis.results.columns import Column, table_of, with_interval
from analysis.studies.interviews.statements import Assumption
from analysis.studies.overturn.ablation import MAIN, Ablation, Parts, standardised_worlds
from analysis.studies.overturn.mechanisms import ALL_ON, MECHANISMS, WORLDS, Off
from analysis.studies.overturn.reporting import CURVE, Needed, by_default
from analysis.studies.overturn.rivals import Rival, Three

SD = "standard deviations"


def all_tables(
    lived: Ablation,
    parts: Parts,
    rivals: Sequence[Rival],
    three: Sequence[Three],
    needed: Sequence[tuple[str, dict[str, float], Needed]],
    off: Off,
    assumed: Mapping[str, Assumption],
) -> dict[str, pa.Table]:
    """All tables by name."""
    return {
        "mechanisms": mechanisms_table(lived.arm.values, off),
        "shares": shares_table(lived, parts),
        "pairs": pairs_table(parts),
        "worlds": worlds_table(lived),
        "rivals": rivals_table(rivals, three),
        "reporting": reporting_table(needed, assumed),
        "reporting_curve": curve_table(by_default(needed), assumed),
    }


def mechanisms_table(values: dict, taken: Off) -> pa.Table:
    """What each mechanism comprises, and which parameters take it away."""
    off = [
        "; ".join(f"{name}: {values[name]} -> {value}" for name, value in taken[m.name].items())
        or "ties.isolation_per_tie and ties.likeness_weight, so that only the other part is left"
        for m in MECHANISMS
    ]
    return table_of([
        Column("mechanism", "name", "one thing that a group does", [m.name for m in MECHANISMS]),
        Column("label", "words", "the mechanism as figures call it", [m.label for m in MECHANISMS]),
        Column("comprises", "words", "what the mechanism comprises", [m.words for m in MECHANISMS]),
        Column("off", "words", "parameters that take it away", off),
    ])  # fmt: skip


def _keys(last: str, meaning: str, names: Sequence[str]) -> list[Column]:
    """Columns that name each row of arrays [populations, outcomes, names]."""
    keys = [(p, o, n) for p in POPULATIONS for o in MAIN for n in names]
    return [
        Column("population", "words", "whom it is about, in the world with everything at work", [POPULATIONS[p] for p, _, _ in keys]),
        Column("outcome", "words", "what is compared", [OUTCOME[o].label for _, o, _ in keys]),
        Column(last, "name", meaning, [n for _, _, n in keys]),
    ]  # fmt: skip


def shares_table(lived: Ablation, parts: Parts) -> pa.Table:
    """Each mechanism's part in each effect: a row for each population, outcome and mechanism."""
    each = len(MECHANISMS)
    total = Estimates(*(np.repeat(end.ravel(), each) for end in (parts.total.value, parts.total.low, parts.total.high)))
    people = np.repeat(lived.sums.people.sum(axis=0).ravel(), each)
    r = parts.readings
    return table_of([
        *_keys("mechanism", "see mechanisms", [m.name for m in MECHANISMS]),
        Column("runs", "runs", "runs lived", np.full(len(people), len(lived.seeds))),
        Column("people", "people", "people over all runs, the same in every world", people),
        *with_interval("shapley", SD, "the mechanism's part of the paired effect: what it adds, averaged over all orders of coming in", r["shapley"]),
        *with_interval("share", "share", "the mechanism's part as a share of the whole effect; empty where the whole may be zero", parts.share),
        *with_interval("on_alone", SD, "paired effect with only this mechanism at work", r["on_alone"]),
        *with_interval("off_alone", SD, "paired effect with everything but this mechanism at work", r["off_alone"]),
        *with_interval("lost_without", SD, "whole effect minus the effect without this mechanism", r["lost_without"]),
        *with_interval("whole", SD, "paired effect with everything at work", total),
    ])  # fmt: skip


def pairs_table(parts: Parts) -> pa.Table:
    """Two mechanisms taken away together."""
    names = [f"{MECHANISMS[i].name} + {MECHANISMS[j].name}" for i, j in parts.pairs]
    r = parts.pair_readings
    return table_of([
        *_keys("pair", "two mechanisms", names),
        *with_interval("lost_without_both", SD, "whole effect minus the effect without both mechanisms", r["lost_without_both"]),
        *with_interval("together", SD, "what is lost without both minus what is lost without the one and without the other alone: of the sign of the "
                "effect where one can stand in for the other, of the other sign where each needs the other", r["together"]),
    ])  # fmt: skip


def worlds_table(lived: Ablation) -> pa.Table:
    """Every combination of mechanisms: three figures side by side, and what the fixed people hide."""
    sums, rows = lived.sums, len(POPULATIONS) * len(MAIN)
    total = {name: column.sum(axis=0) for name, column in zip(sums._fields, sums, strict=True)}
    runs = len(lived.seeds)
    people = np.repeat(sums.people[..., None], WORLDS, axis=-1)
    flat = (column.reshape(runs, -1) for column in (sums.difference, people))
    difference = bootstrap_sums(mean_of, *flat)
    with np.errstate(divide="ignore", invalid="ignore"):
        change = total["change"] / total["with_before"][..., None]
        twin = np.repeat((total["twin_change"] / total["with_before"])[..., None], WORLDS, axis=-1)
        own = total["own_difference"] / total["own_people"]
        stays = total["came_too"] / total["came"][ALL_ON]
    own = np.broadcast_to(own, (len(POPULATIONS), len(MAIN), WORLDS)).copy()
    own[[k for k, name in enumerate(POPULATIONS) if name != "joined"]] = np.nan
    unit = "the outcome's unit"
    keys = _keys("world", "which mechanisms are at work", [words_of(world) for world in range(WORLDS)])
    return table_of([
        *keys,
        *(Column(m.name, "yes/no", f"{m.name}: whether at work in this world", np.tile((np.arange(WORLDS) >> k & 1).astype(bool), rows))
          for k, m in enumerate(MECHANISMS)),
        Column("change", unit, "change since before coming, of those seen before", change.ravel()),
        Column("twin_change", unit, "change of their twins without a group over the same time", twin.ravel()),
        *with_interval("difference", unit, "paired difference of all people of this population", difference),
        *with_interval("smd", SD, "paired difference over the standard deviation of people (of the world with everything at work)",
                standardised_worlds(lived)),
        Column("came", "people a run", "people who ever came in this world", np.tile(total["came"] / runs, rows)),
        Column("came_too", "share", "share of those who came with everything at work who came in this world as well", np.tile(stays, rows)),
        Column("own_difference", unit, "paired difference of those who came in this world, whoever they are", own.ravel()),
    ])  # fmt: skip


def words_of(world: int) -> str:
    """A world's mechanisms in words."""
    on = [m.name for k, m in enumerate(MECHANISMS) if world >> k & 1]
    return "everything" if world == ALL_ON else " + ".join(on) or "nothing"


def _of_each(some: Sequence[Any], name: str, unit: str, meaning: str) -> list[Column]:
    """Columns of an attribute that holds value, low and high."""
    values = np.array([getattr(one, name) for one in some]).reshape(-1, 3)
    return with_interval(name, unit, meaning, Estimates(*values.T))


SEEN, EVERYONE = "came, and were seen before they came", "all who ever came"


def rivals_table(rivals: Sequence[Rival], three: Sequence[Three]) -> pa.Table:
    """Every rival, arm and outcome: a row for those seen before they came, and one for all who ever came."""
    titles, unit = {rival.name: rival.title for rival in rivals}, "the outcome's unit"
    rows = [(one, population) for one in three for population in (SEEN, EVERYONE)]

    def of(population: str, name: str) -> np.ndarray:
        """[value, low, high] in the rows of one population, nothing in the others."""
        found = [getattr(one, name) if mine == population else np.full(3, np.nan) for one, mine in rows]
        return np.array(found).reshape(-1, 3).T

    differences = np.where([mine == SEEN for _, mine in rows], of(SEEN, "difference"), of(EVERYONE, "difference_all"))
    return table_of([
        Column("rival", "words", "what might explain it instead", [titles[one.rival] for one, _ in rows]),
        Column("arm", "words", "setting that the rival is tried in", [one.arm for one, _ in rows]),
        Column("outcome", "words", "what is compared", [OUTCOME[one.outcome].label for one, _ in rows]),
        Column("unit", "words", "what it is measured in", [OUTCOME[one.outcome].unit for one, _ in rows]),
        Column("population", "words", "whom the whole row is about", [mine for _, mine in rows]),
        Column("people", "people", "how many, in this arm", np.array([one.people if mine == SEEN else one.people_all for one, mine in rows])),
        *with_interval("change", unit, "change since before coming, with the group", Estimates(*of(SEEN, "change"))),
        *with_interval("twin_change", unit, "change of their twins over the same time, without a group", Estimates(*of(SEEN, "twin_change"))),
        *with_interval("difference", unit, "paired difference: with the group minus without", Estimates(*differences)),
        *with_interval("standardised", SD, "paired difference over the standard deviation of people; of all who ever came", Estimates(*of(EVERYONE, "standardised"))),
        *with_interval("anyway", "share", "share of the change since before coming that the twins show as well; negative where twins went "
                       "the other way; empty where the change may be zero", Estimates(*of(SEEN, "anyway"))),
    ])  # fmt: skip


def reporting_table(
    needed: Sequence[tuple[str, dict[str, float], Needed]], assumptions: Mapping[str, Assumption]
) -> pa.Table:
    """The optimism needed for most regulars to report something; each with what it assumes."""
    found = [one for _, _, one in needed]
    assumed = [sizes[one.statement.needs] for _, sizes, one in needed]

    return table_of([
        Column("noticing", "words", "default, or end of the plausible range, of the assumption about what is told", [a for a, _, _ in needed]),
        Column("must_move", "0-1", f"{assumptions['noticing'].meaning}; of episodes: {assumptions['lessened'].meaning} (assumption)", np.array(assumed)),
        Column("at_work", "words", "everything that the group does, or nothing", [one.world for one in found]),
        Column("statement", "words", "what most regulars would have to report", [one.statement.words for one in found]),
        Column("people", "people", "regulars asked who were seen before they came", np.array([one.people for one in found])),
        *_of_each(found, "truly", "share", "regulars who would report it without any optimism"),
        *_of_each(found, "needed", "per full tie", "optimism with which most would report it (0: most do without; infinite: no optimism does)"),
        Column("plausible_up_to", "per full tie", f"{assumptions['optimism'].meaning} (assumption)", np.full(len(found), assumptions["optimism"].plausible[1])),
    ])  # fmt: skip


def curve_table(needed: Sequence[Needed], assumed: Mapping[str, Assumption]) -> pa.Table:
    """Share of regulars who would report something, by optimism."""
    return table_of([
        Column("at_work", "words", "everything that the group does, or nothing", [one.world for one in needed for _ in CURVE]),
        Column("statement", "words", "what is reported", [one.statement.words for one in needed for _ in CURVE]),
        Column("optimism", "per full tie", assumed["optimism"].meaning, np.tile(CURVE, len(needed))),
        Column("share", "share", "share of regulars who would report it", np.concatenate([one.shares for one in needed])),
    ])  # fmt: skip
