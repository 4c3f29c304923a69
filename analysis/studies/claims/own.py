"""Claims of one's own: a Python file outside the package, which the user names, with CLAIMS and, if need be, ARMS.

Its claims are tried as those of the paper are. The file's code is run only because the user has named it, never because
results do: a record holds its name and the SHA-256 of its text, by which ``rerun`` knows the same text again. See
docs/how-to/add-a-claim.md.
"""

from __future__ import annotations

import hashlib
import re
import sys
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

from analysis.studies.claims.arms import FIXED, PLANS, SCENARIOS, Plan
from analysis.studies.claims.declare import EITHER, EXPLORED, Claim, Estimand, Kind, World
from sim.checks import check_value
from sim.parameters.mechanisms import MECHANISMS
from sim.problem import Problem
from sim.scenario import ScenarioError
from sim.yaml_lines import YamlError, read_text

OF_THE_PAPER = re.compile(r"[Cc]?\d+")  # how claims of the paper are called
ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,15}")
WORDS = ("statement", "contrast", "population", "outcome", "threshold")
MORE_WORDS = ("quote", "speaker", "note", "overturn")
SAME_IN_ALL_ARMS = ("people.", "run.")
LARGEST_FILE = 1_000_000  # bytes
EXPECTED = "expected a Python file with CLAIMS = (Claim(...), ...); see docs/how-to/add-a-claim.md"


@dataclass(frozen=True)
class ClaimsFile:
    """A file of claims that has been read.

    Attributes:
        path, text: where it was, and what it said.
        claims: in the order of the file.
        arms: those of its own, by name.
    """

    path: Path
    text: str
    claims: tuple[Claim, ...] = ()
    arms: Mapping[str, Plan] = field(default_factory=dict)

    @property
    def identity(self) -> dict[str, str]:
        """Name and SHA-256, as a record holds them."""
        return {"file": self.path.name, "sha256": hashlib.sha256(self.text.encode()).hexdigest()}

    def problem(self, name: str, words: str) -> Problem:
        """What is wrong with something that the file declares, with the line where its name stands first."""
        lines = self.text.splitlines()
        named = re.compile(rf"""["']{re.escape(name)}["']|^{re.escape(name)}\b""")
        line = next((k for k, text in enumerate(lines, start=1) if named.search(text)), 1)
        return Problem(f"{self.path}:{line}: {name}: {words}")

    def broke_off(self, name: str, error: BaseException) -> Problem:
        """What is wrong where the file's own code has broken off, with the line if it is in the file."""
        where = _line_of(error, self.path)
        words = f"cannot be read off the runs: {type(error).__name__}: {error}"
        return Problem(f"{self.path}:{where}: {name}: {words}") if where else self.problem(name, words)


def load_claims(path: Path, sha256: str | None = None) -> ClaimsFile:
    """Read a file of claims and run its code. Only for a file that the user has named.

    Args:
        path: the file.
        sha256: what its text must be; with another text its code is not run.

    Raises:
        Problem: if there is none, it is another text, it cannot be run, or it declares what cannot be tried.
    """
    try:
        read = ClaimsFile(path, read_text(path, EXPECTED, LARGEST_FILE))
    except YamlError as problem:
        raise Problem(f"--claims {problem}") from None
    found = read.identity["sha256"]
    if sha256 is not None and found != sha256:
        raise Problem(f"--claims {path}: is another text (SHA-256 {found[:16]}...) than the results were made with "
                      f"({sha256[:16]}...); name the file as it was, or try its claims anew with `claims`")  # fmt: skip
    declared = _run(read)
    claims, arms = declared.get("CLAIMS"), declared.get("ARMS", {})
    if not isinstance(claims, tuple | list) or not claims or not all(isinstance(one, Claim) for one in claims):
        raise read.problem("CLAIMS", "expected a tuple of at least one Claim: CLAIMS = (Claim(...),)")
    if not isinstance(arms, dict) or not all(isinstance(p, Plan) and isinstance(n, str) for n, p in arms.items()):
        raise read.problem("ARMS", 'expected arms by name: ARMS = {"name": Plan("groupA", "title", {...})}')
    for name, plan in arms.items():
        for words in _wrong_with_arm(name, plan):
            raise read.problem(name, words)
    seen: set[str] = set()
    for claim in claims:
        for words in _wrong_with(claim, {*PLANS, *arms}, seen):
            raise read.problem(str(claim.id), words)
        seen.add(claim.id.lower())
    return ClaimsFile(path, read.text, tuple(claims), arms)


def claims_again(settings: Mapping[str, Any], path: Path | None, results: Path) -> ClaimsFile | None:
    """The file that results were made with, if they were made with one; it must be named again.

    Args:
        settings: of the record.
        path: the file that the user has named, if any.
        results: the folder, for messages.

    Raises:
        Problem: if one of the two is missing, or the file is another text.
    """
    recorded = settings.get("own_claims")
    if recorded is None:
        if path is not None:
            raise Problem(f"--claims {path}: {results} was made without claims of one's own; leave it out")
        return None
    file, sha256 = (recorded.get("file"), recorded.get("sha256")) if isinstance(recorded, dict) else (None, None)
    if not isinstance(file, str) or not isinstance(sha256, str):
        raise Problem(f"{results}: record.json: own_claims: expected `file` and `sha256`; the record has been edited")
    if path is None:
        raise Problem(f"{results}: made with claims of {file} (SHA-256 {sha256[:16]}...); name it: --claims FILE")
    return load_claims(path, sha256)


def _run(file: ClaimsFile) -> dict[str, Any]:
    """What the file's code defines."""
    module = ModuleType("sameboat_own_claims")
    module.__file__ = str(file.path)
    sys.modules[module.__name__] = module  # for dataclasses in it
    try:
        exec(compile(file.text, str(file.path), "exec", dont_inherit=True), vars(module))  # the user has named it
    except SyntaxError as error:
        raise Problem(f"{file.path}:{error.lineno or 1}: {error.msg}; expected Python") from None
    except (Exception, SystemExit) as error:
        raise Problem(f"{file.path}:{_line_of(error, file.path) or 1}: {type(error).__name__}: {error}") from error
    return vars(module)


def _wrong_with_arm(name: str, plan: Plan) -> Iterator[str]:
    """What is wrong with an arm, in words."""
    if name in PLANS or not name.strip():
        yield "an arm of that name comes with Sameboat; give it another name"
    scenarios = sorted(path.stem for path in SCENARIOS.glob("*.yaml"))
    if plan.scenario not in scenarios:
        yield f"found the scenario {plan.scenario!r}, expected one of {', '.join(scenarios)}"
    if not isinstance(plan.title, str) or not isinstance(plan.changes, dict):
        yield 'expected a title and changes by name: Plan("groupA", "title", {"section.name": 1.0})'
    for parameter, value in plan.changes.items():
        try:
            check_value(parameter, value, str(parameter))
        except ScenarioError as error:
            yield str(error)
        if parameter in FIXED or parameter.startswith(SAME_IN_ALL_ARMS):
            yield f"{parameter}: must be the same in every arm, so that all are about the same people at the same times"


def _wrong_with(claim: Claim, arms: set[str], seen: set[str]) -> Iterator[str]:
    """What is wrong with a claim, in words."""
    if not isinstance(claim.id, str) or not ID.fullmatch(claim.id):
        yield "expected an id of letters, digits and '_', at most 16, a letter first"
    if OF_THE_PAPER.fullmatch(claim.id):
        yield "a letter C with a number is a claim of the paper; give it another id"
    if claim.id.lower() in seen:
        yield "this id stands twice; give one of the two another"
    for name in (*WORDS, *MORE_WORDS):
        text = getattr(claim, name)
        if not isinstance(text, str) or (name in WORDS and not text.strip()):
            yield f"{name}: expected some words"
    if claim.kind not in get_args(Kind):
        yield f"kind: found {claim.kind!r}, expected one of {', '.join(get_args(Kind))}"
    if not _is_date(claim.dated):
        yield f"dated: found {claim.dated!r}, expected the day on which the threshold was set, such as 2026-11-23"
    yield from _wrong_with_test(claim, arms)


def _wrong_with_test(claim: Claim, arms: set[str]) -> Iterator[str]:
    """What is wrong with how a claim is tried, in words."""
    every = [getattr(claim, name) for name in ("decides", "beside", "true_without")]
    if not all(isinstance(some, tuple) and all(isinstance(one, Estimand) for one in some) for some in every):
        yield "decides, beside, true_without: expected tuples of estimands, such as (effect(...).below(0.0),)"
    bounded = all(one.low is not None or one.high is not None for one in claim.decides)
    if claim.kind == EXPLORED and claim.decides:
        yield "decides: an explored claim has nothing that decides; put it beside"
    if claim.kind != EXPLORED and not (claim.decides and bounded):
        yield "decides: expected one estimand or more, each with a bound that it can miss, such as .below(0.0)"
    for arm in claim.needs:
        if arm not in arms:
            yield f"found the arm {arm!r}, expected one of ARMS or of those that come with Sameboat"
    try:
        check_value("run.weeks", claim.weeks, "weeks")
    except ScenarioError as error:
        yield str(error)
    names = {mechanism.name for mechanism in MECHANISMS}
    needed = claim.needs_mechanisms
    if not isinstance(needed, tuple) or not all(
        isinstance(one, str) and names.issuperset(one.split(EITHER)) for one in needed
    ):
        yield "needs_mechanisms: expected a tuple of names of mechanisms, such as ('guilt', 'upset or influence')"
    if claim.fails_in is not None:
        yield from _wrong_with_world(claim.fails_in)


def _wrong_with_world(world: Any) -> Iterator[str]:
    """What is wrong with the world in which a claim fails, in words."""
    if not isinstance(world, World) or not isinstance(world.words, str) or not isinstance(world.changes, Mapping):
        yield 'fails_in: expected words and changes by name: World("ties never grow", {"ties.growth_per_hour": 0.0})'
        return
    for parameter, value in world.changes.items():
        try:
            check_value(parameter, value, f"fails_in: {parameter}")
        except ScenarioError as error:
            yield str(error)


def _is_date(text: Any) -> bool:
    try:
        return isinstance(text, str) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _line_of(error: BaseException, path: Path) -> int | None:
    """The last line of this file that an error passed through, if any."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    return lines[-1] if lines else None
