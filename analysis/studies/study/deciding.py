"""What decides a virtual study, as figures: what it would publish, what is true, how often it reports a difference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from analysis.compare.estimate import bootstrap, mean_of
from analysis.plausible.plan import account_of_arm
from analysis.plausible.spread import Figure

if TYPE_CHECKING:
    from analysis.studies.study.study import Done

LEVEL = 0.05  # below which P is called a difference
REPETITIONS = 50  # at a draw of plausible space, at most


def study_figures(done: Sequence[Done]) -> list[Figure]:
    """Of the primary outcome of each study under each account, means over repetitions."""
    found = []
    for one in done:
        repeated, account, name = one.repeated, account_of_arm(one.line.arm), one.line.study
        t, m = repeated.primary
        measure = repeated.measures[m]
        published, p = repeated.published[:, t, m, 0], repeated.published[:, t, m, 3]
        same, about = repeated.same[:, t, m], np.full(len(published), repeated.about[t, m])
        columns = {
            "would publish": (measure, published, 0.0),
            "true of those who took part": (measure, same, 0.0),
            "true of all it is read as about": (measure, about, 0.0),
            "published less true of those who took part": (measure, published - same, 0.0),
            "reports a difference": ("share of studies", (p < LEVEL).astype(float), None),
        }
        for words, (unit, values, turns) in columns.items():
            known = np.isfinite(values)
            estimate = bootstrap(mean_of, np.where(known, values, 0.0), known.astype(float))
            key = (name, account, words)
            found.append(Figure(key, account, f"{name}: {words} ({measure})", unit, estimate, turns=turns))
    return found
