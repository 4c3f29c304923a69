"""Socials: time together that is not a meeting.

In words
    Now and then, if there is money, members go out or do something together on a day without a
    meeting. Nobody shares; hours together are what counts.

Members' words
    "Just have a chat and a laugh and a giggle...it's another part of sharing really" (B4).

Equation
    on social_day, with probability socials_per_year / 52 (never above 1); members attend as they
    attend meetings; each two present: social_hours together

Reads
    people: present, status, distress, trust
    traits: barrier
    group: open, funded, met_today
    parameters: group.socials_per_year, group.social_hours, group.social_day, meeting.shared_out,
        meeting.attend_floor, meeting.attend_distress, organising.funded
Writes
    people: present, socials
    group: socials
    hours

Source
    group B "held a number of social activities"; how many is an assumption.
"""

from sim import draws
from sim.codes import MEMBER
from sim.compiler import compiled
from sim.declare import number, purpose, total
from sim.draws import NOBODY, THE_GROUP
from sim.relations import DAYS_IN_WEEK, WEEKS_IN_YEAR, can_pay
from sim.rules.meet import attendance_prob, keep_company

SUMMARY = "meals out, laughter"
SOCIAL_HELD = purpose(102, "social held")
SOCIAL_ATTEND = purpose(103, "social attend")
PARAMETERS = (
    number("group.socials_per_year", 0.0, 0.0, 52.0, "per year", "social activities besides meetings",
           'group B: "held a number of social activities"; number an assumption', plausible=(0.0, 24.0)),
    number("group.social_hours", 3.0, 0.0, 12.0, "hours", "length of a social",
           "assumption: as long as an outing", plausible=(2.0, 5.0)),
    number("group.social_day", 5, 0, 6, "weekday (0 = Monday)", "weekday of socials",
           "assumption: a Saturday; the day changes nothing that is asked"),
)  # fmt: skip
PEOPLE = (
    total("socials", "socials attended"),
)  # fmt: skip
GROUP = (
    total("socials", "socials held", since="the opening"),
)  # fmt: skip


@compiled
def socialise(world, day):
    """Today's social, if there is one: who is there."""
    p, g = world.params[0], world.group[0]
    if not (g.open and can_pay(world)) or g.met_today or day % DAYS_IN_WEEK != p.group_social_day:
        return
    prob = p.group_socials_per_year / WEEKS_IN_YEAR
    if not draws.happens(world.key, THE_GROUP, NOBODY, day, SOCIAL_HELD, prob):
        return
    g.socials += 1
    for i in range(len(world.people)):
        me = world.people[i]
        if me.status == MEMBER:
            who = world.traits[i].id
            prob = attendance_prob(world, i)
            me.present = draws.happens(world.key, who, NOBODY, day, SOCIAL_ATTEND, prob)
            if me.present:
                me.socials += 1
    keep_company(world, p.group_social_hours)
