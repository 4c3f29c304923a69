"""What the interviews amount to: how often each statement is heard, likelihood ratios, and what they hang on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.studies.interviews.hold import SIZES, Interviews, Size, all_heard
from analysis.studies.interviews.likelihood import Ratio, Share, likelihood_ratio
from analysis.studies.interviews.statements import ASSUMPTIONS, SETS, STATEMENT_IDS, STATEMENTS, in_set
from analysis.studies.interviews.worlds import WORLD_TITLES

CONTRASTS = (("on", "off"), ("on", "company"), ("company", "off"), ("on", "twins"))
TOGETHER = "both groups"
WHATS = (*SETS, *STATEMENT_IDS)
NOTICING = (0.05, 0.10, 0.15, 0.20)
OPTIMISM = (0.0, 0.1, 0.2, 0.3)


@dataclass(frozen=True)
class Heard:
    """How often something is heard of one kind of group in one world.

    Attributes:
        group, world: which.
        size: of which groups, by how many regulars there were to interview.
        what: a set of SETS or a statement's id.
        share: of the groups that lasted; None where it cannot be asked.
        voices: share of those interviewed who say it; NaN for sets, and where it cannot be asked.
    """

    group: str
    world: str
    size: Size
    what: str
    share: Share | None
    voices: float


@dataclass(frozen=True)
class Odds:
    """How many times as likely something is in one world as in another.

    Attributes:
        group: the kind, or TOGETHER for the whole study design.
        what: a set or a statement.
        above, below: worlds.
        ratio: the likelihood ratio.
    """

    group: str
    what: str
    above: str
    below: str
    ratio: Ratio


def columns_of(answers: np.ndarray) -> dict[str, np.ndarray]:
    """int8[towns] for each set and each statement."""
    sets = {name: all_heard(answers, name) for name in SETS}
    return sets | {statement.id: answers[:, k] for k, statement in enumerate(STATEMENTS)}


def shares(held: Sequence[Interviews], assumed: Mapping[str, float]) -> Iterator[Heard]:
    """How often each set and statement is heard, of every kind of group, in every world."""
    for one in held:
        for world in WORLD_TITLES:
            for size in SIZES:
                said = one.voices(world, assumed, size)
                for what, answers in columns_of(one.answers(world, assumed, size)).items():
                    cannot = world == "twins" and not twins_can_say(what)
                    share = None if cannot else Share(int((answers == 1).sum()), int((answers >= 0).sum()))
                    voices = float(said[STATEMENT_IDS.index(what)]) if what in STATEMENT_IDS else float("nan")
                    yield Heard(one.arm.name, world, size, what, share, voices)


def twins_can_say(what: str) -> bool:
    """Whether a set or a statement can be asked of people who never had a group."""
    asked = in_set(what) if what in SETS else np.array([what == one for one in STATEMENT_IDS])
    return all(statement.about == "change" for statement, some in zip(STATEMENTS, asked, strict=True) if some)


def ratios(held: Sequence[Interviews], assumed: Mapping[str, float]) -> Iterator[Odds]:
    """Likelihood ratios of each set and statement, for each kind of group and for the whole study design."""
    answers = [{world: columns_of(one.answers(world, assumed)) for world in WORLD_TITLES} for one in held]
    kinds = [(one.arm.name, [k]) for k, one in enumerate(held)]
    if len(held) > 1:
        kinds.append((TOGETHER, list(range(len(held)))))
    for group, members in kinds:
        for what in WHATS:
            for above, below in CONTRASTS:
                if below == "twins" and not twins_can_say(what):
                    continue
                top = [answers[k][above][what] for k in members]
                bottom = [answers[k][below][what] for k in members]
                yield Odds(group, what, above, below, likelihood_ratio(top, bottom))


@dataclass(frozen=True)
class VariedRatio:
    """The likelihood ratio of the whole design under other assumptions.

    Attributes:
        assumed: all of them.
        varied: "noticing and optimism", or the name of the one that was moved.
        half: half of those interviewed must say each thing, instead of what the paper's wording asks for.
        what: a set of SETS.
        heard: share of groups in which it is heard, by (group, world).
        ratio: on to off.
    """

    assumed: dict[str, float]
    varied: str
    half: bool
    what: str
    heard: dict[tuple[str, str], Share]
    ratio: Ratio


def sensitivity(held: Sequence[Interviews], assumed: Mapping[str, float]) -> Iterator[VariedRatio]:
    """Over a grid of noticing and optimism, and each other assumption at the ends of its plausible range."""
    grid = [{**assumed, "noticing": n, "optimism": o} for n in NOTICING for o in OPTIMISM]
    settings = [(point, "noticing and optimism") for point in grid]
    for a in ASSUMPTIONS:
        if a.name not in ("noticing", "optimism"):
            settings += [({**assumed, a.name: end}, a.name) for end in a.plausible]
    for setting, varied in settings:
        for half in (False, True):
            found = {
                world: [columns_of(one.answers(world, setting, half=half)) for one in held] for world in ("on", "off")
            }
            for what in SETS:
                heard = {
                    (one.arm.name, world): Share(
                        int((found[world][k][what] == 1).sum()), int((found[world][k][what] >= 0).sum())
                    )
                    for k, one in enumerate(held)
                    for world in found
                }
                ratio = likelihood_ratio([c[what] for c in found["on"]], [c[what] for c in found["off"]])
                yield VariedRatio(dict(setting), varied, half, what, heard, ratio)
