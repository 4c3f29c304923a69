"""Renew everything that follows from the code, in one go.

    python -m docs.renew                            renew
    python -m docs.renew --check                    change nothing; exit with 1 if something is out of date
    python -m docs.renew --baselines [--why TEXT]   also tests/baselines; a changed result needs a reason

Renewed are: Reads and Writes in the docstring of each rule, the generated parts of docs/odd.md, the
tables of docs/why/estimands.md and docs/why/evidence.md, the JSON schemas under scenarios/, and the list of purposes in
tests/, to which new ones are only ever added.
"""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.evidence.table import schema as evidence_schema
from analysis.studies.factorial.schema import schema as factorial_schema
from analysis.studies.study.schema import schema as study_schema
from analysis.studies.sweep.schema import schema as sweep_schema
from docs import make_estimands, make_evidence, make_tables
from docs.reads_writes import grouped, of_rule
from sim import purposes
from sim.plan import PLAN
from sim.scenario import schema as scenario_schema

ROOT = Path(__file__).resolve().parents[1]
FROZEN = ROOT / "tests" / "purposes.json"
WIDTH = 100  # of a docstring's lines


def listed(names: set[str]) -> str:
    """States and parameters by kind, as the indented lines of a docstring."""
    lines = []
    for kind, some in grouped(names):
        line = (f"{kind}: " if kind else "") + ", ".join(some)
        lines += textwrap.wrap(
            line, WIDTH, initial_indent="    ", subsequent_indent="        ", break_long_words=False,
            break_on_hyphens=False,
        )  # fmt: skip
    return "\n".join(lines) or "    nothing"


def rule_files() -> Iterator[tuple[Path, str]]:
    """Each rule's file, with what it reads and writes put right in its docstring."""
    for step in PLAN:
        path = ROOT / "sim" / "rules" / f"{step.file}.py"
        touched = of_rule(step.file)
        before, rest = path.read_text(encoding="utf-8").split("\nReads\n", 1)
        _, after = rest.split("\nSource\n", 1)
        lists = f"Reads\n{listed(touched.reads)}\nWrites\n{listed(touched.writes)}\n\nSource"
        yield path, f"{before}\n{lists}\n{after}"


def frozen_purposes() -> dict[str, int]:
    """The list of purposes with the new ones added.

    Raises:
        ValueError: if one has another number than on record, or is gone.
    """
    old = json.loads(FROZEN.read_text(encoding="utf-8"))
    now = purposes.numbered()
    for name, number in old.items():
        if now.get(name) != number:
            raise ValueError(f"purpose {name}: found {now.get(name)}, expected {number} as ever; put its number back")
    return dict(sorted(now.items(), key=lambda purpose: purpose[1]))


def as_json(value: Any, indent: int) -> str:
    """A value as the text of a JSON file."""
    return json.dumps(value, indent=indent, ensure_ascii=False) + "\n"


def derived() -> Iterator[tuple[Path, str]]:
    """Each derived file with the text that it should have."""
    yield from rule_files()
    yield make_tables.ODD, make_tables.renewed(make_tables.ODD.read_text(encoding="utf-8"))
    yield make_estimands.PAGE, make_estimands.renewed(make_estimands.PAGE.read_text(encoding="utf-8"))
    yield make_evidence.PAGE, make_evidence.renewed(make_evidence.PAGE.read_text(encoding="utf-8"))
    yield ROOT / "scenarios" / "evidence-schema.json", as_json(evidence_schema(), 2)
    yield ROOT / "scenarios" / "schema.json", as_json(scenario_schema(), 2)
    yield ROOT / "scenarios" / "sweeps" / "schema.json", as_json(sweep_schema(), 2)
    yield ROOT / "scenarios" / "factorials" / "schema.json", as_json(factorial_schema(), 2)
    yield ROOT / "scenarios" / "studies" / "schema.json", as_json(study_schema(), 2)
    yield FROZEN, as_json(frozen_purposes(), 1)


def main(arguments: list[str] | None = None) -> int:
    """Renew or check; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m docs.renew", description="Renew all that follows from the code.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 if something is out of date")
    parser.add_argument("--baselines", action="store_true", help="also tests/baselines (about half a minute)")
    parser.add_argument("--why", metavar="TEXT", help="why results were meant to change, for the baselines")
    options = parser.parse_args(arguments)
    try:
        stale = [(path, text) for path, text in derived() if path.read_text(encoding="utf-8") != text]
    except ValueError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    for path, text in stale:
        print(
            f"{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}", "out of date" if options.check else ""
        )
        if not options.check:
            path.write_text(text, encoding="utf-8", newline="\n")
    if options.check:
        if stale:
            print("Run: python -m docs.renew", file=sys.stderr)
        return 1 if stale else 0
    print(f"Renewed: {len(stale)}" if stale else "Nothing to renew.")
    if options.baselines:
        from tests import renew_baselines  # noqa: PLC0415  (it brings the compiled model)

        return renew_baselines.main(["--why", options.why] if options.why else [])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
