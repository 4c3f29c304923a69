"""The page as somebody meets it who has nobody to ask: on any screen, by keys, in the dark, with a link, to keep."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from urllib.parse import parse_qsl

import pytest

from tests.view.browse import (
    button,
    choose,
    field,
    move,
    open_drawer,
    open_page,
    reset,
    shows,
    step,
    type_in,
    week,
)
from tests.view.served import Watched
from view.many import LIVES

STOPS = pytest.importorskip("view.tour", reason="the page needs the extra view", exc_type=ImportError).STOPS
pytestmark = pytest.mark.browser

SERIOUS = ("serious", "critical")
# Buttons change colour within a moment; what axe-core sees in it is no colour of the page.
COLOURS_AT_REST = """Promise.all(document.getAnimations().filter(a => a.effect.getComputedTiming().endTime < Infinity)
  .map(a => a.finished.catch(() => null)))"""


def findings(page):
    """What axe-core finds that is serious or worse, on the page as it is."""
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate(COLOURS_AT_REST)
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found if one["impact"] in SERIOUS]


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_serious(tab, colours, width):
    choose(tab, "Colours", colours)
    tab.wait_for_function(
        "dark => document.documentElement.classList.contains('sb-dark') === dark", arg=colours == "dark"
    )
    step(tab, 4)
    assert findings(tab) == []
    tab.locator("svg.sb-lifelines [data-person]").first.click()
    button(tab, "Tell this week in words").click()
    tab.wait_for_selector(".sb-words")
    choose(tab, "Account beside", "nothing")
    tab.wait_for_selector(".sb-beside")
    tab.set_viewport_size({"width": width, "height": 900})
    assert findings(tab) == []
    open_drawer(tab)
    type_in(tab, "Seed", "many")
    tab.wait_for_selector(".sb-wrong")
    assert findings(tab) == []


def test_the_system_may_ask_for_the_dark_and_lists_can_be_read_in_it(browser, server):
    page = browser.new_page(color_scheme="dark", reduced_motion="reduce")
    page.set_default_timeout(30_000)
    open_page(page, server)
    ink, ground = page.evaluate(
        "(() => {const s = getComputedStyle(document.querySelector('select')); return [s.color, s.backgroundColor]})()"
    )
    light = [sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in (ink, ground)]
    assert light[0] > 600
    assert light[1] < 150
    moving = page.evaluate(
        "[...document.querySelectorAll('.sb-page *')].filter(e => getComputedStyle(e).transitionDuration !== "
        "'0s').length"
    )
    assert moving == 0
    page.close()


def test_the_document_has_a_language_a_heading_a_live_region_and_can_be_zoomed(tab):
    assert tab.evaluate("document.documentElement.lang") == "en"
    assert tab.locator("h1").all_inner_texts() == ["Sameboat"]
    assert tab.locator("[role=status] [data-week]").count() == 1
    assert "user-scalable=no" not in tab.evaluate("document.querySelector('meta[name=viewport]').content")
    assert tab.locator(".sb-support").bounding_box()["y"] < 150
    assert "116 123" in tab.locator(".sb-support").inner_text()
    unnamed = tab.evaluate(
        "[...document.querySelectorAll('button, summary')].filter(b => !(b.innerText || b.ariaLabel || "
        "'').trim()).length"
    )
    assert unnamed == 0


@pytest.mark.parametrize("width", [390, 768, 1024])
def test_the_drawer_fits_and_closes(tab, width):
    tab.set_viewport_size({"width": width, "height": 800})
    assert tab.locator(".sb-drawer").count() == 0
    open_drawer(tab)
    box = tab.locator(".sb-drawer").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    button(tab, "Close").click()
    tab.wait_for_selector(".sb-drawer", state="detached")
    story, network = (tab.get_by_role("region", name=name).bounding_box() for name in
                      ("The group's story", "Who is close to whom"))  # fmt: skip
    assert story["y"] < network["y"]
    if width < 1000:
        assert network["width"] > width - 40


def test_everything_can_be_reached_by_keys_and_the_focus_is_seen(tab):
    step(tab, 4)
    tab.locator("h1").click()
    reached = []
    for _ in range(60):
        tab.keyboard.press("Tab")
        name, outline = tab.evaluate(
            "(() => {const e = document.activeElement; const s = getComputedStyle(e); "
            "const said = e.tagName === 'SELECT' ? e.id : e.innerText; "
            "return [(e.ariaLabel || said || e.id || '').trim(), s.outlineStyle + s.outlineWidth]})()"
        )
        if tab.evaluate("document.activeElement === document.body"):
            break  # once around
        reached.append(name)
        assert outline == "solid3px", name
    for wanted in ("Controls", "Guided tour", "Reset", "Play", "Step", "sb-week", "sb-speed", "Next", "Skip the tour"):
        assert wanted in reached
    order = [reached.index(name) for name in ("Controls", "Reset", "Play", "Step", "Next")]
    assert order == sorted(order)
    assert any(name.startswith("Person ") and "member" in name for name in reached)  # in the network
    person = tab.locator("svg.sb-network [tabindex='0']").first
    person.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".sb-person h3")


def test_the_tour_has_eight_steps_can_be_left_and_taken_again(tab):
    titles = []
    for k in range(len(STOPS)):
        tab.get_by_text(f"Guided tour, step {k + 1} of 8").wait_for()
        titles.append(tab.locator(".sb-tour h2").inner_text())
        assert tab.locator(".sb-tour svg").count() == 1
        if k < 7:
            button(tab, "Next").click()
    assert titles == [stop.title for stop in STOPS]
    assert "116 123" in tab.locator(".sb-tour").inner_text()
    assert tab.locator(".sb-tour").bounding_box()["y"] < tab.locator(".sb-days").bounding_box()["y"]
    button(tab, "Finish").click()
    tab.wait_for_selector(".sb-tour", state="detached")
    button(tab, "Guided tour").click()
    tab.wait_for_selector(".sb-tour")
    button(tab, "Skip the tour").click()
    tab.wait_for_selector(".sb-tour", state="detached")


def test_an_account_is_picked_and_said_with_the_members_words(tab):
    open_drawer(tab)
    choose(tab, "Account of how a group works", "company")
    tab.locator(".sb-drawer").get_by_text("Company: ties, and calls that are answered").wait_for()
    said = tab.locator(".sb-account").inner_text()
    assert "a tie to somebody from the group takes away isolation" in said
    tab.locator(".sb-account summary").click()
    assert "we're there for each other" in tab.locator(".sb-account").inner_text()
    reset(tab)
    assert "account company" in tab.locator(".sb-head").inner_text()


def test_what_differs_from_the_scenario_is_said_with_a_way_back(tab):
    open_drawer(tab)
    field(tab, "For women only").click()
    tab.wait_for_selector(".sb-pending")
    reset(tab)
    tab.locator(".sb-head").get_by_text("but For women only: false").wait_for()
    button(tab, "Back to the scenario as it is").click()
    tab.wait_for_selector(".sb-pending")
    button(tab, "Reset with these").click()
    tab.locator(".sb-head").get_by_text("but For women only: false").wait_for(state="detached")


@pytest.mark.parametrize("width", [390, 1280])
def test_what_waits_is_always_in_sight_and_moves_nothing(tab, width):
    tab.set_viewport_size({"width": width, "height": 800})
    open_drawer(tab)
    tab.locator(".sb-drawer .sb-range input").first.scroll_into_view_if_needed()
    before = tab.locator(".sb-drawer .sb-range input").first.bounding_box()
    tab.locator(".sb-drawer .sb-range input").first.focus()
    tab.keyboard.press("ArrowLeft")
    tab.wait_for_selector(".sb-pending")
    assert tab.locator(".sb-drawer .sb-range input").first.bounding_box() == before
    waits = tab.locator(".sb-waiting").bounding_box()
    assert 0 < waits["y"] < waits["y"] + waits["height"] <= 801
    button(tab, "Reset with these").click()
    tab.wait_for_selector(".sb-pending", state="detached")


def test_a_click_on_the_story_or_a_curve_goes_to_its_week(tab):
    step(tab, 20)
    entry = tab.locator(".sb-story [data-go]").last
    told = int(re.search(r"\d+", entry.inner_text()).group())
    entry.click()
    tab.wait_for_selector(f'[data-week="{told}"]')
    button(tab, "Latest").click()
    tab.wait_for_selector('[data-week="19"]')
    box = tab.locator(".sb-states .sb-target").first
    box.click(position={"x": box.bounding_box()["width"] * 10 / 26, "y": 20})
    tab.wait_for_function("document.querySelector('[data-week]').dataset.week !== '19'")
    assert week(tab) in (8, 9, 10)


def test_two_accounts_side_by_side_go_on_together(tab):
    step(tab, 6)
    choose(tab, "Account beside", "nothing")
    tab.wait_for_selector(".sb-side svg.sb-network")
    assert tab.locator(".sb-side").count() == 2
    said = tab.locator(".sb-card:has(.sb-beside)").inner_text()
    assert "Not all people are the same in both" in said
    here = tab.locator(".sb-states").first.text_content()
    shows(tab, ".sb-side .sb-states", here)
    step(tab)
    assert tab.locator(".sb-side svg.sb-network").nth(1).get_attribute("aria-label").startswith("Week 6:")
    choose(tab, "Account beside", "as it is here")
    choose(tab, "Group beside", "judging")
    tab.get_by_text("The same people with the same luck live in both").wait_for()


def test_many_lives_stand_behind_the_one_with_progress_and_can_be_stopped(tab):
    step(tab, 30)
    button(tab, "Live many lives").click()
    tab.wait_for_selector(".sb-many progress")
    button(tab, "Stop living").click()
    tab.wait_for_selector(".sb-many progress", state="detached")
    button(tab, "Live many lives").click()
    tab.get_by_text(f"One story before {LIVES} lives").wait_for(timeout=120_000)
    assert tab.locator(".sb-states polygon.band").count() == 4
    assert tab.locator(".sb-days path.median").count() == 8
    said = tab.locator(".sb-states svg").first.get_attribute("aria-label")
    assert re.search(rf"{LIVES} lives: \S+ \(\S+ to \S+\)", said)
    assert tab.locator(".sb-states").first.inner_text().count(f"{LIVES} lives:") == 4
    reset(tab)
    assert tab.locator(".band").count() == 0


def test_a_link_leads_back_to_week_person_and_changes(tab, server, browser):
    open_drawer(tab)
    choose(tab, "Account of how a group works", "company")
    tab.get_by_text("Company: ties").wait_for()
    field(tab, "For women only").click()
    type_in(tab, "Seed", "4")
    tab.wait_for_selector(".sb-pending")
    reset(tab)
    step(tab, 7)
    tab.locator("svg.sb-lifelines [data-person]").first.click()
    tab.wait_for_selector(".sb-person h3")
    link = tab.locator(".sb-link a").get_attribute("href")
    said = dict(parse_qsl(link.removeprefix("?")))
    assert (said["scenario"], said["account"], said["week"], said["run.seed"]) == ("groupA", "company", "6", "4")
    assert said["group.women_only"] == "false"
    assert tab.url.endswith(link)
    other = browser.new_page()
    open_page(other, server, "/" + link)
    assert other.locator(".sb-head").inner_text() == tab.locator(".sb-head").inner_text()
    assert other.locator(".sb-person h3").inner_text() == tab.locator(".sb-person h3").inner_text()
    assert other.locator(".sb-states").first.text_content() == tab.locator(".sb-states").first.text_content()
    other.close()


def test_a_wrong_link_is_answered_and_the_page_opens(server, browser):
    page = browser.new_page()
    watched = Watched(page)
    open_page(
        page, server, "/?scenario=%3Cscript%3Ealert(1)%3C/script%3E&account=../x&week=abc&person=-3&group.acceptance=7"
    )
    wrong = page.locator(".sb-wrong").all_inner_texts()
    assert len(wrong) == 5
    assert "expected one of" in wrong[0]
    assert week(page) == -1
    page.close()
    assert watched.problems == []


def test_a_panel_is_kept_as_svg_and_png(tab, tmp_path):
    step(tab, 5)
    for kind in ("SVG", "PNG"):
        with tab.expect_download() as caught:
            button(tab, f"Save as {kind}: Who is close to whom").click()
        assert caught.value.suggested_filename == f"sameboat-who-is-close-to.{kind.lower()}"
        caught.value.save_as(tmp_path / kind)
    drawn = ET.fromstring((tmp_path / "SVG").read_text(encoding="utf-8"))
    assert "Week 4 of 79" in "".join(drawn.itertext())
    assert (tmp_path / "PNG").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert (tmp_path / "PNG").stat().st_size > 10_000


def test_the_replay_opens_without_the_page_and_asks_nothing_of_anybody(tab, browser, tmp_path):
    step(tab, 9)
    open_drawer(tab)
    with tab.expect_download(timeout=60_000) as caught:
        button(tab, "Replay of what was seen (HTML)").click()
    caught.value.save_as(tmp_path / "replay.html")
    asked = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "replay.html").as_uri())
    assert [url for url in asked if not url.startswith("file:")] == []
    assert page.locator(".leaf").count() == 10
    assert page.locator(".leaf.here .sb-when-now").inner_text() == "Week 8 of 79"
    assert page.locator(".leaf.here .sb-states").text_content() == tab.locator(".sb-states").first.text_content()
    ask = page.locator(".leaf.here .sb-story .sb-ask").last
    ask.focus()
    page.keyboard.press("Enter")
    assert page.locator(".leaf.here .sb-answer h3").inner_text() == "Week 0: the group opened. Why?"
    assert page.evaluate("document.activeElement.className") == "sb-answer"
    assert findings(page) == []
    page.get_by_role("button", name="Close the answer").click()
    assert page.locator(".sb-answer").count() == 0
    assert ask.evaluate("e => document.activeElement === e")
    page.get_by_label("Week", exact=True).focus()
    page.keyboard.press("Home")
    assert page.locator(".leaf.here .sb-when-now").inner_text() == "Before the opening"
    assert "116 123" in page.locator("body").inner_text()
    assert findings(page) == []
    page.close()


def test_zoom_of_200_per_cent_keeps_everything_in_the_window(tab):
    tab.set_viewport_size({"width": 640, "height": 400})  # 1280 by 800 at 200 %
    step(tab, 2)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 640
    open_drawer(tab)
    button(tab, "Close").click()


def test_the_week_slider_says_where_it_is(tab):
    step(tab, 3)
    assert field(tab, "Week").get_attribute("aria-valuetext") == "2 of 79"
    move(tab, "Week", "ArrowLeft")
    tab.wait_for_selector('[data-week="1"]')
