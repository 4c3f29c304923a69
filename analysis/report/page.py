"""What the pages of a report show, as plain rows and pictures; the templates only lay it out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from analysis.compare.accounts import accounts_said, people_said
from analysis.compare.arms import Arm
from analysis.figures.palette import TEXT
from analysis.results import provenance
from analysis.studies.frame import Findings
from analysis.words.care import CARE, EPISODES, SUPPORT
from analysis.words.numbers import count, figures, percent, setting, signed
from analysis.words.prose import capital, seeds_said
from sim.changes import AT, parameter_of, week_of
from sim.checks import parameters_with
from sim.compiler import source_digest
from sim.own_rules import digests_in
from sim.parameters import PARAMETERS

_PERCENT = re.compile(r"(?<=\d) %")


def environment() -> Environment:
    """Jinja2 with everything escaped and nothing undefined."""
    how: dict[str, Any] = {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(loader=PackageLoader("analysis.report"), **how)
    made.filters |= {"signed": signed, "figures": figures, "count": count, "percent": percent, "capital": capital}
    return made


def render(template: str, title: str, **content: Any) -> str:
    """A page.

    Args:
        template: its file's name.
        title: heading of the page.
        **content: what the template names; text is escaped, ``Markup`` is not.
    """
    content |= {"title": title, "care": CARE, "episodes": EPISODES, "support": SUPPORT, "colours": TEXT}
    page = environment().get_template(template).render(content)
    return _PERCENT.sub("\N{NO-BREAK SPACE}%", page) + "\n"  # no line begins with a sign


def study_facts(found: Findings) -> dict[str, Any]:
    """Provenance, for the foot of a page."""
    study = found.study
    commit, dirty = provenance.git_state()
    versions = ", ".join(f"{name} {version}" for name, version in provenance.versions().items())
    people = people_said(study.arms) or "the same people and luck in every arm"
    lived = f"{found.finished} of {study.runs} runs; {seeds_said(list(study.seeds)[: found.finished])}, {people}."
    return {
        "account": capital(accounts_said(study.accounts)), "lived": lived, "versions": versions,
        "source": source_digest()[:16], "commit": f"{commit[:12]}{' with changes' if dirty else ''}" if commit else "",
        "platform": provenance.machine(), "started": f"{study.started:%Y-%m-%d %H:%M:%S} UTC",
        "space": found.over.section() if found.over else "",
    }  # fmt: skip


def parameter_facts(arms: Sequence[Arm]) -> dict[str, Any]:
    """What is assumed: counts, where the arms differ, and everything about the first."""
    known = {name: p for arm in arms for name, p in parameters_with(digests_in(arm.values)).items()}
    others = [p for name, p in known.items() if name != "run.seed"]
    defaults = {name: p.default for name, p in known.items()}
    arms = [replace(arm, values=defaults | arm.values) for arm in arms]
    differing = [
        {"name": p.dotted, "meaning": p.meaning, "values_": [setting(arm.values[p.dotted]) for arm in arms]}
        for p in others
        if any(arm.values[p.dotted] != arms[0].values[p.dotted] for arm in arms)
    ]
    later = sorted({name for arm in arms for name in arm.values if AT in name})
    differing += [
        {
            "name": f"{parameter_of(name)} from week {week_of(name)}",
            "meaning": PARAMETERS[parameter_of(name)].meaning,
            "values_": [setting(arm.values[name]) if name in arm.values else "as before" for arm in arms],
        }
        for name in later
    ]
    everything = [
        {
            "name": p.dotted, "value": setting(arms[0].values[p.dotted]), "unit": p.unit, "meaning": p.meaning,
            "source": p.source,
            "plausible": f"{setting(p.plausible[0])} to {setting(p.plausible[1])}" if p.plausible else "",
        }
        for p in others
    ]  # fmt: skip
    assumed = sum("assumption" in p.source.lower() for p in others)
    return {"count": len(others), "assumed": assumed, "differing": differing, "all": everything}
