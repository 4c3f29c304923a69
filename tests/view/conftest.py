"""A server and a browser for the tests of the page; both start only for tests that ask for them."""

from __future__ import annotations

import pytest

from tests.view.browse import SETTINGS, open_page
from tests.view.served import CHROMIUM, Server, Watched, need_browser


@pytest.fixture(scope="module")
def server():
    need_browser()
    started = Server("scenarios/groupA.yaml", *SETTINGS)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def browser():
    need_browser()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def tab(server, browser):
    """A fresh tab at the page; at the end nothing may have gone wrong in it."""
    page = browser.new_page(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    watched = Watched(page)
    page.set_default_timeout(30_000)
    open_page(page, server)
    yield page
    page.close()
    assert watched.problems == []
