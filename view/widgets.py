"""The few elements that the page is made of; what each does in the browser is in the .vue file of its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import solara

Told = Callable[[Any], Any]


@solara.component_vue("picture.vue")
def Picture(
    content: str, event_pick: Told | None = None, event_go: Told | None = None, event_why: Told | None = None
) -> None:
    """HTML or SVG; a click tells who was picked, the week to go to, or of which entry of the story to say why."""


@solara.component_vue("answer.vue")
def Answer(content: str, event_close: Told | None = None) -> None:
    """Why something came about, with a button to close it."""


@solara.component_vue("frame.vue")
def Frame(theme: str, query: str, presenting: bool, event_key: Told | None = None) -> None:
    """What belongs to the whole document."""


@solara.component_vue("save.vue")
def _Save(title: str, file: str, kind: str, picture: str, event_ask: Told | None = None) -> None: ...


@solara.component
def Save(title: str, file: str, make: Callable[[], str]) -> None:
    """Two buttons that keep a panel as SVG or PNG; it is made when asked for."""
    asked, set_asked = solara.use_state((0, "", ""))

    def ask(kind: Any) -> None:
        set_asked((asked[0] + 1, str(kind), make()))

    # A number before it, so that the same picture asked for twice is handed over twice.
    count, kind, picture = asked
    _Save(title=title, file=file, kind=kind, picture=f"{count}{picture}" if count else "", event_ask=ask)


@solara.component_vue("control.vue")
def _Control(
    kind: str, name: str, label: str, value: Any, options: list[str], low: float, high: float, step: float, said: str,
    help: str, problem: str, disabled: bool, event_change: Told | None = None,
) -> None:  # fmt: skip
    ...


def control(
    label: str, value: Any, on_change: Told, *, kind: str = "text", options: tuple[str, ...] | list[str] = (),
    low: float = 0, high: float = 1, step: float = 1, said: str = "", help: str = "", problem: str = "",
    disabled: bool = False,
) -> Any:  # fmt: skip
    """A labelled field.

    Args:
        label: its name, one on the page.
        value: what it shows; it stays until another is given.
        on_change: told what the reader picked, typed or moved to.
        kind: "text", "select", "range" or "tick".
        options: of a select.
        low: of a range, its lower end.
        high: its upper end.
        step: between its values.
        said: its value in words.
        help: what it means, behind a question mark.
        problem: what is wrong with the value, in words.
        disabled: whether it waits.
    """
    name = "sb-" + re.sub(r"\W+", "-", label.lower())
    return _Control(kind=kind, name=name, label=label, value=value, options=list(options), low=low, high=high,
                    step=step, said=said, help=help, problem=problem, disabled=disabled,
                    event_change=on_change)  # fmt: skip


def html(tag: str, text: str, *classes: str, **attributes: str) -> Any:
    """A piece of HTML that is safe already."""
    return solara.HTML(tag=tag, unsafe_innerHTML=text, classes=list(classes), attributes=attributes)
