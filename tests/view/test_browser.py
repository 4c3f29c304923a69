"""The page in a real browser: every control, every panel, and numbers that are those of an ensemble."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
import yaml

from analysis.words.numbers import fixed, signed
from sim.scenario import load
from sim.trace import tell
from tests.builders import ROOT
from tests.view.browse import button, choose, field, lives_of, move, open_drawer, reset, shows, step, type_in, week
from view.why import week_told

pytestmark = pytest.mark.browser

PICTURES = {"svg.sb-network": 1, "svg.sb-attendance": 1, "svg.sb-lifelines": 1,
            ".sb-states svg": 4, ".sb-days svg": 4, ".sb-paths svg": 5}  # fmt: skip
SMALLEST_PIXELS = 11
# The drawer shows the controls of another part: its last one has changed.
OTHER_CONTROLS = """before => {
  const last = [...document.querySelectorAll('.sb-drawer .sb-range, .sb-drawer .sb-tick')].pop();
  return last && last.innerText !== before;
}"""


# Panels.


def test_every_panel_has_a_picture(tab):
    step(tab, 30)
    tab.locator("svg.sb-lifelines [data-person]").first.click()
    tab.wait_for_selector(".sb-paths")
    for name, count in PICTURES.items():
        pictures = tab.locator(name).all()
        assert len(pictures) == count, name
        for picture in pictures:
            box = picture.bounding_box()
            assert box["width"] >= 199, name
            assert box["height"] > 30, name
            assert picture.locator("circle, path, rect, line").count() > 2, name
            assert len(picture.get_attribute("aria-label")) > 15, name
    assert tab.locator(".sb-legend .sb-key span").count() > 5
    assert tab.locator(".sb-story li").count() > 3
    assert tab.locator("table.sb-table").count() == 2
    care = tab.locator(".sb-care").inner_text()
    assert "not evidence that groups work or are safe" in care
    assert "116 123" in care


@pytest.mark.parametrize("width", [390, 768, 1024, 1280, 1920])
def test_nothing_is_wider_than_the_window_and_all_words_can_be_read(tab, width):
    step(tab, 3)
    tab.locator("svg.sb-lifelines [data-person]").first.click()
    tab.wait_for_selector(".sb-paths")
    choose(tab, "Account beside", "nothing")
    tab.wait_for_selector(".sb-beside")
    tab.set_viewport_size({"width": width, "height": 900})
    tab.wait_for_timeout(700)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    over = tab.evaluate(
        "[...document.querySelectorAll('.sb-card, .sb-card *')].filter(e => {const r = "
        "e.getBoundingClientRect(); return r.width > 0 && r.right > window.innerWidth + 1}).map(e => e.outerHTML)"
    )
    assert over == []
    small = tab.evaluate(
        """least => [...document.querySelectorAll('svg.sb-svg text, .sb-page p, .sb-page td, .sb-page th, .sb-page dt')]
            .filter(e => e.getBoundingClientRect().width > 0)
            .filter(e => parseFloat(getComputedStyle(e).fontSize) * (e.getScreenCTM ? e.getScreenCTM().a : 1) < least)
            .map(e => e.textContent)""",
        SMALLEST_PIXELS,
    )
    assert small == []


def test_the_numbers_are_those_of_an_ensemble(tab):
    step(tab, 25)
    group, twin = lives_of()
    row = group.weeks[24]
    heading = tab.locator(".sb-head").inner_text()
    assert "Week 24 of 79" in heading
    assert f"{row.members} members, {row.regulars} regulars" in heading
    assert f"{row.residents} people living here" in heading
    member = group.history[25].status == 2
    plots = tab.locator(".sb-states").text_content()
    for name in ("isolation", "stigma", "understanding", "coping"):
        own, other = float(row[f"members_{name}"]), float(twin.history[25][name][member].mean())
        gap = signed(own - other, 2)
        assert f"{name.capitalize()}{own:.2f} · twins {other:.2f} · difference {gap}" in plots
    person = int(tab.locator("svg.sb-lifelines [data-person]").first.get_attribute("data-person"))
    tab.locator("svg.sb-lifelines [data-person]").first.click()
    tab.wait_for_selector(".sb-person")
    at = int((group.traits.id == person).argmax())
    for name in ("isolation", "stigma", "understanding", "coping", "distress_this_week"):
        cells = tab.locator(f'.sb-person tr[data-measure="{name}"] td').all_inner_texts()
        assert cells[0] == fixed(float(group.history[25][name][at]), 3)
        assert cells[1] == fixed(float(twin.history[25][name][at]), 3)


# Controls.


def test_play_pause_and_speed(tab):
    choose(tab, "Speed", "a week each half second")
    button(tab, "Play").click()
    tab.wait_for_function("Number(document.querySelector('[data-week]').dataset.week) >= 3")
    assert button(tab, "Step").is_disabled()
    button(tab, "Pause").click()
    button(tab, "Play").wait_for()
    tab.wait_for_timeout(1500)  # a picture may still be on its way
    stopped = week(tab)
    tab.wait_for_timeout(1500)
    assert week(tab) == stopped
    choose(tab, "Speed", "a month a picture")
    tab.wait_for_timeout(300)
    button(tab, "Step").click()
    tab.wait_for_selector(f'[data-week="{stopped + 4}"]')


def test_keys_play_and_turn_weeks_and_leave_fields_alone(tab):
    step(tab, 3)
    tab.locator("h1").click()
    tab.keyboard.press("ArrowLeft")
    tab.wait_for_selector('[data-week="1"]')
    tab.keyboard.press("ArrowRight")
    tab.wait_for_selector('[data-week="2"]')
    tab.keyboard.press("ArrowRight")
    tab.wait_for_selector('[data-week="3"]')
    tab.keyboard.press("Space")
    button(tab, "Pause").wait_for()
    tab.keyboard.press("Space")
    button(tab, "Play").wait_for()
    seen = week(tab)
    field(tab, "Colour by").focus()
    tab.keyboard.press("ArrowRight")
    tab.wait_for_timeout(400)
    assert week(tab) == seen


def test_playing_at_full_speed_while_going_back_and_picking_keeps_the_page(tab):
    button(tab, "Play").click()
    for _ in range(12):
        tab.wait_for_selector("svg.sb-lifelines [data-person]")
        tab.locator("svg.sb-lifelines [data-person]").first.dispatch_event("click")
        tab.locator("svg.sb-network [data-person]").last.dispatch_event("click")
        if button(tab, "Play").count():
            button(tab, "Play").click()
        tab.wait_for_timeout(300)
        button(tab, "Back").click()
    if button(tab, "Play").count():
        button(tab, "Play").click()
    tab.wait_for_function("Number(document.querySelector('[data-week]').dataset.week) >= 20", timeout=90_000)
    if button(tab, "Pause").count():
        button(tab, "Pause").click()
    tab.locator(".sb-person h3").wait_for()
    assert tab.get_by_text("could not be drawn").count() == 0
    for name, count in PICTURES.items():
        assert tab.locator(name).count() == count, name


def test_reset_during_play_begins_before_the_opening(tab):
    for _ in range(3):
        button(tab, "Play").click()
        tab.wait_for_function("Number(document.querySelector('[data-week]').dataset.week) >= 2")
        button(tab, "Reset").click()
        tab.wait_for_selector('[data-week="-1"]')
        tab.wait_for_timeout(700)
        assert week(tab) == -1


def test_back_to_weeks_already_seen(tab):
    step(tab, 8)
    seen = tab.locator(".sb-states").text_content()
    button(tab, "Back").click()
    tab.wait_for_selector('[data-week="6"]')
    assert "seen up to week 7" in tab.locator(".sb-head").inner_text()
    button(tab, "Back").click()
    tab.wait_for_selector('[data-week="5"]')
    button(tab, "Forward").click()
    tab.wait_for_selector('[data-week="6"]')
    button(tab, "Latest").click()
    tab.wait_for_selector('[data-week="7"]')
    shows(tab, ".sb-states", seen)
    move(tab, "Week", "Home")
    tab.wait_for_selector('[data-week="-1"]')
    assert "Before the opening" in tab.locator(".sb-head").inner_text()
    step(tab, 7)
    step(tab)
    shows(tab, ".sb-states", seen)


def test_after_the_last_week_one_can_go_back_and_play_again(tab):
    type_in(tab, "Weeks", "5")
    tab.wait_for_selector(".sb-pending")
    reset(tab)
    step(tab, 5)
    for name in ("Step", "Play"):
        tab.wait_for_selector(f"button[disabled]:has-text('{name}')")
    assert "This is the last week" in tab.locator(".sb-ended").inner_text()
    places = [button(tab, name).bounding_box() for name in ("Reset", "Play", "Step")]
    button(tab, "Back").click()
    tab.wait_for_selector('[data-week="3"]')
    assert [button(tab, name).bounding_box() for name in ("Reset", "Play", "Step")] == places
    assert tab.locator(".sb-ended").count() == 0
    tab.wait_for_selector("button:not([disabled]):has-text('Step')")
    step(tab)


def test_seed_and_reset(tab):
    step(tab, 3)
    type_in(tab, "Seed", "5")
    tab.wait_for_selector(".sb-pending")
    assert "Seed" in tab.locator(".sb-pending").inner_text()
    reset(tab)
    assert tab.locator(".sb-pending").count() == 0
    step(tab, 3)
    group, _ = lives_of(**{"run.seed": 5})
    heading = tab.locator(".sb-head").inner_text()
    assert "seed 5" in heading
    assert f"{group.weeks[2].members} members" in heading
    assert f"{group.weeks[2].residents} people living here" in heading


@pytest.mark.parametrize(
    ("name", "typed", "answer"),
    [
        ("Seed", "many", "expected a whole number"),
        ("Seed", "010", "found 010, expected a whole number"),
        ("Seed", "1:44", "found 1:44, expected a whole number"),
        ("Weeks", "0", "from 1 to 5200"),
        ("Weeks", "10.7", "found 10.7, expected a whole number"),
        ("Weeks", ".inf", "found .inf, expected a whole number"),
        ("People living here", "1", "from 2"),
    ],
)
def test_a_wrong_value_is_answered_beside_its_field(tab, name, typed, answer):
    type_in(tab, name, typed)
    tab.wait_for_selector(".sb-wrong")
    wrong = tab.locator(".sb-wrong")
    assert answer in wrong.inner_text()
    assert "Until then it stays" in wrong.inner_text()
    assert "." not in wrong.inner_text().split(", expected")[0].replace(typed, "")
    assert field(tab, name).input_value() == typed
    assert field(tab, name).get_attribute("aria-invalid") == "true"
    assert 0 < wrong.bounding_box()["y"] - field(tab, name).bounding_box()["y"] < 80
    assert tab.locator(".sb-pending").count() == 0
    reset(tab)
    step(tab)


def test_every_part_has_controls_that_work(tab):
    open_drawer(tab)
    parts = field(tab, "Parameters about").locator("option").all_inner_texts()
    assert len(parts) == 8
    labels = []
    for k, part in enumerate(parts[:-1]):
        before = tab.locator(".sb-drawer .sb-range, .sb-drawer .sb-tick").last.inner_text()
        choose(tab, "Parameters about", part)
        if k:  # the first is chosen already
            tab.wait_for_function(OTHER_CONTROLS, arg=before)
        sliders = tab.locator(".sb-drawer input[type=range], .sb-drawer input[type=checkbox]")
        sliders.first.wait_for()
        labels += tab.locator(".sb-drawer .sb-range label, .sb-drawer .sb-tick label").all_inner_texts()
        slider = tab.locator(".sb-drawer .sb-range")
        if slider.count():
            before = slider.first.locator("output").inner_text()
            slider.first.locator("input").focus()
            tab.keyboard.press("ArrowLeft")
            tab.keyboard.press("ArrowLeft")
            slider.first.locator("output").filter(has_not_text=re.compile(f"^{re.escape(before)}$")).wait_for()
        else:
            sliders.first.click()
    assert len(labels) == len(set(labels))
    assert not [label for label in labels if "_" in label]
    tab.wait_for_selector(".sb-pending")
    assert "parameters changed" in tab.locator(".sb-pending").inner_text()
    button(tab, "Back to the scenario as it is").click()
    tab.wait_for_selector(".sb-pending", state="detached")


def test_a_question_mark_says_unit_and_source_by_keys_alone(tab):
    open_drawer(tab)
    help = tab.locator(".sb-drawer .sb-range .sb-help").first
    help.locator("summary").focus()
    tab.keyboard.press("Enter")
    words = help.locator("p").inner_text()
    assert "unit: proportion" in words
    assert "source: assumption" in words
    assert help.locator("p").bounding_box()["width"] < 340


def test_any_parameter_by_name(tab):
    choose(tab, "Parameters about", "Any parameter")
    field(tab, "Value").wait_for()
    choose(tab, "Parameter", "people.mean_stay_years")
    tab.wait_for_timeout(400)
    type_in(tab, "Value", "a lot")
    tab.wait_for_selector(".sb-wrong")
    assert "expected a number from 0.5 to 200" in tab.locator(".sb-wrong").inner_text()
    type_in(tab, "Value", "20")
    tab.wait_for_selector(".sb-pending")
    assert "Mean stay years" in tab.locator(".sb-pending").inner_text()
    assert tab.locator(".sb-wrong").count() == 0


def test_another_scenario(tab):
    choose(tab, "Scenario", "absent")
    tab.locator(".sb-drawer").get_by_text("No group: the same people").wait_for()
    tab.wait_for_selector(".sb-pending")
    reset(tab)
    tab.get_by_text("no group in this scenario").first.wait_for()
    step(tab, 2)
    assert "No group: the same people" in tab.locator(".sb-head").inner_text()


def test_colour_and_whom(tab):
    step(tab, 4)
    before = tab.locator("svg.sb-network").inner_html()
    choose(tab, "Colour by", "coping")
    tab.locator(".sb-legend").get_by_text("coping, from 0 to 1").wait_for()
    assert tab.locator("svg.sb-network").inner_html() != before
    choose(tab, "Whom", "members now")
    tab.get_by_text("(members now, and living here this week)").wait_for()


def test_a_person_is_picked_and_told(tab, server):
    step(tab, 6)
    tab.locator("svg.sb-network [data-person]").first.dispatch_event("click")
    tab.wait_for_selector(".sb-person")
    choose(tab, "Person", "Person 30")
    tab.get_by_role("heading", name="Person 30").wait_for()
    button(tab, "Tell this week in words").click()
    tab.wait_for_selector(".sb-words")
    group, twin = (life.values for life in lives_of())
    said = tab.locator(".sb-words > p").all_inner_texts()
    assert said == week_told(group, 30, 5)
    assert not tab.locator(".sb-told").is_visible()
    tab.get_by_text("The numbers, draw by draw").click()
    assert tab.locator(".sb-told").inner_text().strip() == tell(group, 30, 5).strip()
    button(tab, "Tell the twin's week").click()
    tab.wait_for_function("t => document.querySelector('.sb-words > p').innerText === t", arg=week_told(twin, 30, 5)[0])
    step(tab)
    tab.wait_for_selector(".sb-words", state="detached")
    tab.locator(".sb-story a.person").first.click()
    tab.wait_for_timeout(300)
    tab.locator(".sb-person h3").wait_for()


def test_downloads_give_the_same_numbers(tab, tmp_path):
    type_in(tab, "Weeks", "12")
    tab.wait_for_selector(".sb-pending")
    reset(tab)
    with tab.expect_download() as caught:
        button(tab, "Scenario (YAML)").click()
    path = tmp_path / "mine.yaml"
    caught.value.save_as(path)
    assert load(path).values == {**lives_of(**{"run.weeks": 12})[0].values}
    with tab.expect_download(timeout=60_000) as caught:
        button(tab, "Results folder (zip)").click()
    assert caught.value.suggested_filename == "groupA-seed-1.zip"
    caught.value.save_as(tmp_path / "results.zip")
    packed = zipfile.ZipFile(io.BytesIO((tmp_path / "results.zip").read_bytes()))
    digest = yaml.safe_load(packed.read("groupA/record.json"))["digest"]
    assert digest == lives_of(**{"run.weeks": 12})[0].digest()
    assert str(ROOT) not in packed.read("groupA/record.json").decode()
