"""The report of a comparison: one file, nothing fetched, everything escaped, described, careful."""

from __future__ import annotations

import re

import pytest

from analysis.compare.arms import Arm
from analysis.compare.outcomes import OUTCOMES, POPULATIONS
from analysis.studies.compare.report import comparison_facts, network_pictures
from analysis.words.care import CARE, EPISODES, SUPPORT
from analysis.words.numbers import span
from tests.analysis.lives import unkind_words
from tests.analysis.report.reading import EVIL, Page
from tests.analysis.small import arm
from tests.test_house import FORBIDDEN


def test_it_is_one_file_and_fetches_nothing(page):
    assert page.text.startswith("<!doctype html>")
    assert page.fetched == []
    assert not {"script", "link", "iframe", "object", "embed", "img", "base", "form"} & {
        tag for tag, _ in page.elements
    }
    names_of_languages = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert set(re.findall(r"\b(?:https?:)?//[^\s\"'<>]+", page.text)) <= names_of_languages
    (policy,) = [meta["content"] for meta in page.all("meta") if "http-equiv" in meta]
    assert "default-src 'none'" in policy


def test_no_element_does_anything_by_itself(page):
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on")], tag
        assert not [value for value in attributes.values() if (value or "").lower().startswith("javascript:")]
    assert page.comments == []


def test_elements_are_closed_and_names_are_unique(page):
    assert page.left_open == []
    assert len(page.ids) == len(set(page.ids))
    assert page.dangling == set() or page.dangling <= {"three", "forest", "courses", "individuals", "groups"}


def test_contents_lead_somewhere(whole):
    assert whole.dangling == set()
    assert {
        "arms",
        "three",
        "forest",
        "courses",
        "individuals",
        "groups",
        "effects",
        "between",
        "assumed",
        "made",
    } <= set(whole.ids)


def test_every_figure_is_described(page):
    for svg in page.all("svg"):
        assert svg["role"] == "img"
        assert len(svg["aria-label"]) > 20
    assert len(page.all("figure")) == len(page.all("svg")) == len(page.all("figcaption"))


def test_a_page_with_groups_has_all_its_figures(whole, wicked, without_groups):
    assert len(whole.all("svg")) == 1 + 1 + 2 + 1 + 1 + 2, "three, forest, courses, person by person, survival, ties"
    assert len(wicked.all("svg")) == 6
    assert len(without_groups.all("svg")) == 0


def test_it_is_readable_on_a_phone_on_paper_and_in_british_english(page):
    assert page.all("html") == [{"lang": "en-GB"}]
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in page.all("meta")
    assert "@media print" in page.text
    for tag, attributes in page.elements:
        if tag == "div" and attributes.get("tabindex") == "0":
            assert attributes["class"] == "wide", "what scrolls can be reached by keyboard"


def test_the_care_note_and_where_to_find_support_are_there(page):
    assert CARE in page.words
    for words in (EPISODES, SUPPORT, "suicide is not modelled", "Samaritans 116 123", "NHS 111", "999",
                  "Self Injury Support"):  # fmt: skip
        assert words in page.words
    assert page.text.index("Samaritans") < page.text.index("<main>")


def test_it_uses_no_word_that_hurts(page):
    # Sources name studies as they are called, and "you need not be alone" says what is not modelled.
    shown = page.words.replace(CARE, "").replace("suicide is not modelled", "")
    shown = re.sub(r"[\"“][^\"“”]{0,400}?[\"”]", " ", shown)
    assert unkind_words(shown) == []
    descriptions = " ".join(svg["aria-label"] for svg in page.all("svg"))
    assert unkind_words(descriptions) == []
    assert not [word for word in FORBIDDEN if word in (shown + descriptions).lower()]


# What comes from a scenario.


def test_whatever_a_scenario_says_comes_out_as_words(wicked):
    assert "<script" not in wicked.text
    assert "alert(1)" in wicked.words
    assert wicked.words.count(" ".join(EVIL.split())) >= 8, "in headings, tables and captions"
    assert "49" not in wicked.text.split("<h1>")[1].split("</h1>")[0], "a template in a title is no template"
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;" in wicked.text
    labels = [svg["aria-label"] for svg in wicked.all("svg")]
    assert sum(EVIL in label for label in labels) >= 3
    assert "y" not in wicked.ids


def test_the_page_of_thirty_weeks_says_so(wicked):
    assert "28 weeks after the opening" in wicked.words
    assert "Arms against each other" not in wicked.words


# What is said.


def test_three_figures_stand_side_by_side_before_all_else(whole):
    places = [whole.text.index(f'id="{name}"') for name in ("arms", "three", "forest", "effects", "assumed", "made")]
    assert places == sorted(places)
    for head in ("change since before", "change of the twin", "with the group minus without", "those seen before they"):
        assert head in whole.words


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda o: o.name)
def test_every_outcome_is_in_the_tables(whole, outcome):
    cell = f'<td>{outcome.label}<span class="ends">{outcome.unit}</span></td>'
    assert whole.text.count(cell) >= 13, "populations, times and arms"


def test_what_was_compared_assumed_and_run_is_said(whole):
    for words in ("groupA", "groupB", "Title of absent", "What of groupB?", "5 runs; every person in every arm",
                  "Nearly every size of an effect is an assumption", "5 of 5 runs; seeds 1 to 5", "group.exists",
                  "Arms against each other", "How many runs", "One run is one story"):  # fmt: skip
        assert words in whole.words


def test_without_any_group_the_page_says_that_nothing_differs(without_groups):
    assert without_groups.words.count("no group, so every difference is exactly zero") == 2
    assert "Too few people came" in without_groups.words


# The rows and pictures behind it.


def test_blocks_of_numbers_for_every_arm_population_and_time_that_has_people(compared, compared_tables):
    facts = comparison_facts(compared, compared_tables, 0.05)
    blocks = [(block["arm"], block["population"], block["time"]) for block in facts["effect_blocks"]]
    wanted = [(a, p, span(w)) for a in ("groupA", "groupB") for p in POPULATIONS.values() for w in (52, 104)]
    wanted += [("absent", POPULATIONS["eligible"], span(w)) for w in (52, 104)]
    assert blocks == wanted
    assert [block["arm"] for block in facts["effect_blocks"] if block["open"]] == ["groupA", "groupB"]
    assert facts["group_times"] == ["1 year", "2 years"]
    assert len(facts["courses"]) == 2
    assert {(row["arm"], row["other"]) for row in facts["between"]} == {("groupA", "groupB")}, (
        "with nobody nothing is compared"
    )


def test_pictures_of_ties_are_of_the_same_town_in_each_arm_with_a_group():
    arms = [arm(), arm("absent"), *(Arm(f"more {k}", "t", arm(run__weeks=8).values) for k in range(4))]
    made = network_pictures([arms[0], arms[1]], 3)
    assert list(made) == ["groupA"]
    page = Page(made["groupA"])
    assert "ties in one town (seed 3). One run is one story" in page.words
    assert len(network_pictures(arms[1:], 3)) == 3, "of no more than three"
