"""In words: what verdicts rest on, and what would count against the model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from analysis.studies.claims.against import HAPPENS, Against
from analysis.studies.claims.declare import Claim
from analysis.studies.claims.moves import OFF
from analysis.studies.claims.rests import SETTLED, TURNED, UNSETTLED, Shift, said_of
from analysis.words.prose import plural, wrapped

if TYPE_CHECKING:
    from analysis.studies.claims.study import Trial

NOT_MOVED = "not looked at: `claims --claim {} --rests 20` moves every mechanism and parameter alone"
NONE = "nothing that was moved alone changes the verdict, as far as so few towns can tell"
WORDS = {TURNED: "turned over by", UNSETTLED: "unsettled by", SETTLED: "settled by"}
INDENT = 4


def rests_said(claim: Claim, shifts: Sequence[Shift]) -> Iterable[tuple[str, str]]:
    """What one verdict rests on, as pairs of a heading and words."""
    if not claim.decides or claim.kind == "explored":
        return
    if not shifts:
        yield "rests on", NOT_MOVED.format(claim.id)
        return
    said = said_of(claim, shifts)
    if not any(said.values()):
        yield "rests on", NONE
    for what, moves in said.items():
        if moves:
            yield WORDS[what], "; ".join(moves)


def leaning(trial: Trial) -> str:
    """What the verdicts of a trial rest on, mechanisms first; empty if nothing was moved."""
    if not trial.shifts:
        return ""
    moved = len({(shift.move.name, shift.move.to) for shift in trial.shifts})
    lines = [f"What verdicts rest on: {plural(moved, 'thing')} moved alone, in {plural(trial.study.rests, 'town')}"]
    for verdict in trial.verdicts:
        for heading, words in rests_said(verdict.claim, trial.shifts):
            if words != NONE:
                said = f"{verdict.claim.id} ({verdict.word}) {heading} {words}"
                lines.append(wrapped(said, indent="  ", hanging=" " * INDENT))
    if len(lines) == 1:
        lines.append(f"  {NONE}")
    return "\n".join([*lines, ""])


def rows_of(trial: Trial) -> list[dict[str, str]]:
    """The same as rows for a table: a claim, its verdict, and what changes it."""
    rows = []
    for verdict in trial.verdicts:
        mine = [shift for shift in trial.shifts if shift.claim.id == verdict.claim.id]
        if not mine:
            continue
        cells = {
            f"{name}_{'mechanisms' if switch else 'parameters'}": "; ".join(
                shift.move.name.removeprefix("mechanisms.") if switch else shift.move.words
                for shift in mine if shift.what == what and (shift.move.to == OFF) == switch
            )
            for what, name in ((TURNED, "turned"), (UNSETTLED, "unsettled"), (SETTLED, "settled"))
            for switch in (True, False)
        }  # fmt: skip
        rows.append({"id": verdict.claim.id, "word": verdict.word, **cells})
    return rows


def counting(counts: Sequence[Against]) -> str:
    """What would count against the model, and whether it happens."""
    lines = ["What would count against the model (docs/odd.md, section 1)"]
    for one in counts:
        mark, answer = ("! ", one.answer.upper()) if one.answer == HAPPENS else ("  ", one.answer)
        lines.append(wrapped(f"{one.what}: {answer}; {one.found}", indent=mark, hanging=" " * INDENT))
    return "\n".join([*lines, ""])
