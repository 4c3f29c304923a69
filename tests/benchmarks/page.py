"""How fast the page draws a week, what memory it keeps: ``python tests/benchmarks/page.py`` prints, and never fails.

Serves the page as a person would, and looks at it in a headless browser. A rendered week is the time from a click on
Step until the network and the last curves show the new week, on a machine that may be busy with other things; what the
server takes of the processor does not depend on that. Memory is what belongs to the server's process.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.chdir(ROOT)

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from tests.view.browse import button, open_page, reset  # noqa: E402
from tests.view.served import CHROMIUM, Server  # noqa: E402

GOALS = {80: 0.1, 200: 0.25}  # seconds a rendered week, by people
WEEKS, EACH = 300, 60
RESETS, WEEKS_BEFORE_RESET, TABS = 100, 10, 10
SECONDS_TO_CULL = 8
# Press Step and wait until the new week stands in the first and in the last of the pictures that have one.
A_WEEK = """async () => {
  const now = Number(document.querySelector("[data-week]").dataset.week);
  const said = (s) => [...document.querySelectorAll(s)].pop()?.getAttribute("aria-label") || "";
  const there = () => said("svg.sb-network").startsWith(`Week ${now + 1}:`)
    && (!/, week \\d/.test(said(".sb-days svg")) || said(".sb-days svg").includes(`, week ${now + 1}`)
        || document.querySelector(".sb-head").innerText.includes(" 0 members"));
  const began = performance.now();
  [...document.querySelectorAll("button")].find((b) => b.innerText.trim() === "Step").click();
  while (!there() && performance.now() - began < 5000) {
    await new Promise(requestAnimationFrame);
  }
  return performance.now() - began;
}"""


def weeks(browser: Browser) -> None:
    """Seconds a rendered week, as weeks go by."""
    print(f"\nA rendered week (group A, {WEEKS} weeks, somebody picked from week {EACH} on)")
    for people, goal in GOALS.items():
        server = Server("scenarios/groupA.yaml", "--set", f"people.residents={people}", "--weeks", WEEKS)
        try:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            open_page(page, server)
            taken: list[float] = []
            worked = server.seconds_worked()
            for week in range(WEEKS):
                taken.append(page.evaluate(A_WEEK) / 1000)
                if week == EACH - 1:
                    page.locator("svg.sb-lifelines [data-person]").first.click()
                    page.wait_for_selector(".sb-paths")
            for first in range(0, WEEKS, EACH):
                some = sorted(taken[first : first + EACH])
                print(f"  {people:4d} people, weeks {first:3d} to {first + EACH - 1:3d}: {median(some):.3f} s "
                      f"(nine of ten under {some[int(0.9 * len(some))]:.3f})")  # fmt: skip
            worked = (server.seconds_worked() - worked) / WEEKS
            print(f"  {people:4d} people, all: {median(taken):.3f} s, goal {goal:g} s; the server worked "
                  f"{worked:.3f} s a week; {server.memory_mb():.0f} MB")  # fmt: skip
            page.close()
        finally:
            server.stop()


def memory(browser: Browser) -> None:
    """Memory over many Resets, and after tabs are closed or lost."""
    os.environ["SOLARA_KERNEL_CULL_TIMEOUT"] = f"{SECONDS_TO_CULL}s"
    server = Server("scenarios/groupA.yaml")
    print(f"\nMemory (group A; {WEEKS_BEFORE_RESET} weeks before each Reset)")
    try:
        page = a_tab(browser, server)
        print(f"  one tab, {WEEKS_BEFORE_RESET} weeks   {server.memory_mb():6.0f} MB")
        for count in range(1, RESETS + 1):
            reset(page)
            live(page)
            if count in (1, 10, 25, 50, 75, RESETS):
                print(f"  {count:3d} Resets         {server.memory_mb():6.0f} MB")
        page.close(run_before_unload=True)
        time.sleep(SECONDS_TO_CULL)
        print(f"  that tab closed    {server.memory_mb():6.0f} MB")
        for again in range(3):
            tabs = [a_tab(browser, server) for _ in range(TABS)]
            print(f"  {TABS} tabs, time {again + 1}    {server.memory_mb():6.0f} MB")
            for tab in tabs:
                tab.close(run_before_unload=True)
            time.sleep(SECONDS_TO_CULL)
            print(f"  all of them closed {server.memory_mb():6.0f} MB")
        lost = browser.browser_type.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for _ in range(TABS):
            a_tab(lost, server)
        print(f"  {TABS} tabs elsewhere  {server.memory_mb():6.0f} MB")
        lost.close()
        time.sleep(3 * SECONDS_TO_CULL)
        print(f"  that browser gone  {server.memory_mb():6.0f} MB")
    finally:
        server.stop()


def a_tab(browser: Browser, server: Server) -> Page:
    """A tab that has seen some weeks."""
    page = browser.new_page()
    page.set_default_timeout(60_000)
    open_page(page, server)
    live(page)
    return page


def live(page: Page) -> None:
    """Some weeks, and a person picked."""
    for _ in range(WEEKS_BEFORE_RESET):
        page.evaluate(A_WEEK)
    button(page, "Step").wait_for()


def main() -> None:
    """Run what is asked for, all by default."""
    parts = {"weeks": weeks, "memory": memory}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"any of: {', '.join(parts)}")
    chosen = parser.parse_args().parts or list(parts)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name in chosen:
            parts[name](browser)
        browser.close()


if __name__ == "__main__":
    main()
