"""The page over time: a model a tab, how long a week takes (printed), no growth of memory, and a clean end."""

from __future__ import annotations

import re
import statistics

import pytest

from tests.view.browse import open_page, reset, step, week
from tests.view.served import Server, Watched

pytestmark = pytest.mark.browser

STEPS_TIMED, SECONDS_AIMED_AT = 40, 0.25
RESETS, MOST_GROWTH_MB = 100, 40


def test_each_tab_has_a_model_of_its_own(tab, server, browser):
    other = browser.new_page()
    watched = Watched(other)
    open_page(other, server)
    step(tab, 4)
    assert week(tab) == 3
    assert week(other) == -1
    step(other, 2)
    assert (week(tab), week(other)) == (3, 1)
    open_page(tab, server)
    assert week(tab) == -1
    assert week(other) == 1
    other.close()
    assert watched.problems == []


def test_each_week_is_rendered_and_its_time_is_told(tab):
    step(tab, 20)
    tab.locator("svg.sb-lifelines [data-person]").first.click()
    tab.wait_for_selector(".sb-paths")
    times = tab.evaluate(
        """async (weeks) => {
            const times = [];
            const step = [...document.querySelectorAll('button')]
                .find(b => b.innerText.trim().toUpperCase() === 'STEP');
            for (let k = 0; k < weeks; k++) {
                const last = Number(document.querySelector('[data-week]').dataset.week);
                const start = performance.now();
                const heading = () => Number(document.querySelector('[data-week]').dataset.week);
                const story = document.querySelector('.sb-paths').outerHTML;
                step.click();
                while (heading() === last || document.querySelector('.sb-paths').outerHTML === story)
                    await new Promise(done => requestAnimationFrame(done));
                times.push((performance.now() - start) / 1000);
                await new Promise(done => setTimeout(done, 50));
            }
            return times;
        }""",
        STEPS_TIMED,
    )
    quick = statistics.quantiles(times, n=4)[0]  # what the page needs where other work leaves the cores to it
    print(
        f"\na week: quickest quarter {quick:.3f} s, median {statistics.median(times):.3f} s, longest {max(times):.3f} s"
        f" (aimed at: {SECONDS_AIMED_AT} s; a test depends on no time)"
    )
    assert len(times) == STEPS_TIMED
    assert week(tab) == 19 + STEPS_TIMED


def test_a_hundred_resets_do_not_grow_memory(tab, server):
    def resets(count):
        for _ in range(count):
            step(tab)
            reset(tab)

    resets(15)
    before = server.memory_mb()
    resets(RESETS)
    growth = server.memory_mb() - before
    print(f"\n{before:.0f} MB, after {RESETS} resets {growth:+.1f} MB")
    assert growth < MOST_GROWTH_MB


def test_it_stops_cleanly_with_a_tab_open(browser):
    started = Server("scenarios/groupB.yaml", "--weeks", "20")
    page = browser.new_page()
    open_page(page, started)
    status, said = started.stop()
    page.close()
    assert status == 0, said
    assert said.rstrip().endswith("stopped")
    assert "Traceback" not in said
    assert not re.search(r"[Ee]rror", said)
