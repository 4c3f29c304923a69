"""The frame of every study: what is asked, what is lived for it, and how the result is written and made again.

A new study is one folder under ``analysis/studies``: ``study.py`` with a subclass of ``Study`` called STUDY and one of
``Findings``, ``command.py`` with its options, ``words.py``, ``figures.py`` and ``report.py`` that show what was found;
and a line in ``analysis.cli.main.COMMANDS``. All that a study has in common with the others is here and in
``analysis.cli.study``: a folder that is written whole or not at all, its record, tables with units and meanings,
figures as PNG and SVG, a summary, a report, ``rerun``, ``load`` and ``export``.
"""

from __future__ import annotations

import importlib
import warnings
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pyarrow as pa
from pydantic import TypeAdapter, ValidationError

from analysis.compare.accounts import accounts_said
from analysis.compare.arms import Arm
from analysis.compare.broken import BrokeOff
from analysis.plausible.plan import PLAUSIBLE, Plausible, PlausibleRecord
from analysis.plausible.spread import Figure, Spread
from analysis.results.folder import REPORT_FILE, SUMMARY_FILE, results_folder, write_tables
from analysis.results.record import (
    RECORD_FILE,
    AccountRecord,
    ArmRecord,
    ParameterRecord,
    Record,
    RulesRecord,
    new_record,
)
from sim.changes import AT, parameter_of
from sim.checks import check_value, parameters_with
from sim.own_rules import RULES, RuleFile, digests_in, files_of
from sim.problem import Problem
from sim.scenario import Account

if TYPE_CHECKING:
    from analysis.figures.style import Drawing
    from analysis.studies.kept import Kept
    from analysis.studies.over_space.findings import OverSpace

Progress = Callable[[int, int], None]


@dataclass
class Study(ABC):
    """What is asked: arms, seeds and settings decide every table.

    Attributes:
        kind: the command's name, also that of the folder under ``analysis/studies``.
        most_arms: how many arms it may have; a study of a sweep has none.
        needs: settings without which it cannot be made again, each with its type; checked when read from a record.
        large: tables that are written as CSV only when asked for.
        progress_of: what is counted while it lives.
        takes_changes: whether its arms may change at a time; not if it sets parameters itself, which a change in a
            later week would undo.
        goes_on: whether it keeps what is finished on the way, so that the same command goes on after it was stopped.
        arms: what is lived.
        first_seed, runs: seeds first_seed, first_seed + 1, ...
        settings: what else decides the result, by name: numbers, words, and lists or mappings of them.
        lean: whether only what decides is to be read, as at a draw of plausible space; nothing is made of it then.
        kept: where it keeps what is finished on the way; None: nowhere.
    """

    kind: ClassVar[str]
    most_arms: ClassVar[int] = 100
    needs: ClassVar[Mapping[str, Any]] = {}
    large: ClassVar[frozenset[str]] = frozenset()
    progress_of: ClassVar[str] = "life"
    takes_changes: ClassVar[bool] = True
    goes_on: ClassVar[bool] = False

    arms: Sequence[Arm]
    first_seed: int
    runs: int
    settings: dict[str, Any] = field(default_factory=dict)
    started: datetime = field(default_factory=lambda: datetime.now(UTC), compare=False)
    lean: bool = field(default=False, compare=False)
    kept: Kept | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Refuse changes at a time that the study would not survive."""
        for arm in () if self.takes_changes else self.arms:
            for name in (name for name in arm.values if AT in name):
                raise Problem(f"{arm.name}: {name}: `{self.kind}` sets parameters itself and takes no changes at a "
                              "time; remove `changes:`, or use `run`, `compare` or `sweep`")  # fmt: skip

    @abstractmethod
    def live(self, threads: int | None = None, progress: Progress | None = None) -> Findings:
        """Live what is needed and read it off.

        Args:
            threads: as for ``sim.ensemble.in_order``.
            progress: called with (lives lived, lives in all).

        Raises:
            BrokeOff: if a life breaks off, and what was finished by then is no result by itself; see ``live_on``.
        """

    def on_towns(self, towns: int) -> Study:
        """The same on its first so many towns, with nothing lived but what ``Findings.deciding`` is read from."""
        settings = {name: value for name, value in self.settings.items() if name != PLAUSIBLE}
        return replace(self, runs=towns, settings=settings, lean=True, kept=None)

    def run_of(self, seed: int) -> int:
        """The run, counted from 0, in which a seed is lived; 0 for one that is not of these."""
        return self.seeds.index(seed) if seed in self.seeds else 0

    @property
    def seeds(self) -> Sequence[int]:
        """The seeds, one for each run."""
        return range(self.first_seed, self.first_seed + self.runs)

    @property
    def accounts(self) -> Mapping[str, Account | None]:
        """Under which account of how a group works each arm is lived, by its name."""
        return {arm.name: arm.account for arm in self.arms}

    def record(self, finished: int = 0, digest: str | None = None, states: Mapping[str, str] | None = None) -> Record:
        """The record of what was asked, and of what was made of it so far."""
        arms = {arm.name: arm_record(arm) for arm in self.arms}
        return new_record(
            self.kind, self.settings, self.started, arms=arms, first_seed=self.first_seed, runs=self.runs,
            finished_runs=finished, digest=digest, states=dict(states or {}),
        )  # fmt: skip


class Findings(ABC):
    """What a study found, ready to be written.

    Attributes:
        study: what was asked.
        tables: all tables by name, each column with unit and meaning.
        finished: runs it rests on, fewer than were asked for if it was stopped.
        digest, states: of the life, where there is only one: of all that changed, and of each state.
        over: the same all over plausible space, where that was asked for.
    """

    study: Study
    tables: dict[str, pa.Table]
    finished: int
    digest: str | None = None
    states: Mapping[str, str] | None = None
    over: OverSpace | None = None

    def summary(self) -> str:
        """What was found in plain words, kept as summary.txt: ``summary_of`` in the study's ``words.py``."""
        return str(self._own("words").summary_of(self))

    def said(self) -> str:
        """What is printed when it is done."""
        return self.summary()

    def figures(self) -> Iterator[tuple[str, Drawing]]:
        """Every figure with its name, drawn when asked for: ``draw_all`` in the study's ``figures.py``."""
        yield from self._own("figures").draw_all(self)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Whatever else is to be written, by name."""
        yield from ()

    def report(self) -> str | None:
        """The report to read in a browser, one HTML file: ``report_of`` in the study's ``report.py``; or None."""
        return str(self._own("report").report_of(self))

    def _own(self, module: str) -> Any:
        """A module of the study's folder, which waits until now: it looks at what was found, or Matplotlib is slow."""
        return importlib.import_module(f"analysis.studies.{self.study.kind}.{module}")

    def deciding(self) -> list[Figure]:
        """The figures that decide, which are read at every draw of plausible space too."""
        return []

    def over_space(self, plausible: Plausible, spreads: Sequence[Spread]) -> OverSpace:
        """What these figures say all over plausible space."""
        from analysis.studies.over_space.findings import OverSpace  # noqa: PLC0415 - few results need it

        return OverSpace(plausible, spreads, self.finished)


def live_on(study: Study, threads: int | None = None, progress: Progress | None = None) -> Findings:
    """Live a study; if a life breaks off, all runs before it, with a warning that says which life it was.

    Args:
        study: what is asked.
        threads: as for ``sim.ensemble.in_order``.
        progress: called with (lives lived, lives in all).

    Raises:
        BrokeOff: if there is no run before it.
    """
    fewer = copy(study)
    while True:
        try:
            found = fewer.live(threads, progress)
        except BrokeOff as broken:
            if not 0 < (before := study.run_of(broken.seed)) < fewer.runs:
                raise
            warnings.warn(f"{broken}; the result rests on the {before} before it", stacklevel=2)
            fewer.runs = before
        else:
            fewer.runs = study.runs  # as was asked; ``found.finished`` says how many there are
            return found


def in_turn(progress: Progress | None, parts: Sequence[int]) -> list[Progress | None]:
    """The progress of several things that are done one after the other, as that of all of them.

    Args:
        progress: of all; None if nobody wants to know.
        parts: how large each is, such as its number of lives.
    """
    if progress is None:
        return [None] * len(parts)

    def of(k: int) -> Progress:
        return lambda done, total: progress(sum(parts[:k]) + round(parts[k] * done / max(total, 1)), sum(parts))

    return [of(k) for k in range(len(parts))]


def write(
    found: Findings, folder: Path, *, csv: bool = False, overwrite: bool = False, notes: Sequence[str] = ()
) -> None:
    """Write a results folder: tables, figures, summary, report, record.

    Args:
        found: what to write.
        folder: where to; see ``analysis.results.folder.check_folder`` for what may be replaced.
        csv: also write the large tables as CSV.
        overwrite: replace another result of the same kind.
        notes: what is to be said of how it was lived, such as which life broke off.

    Raises:
        Problem: if the folder must not be replaced or cannot be written; nothing is left then.
    """
    record = found.study.record(found.finished, found.digest, found.states)
    with results_folder(folder, record, overwrite) as partial:
        write_tables(partial, found.tables, csv=[name for name in found.tables if csv or name not in found.study.large])
        summary = under_account(found.study, found.summary())
        summary += f"\n{found.over.summary()}" if found.over else ""
        summary += "".join(f"\nNote: {note}.\n" for note in notes)
        (partial / SUMMARY_FILE).write_text(summary, encoding="utf-8", newline="\n")
        save_figures(found, partial)
        for name, content in found.files():
            (partial / name).write_bytes(content)
        report = found.report()
        if report is not None:
            (partial / REPORT_FILE).write_text(report, encoding="utf-8", newline="\n")


def under_account(study: Study, text: str) -> str:
    """A summary with a line before it on the account that it holds under, if there is one."""
    said = accounts_said(study.accounts)
    return f"{said}\n\n{text}" if said else text


def save_figures(found: Findings, folder: Path) -> None:
    """Write every figure as PNG and SVG."""
    from analysis.figures.style import save, style  # noqa: PLC0415 - Matplotlib is slow to import

    with style():
        for name, drawing in (*found.figures(), *(found.over.figures() if found.over else ())):
            save(drawing, folder / name)


def arm_record(arm: Arm) -> ArmRecord:
    """An arm as a record has it."""
    parameters = {
        name: ParameterRecord(value=value, origin=arm.origins.get(name, "default"))
        for name, value in arm.values.items()
        if name != RULES
    }
    rules = [RulesRecord(path=str(file.path), sha256=file.sha256) for file in files_of(digests_in(arm.values))]
    said = arm.account
    account = AccountRecord(name=said.name, title=said.title, overruled=list(said.overruled)) if said else None
    return ArmRecord(title=arm.title, question=arm.question, account=account, rules=rules, parameters=parameters)


def study_of(record: Record, folder: Path, given: Sequence[RuleFile] = ()) -> Study:
    """The study that a record describes, each value checked again.

    Args:
        record: from ``read_record``.
        folder: where it was, for messages.
        given: files of rules of one's own that the user has named; a record's are not read by themselves.

    Raises:
        Problem: if this version knows no such kind, its parameters or settings are not those of this version, or it was
            made with rules that are not given.
    """
    path = folder / RECORD_FILE
    try:
        made: type[Study] = importlib.import_module(f"analysis.studies.{record.kind}.study").STUDY
    except (ImportError, AttributeError, ValueError):
        raise Problem(f"{path}: results of the kind {record.kind!r} cannot be made again by this version") from None
    if not min(made.most_arms, 1) <= len(record.arms) <= made.most_arms:
        raise Problem(f"{path}: arms: found {len(record.arms)}, expected {'one' if made.most_arms == 1 else 'some'}")
    if made.most_arms and not 1 <= record.finished_runs <= record.runs:
        raise Problem(f"{path}: finished_runs: found {record.finished_runs}, expected 1 to {record.runs} (runs)")
    arms = arms_of(record, folder, given)
    for seed in (record.first_seed, record.first_seed + max(record.runs - 1, 0)):
        check_value("run.seed", seed, where=f"{path}: seeds")
    for name, kind in {**made.needs, PLAUSIBLE: PlausibleRecord | None}.items():
        try:
            TypeAdapter(kind).validate_python(record.settings.get(name))
        except ValidationError as error:
            found = error.errors()[0]["msg"].lower()
            raise Problem(f"{path}: settings: {name}: not as this version writes it ({found[:100]})") from None
    return made(arms, record.first_seed, record.runs, dict(record.settings))


def arms_of(record: Record, folder: Path, given: Sequence[RuleFile] = ()) -> list[Arm]:
    """The arms of a record, each value checked again; arguments and errors as for ``study_of``."""
    return [_arm_of(name, arm, folder / RECORD_FILE, given) for name, arm in record.arms.items()]


def _arm_of(name: str, arm: ArmRecord, path: Path, given: Sequence[RuleFile]) -> Arm:
    for rules in arm.rules:
        if rules.sha256 not in [file.sha256 for file in given]:
            other = f"; {given[0].path} is another text ({given[0].sha256[:16]}...)" if given else ""
            raise Problem(f"{path}: made with rules of {rules.path} (SHA-256 {rules.sha256[:16]}...){other}; name that "
                          "file: --rules FILE")  # fmt: skip
    used = tuple(rules.sha256 for rules in arm.rules)
    parameters = parameters_with(used)
    known = set(parameters) - {"run.seed"}
    unknown = sorted(name for name in arm.values if parameter_of(name) not in parameters)
    missing = sorted(known - set(arm.values))
    if unknown or missing:
        which = f"{'unknown' if unknown else 'missing'} here: {', '.join((unknown or missing)[:3])}"[:160]
        raise Problem(
            f"{path}: made by a version of Sameboat with other parameters ({which}); re-run it with that version"
        )
    values = {name: check_value(name, value, f"{path}: {name}", used) for name, value in arm.values.items()}
    values |= {RULES: used} if used else {}
    return Arm(name, arm.title, {"run.seed": 0, **values}, arm.question, arm.origins, account_of(arm))


def account_of(arm: ArmRecord) -> Account | None:
    """The account that an arm of a record was lived under."""
    said = arm.account
    return Account(said.name, said.title, overruled=tuple(said.overruled)) if said else None
