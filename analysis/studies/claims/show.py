"""Verdicts on the terminal: a table of all, one told in full, and a list without running anything."""

from __future__ import annotations

import io
import shutil
from collections import Counter
from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from analysis.studies.claims.declare import NOT_TESTABLE, Claim, Reading, Verdict
from analysis.studies.claims.estimands import estimands_said
from analysis.studies.claims.leaning import rests_said
from analysis.studies.claims.rests import Shift
from analysis.studies.claims.words import LOOKS, fails_in_words, how, interval, needs_words, quoted
from analysis.studies.frame import Study
from analysis.words.numbers import DASH, probability, with_minus
from analysis.words.prose import runs_of, wrapped

NARROWEST, WIDEST, PLAIN = 100, 180, 150
# Of the table of verdicts, with their widths against each other; 0: as wide as it needs.
COLUMNS = {
    "claim": 0, "what the paper says": 5, "kind": 2, "verdict": 3, "key figure (95 % interval)": 6, "wanted": 3,
    "p, Holm": 0,
}  # fmt: skip
CAUTION = (
    "A verdict is about the model, not about any group: it says whether what members describe is enough, in this "
    "model, for what the paper concludes. It is not evidence that groups work or are safe."
)


def table_of_verdicts(verdicts: Sequence[Verdict]) -> Table:
    """All verdicts, a row a claim."""
    table = Table(box=box.SIMPLE, show_edge=False, pad_edge=False)
    for heading, ratio in COLUMNS.items():
        table.add_column(heading, ratio=ratio or None, no_wrap=not ratio)
    for verdict in verdicts:
        claim, key = verdict.claim, verdict.key
        figure = "" if key is None else f"{interval(key.estimate)}, {key.unit}\n{key.label}"
        cells = (figure, "" if key is None else key.wanted, probability(verdict.p_holm))
        table.add_row(claim.id, claim.statement, claim.kind, verdict.word, *cells)
    return table


def overview(verdicts: Sequence[Verdict], study: Study, finished: int) -> str:
    """The table of verdicts as text, what the verdicts mean, and on how many runs they rest."""
    text, table = io.StringIO(), table_of_verdicts(verdicts)
    Console(width=_width(), file=text, color_system=None).print(table, markup=False, highlight=False)
    counts = Counter(verdict.word for verdict in verdicts)
    lines = [*(line.rstrip() for line in text.getvalue().rstrip().splitlines()), ""]
    lines += [f"{counts[word]:>3} {word}: {look.meaning}" for word, look in LOOKS.items() if counts[word]]
    lines += ["", _rests_on(study, finished), wrapped(CAUTION, _width()), ""]
    return with_minus("\n".join(lines))


def _rests_on(study: Study, finished: int) -> str:
    changed, own = (study.settings.get(name) or {} for name in ("changed_in_every_arm", "own_claims"))
    also = f"; changed in every arm: {', '.join(f'{name} = {v}' for name, v in changed.items())}" if changed else ""
    also += f"; claims of {own['file']} (SHA-256 {own['sha256'][:16]}...)" if own else ""
    runs, arms = runs_of(finished, study.runs), len(study.arms)
    return f"{runs}, seeds from {study.first_seed}, {arms} arms on the same people{also}."


def tell(verdict: Verdict, study: Study, finished: int, shifts: Sequence[Shift] = ()) -> str:
    """One verdict in full; ``shifts``: what moving one thing at a time did."""
    claim = verdict.claim
    lines = [f"{claim.id}  {claim.statement}  {quoted(claim)}".rstrip(), ""]
    facts = {
        "verdict": f"{verdict.word.upper()}: {LOOKS[verdict.word].meaning}",
        "kind": claim.kind,
        "contrast": claim.contrast,
        "population": claim.population,
        "outcome": claim.outcome,
        "threshold": f"{claim.threshold} (set {claim.dated})",
        **({"needs": needs_words(claim)} if claim.needs_mechanisms else {}),
        "note": claim.note,
    }
    if verdict.word == NOT_TESTABLE:
        facts["verdict"] += f". {verdict.sentence}"
    lines += [_hanging(name, text) for name, text in facts.items()]
    deciding = [reading for reading in verdict.readings if reading.decides and reading.wanted]
    beside = [reading for reading in verdict.readings if reading not in deciding]
    for heading, readings in (("What decides", deciding), ("Beside it", beside)):
        if readings:
            lines += ["", heading]
            for reading in readings:
                lines += _reading(reading)
    if probability(verdict.p):
        corrected = f"; corrected for the claims read together {probability(verdict.p_holm)}"
        said = f"p {probability(verdict.p)}{corrected if verdict.p != verdict.p_holm else ''}"
        lines += ["", f"{said} (from the draws that the interval is made of; the verdict rests on the intervals)"]
    lines += ["", *(_hanging(*one) for one in rests_said(claim, shifts)), _hanging("overturned by", claim.overturn)]
    lines.append(_hanging("fails in", fails_in_words(claim)))
    lines += ["", _rests_on(study, finished), wrapped(CAUTION, _width()), ""]
    return with_minus("\n".join(lines))


def _reading(reading: Reading) -> list[str]:
    lines = [wrapped(reading.label, _width(), "  ", "    ")]
    if reading.life_change is not None and reading.twin_change is not None:
        lines.append(f"    since before coming, with the group   {interval(reading.life_change)} {reading.unit}")
        lines.append(f"    of the twins, without                 {interval(reading.twin_change)} {reading.unit}")
        lines.append(f"    against the twins                     {interval(reading.estimate)} {reading.unit}")
    else:
        lines.append(f"    {interval(reading.estimate)} {reading.unit}")
    if reading.wanted:
        lines[-1] += f"   {how(reading)}"
    return lines


def _hanging(name: str, text: str) -> str:
    first = f"{name:<16}"
    return wrapped(text or DASH, _width(), first, " " * len(first))


def listing(claims: Sequence[Claim]) -> str:
    """Claims with quote, kind, threshold and the arms they need; nothing is run."""
    lines: list[str] = []
    for claim in claims:
        lines.append(f"{claim.id:<4} {claim.statement}  {quoted(claim)}".rstrip())
        lines.append(wrapped(f"{claim.kind}; {claim.population}: {claim.threshold}", _width(), "     "))
        lines.append(wrapped(f"arms: {', '.join(claim.needs)}; {claim.weeks} weeks", _width(), "     "))
    return with_minus("\n".join([*lines, ""]))


def estimands(claims: Sequence[Claim]) -> str:
    """What each claim asks, in full; nothing is run."""
    return estimands_said(claims, _width())


def _width() -> int:
    """Columns to write in: the terminal's, within reason; a fixed number where there is none."""
    return min(max(shutil.get_terminal_size((PLAIN, 40)).columns, NARROWEST), WIDEST)
