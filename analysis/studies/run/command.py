"""``run``: live one scenario and write its results."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.cli.common import Asked, read_rules, scenario_options
from analysis.cli.help import Command
from analysis.cli.study import Options, carry_out
from sim.problem import Problem


@click.command(
    cls=Command,
    examples=(
        "scenarios/groupA.yaml",
        "scenarios/groupB.yaml --seed 5 --out results/groupB-5 --csv",
        "scenarios/groupB.yaml --every 4 --contacts",
        "scenarios/groupB.yaml --set group.phone_line=false --weeks 416 --out results/no-line",
        "scenarios/groupB.yaml --weeks 208 --save-at 208",
        "--from results/groupB/checkpoint.npz --weeks 416 --set group.phone_line@208=false",
    ),
)
@click.argument("file", required=False)
@click.option(
    "--from",
    "from_",
    metavar="CHECKPOINT",
    type=click.Path(path_type=Path),
    help="Instead of FILE: go on from where a run was saved; a file, or its results folder.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the results.  [default: results/NAME]")
@scenario_options
@click.option(
    "--every", type=click.IntRange(1, 5200), default=1, show_default=True, help="A row of people for so many weeks."
)
@click.option("--contacts", is_flag=True, help="Also a table of who met, texted or rang whom, week by week.")
@click.option(
    "--save-at",
    type=click.IntRange(0),
    metavar="WEEK",
    help="Save the life after so many weeks, to go on from there with --from.",
)
@click.option(
    "--checkpoint",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="The file to save it in, written in that week.  [default: checkpoint.npz with the results]",
)
@click.option("--csv", is_flag=True, help="Also write every table as CSV.")
@click.option("--overwrite", is_flag=True, help="Replace the results of another run in that folder.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def command(
    file: str | None,
    from_: Path | None,
    out: Path | None,
    asked: Asked,
    every: int,
    contacts: bool,
    save_at: int | None,
    checkpoint: Path | None,
    csv: bool,
    overwrite: bool,
    quiet: bool,
) -> None:
    """Live the scenario in FILE and write its results.

    Results are a record (record.json: everything needed to run again), tables of weeks, people, traits, story
    and ties (Parquet, and CSV with --csv), figures (PNG and SVG) and a short summary. They are written whole or
    not at all. The same run replaces its own results; results of another run are kept unless you say --overwrite.

    A life that was saved with --save-at goes on with --from, to the last bit as if it had not been interrupted: to its
    end, or for longer (--weeks), and from then on otherwise (--set NAME@WEEK=VALUE).
    """
    if file is None and from_ is None:
        raise click.UsageError("Missing argument 'FILE': expected a scenario file, or --from CHECKPOINT")
    if file is not None and from_ is not None:
        raise click.UsageError("expected a scenario file, or --from CHECKPOINT, and not both")
    if checkpoint is not None and save_at is None:
        raise click.UsageError("--checkpoint: found no --save-at WEEK, which says when it is to be saved")
    if from_ is not None and (asked.seed is not None or asked.account is not None):
        option = "--seed" if asked.seed is not None else "--account"
        raise click.UsageError(f"{option}: what has been lived cannot be changed; leave it out, or live FILE anew")
    # Not above: `--help` should not wait for the model.
    from analysis.studies.run.saving import CHECKPOINT_FILE, Saving, begun, check_place  # noqa: PLC0415
    from analysis.studies.run.study import RunStudy  # noqa: PLC0415

    since = 0
    if from_ is not None:
        read_rules(asked.rules)
        from_ = from_ / CHECKPOINT_FILE if from_.is_dir() else from_
        before = begun(from_, asked.weeks, asked.settings)
        if contacts and not before.has_contacts:
            raise Problem(f"--contacts: {from_} was saved without them; save it anew with --contacts")
        study, since = RunStudy.going_on(before, every), before.saved.week
        name = f"{before.scenario.name}-from-{since}"
    else:
        scenario = asked.scenario(str(file))
        study, name = RunStudy.of(scenario, every, contacts), scenario.name
    folder = Path("results") / name
    if save_at is not None:
        saving = Saving(save_at, checkpoint)
        check_place(saving, study.arms[0].values["run.weeks"], since, overwrite)
        study.save_at(saving)
    if from_ is not None and from_.resolve().parent == (out or folder).resolve():
        raise Problem(f"{from_}: lies in the folder that would be replaced; name another with --out")
    options = Options(account=asked.account, out=out, csv=csv, overwrite=overwrite, quiet=quiet)
    carry_out(study, folder, options)
