"""The panels, without a browser: well-formed, escaped, with the numbers they claim."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from analysis.words.numbers import fixed, signed
from sim.codes import ONE_VISIT_ONLY
from sim.state import FIRST_VISIT, JOINED, LEFT
from sim.trace import tell
from tests.view.towns import group_b, lived
from view import svg
from view.numbers import EVERYONE, MEMBERS_NOW
from view.panels import change, curves, lifelines, network, person, story
from view.snapshot import WITH, WITHOUT

PANELS = {
    "network": network.draw,
    "states": curves.states,
    "days": curves.days,
    "lifelines": lifelines.draw,
    "attendance": lifelines.attendance,
    "story": story.draw,
    "change": change.draw,
    "person": lambda snapshot: person.draw(snapshot, 3),
    "paths": lambda snapshot: person.paths(snapshot, 3),
}


@pytest.mark.parametrize("week", [0, 1, 2, 13, 27, 80])
@pytest.mark.parametrize("name", PANELS)
def test_every_panel_is_well_formed_in_every_week(name, week):
    lives = group_b()
    lives.go_to(week)
    drawn = PANELS[name](lives.snapshot)
    ET.fromstring(f"<div>{drawn}</div>")
    assert "nan" not in re.sub(r"<title>.*?</title>", "", drawn).lower()
    assert not re.search(r"[\d\"]inf\b", drawn)
    lives.go_to(80)


@pytest.mark.parametrize("scenario", ["absent", "judging", "befriending"])
def test_panels_of_other_scenarios(scenario):
    lives = lived(scenario, 30)
    for draw in PANELS.values():
        ET.fromstring(f"<div>{draw(lives.snapshot)}</div>")
    if scenario == "absent":
        assert "no group in this scenario" in curves.states(lives.snapshot)


def test_a_group_that_closed_is_drawn():
    lives = lived("groupA", 80, group__founders=1, organising__low_weeks=3, joining__publicity_per_year=0.0)
    assert not lives.snapshot.weeks["open"][79]
    assert "The group closed" in story.draw(lives.snapshot)
    assert "no members" in curves.states(lives.snapshot)
    for draw in PANELS.values():
        ET.fromstring(f"<div>{draw(lives.snapshot)}</div>")


@pytest.mark.parametrize("colour_by", network.COLOURS)
def test_the_network_can_be_coloured_by_any_state(colour_by):
    drawn = network.draw(group_b().snapshot, colour_by, picked=3)
    assert drawn.count('class="person"') == int(group_b().snapshot.weeks["residents"][79])
    assert colour_by in network.legend(colour_by)
    assert 'aria-label="Week 79:' in drawn


def test_pictures_say_in_words_what_they_show():
    for name in ("network", "states", "days", "lifelines", "attendance", "paths"):
        assert re.search(r'role="(img|group)" aria-label="[^"]{30,}"', PANELS[name](group_b().snapshot)), name


def test_numbers_in_the_plots_are_the_means():
    lives = group_b()
    own, twin = (float(lives.snapshot.means(life, "stigma")[-1]) for life in (WITH, WITHOUT))
    drawn = re.sub(r"<[^>]+>", "", curves.states(lives.snapshot))
    assert f"{own:.2f} · twins {twin:.2f} · difference {signed(own - twin, 2)}" in drawn


def test_before_and_after_stands_beside_the_twin():
    for whom in (EVERYONE, MEMBERS_NOW):
        drawn = change.draw(group_b().snapshot, whom)
        assert drawn.count("<tr data-measure") == 8
        assert "twin without" in drawn


def test_the_week_in_words_has_the_text_of_explain_behind_a_fold():
    lives = group_b()
    snapshot, values = lives.snapshot, lives.config.values
    for life, told in ((WITH, tell(values, 3, 79)), (WITHOUT, tell({**values, "group.exists": False}, 3, 79))):
        drawn = person.week_in_words(snapshot, 3, life)
        said, folded = drawn.split("<details>")
        assert f">{svg.words(told)}</pre>" in folded
        assert "draw" not in said


def test_one_visit_after_which_somebody_stays_is_told_once():
    snapshot = group_b().snapshot
    drawn = story.draw(snapshot)
    came = {(int(e.row), int(e.week)) for e in snapshot.story[snapshot.story.kind == FIRST_VISIT]}
    stayed = {(int(e.row), int(e.week)) for e in snapshot.story[snapshot.story.kind == JOINED]}
    assert came & stayed
    assert drawn.count("and stays as a member") == len(came & stayed)
    assert drawn.count("came back and is a member") == len(stayed - came)


def test_who_came_once_is_not_said_to_have_been_a_member():
    snapshot = group_b().snapshot
    gone = snapshot.story[snapshot.story.kind == LEFT]
    once = int((gone.reason == ONE_VISIT_ONLY).sum())
    drawn = story.draw(snapshot)
    assert 0 < once < len(gone)
    assert drawn.count("did not stay <") == drawn.count("(one visit only)") == once
    assert drawn.count("is no longer a member <") == len(gone) - once


def test_met_this_week_means_both_were_there():
    lives = lived("groupA", 12, contact__between_meetings=False)
    for week in range(1, 13):
        lives.go_to(week)
        pairs, now = lives.snapshot.pairs, lives.snapshot.now()
        together = network.met(pairs, now, 0.2)
        assert (together == (pairs["hours"] > 1e-6)).all()


def test_what_a_file_says_cannot_become_markup():
    assert svg.words("<b>\"&'") == "&lt;b&gt;&quot;&amp;&#x27;"
    assert "<script" not in svg.label(0, 0, "<script>")


@pytest.mark.parametrize(("value", "text"), [(-0.004, "0.00"), (-0.2, "\u22120.20"), (float("nan"), "\u2013")])
def test_numbers_for_people(value, text):
    assert fixed(value) == text


def test_a_long_curve_keeps_its_ends_and_stays_small():
    chart = svg.Chart(0, 0, 100, 100, 5000)
    drawn = chart.curve(np.linspace(0, 1, 5001), svg.BLUE)
    assert drawn.count("L") < 400
    assert 'cx="100.0" cy="0.0"' in drawn


@pytest.mark.parametrize("shown", [0, 1, 26, 27, 104, 105, 624, 625, 5200])
def test_the_axis_covers_what_is_shown(shown):
    assert shown <= svg.span_of(shown, 5200) <= 5200
    assert len(svg.week_ticks(svg.span_of(shown, 5200))) <= 30
