"""A progress bar on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

COMPILING = "compiling the rules of the model (about 25 seconds, once)"


@contextmanager
def progress_bar(quiet: bool, of: str = "life") -> Iterator[Callable[[int, int], None] | None]:
    """A bar with the rate, time gone and time left; says so if the rules must be compiled first.

    Args:
        quiet: show nothing.
        of: what is counted.

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
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(show_speed=True), TimeElapsedColumn(),
               TimeRemainingColumn())  # fmt: skip
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(COMPILING if first else "starting", total=None)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, description=f"{of} {done} of {total}")

        yield tell
