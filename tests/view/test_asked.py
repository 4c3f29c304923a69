"""Asked of the page by clicks: why of an entry, another life, both networks, one panel at a time."""

from __future__ import annotations

import pytest

from sim.state import FIRST_VISIT, JOINED
from tests.view.browse import button, choose, field, lives_of, open_drawer, open_page, shows, step, week
from tests.view.test_workshop import findings
from view.group_why import group_told

pytestmark = pytest.mark.browser

# One panel is to be seen, the one of this number.
WHICH_IS_SHOWN = """k => {
  const all = [...document.querySelectorAll('.sb-panel')], seen = all.filter(p => p.getBoundingClientRect().height > 0);
  return seen.length === 1 && seen[0] === all[k] && all[k].classList.contains('sb-here');
}"""


def test_an_entry_of_the_story_says_why_with_the_numbers_of_its_week(tab):
    step(tab, 30)
    group, _ = lives_of()
    ask = tab.locator(".sb-story .sb-ask").first
    entry = group.story[int(ask.get_attribute("data-why"))]
    ask.click()
    tab.wait_for_selector(".sb-answer h3")
    when = int(entry.week) - group.lead_in
    assert f"Week {when}: " in tab.locator(".sb-answer h3").inner_text()
    wanted = group_told(group.values, when, int(entry.kind), int(entry.row), int(entry.reason))
    if entry.kind == FIRST_VISIT and ((group.story.kind == JOINED) & (group.story.row == entry.row)
                                      & (group.story.week == entry.week)).any():  # fmt: skip
        wanted += group_told(group.values, when, int(JOINED), int(entry.row), int(entry.reason))
    assert tab.locator(".sb-answer .sb-words > p").all_inner_texts() == wanted
    assert findings(tab) == []
    step(tab)  # the answer stays while the page goes on
    assert tab.locator(".sb-answer .sb-words > p").all_inner_texts() == wanted
    button(tab, "Close the answer").click()
    tab.wait_for_selector(".sb-answer", state="detached")
    tab.locator(".sb-story .sb-ask").last.focus()
    tab.keyboard.press("Enter")
    tab.locator(".sb-answer").get_by_text("Week 0: the group opened. Why?").wait_for()


def test_a_mark_on_the_curves_says_why_where_it_was_asked(tab):
    marks = tab.locator(".sb-days svg").first.locator(".sb-mark")
    while not marks.count() and week(tab) < 78:
        step(tab)
    marks.first.wait_for()
    shown = week(tab)
    said = marks.first.locator("title").text_content()
    marks.first.locator("path").click()
    tab.wait_for_selector(".sb-answer h3")
    card = tab.get_by_role("region", name="Hard days, and how they are got through")
    assert card.locator(".sb-answer").count() == tab.locator(".sb-answer").count() == 1
    assert said.split(":")[0] == card.locator(".sb-answer h3").inner_text().split(":")[0]
    assert week(tab) == shown


def test_marks_are_reached_and_named_by_keys_alone_and_the_keyboard_comes_back(tab):
    button(tab, "Skip the tour").click()
    while not tab.locator(".sb-days svg").first.locator(".sb-mark").count() and week(tab) < 78:
        step(tab)
    card = tab.get_by_role("region", name="Members, and the same people without a group", exact=True)
    card.get_by_role("button", name="The marks in words").focus()
    tab.keyboard.press("Enter")
    card.get_by_role("button", name="Hide the marks in words").wait_for()
    marks = card.locator(".sb-marked button")
    assert marks.count() == card.locator(".sb-states svg").first.locator(".sb-mark").count()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    assert marks.first.evaluate("e => document.activeElement === e")
    said = marks.first.inner_text()
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".sb-answer h3")
    assert card.locator(".sb-answer h3").inner_text().startswith(said.split(":")[0] + ":")
    assert tab.evaluate("document.querySelector('.sb-answer').contains(document.activeElement)")
    assert findings(tab) == []
    tab.keyboard.press("Tab")  # the fold with the person's own week
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".sb-answer", state="detached")
    assert marks.first.evaluate("e => document.activeElement === e")


def test_a_click_among_many_marks_asks_of_the_nearest(tab, server):
    open_page(tab, server, "/?joining.publicity_per_year=20&week=79")
    tab.wait_for_selector(".sb-states .sb-mark")
    chart = tab.locator(".sb-states svg").first
    names = chart.locator(".sb-mark title").all_text_contents()
    assert len(names) >= 5
    for k in (0, 2, len(names) - 1):
        chart.scroll_into_view_if_needed()
        tab.wait_for_timeout(300)  # an answer above may have moved it
        chart.scroll_into_view_if_needed()
        places = chart.locator(".sb-mark path").evaluate_all(
            "all => all.map(p => {const b = p.getBoundingClientRect(); return b.left + b.width / 2})")  # fmt: skip
        strip = chart.locator(".sb-marks rect").bounding_box()
        tab.mouse.click(places[k], strip["y"] + strip["height"] / 2)
        wanted = [name.split(":")[0] for name, x in zip(names, places, strict=True) if abs(x - places[k]) < 0.5]
        tab.wait_for_function(
            "wanted => {const h = document.querySelector('.sb-answer h3');"
            " return h && wanted.includes(h.innerText.split(':')[0])}", arg=wanted)  # fmt: skip
        tab.wait_for_function(
            "(() => {const b = document.querySelector('.sb-answer').getBoundingClientRect();"
            " return b.top >= 0 && b.top < innerHeight})()")  # fmt: skip


def test_the_keyboard_stays_where_it_was_when_a_picture_is_drawn_anew(tab):
    step(tab, 6)
    person = tab.locator("svg.sb-network [tabindex='0']").nth(1)
    name = person.get_attribute("data-person")
    person.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".sb-person h3")
    tab.wait_for_function(
        "name => document.activeElement.closest('svg.sb-network') && document.activeElement.dataset.person === name",
        arg=name,
    )
    entry = tab.locator(".sb-story [data-go]").first
    to = entry.get_attribute("data-go")
    entry.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_selector(f'[data-week="{int(to) - 1}"]')
    tab.wait_for_function("to => document.activeElement.dataset.go === to", arg=to)


def test_another_life_is_the_next_seed_of_the_same_scenario(tab):
    step(tab, 3)
    open_drawer(tab)
    assert field(tab, "Seed").input_value() == "1"
    button(tab, "Another life").click()
    tab.locator(".sb-head").get_by_text("seed 2").wait_for()
    assert week(tab) == -1
    step(tab, 3)
    group, _ = lives_of(**{"run.seed": 2})
    assert f"{group.weeks[2].residents} people living here" in tab.locator(".sb-head").inner_text()
    assert field(tab, "Seed").input_value() == "2"
    assert "run.seed=2" in tab.url
    assert tab.locator(".sb-pending").count() == 0


def test_the_twins_network_stands_beside_or_in_place_of_the_one_with_the_group(tab):
    step(tab, 25)
    card = tab.get_by_role("region", name="Who is close to whom", exact=True)
    assert card.locator("svg.sb-network line").count() > 0
    choose(tab, "Lives", "without it")
    twin = card.locator("svg.sb-twin")
    twin.wait_for()
    tab.wait_for_function("document.querySelectorAll('.sb-lives svg.sb-network').length === 1")
    assert twin.locator("line").count() == 0
    assert "the life without a group" in twin.get_attribute("aria-label")
    choose(tab, "Lives", "both, side by side")
    card.get_by_role("heading", name="With the group", exact=True).wait_for()
    tab.wait_for_function("document.querySelectorAll('.sb-lives svg.sb-network').length === 2")
    tab.wait_for_function("document.querySelectorAll('.sb-lives svg.sb-network line').length > 0")
    boxes = [one.bounding_box() for one in card.locator("svg.sb-network").all()]
    assert len(boxes) == 2
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"] + 1
    assert abs(boxes[0]["y"] - boxes[1]["y"]) < 2
    places = [svg.locator("[data-person]").evaluate_all(
        "all => all.map(g => [g.dataset.person, g.querySelector('circle').getAttribute('cx')]).sort()")
        for svg in card.locator("svg.sb-network").all()]  # fmt: skip
    assert places[0] == places[1]
    _, without = lives_of()
    person = twin.locator("[tabindex='0']").first
    at = int((without.traits.id == int(person.get_attribute("data-person"))).argmax())
    assert f"isolation {without.history[25].isolation[at]:.2f}" in person.get_attribute("aria-label")


def test_one_panel_at_a_time_in_large_type_turned_by_a_presenter(tab):
    step(tab, 4)
    choose(tab, "Colour by", "coping")
    button(tab, "Present").click()
    tab.wait_for_selector(".sb-presenting")
    options = field(tab, "Panel").locator("option").all_inner_texts()
    assert len(options) == 8
    for k, name in enumerate(options):
        assert field(tab, "Panel").input_value() == name
        shown = tab.locator(".sb-panel.sb-here")
        tab.wait_for_function(WHICH_IS_SHOWN, arg=k)
        assert shown.locator(".sb-card").first.bounding_box()["width"] > 1200
        small = shown.evaluate(
            "e => [...e.querySelectorAll('p, td, th, text')].filter(t => t.getBoundingClientRect().width > 0)"
            ".filter(t => parseFloat(getComputedStyle(t).fontSize) * (t.getScreenCTM ? t.getScreenCTM().a : 1) < 15)"
            ".map(t => t.textContent)"
        )
        assert small == [], name
        if k == 0:
            tab.locator("h1").click()
            tab.keyboard.press("PageDown")
        else:
            button(tab, "Next panel").click()
        tab.wait_for_function("last => document.getElementById('sb-panel').value !== last", arg=name)
    assert field(tab, "Panel").input_value() == options[0]
    assert tab.evaluate("parseFloat(getComputedStyle(document.querySelector('.sb-support')).fontSize)") >= 20
    assert findings(tab) == []
    button(tab, "Stop presenting").click()
    tab.wait_for_selector(".sb-presenting", state="detached")
    assert tab.locator(".sb-panel").filter(visible=True).count() == 8
    assert field(tab, "Colour by").input_value() == "coping"
    shows(tab, ".sb-head h2", "Week 3 of 79")
