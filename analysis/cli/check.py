"""``check``: validate scenario, account, sweep, factorial and study files, tables of evidence and plausible spaces."""

from __future__ import annotations

from pathlib import Path

import click

import scenarios
from analysis.cli.common import account_option, read_account, read_scenario
from analysis.cli.help import Command
from analysis.compare.accounts import accounts_said
from analysis.words.numbers import duration, size
from analysis.words.prose import plural
from sim.parameters.mechanisms import MECHANISMS
from sim.problem import Problem
from sim.scenario import ACCOUNTS, Scenario, account_names, load_account
from sim.yaml_lines import YamlError, beside, is_ordinary_file, read_yaml


@click.command(
    cls=Command,
    examples=(
        "check scenarios/groupA.yaml",
        "check scenarios/*.yaml",
        "check scenarios/sweeps/text-contact.yaml",
        "check scenarios/factorials/origin.yaml",
        "check scenarios/studies/*.yaml",
        "check scenarios/evidence.yaml",
        "check scenarios/accounts/*.yaml",
        "check groupA --account company",
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@account_option
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], account: str | None) -> None:
    """Say whether scenario, account, sweep, factorial, study and evidence files and plausible spaces are valid.

    Names of what comes with Sameboat will do. A line for each; of a factorial also how many cells
    it has; of a sweep also how many runs it makes, and, from a short trial, how long it will take and how much room.
    Nothing is written. The exit status is 2 if any file is not valid.
    """
    bad = 0
    for file in map(_shipped, files):
        try:
            if Path(file).suffix == ".parquet":
                click.echo(_of_space(Path(file)))
                continue
            if _has_key(Path(file), "sweep"):
                click.echo(_of_sweep(Path(file), read_account(account)))
                continue
            if _has_key(Path(file), "factorial"):
                click.echo(_of_factorial(Path(file)))
                continue
            if _has_key(Path(file), "study"):
                click.echo(_of_study(Path(file), read_account(account)))
                continue
            if _has_key(Path(file), "evidence"):
                click.echo(_of_evidence(Path(file)))
                continue
            if _is_account(file):
                click.echo(_of_account(file))
                continue
            scenario = read_scenario(file, account=account)
        except Problem as problem:
            bad += 1
            click.echo(f"Error: {problem}", err=True)
        else:
            changed = sum(1 for _ in scenario.origins)
            under = accounts_said({scenario.name: scenario.account})
            click.echo(f"{file}: valid ({scenario.name}; {changed} parameters set, the others at their default"
                       f"{'; ' if under else ''}{under})")  # fmt: skip
    ctx.exit(2 if bad else 0)


def _shipped(file: str) -> str:
    """The path of the sweep, factorial, study or table of this name that comes with Sameboat, if one does."""
    if is_ordinary_file(Path(file)) or Path(file).name != file:
        return file
    found = [scenarios.FOLDER / kind / f"{file}.yaml" for kind in ("sweeps", "factorials", "studies")]
    found += [scenarios.FOLDER / scenarios.EVIDENCE] if f"{file}.yaml" == scenarios.EVIDENCE else []
    return next((str(path) for path in found if is_ordinary_file(path)), file)


def _has_key(path: Path, key: str) -> bool:
    """Whether a file has a key at the top by which it is known as another kind than a scenario."""
    try:
        content, _ = read_yaml(path)
    except YamlError:
        return False  # it will be said what is wrong when it is read as a scenario
    return isinstance(content, dict) and key in content


def _of_space(path: Path) -> str:
    """What a plausible space holds."""
    from analysis.plausible.space import load_space  # noqa: PLC0415

    space = load_space(path)
    return (f"{path}: valid (the plausible space of the account {space.account}; "
            f"{plural(space.rows, 'row')}, {plural(len(space.names), 'parameter')})")  # fmt: skip


def _of_factorial(path: Path) -> str:
    """What a factorial crosses."""
    from analysis.studies.factorial.factorialfile import read_factorial  # noqa: PLC0415

    factorial = read_factorial(path)
    crossed = " x ".join(str(len(factor.levels)) for factor in factorial.factors)
    return f"{path}: valid (factorial {factorial.name}; {crossed} levels, {factorial.cells} cells)"


def _of_study(path: Path, account: Scenario | None) -> str:
    """What a study asks of whom."""
    from analysis.studies.study.studyfile import read_study  # noqa: PLC0415

    plan = read_study(path, account=account)
    said = plan.said
    return (f"{path}: valid (study {plan.name}; {said.people.who} of {plural(said.people.towns, 'town')}, "
            f"{said.allocation.how if said.allocation.how != 'none' else 'nobody drawn by lot'}, "
            f"{said.analysis.by}, {plan.arm.values['run.weeks']} weeks)")  # fmt: skip


def _of_evidence(path: Path) -> str:
    """How many figures a table has, and what they are used for."""
    from analysis.evidence.table import USE, read_evidence  # noqa: PLC0415
    from analysis.studies.study.studyfile import read_study  # noqa: PLC0415

    found = read_evidence(path)
    for study in dict.fromkeys(one.study for one in found if one.study):
        read_study(path.parent / "studies" / study)
    uses = ", ".join(f"{sum(one.use == use for one in found)} {use}" for use in USE)
    return f"{path}: valid (evidence; {plural(len(found), 'figure')}: {uses})"


def _is_account(file: str) -> bool:
    """Whether an account is meant: one that comes with Sameboat, or a file that only sets mechanisms and sizes."""
    path = Path(file)
    if not is_ordinary_file(path):
        return file in account_names()
    try:
        content, _ = read_yaml(path)
    except YamlError:
        return False
    if not isinstance(content, dict) or "mechanisms" not in content:
        return path.resolve().parent == ACCOUNTS
    parent = content.get("extends")  # an account may extend another
    by_itself = parent is None or beside(path, str(parent)).resolve().parent in (ACCOUNTS, path.resolve().parent)
    return by_itself and content.keys().isdisjoint({"account", "rules", "changes"})


def _of_account(file: str) -> str:
    """What an account says, in a line."""
    account = load_account(file)
    on = sum(account.values[f"mechanisms.{mechanism.name}"] for mechanism in MECHANISMS)
    return (f"{file}: valid (the account {account.name}; {on} of {len(MECHANISMS)} mechanisms on, "
            f"{len(account.origins)} parameters set)")  # fmt: skip


def _of_sweep(path: Path, account: Scenario | None) -> str:
    """What a sweep will take, in two lines."""
    from analysis.studies.sweep.forecast import forecast  # noqa: PLC0415
    from analysis.studies.sweep.sweepfile import read_sweep  # noqa: PLC0415
    from sim.ensemble import available_cores  # noqa: PLC0415

    sweep = read_sweep(path, {"account": account})
    expected = forecast(sweep)
    arms = len(sweep.arms)
    return (
        f"{path}: valid (sweep {sweep.name}; {sweep.kind}, {plural(len(sweep.points), 'point')} of "
        f"{plural(len(sweep.factors), 'parameter')}, {plural(len(sweep.seeds), 'seed')}, {plural(arms, 'arm')})\n"
        f"  {sweep.runs} runs, each with its twin: {expected.lives} lives, about {duration(expected.seconds)} on "
        f"{available_cores()} cores that do nothing else, and about {size(expected.bytes)} of disk"
    )
