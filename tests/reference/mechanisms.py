"""Mechanisms that are off, and what belongs to each."""

from __future__ import annotations

from typing import Any

# The sizes of each switch of the table in section 7; mechanisms.no_room has none.
SIZES = {
    "ties": ("ties.isolation_per_tie",),
    "calls": ("contact.relief",),
    "acceptance": ("meeting.accept",),
    "heard": ("meeting.heard",),
    "comfort": ("episodes.support_days", "episodes.guilt_eased"),
    "guilt": ("episodes.guilt_felt", "meeting.guilt_judged", "life.distress_from_guilt"),
    "known": ("meeting.known",),
    "labels": ("outside.label_hurt", "meeting.labels_talked"),
    "normalising": ("meeting.normalise",),
    "alike": ("meeting.alike", "meeting.unlike", "outside.sets_apart", "life.isolation_from_difference"),
    "insight": ("meeting.learn",),
    "helping": ("meeting.helper",),
    "copying": ("meeting.cope",),
    "ways": ("meeting.pass_on",),
    "advice": ("meeting.advice",),
    "openness": ("outside.openness_from_insight",),
    "early_calls": ("contact.earlier_with_insight",),
    "shortening": ("life.coping_shortens",),
    "assurance": ("meeting.assured_eases",),
    "judging": ("meeting.judge", "meeting.label"),
    "burden": ("meeting.burden",),
    "let_down": ("meeting.let_down", "meeting.broken"),
    "hurtful_insight": ("meeting.insight_hurts",),
    "bad_advice": ("episodes.misfit",),
    "upset": ("meeting.mechanics_upset",),
    "influence": ("episodes.social_influence", "episodes.mechanics_influence"),
    "breaches": ("group.breach_prob",),
    "swings": (
        "life.stigma_swing",
        "life.understanding_swing",
        "life.coping_swing",
        "life.difference_swing",
        "episodes.urge_swing",
    ),
    "found_out": ("outside.found_out_prob",),
    "clinician": (
        "clinician.caseload",
        "clinician.inpatients_first",
        "clinician.known_before",
        "clinician.held_back",
        "clinician.judging_less",
        "clinician.mechanics_less",
        "clinician.labelling",
        "clinician.reliance",
        "clinician.knock",
    ),
    "referring": ("clinician.help_seeking",),
    "friction": ("leaving.friction_prob",),
    "moving_on": ("leaving.moving_on_per_year",),
    "following": ("leaving.follow", "leaving.split"),
    "organiser_lost": ("organising.organiser_lost",),
    "sharing_out": ("meeting.shared_out", "leaving.crowding"),
    "door": ("joining.door_closes_per_year",),
}


def in_effect(values: dict[str, Any]) -> dict[str, Any]:
    """The values that count: the sizes of what is off are zero."""
    given = dict(values)
    for name, sizes in SIZES.items():
        if not values[f"mechanisms.{name}"]:
            given |= {size: type(values[size])(0) for size in sizes}
    return given
