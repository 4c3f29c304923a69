"""What exactly is asked by an estimand, after ICH E9 (R1).

Whom, against what, on what, when, and what becomes of those who leave, whose group closes or who move away. ``read.py``
fills this in for what it reads, so that no claim says it twice.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from analysis.compare.outcomes import GROUP_MEASURES, OUTCOME
from analysis.studies.claims.meanings import NEAREST_YEARS, TOTALS

NOT_SAID = "not said"
NO = "no"
COUNT_ON = "who has left by then counts on, as one who came"
NO_REGULAR = "who has left by then is no regular, and is not counted"
EVERYBODY = "everybody counts, members or not"
GROUP_GONE = "where the group has closed by then people count on"
NO_REGULARS = "a group that has closed has no regulars: its town adds nobody"
MOVED = "who has moved away by then is not counted; moves are the same in every arm"
OF_GROUPS = "does not matter: groups are counted, not people"
PER_PERSON = "mean over people, whatever town they live in"
IN_SD = ", in standard deviations of everyone eligible before joining"
IN_OWN_SD = ", in standard deviations of these people, pooled over both worlds"
SHARE = "ratio of the two means"
GAP = "difference of the two means"


@dataclass(frozen=True)
class Asked:
    """The attributes of an estimand, each in words.

    Attributes:
        population: of whom or what it is.
        fixed: when it is fixed who they are.
        depends: whether who they are depends on the treatment: NO, or on which arm.
        contrast: treatment against what.
        outcome: on what, with its unit.
        time: when, or over how long.
        leaving, closing, moving: what is done about people who leave the group, groups that close, and people who move
            away from the area.
        summary: how it is summed up.
    """

    population: str = NOT_SAID
    fixed: str = NOT_SAID
    depends: str = NOT_SAID
    contrast: str = NOT_SAID
    outcome: str = NOT_SAID
    time: str = NOT_SAID
    leaving: str = NOT_SAID
    closing: str = NOT_SAID
    moving: str = NOT_SAID
    summary: str = NOT_SAID


NOTHING_SAID = Asked()
NAMES = tuple(field.name for field in fields(Asked))
MEANINGS = {
    "population": "of whom or what",
    "fixed": "when it is fixed who they are",
    "depends": "whether who they are depends on the arm",
    "contrast": "what is held against what",
    "outcome": "on what",
    "time": "when, or over how long",
    "leaving": "people who leave the group",
    "closing": "groups that close",
    "moving": "people who move away",
    "summary": "summary measure",
}


def people_of(population: str, arm: str) -> str:
    """A population in words: "regulars of groupA"."""
    return {
        "eligible": f"everyone whom {arm} would take",
        "joined": f"all who ever came to {arm}",
        "regulars": f"regulars of {arm}",
    }[population]


def of_people(
    arms: tuple[str, ...], outcome: str, population: str, years: int, summary: str, *, under: str = ""
) -> Asked:
    """Of people at a time, life against twin, in one arm or held against the same in another.

    Args:
        arms: one, or two that are held against each other.
        outcome: in words, with its unit, or a name of ``OUTCOMES``.
        population: "eligible", "joined" or "regulars".
        years: when, after the opening.
        summary: how it is summed up.
        under: the arm by which it is said who they are, whose people are looked at in both; each by its own, if empty.
    """
    arm, *base = arms
    counted = outcome in OUTCOME and not OUTCOME[outcome].state
    by = under or (arm if not base else "")
    who = people_of(population, by or "either, each its own")
    contrast = f"{arm} against the same town without a group"
    if base:
        contrast = f"effect in {arm}, against the same town without a group, beside that in {base[0]}"
    leaving, closing = {"regulars": (NO_REGULAR, NO_REGULARS)}.get(population, (COUNT_ON, GROUP_GONE))
    if under and base:
        other = next(name for name in arms if name != under)
        contrast += ", on the same people"
        leaving = f"{leaving} (in {under}); in {other} all of them count, come, gone or never seen there"
        closing = f"{closing} (in {under}); in {other} people count on"
    depends = f"yes: on {by}" if by else "yes: each arm has its own people"
    return Asked(
        population=f"{who} who still live in the area, year {years}",
        fixed=f"year {years}, by what they do in {by}" if by else f"year {years}, by what they do in each arm",
        depends=NO if population == "eligible" else depends,
        contrast=contrast,
        outcome=f"{OUTCOME[outcome].label} ({OUTCOME[outcome].unit})" if outcome in OUTCOME else outcome,
        time=f"the year up to year {years}, from first coming at the earliest" if counted else f"year {years}",
        leaving=leaving,
        closing=closing,
        moving=MOVED,
        summary=summary,
    )


def summary_of(standard: bool, own: bool, measure: str = PER_PERSON) -> str:
    """How an effect on people is summed up."""
    return measure + (IN_OWN_SD if own else IN_SD if standard else "")


ALL_GROUPS = ("open", "ever_came")  # measures that groups which have closed have too


def of_groups(arms: tuple[str, ...], measure: str, years: int, summary: str) -> Asked:
    """Of groups: a measure of ``GROUP_MEASURES`` in one arm, or held against the same in another."""
    words, unit = GROUP_MEASURES[measure]
    every = measure in ALL_GROUPS
    where = " and of ".join(arms)
    return Asked(
        population=f"{'all groups begun' if every else 'groups that have the measure'} of {where}",
        fixed="the opening" if every else f"year {years}, by which groups are open and have it",
        depends=NO if every else "yes: each arm has its own groups",
        contrast=f"{arms[0]} against {arms[1]}" if len(arms) > 1 else f"none: {arms[0]} alone",
        outcome=f"{words} ({unit})",
        time=f"the year up to year {years}" if measure == "attendance" else f"year {years}",
        leaving="part of the measure",
        closing="part of the measure" if every else "a group that has closed is not counted",
        moving="part of the measure",
        summary=summary,
    )


@dataclass(frozen=True)
class Counted:
    """Who or what is counted by a total of a run that others are divided by; as in ``Asked``.

    Attributes:
        whom: in words, where the total's own meaning says it less well.
    """

    fixed: str
    depends: str
    time: str
    leaving: str
    closing: str
    moving: str
    whom: str = ""


TWINS = ("without the group", "of the twins")  # by which it is known that a total is of them
_YES = "yes: on the arm"
_BEFORE = "comes after: they are looked at just before"
_MEMBERS = Counted("every four weeks", _YES, "the second year", "who has left is not counted",
                   "a group that has closed has no members", "who has moved away is not counted")  # fmt: skip
_CAME = Counted("first coming, within two years", _YES, "just before first coming", _BEFORE, _BEFORE, _BEFORE)
_REGULAR_A_YEAR_ON = Counted("a year after coming", _YES, "a year after coming, or as the outcome says",
                             NO_REGULAR, NO_REGULARS, MOVED)  # fmt: skip
_BOTH_TIMES = Counted("week 28 since coming", _YES, "as the outcome says, within two years",
                      "who does not come in both periods is not counted", "where it closes before, not counted",
                      "who moves away before is not counted",
                      "people who came to meetings in weeks 1-4 and in weeks 25-28 since coming")  # fmt: skip
_CARRIED = Counted("first coming", _YES, "the second year, every four weeks",
                   "counts with the trust that was there on leaving", "counts as leaving", MOVED)  # fmt: skip
_YEAR_TWO = Counted("first coming, within the first year", _YES, "the second year", COUNT_ON, GROUP_GONE,
                    MOVED)  # fmt: skip
_MEETING = Counted("each meeting", _YES, "two years", "who has left takes no turns", "no meetings after",
                   "who has moved away takes no turns")  # fmt: skip
_WHILE_OPEN = Counted("each week in which the group is open", _YES, "as the outcome says", OF_GROUPS,
                      "weeks after it are not counted", OF_GROUPS)  # fmt: skip
_BEGUN = Counted("the opening", NO, "as the outcome says", OF_GROUPS, "part of the outcome", OF_GROUPS,
                 "all groups begun")  # fmt: skip
OTHERWISE = Counted("as the population says", _YES, "as the outcome says", "as the population says",
                    "as the population says", "as the population says")  # fmt: skip
COUNTED: dict[str, Counted] = {
    "opening": Counted("the opening", NO, "the opening", "comes after", "comes after", "comes after"),
    "stayed": Counted("the opening and two years on", NO, "over two years", EVERYBODY, EVERYBODY, MOVED),
    "later": Counted("two years after the opening", NO, "two years after the opening, or over them", EVERYBODY,
                     EVERYBODY, MOVED),
    "comers": _CAME,
    "founders": Counted("the opening", _YES, "the opening", _BEFORE, _BEFORE, _BEFORE),
    "seen_a_year_on": Counted("a year after first coming", _YES, "the year after first coming", COUNT_ON, GROUP_GONE,
                              MOVED),
    "early_meetings": _BOTH_TIMES,
    "late_meetings": _BOTH_TIMES,
    "shares": _MEETING,
    "new_looks": _MEMBERS,
    "old_looks": _MEMBERS,
    "attenders": Counted("first coming, at least half a year before the end of year 2", _YES,
                         "half a year since coming", "counts with what was done last, or none, as the outcome says",
                         "counts as leaving", "counts as leaving"),
    "carried_new_looks": _CARRIED,
    "carried_old_looks": _CARRIED,
    "year_two": _YEAR_TWO,
    "year_two_episodes": replace(_YEAR_TWO, whom="episodes in the second year of people who came in the first"),
    "year_two_twin_episodes": replace(_YEAR_TWO, whom="episodes in the second year of people who came in the first"),
    **{f"{name}_regulars_{year}": Counted(f"{year} years after the opening", _YES, f"{year} years after the opening",
                                          NO_REGULAR, NO_REGULARS, MOVED)
       for name in ("newer", "longer") for year in NEAREST_YEARS},
    "first_year_comers": Counted("first coming, within the first year", _YES, "year 2", "is the outcome",
                                 "counts as leaving", "counts as leaving"),
    "member_weeks": Counted("each week", _YES, "two years", "who has left is not counted",
                            "a group that has closed has no members", "who has moved away is not counted"),
    "year_on": Counted("a year after first coming, in the first year", _YES, "as the outcome says", COUNT_ON,
                       GROUP_GONE, MOVED),
    "regulars_year_on": _REGULAR_A_YEAR_ON,
    "gainers": _REGULAR_A_YEAR_ON,
    "first_hand": _REGULAR_A_YEAR_ON,
    "joining": _REGULAR_A_YEAR_ON,
    "first_hand_meetings": _REGULAR_A_YEAR_ON,
    "joining_meetings": _REGULAR_A_YEAR_ON,
    "helpers": Counted("year 2, by whether they have come", _YES, "two years", COUNT_ON, GROUP_GONE, MOVED),
    "open_2": Counted("two years after the opening", _YES, "a year later", OF_GROUPS, "is the outcome", OF_GROUPS),
    "groups_4": _BEGUN,
    "groups_8": _BEGUN,
    "open_weeks_4": _WHILE_OPEN,
    "open_weeks_8": _WHILE_OPEN,
    "found": Counted("each look, every four weeks over twelve years, at which it is open and led by members", _YES,
                     "any of these looks", OF_GROUPS, "a group that has closed is not found", OF_GROUPS),
    "knowing_groups_1": Counted("year 1", _YES, "year 1", "knowledge leaves with who leaves",
                                "a group that has closed is not counted", "knowledge leaves with who moves away"),
    "knowing_groups_8": Counted("year 8", _YES, "year 8", "knowledge leaves with who leaves",
                                "a group that has closed is not counted", "knowledge leaves with who moves away"),
}  # fmt: skip


def of_totals_of(
    arms: tuple[str, ...],
    counts: tuple[str, ...],
    outcome: str,
    summary: str,
    *,
    contrast: str = "",
    names: tuple[str, ...] = (),
) -> Asked:
    """Of totals of a run.

    Args:
        arms: that the totals are of.
        counts: names of the totals that others are divided by; the first says who is counted.
        outcome: in words, with its unit.
        summary: how it is summed up.
        contrast: in words; if not given, by the arms and whether a difference from the twins is summed up.
        names: of all totals that are read.
    """
    counted = next((COUNTED[name] for name in counts if name in COUNTED), OTHERWISE)
    population = counted.whom or " and ".join(dict.fromkeys(TOTALS[name][1] for name in counts)) or NOT_SAID
    if not contrast and len(arms) > 1:
        contrast = " against ".join(arms)
    elif not contrast and any("with the group minus without" in TOTALS[name][1] for name in names):
        contrast = f"{arms[0]} against the same town without a group"
    elif not contrast and (changes := [TOTALS[name][1] for name in names if TOTALS[name][1].startswith("change")]):
        twins = ["of the twins" in words for words in changes]
        whose = ", of the twins without a group" if all(twins) else ", beside the twins" if any(twins) else ""
        contrast = f"now against before coming, {arms[0]}{whose}"
    of_twins = [any(words in TOTALS[name][1] for words in TWINS) for name in names if name not in counts]
    alone = f"the twins of {arms[0]}, without a group" if of_twins and all(of_twins) else f"{arms[0]} alone"
    depends = counted.depends
    if depends == _YES:
        depends = f"yes: on {arms[0]}" if len(arms) == 1 else "yes: each arm has its own"
    return Asked(
        population=population, fixed=counted.fixed, depends=depends, contrast=contrast or f"none: {alone}",
        outcome=outcome, time=counted.time, leaving=counted.leaving, closing=counted.closing, moving=counted.moving,
        summary=summary,
    )  # fmt: skip
