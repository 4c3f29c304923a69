"""Short lives of few people, and the words that Sameboat does not use of people."""

from __future__ import annotations

import dataclasses
import re

from sim.scenario import load
from tests.builders import SCENARIOS

SMALL = {"people__residents": 24, "run__weeks": 30, "run__lead_in_weeks": 8}
# What may happen to a group, each as (scenario file, changes to SMALL).
LIVES = {
    "a group": ("groupA", {}),
    "meals and a phone line": ("groupB", {"people__mean_stay_years": 2.0}),
    "no group": ("absent", {}),
    # So much keeps everybody from coming that the group closes after a few weeks.
    "a group that closes early": (
        "groupA",
        {
            "people__barrier_a": 100.0,
            "people__barrier_b": 0.1,
            "organising__low_weeks": 5,
            "organising__room_loss_per_year": 0.0,
        },
    ),
    "a group of very few": ("groupA", {"people__residents": 2}),
    "one week": ("groupA", {"run__weeks": 1}),
    "two weeks": ("groupB", {"run__weeks": 2}),
    "one week without a group": ("absent", {"run__weeks": 1}),
}
NOT_OUR_WORDS = (
    "failed", "successful", "commit", "committed", "attention-seeking", "addict", "clean", "epidemic", "superficial",
    "manipulative", "infected", "spread", "self-harmer", "self-harmers", "sufferer", "patient", "victim", "suicide",
)  # fmt: skip


def scenario(name="groupA", **changes):
    """A scenario of this house made small; ``changes`` as section__parameter=value."""
    changed = {key.replace("__", ".", 1): value for key, value in (SMALL | changes).items()}
    return load(SCENARIOS / f"{name}.yaml").with_values(changed)


def titled(run, title):
    """The same run under another title."""
    arm = dataclasses.replace(run.study.arms[0], title=title)
    return dataclasses.replace(run, study=dataclasses.replace(run.study, arms=[arm]))


def unkind_words(text):
    """The words in a text that we do not use, but for what a member is quoted with: "..." (A3)."""
    text = re.sub(r'"[^"]*" \([AB]\d\)', "", text)
    return [word for word in NOT_OUR_WORDS if re.search(rf"\b{word}\b", text, re.IGNORECASE)]


def contents(folder):
    """Every file below a folder with its bytes, hidden ones too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
