"""What each draw is for: a numbered list that is never renumbered.

A purpose is part of a draw's address (see ``sim.draws``). New purposes get new numbers at the
end; a purpose that falls out of use keeps its number for ever. So a new rule changes no other
rule's luck. A test holds this list against the copy in ``tests/test_purposes.py``.
"""

from __future__ import annotations

import zlib

# Traits: drawn once, at day 0, before anybody lives.
TRAIT_ISOLATION = 1
TRAIT_STIGMA = 2
TRAIT_UNDERSTANDING = 3
TRAIT_COPING = 4
TRAIT_DISTRESS = 5
TRAIT_SUPPORT = 6
TRAIT_EPISODE_RATE = 7
TRAIT_RESPONSIVENESS = 8
TRAIT_POSITION = 9
TRAIT_BARRIER = 10
TRAIT_THRESHOLD = 11
TRAIT_AGE = 12
TRAIT_ONSET = 13
TRAIT_WOMAN = 14
TRAIT_SERVICE_USER = 15
TRAIT_ARRIVAL = 16
TRAIT_STAY = 17
TRAIT_FOUNDER = 18

# A person's life.
START_STRESSOR = 30
START_CIRCUMSTANCES = 31
START_DISTRESS = 32
STRESSOR_AND_CIRCUMSTANCES = 33
DISTRESS_AND_EPISODES = 34

# Outsiders and services.
TELL = 50
TELL_ACCEPTED = 51
SEEK = 52
SEEK_ACCEPTED = 53
REFERRED = 54

# Coming to the group and leaving it.
HEAR = 70
HEAR_HOW = 71
VISIT = 72
RETURN = 73
LEAVE = 74

# Meetings.
MEETING_HELD = 90
ATTEND = 91
SHARE = 92
SHARE_SUBJECT = 93
SHARE_EPISODE = 94
SHARE_ACCEPTED = 95
SHARE_PRESSED = 96
SHARE_LABELLED = 97
SHARE_MECHANICS = 98
HELP = 99
BREACH = 100
BREACH_WHOSE = 101
SOCIAL_HELD = 102
SOCIAL_ATTEND = 103

# Between meetings.
CALL = 120
ANSWER = 121
LINE_CALL = 122
LINE_ANSWER = 123
TEXT = 124
TOLD_ON_PHONE = 125

# The group as an organisation.
VOLUNTEER = 140
STEP_DOWN = 141
CLINICIAN_LEAVES = 142
FUNDING_LOST = 143
FUNDING_REGAINED = 144
VENUE_LOST = 145
VENUE_FOUND = 146


def numbered() -> dict[str, int]:
    """All purposes by name."""
    return {name: number for name, number in globals().items() if name.isupper() and isinstance(number, int)}


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
