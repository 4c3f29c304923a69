"""The controls in the sidebar that SolaraViz lacks: weeks already seen, scenario, parameters, downloads.

A wrong value is answered beside its field and changes nothing. A right one waits until Reset, as in every SolaraViz.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import solara

from sim.parameters import PARAMETERS, Parameter
from sim.scenario import Scenario, account_names
from view.choices import FEATURED, RUN, Choices, as_typed, explained, scenario_files, slider_range
from view.download import results_zip, scenario_yaml
from view.lives import TwinLives
from view.panels import answer, said
from view.snapshot import Snapshot
from view.svg import words

SLIDER_STEPS = 100
ANY = "Any parameter"
PARTS = (*(group.title for group in FEATURED), ANY)
_LABELS = {"run.seed": "Seed", "run.weeks": "Weeks", "people.residents": "People living here"}


@solara.component
def Controls(model: solara.Reactive[TwinLives], choices: Choices) -> None:
    """Scenario, parameters, downloads.

    Args:
        model: the two lives.
        choices: what is chosen for the next Reset.
    """
    revision = solara.use_reactive(0)  # of the choices: to draw the fields again
    base = solara.use_reactive(0)  # of the scenario picked: fields begin anew
    opened, set_opened = solara.use_state(0)

    def changed() -> None:
        revision.value += 1

    def picked() -> None:
        base.value += 1

    Pending(model, choices, (base.value, revision.value))
    ScenarioPicker(choices, picked)
    AccountPicker(choices, picked).key(f"account-{base.value}")
    with solara.Column(gap="0px", classes=["sb-fields"]).key(f"fields-{base.value}"):
        for name in RUN:
            NumberField(choices, PARAMETERS[name], changed, _LABELS[name])
    _heading("Parameters")
    _note("Rest the pointer on a name for its meaning, unit and source. Changes wait for Reset.")
    with solara.v.ExpansionPanels(v_model=opened, on_v_model=set_opened):
        for k, title in enumerate(PARTS):
            with solara.v.ExpansionPanel():
                solara.v.ExpansionPanelHeader(children=[title])
                with solara.v.ExpansionPanelContent():
                    if opened == k:  # a closed part has no fields: each costs time in every week
                        Fields(choices, title, changed).key(f"fields-{title}-{base.value}")
    Downloads(model)


@solara.component
def Fields(choices: Choices, title: str, changed: Callable[[], None]) -> None:
    """The fields of one part."""
    with solara.Column(gap="0px", classes=["sb-fields"]):
        if title == ANY:
            AnyParameter(choices, changed)
            return
        for name in next(group.names for group in FEATURED if group.title == title):
            Featured(choices, PARAMETERS[name], changed)


def _note(text: str) -> None:
    solara.HTML(tag="p", unsafe_innerHTML=text)


def _heading(text: str) -> None:
    solara.HTML(tag="div", unsafe_innerHTML=text, classes=["sb-group"])


@solara.component
def Weeks(snapshot: Snapshot, show: Callable[[int], None]) -> None:
    """Back to a week already seen, and forward again."""
    _note("▶ plays and pauses. Play interval: a pause after each week. Render interval: weeks a picture.")
    _heading("Weeks already seen")
    shown, lived = snapshot.shown, snapshot.lived
    with solara.Row(gap="6px"):
        for title, week in (("Back", shown - 1), ("Forward", shown + 1), ("Latest", lived)):
            solara.Button(title, on_click=lambda week=week: show(week), small=True, outlined=True,
                          disabled=week == shown or not 0 <= week <= lived)  # fmt: skip
    solara.SliderInt("After weeks", value=shown, on_value=show, min=0, max=max(lived, 1), disabled=lived == 0,
                     thumb_label=False)  # fmt: skip
    _note(
        f"Shown: after {shown} of {lived} weeks seen, {snapshot.total_weeks} in all. Going back shows what was; "
        "nothing is lived again."
    )


@solara.component
def Pending(model: solara.Reactive[TwinLives], choices: Choices, revision: tuple[int, int]) -> None:
    """What will differ after Reset."""
    running, chosen = model.value.config, choices.scenario
    names = {**chosen.values, **running.values}
    different = [name for name in names if running.values.get(name) != chosen.values.get(name)]
    if running.name == chosen.name and not different:
        return
    count = f"{len(different)} parameter{'s' if len(different) != 1 else ''}"
    named = ", ".join(different[:4]) + (" ..." if len(different) > 4 else "")
    text = f"<b>Press Reset</b> to begin again with {words(chosen.name)} ({count} changed: {words(named)})."
    solara.HTML(tag="div", unsafe_innerHTML=text, classes=["sb-pending"])


@solara.component
def ScenarioPicker(choices: Choices, changed: Callable[[], Any]) -> None:
    """Another scenario; the seed is kept, so the same people live in another condition."""
    wrong, set_wrong = solara.use_state("")
    first = solara.use_memo(lambda: choices.base.path, [])
    files = scenario_files(Path(first) if first else None)
    path = choices.base.path
    here = next((name for name, file in files.items() if path and file.resolve() == Path(path).resolve()), None)

    def pick(name: str) -> None:
        problem = choices.pick(files[name])
        set_wrong(problem)
        if not problem:
            changed()

    _heading("Scenario")
    solara.Select("Scenario", list(files), value=here, on_value=pick, dense=True)
    solara.HTML(tag="p", unsafe_innerHTML=words(choices.base.title))
    _answer(wrong)


@solara.component
def AccountPicker(choices: Choices, changed: Callable[[], Any]) -> None:
    """Another account of how a group works; the people keep their lives and luck."""
    wrong, set_wrong = solara.use_state("")
    account = choices.base.account

    def pick(name: str) -> None:
        problem = choices.pick_account(name)
        set_wrong(problem)
        if not problem:
            changed()

    solara.Select("Account of how it works", account_names(), value=account.name if account else None, on_value=pick,
                  dense=True)  # fmt: skip
    _note(words(account.title) if account else "None picked: as the first model was.")
    if account and account.overruled:
        _note(words(f"The scenario says otherwise of {', '.join(account.overruled)}."))
    _answer(wrong)


def _answer(problem: str) -> None:
    """What is wrong with a value, beside its field."""
    if problem:
        solara.HTML(tag="div", unsafe_innerHTML=answer(problem))


@solara.component
def NumberField(choices: Choices, p: Parameter, changed: Callable[[], Any], label: str | None = None) -> None:
    """A field to type a value into."""
    text, set_text = solara.use_state(as_typed(choices.value(p.dotted)))
    wrong, set_wrong = solara.use_state("")

    def typed(value: str) -> None:
        set_text(value)
        problem = choices.type_in(p.dotted, value)
        set_wrong(problem)
        if not problem:
            changed()

    with solara.Tooltip(explained(p)), solara.Column(gap="0px"):
        solara.InputText(label or p.dotted, value=text, on_value=typed, error=bool(wrong), dense=True)
    _answer(wrong)


@solara.component
def Featured(choices: Choices, p: Parameter, changed: Callable[[], Any]) -> None:
    """A slider for a number, a switch for a yes or no; the tooltip says unit and source."""
    wrong, set_wrong = solara.use_state("")
    value, set_value = solara.use_state(choices.value(p.dotted))
    title = _title(p)

    def moved(new: Any) -> None:
        if new == choices.value(p.dotted):
            return
        set_wrong(choices.change(p.dotted, int(new) if p.kind is int else new))
        set_value(choices.value(p.dotted))
        changed()

    with solara.Column(gap="0px", classes=["sb-slider"]):
        if p.kind is bool:
            with solara.Tooltip(explained(p)), solara.Column(gap="0px"):
                solara.Checkbox(label=title, value=value, on_value=moved)
        else:
            low, high = slider_range(p, value)
            with solara.Tooltip(explained(p)), solara.Div(classes=["sb-slider-head"]):
                solara.v.Html(tag="span", children=[title])
                solara.v.Html(tag="span", children=[as_typed(value)], class_="sb-slider-value")
            if p.kind is int:
                solara.SliderInt(title, value=value, on_value=moved, min=int(low), max=int(high), thumb_label=False)
            else:
                step = _step(high - low)
                solara.SliderFloat(title, value=value, on_value=lambda new: moved(round(new, 6)), min=low, max=high,
                                   step=step, thumb_label=False)  # fmt: skip
        _answer(wrong)


def _title(p: Parameter) -> str:
    """The parameter's name in words."""
    return p.name.replace("_prob", " probability").replace("_per_", " per ").replace("_", " ").capitalize()


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
    _note("Every parameter of the model, with all that it accepts. Weekdays are written [0, 3], a yes or no as true or "
          "false.")  # fmt: skip
    solara.Select("Parameter", list(PARAMETERS), value=name, on_value=set_name, dense=True)
    NumberField(choices, p, changed, "Value").key(f"any-{name}")
    _note(words(explained(p)))


@solara.component
def Downloads(model: solara.Reactive[TwinLives]) -> None:
    """Take the run away: the scenario that is being shown, not what waits for Reset."""
    scenario = model.value.config
    _heading("Take it with you")
    with solara.Column(gap="6px"):
        Download(scenario, scenario_yaml, f"{scenario.name}.yaml", "Scenario (YAML)", "application/yaml")
        Download(scenario, results_zip, f"{scenario.name}-seed-{scenario.values['run.seed']}.zip",
                 "Results folder (zip)", "application/zip")  # fmt: skip
    solara.HTML(tag="p", unsafe_innerHTML="The scenario shown, with seed and changes; <code>python run.py</code> gives "
                "the same numbers. Results are of the whole run, and take some seconds.")  # fmt: skip


@solara.component
def Download(scenario: Scenario, pack: Callable[[Scenario], bytes], filename: str, label: str, kind: str) -> None:
    """A button that packs a file and hands it over; if that fails, it says so below."""
    wrong, set_wrong = solara.use_state("")
    tries, set_tries = solara.use_state(0)

    def packed() -> bytes | None:
        try:
            data = pack(scenario)
        except Exception as error:  # whatever it is, the page goes on
            traceback.print_exc()
            set_wrong(f"{filename} could not be made ({said(error)}). Nothing else is touched by it; try again.")
            set_tries(tries + 1)  # another function: the button begins anew
            return None
        set_wrong("")
        return data

    # The same function for as long as it may be running: another one would stop the download.
    data = solara.use_memo(lambda: packed, [scenario, tries])
    solara.FileDownload(data, filename=filename, label=label, mime_type=kind)
    _answer(wrong)
