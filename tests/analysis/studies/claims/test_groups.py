"""What is known in groups, and whether they go on, from figures that are planted."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.studies.claims import groups, learning
from tests.analysis.studies.claims.test_read import planted

TOWNS = 20
ONES = np.ones(TOWNS)
LUCK = np.linspace(-0.05, 0.05, TOWNS)


def towns(**totals):
    return planted("groupA", ONES, totals={name: np.broadcast_to(value, TOWNS) for name, value in totals.items()})


def test_old_groups_against_new_ones_by_what_an_account_holds_coping_to_be():
    """Half of the towns still have a group at eight years; in these more is known by 0.5 than people would anyway."""
    old = np.arange(TOWNS) % 2
    known = {
        "knowing_groups_8": old, "known_8": old * (2.5 + LUCK), "known_twin_8": old * 2.0,
        "knowing_groups_1": ONES, "known_1": 2.1 + LUCK, "known_twin_1": 2.0 * ONES,
        "joining": ONES, "joining_coping": 0.03 + LUCK, "first_hand": ONES, "first_hand_coping": 0.01 - LUCK,
    }  # fmt: skip
    lived = towns(**known)
    level = learning._known_in_old_groups()({"groupA": lived})
    assert level.estimate.value == pytest.approx(0.02)
    assert level.label.startswith("coping of regulars")
    lived.arm.values["mechanisms.ways"] = True
    ways = learning._known_in_old_groups()({"groupA": lived})
    assert ways.estimate.value == pytest.approx(0.5 + (old * LUCK).sum() / 10 - 0.1)
    assert ways.label.startswith("ways of coping known")
    found = learning._known(8)({"groupA": lived}).estimate
    assert found.value == pytest.approx(0.5 + (old * LUCK).sum() / 10)


def test_no_town_that_differs_is_not_certainty():
    arms = {name: planted(name, ONES) for name in ("groupB", "no handover")}
    for arm in arms.values():
        arm.rows = [52, 104]  # not in place: planted arms share theirs, and year four is looked at
    same = groups._open_gap("groupB", "no handover").at_least(-0.1)(arms)
    most = 1 - 0.025 ** (1 / TOWNS)
    assert (same.estimate.value, same.estimate.low) == (0.0, pytest.approx(-most))
    assert same.outcome == "undetermined", "one group in six may do otherwise unseen"
    for part in arms["groupB"].parts[:8]:
        part.group["open"][:] = 0.0
    worse = groups._open_gap("groupB", "no handover").at_least(-0.1)(arms)
    assert worse.estimate.value == pytest.approx(-0.4)
    assert worse.outcome == "fails"


def test_groups_that_ended_before_the_handover_count_as_not_led_by_members():
    lived = planted(
        "groupB", ONES, totals={"groups_4": ONES, "open_2": np.arange(TOWNS) % 2, "led_3": np.arange(TOWNS) % 2}
    )
    on_its_feet = groups._share_of_groups("groupB", "led_3", "groups_4", "of all groups begun")
    assert on_its_feet({"groupB": lived}).estimate.value == 0.5
