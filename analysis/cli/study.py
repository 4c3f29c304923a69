"""What the commands of all studies share: options, a folder that is checked first, progress, writing, what is said."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from analysis.cli.common import account_option, read_scenario, rules_option, set_option
from analysis.cli.progress import progress_bar
from sim.own_rules import digests_in, said

if TYPE_CHECKING:
    from analysis.compare.arms import Arm
    from analysis.studies.frame import Study
    from sim.scenario import Scenario

INTERRUPTED = 130
MOST_RUNS = 1_000_000
Command = Callable[..., Any]


class Options(NamedTuple):
    """The options that all studies have.

    Attributes:
        runs, seed: how many towns, and the seed of the first.
        settings: parameters to be changed, as text.
        rules: files with rules of one's own.
        account: of how a group works, in place of those that files name.
        threads: how many lives at once; None for one a core.
        out: the folder; None for the command's own.
        csv, overwrite, quiet: as asked for.
        plausible, plausible_file, plausible_towns, at_centre: see ``analysis.cli.plausible``.
    """

    runs: int = 0
    seed: int = 0
    settings: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    account: str | None = None
    threads: int | None = None
    out: Path | None = None
    csv: bool = False
    overwrite: bool = False
    quiet: bool = False
    plausible: int | None = None
    plausible_file: Path | None = None
    plausible_towns: int = 0
    at_centre: bool = False

    def scenario(self, file: str, seed: int | None = None, weeks: int | None = None) -> Scenario:
        """A scenario with the settings, rules and account asked for; see ``read_scenario``."""
        return read_scenario(file, seed, weeks, self.settings, self.rules, self.account)


def study_options(
    *, runs: int, fewest: int, out: str, of: str = "How many towns.", large: Sequence[str] = ()
) -> Callable[[Command], Command]:
    """Give a command the options that all studies have; it is called with ``options``.

    Args:
        runs: how many, by default.
        fewest: so many at least.
        out: the default folder, in words.
        of: what a run is.
        large: tables that are written as CSV only when asked for; none of them: no option --csv.
    """
    options = [
        click.option("--runs", type=click.IntRange(fewest, MOST_RUNS), default=runs, show_default=True, help=of),
        click.option(
            "--seed", type=click.IntRange(0), default=1, show_default=True, help="Seed of the first; then one by one."
        ),
        account_option,
        set_option,
        rules_option,
        click.option("--threads", type=click.IntRange(1, 1024), help="How many lives at once.  [default: one a core]"),
        click.option(
            "--out", type=click.Path(path_type=Path), help=f"Folder for the results.  [default: {out}]"
        ),
        *([click.option("--csv", is_flag=True, help=f"Also write as CSV: {', '.join(large)}.")] if large else []),
        click.option("--overwrite", is_flag=True, help="Replace other results of this command in that folder."),
        click.option("--quiet", is_flag=True, help="Print nothing but errors."),
    ]  # fmt: skip

    def decorate(command: Command) -> Command:
        @functools.wraps(command)
        def with_options(*arguments: Any, **named: Any) -> Any:
            shared = {name: named.pop(name) for name in Options._fields if name in named}
            return command(*arguments, options=Options(**shared), **named)

        for option in reversed(options):
            with_options = option(with_options)
        return with_options

    return decorate


def folder_under(folder: Path, account: str | None, arms: Sequence[Arm]) -> Path:
    """The folder for results: with ``--account`` one of its own for each account."""
    under = arms[0].account if account is not None and arms else None
    return folder.with_name(f"{folder.name}-{under.name}") if under else folder


def say_rules(arms: Iterable[Arm]) -> None:
    """Say how rules of one's own acted, a line a file."""
    for line in said(dict.fromkeys(digest for arm in arms for digest in digests_in(arm.values))):
        click.echo(line)


def carry_out(study: Study, folder: Path, options: Options) -> int:
    """Live a study, write its results and say what was found.

    Args:
        study: what is asked.
        folder: for the results, if the options name none; with ``--account`` its name is added.
        options: as given on the command line.

    Returns:
        The exit status: 130 if it was stopped and the runs that were finished were kept.

    Raises:
        Problem: before anything is lived, if the folder must not be written.
    """
    from analysis.results.folder import REPORT_FILE, check_folder  # noqa: PLC0415 - `--help` should not wait for Arrow
    from analysis.studies.frame import under_account, write  # noqa: PLC0415
    from analysis.studies.kept import KeptBeside  # noqa: PLC0415
    from analysis.studies.over_space.lived import lived, plausible_of  # noqa: PLC0415

    folder = options.out if options.out is not None else folder_under(folder, options.account, study.arms)
    check_folder(folder, study.record(), options.overwrite)
    asked = plausible_of(study)
    keep_beside(study, folder)
    with (
        warnings.catch_warnings(record=True) as caught,
        progress_bar(options.quiet or not study.runs, study.progress_of) as progress,
    ):
        found = lived(study, options.threads, progress)
    for warning in caught:
        click.echo(f"note: {warning.message}", err=True)
    notes = [str(warning.message) for warning in caught if issubclass(warning.category, UserWarning)]
    write(found, folder, csv=options.csv, overwrite=options.overwrite, notes=notes)
    if not options.quiet:
        click.echo(under_account(study, found.said()))
        if found.over:
            click.echo(found.over.summary())
        say_rules(study.arms)
        report = f"Open {folder / REPORT_FILE} in a browser; t" if (folder / REPORT_FILE).exists() else "T"
        click.echo(f"{report}ables and figures are in {folder}.")
    goes_on = ", and the same command goes on" if study.goes_on else ""
    if found.finished < study.runs:
        click.echo(f"stopped after {found.finished} of {study.runs} runs; these were kept{goes_on}", err=True)
        return INTERRUPTED
    if asked is not None and (found.over is None or found.over.plausible.draws < asked.draws):
        kept = found.over.plausible.draws if found.over else 0
        click.echo(
            f"stopped after {kept} of {asked.draws} draws of plausible space; these were kept{goes_on}", err=True
        )
        return INTERRUPTED
    if isinstance(study.kept, KeptBeside):
        study.kept.remove()
    return 0


def keep_beside(study: Study, folder: Path) -> None:
    """Have a study that can go on keep what is finished in a folder beside its results; say what else lies there."""
    if not study.goes_on:
        return
    from analysis.studies.kept import KeptBeside  # noqa: PLC0415 - brings the model

    study.kept = kept = KeptBeside(folder, study.record().request())
    if kept.foreign:
        first = ", ".join(kept.foreign[:3]) + (", ..." if len(kept.foreign) > 3 else "")
        click.echo(f"note: {kept.beside}: holds what was kept of another study or by another version ({first}); it is "
                   "not used, and may be removed", err=True)  # fmt: skip
