"""The report of ``verdicts``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.compare.arms import Arm
from analysis.report.study import Section, study_report
from analysis.studies.verdicts.apart import LOOKED_AT
from analysis.studies.verdicts.words import in_short, told_apart
from analysis.words.prose import plural

if TYPE_CHECKING:
    from analysis.studies.verdicts.study import Grid


def report_of(grid: Grid) -> str:
    """The report of ``verdicts``, as the text of an HTML file."""
    accounts = plural(len(grid.accounts), "account")
    sections = [
        Section(
            "Claims by account",
            ["Each claim is tried under each account on the same towns, every person against her or his twin under the "
             "same account. A claim that holds under every account does not depend on how the group works; one "
             "that holds even where nothing works is no evidence of any path; one that parts accounts says what is at "
             "stake."],
            {"grid": "Every claim under every account: words and colour say the same."},
            ["shared", "grid"],
        ),
        Section(
            "What would tell accounts apart",
            told_apart(grid),
            {"apart": "For each two accounts the observation that tells them apart in the fewest towns."},
            ["apart"],
        ),
    ]  # fmt: skip
    return study_report(
        grid, "The paper's claims under rival accounts", f"{plural(len(grid.study.claims), 'claim')}, {accounts}",
        in_short(grid), sections,
        asked=["Under which account of how such a group could work does each claim of the paper hold?",
               "Nothing here says which account is true: most sizes are assumptions under all of them."],
        arms=[_group_under(grid, account) for account in grid.accounts],
    )  # fmt: skip


def _group_under(grid: Grid, account: str) -> Arm:
    """The first arm that is looked at, under the account's name."""
    arm = next(arm for arm in grid.study.arms_under(account) if arm.name == LOOKED_AT[0])
    if arm.account is None:
        return replace(arm, name=account)
    return replace(arm, name=account, title=arm.account.title or arm.title, question=arm.account.question)
