"""What is kept of a panel or of all that was seen: whole, escaped, and in need of nothing."""

import re
import xml.etree.ElementTree as ET

from tests.view.towns import choices_of, group_b, lived
from view.keep import MOST_LEAVES, as_svg, replay
from view.lives import TwinLives
from view.panels import curves, network, story


def test_a_panel_becomes_one_svg_with_title_and_note():
    snapshot = group_b().snapshot
    for panel, count in ((network.draw(snapshot), 1), (curves.states(snapshot), 4)):
        drawn = ET.fromstring(as_svg(panel, "A <title> & more"))
        assert len(drawn.findall("{http://www.w3.org/2000/svg}svg")) == count
        text = "".join(drawn.itertext())
        assert "A <title> & more" in text
        assert "not evidence that groups work or are safe" in text


def test_a_replay_holds_the_weeks_seen_and_nothing_from_elsewhere():
    lives = lived(weeks=12)
    lives.go_to(3)
    page = replay(lives)
    assert page.count('class="leaf"') == 13
    assert lives.shown == 3
    assert not re.search(r'(src|href)="(?!#)|url\(|@import', page)
    assert "data-person" not in page
    assert "default-src 'none'" in page
    for week in (0, 12):
        assert re.sub(r' data-weeks="\d+"', "", curves.states(lives.at(week))) in page


def test_a_replay_says_why_in_the_words_of_the_page_for_each_entry_that_asks():
    lives = lived("groupB", 30, run__seed=3, joining__publicity_per_year=3.0)
    page = replay(lives)
    asked = {int(k) for k in re.findall(r'data-why="(\d+)"', page)}
    answers = {int(k): text for k, text in re.findall(r'<template id="why-(\d+)">(.*?)</template>', page, re.DOTALL)}
    assert len(asked) > 3
    assert asked <= set(answers)
    for k in (min(asked), max(asked)):
        assert answers[k] == story.why(lives.at(30), k)
    assert "The week of person" in page


def test_a_long_story_is_answered_for_its_latest_entries_only(monkeypatch):
    monkeypatch.setattr("view.keep.MOST_ANSWERS", 2)
    lives = lived("groupB", 30, run__seed=3, joining__publicity_per_year=3.0)
    count = len(lives.snapshot.story)
    page = replay(lives)
    latest = {str(count - 2), str(count - 1)}
    assert set(re.findall(r'id="why-(\d+)"', page)) == latest
    assert set(re.findall(r'data-why="(\d+)"', page)) <= latest


def test_a_long_replay_keeps_some_weeks_the_last_among_them():
    lives = lived(weeks=80, run__weeks=100)
    for _ in range(20):
        lives.step()
    page = replay(lives)
    assert page.count('class="leaf"') == MOST_LEAVES
    assert "Week 99 of 99" in page


def test_what_a_file_says_cannot_become_markup_in_it():
    choices = choices_of("groupA")
    object.__setattr__(choices.base, "title", "<script>alert(1)</script>")
    page = replay(TwinLives(choices=choices))
    assert page.count("<script>") == 1
