"""What a person does on the page, for the tests in a browser."""

from __future__ import annotations

from sim.ensemble import run_many
from sim.scenario import load
from tests.builders import SCENARIOS

SETTINGS = ("--set", "people.residents=60", "--set", "joining.publicity_per_year=1", "--weeks", "80")


def open_page(page, server):
    page.goto(server.address, timeout=90_000)
    page.wait_for_selector("svg.sb-network", timeout=90_000)


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def step(page, weeks=1):
    for _ in range(weeks):
        last = int(page.locator("[data-week]").get_attribute("data-week"))
        button(page, "Step").click()
        page.wait_for_selector(f'[data-week="{last + 1}"]')


def week(page):
    return int(page.locator("[data-week]").get_attribute("data-week"))


def type_in(page, name, text):
    """Type into the first field of this name and leave it."""
    field = page.get_by_label(name, exact=True).first
    field.fill(text)
    field.press("Enter")
    field.blur()


def choose(page, name, option):
    page.get_by_label(name, exact=True).locator("xpath=ancestor::div[@role='button']").click()
    page.locator(".menuable__content__active").get_by_text(option, exact=True).click()


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
