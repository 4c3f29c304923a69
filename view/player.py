"""The bar at the top that plays, steps and goes back; and what stands in it about the week."""

from __future__ import annotations

import solara

from view.snapshot import Snapshot
from view.tab import SPEEDS, Tab
from view.widgets import control, html


@solara.component
def Player(tab: Tab, snapshot: Snapshot) -> None:
    """Begin, play, step, go back."""
    shown, lived = snapshot.shown, snapshot.lived
    playing = tab.playing.value
    ended = shown >= snapshot.total_weeks
    with solara.v.Html(tag="div", class_="sb-player", attributes={"role": "group", "aria-label": "Play and go back"}):
        solara.Button("Reset", on_click=tab.reset, outlined=True)
        solara.Button("Another life", on_click=tab.another_life, outlined=True)
        solara.Button("Pause" if playing else "Play", on_click=tab.play, color="primary", disabled=ended)
        solara.Button("Step", on_click=tab.step, disabled=playing or ended, outlined=True)
        for title, week in (("Back", shown - 1), ("Forward", shown + 1), ("Latest", lived)):
            solara.Button(title, on_click=lambda week=week: tab.go_to(week), outlined=True,
                          disabled=week == shown or not 0 <= week <= lived)  # fmt: skip
        control("Week", shown, lambda week: tab.go_to(int(week)), kind="range", low=0, high=max(lived, 1), step=1,
                said=f"{shown - 1} of {snapshot.total_weeks - 1}" if shown else "before the opening",
                disabled=lived == 0)  # fmt: skip
        control("Speed", tab.speed.value, tab.speed.set, kind="select", options=list(SPEEDS))
    if ended:
        html("p", "This is the last week. Back, the slider and a click on a curve show earlier ones; Reset begins "
                  "again.",
             "sb-note", "sb-ended", role="status")  # fmt: skip
    if tab.problem.value:
        html("p", tab.problem.value, "sb-wrong", role="alert")
