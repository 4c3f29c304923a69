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
WINDOWS = {"page": (1920, 1080), "page-laptop": (1280, 800)}
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
            page.goto(found.group())
            live(page)
            for name, (width, height) in WINDOWS.items():
                page.set_viewport_size({"width": width, "height": height})
                page.wait_for_timeout(800)
                save(page, name)
            page.set_viewport_size({"width": TALL[0], "height": TALL[1]})  # so that no card is cut off
            page.wait_for_timeout(800)
            cards = page.locator(".sb-card")
            save(cards.filter(has=page.locator("svg.sb-network")), "network")
            save(cards.filter(has=page.locator(".sb-states")), "twins")
            save(cards.filter(has=page.locator("svg.sb-lifelines")), "lifelines")
            save(cards.filter(has=page.locator(".sb-paths")), "person")
            browser.close()
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)


def live(page: Page) -> None:
    """Live the weeks, several a picture, and pick a person."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.wait_for_selector("svg.sb-network", timeout=60_000)
    page.locator(".v-navigation-drawer .v-card").get_by_role("slider").nth(1).focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")  # five weeks a picture
    page.wait_for_timeout(500)
    seen = 0
    while seen < WEEKS:
        page.get_by_role("button", name="Step", exact=True).click()
        seen += 5
        page.wait_for_selector(f'[data-week="{seen - 1}"]')
    page.locator(f'svg.sb-lifelines [data-person="{PERSON}"]').first.click()
    page.wait_for_selector(".sb-paths")
    page.mouse.move(5, 5)
    page.evaluate("document.querySelector('.solara-autorouter-content').parentElement.scrollTop = 0")


def save(what: Any, name: str) -> None:
    """Save a picture of a page or a part of it, small enough for a README."""
    picture = Image.open(io.BytesIO(what.screenshot())).convert("RGB")
    path = IMAGES / f"{name}.png"
    picture.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}: {picture.width} x {picture.height}, {size / 1000:.0f} kB")
    if size > LARGEST_BYTES:
        raise SystemExit(f"{path} is larger than {LARGEST_BYTES / 1000:.0f} kB")


if __name__ == "__main__":
    main()
