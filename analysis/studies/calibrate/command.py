"""``calibrate``: what outside evidence leaves standing of each account's parameters."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.cli.common import Whole
from analysis.cli.help import ACCOUNTS, WithAccounts
from analysis.cli.study import Options, carry_out, study_options
from sim.problem import Problem
from sim.scenario import account_names, load_account


@click.command(
    cls=WithAccounts,
    examples=(
        "calibrate",
        "calibrate --accounts full nothing --places 400 --second 200",
        "calibrate --accounts learning --bank /data/bank --out results/calibrate-learning",
    ),
)
@click.option(ACCOUNTS, multiple=True, metavar="ACCOUNT...", help="Only these.  [default: all that come with Sameboat]")
@click.option("--places", type=Whole(100, 1_000_000), default=600, show_default=True,
              help="How many places of the prior are lived.")  # fmt: skip
@click.option("--second", type=Whole(20, 1_000_000), default=300, show_default=True,
              help="How many places that these leave standing are lived too.")  # fmt: skip
@click.option("--draws", type=Whole(100, 100_000), default=2000, show_default=True,
              help="How many draws are left standing and kept.")  # fmt: skip
@click.option("--bank", type=click.Path(path_type=Path), help="Folder in which lives are kept; a calibration goes on "
              "from there.  [default: results/calibrate-bank]")  # fmt: skip
@study_options(runs=4, fewest=2, out="results/calibrate", of="How many towns at each place.", large=["ranks"])
def command(
    accounts: tuple[str, ...], places: int, second: int, draws: int, bank: Path | None, options: Options
) -> int:
    """Hold every account's parameters against outside evidence, and keep what is not ruled out.

    Places of the prior are lived, each figure of scenarios/evidence.yaml is measured in them by its virtual study, and
    emulators learn what it comes to anywhere. What fits the evidence, given how far it and the model may be wrong, is
    left standing: the plausible space, in which verdicts are read. None of the paper's claims is among the evidence.
    All accounts take about an hour and a half on two cores. Stopped or killed, the same command goes on.
    """
    # Not above: `--help` and a wrong account's name should not wait for SciPy.
    from analysis.studies.calibrate.account import Effort  # noqa: PLC0415
    from analysis.studies.calibrate.study import BANK, CalibrateStudy  # noqa: PLC0415

    try:
        import sklearn  # noqa: F401, PLC0415  (an extra)
    except ImportError:
        raise Problem("calibrate: needs scikit-learn; install it with: pip install -e '.[calibrate]'") from None
    if options.account is not None:
        raise Problem("--account: `calibrate` takes all accounts, or those named with --accounts; remove it")
    if options.settings or options.rules:
        raise Problem("--set, --rules: what parameters may be is what `calibrate` asks; leave them out")
    names = list(dict.fromkeys(accounts or account_names()))
    found = [load_account(name, "--accounts: ") for name in names]
    few = Effort()  # of fewer places, fewer are lived twice, kept back and lived again
    effort = Effort(places, second, options.runs, min(few.twice, places // 5), min(few.known, places // 20),
                    min(few.left, places // 20), draws)  # fmt: skip
    study = CalibrateStudy.of(found, effort, options.seed)
    study.bank = bank or BANK
    return carry_out(study, Path("results") / "calibrate", options)
