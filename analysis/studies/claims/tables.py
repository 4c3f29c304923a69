# ruff: noqa: E501 - declarations of columns
"""Tables of a trial: verdicts, the readings behind them, and the totals of each run that they are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pyarrow as pa

from analysis.compare.comparison import Paired
from analysis.compare.estimate import NOTHING, Estimate, together
from analysis.compare.outcomes import GROUP_MEASURES
from analysis.results.columns import Column, table_of, with_interval
from analysis.studies.claims.against import Against
from analysis.studies.claims.declare import Verdict
from analysis.studies.claims.estimands import estimands_table
from analysis.studies.claims.meanings import TOTALS
from analysis.studies.claims.rests import STANDS, Shift
from analysis.words.numbers import DASH
from sim.relations import WEEKS_IN_YEAR

WORDS = "words"
MOVED_TABLE = "moved"
TOTALS_TABLE = "looks"  # as results of earlier versions call it


def all_tables(
    verdicts: Sequence[Verdict],
    runs: Mapping[str, Paired],
    shifts: Sequence[Shift] = (),
    counts: Sequence[Against] = (),
) -> dict[str, pa.Table]:
    """All tables of a trial by name; what moving one thing at a time did only where that was asked for."""
    return {
        "verdicts": verdicts_table(verdicts),
        "readings": readings_table(verdicts),
        "estimands": estimands_table([verdict.claim for verdict in verdicts]),
        "against": against_table(counts),
        **({"rests_on": moved_table([one for one in shifts if one.what != STANDS])} if shifts else {}),
        **({MOVED_TABLE: moved_table(shifts)} if shifts else {}),
        TOTALS_TABLE: totals_table(runs),
    }


def against_table(counts: Sequence[Against]) -> pa.Table:
    """A row for each thing that would count against the model."""
    return table_of([
        Column("what", WORDS, "what would count against the model (docs/odd.md, section 1)", [c.what for c in counts]),
        Column("answer", WORDS, "whether it happens", [c.answer for c in counts]),
        Column("found", WORDS, "what was seen", [c.found.replace(DASH, "-") for c in counts]),
    ])  # fmt: skip


def moved_table(shifts: Sequence[Shift]) -> pa.Table:
    """A row for each claim and each thing that was moved alone."""
    return table_of([
        Column("claim", "id", "number of the claim", [s.claim.id for s in shifts]),
        Column("moved", "name", "mechanism or parameter that was moved alone", [s.move.name for s in shifts]),
        Column("to", WORDS, "where to: off, nothing, or an end of its plausible range", [s.move.to for s in shifts]),
        Column("value", "unit", "its value there", np.array([float(s.move.value) for s in shifts])),
        Column("what", WORDS, "what becomes of the verdict: turned over, unsettled (then undetermined), settled, or it stands", [s.what for s in shifts]),
        Column("before", WORDS, "verdict of the trial", [s.before for s in shifts]),
        Column("after", WORDS, "verdict to be expected with the move", [s.after for s in shifts]),
        Column("figure", WORDS, "figure that makes the difference, or the first that decides", [s.reading.label for s in shifts]),
        Column("unit", WORDS, "unit of the figures", [s.reading.unit for s in shifts]),
        Column("wanted", WORDS, "bounds of the figure", [s.reading.wanted for s in shifts]),
        *with_interval("trial", "unit", "the figure in the trial", together([s.reading.estimate for s in shifts])),
        *with_interval("shift", "unit", "by how much the move shifts it, in the same towns", together([s.shift for s in shifts])),
        *with_interval("expected", "unit", "the figure to be expected with the move", together([s.expected for s in shifts])),
    ])  # fmt: skip


def verdicts_table(verdicts: Sequence[Verdict]) -> pa.Table:
    """A row a claim, in the order of the paper."""
    claims = [verdict.claim for verdict in verdicts]
    keys = [verdict.key for verdict in verdicts]
    estimates = [NOTHING if key is None else key.estimate for key in keys]
    return table_of(
        [
            Column("claim", "id", "number of the claim, as in docs/odd.md, appendix G", [claim.id for claim in claims]),
            Column("statement", WORDS, "the claim: what the paper says", [claim.statement for claim in claims]),
            Column("quote", WORDS, "words of the paper that the claim rests on", [claim.quote for claim in claims]),
            Column("speaker", WORDS, "who said these words", [claim.speaker for claim in claims]),
            Column("kind", WORDS, "kind of claim: built in, emergent, explored, rival or held out", [claim.kind for claim in claims]),
            Column("contrast", WORDS, "what is compared with what", [claim.contrast for claim in claims]),
            Column("population", WORDS, "of whom the claim speaks", [claim.population for claim in claims]),
            Column("outcome", WORDS, "which outcome is looked at", [claim.outcome for claim in claims]),
            Column("threshold", WORDS, "what must be seen for the claim to hold", [claim.threshold for claim in claims]),
            Column("dated", "date", "when the threshold was set", [claim.dated for claim in claims]),
            Column("verdict", WORDS, "verdict: what came out of the trial", [verdict.word for verdict in verdicts]),
            Column("figure", WORDS, "what the key figure is", ["" if key is None else key.label for key in keys]),
            Column("unit", WORDS, "unit of the key figure", ["" if key is None else key.unit for key in keys]),
            *_estimates("", "the key figure", estimates),
            Column("wanted", WORDS, "bounds of the key figure", ["" if key is None else key.wanted for key in keys]),
            Column("p", "probability", "p: probability of all that decides being so far on the claim's side, if the "
                   "truth lay on the threshold (from the draws that the interval is made of)", np.array([verdict.p for verdict in verdicts])),
            Column("p_holm", "probability", "p corrected for the claims read together (Holm)",
                   np.array([verdict.p_holm for verdict in verdicts])),
            Column("runs", "runs", "runs of each arm", np.array([verdict.runs for verdict in verdicts])),
            Column("sentence", WORDS, "what came out, in a sentence",
                   [verdict.sentence.replace(DASH, "-") for verdict in verdicts]),
            Column("note", WORDS, "note about the test", [claim.note for claim in claims]),
        ]
    )  # fmt: skip


def readings_table(verdicts: Sequence[Verdict]) -> pa.Table:
    """A row a reading, in the order in which they are told."""
    of = [(verdict.claim.id, reading) for verdict in verdicts for reading in verdict.readings]
    readings = [reading for _, reading in of]
    changes = {
        "change": ("change since before coming, with the group", [r.life_change for r in readings]),
        "twin_change": ("change of the twins over the same time, without a group", [r.twin_change for r in readings]),
    }
    return table_of(
        [
            Column("claim", "id", "number of the claim", [claim for claim, _ in of]),
            Column("reading", WORDS, "figure that was read", [r.label for r in readings]),
            Column("unit", WORDS, "unit of the figures", [r.unit for r in readings]),
            *_estimates("", "the figure", [r.estimate for r in readings]),
            Column("runs", "runs", "runs with anything but zeros", np.array([r.estimate.runs for r in readings])),
            Column("at_least", "unit", "the figure must be at least this; missing: no bound", _bounds(r.low for r in readings)),
            Column("at_most", "unit", "the figure must be at most this; missing: no bound", _bounds(r.high for r in readings)),
            Column("strict", "yes/no", "whether the bounds themselves do not count as inside", np.array([r.strict for r in readings], bool)),
            Column("decides", "yes/no", "whether the figure counts for the verdict", np.array([r.decides for r in readings], bool)),
            Column("outcome", WORDS, "how the figure stands to its bounds", [r.outcome if r.wanted else "" for r in readings]),
            *(column for name, (meaning, found) in changes.items() for column in _estimates(name, meaning, [e or NOTHING for e in found])),
        ]
    )  # fmt: skip


def _bounds(values: Iterable[float | None]) -> np.ndarray:
    return np.array([np.nan if value is None else value for value in values], float)


def totals_table(runs: Mapping[str, Paired]) -> pa.Table:
    """A row an arm and run: the totals over people that claims are read from, and measures of the group by year."""
    arms = list(runs.items())
    columns = [
        Column("arm", "name", "arm of the trial", [name for name, lived in arms for _ in lived.seeds]),
        Column("seed", "number", "seed of the run", np.array([seed for _, lived in arms for seed in lived.seeds])),
    ]
    for name in arms[0][1].totals[0] if arms and arms[0][1].totals else ():
        values = np.concatenate([lived.total(name) for _, lived in arms])
        columns.append(Column(name, *TOTALS[name], values))
    weeks = {week for _, lived in arms for week in lived.horizon_weeks}
    years = sorted(week // WEEKS_IN_YEAR for week in weeks if week % WEEKS_IN_YEAR == 0)
    for measure, (meaning, unit) in GROUP_MEASURES.items():
        for year in years:
            parts = [_measure(lived, measure, year) for _, lived in arms]
            columns.append(Column(f"{measure}_year_{year}", unit, f"{meaning}, year {year}", np.concatenate(parts)))
    return table_of(columns)


def _measure(lived: Paired, name: str, year: int) -> np.ndarray:
    if WEEKS_IN_YEAR * year not in lived.horizon_weeks:
        return np.full(lived.runs, np.nan)
    return lived.group(name)[:, lived.horizon_weeks.index(WEEKS_IN_YEAR * year)]


def _estimates(name: str, meaning: str, estimates: Sequence[Estimate]) -> list[Column]:
    """Three columns: the figure and the ends of its interval."""
    value, *ends = with_interval(name, "unit", meaning, together(estimates))
    # Of the key figure the columns are called value, low and high.
    return [value, *ends] if name else [value._replace(name="value"), *(c._replace(name=c.name[1:]) for c in ends)]
