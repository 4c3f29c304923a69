"""Renew the numbers and figures of docs/why/claims.md: why before-after and regulars-only figures mislead.

python docs/why/make_claims.py           renew them (about half a minute)
python docs/why/make_claims.py --check   exit with 1 if the numbers are out of date
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from page_numbers import renewed, save

from analysis.compare.arms import arms_of
from analysis.compare.comparison import Paired, compare
from analysis.compare.effects import course_table, effects_table
from analysis.compare.estimate import Estimates, bootstrap_sums, glass
from analysis.compare.outcomes import OUTCOME, POPULATIONS
from analysis.compare.paired import YARDSTICK
from analysis.figures.palette import BLUE, GREY, INK, ORANGE, PALE, PURPLE, TWIN
from analysis.figures.style import RC
from analysis.studies.compare.curves import draw_course
from analysis.words.numbers import signed
from sim.scenario import load

HERE = Path(__file__).parent
PAGE = HERE / "claims.md"
SCENARIOS = HERE.parents[1] / "scenarios"
RUNS, WEEK, LAST = 200, 104, 624
OUTCOMES = ("isolation", "stigma", "understanding", "coping", "distress", "episodes")
CIRCLES = ("everyone the group would take", "all who ever came", "regulars", "regulars, group lasted 12 years")


def live() -> dict[str, Paired]:
    """Group A as it is, and with people coming at random."""
    arm = arms_of([load(SCENARIOS / "groupA.yaml")])[0]
    at_random = arm.with_values("at random", "group A, people coming at random", {"joining.need_power": 0.0})
    return compare([arm, at_random], range(1, RUNS + 1))


def three_rows(found: dict[str, Paired], arm: str, population: str, week: int, names: tuple[str, ...]) -> list[str]:
    """Lines of a table: change, change of the twin, difference."""
    lines = []
    for row in effects_table(found).to_pylist():
        key = (row["arm"], row["population"], row["weeks"])
        if key == (arm, POPULATIONS[population], week) and row["outcome"] in {OUTCOME[name].label for name in names}:
            cells = [f"{signed(row[k], 3)} ({signed(row[k + '_low'], 3)} to {signed(row[k + '_high'], 3)})"
                     for k in ("change", "twin_change", "difference_with_before")]  # fmt: skip
            lines.append(f"| {row['outcome']} ({row['unit']}) | {' | '.join(cells)} |")
    return lines


HEAD = (
    "| {} | change since before | change of the same people without a group | paired difference |\n"
    "| --- | --- | --- | --- |"
)


def before(found: dict[str, Paired]) -> str:
    """Three figures side by side."""
    lines = three_rows(found, "groupA", "joined", WEEK, ("isolation", "stigma", "understanding", "coping"))
    head = HEAD.format("all who ever came to group A, two years after its opening")
    return f"{head}\n" + "\n".join(lines) + f"\n\n{RUNS} towns, 95 % intervals."


def need(found: dict[str, Paired]) -> str:
    """Coming in need against coming at random."""
    lines = []
    for arm, words in (("groupA", "coming in need"), ("at random", "coming at random")):
        lines += [
            line.replace("isolation (0-1)", words) for line in three_rows(found, arm, "joined", LAST, ("isolation",))
        ]
    head = HEAD.format("isolation of all who ever came, twelve years after the opening")
    return f"{head}\n" + "\n".join(lines)


def circle_sums(paired: Paired, circle: int, name: str) -> list[np.ndarray]:
    """Sums over runs for an effect size: of a circle of people, after twelve years."""
    keys = ("people", "difference", *YARDSTICK)
    population = ("eligible", "joined", "regulars", "regulars")[circle]
    sums = paired.of(name, population, LAST if circle == len(CIRCLES) - 1 else WEEK)
    return [sums[key] for key in keys]


def sizes(found: dict[str, Paired]) -> dict[str, Estimates]:
    """Standardised effects by circle: arrays over OUTCOMES."""
    made = {}
    for circle, words in enumerate(CIRCLES):
        columns = [circle_sums(found["groupA"], circle, name) for name in OUTCOMES]
        made[words] = bootstrap_sums(glass, *(np.stack(column, axis=1) for column in zip(*columns, strict=True)))
    return made


def circles(found: dict[str, Paired]) -> str:
    """The table of circles."""
    lines = ["| standardised effect of group A on | " + " | ".join(OUTCOME[name].label for name in OUTCOMES) + " |",
             "| --- |" + " --- |" * len(OUTCOMES)]  # fmt: skip
    for words, e in sizes(found).items():
        cells = [f"{signed(v)} ({signed(low)} to {signed(high)})"
                 for v, low, high in zip(e.value, e.low, e.high, strict=True)]  # fmt: skip
        lines.append(f"| {words} | " + " | ".join(cells) + " |")
    paired = found["groupA"]
    people = [int(paired.of("isolation", p, WEEK)["people"].sum()) for p in ("eligible", "joined", "regulars")]
    people.append(int(paired.of("isolation", "regulars", LAST)["people"].sum()))
    lasted = int((paired.closed_week < 0).sum())
    words = ", ".join(str(count) for count in people)
    lines += [
        "",
        f"After two years, the last row after twelve; {words} people in {RUNS} towns, of whose groups {lasted} lasted.",
    ]
    return "\n".join(lines)


def draw_courses(found: dict[str, Paired], path: Path) -> None:
    """Isolation and distress around first coming."""
    rows: list[dict[str, Any]] = course_table(found).to_pylist()
    figure = Figure(figsize=(9.2, 3.4))
    figure.subplots_adjust(0.065, 0.145, 0.99, 0.83, wspace=0.16)
    for axes, name in zip(figure.subplots(1, 2), ("isolation", "distress"), strict=True):
        draw_course(axes, [r for r in rows if r["arm"] == "groupA" and r["outcome"] == name], BLUE)
        axes.set_xlabel("years since first coming")
    handles = [Line2D([], [], color=BLUE, linewidth=2, label="people who came to group A, but for its founders"),
               Line2D([], [], color=TWIN, linewidth=2, label="the same people without a group")]  # fmt: skip
    figure.legend(handles=handles, loc="upper left", ncols=2, bbox_to_anchor=(0.0, 1.0))
    save(figure, path)


def draw_circles(found: dict[str, Paired], path: Path) -> None:
    """Effects by circle of people."""
    figure = Figure(figsize=(9.2, 4.4))
    axes = figure.subplots()
    figure.subplots_adjust(0.16, 0.12, 0.99, 0.87)
    looks = ((GREY, "o"), (ORANGE, "s"), (BLUE, "D"), (PURPLE, "^"))
    for k, ((words, e), (colour, marker)) in enumerate(zip(sizes(found).items(), looks, strict=True)):
        y = np.arange(len(OUTCOMES)) + (k - 1.5) * 0.19
        axes.hlines(y, e.low, e.high, color=colour, linewidth=1.8)
        axes.plot(e.value, y, linestyle="none", marker=marker, color=colour, markersize=5, label=words)
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.grid(True, axis="x")
    axes.grid(False, axis="y")
    axes.set_ylim(len(OUTCOMES) - 0.5, -0.5)
    axes.set_yticks(range(len(OUTCOMES)), [OUTCOME[name].label for name in OUTCOMES])
    axes.tick_params(axis="y", length=0)
    for edge in range(len(OUTCOMES) - 1):
        axes.axhline(edge + 0.5, color=PALE, linewidth=0.6)
    axes.set_xlabel("paired difference, in standard deviations of everyone eligible before joining")
    figure.legend(loc="upper left", ncols=4, bbox_to_anchor=(0.0, 1.0), columnspacing=1.2, handletextpad=0.2)
    save(figure, path)


def main() -> int:
    """Renew or check."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only say whether the numbers are up to date")
    check = parser.parse_args().check
    found = live()
    page = PAGE.read_text(encoding="utf-8")
    new = renewed(page, {"before": before(found), "need": need(found), "circles": circles(found)}, PAGE)
    if check:
        if new != page:
            print(f"{PAGE} is out of date; run: python docs/why/make_claims.py", file=sys.stderr)
        return int(new != page)
    PAGE.write_text(new, encoding="utf-8", newline="\n")
    with mpl.rc_context(RC):
        draw_courses(found, HERE / "claims-before-after.png")
        draw_circles(found, HERE / "claims-circles.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
