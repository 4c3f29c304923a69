"""Mechanisms: which paths there are from meeting others to how somebody is. Each can be switched off alone.

An account of how such a group could work (``scenarios/accounts``) is a set of these switches. A mechanism that is off
has no effect: the sizes that belong to it are 0 in what the rules read, whatever a scenario says of them. So off is
off exactly, and a size says how large an effect is where there is one.

The first model had the mechanisms that are on here by default, and no others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.declare import Parameter, Section, switch

COMPANY, SAFE_SPACE, SAME_BOAT, LEARNING, SAFETY_NET = "company", "safe-space", "same-boat", "learning", "safety-net"
HARM, PEOPLE, GROUP = "counter-mechanism", "people", "group life"


class Mechanism(NamedTuple):
    """One path that can be switched off."""

    name: str
    on: bool  # in the first model
    belongs_to: str  # the account that it stands for, or what else it is
    meaning: str
    source: str  # the member's words, or the literature
    effects: tuple[str, ...]  # the sizes that are 0 when it is off, by dotted name


MECHANISMS = (
    # Company.
    Mechanism("ties", True, COMPANY, "a tie to somebody from the group takes away isolation",
              '"because we\'re all in the same boat" (B4); "we\'re there for each other" (B1)',
              ("ties.isolation_per_tie",)),
    Mechanism("calls", True, COMPANY, "a call that is answered moves distress",
              '"I can talk to group members outside the group on a one to one basis who give me support" (A3)',
              ("contact.relief",)),
    # A safe space.
    Mechanism("acceptance", True, SAFE_SPACE, "being accepted lessens shame",
              '"without the fear of being judged" (B3)', ("meeting.accept",)),
    Mechanism("heard", True, SAFE_SPACE, "being heard eases the day",
              '"just to be sort of heard and acknowledged" (B3)', ("meeting.heard",)),
    Mechanism("comfort", True, SAFE_SPACE, "support after an episode keeps guilt away, or eases it",
              '"you get support and you\'re told not to feel so bad about it" (A1)',
              ("episodes.support_days", "episodes.guilt_eased")),
    Mechanism("guilt", False, SAFE_SPACE, "guilt is a feeling of its own, beside shame, which it feeds",
              '"it doesn\'t make me feel so guilty when I\'ve done it" (A1)',
              ("episodes.guilt_felt", "meeting.guilt_judged", "life.distress_from_guilt")),
    Mechanism("known", False, SAFE_SPACE, "being known beyond the label lessens shame",
              '"we\'re not just self-harmers, no, we\'re mums or we\'re sisters" (A3)', ("meeting.known",)),
    Mechanism("labels", False, SAFE_SPACE, "labels hurt, and talking about them heals",
              '"we can talk about things that have hurt us as people being labelled and stigmatised" (A3)',
              ("outside.label_hurt", "meeting.labels_talked")),
    # The same boat.
    Mechanism("normalising", True, SAME_BOAT, "hearing others speak of it lessens shame",
              '"that helps you to feel more normal and not such a bad person after all" (A3)',
              ("meeting.normalise",)),
    Mechanism("alike", False, SAME_BOAT, "hearing people alike lessens perceived difference, which isolation follows too; "
              "hearing people quite unlike, or horror outside, adds to it",
              '"it makes you realise that you\'re not on your own that you\'re not going mad" (A1)',
              ("meeting.alike", "meeting.unlike", "outside.sets_apart", "life.isolation_from_difference")),
    # Learning.
    Mechanism("insight", True, LEARNING, "hearing others teaches why one does it",
              '"it\'s like someone\'s turned a light switch on" (A2)', ("meeting.learn",)),
    Mechanism("helping", True, LEARNING, "helping another teaches about oneself",
              '"it kind of mirror images to yourself" (B3)', ("meeting.helper",)),
    Mechanism("copying", True, LEARNING, "the level of coping is taken over from others (rival: ways of coping)",
              '"the different ways that we\'ve tried to cope with self-harm" (B4)', ("meeting.cope",)),
    Mechanism("ways", False, LEARNING, "coping is a repertoire of ways, passed on and tried (rival: its level is copied)",
              '"the different ways that we\'ve tried to cope with self-harm" (B4)', ("meeting.pass_on",)),
    Mechanism("advice", False, LEARNING, "advice passes on how the helper copes",
              '"offering advice also benefitted the individual giving the advice" (authors): also, not only',
              ("meeting.advice",)),
    Mechanism("openness", False, LEARNING, "who understands hides less",
              '"did not feel that they had to continue hiding or denying their self-harm" (authors)',
              ("outside.openness_from_insight",)),
    Mechanism("early_calls", False, LEARNING, "who understands rings earlier",
              "assumption: insight into triggers lets one see it coming", ("contact.earlier_with_insight",)),
    Mechanism("shortening", False, LEARNING, "coping shortens distress",
              '"better ways of coping and managing" (authors)', ("life.coping_shortens",)),
    # A safety net.
    Mechanism("assurance", False, SAFETY_NET, "kept meetings build anticipated support, which eases days before a meeting",
              '"knowing that I have got that support there on a regular basis...it\'s like a safety net" (A2)',
              ("meeting.assured_eases",)),
    # What stands against them, on unless switched off.
    Mechanism("judging", True, HARM, "being judged or labelled adds to shame",
              '"you get that horrified look" (B3)', ("meeting.judge", "meeting.label")),
    Mechanism("burden", True, HARM, "helping weighs on the helper",
              "assumption: who is rung often carries it", ("meeting.burden",)),
    Mechanism("let_down", False, HARM, "a safety net that breaks lets down whoever counted on it",
              "assumption: a net that breaks is worse than none", ("meeting.let_down", "meeting.broken")),
    Mechanism("hurtful_insight", False, HARM, "insight can hurt before it helps",
              "assumption: to see why one does it can be hard", ("meeting.insight_hurts",)),
    Mechanism("bad_advice", False, HARM, "a way of coping taken over from others may not suit",
              "assumption: what helps one does not help another", ("episodes.misfit",)),
    Mechanism("upset", True, HARM, "hearing of mechanics upsets",
              "the fear of sharing and comparing (Babiker and Arnold 1997, in the paper)",
              ("meeting.mechanics_upset",)),
    Mechanism("influence", True, HARM, "hearing of somebody's episode raises one's own urge",
              "social influence on urges: OR 1.49-2.03 for; none once selection is modelled against (Giletta 2013)",
              ("episodes.social_influence", "episodes.mechanics_influence")),
    Mechanism("breaches", True, HARM, "a confidence may be broken",
              '"what goes on in the room stays in the room" (A3)', ("group.breach_prob",)),
    Mechanism("referring", False, HARM, "members of a clinician's group are in touch with services more often, for "
              "better or worse", "assumption: the way is shorter", ("clinician.help_seeking",)),
    # People as they are.
    Mechanism("swings", False, PEOPLE, "slow states and the urge go up and down by themselves",
              "loneliness correlates 0.6-0.75 with itself over a year (Mund 2020); self-harm is volatile over time",
              ("life.stigma_swing", "life.understanding_swing", "life.coping_swing", "life.difference_swing",
               "episodes.urge_swing")),
    Mechanism("found_out", False, PEOPLE, "somebody outside may find out",
              'members "had tried to keep their self-harm hidden from others" (authors): tried', ("outside.found_out_prob",)),
    # Group life.
    Mechanism("clinician", False, GROUP, "a clinician who leads makes a group different, and is missed",
              '"initially established by a clinical psychologist" (authors)',
              ("clinician.caseload", "clinician.inpatients_first", "clinician.known_before", "clinician.held_back",
               "clinician.judging_less", "clinician.mechanics_less", "clinician.labelling", "clinician.reliance",
               "clinician.knock")),
    Mechanism("friction", False, GROUP, "members fall out", "problems between members: 31 % of closed groups (Wituk 2002)",
              ("leaving.friction_prob",)),
    Mechanism("moving_on", False, GROUP, "members who have long been better move on",
              "no longer needed: 35 % of closed groups (Wituk 2002)", ("leaving.moving_on_per_year",)),
    Mechanism("following", False, GROUP, "friends leave together", "assumption", ("leaving.follow", "leaving.split")),
    Mechanism("organiser_lost", False, GROUP, "an organiser's leaving shakes the group",
              "leadership: 52 % of closed groups (Wituk 2002)", ("organising.organiser_lost",)),
    Mechanism("sharing_out", False, GROUP, "company is shared out among those present; a crowd welcomes less",
              "assumption: attention is limited", ("meeting.shared_out", "leaving.crowding")),
    Mechanism("door", False, GROUP, "a group may close its door",
              "some groups prefer to remain hidden (Chaudhary 2010, in the paper)", ("joining.door_closes_per_year",)),
    Mechanism("no_room", False, GROUP, "a group long without a room ends",
              "logistics: 31 % of closed groups (Wituk 2002)", ()),
)  # fmt: skip


def _switch_of(mechanism: Mechanism) -> Parameter:
    sizes = f" (sizes: {', '.join(mechanism.effects)})" if mechanism.effects else ""
    meaning = f"{mechanism.belongs_to}: {mechanism.meaning}{sizes}"
    return switch(f"mechanisms.{mechanism.name}", mechanism.on, meaning, f"condition; {mechanism.source}")


mechanisms = Section(
    "mechanisms", "which paths there are from meeting others to how somebody is; an account is a set of these",
    *(_switch_of(mechanism) for mechanism in MECHANISMS),
)  # fmt: skip


def in_effect(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the rules read them: the sizes of every mechanism that is off are zero."""
    off = {
        name: type(values[name])(0)
        for mechanism in MECHANISMS
        if not values[f"mechanisms.{mechanism.name}"]
        for name in mechanism.effects
    }
    return {**values, **off}
