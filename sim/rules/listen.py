"""Listening: insight, likeness and ways to cope, learned from what others share.

In words
    Each person present hears each share about self-harm. The more alike the speaker, the more it
    tells about oneself: why one does it, and that one is not the only one. Insight comes by degrees,
    or seldom and all at once (a rival with the same mean), and can hurt at first. Ways of coping are taken
    over (where coping is a level) from those who cope better, and (the rival) poorer ones from those who
    cope worse. Who hears of a recent episode carries that for some days (see episode). Mechanics upset.

Members' words
    "It's like someone's turned a light switch on" (A2); "Yes that's the same for me really" (A1).
    "The different ways that we've tried to cope with self-harm" (B4).

Equation
    U -> 1 [strength * learn * s_ij * r_i]
      or, with insight_at_once: with probability strength * learn * s_ij * r_i / insight_jump, U -> 1 [insight_jump]
    D -> 1 [insight_hurts * what U has gained];   S -> 0 [strength * normalise * s_ij * r_i]
    C -> C_j [strength * cope * s_ij * T_i * r_i]                  where C_j > C_i
    C -> C_j [the same * copy_poor_coping]                         where C_j <= C_i
    told of mechanics: D -> 1 [mechanics_upset]

Reads
    people: present, shared, told_episode, told_mechanics, coping, understanding, trust
    traits: responsiveness, position
    group: met_today
    parameters: group.shared_experience, meeting.strength, meeting.copy_poor_coping,
        meeting.normalise, meeting.learn, meeting.insight_at_once, meeting.insight_jump,
        meeting.insight_hurts, meeting.cope, meeting.mechanics_upset
Writes
    people: stigma, distress, coping, heard_episode_day, heard_mechanics_day, understanding,
        shares_heard, heard_episodes

Source
    ratios of effects are assumptions, said with each parameter; responsiveness also scales what is
    taken over of coping, good or poor (some people take almost nothing from a group).
"""

from sim import draws
from sim.compiler import compiled
from sim.declare import ONLY_RATIOS, effect, last_day, proportion, purpose, switch, total
from sim.maths import toward
from sim.relations import shared_likeness

SUMMARY = "what listeners take from it"
INSIGHT = purpose(104, "insight")
PARAMETERS = (
    effect("meeting.normalise", 0.01,
           "* a share is heard (\"you're not on your own\", A1): stigma moves to 0 by this times similarity",
           "assumption: a sixth of being accepted oneself, since one hears many shares for each that "
           "one makes" + ONLY_RATIOS, plausible=(0.0, 0.03)),
    effect("meeting.learn", 0.03,
           '* a share is heard ("a light switch", A2): understanding moves to 1 by this times similarity',
           "assumption: insight comes by listening (A2), less from any one share than being accepted "
           "does for shame" + ONLY_RATIOS, plausible=(0.0, 0.06)),
    switch("meeting.insight_at_once", False, "insight comes seldom and at once, not by degrees; the mean is the same",
           'rival (C22): "it\'s like someone\'s turned a light switch on" (A2)'),
    proportion("meeting.insight_jump", 0.5, "how much of what is not understood yet such an insight makes clear",
               "assumption: half of it", plausible=(0.2, 0.8)),
    proportion("meeting.insight_hurts", 0.5, "how much of what understanding gains is felt as distress that day",
               "assumption: half; insight can hurt before it helps; the range holds none", plausible=(0.0, 1.0)),
    effect("meeting.cope", 0.02,
           "* a share is heard: coping moves to the speaker's by this times similarity and trust",
           "assumption: less than insight, since a way of coping must be tried as well" + ONLY_RATIOS,
           plausible=(0.0, 0.05)),
    effect("meeting.mechanics_upset", 0.1, "mechanics are spoken of: distress of those who hear moves to 1 by",
           "assumption: a third of the relief that a call gives, the other way", plausible=(0.0, 0.3)),
)  # fmt: skip
PEOPLE = (
    last_day("heard_mechanics_day", "last day of hearing of mechanics"),
    total("shares_heard", "shares about self-harm heard"),
)  # fmt: skip


@compiled
def listen(world, day):
    """Each person present hears each share about self-harm, in the order of rows."""
    if not world.group[0].met_today:
        return
    for i in range(len(world.people)):
        if world.people[i].present:
            for j in range(len(world.people)):
                if j != i and world.people[j].present and world.people[j].shared:
                    hear_share(world, i, j, day)


@compiled
def hear_share(world, i, j, day):
    """The person in row i hears what the one in row j shares."""
    p = world.params[0]
    me, speaker = world.people[i], world.people[j]
    gain = p.meeting_strength * shared_likeness(world, i, j) * world.traits[i].responsiveness
    me.shares_heard += 1
    understand(world, i, j, day, p.meeting_learn * gain)
    me.stigma = toward(me.stigma, 0.0, p.meeting_normalise * gain)
    if speaker.coping > me.coping:
        me.coping = toward(me.coping, speaker.coping, p.meeting_cope * gain * me.trust)
    else:
        pull = p.meeting_cope * gain * me.trust * p.meeting_copy_poor_coping
        me.coping = toward(me.coping, speaker.coping, pull)
    if speaker.told_episode:
        me.heard_episode_day = day
        me.heard_episodes += 1
    if speaker.told_mechanics:
        me.heard_mechanics_day = day
        me.distress = toward(me.distress, 1.0, p.meeting_mechanics_upset)


@compiled
def understand(world, i, j, day, gain):
    """What the person in row i comes to understand of herself or himself by hearing the one in row j."""
    p = world.params[0]
    me = world.people[i]
    before = me.understanding
    if not p.meeting_insight_at_once:
        me.understanding = toward(before, 1.0, gain)
    elif p.meeting_insight_jump > 0.0:
        prob = min(1.0, gain / p.meeting_insight_jump)
        if draws.happens(world.key, world.traits[i].id, world.traits[j].id, day, INSIGHT, prob):
            me.understanding = toward(before, 1.0, p.meeting_insight_jump)
    me.distress = toward(me.distress, 1.0, p.meeting_insight_hurts * (me.understanding - before))
