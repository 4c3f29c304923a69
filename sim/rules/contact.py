"""Contact in need: on a hard day, ringing or texting those one is closest to.

In words
    On a hard day, or (with insight into what is coming) somewhat before it is one, a person tries
    peers, the closest first, until one answers. Whom one trusts and is
    close to, one rings; whoever is not too distressed answers. To be answered brings relief and
    time together. To answer is to help: it mirrors one's own triggers, and it weighs. Former
    members keep ringing and being rung as long as there is a tie. Who rings after a recent episode
    may tell of it, as at a meeting, and the one who hears carries that (see episode).

Members' words
    "I think we are all welcome to ring each other if we've got an issue" (B3). "I can talk to group
    members outside the group on a one to one basis who give me support" (A3).

Equation
    rings j with probability T_i w_ij; j answers with probability 1 - D_j
    rings when D_i > threshold_i (1 - earlier * U_i)
    answered: D_i -> 0 [relief] (a negative relief: D_i -> 1 [-relief]), call_hours together;
              U_j -> 1 [strength * helper * s_ij * r_j], D_j -> 1 [burden];
              j hears of a recent episode with probability tell_episode

Reads
    people: living, hard_day, distress, joined_week, understanding, trust, last_episode_day
    traits: hard_day_threshold, responsiveness, position
    group: circle
    ties, circle
    parameters: group.shared_experience, meeting.tell_episode, meeting.recent_days,
        meeting.strength, meeting.helper, meeting.burden, contact.between_meetings,
        contact.calls_tried, contact.call_hours, contact.relief, contact.earlier_with_insight
Writes
    people: distress, heard_episode_day, supported_day, understanding, calls_made, calls_answered,
        calls_taken, heard_episodes
    hours

Source
    sizes are assumptions; the burden on helpers and social influence are the counter-mechanisms.
"""

from sim import draws
from sim.codes import ON_HARD_DAY, TIED
from sim.compiler import compiled
from sim.declare import number, proportion, purpose, total
from sim.maths import eased, toward
from sim.relations import on_a_hard_day, shared_likeness, spend_time, tied_to

SUMMARY = "on a hard day, peers are rung"
CALL = purpose(120, "call")
ANSWER = purpose(121, "answer")
TOLD_ON_PHONE = purpose(125, "told on phone")
PARAMETERS = (
    number("contact.calls_tried", 3, 0, 30, "peers", "peers tried on one hard day, closest first", plausible=(1, 5)),
    number("contact.call_hours", 0.5, 0.0, 12.0, "hours", "length of a call", plausible=(0.2, 1.0)),
    number("contact.relief", 0.3, -1.0, 1.0, "fraction per event",
           "a call is answered: distress moves to 0 by (negative: to 1 by that much)",
           "assumption: as much as the short relief after an episode (episodes.relief); received support can also go "
           "with worse mood that day (Gleason, Bolger and others 2008), so the range holds none and some harm",
           plausible=(-0.2, 0.5)),
    proportion("contact.earlier_with_insight", 0.3,
               "by how much full understanding lowers the distress from which one rings",
               "assumption: a third earlier, since one sees it coming; the range holds none", plausible=(0.0, 0.6)),
)  # fmt: skip
PEOPLE = (
    total("calls_made", "calls to a peer on hard days"),
    total("calls_answered", "calls answered by a peer"),
    total("calls_taken", "calls of others answered, phone line included"),
)  # fmt: skip


@compiled
def contact(world, day):
    """Each person on a hard day: peers tried, closest first, until one answers."""
    p = world.params[0]
    if not p.contact_between_meetings:
        return
    for k in range(who_would_ring(world)):
        i = world.places[ON_HARD_DAY, k]
        me = world.people[i]
        if me.joined_week < 0:
            continue
        peers = tied_to(world, i, world.group[0].circle)
        j = i
        for _ in range(p.contact_calls_tried):
            j = next_closest(world, i, j, peers)
            if j == i:
                break
            who, peer = world.traits[i].id, world.traits[j].id
            if draws.happens(world.key, who, peer, day, CALL, me.trust * world.ties[i, j]):
                me.calls_made += 1
                if draws.happens(world.key, who, peer, day, ANSWER, 1.0 - world.people[j].distress):
                    me.calls_answered += 1
                    if len(world.contacts) > 0:
                        world.contacts[i, j].calls += 1
                    spend_time(world, i, j, p.contact_call_hours)
                    support(world, i, j, day)
                    break


@compiled
def who_would_ring(world):
    """How many have a hard day, or see one coming; notes their rows in ``places[ON_HARD_DAY]``."""
    earlier = world.params[0].contact_earlier_with_insight
    if earlier <= 0.0:
        return on_a_hard_day(world)
    rows = world.places[ON_HARD_DAY]
    many = 0
    for k in range(world.group[0].circle):
        i = world.circle[k]
        me = world.people[i]
        from_here = world.traits[i].hard_day_threshold * (1.0 - earlier * me.understanding)
        if me.living and (me.hard_day or me.distress > from_here):
            rows[many] = i
            many += 1
    return many


@compiled
def next_closest(world, i, last, peers):
    """The peer with the strongest tie to i after ``last`` (after nobody, if last is i); i if none is left.

    Of equal ties the lower row comes first. ``peers``: how many have a tie with i, noted by ``tied_to``.
    """
    best, best_tie = i, 0.0
    last_tie = world.ties[i, last] if last != i else 2.0
    for k in range(peers):
        j = world.places[TIED, k]
        tie = world.ties[i, j]
        if tie < best_tie or tie > last_tie:
            continue
        tried = tie == last_tie and j <= last
        worse = tie == best_tie and j > best
        if world.people[j].living and not tried and not worse:
            best, best_tie = j, tie
    return best


@compiled
def support(world, i, helper, day):
    """The person in row ``helper`` supports the one in row i on the phone."""
    p = world.params[0]
    me, them = world.people[i], world.people[helper]
    me.distress = eased(me.distress, p.contact_relief)
    me.supported_day = day
    gain = p.meeting_strength * p.meeting_helper * shared_likeness(world, i, helper)
    them.understanding = toward(them.understanding, 1.0, gain * world.traits[helper].responsiveness)
    them.distress = toward(them.distress, 1.0, p.meeting_burden)
    them.calls_taken += 1
    recent = me.last_episode_day >= 0 and day - me.last_episode_day <= p.meeting_recent_days
    who, peer = world.traits[i].id, world.traits[helper].id
    if recent and draws.happens(world.key, who, peer, day, TOLD_ON_PHONE, p.meeting_tell_episode):
        them.heard_episode_day = day
        them.heard_episodes += 1
