"""``compare``: scenarios on the same people with the same lives, each against its twin without a group."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from analysis.cli.common import Real, Several, Whole, read_account, weeks_option
from analysis.cli.help import ACCOUNTS, WithAccounts
from analysis.cli.plausible import add_plausible, plausible_options
from analysis.cli.study import Options, carry_out, study_options
from sim.mistakes import shown
from sim.problem import Problem
from sim.relations import WEEKS_IN_YEAR
from sim.scenario import Scenario
from sim.yaml_lines import YamlError, read_value

if TYPE_CHECKING:
    from analysis.compare.arms import Arm

ARM_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9 _.,()+-]{0,38}[A-Za-z0-9_)+-])?")  # part of the names of files
FORM = 'expected "NAME: SCENARIO CHANGES", such as "no line: groupB group.phone_line=false"'


@click.command(
    cls=WithAccounts,
    examples=(
        "compare scenarios/groupA.yaml scenarios/groupB.yaml scenarios/absent.yaml --runs 200",
        "compare scenarios/groupA.yaml scenarios/befriending.yaml --precision 0.02",
        "compare scenarios/groupA.yaml --weeks 208 --set ties.isolation_per_tie=0 --out results/no-company",
        'compare groupB --arm "no line: groupB group.phone_line=false" --title "no line=Without its phone line"',
        "compare groupA groupB --years 1,3,10 --seeds 3,7,11,12",
        "compare groupA --accounts company learning full --runs 100",
        "compare groupA --account full --runs 100 --plausible 60",
    ),
)
@click.argument("files", nargs=-1)
@click.option(
    "--arm", "more", multiple=True, metavar='"NAME: SCENARIO CHANGES"',
    help="One more arm: a scenario with single changes, each SECTION.NAME=VALUE; may be given again.",
)  # fmt: skip
@click.option(
    "--title", "titles", multiple=True, metavar="NAME=TITLE", help="Another title for an arm; may be given again."
)
@click.option(
    ACCOUNTS, multiple=True, metavar="ACCOUNT...",
    help="Each scenario under each of these accounts of how a group works, as an arm; see `accounts`.",
)  # fmt: skip
@weeks_option
@click.option(
    "--years", type=Several(Real(0, 1000, min_open=True)), metavar="YEARS",
    help="When to look, in years since the opening, such as 1,2,5; people are looked at every four weeks, so at the "
    "last look by then.  [default: 1,2,4,8,12, as far as the runs go]",
)  # fmt: skip
@click.option(
    "--seeds", type=Several(Whole(0)), metavar="SEEDS", help="The seeds, such as 3,7,11, instead of --runs and --seed."
)
@click.option(
    "--precision", type=Real(0, 2, min_open=True), default=0.05, show_default=True,
    help="Say how many runs give intervals of plus or minus this, as a standardised effect.",
)  # fmt: skip
@click.option(
    "--reliability", type=Real(0, 1, min_open=True), default=1.0, show_default=True,
    help="Say also what standardised effects look like on instruments of this reliability.",
)  # fmt: skip
@study_options(runs=200, fewest=2, out="results/compare-NAMES", large=["people"])
@plausible_options()
def command(
    files: tuple[str, ...], more: tuple[str, ...], titles: tuple[str, ...], accounts: tuple[str, ...],
    weeks: int | None, years: list[float] | None, seeds: list[int] | None, precision: float, reliability: float,
    options: Options,
) -> int:  # fmt: skip
    """Live each scenario in FILES on the same people with the same lives, and compare.

    Every arm is held against its own twin: the same town, people and luck without the group. Three figures stand side
    by side throughout: how people changed since before they came, how their twins changed over the same time, and
    the paired difference, which alone was caused by the group. Written are a report to read in a browser
    (report.html), all tables (Parquet and CSV), figures, a summary and a record. Ctrl-C keeps the runs that were
    finished. With --accounts the arms are the same scenario under several accounts; where an account says who people
    are, people differ between arms, and it is said.
    """
    # Not above: `--help` and a wrong file's name should not wait for SciPy.
    from analysis.compare.arms import arms_of  # noqa: PLC0415
    from analysis.studies.compare.study import CompareStudy  # noqa: PLC0415

    settings: dict[str, Any] = {"precision": precision}
    settings |= {"reliability": reliability} if reliability < 1 else {}
    first, runs = options.seed, options.runs
    if seeds is not None:
        first, runs, settings["seeds"] = seeds[0], len(seeds), _listed_seeds(seeds)
    last = max(seeds or [first + runs - 1])  # whether that is a seed is seen here, not after all other runs
    if accounts and options.account is not None:
        raise Problem("--accounts: names all accounts, so leave --account out")
    under = [options._replace(account=account) for account in accounts] or [options]
    scenarios = [_named(one.scenario(file, last, weeks), accounts) for file in files for one in under]
    of_files = len(scenarios)
    scenarios += [_named(_read_arm(text, last, weeks, one), accounts) for text in more for one in under]
    if not scenarios:
        raise Problem(f"found no scenario to compare; name one, such as groupA, or give --arm: {FORM}")
    names = [scenario.name.casefold() for scenario in scenarios]
    if twice := [one.name for one in scenarios[of_files:] if names.count(one.name.casefold()) > 1]:
        raise Problem(f"--arm {twice[0]}: another arm has that name; give each a name of its own")
    arms = _titled(arms_of(scenarios, across_accounts=True), titles)
    if not any(arm.has_group for arm in arms) and len(arms) == 1:
        raise Problem(
            f"{(*files, *names)[0]}: has no group, so there is nothing to compare it with; name another scenario too"
        )
    if years is not None:
        settings["years"] = _looks(years, arms[0].values["run.weeks"])
    name = "compare-" + "-".join(arm.name for arm in arms)[:100].replace(" ", "")
    study = CompareStudy(arms, first, runs, settings)
    add_plausible(study, options, *(read_account(one.account) for one in under))
    return carry_out(study, Path("results") / name, options)


def _named(scenario: Scenario, accounts: Sequence[str]) -> Scenario:
    """A scenario called after its account as well, where there are several."""
    if not accounts or scenario.account is None:
        return scenario
    account, title = scenario.account.name, scenario.title or scenario.name
    return replace(scenario, name=f"{scenario.name}-{account}", title=f"{title}; under the account {account}")


def _listed_seeds(seeds: list[int]) -> list[int]:
    """The seeds, all different, with nothing else said of them."""
    for other in ("seed", "runs"):
        if click.get_current_context().get_parameter_source(other) is ParameterSource.COMMANDLINE:
            raise Problem(f"--seeds: lists the seeds, so leave --{other} out")
    twice = next((seed for k, seed in enumerate(seeds) if seed in seeds[:k]), None)
    if twice is not None or len(seeds) < 2:
        found = f"seed {twice} twice" if twice is not None else "one seed"
        raise Problem(f"--seeds: found {found}, expected at least two different seeds, such as 3,7,11")
    return seeds


def _looks(years: list[float], total: int) -> list[float]:
    """When to look, in order, each within the runs and at a look of its own."""
    from analysis.compare.panel import EVERY  # noqa: PLC0415 - as above

    rows: dict[int, float] = {}
    for year in sorted(years):
        week = round(year * WEEKS_IN_YEAR)
        if week > total:
            raise Problem(f"--years: found {year:g}, and the runs end after {total} weeks, which are "
                          f"{total / WEEKS_IN_YEAR:.3g} years; leave it out, or make --weeks longer")  # fmt: skip
        if week < EVERY or week // EVERY in rows:
            other = f"the same look as {rows[week // EVERY]:g}" if week >= EVERY else "before the first look"
            raise Problem(f"--years: found {year:g}, which is {other}; people are looked at every {EVERY} weeks")
        rows[week // EVERY] = year
    return list(rows.values())


def _read_arm(text: str, seed: int, weeks: int | None, options: Options) -> Scenario:
    """A scenario with single changes, as --arm gives it; its own changes count more than those of --set."""
    name, colon, rest = (part.strip() for part in text.partition(":"))
    file, *parts = re.split(r"\s+(?=\w+\.\w+\s*=)", rest)
    if not colon or not file:
        raise Problem(f"--arm {shown(text)}: {FORM}")
    if not ARM_NAME.fullmatch(name):
        raise Problem(f"--arm: found the name {shown(name)}, expected at most 40 letters, digits, spaces and "
                      "_ . , ( ) + -, such as no line")  # fmt: skip
    changes: dict[str, Any] = {}
    for part in parts:
        key, _, value = (half.strip() for half in part.partition("="))
        try:
            changes[key] = read_value(value)
        except YamlError as problem:
            raise Problem(f"--arm {name}: {key}: {problem}; quote the value if it is text") from None
    scenario = options.scenario(file, seed, weeks)
    scenario = scenario.with_values(changes, origin=f"--arm {name}:")
    if not parts:
        return replace(scenario, name=name)
    changed = "; ".join(parts)
    title = f"{scenario.title or scenario.name}; {changed}"
    return replace(scenario, name=name, title=title, question=f"What differs with {changed}?")


def _titled(arms: list[Arm], titles: Sequence[str]) -> list[Arm]:
    """The arms with the titles asked for."""
    from analysis.results.record import printable  # noqa: PLC0415 - as above

    asked = {}
    for text in titles:
        name, _, title = (part.strip() for part in text.partition("="))
        if name not in {arm.name for arm in arms} or not title:
            known = ", ".join(arm.name for arm in arms)
            raise Problem(f"--title {shown(text)}: expected NAME=TITLE, with the name of an arm: {known}")
        asked[name] = printable(title)
    return [replace(arm, title=asked.get(arm.name, arm.title)) for arm in arms]
