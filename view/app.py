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
from view.panels import change, curves, lifelines, network, person, story
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
    # One subscription for all of ours: each would draw the whole page again.
    tick = update_counter.value
    SolaraViz(
        model,
        components=[],
        model_params={"choices": choices},
        play_interval=PLAY_INTERVAL_MS,
        name="Sameboat",
    ).key(f"viz-{generation.value}")
    Aside(model, choices, show, tick)
    Panels(model, picked, tick)


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
def Aside(model: solara.Reactive[TwinLives], choices: Choices, show: Callable[[int], None], tick: int) -> None:
    """Our part of the sidebar, below Mesa's: Solara puts there first what stands less deep."""
    InSidebar(model, choices, show, tick)


@solara.component
def InSidebar(model: solara.Reactive[TwinLives], choices: Choices, show: Callable[[int], None], tick: int) -> None:
    """One step deeper than Mesa's part."""
    with solara.Sidebar(), solara.Column(classes=["sb-controls"], gap="4px"):
        Weeks(model, show, tick)
        Controls(model, choices)


@solara.component
def Panels(model: solara.Reactive[TwinLives], picked: solara.Reactive[int | None], tick: int) -> None:
    """All panels, drawn again each week (``tick`` counts the drawings)."""
    lives = model.value
    colour_by, set_colour_by = solara.use_state("isolation")
    whom, set_whom = solara.use_state(WHOM[0])

    def pick(name: object) -> None:
        if isinstance(name, int | float) and lives.row_of(int(name)) is not None:
            picked.value = int(name)

    with solara.Div(classes=["sb-page"]):
        solara.HTML(tag="div", unsafe_innerHTML=heading(lives), classes=["sb-card"], style="margin-bottom: 12px")
        with solara.Div(classes=["sb-grid"]):
            with solara.Div(classes=["sb-stack"]):
                with Card(
                    "Who is close to whom",
                    "All who live in the area, with the group; n3 is newcomer 1000003. Click a person.",
                ):
                    solara.Select(
                        "Colour by", list(network.COLOURS), value=colour_by, on_value=set_colour_by, dense=True
                    )
                    Picture(content=network.draw(lives, colour_by, picked.value), event_pick=pick)
                    Picture(content=network.legend(colour_by))
                with Card("Who came, how often, for how long", "A bar while a member; darker, the more meetings."):
                    Picture(content=lifelines.attendance(lives) + lifelines.legend())
                    with solara.Div(classes=["sb-scroll"]):
                        Picture(content=lifelines.draw(lives, picked.value), event_pick=pick)
            with solara.Div(classes=["sb-stack"]):
                with Card("Members, and the same people without a group", TWINS):
                    Picture(content=KEY + curves.states(lives))
                with Card("Hard days, and how they are got through", TWINS_13):
                    Picture(content=KEY + curves.days(lives))
            with solara.Div(classes=["sb-stack", "sb-third"]):
                with Card(
                    "Before and after, beside the twin", "Each person, against the same person in the other life."
                ):
                    solara.Select("Whom", list(WHOM), value=whom, on_value=set_whom, dense=True)
                    Picture(content=change.draw(lives, whom))
                with Card("The group's story", "Newest first."), solara.Div(classes=["sb-scroll"]):
                    Picture(content=story.draw(lives), event_pick=pick)
        PersonPanel(model, picked, pick, tick)
        solara.HTML(tag="div", unsafe_innerHTML=care(), classes=["sb-care"])


KEY = (
    '<p class="sb-sub"><span class="sb-legend-line"></span>members &nbsp; '
    '<span class="sb-legend-line sb-legend-twin"></span>the same people without a group</p>'
)
TWINS = "Means of this week's members, 0 to 1. Who is a member changes: read the gap between the lines, not one line."
TWINS_13 = "Means of the last 13 weeks. Read the episodes beside the rest: few is not the same as being well."


@solara.component
def Card(title: str, words: str, children: list[solara.Element] = [], wide: bool = False) -> None:  # noqa: B006
    """A panel with its heading."""
    with solara.Div(classes=["sb-card", *(["sb-wide"] if wide else [])]):
        solara.HTML(tag="h2", unsafe_innerHTML=title)
        solara.HTML(tag="p", unsafe_innerHTML=words, classes=["sb-sub"])
        solara.Div(children=children)


@solara.component
def PersonPanel(
    model: solara.Reactive[TwinLives], picked: solara.Reactive[int | None], pick: Callable[[object], None], tick: int
) -> None:
    """One person: picked by a click or from the list."""
    lives = model.value
    told, set_told = solara.use_state(("", -1, -1, ""))
    names = {f"Person {name}": name for name in person.people_to_pick(lives)}
    if picked.value is not None and f"Person {picked.value}" not in names and lives.row_of(picked.value) is not None:
        names[f"Person {picked.value}"] = picked.value
    here = f"Person {picked.value}" if picked.value is not None else None

    def tell(life: int) -> None:
        text = person.week_in_words(lives, picked.value, life)
        set_told((lives.config.name, lives.shown, picked.value, text))

    with Card(
        "One person", "Pick from the list (those who have come stand first), or click in the pictures.", wide=True
    ):
        solara.Select("Person", list(names), value=here if here in names else None, dense=True,
                      on_value=lambda name: picked.set(names.get(name)))  # fmt: skip
        if picked.value is None or lives.row_of(picked.value) is None:
            solara.HTML(tag="p", unsafe_innerHTML="Nobody is picked.", classes=["sb-note"])
            return
        with solara.Div(classes=["sb-columns"]):
            Picture(content=person.draw(lives, picked.value), event_pick=pick)
            Picture(content=person.paths(lives, picked.value))
        with solara.Row():
            solara.Button("Tell this week in words", on_click=lambda: tell(0), outlined=True)
            solara.Button("Tell the twin's week", on_click=lambda: tell(1), outlined=True)
        if told[:3] == (lives.config.name, lives.shown, picked.value):
            solara.HTML(tag="pre", unsafe_innerHTML=person.words(told[3]), classes=["sb-told"])


def heading(lives: TwinLives) -> str:
    """What is shown: scenario, week, people."""
    w = network.svg.words
    title = lives.config.title or lives.config.name
    when = f"Week {lives.shown - 1} of {lives.total_weeks - 1}" if lives.shown else "Before the opening"
    years = f" ({lives.shown / 52:.1f} years)" if lives.shown >= 52 else ""
    seen = f" &nbsp;·&nbsp; seen up to week {lives.lived - 1}" if lives.shown < lives.lived else ""
    facts = ""
    if lives.shown:
        week = lives.group.weeks[lives.shown - 1]
        state = "open" if week.open else "closed" if lives.had_group else "no group"
        facts = (
            f"group {state} · {week.members} members, {week.regulars} regulars · {week.residents} people living here"
        )
    return (
        f'<div class="sb-head"><b data-week="{lives.shown - 1}">{when}{years}</b><span>{w(title)} &nbsp;·&nbsp; seed '
        f"{lives.config.values['run.seed']}{seen}</span><span>{facts}</span></div>"
        '<div class="sb-note">One pair of lives is one story: another seed gives another. The people are invented. '
        "This is not evidence that groups work or are safe.</div>"
    )


def care() -> str:
    """The care note and where to find support."""
    w = network.svg.words
    return f"<p>{w(CARE)}</p><p>{w(SUPPORT)}</p>"
