"""The weekly order, once. Start reading here.

One step of the model is one week of seven days, in which ``live_week`` calls one rule after another.
Each rule has a file of its own under ``sim/rules``, which says in words what happens, what members
said, and the equation, and declares what is the rule's own. ``PLAN`` is read from ``live_week``.
"""

from __future__ import annotations

from sim.compiler import compiled, compiled_in_place, entry_point
from sim.observe import close_week, observe, open_week
from sim.plan import PLAN  # noqa: F401  (the steps, as live_week below calls them)
from sim.relations import DAYS_IN_WEEK
from sim.rules.aftermath import aftermath
from sim.rules.be_known import be_known
from sim.rules.befriend import befriend
from sim.rules.breach import breach
from sim.rules.close import close
from sim.rules.close_door import close_door
from sim.rules.contact import contact
from sim.rules.count_on import count_on
from sim.rules.discover import discover
from sim.rules.episode import episode
from sim.rules.feel import feel
from sim.rules.feel_guilty import feel_guilty
from sim.rules.fluctuate import fluctuate
from sim.rules.follow import follow
from sim.rules.found import found
from sim.rules.fund import fund
from sim.rules.hand_over import hand_over
from sim.rules.hear import hear
from sim.rules.help import help_others
from sim.rules.isolate import isolate
from sim.rules.leave import leave
from sim.rules.line import line
from sim.rules.listen import listen
from sim.rules.meet import meet
from sim.rules.monitor import monitor
from sim.rules.move import move
from sim.rules.move_on import move_on
from sim.rules.organise import organise
from sim.rules.pass_on import pass_on
from sim.rules.practise import practise
from sim.rules.quarrel import quarrel
from sim.rules.realise import realise
from sim.rules.recover import recover
from sim.rules.remember import remember
from sim.rules.seek import seek
from sim.rules.settle import settle
from sim.rules.share import share
from sim.rules.socialise import socialise
from sim.rules.stress import stress
from sim.rules.tell import tell
from sim.rules.text import text
from sim.rules.visit import visit
from sim.state import World


@compiled_in_place
def live_week(world, week):
    """One week of everybody's life. ``week`` counts from the start of the lead-in."""
    open_week(world)
    move(world, week)
    recover(world, week)
    stress(world, week)
    fluctuate(world, week)
    found(world, week)
    seek(world, week)
    hear(world, week)
    visit(world, week)
    for day in range(week * DAYS_IN_WEEK, (week + 1) * DAYS_IN_WEEK):
        feel(world, day)
        contact(world, day)
        line(world, day)
        meet(world, day)
        share(world, day)
        be_known(world, day)
        listen(world, day)
        realise(world, day)
        pass_on(world, day)
        help_others(world, day)
        quarrel(world, day)
        breach(world, day)
        monitor(world, day)
        socialise(world, day)
        count_on(world, day)
        episode(world, day)
        aftermath(world, day)
        feel_guilty(world, day)
        practise(world, day)
        remember(world, day)
    text(world, week)
    tell(world, week)
    discover(world, week)
    befriend(world, week)
    isolate(world, week)
    settle(world, week)
    leave(world, week)
    move_on(world, week)
    follow(world, week)
    organise(world, week)
    hand_over(world, week)
    close_door(world, week)
    fund(world, week)
    close(world, week)
    close_week(world)


@entry_point
def live(world, first_week, last_week, weeks, history, history_every, recorded):
    """All weeks from ``first_week`` up to, not including, ``last_week`` (from the lead-in's start).

    ``weeks``: the table of weeks, one row for each week since opening. ``history``: people as they
    were, a row of n for every ``history_every`` weeks, the first as they were just before the
    opening; with no rows at all nothing is kept. ``recorded``: whether to take these records; if not,
    rules from outside may act before ``record`` does.
    """
    for week in range(first_week, last_week):
        g = world.group[0]
        meetings, attendances, socials = g.meetings, g.attendances, g.socials
        live_week(whose_life_has_begun(world, week), week)
        if recorded:
            take_record(world, week, weeks, history, history_every, meetings, attendances, socials)


@entry_point
def record(world, week, weeks, history, history_every, meetings_before, attendances_before, socials_before):
    """The record of a week that has been lived without, just as ``live`` takes it."""
    take_record(world, week, weeks, history, history_every, meetings_before, attendances_before, socials_before)


@compiled
def take_record(world, week, weeks, history, history_every, meetings_before, attendances_before, socials_before):
    """Fill in the week's row of the table of weeks, and of the history if it is kept for this week."""
    since = week - world.group[0].opening_week
    if since >= 0:
        so_far = whose_life_has_begun(world, week)
        observe(so_far, week, weeks[since], meetings_before, attendances_before, socials_before)
    if since >= -1 and len(history) > 0 and (since + 1) % history_every == 0:
        keep_history(world, history, (since + 1) // history_every)


@compiled
def whose_life_has_begun(world, week):
    """The world without the last rows, as long as nobody in them lives yet: no rule need look at them."""
    many = 0
    for i in range(len(world.people)):
        if world.traits[i].arrives_week - world.params[0].run_lead_in_weeks <= week:
            many = i + 1
    return World(
        world.key,
        world.params,
        world.traits[:many],
        world.people[:many],
        world.group,
        world.ties,
        world.hours,
        world.contacts,
        world.circle,
        world.events,
        world.places,
        world.ways,
        world.ways_set,
        world.numbers,
    )


@compiled
def keep_history(world, history, k):
    """Copy people as they are into row k of the history."""
    for i in range(len(world.people)):
        history[k, i] = world.people[i]
