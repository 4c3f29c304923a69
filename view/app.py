"""The page: Mesa's SolaraViz with two lives of one town behind it, and a panel for each way of looking at them.

SolaraViz brings the bar, Reset, Play, Step and their speed. The panels stand below it in a grid of our own (its own
grid is a draggable one of fixed heights), and the controls that it lacks stand in its sidebar: back to a week already
seen, scenario, parameters with their sources, downloads. Each tab has a model of its own.

Started by ``python run.py view``; ``solara run view/app.py`` works as well.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import solara
from mesa.visualization import SolaraViz
from mesa.visualization.utils import force_update, update_counter

from analysis.words.care import CARE, SUPPORT
from view.choices import Choices
from view.controls import Controls, Weeks
from view.lives import TwinLives
from view.numbers import WHOM
from view.panels import attempted, change, curves, drawn, lifelines, network, person, story
from view.snapshot import Snapshot
from view.start import first_scenario

PLAY_INTERVAL_MS = 150
STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")


@solara.component_vue("picture.vue")
def Picture(content: str, event_pick=None):  # noqa: D103 - see picture.vue: HTML or SVG; event_pick(id) on a click
    ...


@solara.component
def Page() -> None:
    """The whole page; everything in it belongs to one tab."""
    solara.Title("Sameboat")
    solara.Style(STYLE)
    choices = solara.use_memo(lambda: Choices(scenario=first_scenario()), [])
    model = solara.use_memo(lambda: solara.reactive(TwinLives(choices=choices)), [])
    picked = solara.use_memo(lambda: solara.reactive(None), [])
    generation = solara.use_memo(lambda: solara.reactive(0), [])
    show = solara.use_memo(lambda: shower(model, generation), [])
    update_counter.get()  # one subscription for all of ours: each would draw the whole page again
    snapshot = model.value.snapshot  # one for the whole page: Play lives on while it is drawn
    SolaraViz(
        model,
        components=[],
        model_params={"choices": choices},
        play_interval=PLAY_INTERVAL_MS,
        name="Sameboat",
    ).key(f"viz-{generation.value}")
    Aside(model, choices, show, snapshot)
    Panels(snapshot, picked)


def shower(model: solara.Reactive[TwinLives], generation: solara.Reactive[int]) -> Callable[[int], None]:
    """What shows the state after so many weeks, among those seen."""

    def show(week: int) -> None:
        if week == model.value.shown:
            return
        ended = not model.value.running
        model.value.go_to(week)
        if ended and model.value.running:
            generation.value += 1  # SolaraViz puts Play away at the last week: a fresh one brings it back
        force_update()

    return show


@solara.component
def Aside(model: solara.Reactive[TwinLives], choices: Choices, show: Callable[[int], None], snapshot: Snapshot) -> None:
    """Our part of the sidebar, below Mesa's: Solara puts there first what stands less deep."""
    InSidebar(model, choices, show, snapshot)


@solara.component
def InSidebar(
    model: solara.Reactive[TwinLives], choices: Choices, show: Callable[[int], None], snapshot: Snapshot
) -> None:
    """One step deeper than Mesa's part."""
    with solara.Sidebar(), solara.Column(classes=["sb-controls"], gap="4px"):
        Weeks(snapshot, show)
        Controls(model, choices)


@solara.component
def Panels(snapshot: Snapshot, picked: solara.Reactive[int | None]) -> None:
    """All panels, drawn again for each snapshot."""
    colour_by, set_colour_by = solara.use_state("isolation")
    whom, set_whom = solara.use_state(WHOM[0])

    def pick(name: object) -> None:
        if isinstance(name, int | float) and snapshot.row_of(int(name)) is not None:
            picked.value = int(name)

    with solara.Div(classes=["sb-page"]):
        solara.HTML(
            tag="div", unsafe_innerHTML=drawn(heading, snapshot), classes=["sb-card"], style="margin-bottom: 12px"
        )
        with solara.Div(classes=["sb-grid"]):
            with solara.Div(classes=["sb-stack"]):
                with Card(
                    "Who is close to whom",
                    "All who live in the area, with the group; n3 is newcomer 1000003. Click a person.",
                ):
                    solara.Select(
                        "Colour by", list(network.COLOURS), value=colour_by, on_value=set_colour_by, dense=True
                    )
                    Picture(content=drawn(network.draw, snapshot, colour_by, picked.value), event_pick=pick)
                    solara.HTML(unsafe_innerHTML=network.legend(colour_by), classes=["sb-legend"])
                with Card(
                    "Who came, how often, for how long",
                    "Above, each week (the axis begins at 0 and ends higher as more come). Below, a bar for each "
                    "person while a member: the darker, the more meetings.",
                ):
                    Picture(content=lifelines.key() + drawn(lifelines.attendance, snapshot) + lifelines.legend())
                    with solara.Div(classes=["sb-scroll"]):
                        Picture(content=drawn(lifelines.draw, snapshot, picked.value), event_pick=pick)
            with solara.Div(classes=["sb-stack"]):
                with Card("Members, and the same people without a group", TWINS):
                    Picture(content=curves.key() + drawn(curves.states, snapshot))
                with Card("Hard days, and how they are got through", TWINS_13):
                    Picture(content=curves.key() + drawn(curves.days, snapshot))
            with solara.Div(classes=["sb-stack", "sb-third"]):
                with Card(
                    "Before and after, beside the twin", "Each person, against the same person in the other life."
                ):
                    solara.Select("Whom", list(WHOM), value=whom, on_value=set_whom, dense=True)
                    Picture(content=drawn(change.draw, snapshot, whom))
                with Card("The group's story", "Newest first."), solara.Div(classes=["sb-scroll"]):
                    Picture(content=drawn(story.draw, snapshot), event_pick=pick)
        PersonPanel(snapshot, picked, pick)
        solara.HTML(tag="div", unsafe_innerHTML=care(), classes=["sb-care"])


TWINS = "Means of this week's members, 0 to 1. Who is a member changes: read the gap between the lines, not one line."
TWINS_13 = (
    "Means of the last 13 weeks, of each week's members. Every axis begins at 0; those of the two counts end higher as "
    "the counts rise. Read the episodes beside the rest: few is not the same as being well."
)


@solara.component
def Card(title: str, words: str, children: list[solara.Element] = [], wide: bool = False) -> None:  # noqa: B006
    """A panel with its heading."""
    with solara.Div(classes=["sb-card", *(["sb-wide"] if wide else [])]):
        solara.HTML(tag="h2", unsafe_innerHTML=title)
        solara.HTML(tag="p", unsafe_innerHTML=words, classes=["sb-sub"])
        solara.Div(children=children)


@solara.component
def PersonPanel(snapshot: Snapshot, picked: solara.Reactive[int | None], pick: Callable[[object], None]) -> None:
    """One person: picked by a click or from the list."""
    told, set_told = solara.use_state((None, -1, ""))
    people, problem = attempted(person.people_to_pick, snapshot, picked.value)
    names = {f"Person {name}": name for name in people or ()}
    here = f"Person {picked.value}"

    def tell(life: int) -> None:
        set_told((snapshot, picked.value, drawn(person.week_in_words, snapshot, picked.value, life)))

    with Card(
        "One person", "Pick from the list (those who have come stand first), or click in the pictures.", wide=True
    ):
        if problem:
            Picture(content=problem)
            return
        solara.Select("Person", list(names), value=here if here in names else None, dense=True,
                      on_value=lambda name: picked.set(names.get(name)))  # fmt: skip
        if here not in names:
            solara.HTML(tag="p", unsafe_innerHTML="Nobody is picked.", classes=["sb-note"])
            return
        with solara.Div(classes=["sb-columns"]):
            Picture(content=drawn(person.draw, snapshot, picked.value), event_pick=pick)
            Picture(content=drawn(person.paths, snapshot, picked.value))
        with solara.Row(style="flex-wrap: wrap"):
            solara.Button("Tell this week in words", on_click=lambda: tell(0), outlined=True)
            solara.Button("Tell the twin's week", on_click=lambda: tell(1), outlined=True)
        if told[:2] == (snapshot, picked.value):
            solara.HTML(tag="div", unsafe_innerHTML=told[2])


def heading(snapshot: Snapshot) -> str:
    """What is shown: scenario, week, people."""
    w = network.svg.words
    title = snapshot.config.title or snapshot.config.name
    when = f"Week {snapshot.shown - 1} of {snapshot.total_weeks - 1}" if snapshot.shown else "Before the opening"
    years = f" ({snapshot.shown / 52:.1f} years)" if snapshot.shown >= 52 else ""
    seen = f" &nbsp;·&nbsp; seen up to week {snapshot.lived - 1}" if snapshot.shown < snapshot.lived else ""
    facts = ""
    if snapshot.shown:
        week = snapshot.weeks[snapshot.shown - 1]
        state = "group open" if week.open else "group closed" if snapshot.had_group else "no group"
        facts = f"{state} · {week.members} members, {week.regulars} regulars · {week.residents} people living here"
    return (
        f'<div class="sb-head"><b data-week="{snapshot.shown - 1}">{when}{years}</b><span>{w(title)} &nbsp;·&nbsp; '
        f"seed {snapshot.config.values['run.seed']}{seen}</span><span>{facts}</span></div>"
        '<div class="sb-note">One pair of lives is one story: another seed gives another. The people are invented. '
        "This is not evidence that groups work or are safe. Close to you? Samaritans 116 123 (UK, free, day and "
        "night); more at the foot of the page.</div>"
    )


def care() -> str:
    """The care note and where to find support."""
    w = network.svg.words
    return f"<p>{w(CARE)}</p><p>{w(SUPPORT)}</p>"
