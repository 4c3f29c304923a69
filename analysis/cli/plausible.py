"""The options with which a study is read all over plausible space, and what they ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from analysis.cli.common import Whole
from sim.problem import Problem
from sim.scenario import Scenario, account_names, load_account
from sim.scenario_text import parse_setting

if TYPE_CHECKING:
    from analysis.cli.study import Options
    from analysis.studies.frame import Study

DRAWS, TOWNS = 40, 5  # as in ``analysis.plausible.plan``, which waits for Numba
MOST_DRAWS, MOST_TOWNS = 10_000, 100_000
Command = Callable[..., Any]


def plausible_options(*, towns: int = TOWNS, by_default: bool = False) -> Callable[[Command], Command]:
    """Give a command the options; it stands below ``study_options``.

    Args:
        towns: in how many each draw is lived, by default.
        by_default: whether it is done without being asked for, where the account's space comes with Sameboat.
    """
    said = (
        f"  [default: {DRAWS}, where the account's space comes with Sameboat]"
        if by_default
        else f"  [without a number: {DRAWS}]"
    )
    options = [
        click.option(
            "--plausible", is_flag=False, flag_value=DRAWS, type=Whole(1, MOST_DRAWS), metavar="[DRAWS]",
            help=f"Also at so many draws of the account's plausible space, beside the centre.{said}",
        ),
        click.option(
            "--plausible-file", type=click.Path(path_type=Path), metavar="FILE",
            help="A plausible space in a file, in place of the one that comes with Sameboat.",
        ),
        click.option(
            "--plausible-towns", type=Whole(3, MOST_TOWNS), default=towns, show_default=True, metavar="TOWNS",
            help="In how many of the towns each draw is lived, the same ones for every draw.",
        ),
        *([click.option("--at-centre", is_flag=True, help="Only the account as it stands, not its plausible space.")]
          if by_default else []),
    ]  # fmt: skip

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def add_plausible(
    study: Study, options: Options, *accounts: Scenario | None, by_default: bool = False, keep: Sequence[str] = ()
) -> None:
    """Have a study read all over plausible space, if that is asked for.

    Args:
        study: what is asked.
        options: as given.
        *accounts: those that the user has named, by name or as files.
        by_default: do it where spaces come with Sameboat, even if it is not asked for.
        keep: parameters that the study itself sets, beside those of ``--set``.

    Raises:
        Problem: if there is no space of an account, it is of another one, or options stand against each other.
    """
    wanted = options.plausible is not None or options.plausible_file is not None
    if options.at_centre:
        if wanted:
            raise Problem("--at-centre: leaves plausible space out, which --plausible asks for; remove one of them")
        return
    from analysis.plausible.centre import account_itself  # noqa: PLC0415 - brings the model
    from analysis.plausible.plan import PLAUSIBLE, Plan, Plausible, account_of_arm  # noqa: PLC0415
    from analysis.plausible.space import load_space, spaces_shipped  # noqa: PLC0415

    under = list(dict.fromkeys(account_of_arm(arm) for arm in study.arms if arm.has_group)) or ["first"]
    under += [name for name in dict.fromkeys(account_of_arm(arm) for arm in study.arms) if name not in under]
    if not wanted and not (by_default and set(map(account_itself, under)) <= set(spaces_shipped())):
        return
    file = options.plausible_file
    if file is not None and len(under) > 1:
        raise Problem(f"--plausible-file: is the space of one account, and this is lived under {', '.join(under)}; "
                      "name one of them with --account")  # fmt: skip
    values = _values_of(under, accounts)
    held = [*keep, *(parse_setting(text)[0].partition("@")[0] for text in options.settings)]
    plans = {}
    for name in under:
        space = load_space(file if file is not None else account_itself(name))
        if space.account != account_itself(name):
            raise Problem(f"{space.path}: is the plausible space of {space.account}, and this is lived under {name}; "
                          f"add --account {space.account}")  # fmt: skip
        plans[name] = Plan.of(space, values[name], options.plausible or DRAWS, options.seed, held)
    plausible = Plausible(plans, options.plausible_towns)
    for arm in study.arms:  # better refused now than after the centre was lived
        for draw in {plans[account_of_arm(arm)].which.index(point) for point in plans[account_of_arm(arm)].which}:
            plausible.at(arm, draw)
    study.settings[PLAUSIBLE] = plausible.told()


def _values_of(names: Sequence[str], accounts: Sequence[Scenario | None]) -> dict[str, Mapping[str, Any]]:
    """Every parameter's value under each account.

    Raises:
        Problem: if an account is a file that is not known here.
    """
    given = {account.name: account.values for account in accounts if account is not None}
    found: dict[str, Mapping[str, Any]] = {}
    for name in names:
        if name not in given and name not in account_names():
            raise Problem(f"--plausible: the account {name} is named within a scenario's file; name it with --account")
        found[name] = given.get(name) or load_account(name).values
    return found
