"""Rules of coping: ways are passed on, advised and tried on hard days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.purposes import WAY_ADVISED, WAY_TOLD, WAY_TRIED
from tests.reference.draws import toward

if TYPE_CHECKING:
    from tests.reference.model import ReferenceModel
    from tests.reference.people import Person


def pass_on(town: ReferenceModel, day: int) -> None:
    """Who shares speaks of one way of coping; listeners take something of it over."""
    given, group = town.given, town.group
    if not (given["mechanisms.ways"] and group.met_today):
        return
    for speaker in group.company:
        if not speaker.shared:
            continue
        k = speaker.chosen_way(town.draws.uniform(speaker.id, day, WAY_TOLD))
        if k is None:
            continue
        for me in group.company:
            if me is not speaker:
                take_over(town, me, k, speaker, given["meeting.pass_on"])


def take_over(town: ReferenceModel, me: Person, k: int, other: Person, size: float) -> None:
    """Somebody less skilled in a way of coping learns it from another."""
    given = town.given
    if me.ways[k] < other.ways[k]:
        fraction = given["meeting.strength"] * size * given["group.shared_experience"] * me.trust * me.responsiveness
        me.ways[k] = toward(me.ways[k], other.ways[k], fraction)
        me.ways_heard += 1


def advise(town: ReferenceModel, helper: Person, speaker: Person, day: int) -> None:
    """Advice passes on how the helper copes."""
    given = town.given
    if given["mechanisms.ways"]:
        k = helper.chosen_way(town.draws.uniform(helper.id, day, WAY_ADVISED, speaker.id))
        if k is not None:
            take_over(town, speaker, k, helper, given["meeting.advice"])
        return
    alike = given["group.shared_experience"] * helper.likeness(speaker)
    pull = given["meeting.strength"] * given["meeting.advice"] * alike * speaker.responsiveness
    if helper.coping <= speaker.coping:
        pull *= given["meeting.copy_poor_coping"]
    speaker.coping = toward(speaker.coping, helper.coping, pull)


def practise(town: ReferenceModel, day: int) -> None:
    """A hard day is practice, of coping as such or of one way."""
    given = town.given
    for me in town.living:
        if not me.hard_day:
            continue
        if not me.episodes_today:
            me.hard_days_through_this_week += 1
        if given["mechanisms.ways"]:
            _try_a_way(town, me, day)
        elif not me.episodes_today:
            me.coping = toward(me.coping, 1.0, given["episodes.practice"] * me.understanding)


def _try_a_way(town: ReferenceModel, me: Person, day: int) -> None:
    given = town.given
    k = me.chosen_way(town.draws.uniform(me.id, day, WAY_TRIED))
    if k is None:
        return
    if me.ways_set[k] == 0:
        me.distress = toward(me.distress, 1.0, given["episodes.misfit"] * (1 - me.suitability[k]))
    if not me.episodes_today:
        me.ways[k] = toward(me.ways[k], 1.0, given["episodes.way_practised"] * me.understanding)
    else:
        me.ways[k] = toward(me.ways[k], 0.0, given["episodes.way_fails"])
