"""``verdicts``: every claim of the paper under every account of how a group could work."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.cli.common import read_rules
from analysis.cli.help import ACCOUNTS, WithAccounts
from analysis.cli.plausible import add_plausible, plausible_options
from analysis.cli.study import Options, carry_out, study_options
from sim.problem import Problem
from sim.scenario import account_names, load_account
from sim.scenario_text import parse_setting


@click.command(
    cls=WithAccounts,
    examples=(
        "verdicts",
        "verdicts --accounts nothing company learning --runs 50",
        "verdicts --claim C17 --claim C26",
        "verdicts --accounts company full --claim C17 --plausible 20",
    ),
)
@click.option("--claim", "ids", multiple=True, metavar="ID", help="Only this one; may be given again.")
@click.option(ACCOUNTS, multiple=True, metavar="ACCOUNT...", help="Only these.  [default: all that come with Sameboat]")
@study_options(runs=40, fewest=3, out="results/verdicts")
@plausible_options()
def command(ids: tuple[str, ...], accounts: tuple[str, ...], options: Options) -> int:
    """Try every claim of the paper under every account of how such a group could work.

    A grid of claims by accounts: under which does each hold, fail, or stay open? Then which observation would tell
    each two accounts apart, and in how many towns one would have to look. All claims under all accounts take about a
    quarter of an hour on two cores; all over plausible space (--plausible), several times that. Ctrl-C keeps the
    accounts that were reached.
    """
    # Not above: `--help` and a wrong claim should not wait for SciPy.
    from analysis.studies.claims.index import claims_of  # noqa: PLC0415
    from analysis.studies.verdicts.study import VerdictsStudy  # noqa: PLC0415

    if options.account is not None:
        raise Problem("--account: `verdicts` tries all accounts, or those named with --accounts; remove it")
    names = list(dict.fromkeys(accounts or account_names()))
    found = [load_account(name, "--accounts: ") for name in names]
    changes = dict(parse_setting(text) for text in options.settings)
    study = VerdictsStudy.of(claims_of(ids), found, options.runs, options.seed, changes, read_rules(options.rules))
    add_plausible(study, options, *found)
    return carry_out(study, Path("results") / "verdicts", options)
