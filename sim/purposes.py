"""What each draw is for: by numbers that never change.

A purpose is part of a draw's address (see ``sim.draws``). New purposes get new numbers; a purpose
that falls out of use keeps its number for ever. So a new rule changes no other rule's luck. A rule's
purposes are declared in its own file, those of people's beginnings here; a test holds all of them
against the list in ``tests/purposes.json``.
"""

from __future__ import annotations

import zlib

from sim import plan  # noqa: F401  (the rules declare purposes of their own)
from sim.declare import PURPOSES, purpose

# Traits: drawn once, at day 0, before anybody lives.
TRAIT_ISOLATION = purpose(1, "trait isolation")
TRAIT_STIGMA = purpose(2, "trait stigma")
TRAIT_UNDERSTANDING = purpose(3, "trait understanding")
TRAIT_COPING = purpose(4, "trait coping")
TRAIT_DISTRESS = purpose(5, "trait distress")
TRAIT_SUPPORT = purpose(6, "trait support")
TRAIT_EPISODE_RATE = purpose(7, "trait episode rate")
TRAIT_RESPONSIVENESS = purpose(8, "trait responsiveness")
TRAIT_POSITION = purpose(9, "trait position")
TRAIT_BARRIER = purpose(10, "trait barrier")
TRAIT_THRESHOLD = purpose(11, "trait threshold")
TRAIT_AGE = purpose(12, "trait age")
TRAIT_ONSET = purpose(13, "trait onset")
TRAIT_WOMAN = purpose(14, "trait woman")
TRAIT_SERVICE_USER = purpose(15, "trait service user")
TRAIT_ARRIVAL = purpose(16, "trait arrival")
TRAIT_STAY = purpose(17, "trait stay")

TRAIT_BURDEN = purpose(19, "trait burden")
TRAIT_INPATIENT = purpose(20, "trait inpatient")
TRAIT_VOICES = purpose(21, "trait voices")
TRAIT_RECOVERING = purpose(22, "trait recovering")
TRAIT_DIFFERENCE = purpose(23, "trait difference")
TRAIT_WAY = purpose(24, "trait way")

# A person's first day.
START_STRESSOR = purpose(30, "start stressor")
START_CIRCUMSTANCES = purpose(31, "start circumstances")
START_DISTRESS = purpose(32, "start distress")
START_SHAME_AND_INSIGHT = purpose(36, "start shame and insight")
START_COPING_AND_DIFFERENCE = purpose(37, "start coping and difference")
START_URGE = purpose(38, "start urge")


def __getattr__(name: str) -> int:
    """A rule's purpose by its name: ``purposes.TELL``."""
    try:
        return PURPOSES[name]
    except KeyError:
        raise AttributeError(f"no purpose is called {name}") from None


def numbered() -> dict[str, int]:
    """All purposes by name, in the order of their numbers."""
    return dict(sorted(PURPOSES.items(), key=lambda named: named[1]))


def name_of(number: int) -> str:
    """The name of a purpose number, in words; an extra rule's purpose is named by its number."""
    for name, known in numbered().items():
        if known == number:
            return name.lower().replace("_", " ")
    return f"extra purpose {number}"


def of_extra_rule(name: str) -> int:
    """The purpose number of a researcher's own draw, by its name.

    Always at least 2**31, out of reach of the list above, and the same in every process.
    """
    return zlib.crc32(name.encode()) | 0x80000000
