"""The interviews in plain words and a few small tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from analysis.compare.share import BlockShare
from analysis.studies.interviews.gap import OUTCOMES, POPULATIONS
from analysis.studies.interviews.hold import SIZE_WORDS, SIZES, Interviews, Size
from analysis.studies.interviews.likelihood import meaning
from analysis.studies.interviews.statements import ASSUMPTIONS, SETS, STATEMENTS
from analysis.studies.interviews.tables import Answers
from analysis.studies.interviews.verdict import WHATS, accounts_of, ceiling
from analysis.studies.interviews.worlds import REFERENCE
from analysis.words.care import EPISODES, NOBODY, SUPPORT
from analysis.words.numbers import DASH, figures, fixed, interval, setting, signed, span
from analysis.words.prose import capital, plural, wrapped
from sim.relations import WEEKS_IN_YEAR

if TYPE_CHECKING:
    from analysis.studies.interviews.study import Held

CAUTION = (
    "This is about a model, in which somebody decided what groups do, and not about groups. A low share says that the "
    "account, with these assumptions about telling and coding, would seldom have led to such a paper; a high one does "
    "not say that it is true: other accounts may do as well. A ratio near 1 would mean that such a study cannot tell "
    "whether meeting did anything; a large one, that it would be evidence if the two accounts were the only ones "
    "possible."
)
NOISE = (
    "Assumed of telling and coding, the same for everybody and every statement: who has something to tell may not tell "
    "it (silence), who has not may tell it kindly (kindness), and a coder of reliability kappa (coding) sees what was "
    "said with chance sqrt(kappa) and tosses a coin otherwise. What a study would report is worked out exactly from "
    "these chances."
)
WORDING = (
    "A statement is reported if as many of the eight interviewed say it as the paper's words ask for: all; most "
    "(five); many (four); some (one)."
)
BUILT_IN = (
    "An account that has a rule for what a statement says will make it true: that is no finding. What is, is how often "
    "all are reported together, which of them fail, and what is reported where nothing comes of meeting."
)
PAPER = "full"  # the account of which the survivorship gap is shown, where it is among those held
TINY = 0.0001


def summary_of(found: Held) -> str:
    """What is printed and kept as summary.txt."""
    held, answers, assumed = found.held, found.answers, found.study.settings["assumed"]
    parts = [
        "Virtual interviews: would this study have reported what the paper does?",
        *(_fits(held, answers, size) for size in SIZES),
        wrapped(most_possible(held, assumed)),
        wrapped(WORDING),
        _assumed(assumed),
        wrapped(NOISE),
        _kept(held),
        *(_heard(held, answers, size) for size in SIZES),
        _varied(held, answers),
        _gaps(held, answers),
        wrapped(CAUTION), wrapped(BUILT_IN), wrapped(f"{NOBODY} {EPISODES} {SUPPORT}"),
    ]  # fmt: skip
    return "\n\n".join(part for part in parts if part) + "\n"


def kinds_of(held: Sequence[Interviews]) -> list[str]:
    """The kinds of group, in order."""
    return list(dict.fromkeys(one.kind for one in held))


def kinds(held: Sequence[Interviews]) -> str:
    """Which groups, and how many towns."""
    first, accounts = {one.kind: one for one in reversed(held)}, plural(len(accounts_of(held)), "account")
    ages = ", ".join(f"{kind} after {span(first[kind].years * WEEKS_IN_YEAR)}" for kind in kinds_of(held))
    return f"{len(held[0].towns)} towns of each kind, lived under {accounts}; {ages}"


def shown_account(held: Sequence[Interviews]) -> str:
    """The account of which the survivorship gap is shown."""
    names = accounts_of(held)
    return PAPER if PAPER in names else names[-1]


def in_short(held: Sequence[Interviews], found: Answers, assumed: Mapping[str, float]) -> list[str]:
    """What was found, a sentence or two each."""
    lines = []
    for size in SIZES:
        each = [f"{account}: {share_words(found.fit(account, size).share)}" for account in accounts_of(held)]
        lines.append(
            f"Studies that would report all {len(STATEMENTS)} statements, asking {SIZE_WORDS[size]}: {'; '.join(each)}."
        )
        numbers = [f"{account}: {fixed(found.number(account, size).mean, 1)}" for account in accounts_of(held)]
        lines.append(f"Statements that such a study would report, mean: {', '.join(numbers)}.")
    return [*lines, most_possible(held, assumed), WORDING, _assumed(assumed), NOISE]


def most_possible(held: Sequence[Interviews], assumed: Mapping[str, float]) -> str:
    """What noise leaves of studies, were everything true."""
    most = ceiling(len(kinds_of(held)), assumed)
    return (
        f"Were every statement true of everybody, {chance_words(most)} of studies would report all of them: the rest "
        "is lost in telling and coding. No account can do better."
    )


def chance_words(chance: float) -> str:
    """A chance as a percentage, with two digits that count."""
    if 0 < chance < TINY:
        return f"<{100 * TINY:g} %"
    return DASH if chance != chance else f"{figures(100 * chance) if chance < 0.995 else fixed(100 * chance, 0)} %"  # noqa: PLR0124


def share_words(share: BlockShare) -> str:
    """Such as "4.1 % (0.8 to 12 %)"; or that there was nobody to ask."""
    if not share.of:
        return "nobody to ask"
    low = "0" if share.low < TINY else chance_words(share.low).removesuffix(" %")
    return f"{chance_words(share.value)} ({low} to {chance_words(share.high)})"


def _fits(held: Sequence[Interviews], found: Answers, size: Size) -> str:
    names = kinds_of(held)
    counted = "".join(f"{kind:>11}" for kind in names)
    against = f"times as often as under `{REFERENCE}`" if found.odds else ""
    lines = [
        f"Asking {SIZE_WORDS[size]}",
        f"  {'account':<14}{counted}{'studies that report all':>28}{'statements':>12}   {against}".rstrip(),
    ]
    for account in accounts_of(held):
        fit, number = found.fit(account, size), found.number(account, size)
        groups = "".join(f"{count:>11}" for count in fit.groups)
        ratio = found.ratio(account, size)
        told = f"{ratio.words()}: {meaning(ratio)}" if ratio and fit.share.of else ""
        mean = f"{fixed(number.mean, 1)} of {len(STATEMENTS)}" if fit.share.of else DASH
        row = f"  {account:<14}{groups}{share_words(fit.share):>28}{mean:>12}   {told}"
        lines.append(row.rstrip())
    return "\n".join(lines)


def _kept(held: Sequence[Interviews]) -> str:
    head = f"{'still met':>11}{'4 or more':>11}{'exactly 4':>11}{'1 to 3':>8}{'mean regulars':>15}"
    lines = ["Groups at that age, and their regulars", f"  {'':<20}{head}"]
    for kind in kinds_of(held):
        some = [one for one in held if one.kind == kind]
        lines.append(f"  {kind}, {span(some[0].years * WEEKS_IN_YEAR)}, of {len(some[0].towns)} towns")
        for one in some:
            regulars = one.regulars
            there = regulars[regulars > 0]
            counts = (int(one.chosen(size).sum()) for size in reversed(SIZES))
            four, exactly = counts
            still, fewer = sum(town.open for town in one.towns), int(((regulars > 0) & (regulars < 4)).sum())
            mean = fixed(there.mean(), 1) if len(there) else DASH
            lines.append(f"    {one.account:<18}{still:>11}{four:>11}{exactly:>11}{fewer:>8}{mean:>15}")
    return "\n".join(lines)


def _assumed(assumed: Mapping[str, float]) -> str:
    values = (interval(assumed[a.name], *a.plausible, setting) for a in ASSUMPTIONS)
    named = [f"{a.name} {value}" for a, value in zip(ASSUMPTIONS, values, strict=True)]
    return wrapped(f"Assumptions, with plausible ranges: {', '.join(named)}.")


def row_words(what: str) -> str:
    """A statement or a set, as tables and figures name it."""
    statement = next((s for s in STATEMENTS if s.id == what), None)
    return f"{statement.words} ({statement.claim}, {statement.wording})" if statement else f"= {SETS[what]}"


def _heard(held: Sequence[Interviews], found: Answers, size: Size) -> str:
    names = accounts_of(held)
    lines = [
        f"Of a hundred studies, how many would report each statement; asking {SIZE_WORDS[size]}",
        f"  {'':<44}" + "".join(f"{name[:11]:>12}" for name in names),
    ]
    for what in (*WHATS[len(SETS) :], *SETS):
        cells = "".join(f"{_hundred(found.fit(name, size, what).share):>12}" for name in names)
        lines.append(f"  {row_words(what):<44}{cells}")
    return "\n".join(lines)


def _hundred(share: BlockShare) -> str:
    if not share.of:
        return DASH
    value = 100 * share.value
    return fixed(value, 1 if 0 < value < 1 or 99 < value < 100 else 0)


def _varied(held: Sequence[Interviews], found: Answers) -> str:
    lines = [
        "Studies that report all, and statements reported, over all assumptions tried (each at both ends of its "
        "plausible range, and three more)"
    ]
    for size in SIZES:
        lines.append(f"  {capital(SIZE_WORDS[size])}")
        for account in accounts_of(held):
            some = [v for v in found.varied if (v.account, v.size) == (account, size) and v.share.of]
            if not some:
                lines.append(f"    {account:<14}nobody to ask")
                continue
            least, most = (pick(v.share.value for v in some) for pick in (min, max))
            few, many = (pick(some, key=lambda v: v.mean) for pick in (min, max))
            counts = f"{fixed(few.mean, 1)} ({few.setting}) to {fixed(many.mean, 1)} ({many.setting})"
            lines.append(f"    {account:<14}{f'{chance_words(least)} to {chance_words(most)}':<22}{counts}")
    return "\n".join(lines)


def _gaps(held: Sequence[Interviews], found: Answers) -> str:
    account = shown_account(held)
    lines = [
        f"Survivorship gap under `{account}`, in standard deviations of everyone eligible before coming: change since "
        "before | the twins' | difference"
    ]
    for kind in kinds_of(held):
        rows = found.gaps[kind, account]
        lines.append(f"  {kind:<14}" + "".join(f"{POPULATION_SHORT[name]:>24}" for name in POPULATIONS))
        for outcome in OUTCOMES:
            cells = [next(g for g in rows if (g.population, g.outcome) == (name, outcome)) for name in POPULATIONS]
            three = [(g.change.value, g.twin_change.value, g.difference.value) for g in cells]
            said = "   ".join(" |".join(f"{signed(value):>6}" for value in each) for each in three)
            lines.append(f"    {outcome:<14}{said}")
    return "\n".join(lines)


POPULATION_SHORT = {
    "interviewed": "interviewed",
    "regulars": "all regulars",
    "joined": "all who ever came",
    "eligible": "everyone eligible",
}
