"""Renew the golden baselines, say what moved, and note it in the change log.

    python -m docs.renew --baselines --why "guilt now lasts a week"    renew all of tests/baselines
    python -m docs.renew --baselines                                  only show what would change

A baseline is what a scenario file gave with a few seeds over twelve years: a digest of the bits of
each state, one of all together, and a handful of figures to read. So it is for a few scenarios under an
account of how a group works. Each of the extremes (tests/extremes) is one short run with its own seed.
Renew only when results were meant to change. A state that is new changes no result: it is only added to
the record, without a reason.
"""

from __future__ import annotations

import argparse
import json
import math
import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from scenarios import files
from sim import reproduce
from sim.ensemble import run_many
from sim.life import Life
from sim.scenario import Scenario, ScenarioError, load, load_account
from sim.state import CLOSED_NAMES

ROOT = Path(__file__).resolve().parents[1]
SCENARIOS = ROOT / "scenarios"
EXTREMES = ROOT / "tests" / "extremes"
BASELINES = ROOT / "tests" / "baselines"
CHANGELOG = ROOT / "CHANGELOG.md"
ACCOUNTED = (  # every account once, the full one with each kind of group
    ("groupA", "full"), ("groupB", "full"), ("befriending", "full"), ("judging", "full"), ("absent", "full"),
    ("groupA", "company"), ("groupA", "contagion"), ("groupA", "learning"), ("groupA", "nothing"),
    ("groupA", "safe-space"), ("groupA", "safety-net"), ("groupA", "same-boat"),
)  # fmt: skip
SEEDS = (1, 2, 3)
WEEKS = 624
YEAR = 52
DIGITS = 6  # significant, in the figures
TOLD_AT_MOST = 8  # figures of a scenario in the change log


def scenarios() -> Iterator[Scenario]:
    """Every scenario file, then the extremes (other YAML files beside them are not scenarios), then accounts."""
    for path in (*files(SCENARIOS), *sorted(EXTREMES.glob("*.yaml"))):
        try:
            yield load(path)
        except ScenarioError:
            continue
    for name, account in ACCOUNTED:
        scenario = load(SCENARIOS / f"{name}.yaml").with_account(load_account(account))
        yield replace(scenario, name=f"{name}-{account}")


def figures_of(life: Life) -> dict[str, Any]:
    """The handful of figures by which a person can tell what moved."""
    weeks, people, g = life.weeks, life.world.people, life.world.group[0]
    last, opened = weeks[-YEAR:], weeks[weeks.open]
    person_weeks = float(weeks.residents.sum())
    figures: dict[str, Any] = {
        "weeks open": int(weeks.open.sum()),
        "ended because": CLOSED_NAMES[int(g.closed_reason)],
        "people who ever came": int((people.joined_week >= 0).sum()),
        "meetings": int(g.meetings),
        "attendances": int(g.attendances),
        "members while open, mean": float(opened.members.mean()) if len(opened) else 0.0,
        "regulars while open, mean": float(opened.regulars.mean()) if len(opened) else 0.0,
        "strongest tie at the end": float(life.world.ties.max()),
        "episodes per person and week": float((weeks.residents_episodes * weeks.residents).sum()) / person_weeks,
        "hard days per person and week": float((weeks.residents_hard_days * weeks.residents).sum()) / person_weeks,
    }
    for name in ("isolation", "stigma", "understanding", "coping", "distress"):
        figures[f"{name} of residents, last year"] = float(last[f"residents_{name}"].mean())
    return {name: _rounded(value) for name, value in figures.items()}


def _rounded(value: Any) -> Any:
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) and math.isfinite(value) else value


def measure(scenario: Scenario) -> dict[str, Any]:
    """A scenario's baseline, as it comes out now."""
    extreme = scenario.path is not None and scenario.path.parent == EXTREMES
    weeks, seeds = (scenario.values["run.weeks"], (scenario.values["run.seed"],)) if extreme else (WEEKS, SEEDS)
    lives = ({**scenario.values, "run.weeks": weeks, "run.seed": seed} for seed in seeds)
    found = run_many(lives, record_of)
    return {
        "scenario": scenario.name,
        "weeks": weeks,
        "platform": this_platform(),
        "seeds": {str(seed): one for seed, one in zip(seeds, found, strict=True)},
    }


def this_platform() -> str:
    """Where these bits were made; they are meant to be the same everywhere."""
    return f"{platform.system()} {platform.machine()}"


def record_of(life: Life) -> dict[str, Any]:
    """What a baseline keeps of a life."""
    return {"digest": life.digest(), "figures": figures_of(life), "states": life.field_digests()}


def path_of(scenario: Scenario) -> Path:
    """Where a scenario's baseline is kept."""
    return BASELINES / f"{scenario.name}.json"


def kept(scenario: Scenario) -> dict[str, Any] | None:
    """The baseline on record; None if there is none."""
    path = path_of(scenario)
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def what_moved(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What differs between two baselines of a scenario, as sentences; none if every bit is the same.

    States are compared one by one; those that are only in the new baseline are no change (see ``added``).
    """
    told = []
    for seed in sorted({*old["seeds"], *new["seeds"]}, key=int):
        if seed not in old["seeds"] or seed not in new["seeds"]:
            told.append(f"seed {seed}: only {'now' if seed in new['seeds'] else 'on record'}")
            continue
        one, other = old["seeds"][seed], new["seeds"][seed]
        moved = list(_figures_moved(one["figures"], other["figures"]))
        moved += _states_moved(one, other)
        told += [f"seed {seed}: {text}" for text in moved]
    return told


def added(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """States of the new baseline that the old one does not know."""
    known = {name for one in old["seeds"].values() for name in one.get("states", {})}
    return sorted({name for one in new["seeds"].values() for name in one["states"]} - known)


def _states_moved(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    changed = [name for name, digest in old.get("states", {}).items() if new["states"].get(name, digest) != digest]
    gone = [name for name in old.get("states", {}) if name not in new["states"]]
    if changed:
        yield f"changed: {', '.join(changed)}"
    if gone:
        yield f"gone: {', '.join(gone)}"
    if not changed and set(old.get("states", {})) == set(new["states"]) and old["digest"] != new["digest"]:
        yield "the digest of a life, though every state has the same bits: published digests must keep their meaning"


def _figures_moved(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    for name in [*old, *(name for name in new if name not in old)]:
        if name not in old or name not in new:
            yield f"{name}: only {'now' if name in new else 'on record'}"
            continue
        before, after = old[name], new[name]
        if isinstance(before, str) or isinstance(after, str):
            if before != after:
                yield f"{name}: {before} -> {after}"
        elif not math.isclose(before, after, rel_tol=1e-5, abs_tol=1e-12):
            by = after - before
            share = f", {by / abs(before):+.1%}" if before else ""
            yield f"{name}: {before:g} -> {after:g} ({by:+.3g}{share})"


def mean_changes(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """The figures that moved, as means over the seeds, the largest relative change first."""
    seeds = [seed for seed in old["seeds"] if seed in new["seeds"]]
    rows = []
    for name, first in new["seeds"][seeds[0]]["figures"].items() if seeds else ():
        if isinstance(first, str) or any(name not in old["seeds"][seed]["figures"] for seed in seeds):
            continue
        before, after = (float(np.mean([one["seeds"][seed]["figures"][name] for seed in seeds])) for one in (old, new))
        if not math.isclose(before, after, rel_tol=1e-5, abs_tol=1e-12):
            rows.append((abs(after - before) / max(abs(before), 1e-9), f"{name} {before:.4g} -> {after:.4g}"))
    return [text for _, text in sorted(rows, key=lambda row: -row[0])]


def changelog_line(why: str, moved: dict[str, list[str]]) -> str:
    """The line for the change log: why, and how much moved in which scenario."""
    parts = []
    for name, means in moved.items():
        some = "; ".join(means[:TOLD_AT_MOST]) or "only bits that no figure shows"
        more = f"; and {len(means) - TOLD_AT_MOST} more" if len(means) > TOLD_AT_MOST else ""
        parts.append(f"`{name}`: {some}{more}")
    seeds = ", ".join(map(str, SEEDS[:-1])) + f" and {SEEDS[-1]}"
    what = f"Means of seeds {seeds} over {WEEKS // YEAR} years (extremes: one short run): {'. '.join(parts)}."
    return f"- Results changed: {why.strip().rstrip('.')}. {what}"


def with_line(text: str, line: str) -> str:
    """The change log with a line under "Results changed" of its unreleased section, made if missing."""
    unreleased = re.search(r"^## .*unreleased.*$", text, re.MULTILINE | re.IGNORECASE)
    if unreleased is None:
        first = re.search(r"^## ", text, re.MULTILINE)
        place = first.start() if first else len(text.rstrip("\n")) + 1
        before = text[:place] if first else text.rstrip("\n") + "\n"
        gap = "" if first else "\n"
        return f"{before}{gap}## [Unreleased]\n\n### Results changed\n\n{line}\n" + (
            f"\n{text[place:]}" if first else ""
        )
    following = re.search(r"^## ", text[unreleased.end() :], re.MULTILINE)
    end = unreleased.end() + following.start() if following else len(text)
    section, rest = text[: unreleased.end()] + text[unreleased.end() : end].rstrip("\n"), text[end:]
    heading = re.search(r"^### Results changed$\n*", section[unreleased.start() :], re.MULTILINE)
    if heading is None:
        section += f"\n\n### Results changed\n\n{line}"
    else:
        place = unreleased.start() + heading.end()
        section = section[:place].rstrip("\n") + f"\n\n{line}\n" + section[place:]
    return section.rstrip("\n") + "\n" + (f"\n{rest}" if rest else "")


def main(arguments: list[str] | None = None) -> int:
    """Show what changed and, with ``--why``, renew; the exit status."""
    parser = argparse.ArgumentParser(description="Renew the golden baselines of tests/baselines.")
    parser.add_argument("--why", metavar="TEXT", help="why results were meant to change; without it nothing is written")
    parser.add_argument("--no-line", action="store_true", help="add no line to the change log (nothing published yet)")
    options = parser.parse_args(arguments)
    moved: dict[str, list[str]] = {}
    made: dict[Path, dict[str, Any]] = {}
    for scenario in scenarios():
        old, new = kept(scenario), measure(scenario)
        if old is None:
            print(f"{scenario.name}: no baseline yet")
            made[path_of(scenario)] = new
            continue
        told, more = what_moved(old, new), added(old, new)
        print(f"{scenario.name}: {'changed' if told else 'the same'}{'; added: ' if more else ''}{', '.join(more)}")
        print("".join(f"  {text}\n" for text in told), end="")
        if told:
            moved[scenario.name] = mean_changes(old, new)
        if told or more:
            made[path_of(scenario)] = new
    forgotten = sorted(set(BASELINES.glob("*.json")) - {path_of(scenario) for scenario in scenarios()})
    for path in forgotten:
        print(f"{path.stem}: on record, but there is no such scenario")
    if not (made or forgotten):
        print("Renewed: the digests of verify." if reproduce.renew() else "Nothing to renew.")
        return 0
    reasons = moved or forgotten or any(not path.exists() for path in made)
    if reasons and not (options.why or "").strip():
        print('Nothing written. If this was meant: python -m docs.renew --baselines --why "..."', file=sys.stderr)
        return 1
    BASELINES.mkdir(exist_ok=True)
    for path, baseline in made.items():
        path.write_text(json.dumps(baseline, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    for path in forgotten:
        path.unlink()
    reproduce.renew()
    print(f"Renewed: {len(made)} of tests/baselines" + (f"; removed: {len(forgotten)}" if forgotten else ""))
    if moved and not options.no_line:
        line = changelog_line(options.why, moved)
        text = CHANGELOG.read_text(encoding="utf-8") if CHANGELOG.is_file() else "# Changelog\n"
        CHANGELOG.write_text(with_line(text, line), encoding="utf-8", newline="\n")
        print(f"Added to {CHANGELOG.name}:\n{line}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
