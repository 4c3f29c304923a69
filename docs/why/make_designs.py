"""Renew the numbers and figures of docs/why/designs.md: what each design would publish, and what was true.

python docs/why/make_designs.py           renew them (some minutes)
python docs/why/make_designs.py --check   exit with 1 if the numbers are out of date
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from page_numbers import renewed, save

from analysis.figures.palette import BLUE, GREEN, GREY, INK, ORANGE, PALE, PURPLE, SKY, VERMILLION
from analysis.figures.style import RC
from analysis.studies.study.burden import burden_of
from analysis.studies.study.figures import draw_power
from analysis.studies.study.study import DO, POWER, Done, VirtualStudy
from analysis.studies.study.studyfile import read_study
from analysis.studies.study.tables import mean_of, sd_of
from analysis.words.numbers import count, fixed, percent, signed
from sim.scenario import load_account

HERE = Path(__file__).parent
PAGE = HERE / "designs.md"
STUDIES = HERE.parents[1] / "scenarios" / "studies"
TOWNS, REPETITIONS = 200, 200
PEOPLE = ("interviews", "regulars", "before-after", "matched", "waiting-list", "cluster-trial", "stepped-wedge")
WORDS = {
    "interviews": "the paper's interviews", "regulars": "cohort of regulars", "before-after": "before and after",
    "matched": "matched comparison", "waiting-list": "waiting-list trial", "cluster-trial": "cluster-randomised trial",
    "stepped-wedge": "stepped wedge",
}  # fmt: skip
CAUSES = {
    "selection": ("who takes part", BLUE), "comparison": ("change by itself, or who is compared", SKY),
    "contamination": ("others who have the group as well", GREY), "attrition": ("who is lost", GREEN),
    "measurement": ("instruments", PURPLE), "telling": ("telling it kindly", VERMILLION),
}  # fmt: skip


def done(name: str, account: str = "full", mode: str = DO) -> Done:
    """A study that comes with Sameboat, under an account."""
    plan = read_study(STUDIES / f"{name}.yaml", account=load_account(account, ""))
    study = VirtualStudy.of([plan], mode, 1, TOWNS, REPETITIONS)
    return study.live().done[0]


def designs(found: dict[str, Done]) -> str:
    """A row for each design."""
    lines = ["| design | people, hours | would publish | true of them | true of all it is read as about | intervals "
             "that hold that | reports a difference |", "| --- | --- | --- | --- | --- | --- | --- |"]  # fmt: skip
    for name in PEOPLE:
        one = found[name].repeated
        t, m = one.primary
        burden = burden_of(found[name].line.said, one)
        published = one.published[:, t, m, 0]
        lines.append(
            f"| [{WORDS[name]}](../../scenarios/studies/{name}.yaml) | {count(burden.people)}, {count(burden.hours)} | "
            f"{signed(mean_of(published), 3)} ± {fixed(sd_of(published), 3)} | "
            f"{signed(mean_of(one.same[:, t, m]), 3)} | {signed(float(one.about[t, m]), 3)} | "
            f"{percent(float(one.covered()[t, m]))} | {percent(float(one.power()[t, m]))} |"
        )
    lines += ["", f"Isolation (0-1) at the primary follow-up, under the account `full`. {TOWNS} towns lived for each, "
              f"each design done {REPETITIONS} times; ±: standard deviation over these."]  # fmt: skip
    return "\n".join(lines)


def causes(found: dict[str, Done]) -> str:
    """The bias of each design, cause by cause."""
    lines = ["| design | " + " | ".join(words for words, _ in CAUSES.values()) + " | together |",
             "| --- |" + " --- |" * (len(CAUSES) + 1)]  # fmt: skip
    for name in PEOPLE:
        sizes = split(found[name])
        cells = [signed(size, 3) for size in (*sizes.values(), sum(sizes.values()))]
        lines.append(f"| {WORDS[name]} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def split(one: Done) -> dict[str, float]:
    """What each cause adds."""
    found = one.repeated
    sizes = {step: mean_of(found.biases[:, k]) for k, step in enumerate(found.steps)}
    return {step: float(np.nan_to_num(sizes.get(step, 0.0))) for step in CAUSES}


def nothing(found: dict[str, Done]) -> str:
    """Before and after where groups do nothing, beside a trial."""
    lines = ["| account `nothing` | outcome | would publish | true | intervals that hold that | reports a difference |",
             "| --- | --- | --- | --- | --- | --- |"]  # fmt: skip
    for name in ("before-after", "waiting-list"):
        one = found[f"{name}, nothing"].repeated
        t = one.primary[0]
        for measure in ("isolation", "distress"):
            m = one.measures.index(measure)
            lines.append(f"| {WORDS[name]} | {measure} | {signed(mean_of(one.published[:, t, m, 0]), 3)} | "
                         f"{signed(float(one.about[t, m]), 3)} | {percent(float(one.covered()[t, m]))} | "
                         f"{percent(float(one.power()[t, m]))} |")  # fmt: skip
    return "\n".join(lines)


def others(found: dict[str, Done]) -> str:
    """Registers, diary and surveys."""
    lines = ["| study | what | would publish | true | intervals that hold that |", "| --- | --- | --- | --- | --- |"]
    for name, what in (
        ("register", "share of groups that end within 3 years"),
        ("register-corrected", "the same, each counted from the age at which it was first seen"),
        ("diary", "distress in weeks with a contact minus weeks without"),
        ("outside-isolation-distress", "correlation of isolation and distress"),
        ("outside-isolation-year", "correlation of isolation with itself a year later"),
    ):
        one = found[name].repeated
        t, m = one.primary
        form = signed if name == "diary" else fixed
        lines.append(f"| [{name}](../../scenarios/studies/{name}.yaml) | {what} | "
                     f"{form(mean_of(one.published[:, t, m, 0]), 3)} | {form(float(one.about[t, m]), 3)} | "
                     f"{percent(float(one.covered()[t, m]))} |")  # fmt: skip
    return "\n".join(lines)


def power(one: Done) -> str:
    """How large the waiting-list trial must be."""
    planned = one.planned
    assert planned is not None
    assert planned.plainly is not None
    lines = ["| towns | people | hours of theirs | reports a difference | if nobody told it kindly |",
             "| --- | --- | --- | --- | --- |"]  # fmt: skip
    plain = dict(zip(planned.plainly.sizes, planned.plainly.power, strict=True))
    place = one.repeated.primary
    for k, size in enumerate(planned.sizes):
        without = percent(float(plain[size][place])) if size in plain else ""
        lines.append(f"| {count(size)} | {count(planned.people[k])} | {count(planned.hours[k])} | "
                     f"{percent(float(planned.power[(k, *place)]))} | {without} |")  # fmt: skip
    return "\n".join(lines)


def draw_designs(found: dict[str, Done], path: Path) -> None:
    """Published beside true, a row for each design."""
    figure = Figure(figsize=(9.2, 4.2))
    axes = figure.subplots()
    figure.subplots_adjust(0.215, 0.13, 0.985, 0.88)
    for k, name in enumerate(PEOPLE):
        one = found[name].repeated
        t, m = one.primary
        values = one.published[:, t, m, 0]
        low, high = np.nanquantile(values, [0.025, 0.975])
        axes.hlines(k - 0.14, low, high, color=VERMILLION, linewidth=1.5)
        axes.plot(mean_of(values), k - 0.14, "o", color=VERMILLION, markersize=6)
        axes.plot(mean_of(one.same[:, t, m]), k + 0.08, "s", color=GREEN, markersize=5.5)
        axes.plot(one.about[t, m], k + 0.26, "D", color=BLUE, markersize=5)
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_yticks(range(len(PEOPLE)), [WORDS[name] for name in PEOPLE])
    axes.set_ylim(len(PEOPLE) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(True, axis="x")
    axes.grid(False, axis="y")
    for edge in range(len(PEOPLE) - 1):
        axes.axhline(edge + 0.5, color=PALE, linewidth=0.6)
    axes.set_xlabel("isolation (0-1): change, or difference from those without a group")
    handles = [
        Line2D([], [], color=VERMILLION, marker="o", markersize=6, label="would be published (95 % of repetitions)"),
        Line2D([], [], color=GREEN, marker="s", linestyle="", markersize=5.5, label="true of those who took part"),
        Line2D([], [], color=BLUE, marker="D", linestyle="", markersize=5, label="true of all it is read as about"),
    ]
    figure.legend(handles=handles, loc="upper left", ncols=3, bbox_to_anchor=(0.0, 1.0), columnspacing=1.4)
    save(figure, path)


def draw_causes(found: dict[str, Done], path: Path) -> None:
    """The bias of each design: bars of causes, those that flatter to the left, the others to the right of zero."""
    figure = Figure(figsize=(9.2, 4.2))
    axes = figure.subplots()
    figure.subplots_adjust(0.215, 0.13, 0.985, 0.83)
    for k, name in enumerate(PEOPLE):
        left = right = 0.0
        for step, size in split(found[name]).items():
            start = left if size < 0 else right
            axes.barh(k, size, left=start, color=CAUSES[step][1], height=0.55)
            left, right = left + min(size, 0.0), right + max(size, 0.0)
        axes.plot(left + right, k, "o", color=ORANGE, markeredgecolor=INK, markersize=6)
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_yticks(range(len(PEOPLE)), [WORDS[name] for name in PEOPLE])
    axes.set_ylim(len(PEOPLE) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(True, axis="x")
    axes.grid(False, axis="y")
    axes.set_xlabel("published minus true, isolation (0-1); below zero: flattering")
    handles = [Patch(color=colour, label=words) for words, colour in CAUSES.values()]
    handles.append(Line2D([], [], color=ORANGE, marker="o", linestyle="", markeredgecolor=INK, markersize=6,
                          label="together"))  # fmt: skip
    figure.legend(handles=handles, loc="upper left", ncols=4, bbox_to_anchor=(0.0, 1.0), columnspacing=1.4)
    save(figure, path)


def main() -> int:
    """Renew or check."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only say whether the numbers are up to date")
    check = parser.parse_args().check
    names = (*PEOPLE, "register", "register-corrected", "diary", "outside-isolation-distress", "outside-isolation-year")
    found = {name: done(name) for name in names}
    found |= {f"{name}, nothing": done(name, "nothing") for name in ("before-after", "waiting-list")}
    larger = done("waiting-list", mode=POWER)
    page = PAGE.read_text(encoding="utf-8")
    made = {"designs": designs(found), "causes": causes(found), "nothing": nothing(found), "others": others(found),
            "power": power(larger)}  # fmt: skip
    new = renewed(page, made, PAGE)
    if check:
        if new != page:
            print(f"{PAGE} is out of date; run: python docs/why/make_designs.py", file=sys.stderr)
        return int(new != page)
    PAGE.write_text(new, encoding="utf-8", newline="\n")
    with mpl.rc_context(RC):
        draw_designs(found, HERE / "designs-published.png")
        draw_causes(found, HERE / "designs-bias.png")
        save(draw_power([larger]).figure, HERE / "designs-power.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
