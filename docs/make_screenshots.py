"""Take the pictures of the page that README and how-to show: ``python docs/make_screenshots.py``.

Needs the extras ``view``, ``offline`` and ``browser``, and Chromium. Serves the page on a free port of this machine,
lives some years of a scenario in a headless browser, and writes ``docs/images/*.png``.
"""

from __future__ import annotations

import io
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
SCENARIO, WEEKS, PERSON = "scenarios/groupA.yaml", 260, 40
WINDOWS = {
    "page": (1920, 1080), "page-laptop": (1280, 800), "page-small": (1024, 768), "page-tablet": (768, 1024),
    "page-phone": (390, 844),
}  # fmt: skip
DARK = "page-laptop-dark"
CARDS = {
    "story": "The group's story", "network": "Who is close to whom",
    "twins": "Members, and the same people without a group",
    "lifelines": "Who came, how often, for how long", "person": "One person",
}  # fmt: skip
ASKED = ("the group closed", "the room was lost", "the group opened")  # of the story: why?
LARGEST_BYTES = 400_000
TALL = (1280, 3600)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    """Start the page, look at it, save what is seen, stop it."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "run.py", "view", SCENARIO, "--port", "0"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        found = re.search(r"http://\S+", server.stdout.readline() if server.stdout else "")
        if found is None:
            raise SystemExit("the page did not start")
        with sync_playwright() as playwright:
            path = next(filter(None, map(shutil.which, BROWSERS)))
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            page = browser.new_page()
            page.goto(found.group(), timeout=150_000)
            page.set_viewport_size({"width": 1280, "height": 800})
            page.wait_for_selector("svg.sb-network", timeout=150_000)
            save_tour(page)
            live(page)
            for name, (width, height) in WINDOWS.items():
                page.set_viewport_size({"width": width, "height": height})
                page.wait_for_timeout(800)
                save(page, name)
            page.set_viewport_size({"width": 1280, "height": 800})
            dark(page, "dark")
            save(page, DARK)
            dark(page, "light")
            page.get_by_role("button", name="Present", exact=True).click()
            page.get_by_label("Panel", exact=True).select_option("the network")
            page.get_by_label("Lives", exact=True).select_option("both, side by side")
            page.set_viewport_size({"width": 1280, "height": 1120})
            page.locator(".sb-here svg.sb-twin").wait_for()
            save(page, "presenting")
            page.get_by_label("Lives", exact=True).select_option("with the group")
            page.get_by_role("button", name="Stop presenting").click()
            page.set_viewport_size({"width": TALL[0], "height": TALL[1]})  # so that no card is cut off
            page.wait_for_timeout(800)
            for name, title in CARDS.items():
                save(page.get_by_role("region", name=title, exact=True), name)
            browser.close()
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)


def save_tour(page: Page) -> None:
    """All steps of the tour, one under the other."""
    card, pictures = page.locator(".sb-tour"), []
    while True:
        page.mouse.move(5, 5)
        page.wait_for_timeout(700)  # until the button has come to rest
        pictures.append(Image.open(io.BytesIO(card.screenshot())).convert("RGB"))
        ahead = page.get_by_role("button", name="Next", exact=True)
        if not ahead.count():
            break
        ahead.click()
        page.get_by_text(f"step {len(pictures) + 1} of").wait_for()
    page.get_by_role("button", name="Finish").click()
    whole = Image.new("RGB", (max(one.width for one in pictures), sum(one.height + 8 for one in pictures)), "white")
    top = 0
    for one in pictures:
        whole.paste(one, (0, top))
        top += one.height + 8
    keep(whole, "tour")


def dark(page: Page, colours: str) -> None:
    """Light or dark."""
    page.get_by_label("Colours").select_option(colours)
    page.wait_for_function("dark => document.documentElement.classList.contains('sb-dark') === dark",
                           arg=colours == "dark")  # fmt: skip
    page.wait_for_timeout(500)


def live(page: Page) -> None:
    """Live the weeks, several a picture, pick a person, and live many lives behind them."""
    step = page.get_by_role("button", name="Step", exact=True)
    page.get_by_label("Speed").select_option("a month a picture")
    for seen in range(4, WEEKS + 1, 4):
        step.click()
        page.wait_for_selector(f'[data-week="{seen - 1}"]')
    page.locator(f'svg.sb-lifelines [data-person="{PERSON}"]').first.click()
    page.get_by_role("button", name="Tell this week in words").click()
    page.wait_for_selector(".sb-words")
    page.get_by_role("button", name="Live many lives").click()
    page.get_by_text("One story before").wait_for(timeout=300_000)
    page.locator(", ".join(f'.sb-story [aria-label$="{what}"]' for what in ASKED)).first.click()
    page.locator(".sb-answer h3").wait_for()
    page.mouse.move(5, 5)
    page.evaluate("window.scrollTo(0, 0)")


def save(what: Any, name: str) -> None:
    """Save a picture of a page or a part of it, small enough for a README."""
    keep(Image.open(io.BytesIO(what.screenshot())).convert("RGB"), name)


def keep(picture: Image.Image, name: str) -> None:
    """Write a picture, small enough for a README."""
    path = IMAGES / f"{name}.png"
    picture.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}: {picture.width} x {picture.height}, {size / 1000:.0f} kB")
    if size > LARGEST_BYTES:
        raise SystemExit(f"{path} is larger than {LARGEST_BYTES / 1000:.0f} kB")


if __name__ == "__main__":
    main()
