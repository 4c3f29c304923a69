"""An account at the centre of its plausible space: the middle of each parameter of what evidence leaves standing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from analysis.plausible.space import ENDING, load_space
from sim.checks import check_size, check_value
from sim.mistakes import shown
from sim.problem import Problem
from sim.scenario import Scenario, load_account
from sim.yaml_lines import is_ordinary_file

AT_CENTRE = "@centre"  # behind the name of an account


def account_itself(name: str) -> str:
    """The name of the account whose space holds for an account, be it at its centre or not."""
    return name.removesuffix(AT_CENTRE)


def account_at_centre(name: str, where: str = "") -> Scenario:
    """An account with every parameter that varies in its plausible space at the centre of it.

    Args:
        name: an account's name and ``@centre``, or the file of a plausible space.
        where: what names it, for messages.

    Returns:
        The account, called NAME@centre; its title says which space that was.

    Raises:
        ScenarioError: if there is no such account, or a value is not accepted.
        Problem: if there is no plausible space of it.
    """
    if name.endswith(ENDING):
        if not is_ordinary_file(Path(name)):
            raise Problem(f"{where}there is no file {shown(name)}; name a plausible space as `calibrate` writes it, "
                          f"or an account such as full{AT_CENTRE}")  # fmt: skip
        space = load_space(Path(name))
        account = load_account(space.account, f"{where}{name}: ")
    else:
        account = load_account(account_itself(name), where)
        space = load_space(account.name)
    said = f"{Path(str(space.path)).name}, SHA-256 {space.sha256[:16]}"
    checked = {key: check_value(key, value, f"{space.path}: centre: {key}") for key, value in space.centre.items()}
    values = {**account.values, **checked}
    check_size(values, str(space.path))
    return replace(
        account, name=f"{account.name}{AT_CENTRE}", values=values,
        title=f"{account.title or account.name}; at the centre of its plausible space ({said})",
        origins={**account.origins, **dict.fromkeys(checked, str(space.path))},
    )  # fmt: skip
