"""Guilt after an episode: a feeling of its own, which support eases, and which turns into shame.

In words
    After an episode comes guilt (see aftermath). It fades within weeks. While it lasts it weighs on the day,
    and part of it turns into lasting shame. Somebody who is supported feels it less; somebody who tells of an
    episode and is judged feels it more (see share).

Members' words
    "It doesn't make me feel so guilty when I've done it, you don't beat yourself up about it so much, and when
    you have, you get support and you're told not to feel so bad about it" (A1).

Equation
    supported today: G -> 0 [guilt_eased]
    S -> 1 [shame_from_guilt * G];   G <- G 2^(-1 / half-life in days)

Reads
    people: guilt, living, supported_day
    parameters: episodes.guilt_eased, episodes.shame_from_guilt, episodes.guilt_half_life_days,
        mechanisms.guilt
Writes
    people: guilt, stigma

Source
    the paper names guilt beside shame ("reduced feelings of guilt, shame and isolation": Corcoran 2007, in the
    paper); sizes are assumptions. The first model, and every account without this state, has the shorter way:
    an episode adds to shame at once unless supported.
"""

from sim.compiler import compiled
from sim.declare import effect, level, number
from sim.maths import remaining, toward

SUMMARY = "guilt is eased, or turns into shame"
PARAMETERS = (
    effect("episodes.guilt_eased", 0.3, "supported on a day: guilt moves to 0 by",
           "assumption: as much as a call eases distress (contact.relief)", plausible=(0.0, 0.6)),
    effect("episodes.shame_from_guilt", 0.0017, "a day of full guilt: stigma moves to 1 by",
           "assumption: so that an episode on its own, with guilt of 0.3 that halves within a week, adds as much "
           "shame as in the first model (episodes.guilt)", plausible=(0.0, 0.007)),
    number("episodes.guilt_half_life_days", 7.0, 0.1, 1000.0, "days", "fading of guilt",
           "assumption: guilt lasts for days to weeks, longer than a bad day", plausible=(2.0, 28.0)),
)  # fmt: skip
PEOPLE = (
    level("guilt", "about recent episodes; 0 where mechanisms.guilt is off"),
)  # fmt: skip


@compiled
def feel_guilty(world, day):
    """Each person with guilt: whether it is eased, and what it does."""
    p = world.params[0]
    if not p.mechanisms_guilt:
        return
    keep = remaining(p.episodes_guilt_half_life_days)
    for i in range(len(world.people)):
        me = world.people[i]
        if me.living and me.guilt > 0.0:
            if me.supported_day == day:
                me.guilt = toward(me.guilt, 0.0, p.episodes_guilt_eased)
            me.stigma = toward(me.stigma, 1.0, p.episodes_shame_from_guilt * me.guilt)
            me.guilt *= keep
