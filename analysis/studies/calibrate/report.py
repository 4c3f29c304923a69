"""The report of ``calibrate``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.report.study import Section, study_report
from analysis.studies.calibrate.account import AGAIN_TOWNS
from analysis.studies.calibrate.words import decided, in_short, trusted
from analysis.words.numbers import count
from analysis.words.prose import listed, plural

if TYPE_CHECKING:
    from analysis.studies.calibrate.study import Calibration


def lived_said(found: Calibration) -> str:
    """What was lived for each account; its arms are held against outside figures and not against each other."""
    effort, accounts = found.study.effort, len(found.calibrated)
    return (
        f"{count(found.finished)} places of {plural(accounts, 'prior')}, for each account {count(effort.places)} of "
        f"its prior, {count(effort.second)} that these leave standing, {count(effort.twice)} lived twice, "
        f"{count(effort.known)} kept back and {count(effort.left)} of what is left; {plural(effort.towns, 'town')} at "
        f"each, {count(AGAIN_TOWNS)} at the last. Every town has a seed of its own, worked out from "
        f"{found.study.first_seed}."
    )


def calibration_report(found: Calibration) -> str:
    """The report of ``calibrate``, as the text of an HTML file."""
    accounts = [one.account for one in found.calibrated]
    compared = {"accounts": "The likeliest first."} if len(found.compared) > 1 else {}
    sections = [
        Section(
            "Outside evidence against each account",
            ["Each figure is measured in the model by a virtual study of the same kind, and held against what was "
             "found outside, given the error of both. What is left standing was lived again, without any emulator.",
             "Foretold: what the other figures lead one to expect of each. Kept: how much of the prior the figure "
             "alone does not rule out."],
            {"evidence": "Every figure under every account."},
            ["figures"],
        ),
        Section(
            "Accounts beside each other",
            ["An account is judged by how well it foretold the evidence with all that was believed of its parameters "
             "before, so that one with more of them is not favoured for being able to fit. Most figures are about "
             "people and about how groups live, which accounts share; little of it touches what a group does."],
            compared, ["accounts"],
        ),
        Section(
            "What is known of parameters now",
            ["A parameter whose spread is as wide as before is one that the evidence says nothing of: there the "
             "plausible space is what was assumed, and verdicts that turn on it rest on that."],
            {"known": "The parameters of which most is known."}, ["parameters", "methods"],
        ),
        Section(
            "What each figure decides",
            ["Each figure in turn is left out, and what the others leave standing is held against what all of them "
             "do: how far the parameters told best move, in standard deviations, and how likely each account would "
             "be. Nothing is lived for it: emulators say what figures come to, and draws that are left are reweighted, "
             "or made anew where one figure decides too much for that.", *decided(found)],
            {"leaving": "What is known without each figure."}, ["leaving", "leaving_accounts"],
        ),
        Section("How far to trust it", trusted(found), {"ranks": "Ranks of known values, each account."},
                ["recovery", "pulls"]),
        Section("Priors", ["What was believed before, and why."], {}, ["priors"]),
    ]  # fmt: skip
    return study_report(
        found, "What outside evidence leaves standing", f"{plural(len(accounts), 'account')}: {listed(accounts)}",
        in_short(found), sections,
        asked=["Which parameters of each account can come near what was found in real people and real groups?",
               "None of the paper's claims is among the evidence; verdicts are read afterwards, over all of it."],
        lived=lived_said(found), arms=[],
    )  # fmt: skip
