"""``claims``: try the paper's claims on the same people with and without the group."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.cli.common import read_account, read_rules
from analysis.cli.help import Command
from analysis.cli.plausible import add_plausible, plausible_options
from analysis.cli.study import Options, carry_out, study_options
from sim.scenario_text import parse_setting


@click.command(
    cls=Command,
    examples=(
        "claims --list",
        "claims --claim C17 --runs 100",
        "claims --estimands --claim C17",
        "claims --runs 200",
        "claims --claim C17 --rests 20",
        "claims --account full --plausible 60",
        "claims --at-centre --runs 40",
        "claims --set ties.isolation_per_tie=0 --out results/claims-no-company",
        "claims --claims my_claims.py --claim HOUR --claim C17",
    ),
)
@click.option(
    "--claim", "ids", multiple=True, metavar="ID", help="Try this one and tell it in full; may be given again."
)
@click.option(
    "--claims",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A Python file with claims of your own, tried beside the paper's; its code is run.",
)
@click.option(
    "--rests", type=click.IntRange(0), default=0, metavar="TOWNS",
    help="Find what each verdict rests on: every mechanism off, every parameter at nothing and at both ends of its "
    "plausible range, one at a time, in so many of the towns; 20 will do. One claim: minutes; all of them: an hour.",
)  # fmt: skip
@click.option("--list", "only_list", is_flag=True, help="List the claims, their tests and thresholds; run nothing.")
@click.option(
    "--estimands", "only_estimands", is_flag=True,
    help="Say what each claim asks: of whom, against what, on what, what becomes of leavers; run nothing.",
)  # fmt: skip
@study_options(runs=200, fewest=3, out="results/claims", large=["looks"])
@plausible_options(by_default=True)
def command(
    ids: tuple[str, ...], file: Path | None, rests: int, only_list: bool, only_estimands: bool, options: Options
) -> int:
    """Try the claims of the paper, C1 to C33, and those of your own.

    Each claim has a contrast, a population, an outcome and a threshold that was set before the claims were tried.
    All arms are lived on the same people with the same lives, each against its twin without a group, and each
    verdict rests on 95 % intervals. Built-in rules are verified, never found. With --set a mechanism can be taken
    out, to see which verdicts hang on it. Where a plausible space of the account comes with Sameboat, the claims are
    also tried all over it, beside the centre (--plausible, --at-centre). Ctrl-C keeps the runs, and the draws of
    plausible space, that were finished.
    """
    # Not above: `--help` and a wrong claim should not wait for SciPy.
    from analysis.studies.claims.index import claims_of  # noqa: PLC0415
    from analysis.studies.claims.own import load_claims  # noqa: PLC0415

    own = load_claims(file) if file else None
    claims = claims_of(ids, own.claims if own else ())
    if only_list or only_estimands:
        from analysis.studies.claims.show import estimands, listing  # noqa: PLC0415

        click.echo((estimands if only_estimands else listing)(claims), nl=False)
        return 0
    from analysis.studies.claims.study import ClaimsStudy  # noqa: PLC0415

    changes = dict(parse_setting(text) for text in options.settings)
    rules, account = read_rules(options.rules), read_account(options.account)
    study = ClaimsStudy.of(claims, options.runs, options.seed, changes, rules, own=own, account=account, rests=rests)
    name = "-".join(["claims", *(claim.id for claim in claims if ids), *(["rests"] if rests else [])])
    add_plausible(study, options, account, by_default=True)
    return carry_out(study, Path("results") / name, options)
