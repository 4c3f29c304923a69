"""The drawer: scenario and account, seed and length, parameters, what can be taken away.

A wrong value is answered beside its field and changes nothing. A right one waits until Reset.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import solara

from sim.parameters import PARAMETERS, Parameter
from sim.scenario import Scenario, account_names
from view.accounts import said_of
from view.choices import FEATURED, RUN, Choices, as_typed, explained, label_of, scenario_files, slider_range
from view.download import replay_of, results_zip, scenario_yaml
from view.link import query_of
from view.panels import answer, said
from view.start import first_scenario
from view.svg import words
from view.tab import Tab
from view.widgets import control, html

SLIDER_STEPS = 100
ANY = "Any parameter"
PARTS = (*(group.title for group in FEATURED), ANY)
ACCOUNT = "Account of how a group works"
NO_ACCOUNT = "none: as the first model was"


@solara.component
def Drawer(tab: Tab) -> None:
    """Everything in the drawer but its close button."""
    revision = solara.use_reactive(0)  # of the choices: to draw the fields again
    base = solara.use_reactive(0)  # of the scenario picked: fields begin anew
    part, set_part = solara.use_state(PARTS[0])
    choices = tab.choices
    snapshot = tab.snapshot.value

    def changed() -> None:
        revision.value += 1

    def picked() -> None:
        base.value += 1

    def back() -> None:
        choices.changes = {}
        picked()

    html("h2", "Scenario")
    ScenarioPicker(choices, picked).key(f"scenario-{base.value}")
    AccountPicker(choices, picked, revision.value).key(f"account-{base.value}")
    with solara.Column(gap="0px").key(f"fields-{base.value}-{snapshot.config.values['run.seed']}"):
        for name in RUN:
            Typed(choices, PARAMETERS[name], changed, label_of(name))
    html("h2", "Parameters")
    html("p", "Changes wait for Reset. ? says what a parameter means, its unit and its source.")
    control("Parameters about", part, set_part, kind="select", options=PARTS)
    Fields(choices, part, changed).key(f"{part}-{base.value}")
    TakeAway(tab)
    Pending(tab, snapshot.config, (base.value, revision.value), back)


@solara.component
def Fields(choices: Choices, title: str, changed: Callable[[], None]) -> None:
    """The fields of one part."""
    with solara.Column(gap="0px"):
        if title == ANY:
            AnyParameter(choices, changed)
            return
        for name in next(group.names for group in FEATURED if group.title == title):
            Featured(choices, PARAMETERS[name], changed)


@solara.component
def Pending(tab: Tab, running: Scenario, revision: tuple[int, int], back: Callable[[], None]) -> None:
    """What will differ after Reset, at the drawer's lower end, so that nothing moves under the pointer."""
    chosen = tab.choices.scenario
    names = {**chosen.values, **running.values}
    different = [name for name in names if running.values.get(name) != chosen.values.get(name)]
    with solara.Div(classes=["sb-waiting"]):
        if running.name == chosen.name and not different:
            html("p", "Nothing waits for Reset.", "sb-quiet")
        else:
            count = f"{len(different)} parameter{'s' if len(different) != 1 else ''}"
            named = ", ".join(label_of(name) if name in PARAMETERS else name for name in different[:3])
            more = " ..." if len(different) > 3 else ""
            html("p", f"<b>Press Reset</b> to begin again with {words(chosen.name)} ({count} changed"
                      f"{': ' if named else ''}{words(named)}{more}).", "sb-pending", role="status")  # fmt: skip
            solara.Button("Reset with these", on_click=tab.reset, color="primary", small=True)
        if tab.choices.changes:
            solara.Button("Back to the scenario as it is", on_click=back, small=True, outlined=True)


@solara.component
def ScenarioPicker(choices: Choices, changed: Callable[[], Any]) -> None:
    """Another scenario; the seed is kept, so the same people live in another condition."""
    wrong, set_wrong = solara.use_state("")
    first = first_scenario().path
    files = scenario_files(Path(first) if first else None)
    path = choices.base.path
    here = next((name for name, file in files.items() if path and file.resolve() == Path(path).resolve()), None)

    def pick(name: str) -> None:
        problem = choices.pick(files[name])
        set_wrong(problem)
        if not problem:
            changed()

    control("Scenario", here or "", pick, kind="select", options=list(files), problem=wrong)
    html("p", words(choices.base.title), "sb-title")
    html("p", words(choices.base.question))


@solara.component
def AccountPicker(choices: Choices, changed: Callable[[], Any], revision: int) -> None:
    """Another account of how a group works; drawn again for each revision of the choices."""
    wrong, set_wrong = solara.use_state("")
    account = choices.base.account

    def pick(name: str) -> None:
        problem = choices.pick_account(name)
        set_wrong(problem)
        if not problem:
            changed()

    names = account_names()
    control(ACCOUNT, account.name if account else NO_ACCOUNT, pick, kind="select", problem=wrong,
            options=names if account else [NO_ACCOUNT, *names])  # fmt: skip
    html("p", words(account.title) if account else "None picked: as the first model was.", "sb-title")
    html("div", said_of(choices.scenario), "sb-account")
    if account and account.overruled:
        html("p", words(f"The scenario says otherwise of {', '.join(account.overruled)}."))


@solara.component
def Typed(choices: Choices, p: Parameter, changed: Callable[[], Any], label: str) -> None:
    """A field to type a value into."""
    text, set_text = solara.use_state(as_typed(choices.value(p.dotted)))
    wrong, set_wrong = solara.use_state("")

    def typed(value: str) -> None:
        set_text(value)
        problem = choices.type_in(p.dotted, value)
        set_wrong(problem)
        if not problem:
            changed()

    control(label, text, typed, help=explained(p), problem=wrong)


@solara.component
def Featured(choices: Choices, p: Parameter, changed: Callable[[], Any]) -> None:
    """A slider for a number, a tick for a yes or no."""
    wrong, set_wrong = solara.use_state("")
    value, set_value = solara.use_state(choices.value(p.dotted))
    label, meaning = label_of(p.dotted), explained(p)

    def moved(new: Any) -> None:
        new = new if p.kind is bool else int(new) if p.kind is int else round(float(new), 6)
        if new == choices.value(p.dotted):
            return
        set_wrong(choices.change(p.dotted, new))
        set_value(choices.value(p.dotted))
        changed()

    if p.kind is bool:
        control(label, value, moved, kind="tick", help=meaning, problem=wrong)
        return
    low, high = slider_range(p, value)
    control(label, value, moved, kind="range", low=low, high=high, said=as_typed(value), help=meaning, problem=wrong,
            step=1 if p.kind is int else _step(high - low))  # fmt: skip


def _step(width: float) -> float:
    """A round step, about a hundredth of the slider."""
    for step in (1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.5):
        if width / step <= SLIDER_STEPS * 1.3:
            return step
    return 1.0


@solara.component
def AnyParameter(choices: Choices, changed: Callable[[], Any]) -> None:
    """All other parameters, by name."""
    name, set_name = solara.use_state("episodes.guilt")
    p = PARAMETERS[name]
    html("p", "Every parameter of the model, with all that it accepts. Weekdays are written [0, 3], a yes or no "
              "as true "
              "or false.")  # fmt: skip
    control("Parameter", name, set_name, kind="select", options=list(PARAMETERS))
    Typed(choices, p, changed, "Value").key(f"any-{name}")
    html("p", words(explained(p)))


@solara.component
def TakeAway(tab: Tab) -> None:
    """A link, the scenario, the results, and a replay of what was seen: of what is shown, not of what waits."""
    snapshot = tab.snapshot.value
    scenario = snapshot.config
    html("h2", "Take it with you")
    query = query_of(scenario, snapshot.shown, tab.picked.value)
    html("p", f'<a href="?{words(query)}">A link to this week</a>: scenario, account, changes, seed, week and '
              "person. It "
              "works where Sameboat is started in the same way.", "sb-link")  # fmt: skip
    with solara.Column(gap="6px"):
        Download(scenario, scenario_yaml, f"{scenario.name}.yaml", "Scenario (YAML)", "application/yaml")
        Download(scenario, results_zip, f"{scenario.name}-seed-{scenario.values['run.seed']}.zip",
                 "Results folder (zip)", "application/zip")  # fmt: skip
        Download(tab.lives, replay_of, f"{scenario.name}-seed-{scenario.values['run.seed']}.html",
                 "Replay of what was seen (HTML)", "text/html")  # fmt: skip
    html("p", "With the file, <code>python run.py</code> gives the same numbers. Results are of both whole lives, "
              "with and without the group, and take half a minute. The replay holds both lives, as seen here, and "
              "says why; it takes as long after a long story, and opens in any browser, without Sameboat.")  # fmt: skip


@solara.component
def Download(source: Any, pack: Callable[[Any], bytes], filename: str, label: str, kind: str) -> None:
    """A button that packs a file and hands it over; if that fails, it says so below."""
    wrong, set_wrong = solara.use_state("")
    tries, set_tries = solara.use_state(0)

    def packed() -> bytes | None:
        try:
            data = pack(source)
        except Exception as error:  # whatever it is, the page goes on
            traceback.print_exc()
            set_wrong(f"{filename} could not be made ({said(error)}). Nothing else is touched by it; try again.")
            set_tries(tries + 1)  # another function: the button begins anew
            return None
        set_wrong("")
        return data

    # The same function for as long as it may be running: another one would stop the download.
    data = solara.use_memo(lambda: packed, [source, tries])
    solara.FileDownload(data, filename=filename, label=label, mime_type=kind)
    if wrong:
        html("div", answer(wrong))
