# ruff: noqa: E501 - declarations of columns
"""The tables of a study of interviews, each column with its unit and meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from analysis.compare.estimate import together
from analysis.results.columns import Column, table_of, with_interval
from analysis.studies.interviews.gap import FIGURES, POPULATIONS, Gap, gaps
from analysis.studies.interviews.hold import Interviews, all_heard
from analysis.studies.interviews.lookback import COLUMNS
from analysis.studies.interviews.statements import ASSUMPTIONS, SETS, STATEMENTS
from analysis.studies.interviews.verdict import Heard, Odds, VariedRatio, ratios, sensitivity, shares
from analysis.studies.interviews.worlds import WORLDS


@dataclass(frozen=True)
class Answers:
    """All that is read off the interviews.

    Attributes:
        heard: see ``verdict.shares``.
        odds: see ``verdict.ratios``.
        gaps: by kind of group, see ``gap.gaps``.
        varied: see ``verdict.sensitivity``.
    """

    heard: list[Heard]
    odds: list[Odds]
    gaps: dict[str, list[Gap]]
    varied: list[VariedRatio]

    def share(self, group: str, world: str, what: str, size: str = "four or more") -> Heard:
        """How often something is heard."""
        return next(h for h in self.heard if (h.group, h.world, h.what, h.size) == (group, world, what, size))

    def ratio(self, group: str, what: str, above: str = "on", below: str = "off") -> Odds:
        """How many times as likely something is."""
        return next(o for o in self.odds if (o.group, o.what, o.above, o.below) == (group, what, above, below))


def find(held: Sequence[Interviews], assumed: Mapping[str, float]) -> Answers:
    """Read everything off the interviews."""
    return Answers(
        heard=list(shares(held, assumed)),
        odds=list(ratios(held, assumed)),
        gaps={one.arm.name: gaps([town.gap for town in one.towns]) for one in held},
        varied=list(sensitivity(held, assumed)),
    )


def all_tables(held: Sequence[Interviews], found: Answers, assumed: Mapping[str, float]) -> dict[str, pa.Table]:
    """Every table by name."""
    return {
        "statements": _statements(found.heard),
        "ratios": _ratios(found.odds),
        "groups": _groups(held, assumed),
        "interviewees": _interviewees(held),
        "survivorship": _survivorship(found.gaps),
        "sensitivity": _sensitivity(found.varied),
        "declared": _declared(),
    }


def _statements(heard: Sequence[Heard]) -> pa.Table:
    nothing = float("nan")
    intervals = [h.share.interval if h.share and h.share.of else (nothing, nothing) for h in heard]
    return table_of([
        Column("group", "words", "kind of group", [h.group for h in heard]),
        Column("world", "words", "world that the interviews are held in", [h.world for h in heard]),
        Column("size", "regulars", "of which groups that lasted, by how many regulars could be interviewed", [h.size for h in heard]),
        Column("what", "words", "a statement, or a set of them that must all be heard", [h.what for h in heard]),
        Column("groups", "groups", "groups interviewed; missing where it cannot be asked",
               np.array([h.share.of if h.share else nothing for h in heard], float)),
        Column("heard", "groups", "groups in which it is heard",
               np.array([h.share.heard if h.share else nothing for h in heard], float)),
        Column("share", "proportion", "share of groups in which it is heard",
               np.array([h.share.value if h.share else nothing for h in heard])),
        Column("low", "proportion", "share of groups in which it is heard; lower end of the exact 95 % interval", np.array([i[0] for i in intervals])),
        Column("high", "proportion", "share of groups in which it is heard; upper end of the exact 95 % interval",
               np.array([i[1] for i in intervals])),
        Column("voices", "proportion", "share of those interviewed who say it", np.array([h.voices for h in heard])),
    ])  # fmt: skip


def _ratios(odds: Sequence[Odds]) -> pa.Table:
    return table_of([
        Column("group", "words", "kind of group, or both: the whole study design", [o.group for o in odds]),
        Column("what", "words", "a statement, or a set of them that must all be heard", [o.what for o in odds]),
        Column("above", "words", "world whose likelihood stands above the line", [o.above for o in odds]),
        Column("below", "words", "world whose likelihood stands below the line", [o.below for o in odds]),
        Column("ratio", "multiple", "likelihood ratio: above over below; infinite if never heard below",
               np.array([o.ratio.value for o in odds])),
        Column("low", "multiple", "likelihood ratio; lower end of the 95 % interval, or the bound",
               np.array([o.ratio.low for o in odds])),
        Column("high", "multiple", "likelihood ratio; upper end of the 95 % interval, or the bound",
               np.array([o.ratio.high for o in odds])),
        Column("kind", "words", "whether the ratio is an estimate, or only a bound because a count is zero", [o.ratio.kind for o in odds]),
    ])  # fmt: skip


def _groups(held: Sequence[Interviews], assumed: Mapping[str, float]) -> pa.Table:
    rows: dict[str, list] = {name: [] for name in (
        "group", "world", "seed", "open", "closed_week", "members", "regulars", "ever_came", "interviewed",
        "statements", *SETS)}  # fmt: skip
    for one in held:
        for world in WORLDS:
            answers = {size: one.answers(world, assumed, size) for size in ("four or more", "fewer than four")}
            both = np.maximum(answers["four or more"], answers["fewer than four"])
            sets = {name: all_heard(both, name) for name in SETS}
            for k, (town, seen) in enumerate(zip(one.towns, one.seen(world), strict=True)):
                asked = seen.regulars > 0
                values = (
                    one.arm.name, world, town.seed, seen.open,
                    float("nan") if seen.open else float(seen.closed_week), seen.members, seen.regulars,
                    seen.ever_came, len(seen.columns["id"]),
                    float((both[k] == 1).sum()) if asked else float("nan"),
                    *(float(sets[name][k]) if asked else float("nan") for name in SETS),
                )  # fmt: skip
                for name, value in zip(rows, values, strict=True):
                    rows[name].append(value)
    meaning = {
        "group": ("words", "kind of group"), "world": ("words", "world: which effects are at work"),
        "seed": ("number", "seed of the town"),
        "open": ("yes/no", "whether the group still meets at the age of the interview"),
        "closed_week": ("weeks since the opening", "when the group closed; missing: still open"), "members": ("people", "members at the age of the interview"),
        "regulars": ("people", "regulars at the age of the interview"), "ever_came": ("people", "people who had ever come by then"),
        "interviewed": ("people", "people interviewed: four, or all regulars where there are fewer"),
        "statements": ("count", f"statements heard, of {len(STATEMENTS)}; missing where nobody was interviewed"),
        **{name: ("0 or 1", f"whether {words} are heard; missing where nobody was interviewed") for name, words in SETS.items()},
    }  # fmt: skip
    return table_of(
        Column(name.replace(" ", "_"), *meaning[name], values if name in ("group", "world") else np.array(values))
        for name, values in rows.items()
    )


def _interviewees(held: Sequence[Interviews]) -> pa.Table:
    parts = [(one, world, *one.telling(world, {})) for one in held for world in WORLDS]
    who = [(one.arm.name, world) for one, world, _, town in parts for _ in town]
    seeds = np.concatenate([np.array([t.seed for t in one.towns])[town] for one, _, _, town in parts])
    return table_of([
        Column("group", "words", "kind of group", [group for group, _ in who]),
        Column("world", "words", "world: which effects are at work", [world for _, world in who]),
        Column("seed", "number", "seed of the town", seeds),
        *(
            Column(name, _unit(name), _meaning(name), np.concatenate([part[2].columns[name] for part in parts]))
            for name in COLUMNS
        ),
    ])  # fmt: skip


def _unit(name: str) -> str:
    if name in ("id", "founder"):
        return {"id": "number", "founder": "0 or 1"}[name]
    if name.startswith("weeks"):
        return "weeks"
    return "a year" if name.startswith(("episodes", "told", "contacts", "helped")) else "proportion"


_ALONE = {
    "id": "the person, the same in every world", "founder": "whether a founder of the group",
    "weeks_since_coming": "weeks since first coming to the group", "regularity": "how regularly she or he comes",
    "strongest_tie": "strongest tie to another regular", "mean_tie": "mean tie to the other regulars",
    "contacts": "contacts with members in the year before the interview",
    "judged": "share of what she or he said that was judged",
    "helped": "times of helping another in the year before the interview",
}  # fmt: skip


def _meaning(name: str) -> str:
    times = {"before": "before first coming", "now": "at the interview", "twin": "the twin's, at the same time"}
    stem, _, when = name.rpartition("_")
    return f"{stem.replace('_', ' ')}, {times[when]}" if when in times else _ALONE.get(name, name.replace("_", " "))


def _survivorship(found: Mapping[str, Sequence[Gap]]) -> pa.Table:
    rows = [(group, gap) for group, some in found.items() for gap in some]

    def three(name: str, words: str) -> list[Column]:
        found = together(getattr(gap, name) for _, gap in rows)
        return with_interval(name, "SD", words, found)

    words = (
        "change since before coming, with the group", "change of the twins over the same time", "effect of the group"
    )  # fmt: skip
    return table_of([
        Column("group", "words", "kind of group", [group for group, _ in rows]),
        Column("population", "words", "whom it is about", [POPULATIONS[gap.population] for _, gap in rows]),
        Column("outcome", "words", "which outcome", [gap.outcome for _, gap in rows]),
        Column("people", "people", "people in all towns", np.array([gap.people for _, gap in rows])),
        Column("spread", "the outcome's own", "standard deviation between people, of everyone eligible",
               np.array([gap.spread for _, gap in rows])),
        *(column for name, said in zip(FIGURES, words, strict=True) for column in three(name, said)),
    ])  # fmt: skip


def _sensitivity(varied: Sequence[VariedRatio]) -> pa.Table:
    nothing = float("nan")
    pairs = list(varied[0].heard) if varied else []
    return table_of([
        Column("varied", "words", "what was varied; all else as asked", [v.varied for v in varied]),
        *(Column(a.name, "0-1", a.meaning, np.array([v.assumed[a.name] for v in varied])) for a in ASSUMPTIONS),
        Column("wording", "words", "how many must say a thing for it to be heard",
               ["half of them" if v.half else "the paper's" for v in varied]),
        Column("what", "words", "which statements must all be heard", [SETS[v.what] for v in varied]),
        *(Column(f"{group.replace(' ', '_')}_{world}", "proportion", f"share of {group} in which they are heard, in the world {world}",
                 np.array([v.heard[group, world].value for v in varied])) for group, world in pairs),
        Column("ratio", "multiple", "likelihood ratio: with all effects over none, whole design",
               np.array([v.ratio.value if v.ratio.kind != "unknown" else nothing for v in varied])),
        Column("low", "multiple", "likelihood ratio; lower end of the 95 % interval, or the bound",
               np.array([v.ratio.low for v in varied])),
        Column("high", "multiple", "likelihood ratio; upper end of the 95 % interval, or the bound",
               np.array([v.ratio.high for v in varied])),
        Column("kind", "words", "whether the ratio is an estimate, or only a bound", [v.ratio.kind for v in varied]),
    ])  # fmt: skip


def _declared() -> pa.Table:
    return table_of(
        Column(name, "words", meaning, [getattr(s, name) for s in STATEMENTS])
        for name, meaning in (
            ("id", "short name of the statement"), ("claim", "claim that it belongs to, as in docs/odd.md, appendix G"),
            ("words", "the statement in a few words"),
            ("quote", "words of the paper"), ("speaker", "who said these words"), ("kind", "kind of the claim"),
            ("about", "whether it is about change since before coming, or about life in the group"),
            ("wording", "how many must say it for it to be heard"),
            ("wording_quote", "the paper's own words on how many said it"),
            ("true_of", "what must be true of somebody to say it"),
        )
    )  # fmt: skip
