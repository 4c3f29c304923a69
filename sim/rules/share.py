"""Sharing at a meeting, and how it is received.

In words
    In a round of at least two, each person present may speak. Trust makes it easier, shame harder;
    with many present, time runs out before it is everybody's turn. Part of the talk is about the
    rest of life, is simply welcome, and builds trust. Who speaks of self-harm and the feelings
    behind it is accepted or judged. Acceptance takes away some shame, builds trust and brings a
    little relief; judgement adds shame and costs trust. Who tells of a recent episode may meet
    pressure to stop, and who is given a label is hurt, where the group's norms allow such things.

Members' words
    "I think I could say pretty much say anything here...without the fear of being judged" (B3).
    "Just to be sort of heard and acknowledged" (B3); "you're told not to feel so bad about it"
    (A1). "We're not just self-harmers, no, we're mums or we're sisters and we've got this hobby"
    (A3).

Equation
    while a clinician leads: speaking (1 - held_back) times as likely, judging (1 - judging_less), mechanics
    (1 - mechanics_less), a label also with probability clinician.labelling
    speaks with probability (e + (1 - e) T_i (1 - S_i / 2)) min(1, turns_per_hour * hours / present)
    of the rest of life: T -> 1 [trust_accepted];   of self-harm and the feelings behind it:
    accepted: S -> 0 [strength * accept * r_i], T -> 1 [trust_accepted], D -> 0 [heard]
    judged:   S -> 1 [strength * judge], T -> 0 [hurt]; having told of an episode: G -> 1 [guilt_judged]
    labelled: S -> 1 [strength * label], H -> 1 [label_hurt]

Reads
    people: present, told_episode, stigma, trust, last_episode_day
    traits: responsiveness
    group: clinician, met_today, present
    parameters: outside.label_hurt, group.meeting_hours, group.acceptance, group.wider_life,
        group.mechanics, group.labelling, group.pressure_to_stop, meeting.tell_episode,
        meeting.recent_days, meeting.strength, meeting.share_floor, meeting.turns_per_hour,
        meeting.accept, meeting.judge, meeting.guilt_judged, meeting.label, meeting.heard,
        meeting.trust_accepted, meeting.hurt, clinician.held_back, clinician.judging_less,
        clinician.mechanics_less, clinician.labelling
Writes
    people: guilt, shared, spoke, told_episode, told_mechanics, stigma, distress, supported_day,
        trust, shares, shares_self_harm, shares_judged, label_hurt

Source
    acceptance 0.85-0.98 and all sizes are assumptions; acceptance is scaled by responsiveness, but
    judgement and labels hurt everybody, so that the model does not favour the group.
"""

from sim import draws
from sim.compiler import compiled
from sim.declare import ONLY_RATIOS, effect, flag, number, proportion, purpose, total
from sim.draws import NOBODY
from sim.maths import toward

SUMMARY = "who shares; accepted or judged"
SHARE = purpose(92, "share")
SHARE_SUBJECT = purpose(93, "share subject")
SHARE_EPISODE = purpose(94, "share episode")
SHARE_ACCEPTED = purpose(95, "share accepted")
SHARE_PRESSED = purpose(96, "share pressed")
SHARE_LABELLED = purpose(97, "share labelled")
SHARE_MECHANICS = purpose(98, "share mechanics")
PARAMETERS = (
    proportion("group.acceptance", 0.95, "probability that what is shared is accepted, not judged",
               'assumption: 0.85-0.98; "without the fear of being judged" (B3)', plausible=(0.85, 0.98)),
    proportion("group.wider_life", 0.4,
               'share of talk that is about the rest of life ("self-harm is one part of it", A3)',
               "assumption: less than half of the talk, since the group is about self-harm", plausible=(0.2, 0.7)),
    proportion("group.mechanics", 0.0, "probability that talk of self-harm is about how, not why",
               "\"we don't talk about the mechanics\" (B4)", plausible=(0.0, 0.1)),
    proportion("group.labelling", 0.0, "probability that somebody who shares is given a label",
               "\"we don't give people labels here\" (A3)", plausible=(0.0, 0.1)),
    proportion("group.pressure_to_stop", 0.0, "probability that telling of an episode meets pressure to stop",
               '"in neither group was the emphasis on cessation"', plausible=(0.0, 0.1)),
    proportion("meeting.share_floor", 0.1, "probability of speaking without any trust",
               "assumption: hardly anybody speaks without trust", plausible=(0.02, 0.3)),
    number("meeting.turns_per_hour", 3.0, 0.0, 60.0, "per hour",
           "how many people can speak in an hour and be listened to",
           "assumption; without it a large group would do everybody more good without end", plausible=(2.0, 6.0)),
    effect("meeting.accept", 0.06, "* own share is accepted: stigma moves to 0 by",
           "assumption: of all at a meeting that lessens shame being accepted oneself does most" + ONLY_RATIOS,
           plausible=(0.0, 0.12)),
    effect("meeting.judge", 0.10, "* own share is judged: stigma moves to 1 by",
           "assumption: judgement hurts more than acceptance heals, so that the model does not favour "
           "the group" + ONLY_RATIOS, plausible=(0.0, 0.2)),
    effect("meeting.guilt_judged", 0.3, "judged on telling of an episode: guilt moves to 1 by",
           "assumption: as much again as after the episode itself (episodes.guilt_felt)", plausible=(0.0, 0.6)),
    effect("meeting.label", 0.10, "* being labelled: stigma moves to 1 by", "assumption: as hard as being judged",
           plausible=(0.0, 0.2)),
    effect("meeting.heard", 0.05, 'being "heard and acknowledged" (B3): distress moves to 0 by',
           "assumption: a sixth of the relief that an answered call gives, since it is shared with many",
           plausible=(0.0, 0.15)),
    effect("meeting.trust_accepted", 0.06, "own share is accepted: trust moves to 1 by",
           "assumption: trust is won four times as slowly as it is lost (meeting.hurt)", plausible=(0.02, 0.12)),
    effect("meeting.hurt", 0.25, "own share is judged: trust moves to 0 by",
           "assumption: trust is lost four times as fast as it is won (meeting.trust_accepted)", plausible=(0.1, 0.5)),
)  # fmt: skip
PEOPLE = (
    flag("shared", "spoke at today's meeting about self-harm and the feelings behind it"),
    flag("spoke", "spoke at today's meeting, about anything"),
    flag("told_episode", "spoke today of a recent episode"),
    flag("told_mechanics", "spoke today of how, not why"),
    total("shares", "times spoken at meetings"),
    total("shares_self_harm", "of these, about self-harm and the feelings behind it"),
    total("shares_judged", "of these, judged"),
)  # fmt: skip


@compiled
def share(world, day):
    """Each person present: whether she or he speaks, of what, and how it is received."""
    p, g = world.params[0], world.group[0]
    if not g.met_today or g.present < 2:
        return
    turns = p.meeting_turns_per_hour * p.group_meeting_hours / g.present
    for i in range(len(world.people)):
        who, me = world.traits[i].id, world.people[i]
        if not me.present:
            continue
        prob = p.meeting_share_floor + (1.0 - p.meeting_share_floor) * me.trust * (1.0 - me.stigma / 2.0)
        prob *= min(1.0, turns)
        if g.clinician:
            prob *= 1.0 - p.clinician_held_back
        if not draws.happens(world.key, who, NOBODY, day, SHARE, prob):
            continue
        me.spoke = True
        me.shares += 1
        if draws.happens(world.key, who, NOBODY, day, SHARE_SUBJECT, p.group_wider_life):
            me.trust = toward(me.trust, 1.0, p.meeting_trust_accepted)
        else:
            share_self_harm(world, i, day)


@compiled
def share_self_harm(world, i, day):
    """The person in row i speaks of self-harm and the feelings behind it."""
    p = world.params[0]
    who, me = world.traits[i].id, world.people[i]
    acceptance, mechanics, labelling = norms(world)
    me.shared = True
    me.shares_self_harm += 1
    recent = me.last_episode_day >= 0 and day - me.last_episode_day <= p.meeting_recent_days
    me.told_episode = recent and draws.happens(world.key, who, NOBODY, day, SHARE_EPISODE, p.meeting_tell_episode)
    me.told_mechanics = draws.happens(world.key, who, NOBODY, day, SHARE_MECHANICS, mechanics)
    accepted = draws.happens(world.key, who, NOBODY, day, SHARE_ACCEPTED, acceptance)
    pressed = me.told_episode and draws.happens(world.key, who, NOBODY, day, SHARE_PRESSED, p.group_pressure_to_stop)
    if accepted and not pressed:
        me.stigma = toward(me.stigma, 0.0, p.meeting_strength * p.meeting_accept * world.traits[i].responsiveness)
        me.trust = toward(me.trust, 1.0, p.meeting_trust_accepted)
        me.distress = toward(me.distress, 0.0, p.meeting_heard)
        me.supported_day = day
    else:
        me.shares_judged += 1
        me.stigma = toward(me.stigma, 1.0, p.meeting_strength * p.meeting_judge)
        me.trust = toward(me.trust, 0.0, p.meeting_hurt)
        if me.told_episode:
            me.guilt = toward(me.guilt, 1.0, p.meeting_guilt_judged)
    if draws.happens(world.key, who, NOBODY, day, SHARE_LABELLED, labelling):
        me.stigma = toward(me.stigma, 1.0, p.meeting_strength * p.meeting_label)
        me.label_hurt = toward(me.label_hurt, 1.0, p.outside_label_hurt)


@compiled
def norms(world):
    """Probabilities that a share is accepted, is about mechanics, is answered by a label, as the group is led."""
    p = world.params[0]
    acceptance, mechanics, labelling = p.group_acceptance, p.group_mechanics, p.group_labelling
    if world.group[0].clinician:
        acceptance += (1.0 - acceptance) * p.clinician_judging_less
        mechanics *= 1.0 - p.clinician_mechanics_less
        labelling += (1.0 - labelling) * p.clinician_labelling
    return acceptance, mechanics, labelling
