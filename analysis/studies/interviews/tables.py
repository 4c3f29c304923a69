# ruff: noqa: E501 - declarations of columns
"""The tables of a study of interviews, each column with its unit and meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from analysis.compare.estimate import together
from analysis.compare.share import BlockShare
from analysis.results.columns import Column, table_of, with_interval
from analysis.studies.interviews.gap import FIGURES, POPULATIONS, Gap, gaps
from analysis.studies.interviews.hold import SIZE_WORDS, Interviews
from analysis.studies.interviews.likelihood import Ratio
from analysis.studies.interviews.lookback import COLUMNS
from analysis.studies.interviews.statements import ASSUMPTIONS, STATEMENTS, voices
from analysis.studies.interviews.verdict import (
    ALL,
    TOGETHER,
    Fit,
    Number,
    Odds,
    Varied,
    fits,
    numbers,
    ratios,
    sensitivity,
)

NOTHING = float("nan")


@dataclass(frozen=True)
class Answers:
    """All that is read off the interviews.

    Attributes:
        fits: see ``verdict.fits``.
        numbers: see ``verdict.numbers``.
        odds: see ``verdict.ratios``.
        gaps: by kind of group and account, see ``gap.gaps``.
        varied: see ``verdict.sensitivity``.
        whole: what the whole study is called in the fits.
    """

    fits: list[Fit]
    numbers: list[Number]
    odds: list[Odds]
    gaps: dict[tuple[str, str], list[Gap]]
    varied: list[Varied]
    whole: str

    def fit(self, account: str, size: str, what: str = ALL, group: str | None = None) -> Fit:
        """How often a study would report something."""
        wanted = (account, group or self.whole, size, what)
        return next(fit for fit in self.fits if fit[:4] == wanted)

    def ratio(self, account: str, size: str, what: str = ALL, group: str | None = None) -> Ratio | None:
        """How many times as likely that is as where nothing comes of meeting; None of that account itself."""
        wanted = (account, group or self.whole, size, what)
        return next((odds.ratio for odds in self.odds if odds[:4] == wanted), None)

    def number(self, account: str, size: str) -> Number:
        """How many statements a study would report."""
        return next(one for one in self.numbers if (one.account, one.size) == (account, size))


def find(held: Sequence[Interviews], assumed: Mapping[str, float]) -> Answers:
    """Read everything off the interviews."""
    found = list(fits(held, assumed))
    kinds = {one.kind for one in held}
    return Answers(
        fits=found,
        numbers=numbers(held, assumed),
        odds=list(ratios(found)),
        gaps={(one.kind, one.account): gaps([town.gap for town in one.towns]) for one in held},
        varied=list(sensitivity(held, assumed)),
        whole=TOGETHER if len(kinds) > 1 else held[0].kind,
    )


def all_tables(held: Sequence[Interviews], found: Answers, assumed: Mapping[str, float]) -> dict[str, pa.Table]:
    """Every table by name."""
    return {
        "fit": _fit(held, found),
        "numbers": _numbers(found.numbers),
        "statements": _statements(found),
        "groups": _groups(held, assumed),
        "interviewees": _interviewees(held),
        "survivorship": _survivorship(found.gaps),
        "sensitivity": _sensitivity(found.varied),
        "declared": _declared(),
        "assumptions": _assumptions(assumed),
    }


def _share(name: str, meaning: str, shares: Sequence[BlockShare]) -> list[Column]:
    """A share with its interval; nothing where there was nobody to ask."""
    rows = np.array([one[:3] if one.of else (NOTHING,) * 3 for one in shares], float).reshape(-1, 3)
    ends = ("", "; lower end of the 95 % interval", "; upper end of the 95 % interval")
    return [
        Column(f"{name}{end}", "proportion", f"{meaning}{said}", rows[:, k])
        for k, (end, said) in enumerate(zip(("", "_low", "_high"), ends, strict=True))
    ]


def _ratio(found: Sequence[Ratio | None]) -> list[Column]:
    """A likelihood ratio with its interval and kind."""
    words = "how many times as likely as in the account `nothing`"
    rows = np.array([(one.value, one.low, one.high) if one else (NOTHING,) * 3 for one in found], float).reshape(-1, 3)
    return [
        Column("ratio", "multiple", f"{words}; infinite if never reported there; missing: that account itself", rows[:, 0]),
        Column("ratio_low", "multiple", f"{words}; lower end of the 95 % interval, or the bound", rows[:, 1]),
        Column("ratio_high", "multiple", f"{words}; upper end of the 95 % interval, or the bound", rows[:, 2]),
        Column("ratio_kind", "words", "whether the ratio is an estimate, or only a bound because one chance is zero",
               [one.kind if one else "" for one in found]),
    ]  # fmt: skip


def _fit(held: Sequence[Interviews], found: Answers) -> pa.Table:
    rows = [fit for fit in found.fits if (fit.group, fit.what) == (found.whole, ALL)]
    kinds = list(dict.fromkeys(one.kind for one in held))
    counted = [found.number(fit.account, fit.size) for fit in rows]
    return table_of([
        Column("account", "name", "account of how a group works: the world that the study is held in", [fit.account for fit in rows]),
        Column("asked", "words", "whom a study asks", [SIZE_WORDS[fit.size] for fit in rows]),
        *(Column(kind.replace(" ", "_"), "groups", f"{kind}: groups that lasted, of which a study takes one", np.array([fit.groups[k] for fit in rows]))
          for k, kind in enumerate(kinds)),
        *_share("fit", "share of studies that would report all that the paper does", [fit.share for fit in rows]),
        Column("mean_statements", "count", f"statements that a study would report, of {len(STATEMENTS)}; mean", np.array([one.mean for one in counted])),
        *_ratio([found.ratio(fit.account, fit.size) for fit in rows]),
    ])  # fmt: skip


def _numbers(found: Sequence[Number]) -> pa.Table:
    rows = [(one, k) for one in found for k in range(len(one.exactly))]
    return table_of([
        Column("account", "name", "account of how a group works", [one.account for one, _ in rows]),
        Column("size", "regulars", "of which groups, by how many regulars there were", [one.size for one, _ in rows]),
        Column("statements", "count", f"how many statements, of {len(STATEMENTS)}", np.array([k for _, k in rows])),
        Column("exactly", "proportion", "share of studies that would report just so many", np.array([one.exactly[k] for one, k in rows])),
        *_share("at_least", "share of studies that would report so many or more", [one.at_least[k] for one, k in rows]),
    ])  # fmt: skip


def _statements(found: Answers) -> pa.Table:
    rows = found.fits
    return table_of([
        Column("account", "name", "account of how a group works: the world that the study is held in", [fit.account for fit in rows]),
        Column("group", "words", "kind of group asked, or one of each: the whole study", [fit.group for fit in rows]),
        Column("size", "regulars", "of which groups that lasted, by how many regulars there were", [fit.size for fit in rows]),
        Column("what", "words", "a statement, or a set of them that must all be reported", [fit.what for fit in rows]),
        Column("groups", "groups", "groups that lasted and could be asked", np.array([sum(fit.groups) for fit in rows])),
        *_share("share", "share of studies that would report it", [fit.share for fit in rows]),
        Column("voices", "proportion", "share of those interviewed of whom it is true", np.array([fit.voices for fit in rows])),
        *_ratio([found.ratio(fit.account, fit.size, fit.what, fit.group) for fit in rows]),
    ])  # fmt: skip


def _groups(held: Sequence[Interviews], assumed: Mapping[str, float]) -> pa.Table:
    rows = [(one, town, true) for one in held for town, true in zip(one.towns, _true_in(one, assumed), strict=True)]
    towns = [town for _, town, _ in rows]
    return table_of([
        Column("group", "words", "kind of group", [one.kind for one, _, _ in rows]),
        Column("account", "name", "account of how a group works", [one.account for one, _, _ in rows]),
        Column("seed", "number", "seed of the town", np.array([town.seed for town in towns])),
        Column("open", "yes/no", "whether the group still meets at the age of the interview", np.array([town.open for town in towns])),
        Column("closed_week", "weeks since the opening", "when the group closed; missing: still open",
               np.array([NOTHING if town.open else float(town.closed_week) for town in towns])),
        Column("members", "people", "members at the age of the interview", np.array([town.members for town in towns])),
        Column("regulars", "people", "regulars at the age of the interview", np.array([town.regulars for town in towns])),
        Column("ever_came", "people", "people who had ever come by then", np.array([town.ever_came for town in towns])),
        Column("interviewed", "people", "people with something to tell: the four most regular, or all where there are fewer",
               np.array([len(town.columns["id"]) for town in towns])),
        *(Column(f"{s.id}_true", "people", f"of how many of these it is true: {s.words}", np.array([true[k] for _, _, true in rows]))
          for k, s in enumerate(STATEMENTS)),
    ])  # fmt: skip


def _true_in(one: Interviews, assumed: Mapping[str, float]) -> np.ndarray:
    """float64[towns, statements]: of how many each is true."""
    telling, town = one.telling(assumed)
    return np.stack([np.bincount(town, weights=row, minlength=len(one.towns)) for row in voices(telling)], axis=1)


def _interviewees(held: Sequence[Interviews]) -> pa.Table:
    parts = [(one, *one.telling({})) for one in held]
    who = [(one.kind, one.account) for one, _, town in parts for _ in town]
    seeds = np.concatenate([np.array([t.seed for t in one.towns])[town] for one, _, town in parts])
    return table_of([
        Column("group", "words", "kind of group", [group for group, _ in who]),
        Column("account", "name", "account of how a group works", [account for _, account in who]),
        Column("seed", "number", "seed of the town", seeds),
        *(
            Column(name, _unit(name), _meaning(name), np.concatenate([part[1].columns[name] for part in parts]))
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
    "id": "the person", "founder": "whether a founder of the group",
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


def _survivorship(found: Mapping[tuple[str, str], Sequence[Gap]]) -> pa.Table:
    rows = [(key, gap) for key, some in found.items() for gap in some]

    def three(name: str, words: str) -> list[Column]:
        found = together(getattr(gap, name) for _, gap in rows)
        return with_interval(name, "SD", words, found)

    words = (
        "change since before coming, with the group", "change of the twins over the same time", "effect of the group"
    )  # fmt: skip
    return table_of([
        Column("group", "words", "kind of group", [group for (group, _), _ in rows]),
        Column("account", "name", "account of how a group works", [account for (_, account), _ in rows]),
        Column("population", "words", "whom it is about", [POPULATIONS[gap.population] for _, gap in rows]),
        Column("outcome", "words", "which outcome", [gap.outcome for _, gap in rows]),
        Column("people", "people", "people in all towns", np.array([gap.people for _, gap in rows])),
        Column("spread", "the outcome's own", "standard deviation between everyone eligible, before coming",
               np.array([gap.spread for _, gap in rows])),
        *(column for name, said in zip(FIGURES, words, strict=True) for column in three(name, said)),
    ])  # fmt: skip


def _sensitivity(varied: Sequence[Varied]) -> pa.Table:
    return table_of([
        Column("account", "name", "account of how a group works", [v.account for v in varied]),
        Column("size", "regulars", "of which groups, by how many regulars there were", [v.size for v in varied]),
        Column("varied", "words", "what was varied; all else as asked", [v.setting for v in varied]),
        *(Column(a.name, "assumption", a.meaning, np.array([v.assumed[a.name] for v in varied])) for a in ASSUMPTIONS),
        Column("wording", "words", "how many must say a thing for it to be reported",
               ["half of them" if v.half else "the paper's" for v in varied]),
        *_share("fit", "share of studies that would report all that the paper does", [v.share for v in varied]),
        Column("mean_statements", "count", f"statements that a study would report, of {len(STATEMENTS)}; mean", np.array([v.mean for v in varied])),
        *_ratio([v.ratio for v in varied]),
    ])  # fmt: skip


def _assumptions(assumed: Mapping[str, float]) -> pa.Table:
    return table_of([
        Column("assumption", "name", "what is assumed of telling, hearing and coding", [a.name for a in ASSUMPTIONS]),
        Column("meaning", "words", "what it says", [a.meaning for a in ASSUMPTIONS]),
        Column("value", "assumption", "as asked", np.array([assumed[a.name] for a in ASSUMPTIONS])),
        Column("plausible_from", "assumption", "lower end of what one could defend", np.array([a.plausible[0] for a in ASSUMPTIONS])),
        Column("plausible_to", "assumption", "upper end of what one could defend", np.array([a.plausible[1] for a in ASSUMPTIONS])),
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
