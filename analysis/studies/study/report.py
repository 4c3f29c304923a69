"""The report of ``study``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.report.study import Section, study_report
from analysis.results.record import printable
from analysis.studies.study.words import NO_ADVICE, TRUE, done_how, in_short, title_of
from analysis.words.prose import capital, plural

if TYPE_CHECKING:
    from analysis.studies.study.study import Studied


def study_page(found: Studied) -> str:
    """The report of ``study``, as the text of an HTML file."""
    study = found.study
    sections = []
    if study.mode == "tell":
        sections.append(Section(
            "What tells them apart",
            ["A study tells two accounts apart if its estimate would be found under the one and not under the other: "
             "if the means lie so far apart, against how much estimates differ by luck, that a two-sided test at 5 % "
             "finds it four times in five.",
             "It counts what would be published, bias and all: accounts may also part in how a biased study errs."],
            {"apart": "What each study would publish under the two accounts."}, ["apart"],
        ))  # fmt: skip
    sections += [
        Section(
            "Published and true",
            [f"{capital(TRUE)}.", "All is worked out from the same repetitions, with towns drawn from those lived."],
            {"published": "What each repetition would publish, and what was true.",
             "readings": "Every outcome at every follow-up, in standard deviations between people."},
            ["readings", "repetitions"],
        ),
        Section(
            "Where they part",
            ["Each study is done again without one of its troubles after the other, always in the same order and on "
             "the same draws: first as if nobody told it kindly, then as if instruments had no error, nobody were "
             "lost, as if none of the others had the group. What is left, against the same people's own twins, is who "
             "or what they were compared with; and last, who took part. The steps sum to the whole difference; what a "
             "step is worth depends on the order."],
            {"bias": "From what is true to what would be published."}, ["bias"],
        ),
    ]  # fmt: skip
    if any(one.planned for one in found.done):
        sections.append(Section(
            "How large it must be",
            ["The study is done at several sizes with the same lives. Power is the share of repetitions that report a "
             "difference (P below 0.05), whether it is there or not; a bias adds to it."],
            {"power": "Power by size."}, ["needed", "power"],
        ))  # fmt: skip
    sections.append(Section("What it asks of people", [NO_ADVICE], {}, ["burden"]))
    asked = []
    for line in study.lines if study.mode != "tell" else study.lines[::2]:
        said = line.said
        asked.append(f"{printable(said.question) or said.study} Source: {printable(said.source)}")
    asked += [done_how(found, one) for one in found.done[:1]] if study.mode != "tell" else []
    repetitions = study.settings["repetitions"]
    return study_report(
        found, title_of(found), f"{plural(len(found.done), 'study', 'studies')}, each done {repetitions} times",
        in_short(found), sections, asked=list(dict.fromkeys(asked)),
    )  # fmt: skip
