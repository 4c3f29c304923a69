"""What follows an episode: short relief, then guilt unless supported.

In words
    Distress falls for a while. Then comes guilt, which adds to shame, unless somebody from the
    group has given support in these days. Where guilt is a feeling of its own (mechanisms.guilt),
    it begins here and feel_guilty says what becomes of it.

Members' words
    "It doesn't make me feel so guilty when I've done it...and when you have, you get support and
    you're told not to feel so bad about it" (A1).

Equation
    D -> 0 [relief];   S -> 1 [guilt], unless supported within support_days
    with mechanisms.guilt, instead of the latter: G -> 1 [guilt_felt]

Reads
    people: living, episodes_today, supported_day
    parameters: episodes.guilt_felt, episodes.relief, episodes.guilt, episodes.support_days,
        mechanisms.guilt
Writes
    people: guilt, stigma, distress

Source
    negative affect rises before and falls after an episode (experience-sampling review, 19
    studies); sizes are assumptions. Once a day, however many episodes.
"""

from sim.compiler import compiled
from sim.declare import effect, number
from sim.maths import toward

SUMMARY = "relief, then guilt unless supported"
PARAMETERS = (
    effect("episodes.relief", 0.3, "short relief after an episode: distress moves to 0 by",
           "negative affect falls after an episode: experience-sampling review of 19 studies; size an assumption",
           plausible=(0.0, 0.5)),
    effect("episodes.guilt", 0.005, "guilt after an episode, unless supported: stigma moves to 1 by",
           "\"it doesn't make me feel so guilty when I've done it\" (A1); size an assumption", plausible=(0.0, 0.02)),
    number("episodes.support_days", 7, 0, 60, "days", "how long a member's support keeps guilt away",
           'assumption: a week, from one weekly meeting to the next ("you get support", A1)', plausible=(1, 14)),
)  # fmt: skip


@compiled
def aftermath(world, day):
    """Each person with an episode today."""
    p = world.params[0]
    for i in range(len(world.people)):
        me = world.people[i]
        if me.episodes_today > 0 and me.living:
            me.distress = toward(me.distress, 0.0, p.episodes_relief)
            supported = me.supported_day >= 0 and day - me.supported_day < p.episodes_support_days
            if p.mechanisms_guilt:
                me.guilt = toward(me.guilt, 1.0, p.episodes_guilt_felt)
            elif not supported:
                me.stigma = toward(me.stigma, 1.0, p.episodes_guilt)
