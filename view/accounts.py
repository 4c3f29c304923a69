"""What an account of how a group works switches on, in a sentence or two, with the members' words."""

from __future__ import annotations

from itertools import groupby

from analysis.words.prose import capital
from sim.parameters.mechanisms import MECHANISMS
from sim.scenario import Scenario
from view.svg import words


def said_of(scenario: Scenario) -> str:
    """The mechanisms that are on, as HTML: by what they belong to, each with where it comes from.

    Args:
        scenario: as it is chosen, with its account and every change.
    """
    on = [one for one in MECHANISMS if scenario.values[f"mechanisms.{one.name}"]]
    if not on:
        return "<p>Nothing is switched on: people change by themselves.</p>"
    groups = [(part, list(each)) for part, each in groupby(on, key=lambda one: one.belongs_to)]
    named = "; ".join(f"<b>{words(part)}</b>: {words(', '.join(one.meaning for one in each))}" for part, each in groups)
    quoted = "".join(f"<li>{words(capital(one.meaning))}: {words(one.source)}</li>" for one in on)
    fold = f"<details><summary>In whose words ({len(on)})</summary><ul>{quoted}</ul></details>"
    return f"<p>It switches on {named}.</p>{fold}"
