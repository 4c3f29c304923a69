"""The interviews in plain words and three small tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from analysis.studies.interviews.gap import OUTCOMES, POPULATIONS
from analysis.studies.interviews.hold import SIZES, Interviews
from analysis.studies.interviews.likelihood import Ratio, Share, meaning
from analysis.studies.interviews.statements import ASSUMPTIONS, SETS, STATEMENTS
from analysis.studies.interviews.tables import Answers
from analysis.studies.interviews.verdict import OPTIMISM, TOGETHER, VariedRatio, twins_can_say
from analysis.studies.interviews.worlds import WORLD_TITLES
from analysis.words.care import EPISODES, NOBODY, SUPPORT
from analysis.words.numbers import DASH, figures, fixed, interval, percent, setting, signed, span
from analysis.words.prose import capital, wrapped
from sim.relations import WEEKS_IN_YEAR

CAUTION = (
    "A likelihood ratio near 1 would mean that the study design cannot tell whether the group did anything. A large "
    "one is about this model, in which somebody decided what groups do, and not about groups: it says that these "
    "interviews would be evidence if the model's two worlds were the only ones possible."
)
BUILT_IN = (
    "Stigma, understanding and coping move by rules that were put in, and nothing but the group raises understanding: "
    'that twins cannot say such things is built in and no finding. "Not built in" leaves those statements out.'
)


def interviews_summary(held: Sequence[Interviews], found: Answers, assumed: Mapping[str, float]) -> str:
    """What is printed and kept as summary.txt."""
    parts = [
        "Virtual interviews: groups that lasted, their regulars asked to compare now with before they came",
        "\n".join(map(wrapped, _head(held, found))),
        _kept(held, found),
        _assumed(assumed),
        _heard(held, found),
        _ratios(held, found),
        _varied(found),
        _gaps(held, found),
        wrapped(CAUTION), wrapped(BUILT_IN), wrapped(f"{NOBODY} {EPISODES} {SUPPORT}"),
    ]  # fmt: skip
    return "\n\n".join(part for part in parts if part) + "\n"


def kinds(held: Sequence[Interviews]) -> str:
    """Which groups, and how many towns."""
    ages = ", ".join(f"{one.arm.name} after {span(one.years * WEEKS_IN_YEAR)}" for one in held)
    return f"{len(held[0].towns)} towns of each kind; {ages}"


def in_short(held: Sequence[Interviews], found: Answers, assumed: Mapping[str, float]) -> list[str]:
    """What was found, a sentence or two each."""
    return [*_head(held, found), _assumed(assumed)]


def _head(held: Sequence[Interviews], found: Answers) -> list[str]:
    whole = _whole(held)
    lines = []
    for what, words in SETS.items():
        chances = []
        for world in ("on", "off"):
            each = [found.share(one.arm.name, world, what).share for one in held]
            chances.append(f"{WORLD_TITLES[world]} in {' and '.join(_count(share) for share in each)}")
        names = " and ".join(one.arm.name for one in held)
        ratio = found.ratio(whole, what).ratio
        lines.append(
            f"{capital(words)}, heard in {names} that lasted: {'; '.join(chances)}. Likelihood ratio of "
            f"the whole study design: {ratio.words()}. {meaning(ratio)}"
        )
    return lines


def _whole(held: Sequence[Interviews]) -> str:
    return TOGETHER if len(held) > 1 else held[0].arm.name


def _kept(held: Sequence[Interviews], found: Answers) -> str:
    head = f"{'towns':>8}{'still met':>11}{'with 4 or more':>16}{'exactly 4':>11}{'1 to 3':>8}{'mean regulars':>15}"
    lines = ["Groups at that age, and their regulars", f"{'':44}{head}"]
    for one in held:
        lines.append(f"  {one.arm.title}, {span(one.years * WEEKS_IN_YEAR)}")
        for world in ("on", "company", "off"):
            still = sum(seen.open for seen in one.seen(world))
            four, exactly, fewer = (int(one.chosen(world, size).sum()) for size in SIZES)
            some = one.regulars(world)[one.regulars(world) > 0]
            mean = fixed(some.mean(), 1) if len(some) else DASH
            row = f"{len(one.towns):>8}{still:>11}{four:>16}{exactly:>11}{fewer:>8}{mean:>15}"
            lines.append(f"    {WORLD_TITLES[world]:<40}{row}")
    for size in SIZES[1:]:
        some_words = []
        for one in held:
            counts = [
                f"{WORLD_TITLES[world]} {_count(found.share(one.arm.name, world, 'not built in', size).share)}"
                for world in ("on", "off")
            ]
            some_words.append(f"{one.arm.name}: {', '.join(counts)}")
        said = f"with {size} regulars, {SETS['not built in']} are heard in {'; '.join(some_words)}"
        lines.append(wrapped(said, indent="  "))
    return "\n".join(lines)


def _count(share: Share | None) -> str:
    if share is None or not share.of:
        return "0 of 0"
    low, high = share.interval
    return f"{share.heard} of {share.of} ({fixed(100 * low, 1)} to {percent(high, 1)})"


def _assumed(assumed: Mapping[str, float]) -> str:
    values = (interval(assumed[a.name], *a.plausible, setting) for a in ASSUMPTIONS)
    named = [f"{a.name} {value}" for a, value in zip(ASSUMPTIONS, values, strict=True)]
    return wrapped(f"Assumed, with plausible ranges: {', '.join(named)}.")


def _rows() -> Iterable[tuple[str, str]]:
    for statement in STATEMENTS:
        yield statement.id, f"{statement.words} ({statement.claim}, {statement.wording})"
    yield from ((name, f"= {words}") for name, words in SETS.items())


def _heard(held: Sequence[Interviews], found: Answers) -> str:
    def heard(name: str, world: str, what: str) -> float:
        share = found.share(name, world, what).share
        return float("nan") if share is None else share.value

    def voices(name: str, world: str, what: str) -> float:
        return found.share(name, world, what).voices

    groups = _of_hundred("Heard in how many of a hundred groups that lasted, with four regulars or more", held, heard)
    people = _of_hundred("Said by how many of a hundred people interviewed there", held, voices, sets=False)
    return f"{groups}\n\n{people}"


def _of_hundred(
    title: str, held: Sequence[Interviews], value: Callable[[str, str, str], float], sets: bool = True
) -> str:
    worlds = {"on": "on", "company": "comp.", "off": "off", "twins": "twins"}
    head = "".join(f"{one.arm.name:>24}    " for one in held).rstrip()
    lines = [title, f"{'':44}{head}"]
    lines.append(f"{'':44}" + "    ".join("".join(f"{short:>6}" for short in worlds.values()) for _ in held))
    for what, words in _rows():
        if sets or what not in SETS:
            cells = ["".join(f"{_hundred(value(one.arm.name, world, what)):>6}" for world in worlds) for one in held]
            lines.append(f"  {words:<42}" + "    ".join(cells))
    return "\n".join(lines)


def _hundred(share: float) -> str:
    return fixed(100 * share, 1 if 0 < share < 0.01 or 0.99 < share < 1 else 0)


def _ratios(held: Sequence[Interviews], found: Answers) -> str:
    lines = ["How many times as likely with all effects on as with every effect off (95 % interval)"]
    names = [one.arm.name for one in held]
    for what, words in _rows():
        apart = "; ".join(f"{name} {found.ratio(name, what).ratio.words()}" for name in names)
        if what in SETS:
            company = found.ratio(_whole(held), what, "company", "off").ratio
            text = f"{words}: {apart}. Company only against off, the whole design: {company.words()}."
            if twins_can_say(what):
                text += f" On against its own twins: {found.ratio(_whole(held), what, 'on', 'twins').ratio.words()}."
        elif twins_can_say(what):
            against = "; ".join(f"{name} {found.ratio(name, what, 'on', 'twins').ratio.words()}" for name in names)
            text = f"{words}: {apart}. Against its own twins: {against}."
        else:
            text = f"{words}: {apart}."
        lines.append(wrapped(text, indent="  ", hanging="      "))
    return "\n".join(lines)


def _varied(found: Answers) -> str:
    lines = ["Over all assumptions tried (noticing 0.05-0.20, optimism 0-0.3, the others at their ends; two wordings)"]
    for what, words in SETS.items():
        some = [v for v in found.varied if v.what == what]
        known = [v.ratio for v in some if v.ratio.kind == "estimate"]
        one = sum(r.low <= 1 <= r.high for r in known)
        if not known:
            text = f"{words}: heard in both worlds in none of {len(some)} settings, so that there are only bounds"
        else:
            text = (
                f"{words}: heard in both worlds in {len(known)} of {len(some)} settings, a ratio of {_span(known)} "
                f"({one} with an interval that holds 1); only a bound or unknown in the others. "
                f"{'; '.join(_at_optimism(some, o) for o in (OPTIMISM[0], OPTIMISM[-1]))}"
            )
        lines.append(wrapped(text, indent="  ", hanging="      "))
    return "\n".join(lines)


def _at_optimism(some: Sequence[VariedRatio], optimism: float) -> str:
    grid = [v.ratio for v in some if v.varied == "noticing and optimism" and v.assumed["optimism"] == optimism]
    known = [ratio for ratio in grid if ratio.kind == "estimate"]
    return f"at optimism {setting(optimism)}, {_span(known)} in {len(known)} of {len(grid)}"


def _span(ratios: Sequence[Ratio]) -> str:
    values = [ratio.value for ratio in ratios]
    return f"{figures(min(values))} to {figures(max(values))}" if values else "none"


def _gaps(held: Sequence[Interviews], found: Answers) -> str:
    lines = [
        "Survivorship gap, in standard deviations of everyone eligible: change since before | the twins' | difference"
    ]
    for one in held:
        rows = found.gaps[one.arm.name]
        lines.append(f"  {one.arm.name:<14}" + "".join(f"{POPULATION_SHORT[name]:>24}" for name in POPULATIONS))
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
