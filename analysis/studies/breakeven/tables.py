# ruff: noqa: E501 - declarations of columns
"""Tables of ``breakeven``: each column with its unit and meaning."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pyarrow as pa

from analysis.results.columns import Column, table_of
from analysis.studies.breakeven.published import CONVERSION, PUBLISHED
from analysis.studies.breakeven.search import HIGHEST, READINGS, Curves, Evaluation
from sim.parameters import PARAMETERS

RISE = "relative rise"


def breakeven_tables(curves: Curves) -> dict[str, pa.Table]:
    """The curves, everything that was lived for them, and the published figures."""
    points = curves.points
    over = f"{curves.over}: {PARAMETERS[curves.over].meaning}"
    lived = Evaluation(*(list(column) for column in zip(*curves.lived, strict=True)))  # type: ignore[arg-type]
    ends = [p.kappa_ends or (math.nan, math.nan) for p in PUBLISHED]
    return {
        "curve": table_of([
            Column("arm", "name", "name of the scenario", [p.arm for p in points]),
            Column("over", "name", "the parameter that the break-even is found over", [curves.over] * len(points)),
            Column("at", PARAMETERS[curves.over].unit, over, _floats(p.at for p in points)),
            Column("reading", "words", "which difference is zero at the break-even", [READINGS[p.reading] for p in points]),
            Column("outcome", "words", "whether there is a break-even", [p.word for p in points]),
            Column("kappa", RISE, "break-even of episodes.social_influence; 0: more episodes at any influence; infinite: none "
                   f"up to {HIGHEST:g}; missing: no difference at any, or nobody came", _floats(p.kappa for p in points)),
            Column("kappa_low", RISE, "break-even of episodes.social_influence; lower end of the 95 % interval", _floats(p.low for p in points)),
            Column("kappa_high", RISE, "break-even of episodes.social_influence; upper end of the 95 % interval", _floats(p.high for p in points)),
            Column("without_influence", "a year, or share", "the difference without any social influence, with the group minus without", _floats(p.without_influence for p in points)),
            Column("runs", "runs", "runs that the break-even rests on", np.array([p.runs for p in points])),
            Column("people", "people", "people who ever came, over all runs", np.array([p.people for p in points])),
        ]),
        "lived": table_of([
            Column("arm", "name", "name of the scenario", lived.arm),
            Column("at", PARAMETERS[curves.over].unit, over, _floats(lived.at)),
            Column("kappa", RISE, "episodes.social_influence: how much hearing of self-harm adds to urges", _floats(lived.kappa)),
            Column("people", "people", "people who ever came, with the scenario's own social influence", np.array(lived.people)),
            Column("difference", "a year", "episodes: mean with the group minus without", _floats(lived.difference)),
            Column("more", "share", "share of people with more episodes than their twin", _floats(lived.more)),
            Column("fewer", "share", "share of people with fewer episodes than their twin", _floats(lived.fewer)),
            Column("coping", "0-1", "coping: mean with the group minus without", _floats(lived.coping)),
            Column("distress", "0-1", "distress, mean of the year: mean with the group minus without", _floats(lived.distress)),
            Column("isolation", "0-1", "isolation: mean with the group minus without", _floats(lived.isolation)),
        ]),
        "published": table_of([
            Column("finding", "words", "what the published study reported", [p.says for p in PUBLISHED]),
            Column("odds_ratio", "ratio", "odds ratio as published (1: no association)", _floats(p.odds_ratio for p in PUBLISHED)),
            Column("relative_rise", RISE, CONVERSION, _floats(p.kappa for p in PUBLISHED)),
            Column("relative_rise_low", RISE, "relative rise; lower end of its published interval, where known", _floats(low for low, _ in ends)),
            Column("relative_rise_high", RISE, "relative rise; upper end of its published interval, where known", _floats(high for _, high in ends)),
        ]),
    }  # fmt: skip


def _floats(values: Any) -> np.ndarray:
    return np.array(list(values), float)
