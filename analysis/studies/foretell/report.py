"""The report of ``foretell``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.report.study import Section, study_report
from analysis.studies.foretell.words import in_short
from analysis.words.prose import listed, plural

if TYPE_CHECKING:
    from analysis.studies.foretell.study import Foretold


def foretold_report(found: Foretold) -> str:
    """The report of ``foretell``, as the text of an HTML file."""
    sections = [
        Section(
            "Foretold and found",
            ["These figures were declared as held out before anything was calibrated, and no calibration has measured "
             "them. Here each is measured in the model by its virtual study, at draws of what the other evidence "
             "leaves standing, and held against what was found outside."],
            {"foretold": "Each held-out figure, by each account."}, ["foretold"],
        ),
    ]  # fmt: skip
    study = found.study
    lived = (
        f"{plural(found.finished, 'draw')} of the plausible space of each account, "
        f"{plural(int(study.settings['towns']), 'town')} at each, of seeds worked out from {study.first_seed}."
    )
    return study_report(
        found, "Held-out figures, foretold", f"{plural(len(found.found), 'account')}: {listed(found.found)}",
        in_short(found), sections, asked=["Does what is left standing also lead to what it was never held against?"],
        lived=lived, arms=[],
    )  # fmt: skip
