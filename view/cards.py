"""The panels of the page as cards: heading, what it says, its pictures, and what can be kept of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from sim.scenario import account_names
from view.choices import Choices, scenario_files
from view.keep import as_svg, when
from view.many import LIVES, Many
from view.numbers import WHOM
from view.panels import answer, attempted, beside, change, curves, drawn, lifelines, network, person, story
from view.snapshot import WITH, WITHOUT, Snapshot, known_as
from view.svg import words
from view.tab import Tab
from view.widgets import Answer, Picture, Save, control, html

TWINS = (
    "Means of this week's members, 0 to 1. Who is a member changes: read the gap between the lines, not one line. A "
    "click on a mark above says why."
)
TWINS_13 = (
    "Means of the last 13 weeks, of each week's members. Every axis begins at 0; those of the two counts end higher as "
    "the counts rise. Read the episodes beside the rest: few is not the same as being well."
)
AS_HERE = "as it is here"
LIVES_SHOWN = ("with the group", "without it", "both, side by side")
NOTHING = -1
Picks = Callable[[object], None]
Draws = Callable[[Snapshot, Many | None], str]


@solara.component
def Card(
    title: str, said: str, children: list[solara.Element] = [], kept: Callable[[], str] | None = None,  # noqa: B006
    kind: str = "",
) -> None:  # fmt: skip
    """A panel with its heading; ``kept`` makes what can be kept of it."""
    with solara.v.Html(tag="section", class_=f"sb-card {kind}", attributes={"aria-label": title}):
        with solara.Div(classes=["sb-card-head"]):
            html("h2", words(title))
            if kept is not None:
                Save(title, "sameboat-" + "-".join(title.lower().replace(",", "").split()[:4]), kept)
        html("p", words(said), "sb-sub")
        solara.Div(children=children)


@solara.component
def Story(tab: Tab, snapshot: Snapshot, pick: Picks, go: Picks) -> None:
    """What happened to the group."""
    asked, set_asked = solara.use_state(NOTHING)
    scrolled = {"tabindex": "0", "aria-label": "The story"}
    with Card("The group's story", "Newest first. A click on a week goes to it, one on a person tells of her or him, "
                                   "“why?” says why it came about."):  # fmt: skip
        Why(snapshot, asked, set_asked)
        with solara.v.Html(tag="div", class_="sb-scroll", attributes=scrolled):
            Picture(content=drawn(story.draw, snapshot), event_pick=pick, event_go=go, event_why=set_asked)


@solara.component
def Why(snapshot: Snapshot, asked: Any, set_asked: Callable[[Any], None]) -> None:
    """Why an entry of the story came about; ``asked`` is which, or NOTHING."""
    there = isinstance(asked, int | float) and 0 <= asked < len(snapshot.story)
    of = snapshot.config, int(asked) if there else NOTHING
    told = solara.use_memo(lambda: drawn(story.why, snapshot, of[1]) if there else "", of)
    Answer(content=told, event_close=lambda _: set_asked(NOTHING))  # there before it is asked, so that nothing moves


@solara.component
def Network(tab: Tab, snapshot: Snapshot, pick: Picks, go: Picks) -> None:
    """Who is close to whom, with the group, without it, or both side by side."""
    colour_by, set_colour_by = solara.use_state("isolation")
    which, set_which = solara.use_state(LIVES_SHOWN[0])
    picked = tab.picked.value
    lives = {LIVES_SHOWN[0]: (WITH,), LIVES_SHOWN[1]: (WITHOUT,), LIVES_SHOWN[2]: (WITH, WITHOUT)}[which]

    def kept() -> str:
        both = "".join(network.draw(snapshot, colour_by, picked, life) for life in lives)
        return as_svg(both, f"Who is close to whom, {which}. {when(snapshot)}")

    with Card("Who is close to whom", "All who live in the area; n3 is newcomer 1000003. Click a person.", kept=kept):
        with solara.Div(classes=["sb-fields"]):
            control("Colour by", colour_by, set_colour_by, kind="select", options=list(network.COLOURS))
            control("Lives", which, set_which, kind="select", options=LIVES_SHOWN)
        with solara.Div(classes=["sb-lives", *(["sb-both"] if len(lives) > 1 else [])]):
            for life in lives:
                with solara.Div():
                    if lives != (WITH,):
                        html("h3", "With the group" if life == WITH else "The same people without a group")
                    Picture(
                        content=drawn(network.draw, snapshot, colour_by, picked, life), event_pick=pick, event_go=go
                    )
        html("div", network.legend(colour_by), "sb-legend")


@solara.component
def Members(tab: Tab, snapshot: Snapshot, pick: Picks, go: Picks) -> None:
    """The slow states of members and twins, and many lives behind them."""
    Curves(tab, snapshot, "Members, and the same people without a group", TWINS, curves.states, pick, go)


@solara.component
def HardDays(tab: Tab, snapshot: Snapshot, pick: Picks, go: Picks) -> None:
    """Distress, hard days and episodes of members and twins."""
    Curves(tab, snapshot, "Hard days, and how they are got through", TWINS_13, curves.days, pick, go)


@solara.component
def Curves(tab: Tab, snapshot: Snapshot, title: str, said: str, draw: Draws, pick: Picks, go: Picks) -> None:
    """A card of curves; a click on a mark of an event, or its button in the list of marks, says why."""
    asked, set_asked = solara.use_state(NOTHING)
    in_words, set_in_words = solara.use_state(False)
    many = tab.crowd.many.value

    def kept() -> str:
        return as_svg(draw(snapshot, many), f"{title}. {when(snapshot)}")

    with Card(title, said, kept=kept):
        if draw is curves.states:
            ManyLives(tab, snapshot)
        Why(snapshot, asked, set_asked)
        Picture(content=curves.key(many) + drawn(draw, snapshot, many), event_pick=pick, event_go=go,
                event_why=set_asked)  # fmt: skip
        if snapshot.had_group:
            solara.Button("Hide the marks in words" if in_words else "The marks in words", outlined=True, small=True,
                          on_click=lambda: set_in_words(not in_words))  # fmt: skip
        if in_words:
            marks = {"tabindex": "0", "aria-label": f"Marks: {title}"}
            with solara.v.Html(tag="div", class_="sb-scroll sb-short", attributes=marks):
                Picture(content=drawn(curves.listed, snapshot), event_why=set_asked)


@solara.component
def ManyLives(tab: Tab, snapshot: Snapshot) -> None:
    """Live many more in the background, with progress."""
    done, many, problem = tab.crowd.done.value, tab.crowd.many.value, tab.crowd.problem.value
    with solara.Div(classes=["sb-many"]):
        if done is not None:
            html("p", f"{done} of {LIVES} lives lived, each with and without the group.", role="status")
            html("progress", "", value=str(done), max=str(LIVES), **{"aria-label": "Many lives"})
            solara.Button("Stop living", on_click=tab.crowd.stop, outlined=True, small=True)
        elif many is not None:
            html("p", f"One story before {many.lives} lives of the same scenario with other seeds. Under each "
                      f"heading: the "
                      "mean difference over all lives that have members then, with its 95 % interval.")  # fmt: skip
            solara.Button("Hide them", on_click=tab.crowd.stop, outlined=True, small=True)
        else:
            solara.Button(
                "Live many lives", on_click=lambda: tab.crowd.start(snapshot.config), outlined=True, small=True
            )
            html("p", f"{LIVES} in the background, so that this one is seen as one.", "sb-note")
    if problem:
        html("div", answer(problem))


@solara.component
def Attendance(tab: Tab, snapshot: Snapshot, pick: Picks, go: Picks) -> None:
    """Who came."""
    picked = tab.picked.value

    def kept() -> str:
        return as_svg(
            lifelines.attendance(snapshot) + lifelines.draw(snapshot, picked), f"Who came. {when(snapshot)}", 1
        )

    with Card(
        "Who came, how often, for how long",
        "Above, each week (the axis begins at 0 and ends higher as more come). Below, a bar for each person while a "
        "member: the darker, the more meetings.",
        kept=kept,
    ):
        Picture(content=lifelines.key() + drawn(lifelines.attendance, snapshot) + lifelines.legend(), event_pick=pick,
                event_go=go)  # fmt: skip
        with solara.v.Html(tag="div", class_="sb-scroll", attributes={"tabindex": "0", "aria-label": "Who came"}):
            Picture(content=drawn(lifelines.draw, snapshot, picked), event_pick=pick, event_go=go)


@solara.component
def BeforeAfter(tab: Tab, snapshot: Snapshot, pick: Picks, go: Picks) -> None:
    """What changed, beside the twin."""
    whom, set_whom = solara.use_state(WHOM[0])
    with Card("Before and after, beside the twin", "Each person, against the same person in the other life."):
        control("Whom", whom, set_whom, kind="select", options=list(WHOM))
        Picture(content=drawn(change.draw, snapshot, whom), event_pick=_nothing, event_go=_nothing)


def _nothing(_: object) -> None:
    """There is nothing to pick."""


@solara.component
def Person(tab: Tab, snapshot: Snapshot, pick: Picks, go: Picks) -> None:
    """One person: picked by a click or from the list."""
    picked = tab.picked.value
    told, set_told = solara.use_state((None, -1, ""))
    people, problem = attempted(person.people_to_pick, snapshot, picked)
    names = {f"Person {known_as(name)}": name for name in people or ()}
    here = "" if picked is None else f"Person {known_as(picked)}"

    def tell(life: int) -> None:
        set_told((snapshot, picked, drawn(person.week_in_words, snapshot, picked, life)))

    with Card("One person", "Pick from the list (those who have come stand first), or click in the pictures. "
              "Who moved here later has an n.", kind="sb-one"):  # fmt: skip
        if problem:
            html("div", problem)
            return
        control("Person", here if here in names else "", lambda name: tab.picked.set(names.get(name)), kind="select",
                options=list(names))  # fmt: skip
        if here not in names:
            html("p", "Nobody is picked.", "sb-note")
            return
        with solara.Row(style="flex-wrap: wrap", gap="8px"):
            solara.Button("Tell this week in words", on_click=lambda: tell(0), color="primary")
            solara.Button("Tell the twin's week", on_click=lambda: tell(1), outlined=True)
        if told[:2] == (snapshot, picked):
            html("div", told[2], role="status")
        with solara.Div(classes=["sb-columns"]):
            Picture(content=drawn(person.draw, snapshot, picked), event_pick=pick, event_go=go)
            Picture(content=drawn(person.paths, snapshot, picked), event_pick=pick, event_go=go)


@solara.component
def Beside(tab: Tab, snapshot: Snapshot, pick: Picks, go: Picks) -> None:
    """Another group or account on the same weeks, with the same seed."""
    wrong, set_wrong = solara.use_state("")
    scenario, set_scenario = solara.use_state(AS_HERE)
    account, set_account = solara.use_state(AS_HERE)
    other = tab.beside_snapshot.value
    files = scenario_files()

    def live(scenario: str, account: str) -> None:
        set_scenario(scenario)
        set_account(account)
        if scenario == account == AS_HERE:
            tab.put_beside(None)
            return
        choices = Choices(scenario=snapshot.config)
        seed, weeks = (snapshot.config.values[name] for name in ("run.seed", "run.weeks"))
        people = snapshot.config.values["people.residents"]
        problems = [choices.pick(files[scenario]) if scenario != AS_HERE else "",
                    choices.pick_account(account) if account != AS_HERE else ""]  # fmt: skip
        problems += [choices.change(name, value) for name, value in
                     (("run.seed", seed), ("run.weeks", weeks), ("people.residents", people))]  # fmt: skip
        problem = "; ".join(filter(None, problems))
        set_wrong(problem)
        tab.put_beside(None if problem else choices)

    with Card("Two groups side by side", "Another group, or another account of how a group works, over the same "
                                         "weeks and "
              "with the same seed.", kind="sb-wide"):  # fmt: skip
        with solara.Div(classes=["sb-two"]):
            control("Group beside", scenario, lambda name: live(name, account), kind="select",
                    options=[AS_HERE, *files], problem=wrong)  # fmt: skip
            control("Account beside", account, lambda name: live(scenario, name), kind="select",
                    options=[AS_HERE, *account_names()])  # fmt: skip
        if other is None:
            html("p", "Nothing is put beside. Pick a group or an account.", "sb-note")
        else:
            Picture(content=drawn(beside.draw, snapshot, other), event_pick=_nothing, event_go=_nothing)
