"""Records for tests, made without living anything."""

from __future__ import annotations

from analysis.results.record import ArmRecord, GitRecord, ParameterRecord, Record
from tests.builders import small_values

ARMS = {"groupA": {}, "absent": {}}


def record_of(arms=None, seed=1, **changes):
    """The record of a comparison; ``arms``: what is changed in each scenario, by name."""
    made = {
        name: ArmRecord(
            title=f"Title of {name}",
            parameters={
                key: ParameterRecord(value=value)
                for key, value in (small_values(name) | {"run.seed": seed} | changed).items()
            },
        )
        for name, changed in (ARMS if arms is None else arms).items()
    }
    facts = {
        "kind": "compare", "arms": made, "first_seed": 1, "runs": 5, "finished_runs": 0,
        "settings": {"precision": 0.05}, "source_digest": "a" * 64, "started": "2026-01-01T00:00:00+00:00",
        "seconds": 1.5, "versions": {"python": "3"}, "platform": "here", "git": GitRecord(),
    }  # fmt: skip
    return Record(**(facts | changes))


def version_1(record):
    """The same record as it was written before there was one form for all."""
    content = record.model_dump()
    same = (
        "care",
        "first_seed",
        "runs",
        "finished_runs",
        "settings",
        "source_digest",
        "started",
        "seconds",
        "versions",
    )
    return {name: content[name] for name in same} | {
        "format": "sameboat comparison", "format_version": 1, "platform": "here", "git": content["git"],
        "titles": {name: arm.title for name, arm in record.arms.items()},
        "arms": {name: {k: v for k, v in arm.values.items() if k != "run.seed"} for name, arm in record.arms.items()},
    }  # fmt: skip
