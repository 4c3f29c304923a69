"""Being known beyond the label, and talking about having been labelled.

In words
    Who speaks of the rest of life at a meeting becomes known as more than somebody who self-harms, and is a
    little less ashamed. Labels hurt and the hurt stays: given by services, by a horrified look, now and then
    in a group. Whoever is accepted while speaking of self-harm can speak of that too; it heals, and takes
    some shame with it.

Members' words
    "We're not just self-harmers, no, we're mums or we're sisters and we've got this hobby and that hobby"
    (A3). "We can talk about things that have hurt us as people being labelled and stigmatised, we can talk
    about it in the group and that helps you to feel more normal and not such a bad person after all" (A3).

Equation
    spoke of the rest of life:          S -> 0 [strength * known * shared_experience * r_i]
    spoke of self-harm, and supported:  S -> 0 [strength * labels_talked * H_i r_i],  then  H -> 0 [labels_healed]

Reads
    people: present, shared, spoke, supported_day, label_hurt
    traits: responsiveness
    group: met_today
    parameters: group.shared_experience, meeting.strength, meeting.known, meeting.labels_talked,
        meeting.labels_healed
Writes
    people: stigma, label_hurt

Source
    defined by the label: McAllister 2003, in the paper; sizes are assumptions. Labels are given in seek, tell,
    discover and share, which is what stands against this.
"""

from sim.compiler import compiled
from sim.declare import ONLY_RATIOS, effect
from sim.maths import toward

SUMMARY = "known beyond the label; labels talked about"
PARAMETERS = (
    effect("meeting.known", 0.02, "* speaking of the rest of life, among peers: stigma moves to 0 by",
           "assumption: a third of what being accepted with one's self-harm does (meeting.accept)" + ONLY_RATIOS,
           plausible=(0.0, 0.06)),
    effect("meeting.labels_talked", 0.06,
           "* being heard by somebody deeply hurt by labels: stigma moves to 0 by this times that hurt",
           "assumption: for somebody deeply hurt by labels as much again as being accepted (meeting.accept)"
           + ONLY_RATIOS, plausible=(0.0, 0.12)),
    effect("meeting.labels_healed", 0.02, "the same: the hurt of labels moves to 0 by",
           "assumption: it takes some fifty times of being heard, so about two years of weekly meetings",
           plausible=(0.0, 0.06)),
)  # fmt: skip


@compiled
def be_known(world, day):
    """Each person who spoke at today's meeting."""
    p = world.params[0]
    if not world.group[0].met_today:
        return
    among_peers = p.meeting_strength * p.group_shared_experience
    for i in range(len(world.people)):
        me = world.people[i]
        if not (me.present and me.spoke):
            continue
        responsive = world.traits[i].responsiveness
        if not me.shared:
            me.stigma = toward(me.stigma, 0.0, among_peers * p.meeting_known * responsive)
        elif me.supported_day == day:
            talked = p.meeting_strength * p.meeting_labels_talked * me.label_hurt
            me.stigma = toward(me.stigma, 0.0, talked * responsive)
            me.label_hurt = toward(me.label_hurt, 0.0, p.meeting_labels_healed)
