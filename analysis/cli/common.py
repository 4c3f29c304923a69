"""What several commands need: reading a scenario with its options, and showing progress."""

from __future__ import annotations

import contextlib
import difflib
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from analysis.run.live import compiled_already
from sim.mistakes import shown
from sim.scenario import Scenario, load, parse_setting
from sim.yaml_lines import YamlError, is_ordinary_file, read_text, read_value

SCENARIO_FOLDER = Path("scenarios")
SCENARIO_ENDINGS = (".yaml", ".yml")


class _AsInFiles:
    """Reads numbers after an option as in files: no underscores, no other digits, nothing that is not a number."""

    kinds: type | tuple[type, ...]
    words: str

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str):
            try:
                value = read_value(value)
            except YamlError:
                value = None
            number = isinstance(value, self.kinds) and not isinstance(value, bool)
            if not number or (isinstance(value, float) and not math.isfinite(value)):
                raise click.BadParameter(f"found {shown(value)}, expected {self.words}", ctx, param)
        return super().convert(value, param, ctx)  # type: ignore[misc]


class Whole(_AsInFiles, click.IntRange):
    """A whole number, in a range or not."""

    kinds, words = int, "a whole number"


class Real(_AsInFiles, click.FloatRange):
    """A finite number, in a range or not."""

    kinds, words = (int, float), "a number"


seed_option = click.option("--seed", type=Whole(), help="Another seed: other people, lives and luck.")
weeks_option = click.option("--weeks", type=Whole(), help="How many weeks, from the opening of the group.")
set_option = click.option(
    "--set", "settings", multiple=True, metavar="SECTION.NAME=VALUE", help="Change a parameter; may be given again."
)


def read_scenario(
    path: str, seed: int | None = None, weeks: int | None = None, settings: Sequence[str] = ()
) -> Scenario:
    """A scenario file with the changes asked for on the command line.

    Args:
        path: the file.
        seed: of the run, instead of the file's.
        weeks: of the run, instead of the file's.
        settings: each ``section.name=value``; the last one counts.

    Raises:
        Problem: if there is no such file.
        ScenarioError: if the file or a change is not valid.
    """
    if not is_ordinary_file(Path(path)):
        read_text(Path(path), mend=_nearest(Path(path)))
    scenario = load(path)
    changes: dict[str, Any] = {}
    for text in settings:
        name, value = parse_setting(text)
        changes[name] = value
    if changes:
        scenario = scenario.with_values(changes)
    if seed is not None:
        scenario = scenario.with_values({"run.seed": seed}, origin="--seed")
    if weeks is not None:
        scenario = scenario.with_values({"run.weeks": weeks}, origin="--weeks")
    return scenario


def _nearest(path: Path) -> str:
    """The file that may have been meant."""
    known: dict[str, Path] = {}
    for folder in (path, path.parent, SCENARIO_FOLDER):
        with contextlib.suppress(OSError, ValueError):  # no folder, or a name that no file can have
            known.update({p.name: p for p in sorted(folder.iterdir()) if p.suffix in SCENARIO_ENDINGS})
    name = path.name[:100] if path.suffix in SCENARIO_ENDINGS else f"{path.name[:100]}.yaml"
    lower = {n.lower(): n for n in known}
    close = difflib.get_close_matches(name.lower(), lower, n=1, cutoff=0.5)
    if close:
        return f"did you mean {known[lower[close[0]]]}?"
    return "expected a scenario file, such as scenarios/groupA.yaml"


@contextmanager
def lives_bar(quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar of lives on standard error, with their rate and the time left.

    Args:
        quiet: show nothing.

    Yields:
        What ``analysis.compare.comparison.compare`` wants as ``progress``.
    """
    if quiet:
        yield None
        return
    console = Console(stderr=True)
    first = not compiled_already()
    if first and not console.is_terminal:
        console.print("compiling the rules of the model (about 25 seconds, once)", highlight=False)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(show_speed=True),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("compiling the rules (about 25 seconds, once)" if first else "starting", total=None)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, description=f"life {done} of {total}")

        yield tell


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar of weeks on standard error; says so if the rules must be compiled first.

    Args:
        quiet: show nothing.

    Yields:
        What ``live_scenario`` wants as ``progress``.
    """
    if quiet:
        yield None
        return
    console = Console(stderr=True)
    first = not compiled_already()
    if first and not console.is_terminal:
        console.print("compiling the rules of the model (about 25 seconds, once)", highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        words = "compiling the rules (about 25 seconds, once)" if first else "starting"
        task = bar.add_task(words, total=None)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, description=f"week {done} of {total}")

        yield tell
