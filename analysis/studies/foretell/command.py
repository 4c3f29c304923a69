"""``foretell``: held-out figures, as the plausible space leads one to expect them."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.cli.common import Whole
from analysis.cli.help import ACCOUNTS, WithAccounts
from analysis.cli.study import Options, carry_out, study_options
from sim.problem import Problem
from sim.scenario import load_account


@click.command(cls=WithAccounts, examples=("foretell", "foretell --accounts full nothing --runs 100"))
@click.option(ACCOUNTS, multiple=True, metavar="ACCOUNT...", help="Only these.  [default: all with a plausible space]")
@click.option("--towns", type=Whole(1, 10_000), default=12, show_default=True, help="How many towns at each draw.")
@study_options(runs=40, fewest=5, out="results/foretell", of="How many draws of each plausible space.")
def command(accounts: tuple[str, ...], towns: int, options: Options) -> int:
    """Foretell outside figures that were never fitted, and say whether they come out.

    Figures that scenarios/evidence.yaml holds out are measured at draws of each account's plausible space. What comes
    out is recorded and left as it is: a figure that has been looked at is held out no more.
    """
    # Not above: `--help` and a wrong account's name should not wait for SciPy.
    from analysis.plausible.space import spaces_shipped  # noqa: PLC0415
    from analysis.studies.foretell.study import ForetellStudy  # noqa: PLC0415

    if options.account is not None:
        raise Problem("--account: `foretell` takes all accounts with a plausible space, or those named with --accounts")
    if options.settings or options.rules:
        raise Problem("--set, --rules: the plausible space says what parameters are; leave them out")
    names = list(dict.fromkeys(accounts or spaces_shipped()))
    if not names:
        raise Problem("no plausible space comes with this version; make them with `calibrate`")
    study = ForetellStudy.of([load_account(name, "--accounts: ") for name in names], options.runs, towns, options.seed)
    return carry_out(study, Path("results") / "foretell", options)
