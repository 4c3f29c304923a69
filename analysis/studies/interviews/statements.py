"""What the members said, each statement once, and what must be true of somebody to be saying it.

A study reports a statement if as many of all whom it interviewed say it as the paper's wording asks for: with two
groups of four, "some" is one of eight and "most" five. What must be true, how large a change must be to be told in an
interview, and how much is lost or added in telling and coding, are assumptions: they stand in ASSUMPTIONS with
plausible ranges, and the study shows what follows over these ranges.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

DATED = "2026-11-23; silence, kindness and coding 2026-11-28"
Wording = Literal["all", "most", "many", "some"]
About = Literal["change", "group"]


@dataclass(frozen=True)
class Assumption:
    """How large something must be to be told.

    Attributes:
        name: as an option.
        default: the value used unless asked otherwise.
        plausible: range of values that one could defend.
        accepted: range of values that make sense at all.
        meaning: in words, with its reason.
    """

    name: str
    default: float
    plausible: tuple[float, float]
    accepted: tuple[float, float]
    meaning: str


ASSUMPTIONS = (
    Assumption("noticing", 0.10, (0.05, 0.20), (0.001, 1.0),
               "how far a state or share (0 to 1) must have moved since before coming, to be told"),
    Assumption("lessened", 0.20, (0.10, 0.50), (0.001, 1.0),
               "by what share episodes must have fallen since the year before coming, to be told"),
    Assumption("optimism", 0.0, (0.0, 0.3), (0.0, 1.0),
               "how much is added to a change in the telling, for a mean tie of 1 to the other regulars"),
    Assumption("friend", 0.5, (0.33, 0.80), (0.0, 1.0),
               "tie from which another regular is called a friend (90 hours together: Hall 2019)"),
    Assumption("contacts", 12.0, (4.0, 52.0), (0.0, 3650.0),
               "texts and answered calls a year from which members ring each other"),
    Assumption("judged", 0.10, (0.05, 0.20), (0.0, 1.0),
               "largest share of what one said that was judged, for a place without the fear of it"),
    Assumption("silence", 0.05, (0.0, 0.20), (0.0, 1.0),
               "chance that somebody does not tell what is true of her or him"),
    Assumption("kindness", 0.05, (0.0, 0.20), (0.0, 1.0),
               "chance that somebody tells kindly of the group what is not true of her or him"),
    Assumption("coding", 0.90, (0.60, 1.0), (0.0, 1.0),
               "reliability of coding the interviews, as Cohen's kappa of two coders (the paper gives none)"),
)  # fmt: skip
DEFAULTS = {a.name: a.default for a in ASSUMPTIONS}
NO_NOISE = {"silence": 0.0, "kindness": 0.0, "coding": 1.0}


@dataclass(frozen=True)
class Telling:
    """Some people and what they have to tell.

    Attributes:
        columns: float64[k] by name, see ``lookback.COLUMNS``.
        assumed: a value for each of ASSUMPTIONS.
    """

    columns: Mapping[str, np.ndarray]
    assumed: Mapping[str, float]

    @property
    def optimism(self) -> np.ndarray:
        """float64[k]: what is added to every change in the telling; nothing without ties."""
        return self.assumed["optimism"] * self.columns["mean_tie"]

    def before(self, name: str) -> np.ndarray:
        """float64[k]: before coming."""
        return self.columns[f"{name}_before"]

    def now(self, name: str) -> np.ndarray:
        """float64[k]: at the interview."""
        return self.columns[f"{name}_now"]

    def noticed(self, name: str, sign: int) -> np.ndarray:
        """bool[k]: whether something has risen (sign 1) or fallen (-1) far enough to be told."""
        told = sign * (self.now(name) - self.before(name)) + self.optimism
        return told >= self.assumed["noticing"]  # NaN is nothing to tell

    def lessened(self) -> np.ndarray:
        """bool[k]: whether episodes have fallen far enough to be told; not where there were none before."""
        before = self.before("episodes")
        fall = np.divide(before - self.now("episodes"), before, out=np.full(len(before), np.nan), where=before > 0)
        return fall + self.optimism >= self.assumed["lessened"]

    def manages(self) -> np.ndarray:
        """bool[k]: copes better, or gets through more of the hard days, or has fewer episodes."""
        return self.noticed("coping", 1) | self.noticed("got_through", 1) | self.lessened()


@dataclass(frozen=True)
class Statement:
    """Something that members said.

    Attributes:
        id: short, for columns.
        claim: of docs/odd.md, appendix G.
        words: what is said, in a few words, for figures.
        quote, speaker: from the paper.
        kind: of what is said, which may be stricter than the claim's: "built in" is put into the first model and into
            some of the other accounts, and hearing it there is no finding.
        about: "change" since before coming, or life in the "group".
        wording, wording_quote: how many said so, by the paper's own words.
        true_of: what must be true of who says it, in words.
        says: takes a Telling, gives bool[k].
    """

    id: str
    claim: str
    words: str
    quote: str
    speaker: str
    kind: str
    about: About
    wording: Wording
    wording_quote: str
    true_of: str
    says: Callable[[Telling], np.ndarray]


NOTICED = "by at least `noticing`"
STATEMENTS = (
    Statement(
        "alone", "C17", "less alone with it", "makes you realise that you're not on your own", "A1", "emergent",
        "change", "all", "group members no longer felt so isolated and alone", f"isolation has fallen {NOTICED}",
        lambda t: t.noticed("isolation", -1),
    ),
    Statement(
        "shame", "C14", "accepted, less ashamed", "helps you to feel more normal and not such a bad person", "A3",
        "built in", "change", "some", "it doesn't make me feel so guilty (A1, for one)", f"stigma has fallen {NOTICED}",
        lambda t: t.noticed("stigma", -1),
    ),
    Statement(
        "judged", "C7", "free to speak, not judged", "without the fear of being judged", "B3", "built in", "group",
        "all", "members could listen and talk to others ... free from judgement",
        "has shared within the year, and no more than `judged` of it was judged",
        lambda t: t.columns["judged"] <= t.assumed["judged"],
    ),
    Statement(
        "understands", "C22", "understands why", "It's like someone's turned a light switch on", "A2", "built in",
        "change", "some", "some group members spoke about how, before joining ... they did not fully understand",
        f"understanding has risen {NOTICED}",
        lambda t: t.noticed("understanding", 1),
    ),
    Statement(
        "helps", "C24", "helping others helps oneself", "It kind of mirror images to yourself", "B3", "built in",
        "group", "some", "offering advice also benefitted the individual giving the advice",
        f"has helped others within the year, and understanding has risen {NOTICED}",
        lambda t: (t.columns["helped"] > 0) & t.noticed("understanding", 1),
    ),
    Statement(
        "copes", "C23", "learned other ways to cope", "the different ways that we've tried to cope", "B4", "built in",
        "change", "some", "opportunities to share and learn better ways of coping",
        f"coping has risen {NOTICED}",
        lambda t: t.noticed("coping", 1),
    ),
    Statement(
        "manages", "C26", "manages it better", "I have been able to manage my self-harm", "A3", "emergent", "change",
        "most", "enabled most members to lessen and better manage their self-harm",
        f"coping, or the share of hard days got through, has risen {NOTICED}; or it has lessened",
        lambda t: t.manages(),
    ),
    Statement(
        "lessened", "C26", "it has lessened", "in some cases to lessen their self-harm", "authors", "emergent",
        "change", "some", "enabled most members to better manage, and indeed in some cases to lessen",
        "episodes have fallen by at least `lessened` since the year before coming",
        lambda t: t.lessened(),
    ),
    Statement(
        "friends", "C18", "friends in the group", "you are sort of friends", "B3", "emergent", "group",
        "all", "strong bonds developed between group members", "a tie to another regular of at least `friend`",
        lambda t: t.columns["strongest_tie"] >= t.assumed["friend"],
    ),
    Statement(
        "ring", "C19", "can ring each other", "we are all welcome to ring each other", "B3", "built in", "group",
        "all", "group members who were often in contact with each other",
        "texts and answered calls, at least `contacts` within the year",
        lambda t: t.columns["contacts"] >= t.assumed["contacts"],
    ),
    Statement(
        "open", "C25", "no longer hides it", "I accept it within myself now", "A4", "held out", "change",
        "many", "many group members did not feel that they had to continue hiding",
        "has told somebody outside within the year, more often than in the year before coming",
        lambda t: t.now("told_outside") > np.nan_to_num(t.before("told_outside")),
    ),
)  # fmt: skip
STATEMENT_IDS = tuple(s.id for s in STATEMENTS)

SETS = {
    "everything": "all statements",
    "not built in": "all that are not built in",
    "change": "all about change since before coming",
}


def in_set(name: str) -> np.ndarray:
    """bool[statements]: which belong to a set of SETS."""
    chosen = {
        "everything": lambda s: True,
        "not built in": lambda s: s.kind != "built in",
        "change": lambda s: s.about == "change",
    }[name]
    return np.array([chosen(statement) for statement in STATEMENTS])


def voices_needed(wording: Wording, interviewed: np.ndarray) -> np.ndarray:
    """How many must say it, of so many: all; most is more than half; many is half; some is one. int64[groups]."""
    return {
        "all": interviewed,
        "most": interviewed // 2 + 1,
        "many": -(-interviewed // 2),
        "some": np.minimum(interviewed, 1),
    }[wording]


def voices(telling: Telling) -> np.ndarray:
    """bool[statements, k]: who says what."""
    with np.errstate(invalid="ignore"):
        return np.array([statement.says(telling) for statement in STATEMENTS], bool)
