"""Numbers with a name: where somebody stands, why something ended, what the story tells; and rows of scratch.

``sim.state`` hands all of them on, so that ``from sim.state import MEMBER`` works everywhere but in a rule,
whose own states ``sim.state`` gathers.
"""

import numpy as np

# Codes are NumPy integers: a plain one would make the compiler write a version of each rule per code.

# Where somebody stands with the group.
UNAWARE, AWARE, MEMBER, FORMER = np.arange(4)
STATUS_NAMES = ("has not heard of the group", "knows of the group", "member", "former member")

# How somebody came to hear of the group.
NOT_HEARD, BY_PUBLICITY, BY_REFERRAL, BY_WORD_OF_MOUTH, AS_FOUNDER = np.arange(5)
HEARD_NAMES = ("not heard", "publicity", "referral by services", "word of mouth", "founder or client")

# Why somebody is no longer a member.
(NOT_LEFT, ONE_VISIT_ONLY, DRIFTED_AWAY, STOPPED_COMING, MOVED_AWAY, GROUP_CLOSED, FELL_OUT, WENT_ALONG,
 NO_LONGER_NEEDED) = np.arange(9)  # fmt: skip
LEFT_NAMES = (
    "not left", "one visit only", "drifted away", "stopped coming", "moved away", "group closed",
    "fell out with somebody", "went along with a friend", "no longer needed it",
)  # fmt: skip

# Why the group ended.
NOT_CLOSED, TOO_FEW_CAME, NO_ORGANISER, NO_ROOM, FELL_APART, NOT_NEEDED = np.arange(6)
CLOSED_NAMES = (
    "not closed", "too few came", "nobody to organise it", "no room", "too few came, after members fell out",
    "too few came, after members no longer needed it",
)  # fmt: skip

# The group's story.
(OPENED, FIRST_VISIT, JOINED, LEFT, ORGANISER_ON, ORGANISER_OFF, HANDED_OVER, CLINICIAN_LEFT, FUNDING_GONE,
 FUNDING_BACK, VENUE_GONE, VENUE_BACK, BREACHED, CLOSED, QUARRELLED, DOOR_CLOSED,
 DOOR_OPENED) = np.arange(17)  # fmt: skip
EVENT_NAMES = (
    "the group opened", "came for the first time", "came back and is a member", "is no longer a member",
    "took on organising", "stepped down from organising", "the clinician handed over to the members",
    "the clinician left", "the funding was lost", "the funding was regained", "the room was lost",
    "a new room was found", "a confidence was broken", "the group closed",
    "stayed away after falling out with somebody",
    "the group closed its door to newcomers", "the group opened its door again",
)  # fmt: skip

# Rows of a world's scratch, which the helpers of ``sim.relations`` fill for the rule that runs.
LIVING, IDS, ON_HARD_DAY, TIED, TAILS = range(5)  # of ``world.places``: rows of people; their ids; places of numbers
FIRST, SECOND, SHOCKS, LEVELS = range(4)  # of ``world.numbers``: two uniforms of each who lives; normal numbers; levels
PLACES, NUMBERS = 5, 4  # how many rows

WAYS = 8  # ways of coping there are (see sim/repertoire.py): columns of ``world.ways``
