# ruff: noqa: E501 - declarations of columns
"""Tables of ``study``: each column with its unit and meaning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from analysis.results.columns import Column, table_of
from analysis.studies.study.burden import burden_of
from analysis.studies.study.measures import MEASURES
from analysis.studies.study.plan import SIZES, Planned, Told
from analysis.studies.study.repeat import Repeated
from analysis.studies.study.schema import OF_PEOPLE

if TYPE_CHECKING:
    from analysis.studies.study.study import Done, VirtualStudy

Read = Callable[[Repeated, int, int], float]
OWN = "the outcome's unit"
CAUSES = {
    "telling": "telling it kindly",
    "measurement": "instruments: error, memory, scales that end",
    "attrition": "who is lost",
    "contamination": "others who have the group as well",
    "which weeks": "which weeks have a contact: people ring when days are hard",
    "length bias": "only groups that are open are seen",
    "which groups": "which groups are seen, and when",
    "selection": "who takes part, of those whom it is read as being about",
}
COMPARED = {
    "none": "change by itself: how the same people would have changed without the group",
    "matched comparison": "who is compared: people who come are others than those who do not",
}
BY_LOT = "luck of the draw, and the analysis"


OF_REGISTERS = {
    "ended": "groups that have ended", "attendance": "people at a meeting", "one visit": "first visits that stayed the only one",
    "reason": "groups that ended for this reason", "hazard": "groups that ended between two ages",
    "new people": "new people in groups that go on, less those that end",
}  # fmt: skip
UNITS = {"correlation": "correlation", "none later": "share", "top tenth": "share", "carry-over": "correlation",
         "attendance": "people", "new people": "people a year"}  # fmt: skip


def label_of(measure: str) -> str:
    """A measure in words."""
    return MEASURES[measure].label if measure in MEASURES else OF_REGISTERS[measure]


def unit_of(measure: str) -> str:
    """What a measure is measured in."""
    return MEASURES[measure].unit if measure in MEASURES else UNITS.get(measure, "share")


def cause_of(done: Done, step: str) -> str:
    """A step of the bias, in words."""
    if step == "comparison":
        if done.line.said.analysis.by in OF_PEOPLE:
            return BY_LOT
        return COMPARED.get(done.line.said.allocation.how, BY_LOT) if done.line.said.people.who != "groups" else BY_LOT
    return CAUSES[step]


def all_tables(study: VirtualStudy, done: Sequence[Done], told: Sequence[Told]) -> dict[str, pa.Table]:
    """All tables by name."""
    tables = {"readings": readings_table(done), "bias": bias_table(done), "burden": burden_table(done)}
    if study.mode == "do":
        tables["repetitions"] = repetitions_table(done)
    if any(one.planned for one in done):
        tables |= {"power": power_table(done), "needed": needed_table(done)}
    if told:
        tables["apart"] = apart_table(told)
    return tables


def _names(done: Sequence[Done], times: Sequence[int]) -> list[Column]:
    """Columns that say of which line a row is, so many rows of each."""
    rows = [one.line for one, many in zip(done, times, strict=True) for _ in range(many)]
    return [
        Column("study", "name", "the study", [line.study for line in rows]),
        Column("account", "name", "the account of how a group works; empty: the first model's", [line.account for line in rows]),
    ]  # fmt: skip


def _readings(done: Sequence[Done]) -> list[tuple[Done, int, int]]:
    """Every line, time and measure; the primary one of each line first."""
    rows = []
    for one in done:
        found = one.repeated
        places = [(t, m) for t in range(len(found.times)) for m in range(len(found.measures))]
        rows += [(one, *place) for place in (found.primary, *(other for other in places if other != found.primary))]
    return rows


def readings_table(done: Sequence[Done]) -> pa.Table:
    """A row for each reading: what would be published beside what was true."""
    rows = _readings(done)

    def column(name: str, unit: str, meaning: str, of: Read) -> Column:
        return Column(name, unit, meaning, np.array([of(one.repeated, t, m) for one, t, m in rows], float))

    def mean(k: int) -> Read:
        return lambda r, t, m: mean_of(r.published[:, t, m, k])

    return table_of([
        *_names([one for one, _, _ in rows], [1] * len(rows)),
        Column("outcome", "words", "what is asked", [label_of(one.repeated.measures[m]) for one, _, m in rows]),
        Column("unit", "words", "what it is measured in", [unit_of(one.repeated.measures[m]) for one, _, m in rows]),
        Column("week", "weeks", "after the beginning of the study; of a register, age of groups", np.array([one.repeated.times[t] for one, t, _ in rows])),
        Column("primary", "yes/no", "whether it is the study's primary reading", np.array([(t, m) == one.repeated.primary for one, t, m in rows])),
        column("published", OWN, "estimate that would be published, mean over repetitions", mean(0)),
        column("published_low", OWN, "lower end of the 95 % interval that would be published, mean over repetitions", mean(1)),
        column("published_high", OWN, "upper end of the 95 % interval that would be published, mean over repetitions", mean(2)),
        column("published_sd", OWN, "standard deviation of the estimate over repetitions", lambda r, t, m: sd_of(r.published[:, t, m, 0])),
        column("true_of_them", OWN, "effect on those who took part, each against her or his own twin, mean over repetitions", lambda r, t, m: mean_of(r.same[:, t, m])),
        column("true_of_all", OWN, "effect on all whom the study is read as being about", lambda r, t, m: r.about[t, m]),
        column("bias", OWN, "published minus true of all", lambda r, t, m: mean_of(r.published[:, t, m, 0]) - r.about[t, m]),
        column("coverage", "share", "repetitions whose 95 % interval holds the effect that is true of all", lambda r, t, m: r.covered()[t, m]),
        column("power", "share", "repetitions that report a difference (P below 0.05); where nothing has an effect, false alarms", lambda r, t, m: r.power()[t, m]),
        column("example", OWN, "the estimate of the first repetition", lambda r, t, m: r.published[0, t, m, 0]),
        column("example_low", OWN, "its interval, lower end", lambda r, t, m: r.published[0, t, m, 1]),
        column("example_high", OWN, "its interval, upper end", lambda r, t, m: r.published[0, t, m, 2]),
        column("example_p", "probability", "its P value", lambda r, t, m: r.published[0, t, m, 3]),
        column("spread", OWN, "standard deviation between people as the study begins, to compare the others with", lambda r, t, m: r.spread[m]),
    ])  # fmt: skip


def bias_table(done: Sequence[Done]) -> pa.Table:
    """The bias of the primary reading, a row for each cause, in the order in which they are taken away."""
    rows = [(one, k, step) for one in done for k, step in enumerate(one.repeated.steps)]
    size = np.array([mean_of(one.repeated.biases[:, k]) for one, k, _ in rows])
    error = np.array(
        [sd_of(one.repeated.biases[:, k]) / np.sqrt(max(one.repeated.repetitions, 1)) for one, k, _ in rows]
    )
    spread = np.array([one.repeated.spread[one.repeated.primary[1]] for one, _, _ in rows])
    return table_of([
        *_names([one for one, _, _ in rows], [1] * len(rows)),
        Column("step", "name", "cause, in the order in which each is taken away", [step for _, _, step in rows]),
        Column("cause", "words", "in words", [cause_of(one, step) for one, _, step in rows]),
        Column("size", OWN, "what it adds to the published estimate, mean over repetitions", size),
        Column("size_low", OWN, "lower end of a 95 % interval for the number of repetitions alone", size - 1.96 * error),
        Column("size_high", OWN, "upper end of a 95 % interval for the number of repetitions alone", size + 1.96 * error),
        Column("standardised", "standard deviations", "the same in standard deviations between people", np.divide(size, spread, out=np.full(len(size), np.nan), where=spread > 0)),
    ])  # fmt: skip


def burden_table(done: Sequence[Done]) -> pa.Table:
    """What each study asks of people."""
    rows = [burden_of(one.line.said, one.repeated) for one in done]
    return table_of([
        *_names(done, [1] * len(done)),
        Column("towns", "towns", "towns of the study as planned", np.array([one.line.said.people.towns for one in done])),
        Column("people", "people", "who take part, mean over repetitions; of a register, groups", np.array([row.people for row in rows])),
        Column("minutes_each", "minutes", "that somebody gives who is there to the end", np.array([row.each for row in rows])),
        Column("hours", "hours", "that all give together", np.array([row.hours for row in rows])),
        Column("weeks", "weeks", "from the first time anybody is asked to the last", np.array([row.weeks for row in rows])),
    ])  # fmt: skip


def repetitions_table(done: Sequence[Done]) -> pa.Table:
    """The primary reading of every repetition."""
    many = [one.repeated.repetitions for one in done]
    published = [one.repeated.published[(slice(None), *one.repeated.primary)] for one in done]
    together = np.concatenate(published)
    return table_of([
        *_names(done, many),
        Column("repetition", "number", "from 1", np.concatenate([np.arange(1, n + 1) for n in many])),
        Column("people", "people", "who took part", np.concatenate([one.repeated.people for one in done])),
        Column("answering", "people", "who answered at the end", np.concatenate([one.repeated.answering for one in done])),
        *(Column(name, unit, meaning, together[:, k]) for k, (name, unit, meaning) in enumerate((
            ("published", OWN, "estimate that would be published"),
            ("low", OWN, "lower end of its 95 % interval"), ("high", OWN, "upper end of its 95 % interval"),
            ("p", "probability", "its P value"),
        ))),
        Column("true_of_them", OWN, "effect on those who took part, by their twins", np.concatenate([one.repeated.same[(slice(None), *one.repeated.primary)] for one in done])),
    ])  # fmt: skip


def power_table(done: Sequence[Done]) -> pa.Table:
    """The power of every size that was tried."""
    rows = [(one, s, t, m) for one in done if one.planned for s in range(len(one.planned.sizes))
            for t in range(len(one.repeated.times)) for m in range(len(one.repeated.measures))]  # fmt: skip
    planned = [one.planned for one, *_ in rows if one.planned]
    return table_of([
        *_names([one for one, *_ in rows], [1] * len(rows)),
        Column("outcome", "words", "what is asked", [label_of(one.repeated.measures[m]) for one, _, _, m in rows]),
        Column("week", "weeks", "after the beginning of the study", np.array([one.repeated.times[t] for one, _, t, _ in rows])),
        Column("size", "number", "that was tried",  np.array([p.sizes[s] for p, (_, s, _, _) in zip(planned, rows, strict=True)])),
        Column("size_is", "words", "what the size is", [SIZES[p.by] for p in planned]),
        Column("people", "people", "who take part, mean over repetitions", np.array([p.people[s] for p, (_, s, _, _) in zip(planned, rows, strict=True)])),
        Column("hours", "hours", "that they give together", np.array([p.hours[s] for p, (_, s, _, _) in zip(planned, rows, strict=True)])),
        Column("power", "share", "repetitions that report a difference (P below 0.05)", np.array([p.power[s, t, m] for p, (_, s, t, m) in zip(planned, rows, strict=True)])),
        Column("power_plainly", "share", "the same if nobody told it kindly", np.array([_plain_power(p, p.sizes[s])[t, m] for p, (_, s, t, m) in zip(planned, rows, strict=True)])),
    ])  # fmt: skip


def _plain_power(planned: Planned, size: int) -> np.ndarray:
    """float64[T, M]: the power of a size if nobody told it kindly; NaN where that was not tried."""
    plainly = planned.plainly or planned
    if size not in plainly.sizes:
        return np.full(planned.needed.shape, np.nan)
    found: np.ndarray = plainly.power[plainly.sizes.index(size)]
    return found


def needed_table(done: Sequence[Done]) -> pa.Table:
    """The size that has the power wanted, for every reading."""
    rows = [(one, t, m) for one, t, m in _readings(done) if one.planned]
    planned = [one.planned for one, *_ in rows if one.planned]
    sizes = np.array([p.needed[t, m] for p, (_, t, m) in zip(planned, rows, strict=True)])
    plainly = np.array([(p.plainly or p).needed[t, m] for p, (_, t, m) in zip(planned, rows, strict=True)])
    known = ~np.isnan(sizes)
    people, hours = (np.where(known, [of(p, size) for p, size in zip(planned, sizes, strict=True)], np.nan)
                     for of in (Planned.people_of, Planned.hours_of))  # fmt: skip
    return table_of([
        *_names([one for one, *_ in rows], [1] * len(rows)),
        Column("outcome", "words", "what is asked", [label_of(one.repeated.measures[m]) for one, _, m in rows]),
        Column("week", "weeks", "after the beginning of the study", np.array([one.repeated.times[t] for one, t, _ in rows])),
        Column("power", "share", "power that is wanted", np.array([p.wanted for p in planned])),
        Column("size", "number", "that it takes; empty where no size that was tried has it", np.ceil(sizes)),
        Column("size_is", "words", "what the size is", [SIZES[p.by] for p in planned]),
        Column("people", "people", "that it takes", np.ceil(people)),
        Column("hours", "hours", "that they give together", hours),
        Column("size_plainly", "number", "that it would take if nobody told it kindly; empty where no size that was tried has it", np.ceil(plainly)),
        Column("largest_tried", "number", "the largest size that was tried", np.array([p.sizes[-1] for p in planned])),
    ])  # fmt: skip


def pair_columns(told: Sequence[Told]) -> list[Column]:
    """Which reading of which study it is, and which two accounts are to be told apart."""
    return [
        Column("study", "name", "the study", [one.study for one in told]),
        Column("outcome", "words", "what is asked", [label_of(one.measure) for one in told]),
        Column("week", "weeks", "after the beginning of the study; of a register, age of groups", np.array([one.week for one in told])),
        Column("one", "name", "an account", [one.one for one in told]),
        Column("other", "name", "the other account", [one.other for one in told]),
    ]  # fmt: skip


def apart_table(told: Sequence[Told]) -> pa.Table:
    """What tells two accounts apart, the least hours first."""

    def finite(values: Sequence[float]) -> np.ndarray:
        return np.array([value if np.isfinite(value) else np.nan for value in values])

    return table_of([
        *pair_columns(told),
        Column("published_one", OWN, "mean estimate under the one account", np.array([one.means[0] for one in told])),
        Column("published_other", OWN, "mean estimate under the other account", np.array([one.means[1] for one in told])),
        Column("distance", "standard deviations", "difference of the two, in standard deviations of an estimate of the study as planned", np.array([one.distance for one in told])),
        Column("towns", "towns", "that it takes to tell them apart (two-sided 5 %, power 80 %); empty where they are not apart here", np.ceil(finite([one.towns for one in told]))),
        Column("people", "people", "that it takes", np.ceil(finite([one.people for one in told]))),
        Column("hours", "hours", "that they give together", finite([one.hours for one in told])),
        Column("weeks", "weeks", "how long the study takes", np.array([one.weeks for one in told])),
    ])  # fmt: skip


def mean_of(values: np.ndarray) -> float:
    """The mean of what there is; NaN of nothing."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def sd_of(values: np.ndarray) -> float:
    """The standard deviation of what there is; NaN of less than two."""
    known = values[~np.isnan(values)]
    return float(known.std(ddof=1)) if len(known) > 1 else float("nan")
