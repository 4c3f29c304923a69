"""The page: two lives of one town, week by week, and a panel for each way of looking at them.

The model behind it is a Mesa model (``view.lives``). The page is made of Solara's elements and of native fields of the
browser, in a layout of our own: Mesa's SolaraViz has names that screen readers cannot say, a drawer wider than a phone,
and puts its buttons away at the last week. Each tab has lives of its own (``view.tab``).

Started by ``python run.py view``; ``solara run view/app.py`` works as well.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import solara

from analysis.words.care import CARE, SUPPORT
from view.cards import Attendance, BeforeAfter, Beside, HardDays, Members, Network, Person, Story
from view.choices import ORIGIN, Choices, as_typed, label_of
from view.controls import Drawer
from view.link import Place, follow, query_of
from view.panels import answer, drawn
from view.player import Player
from view.snapshot import Snapshot
from view.start import first_scenario
from view.svg import words
from view.tab import Tab
from view.tour import Tour
from view.widgets import Frame, control, html

STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
THEMES = ("as the system", "light", "dark")
# The panels in the order of reading: three on the left, three on the right, the others below.
PANELS = {
    "the story": Story, "the network": Network, "who came": Attendance, "one person": Person,
    "members and twins": Members, "hard days": HardDays, "before and after": BeforeAfter, "two groups": Beside,
}  # fmt: skip
EVERY_PANEL = "every panel"
TURN = {"next panel": 1, "panel before": -1}


@solara.component
def Layout(children: list[solara.Element] = []) -> solara.Element:  # noqa: B006 - Solara's way
    """Nothing around the page: Solara's own layout has a drawer that does not fit a phone."""
    return solara.Div(children=children, classes=["sb-app"])


def begin(query: str) -> tuple[Tab, Place]:
    """A tab, at the place that the link leads to."""
    choices = Choices(scenario=first_scenario())
    place = follow(query, choices)
    tab = Tab(choices)
    while tab.lives.shown < place.weeks and tab.lives.running:
        tab.lives.step()
    tab.snapshot.value = tab.lives.snapshot
    if tab.snapshot.value.row_of(place.person) is not None:
        tab.picked.value = place.person
    elif place.person is not None:
        place = place._replace(problems=(*place.problems, f"person: nobody here has the number {place.person}"))
    return tab, place


@solara.component
def Page() -> None:
    """The whole page; everything in it belongs to one tab."""
    solara.Title("Sameboat")
    solara.Style(STYLE)
    router = solara.use_router()
    tab, place = solara.use_memo(lambda: begin(router.search or ""), [])
    solara.use_effect(lambda: tab.close, [])
    drawer, set_drawer = solara.use_state(False)
    theme, set_theme = solara.use_state(THEMES[0])
    panel = solara.use_reactive(EVERY_PANEL)  # in large type: which one is shown
    tour = solara.use_reactive(0 if not place.weeks else None)
    snapshot = tab.snapshot.value  # one for the whole page: Play lives on while it is drawn
    presenting = panel.value != EVERY_PANEL

    def key(name: str) -> None:
        if name in TURN:
            panel.value = turned(panel.value, TURN[name])
        else:
            tab.key(name)

    Frame(theme=theme, query=query_of(snapshot.config, snapshot.shown, tab.picked.value), presenting=presenting,
          event_key=key)  # fmt: skip
    classes = ["sb-page", "sb-presenting" if presenting else "sb-drawn-out" if drawer else "sb-plainly"]
    with solara.Div(classes=classes):
        Top(place.problems, drawer, set_drawer, theme, set_theme, tour, panel).key("top")
        if drawer and not presenting:
            with solara.v.Html(tag="aside", class_="sb-drawer", attributes={"aria-label": "Controls"}).key("drawer"):
                solara.Button("Close", on_click=lambda: set_drawer(False), outlined=True, classes=["sb-close"])
                Drawer(tab)
        with solara.v.Html(tag="main", class_="sb-main").key("main"):
            Player(tab, snapshot)
            html("div", drawn(heading, snapshot), "sb-card", role="status")
            Tour(tour).key("tour")
            Panels(tab, snapshot, panel.value).key("panels")
        html("footer", f"<p>{words(CARE)}</p><p>{words(SUPPORT)}</p>", "sb-care").key("footer")


@solara.component
def Top(
    problems: tuple[str, ...], drawer: bool, set_drawer: Callable[[bool], None], theme: str,
    set_theme: Callable[[str], None], tour: solara.Reactive[int | None], panel: solara.Reactive[str],
) -> None:  # fmt: skip
    """Name, tools, and what this is not; drawn when one of these changes, not with each week."""
    presenting = panel.value != EVERY_PANEL
    with solara.v.Html(tag="header"):
        with solara.Div(classes=["sb-top"]):
            html("h1", "Sameboat")
            with solara.Div(classes=["sb-tools"]):
                if presenting:
                    Presenter(panel)
                else:
                    solara.Button("Close controls" if drawer else "Controls", outlined=True,
                                  on_click=lambda: set_drawer(not drawer))  # fmt: skip
                    solara.Button("Guided tour", on_click=lambda: tour.set(0), outlined=True)
                    solara.Button("Present", on_click=lambda: panel.set(next(iter(PANELS))), outlined=True)
                    control("Colours", theme, set_theme, kind="select", options=THEMES)
        html("p", support(), "sb-support")
        for problem in problems:
            html("div", answer(f"In the link: {problem.rstrip('.')}. The rest of it was followed."))


@solara.component
def Presenter(panel: solara.Reactive[str]) -> None:
    """Large type, one panel at a time: which, and to the next."""
    bar = {"role": "group", "aria-label": "One panel at a time"}
    with solara.v.Html(tag="div", class_="sb-presenter", attributes=bar):
        solara.Button("Panel before", on_click=lambda: panel.set(turned(panel.value, -1)), outlined=True)
        control("Panel", panel.value, panel.set, kind="select", options=list(PANELS))
        solara.Button("Next panel", on_click=lambda: panel.set(turned(panel.value, 1)), color="primary")
        solara.Button("Stop presenting", on_click=lambda: panel.set(EVERY_PANEL), outlined=True)


def turned(panel: str, by: int) -> str:
    """The panel so many after this one, around."""
    names = list(PANELS)
    return names[(names.index(panel) + by) % len(names)] if panel in names else panel


@solara.component
def Panels(tab: Tab, snapshot: Snapshot, only: str) -> None:
    """All panels, drawn again for each snapshot; ``only`` is the one that is shown, or EVERY_PANEL."""

    def pick(name: object) -> None:
        if isinstance(name, int | float) and snapshot.row_of(int(name)) is not None:
            tab.picked.value = int(name)

    def go(week: object) -> None:
        if isinstance(week, int | float):
            tab.go_to(int(week))

    def put(names: list[str]) -> None:
        for name in names:
            with solara.Div(classes=["sb-panel", *(["sb-here"] if name == only else [])]).key(name):
                PANELS[name](tab, snapshot, pick, go)

    names = list(PANELS)
    with solara.Div(classes=["sb-grid"]):
        for stack in (names[:3], names[3:6]):
            with solara.Div(classes=["sb-stack"]):
                put(stack)
    with solara.Div(classes=["sb-stack"]):
        put(names[6:])


def support() -> str:
    """What stands at the top at all times: what this is not, and whom to call."""
    return (
        "The people are invented. This is not evidence that groups work or are safe. Close to you? "
        "<b>Samaritans 116 123</b> (UK, free, day and night); more at the foot of the page."
    )


def heading(snapshot: Snapshot) -> str:
    """What is shown: scenario, week, people, and what differs from the scenario's file."""
    title = snapshot.config.title or snapshot.config.name
    when = f"Week {snapshot.shown - 1} of {snapshot.total_weeks - 1}" if snapshot.shown else "Before the opening"
    years = f" ({snapshot.shown / 52:.1f} years)" if snapshot.shown >= 52 else ""
    seen = f" · seen up to week {snapshot.lived - 1}" if snapshot.shown < snapshot.lived else ""
    facts = ""
    if snapshot.shown:
        week = snapshot.weeks[snapshot.shown - 1]
        state = "group open" if week.open else "group closed" if snapshot.had_group else "no group"
        facts = f"{state} · {week.members} members, {week.regulars} regulars · {week.residents} people living here"
    account = f" · account {snapshot.config.account.name}" if snapshot.config.account else ""
    return (
        f'<div class="sb-head"><h2 data-week="{snapshot.shown - 1}">{when}{years}</h2><span>{words(title)}'
        f"{words(changed(snapshot))}</span><span>seed {snapshot.config.values['run.seed']}{words(account)}{seen}</span>"
        f"<span>{facts}</span></div>"
    )


def changed(snapshot: Snapshot) -> str:
    """What the page changed of the scenario, in words."""
    values = snapshot.config.values
    names = [name for name, origin in snapshot.config.origins.items() if origin == ORIGIN and name != "run.seed"]
    if not names:
        return ""
    said = ", ".join(f"{label_of(name)}: {as_typed(values[name])}" for name in names[:3])
    return f"; but {said}{', and more' if len(names) > 3 else ''}"
