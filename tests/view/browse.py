"""What a person does on the page, for the tests in a browser."""

from __future__ import annotations

from sim.ensemble import run_many
from sim.scenario import load
from tests.builders import SCENARIOS

SETTINGS = ("--set", "people.residents=60", "--set", "joining.publicity_per_year=1", "--weeks", "80")


def open_page(page, server, query=""):
    page.goto(server.address + query, timeout=150_000)
    page.wait_for_selector("svg.sb-network", timeout=90_000)
    page.wait_for_function("document.documentElement.lang === 'en'")


def open_drawer(page):
    if not page.locator(".sb-drawer").count():
        button(page, "Controls").click()
        page.wait_for_selector(".sb-drawer select")


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def step(page, weeks=1):
    for _ in range(weeks):
        last = week(page)
        button(page, "Step").click()
        page.wait_for_selector(f'[data-week="{last + 1}"]')


def week(page):
    return int(page.locator("[data-week]").get_attribute("data-week"))


def field(page, name):
    return page.get_by_label(name, exact=True)


def type_in(page, name, text):
    """Type into the field of this name and leave it."""
    open_drawer(page)
    field(page, name).fill(text)
    field(page, name).blur()


def move(page, name, key, times=1):
    """Move a slider by keys."""
    for _ in range(times):
        field(page, name).focus()
        page.keyboard.press(key)


def choose(page, name, option):
    if name in ("Scenario", "Account of how a group works", "Parameters about", "Parameter"):
        open_drawer(page)
    field(page, name).select_option(option)


def reset(page):
    button(page, "Reset").click()
    page.wait_for_selector('[data-week="-1"]')
    page.wait_for_selector(".sb-pending", state="detached")


def shows(page, selector, text):
    """Wait until it does; the pictures of a week come one after the other."""
    page.wait_for_function("([s, t]) => document.querySelector(s).textContent === t", arg=[selector, text])


def lives_of(**changes):
    """What an ensemble gives for the page's scenario."""
    values = load(SCENARIOS / "groupA.yaml").values
    values = {**values, "people.residents": 60, "joining.publicity_per_year": 1.0, "run.weeks": 80, **changes}
    pair = [values, {**values, "group.exists": False}]
    return list(run_many(pair, lambda life: life, history_every=1))
