"""The command line: finds commands, runs one, and says in one line what went wrong.

To add a command: a line in COMMANDS, and a Click command called ``command``: of a study in
``analysis/studies/NAME/command.py``, of anything else in ``analysis/cli/NAME.py``. Nothing is
imported before it is needed, so that ``check`` does not wait for figures.
"""

from __future__ import annotations

import contextlib
import difflib
import importlib
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

import scenarios
from analysis.cli.help import HELP_OPTIONS, write_examples
from analysis.words import terminal
from analysis.words.care import CARE, SUPPORT
from analysis.words.typed import typed
from sim.problem import Problem, one_line
from sim.yaml_lines import is_ordinary_file

COMMANDS = {
    "run": "Live one scenario and write its results.",
    "view": "See a scenario live in the browser, with its twin beside it.",
    "explain": "Show the order of a week and every parameter, or one person's week.",
    "accounts": "List the accounts of how a group could work.",
    "check": "Say whether scenario, account, sweep, factorial and study files are valid.",
    "verify": "Say whether this machine gives the same bits as ours.",
    "rerun": "Run again from a results folder and compare bit for bit.",
    "compare": "Hold scenarios against their twins without a group.",
    "claims": "Try the paper's claims, and print the verdicts.",
    "verdicts": "Try the claims under every account of how a group could work.",
    "interviews": "Hold the paper's interviews in many simulated groups that lasted.",
    "overturn": "Take a group's effects apart, and hold rival explanations against them.",
    "patterns": "Hold people and groups of the model beside outside evidence.",
    "calibrate": "Say which parameters outside evidence does not rule out, under each account.",
    "foretell": "Foretell outside figures that were never fitted.",
    "factorial": "Say what of the difference between two groups is due to what.",
    "study": "Do a study many times, and hold what it would publish against what was true.",
    "breakeven": "Find how strong social influence on urges must be to undo the effect.",
    "sweep": "Live many points of parameter space; goes on where it stopped.",
    "sensitivity": "Say which parameters matter in a sweep, and where claims fail.",
    "export": "Write results as CSV, Excel, SPSS or Stata, with a codebook.",
}
EXAMPLES = (
    "scenarios/groupA.yaml",
    "scenarios/groupB.yaml --seed 5 --out results/groupB-5",
    "explain scenarios/groupA.yaml",
    "check scenarios/*.yaml",
    "rerun results/groupA",
)
NOT_STUDIES = ("view", "explain", "accounts", "check", "verify", "rerun", "export")
HELP = f"Sameboat: a laboratory for peer-support groups of people who self-harm.\n\n{CARE}\n\n{SUPPORT}"
SCENARIO_ENDINGS = (".yaml", ".yml")
STOPPED_BY_USER, STOPPED_BY_SIGNAL, WRONG_INPUT = 130, 143, 2


class Commands(click.Group):
    """Commands by name, imported when asked for; a scenario file alone means ``run``."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        write_examples(formatter, EXAMPLES)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        home = f"cli.{cmd_name}" if cmd_name in NOT_STUDIES else f"studies.{cmd_name}.command"
        command: click.Command = importlib.import_module(f"analysis.{home}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List commands from COMMANDS, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``run`` before a scenario file, or before options of ``run``."""
        args = [_at_home(word) for word in args]
        own = {name for parameter in self.get_params(ctx) for name in parameter.opts}
        if (
            args
            and args[0] not in COMMANDS
            and args[0] not in own
            and (_is_scenario(args[0]) or args[0].startswith("-"))
        ):
            args = ["run", *args]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or name the nearest."""
        if args and args[0] not in COMMANDS:
            raise click.UsageError(f"no command {args[0]!r}; {_hint(args[0])}")
        return super().resolve_command(ctx, args)


def _hint(word: str) -> str:
    """The command or the scenario that may have been meant."""
    known = {name.lower(): name for name in (*_shipped(), *COMMANDS)}
    close = difflib.get_close_matches(word.lower(), known, n=1, cutoff=0.5)
    if close:
        return f"did you mean {known[close[0]]}?"
    return f"expected a scenario file, {', '.join(_shipped())}, or one of {', '.join(COMMANDS)}"


def _shipped() -> list[str]:
    """Names of the scenarios that come with Sameboat."""
    return [path.stem for path in scenarios.files()]


def _is_scenario(word: str) -> bool:
    is_path = word.endswith(SCENARIO_ENDINGS) or "/" in word or os.sep in word or is_ordinary_file(Path(word))
    return is_path or word in _shipped()


def _at_home(word: str) -> str:
    """``~/x`` and ``--out=~/x`` as paths in the user's home, where the shell has left them as they are."""
    option, equals, path = word.partition("=") if word.startswith("--") else ("", "", word)
    if path != "~" and not path.startswith(("~/", f"~{os.sep}")):
        return word
    with contextlib.suppress(RuntimeError):  # a user without a home
        return f"{option}{equals}{Path(path).expanduser()}"
    return word


@click.command(cls=Commands, help=HELP, context_settings={"help_option_names": HELP_OPTIONS, "max_content_width": 100})
@click.version_option(package_name="sameboat", prog_name="sameboat")
def cli() -> None:
    """Sameboat: see HELP."""


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit status.

    Args:
        arguments: instead of those the program was started with.

    Raises:
        SystemExit: always; 0 all well, 1 results differ, 2 wrong input, 130 stopped with Ctrl-C.
    """
    signal.signal(signal.SIGTERM, _stop)
    terminal.make_ready()
    sys.exit(_status(arguments))


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    """On being ended, leave through the same doors as on an error, so that nothing half-written stays."""
    raise SystemExit(STOPPED_BY_SIGNAL)


def _status(arguments: list[str] | None) -> int:
    try:
        status = cli.main(arguments, prog_name=typed(), standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.format_message(), err=True)
        return WRONG_INPUT
    except BrokenPipeError:
        return _reader_has_gone()
    except SystemExit as left:
        # Click and Rich turn a broken pipe into an exit status of their own.
        if isinstance(left.__context__, BrokenPipeError):
            return _reader_has_gone()
        raise
    except (click.Abort, KeyboardInterrupt):
        return _say("stopped; nothing was written", STOPPED_BY_USER)
    except Exception as error:
        message = _in_words(error)
        if message is None:
            raise
        return _say(message, WRONG_INPUT)


def _reader_has_gone() -> int:
    """Whoever read our output (`| head`) has seen enough: no error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _in_words(error: Exception) -> str | None:
    """A problem that the person at the keyboard can mend; None for all else, which keeps its traceback."""
    if isinstance(error, click.ClickException):
        where = getattr(error, "ctx", None)
        hint = f" (see `{where.command_path} --help`)" if where is not None else ""
        return f"{error.format_message().rstrip('.')}{hint}"
    if isinstance(error, MemoryError):
        return "not enough memory for so many people and weeks; use a smaller people.residents or run.weeks"
    return str(error) if isinstance(error, Problem) else None


def _say(message: str, status: int) -> int:
    """One line on standard error."""
    click.echo(f"Error: {one_line(message)}", err=True)
    return status
