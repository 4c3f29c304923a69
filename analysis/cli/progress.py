"""A progress bar on standard error."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from analysis.words.numbers import duration

COMPILING = "compiling the rules of the model (about 25 seconds, once)"
SAY_SECONDS = 30.0  # between lines, where there is no terminal


@contextmanager
def progress_bar(
    quiet: bool, of: str = "life", done_before: int | None = None
) -> Iterator[Callable[[int, int], None] | None]:
    """A bar with time gone and time left; says so if the rules must be compiled first.

    Args:
        quiet: show nothing.
        of: what is counted.
        done_before: of work that may take hours: how much was done before. Then the rate is told too, and where there
            is no terminal a line now and then.

    Yields:
        A function to be called with (how many are done, how many there are); None if quiet.
    """
    if quiet:
        yield None
        return
    from sim.compiler import compiled_already  # noqa: PLC0415 - `--help` should not wait for Numba

    console = Console(stderr=True)
    first = not compiled_already()
    if first and not console.is_terminal:
        console.print(COMPILING, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn(),
               TimeRemainingColumn())  # fmt: skip
    started = last = time.monotonic()
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal, speed_estimate_period=300
    ) as bar:
        task = bar.add_task(COMPILING if first else "starting", total=None)

        def tell(done: int, total: int) -> None:
            nonlocal last
            said, now = f"{of} {done} of {total}", time.monotonic()
            if done_before is not None:
                rate = max(done - done_before, 1e-9) / max(now - started, 1e-9)
                said += f", {rate:.1f} a second"
                if not console.is_terminal and now - last > SAY_SECONDS:
                    last = now
                    console.print(f"{said}, about {duration((total - done) / rate)} left", highlight=False,
                                  soft_wrap=True)  # fmt: skip
            bar.update(task, completed=done, total=total, description=said)

        yield tell
