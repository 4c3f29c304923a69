"""What the pages of a report show, as plain rows and pictures; the templates only lay it out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from analysis.compare.arms import Arm
from analysis.results import provenance
from analysis.results.record import CARE
from analysis.studies.compare.words import signed
from analysis.studies.frame import Findings
from sim.compiler import source_digest
from sim.parameters import PARAMETERS

MINUS = "\N{MINUS SIGN}"


def plain(value: float | None, digits: int = 3) -> str:
    """A number with about three figures."""
    if value is None or math.isnan(value):
        return "\N{EN DASH}"
    shown = digits if abs(value) < 10 else 1
    return f"{value:.{shown}f}".replace("-", MINUS)


def whole(value: float | None) -> str:
    """A count, with thin spaces between thousands."""
    return "\N{EN DASH}" if value is None else f"{value:,.0f}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def percent(value: float | None) -> str:
    """A share as a percentage."""
    return "\N{EN DASH}" if value is None or math.isnan(value) else f"{100 * value:.0f} %"


def environment() -> Environment:
    """Jinja2 with everything escaped and nothing undefined."""
    made = Environment(
        loader=PackageLoader("analysis.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"signed": signed, "plain": plain, "whole": whole, "percent": percent}
    return made


def render(template: str, title: str, **content: Any) -> str:
    """A page.

    Args:
        template: its file's name.
        title: heading of the page.
        **content: what the template names; text is escaped, ``Markup`` is not.
    """
    return environment().get_template(template).render(title=title, care=CARE, **content) + "\n"


def study_facts(found: Findings) -> dict[str, Any]:
    """Provenance, for the foot of a page."""
    study = found.study
    commit, dirty = provenance.git_state()
    versions = ", ".join(f"{name} {version}" for name, version in provenance.versions().items())
    return {
        "finished": found.finished, "runs": study.runs, "first_seed": study.first_seed, "versions": versions,
        "source": source_digest()[:16], "commit": f"{commit[:12]}{' with changes' if dirty else ''}" if commit else "",
        "platform": provenance.machine(), "started": study.started,
    }  # fmt: skip


def parameter_facts(arms: Sequence[Arm]) -> dict[str, Any]:
    """What is assumed: counts, where the arms differ, and everything about the first."""
    others = [p for name, p in PARAMETERS.items() if name != "run.seed"]
    differing = [
        {"name": p.dotted, "meaning": p.meaning, "values_": [_value(arm.values[p.dotted]) for arm in arms]}
        for p in others
        if any(arm.values[p.dotted] != arms[0].values[p.dotted] for arm in arms)
    ]
    everything = [
        {
            "name": p.dotted, "value": _value(arms[0].values[p.dotted]), "unit": p.unit, "meaning": p.meaning,
            "source": p.source,
            "plausible": f"{p.plausible[0]:g} to {p.plausible[1]:g}" if p.plausible else "",
        }
        for p in others
    ]  # fmt: skip
    assumed = sum("assumption" in p.source.lower() for p in others)
    return {"count": len(others), "assumed": assumed, "differing": differing, "all": everything}


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
