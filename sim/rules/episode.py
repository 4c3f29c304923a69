"""Episodes of self-harm: a rate that distress raises and coping lowers.

In words
    Episodes come at a personal rate, very different from one person to the next. Distress raises it
    steeply, other ways of coping lower it, natural decline wears it down. Who has lately heard of
    somebody's episode may feel the urge more (social influence on urges): this holds whether or not
    mechanics were spoken of, so the group's rule against mechanics cannot by itself refute it. How
    severe an episode is, or by what means, is not part of the model.

Members' words
    "Understanding of an individual's need to self-harm at times of distress underpinned the ethos
    of both groups" (authors).

Equation
    mean today = lambda_i D^2 (1 - omega C) (1 + kappa X + kappa_m M) decline_i (1 + urge_gain_i)
    X, M = 1 for influence_days after hearing of an episode, of mechanics;  count ~ Poisson, from today's luck

Reads
    people: urge_gain, living, distress, luck, coping, decline, episodes_today, heard_episode_day,
        heard_mechanics_day
    traits: episode_rate
    parameters: episodes.coping_protection, episodes.social_influence, episodes.mechanics_influence,
        episodes.influence_days
Writes
    people: episodes_today, episodes_this_week, last_episode_day

Source
    no arrow leads here from the group itself. kappa: OR 2.03 and 1.49 for, none once selection is
    modelled against (Giletta 2013). The square is an assumption: distress must raise the rate steeply,
    so that most episodes fall on hard days.
"""

from sim import draws
from sim.compiler import compiled
from sim.declare import Field, last_day, number, proportion

SUMMARY = "episodes of self-harm"
PARAMETERS = (
    proportion("episodes.coping_protection", 0.5, "by how much full coping lowers the rate of episodes",
               "assumption: full coping halves the rate; the range holds no protection at all", plausible=(0.0, 0.9)),
    number("episodes.social_influence", 0.3, 0.0, 5.0, "relative rise",
           "rise of the rate after hearing of somebody's recent episode (kappa); it does not depend on whether "
           "mechanics are spoken of",
           "assumption; for: OR 2.03 (1.05-3.90) in adolescents, cross-sectional, and OR 1.49 for up to 4 h on "
           "wards; against: none once selection is modelled (Giletta 2013)", plausible=(0.0, 1.0)),
    number("episodes.mechanics_influence", 0.3, 0.0, 5.0, "relative rise",
           "further rise where mechanics were spoken of",
           "assumption: as strong again as hearing of an episode, so that the norm against mechanics can matter",
           plausible=(0.0, 1.0)),
    number("episodes.influence_days", 7, 0, 60, "days", "how long such hearing works on urges",
           "assumption: a week, from one weekly meeting to the next", plausible=(1, 14)),
)  # fmt: skip
PEOPLE = (
    Field("episodes_today", "i8", "count", 0.0, None, "episodes of today"),
    Field("episodes_this_week", "i8", "count", 0.0, None, "episodes of the week"),
    last_day("last_episode_day", "last day with an episode"),
)  # fmt: skip


@compiled
def episode(world, day):
    """Each person: how many episodes today."""
    for i in range(len(world.people)):
        me = world.people[i]
        if me.living:
            mean = episode_mean(world, i, day)
            me.episodes_today = draws.poisson_quantile(me.luck, mean)
            if me.episodes_today > 0:
                me.episodes_this_week += me.episodes_today
                me.last_episode_day = day


@compiled
def episode_mean(world, i, day):
    """Expected number of episodes today of the person in row i."""
    p = world.params[0]
    me = world.people[i]
    influence = 1.0
    if heard_lately(me.heard_episode_day, day, p.episodes_influence_days):
        influence += p.episodes_social_influence
    if heard_lately(me.heard_mechanics_day, day, p.episodes_influence_days):
        influence += p.episodes_mechanics_influence
    rate = world.traits[i].episode_rate * me.decline * (1.0 + me.urge_gain)
    return rate * me.distress * me.distress * (1.0 - p.episodes_coping_protection * me.coping) * influence


@compiled
def heard_lately(heard_day, day, days):
    """Whether something was heard (heard_day of -1: never) fewer than ``days`` days ago."""
    return heard_day >= 0 and day - heard_day < days
