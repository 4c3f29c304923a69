"""Moving into the area and away from it.

In words
    People come to live in the area and move away for reasons that have nothing to do with the
    group. Before moving here a newcomer lives through a lead-in elsewhere. Somebody who moves away
    is no longer a member and is no longer simulated; ties to her or him no longer count. Counting
    (episodes, hard days, ...) begins with living in the area.

Members' words
    None: a fact of life that groups must survive.

Equation
    living   = arrives_week - lead_in_weeks <= week < departs_week
    resident = arrives_week <= week < departs_week

Reads
    people: resident, organiser, status
    traits: arrives_week, departs_week
    parameters: organising.organiser_lost, run.lead_in_weeks
Writes
    people: living, resident, organiser, visiting, expected, status, trust, left_reason, left_week,
        distress_total, days_lived, hard_days, days_ended_hard, hard_days_through, episodes,
        told_outside, told_accepted, services_contacts
    group: organisers
    story

Source
    assumption (people.mean_stay_years); the same in every condition, so never an effect.
"""

from sim.codes import MEMBER, MOVED_AWAY
from sim.compiler import compiled
from sim.declare import flag
from sim.rules.leave import end_membership

SUMMARY = "people move into the area and away"
PEOPLE = (
    flag("living", "this person's life is being simulated this week"),
    flag("resident", "lives in the area this week and could attend"),
)  # fmt: skip


@compiled
def move(world, week):
    """Each person: living, living here, or gone."""
    lead_in = world.params[0].run_lead_in_weeks
    for i in range(len(world.people)):
        who, me = world.traits[i], world.people[i]
        was_resident = me.resident
        me.living = who.arrives_week - lead_in <= week < who.departs_week
        me.resident = who.arrives_week <= week < who.departs_week
        if me.resident and not was_resident:
            start_counting(me)
        if was_resident and not me.resident:
            me.visiting = False
            if me.status == MEMBER:
                end_membership(world, i, week, MOVED_AWAY)


@compiled
def start_counting(me):
    """Set to zero what was counted in the lead-in; of the group nothing can have been."""
    me.distress_total = 0.0
    me.days_lived = 0
    me.hard_days = 0
    me.days_ended_hard = 0
    me.hard_days_through = 0
    me.episodes = 0
    me.told_outside = 0
    me.told_accepted = 0
    me.services_contacts = 0
