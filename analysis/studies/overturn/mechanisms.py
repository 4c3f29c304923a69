"""What a group does, taken apart into seven mechanisms that can be switched off one by one.

A mechanism is a set of parameters. Off, nothing that goes through it moves anybody's isolation, stigma,
understanding, coping, distress or episodes; people, lives and luck stay as they are. With all of them off people
still meet, speak, come to trust each other and grow ties, but nothing comes of it: such a world is the twin without a
group, to the last bit (a test lives both). So the split is complete: nothing that the group does is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from analysis.compare.arms import Arm


@dataclass(frozen=True)
class Mechanism:
    """One thing that a group does.

    Attributes:
        name, label: for columns and for figures.
        words: what it comprises.
        off: the parameters that take it away, with their values. For company and likeness, which share two
            parameters, see ``_ties``.
    """

    name: str
    label: str
    words: str
    off: dict[str, Any] = field(default_factory=dict)


COMPANY, LIKENESS = "company", "likeness"
MECHANISMS = (
    Mechanism(
        COMPANY, "company",
        "ties to people met there take away isolation, whoever they are: the part of a tie that needs no likeness",
    ),
    Mechanism(
        LIKENESS, "the same boat",
        "ties take away more isolation the more alike two people's experience is: the part that needs likeness; and "
        "hearing people alike lowers perceived difference (where that is on)",
        {"meeting.alike": 0.0},
    ),
    Mechanism(
        "acceptance", "being heard and accepted",
        "own words about self-harm that are accepted take away shame and bring relief, and support, at a meeting or by "
        "phone, keeps guilt after an episode away; being known beyond the label, and talking about labels, too",
        {
            "meeting.accept": 0.0, "meeting.heard": 0.0, "episodes.support_days": 0, "episodes.guilt_eased": 0.0,
            "meeting.known": 0.0, "meeting.labels_talked": 0.0, "meeting.labels_healed": 0.0,
        },
    ),
    Mechanism(
        "hearing", "hearing others",
        "what others say takes away shame, teaches about oneself, and passes on their ways of coping",
        {
            "meeting.normalise": 0.0, "meeting.learn": 0.0, "meeting.cope": 0.0, "meeting.pass_on": 0.0,
            "meeting.advice": 0.0,
        },
    ),
    Mechanism(
        "helping", "helping others",
        "helping, at a meeting or by phone, mirrors one's own triggers; and it weighs on the helper",
        {"meeting.helper": 0.0, "meeting.burden": 0.0},
    ),
    Mechanism(
        "contact", "contact between meetings",
        "calls on hard days, the phone line where there is one, and texts: relief, help, and hours that feed ties; and "
        "knowing that support is there, or being let down (where that is on)",
        {
            "contact.between_meetings": False, "group.phone_line": False, "meeting.assured_eases": 0.0,
            "meeting.let_down": 0.0, "meeting.broken": 0.0,
        },
    ),
    Mechanism(
        "harms", "counter-mechanisms",
        "judgement, labels, broken confidences and forms, poorer coping that is copied (as far as others are heard), "
        "mechanics that upset, and social influence on urges; hearing people unlike oneself, insight that hurts, ways "
        "that do not suit, and what a clinician changes in contacts with services (where these are on)",
        {
            "meeting.judge": 0.0, "meeting.hurt": 0.0, "meeting.label": 0.0, "group.breach_prob": 0.0,
            "organising.monitoring_hurt": 0.0, "meeting.copy_poor_coping": 0.0, "meeting.mechanics_upset": 0.0,
            "episodes.social_influence": 0.0, "episodes.mechanics_influence": 0.0, "meeting.unlike": 0.0,
            "meeting.guilt_judged": 0.0, "meeting.insight_hurts": 0.0, "episodes.misfit": 0.0,
            "clinician.help_seeking": 0.0,
        },
    ),
)  # fmt: skip
CHANNELS = ("contact.between_meetings", "group.phone_line")  # off, members do not ring each other at all
NAMES = tuple(mechanism.name for mechanism in MECHANISMS)
Off = Mapping[str, Mapping[str, Any]]
OFF: Off = {mechanism.name: mechanism.off for mechanism in MECHANISMS}
WORLDS = 2 ** len(MECHANISMS)
NONE_ON, ALL_ON = 0, WORLDS - 1


def mechanisms_on(world: int) -> tuple[str, ...]:
    """Names of the mechanisms at work in a world, which is numbered by its bits: bit k is ``MECHANISMS[k]``."""
    return tuple(name for k, name in enumerate(NAMES) if world >> k & 1)


def arm_with(arm: Arm, on: Collection[str], off: Off = OFF) -> Arm:
    """The same people, lives, luck and group, with only some of the mechanisms at work.

    Args:
        arm: with all of them.
        on: names of those that stay.
        off: for each mechanism the parameters that take it away; of a result that is made again, those of its record.

    Raises:
        KeyError: if a name is not a mechanism's.
    """
    unknown = [name for name in on if name not in NAMES]
    if unknown:
        raise KeyError(f"no mechanism {unknown[0]}")
    changes = {key: value for name in NAMES if name not in on for key, value in off[name].items()}
    changes |= _ties(arm.values, COMPANY in on, LIKENESS in on)
    words = "nothing" if not on else "everything" if len(on) == len(NAMES) else ", ".join(n for n in NAMES if n in on)
    return arm.with_values(f"{arm.name}: {words} on", f"{arm.title}; at work: {words}", changes)


def nothing_comes_of_it(arm: Arm, off: Off = OFF) -> Arm:
    """The same people and group, with every effect off, but members ring each other as they would.

    They meet, speak, ring each other and grow ties; nothing comes of it. With ``arm_with(arm, ())`` they would not
    ring each other either, and ties would be weaker.
    """
    changes = {key: value for name in NAMES for key, value in off[name].items() if key not in CHANNELS}
    changes |= {"contact.relief": 0.0, "ties.isolation_per_tie": 0.0}
    return arm.with_values(f"{arm.name}: every effect off", f"{arm.title}; every effect off", changes)


def _ties(values: dict[str, Any], company: bool, likeness: bool) -> dict[str, float]:
    """What a tie takes away is isolation_per_tie * (1 - weight + weight * likeness): company, and the rest."""
    per_tie, weight = values["ties.isolation_per_tie"], values["ties.likeness_weight"]
    if company and likeness:
        return {}
    if company:
        return {"ties.isolation_per_tie": per_tie * (1 - weight), "ties.likeness_weight": 0.0}
    if likeness:
        return {"ties.isolation_per_tie": per_tie * weight, "ties.likeness_weight": 1.0}
    return {"ties.isolation_per_tie": 0.0}
