"""``study``: what a study of groups would publish, against what its people and their twins show."""

from __future__ import annotations

from pathlib import Path

import click

import scenarios
from analysis.cli.common import Real, Whole, find_file, read_account, read_rules
from analysis.cli.help import Command
from analysis.cli.plausible import add_plausible, plausible_options
from analysis.cli.study import Options, carry_out, study_options
from sim.own_rules import RULES
from sim.problem import Problem
from sim.scenario_text import parse_setting

ACCOUNTS, TELL = "--accounts", "--tell"
FOLDER = scenarios.FOLDER / "studies"


class WithNames(Command):
    """Takes several names after one ``--accounts`` or ``--tell``, up to the next option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the option before each of these names, as Click has it."""
        given: list[str] = []
        listing = ""
        for word in args:
            if word in (ACCOUNTS, TELL):
                listing = word
            elif word.startswith("-"):
                listing = ""
            elif listing and given[-1] != listing:
                given.append(listing)
            given.append(word)
        return super().parse_args(ctx, given)


@click.command(
    cls=WithNames,
    examples=(
        "study waiting-list",
        "study before-after --account nothing",
        "study before-after --account full --plausible 20",
        "study cluster-trial --power 0.8 --accounts full company",
        "study waiting-list --power 0.8 --account full --plausible 24",
        "study waiting-list diary regulars --tell learning safety-net",
        "study scenarios/studies/stepped-wedge.yaml --runs 400 --repetitions 500 --out results/wedge",
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--power", type=Real(0.1, 0.99), help="Find the size that has this power, such as 0.8.")
@click.option(
    "--by", type=click.Choice(["towns", "people"]), default="towns", show_default=True,
    help="With --power: what grows, the number of towns or how many people of each are asked at most.",
)  # fmt: skip
@click.option(
    ACCOUNTS, multiple=True, metavar="ACCOUNT...",
    help="The study under each of these accounts of how a group works; see `accounts`.",
)  # fmt: skip
@click.option(
    TELL, multiple=True, metavar="ACCOUNT ACCOUNT", help="Which of the studies in FILES tells these two accounts apart."
)
@click.option(
    "--repetitions", type=Whole(2, 100_000), default=200, show_default=True, help="How often each study is done."
)
@study_options(runs=200, fewest=4, out="results/study-NAME", of="How many towns are lived.", large=["repetitions"])
@plausible_options(towns=40)
def command(
    files: tuple[str, ...], power: float | None, by: str, accounts: tuple[str, ...], tell: tuple[str, ...],
    repetitions: int, options: Options,
) -> int:  # fmt: skip
    """Do a study many times in simulated towns, and say what it would publish and what was true.

    FILE says who is approached, who agrees, who gets what, what is asked, who is lost and how it is analysed. Every
    person of every town is lived with the group and without, so that what is published can be held against what was
    true of the same people, and the difference taken apart. Nothing here is advice to run such a study. Stopped or
    killed, the same command goes on where it was.
    """
    # Not above: `--help` and a wrong file's name should not wait for SciPy.
    from analysis.studies.study.analyse import statsmodels  # noqa: PLC0415
    from analysis.studies.study.study import APART, DO, POWER, VirtualStudy  # noqa: PLC0415
    from analysis.studies.study.studyfile import read_study  # noqa: PLC0415

    if sum(map(bool, (power, tell))) > 1:
        raise Problem("--tell and --power are two questions; ask one at a time")
    if tell and (len(tell) != 2 or tell[0] == tell[1]):
        raise Problem(f"--tell: found {len(tell)} names, expected two different accounts, such as learning safety-net")
    if (accounts or tell) and options.account is not None:
        raise Problem(f"{ACCOUNTS if accounts else TELL}: names all accounts, so leave --account out")
    if accounts and tell:
        raise Problem("--tell names the two accounts, so leave --accounts out")
    if len(files) > 1 and not tell:
        raise Problem(f"found {len(files)} studies, expected one; only --tell holds several against each other")
    if by != "towns" and not power:
        raise Problem("--by people: says what grows with --power; give both")
    changes = dict(parse_setting(text) for text in options.settings)
    rules = read_rules(options.rules)
    named: list[str | None] = [*dict.fromkeys(tell or accounts)] or [options.account]
    plans = [read_study(find_file(file, FOLDER, "study"), {**changes, RULES: rules}, read_account(account))
             for file in dict.fromkeys(files) for account in named]  # fmt: skip
    if len({plan.name for plan in plans}) * len(named) != len(plans):
        raise Problem("two of these files have the same `study:`; give each a name of its own")
    if any(plan.said.analysis.by in ("ancova", "mixed model", "survival") for plan in plans):
        statsmodels()
    mode = APART if tell else POWER if power else DO
    study = VirtualStudy.of(plans, mode, options.seed, options.runs, repetitions, power or 0.8, by)
    add_plausible(study, options, *(read_account(one) for one in named))
    ending = {APART: f"tell-{'-'.join(tell)}", POWER: f"{plans[0].name}-power", DO: plans[0].name}[mode]
    return carry_out(study, Path("results") / f"study-{ending}", options)
