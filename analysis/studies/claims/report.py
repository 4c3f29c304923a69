"""The report of a trial of claims."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analysis.compare.effects import HALF_WIDTH, all_tables
from analysis.compare.estimate import Estimate
from analysis.figures.style import style
from analysis.report.page import parameter_facts, render, study_facts
from analysis.report.svg import embedded
from analysis.studies.claims.against import HAPPENS
from analysis.studies.claims.declare import Claim, Reading, Verdict
from analysis.studies.claims.estimands import BESIDE, DECIDES, INTRODUCTION, together
from analysis.studies.claims.estimands import rows_of as rows_asked
from analysis.studies.claims.figures import REGISTER
from analysis.studies.claims.leaning import rows_of
from analysis.studies.claims.words import LOOKS, fails_in_words, needs_words
from analysis.studies.compare.report import comparison_facts
from analysis.words.numbers import DASH, interval, with_minus

if TYPE_CHECKING:
    from analysis.studies.claims.study import Trial

DOI = "10.1108/mhrj-06-2017-0021"
OF_A_CLAIM = (
    "id", "statement", "quote", "speaker", "kind", "contrast", "population", "outcome", "threshold", "dated", "note",
)  # fmt: skip
ABOUT_CLAIM = {REGISTER: "C30"}  # the claim below which a figure stands
CAPTIONS = {REGISTER: "The same groups, by three definitions of a regular; four regulars are shaded."}
PAPER_ARMS = ("groupA", "groupB")
SHOWN_ARMS = (*PAPER_ARMS, "befriending", "judging")


def report_of(trial: Trial) -> str:
    """The report of a trial of claims, as the text of an HTML file.

    Args:
        trial: from ``ClaimsStudy.live``.
    """
    verdicts = [_verdict(verdict) for verdict in trial.verdicts]
    with style():
        drawn = {ABOUT_CLAIM[name]: embedded(one, CAPTIONS[name], name) for name, one in trial.figures()}
    for one in verdicts:
        one["drawn"] = drawn.get(one["id"], "")
    found = {name: trial.runs[name] for name in SHOWN_ARMS if name in trial.runs}
    shown: dict[str, Any] = {"three": "", "time": "", "between": [], "precision": "", "effect_blocks": []}
    if found:
        shown = comparison_facts(found, all_tables(found), HALF_WIDTH)
        # All else that is compared is in the report of `compare`; here it would bury the verdicts.
        blocks = [block for block in shown["effect_blocks"] if block["open"] and block["arm"] in PAPER_ARMS]
        shown |= {"between": [], "effect_blocks": blocks}
    arms = [paired.arm for paired in (found or trial.runs).values()]
    by_kind: dict[str, list] = {"built": [], "explored": [], "tested": []}
    for verdict in verdicts:
        by_kind[{"built in": "built", "explored": "explored"}.get(verdict["kind"], "tested")].append(verdict)
    words = [verdict["word"] for verdict in by_kind["tested"]]
    many = {"holds": "hold", "fails": "fail"}
    counts = ", ".join(
        f"{n} {many.get(word, word) if n > 1 else word}"
        for word, n in ((w, words.count(w)) for w in dict.fromkeys(words))
    )
    return render(
        "claims.html",
        "The paper's claims on trial",
        subtitle=f"{trial.finished} runs of each arm; paper: Boyce, Munn-Giddings and Secker 2018 (doi {DOI})",
        in_short=f"In this model, of {len(words)} claims that could fail: {counts}." if words else "",
        verdicts=verdicts,
        against=[{"what": a.what, "answer": a.answer, "found": with_minus(a.found), "happens": a.answer == HAPPENS}
                 for a in trial.against],
        rests=[{name: with_minus(words) for name, words in row.items()} for row in rows_of(trial)],
        rests_towns=trial.study.rests,
        estimands=estimand_rows([verdict.claim for verdict in trial.verdicts]),
        estimands_are=INTRODUCTION,
        dash=DASH,
        page=shown,
        arms=arms,
        parameters=parameter_facts(arms),
        study=study_facts(trial),
        **by_kind,
    )  # fmt: skip


def estimand_rows(claims: Sequence[Claim]) -> list[dict[str, str]]:
    """What decides, of explored claims all, in as few rows as say it."""
    rows = [row for row in rows_asked(claims) if row.role != BESIDE or row.claim.kind == "explored"]
    return [
        {"id": row.claim.id, "role": row.role if row.role != DECIDES else "", "who": row.who, "events": row.events,
         "contrast": row.asked.contrast, "outcome": with_minus(row.asked.outcome), "wanted": with_minus(row.wanted),
         "time": row.asked.time, "summary": row.asked.summary}
        for row in together(rows)
    ]  # fmt: skip


def _verdict(verdict: Verdict) -> dict[str, Any]:
    claim = verdict.claim
    key = verdict.key
    return {
        **{name: with_minus(getattr(claim, name)) for name in OF_A_CLAIM}, "word": verdict.word,
        "mark": LOOKS[verdict.word].mark, "sentence": with_minus(verdict.sentence),
        "fails_in": with_minus(fails_in_words(claim)), "needs": needs_words(claim),
        "held_out": claim.kind == "held out",
        "figure": _figure(key.estimate) if key else DASH,
        "read": f"{key.label}, {key.unit}" if key else "", "wanted": with_minus(key.wanted) if key else "",
        "readings": [_reading(reading) for reading in verdict.readings],
    }  # fmt: skip


def _figure(estimate: Estimate | None) -> str:
    return DASH if estimate is None else interval(estimate.value, estimate.low, estimate.high)


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "label": reading.label, "unit": reading.unit, "decides": reading.decides, "figure": _figure(reading.estimate),
        "bounds": with_minus(reading.wanted), "life_change": _figure(reading.life_change),
        "twin_change": _figure(reading.twin_change), "says": reading.outcome if reading.wanted else "",
    }  # fmt: skip
