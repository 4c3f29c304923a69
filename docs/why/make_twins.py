"""Renew the numbers and the figure of docs/why/twins.md: one person in two worlds.

    python docs/why/make_twins.py           renew them (about half a minute)
    python docs/why/make_twins.py --check   exit with 1 if the numbers are out of date

Each block of numbers stands between two comments, ``<!-- numbers: name -->`` and ``<!-- end: name -->``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from draw_twins import draw
from page_numbers import renewed

from sim import draws, purposes
from sim.life import Life
from sim.plan import DAILY, EVENING, MORNING, PLAN
from sim.scenario import load
from sim.state import AS_FOUNDER, HEARD_NAMES, MEMBER, UNAWARE
from sim.trace import WEEKDAYS, Entry, watch_week
from sim.week import live_week

HERE = Path(__file__).parent
PAGE, PICTURE = HERE / "twins.md", HERE / "twins.png"
SCENARIOS = HERE.parents[1] / "scenarios"
SEED, YEAR = 1, 52
HORIZON = 260  # weeks in which somebody is looked for who came and stayed
STREAM_WEEKS = 26
OUTSIDER_ID = 500  # in the range of nobody: residents are 0 to 79, newcomers begin at 1,000,000
COUNTED = 20_000
TOLD = {"status", "visiting", "isolation", "stigma", "understanding", "coping", "trust", "distress", "strain", "fit"}
STATES = ("isolation", "stigma", "understanding", "coping", "trust")


class Twins(NamedTuple):
    """The same town twice, and the person who is looked at: row, id, week of the first visit."""

    group: Life
    absent: Life
    row: int
    id: int
    came: int


def world(scenario: str, weeks: int = HORIZON) -> Life:
    """A life of a scenario with this page's seed, not yet lived beyond the lead-in."""
    return Life({**load(SCENARIOS / f"{scenario}.yaml").values, "run.seed": SEED, "run.weeks": weeks}, history_every=1)


def find_twins() -> Twins:
    """Live both worlds; of all who came later than the founders and stayed a year, the most frequent visitor."""
    group, absent = world("groupA"), world("absent")
    group.live()
    absent.live()
    best, most = (-1, -1), -1
    for row in range(len(group.traits)):
        came = int(group.history.first_joined_week[-1, row]) - group.lead_in
        founder = group.world.people.heard_of[row] == AS_FOUNDER
        if founder or came < 0 or came + YEAR > HORIZON:
            continue
        stayed = bool(np.all(group.history.status[came + 1 : came + YEAR + 1, row] == MEMBER))
        meetings = int(group.history.meetings[came + YEAR, row])
        if stayed and meetings > most:
            best, most = (row, came), meetings
    if most < 0:
        raise ValueError("nobody came later and stayed for a year: choose another SEED")
    row, came = best
    return Twins(group, absent, row, int(group.traits.id[row]), came)


# The first difference.


def who(twins: Twins) -> str:
    """Who is looked at, and why."""
    one = twins.group.traits[twins.row]
    whom = "a woman" if one.woman else "a man"
    return (
        f"Person {twins.id} of `scenarios/groupA.yaml` with seed {SEED}: {whom} of {one.age:.0f} with a usual "
        f"level of isolation of {one.isolation_set:.2f} and of shame of {one.stigma_set:.2f}. Of all who came to the "
        "group after its opening and were members for the whole year that followed, this is the one with the most "
        "meetings, so the group has had every chance to make a difference; do not take the size of it for typical."
    )


def first_differences(twins: Twins) -> str:
    """When anything, and when anything felt, differs for the first time; and every row before."""
    a, b, row = twins.group.history, twins.absent.history, twins.row
    told: dict[str, int] = {}
    for name in a.dtype.names:
        differs = np.flatnonzero(a[name][:, row] != b[name][:, row])
        if len(differs):
            told[name] = int(differs[0]) - 1  # the history's first row is just before the opening
    before = [name for name, at in told.items() if at < twins.came]
    heard = int(np.flatnonzero(a.status[:, row] != UNAWARE)[0]) - 1
    how = HEARD_NAMES[int(a.heard_of[-1, row])]
    settled_here = int(twins.group.traits.arrives_week[row]) - twins.group.lead_in
    days = 7 * (twins.group.lead_in + twins.came - settled_here)
    felt = {name: at for name, at in told.items() if name in (*STATES, "distress", "strain")}
    weeks = ", ".join(f"{name} {at}" for name, at in sorted(felt.items(), key=lambda item: item[1]))
    return "\n".join((
        f"- **Week {heard}** after the opening: person {twins.id} hears of the group ({how}). From now on the word for "
        "how she or he stands with the group differs, and nothing that is felt. All states that differ before the "
        f"first visit: {', '.join(f'`{name}`' for name in before) or 'none'}.",
        f"- **Week {twins.came}**: the first visit. Until then the person lived {days:,} days in both worlds, with the "
        "same distress on each of them, to the last bit.",
        f"- First week at whose end it differs: {weeks}.",
    ))  # fmt: skip


def week_watched(scenario: str, person: int, at: int) -> list[Entry]:
    """What happened to a person in a week of a scenario."""
    life = world(scenario)
    life.live(at)
    return watch_week(life, person)


def first_week(twins: Twins) -> str:
    """The draws of the week of the first visit, in both worlds, side by side."""
    sides = [
        {(entry.rule, entry.day): entry for entry in week_watched(scenario, twins.id, twins.came)}
        for scenario in ("groupA", "absent")
    ]
    order = sorted({*sides[0], *sides[1]}, key=_place)
    lines = ["| when | rule | with the group | without | what is different then |", "| --- | --- | --- | --- | --- |"]
    for key in order:
        one, other = (side.get(key) for side in sides)
        drawn = [entry.draws if entry else [] for entry in (one, other)]
        changed = [{c for c in entry.changes if _is_told(c)} if entry else set() for entry in (one, other)]
        if not any(drawn) and changed[0] == changed[1]:
            continue
        new = sorted(changed[0] - changed[1])
        texts = ["; ".join(text) or "nothing to draw" for text in drawn]
        same = "the same" if drawn[0] == drawn[1] else texts[1]
        cells = [_when(key), key[0], texts[0], same, "; ".join(new) or "nothing"]
        lines.append("| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |")
    return "\n".join(lines)


def _is_told(change: str) -> bool:
    """Whether a change is more than book-keeping."""
    return change.startswith("tie with") or change.partition(" ")[0] in TOLD


def _place(key: tuple[str, int | None]) -> tuple[int, int, int]:
    names = [step.rule for step in PLAN]
    step = PLAN[names.index(key[0])]
    part = {MORNING: 0, DAILY: 1, EVENING: 2}[step.when]
    return part, -1 if key[1] is None else key[1], names.index(key[0])


def _when(key: tuple[str, int | None]) -> str:
    part = _place(key)[0]
    return WEEKDAYS[key[1]] if key[1] is not None else ("start of the week", "", "end of the week")[part]


def after_a_year(twins: Twins) -> str:
    """Both lives a year after the first visit, before and after, and their difference."""
    a, b, row = twins.group.history[:, twins.row], twins.absent.history[:, twins.row], twins.row
    start, end = twins.came, twins.came + YEAR
    lines = [
        "| | before the first visit | a year later, with the group | without | before and after | **paired** |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name in STATES:
        if name == "trust":
            continue
        x, y, z = float(a[name][start]), float(a[name][end]), float(b[name][end])
        lines.append(f"| {name} | {x:.4f} | {y:.4f} | {z:.4f} | {y - x:+.4f} | **{y - z:+.4f}** |")
    for name, words, scale in (
        ("distress_total", "distress, mean of the year", 7 * YEAR), ("hard_days", "hard days in the year", 1),
        ("days_ended_hard", "days that ended hard", 1), ("episodes", "episodes in the year", 1),
    ):  # fmt: skip
        if name not in (a.dtype.names or ()):
            continue
        last = float(a[name][start] - a[name][max(0, start - YEAR)]) / scale if start >= YEAR else float("nan")
        y, z = (float(h[name][end] - h[name][start]) / scale for h in (a, b))
        form = ".4f" if scale > 1 else ".0f"
        before = f"{last:{form}} (the year before)" if start >= YEAR else "not yet a year"
        change = f"{y - last:+{form}}" if start >= YEAR else ""
        lines.append(f"| {words} | {before} | {y:{form}} | {z:{form}} | {change} | **{y - z:+{form}}** |")
    friends = twins.group.history[end]
    met = int(friends.meetings[row])
    lines += [
        "",
        f"Person {twins.id} went to {met} meetings in that year, and was answered "
        f"{int(friends.calls_answered[row])} times on a hard day.",
    ]
    return "\n".join(lines)


# Counts.


def one_count(twins: Twins) -> str:
    """The first day on which the two lives have another number of episodes."""
    a, b = twins.group.history.episodes_this_week[:, twins.row], twins.absent.history.episodes_this_week[:, twins.row]
    for k in np.flatnonzero(a != b):
        if int(k) - 1 < twins.came:
            continue
        sides = [
            {
                e.day: [d for d in e.draws if d.startswith("episodes:")]
                for e in week_watched(s, twins.id, int(k) - 1)
                if e.rule == "episode"
            }
            for s in ("groupA", "absent")
        ]
        for day in range(7):
            texts = [side.get(day, []) for side in sides]
            if all(texts) and texts[0][0].rsplit(":", 1)[1] != texts[1][0].rsplit(":", 1)[1]:
                return (
                    f"In week {int(k) - 1}, on {WEEKDAYS[day]}, for the first time the number of episodes differs.\n\n"
                    f"- with the group: {texts[0][0]}\n- without: {texts[1][0]}\n\n"
                    "The luck is the same. What differs is the mean that life has made of it."
                )
    return f"In these {HORIZON} weeks there is no day on which the number of episodes differs between the two lives."


def many_counts() -> str:
    """How often the twin with the higher mean has fewer events, and what that costs."""
    key, low, high = draws.key_of_seed(SEED), 0.050, 0.055
    purpose = purposes.of_extra_rule("counts of docs/why/twins.md")
    u = [draws.uniform_pair(key, person, draws.NOBODY, 0, purpose) for person in range(COUNTED)]
    rows = []
    for words, pairs in (("one uniform number for both, inverted", [(one, one) for one, _ in u]), ("a number each", u)):
        differences = np.array([draws.poisson_quantile(y, high) - draws.poisson_quantile(x, low) for x, y in pairs])
        rows.append((words, float((differences < 0).mean()), float(differences.mean()), float(differences.var())))
    lines = [
        f"| {COUNTED:,} pairs of days with means {low:.3f} and {high:.3f} | fewer where the mean is higher "
        f"| mean difference (true: {high - low:.3f}) | variance of the difference |",
        "| --- | ---: | ---: | ---: |",
    ]
    lines += [f"| {words} | {share:.2%} | {mean:.4f} | {variance:.4f} |" for words, share, mean, variance in rows]
    ratio = rows[1][3] / rows[0][3]
    return "\n".join(lines) + f"\n\nFor the same precision, the second needs {ratio:.0f} times as many people."


# The design that breaks the twins.


@contextmanager
def one_stream() -> Iterator[None]:
    """Let every draw be the next number of one stream: the design that breaks the twins, here on purpose."""
    stream = np.random.default_rng(SEED)
    kept = draws.uniform, draws.uniform_pair

    def pair(*_address: Any) -> tuple[float, float]:
        return stream.random(), stream.random()

    try:
        draws.uniform, draws.uniform_pair = (lambda *_address: stream.random()), pair  # type: ignore[assignment]
        yield
    finally:
        draws.uniform, draws.uniform_pair = kept


def lived_from_a_stream(life: Life, weeks: int) -> np.ndarray:
    """So many weeks from the opening, in plain Python, from one stream: people at the end of each week."""
    seen = [life.world.people.copy()]
    with one_stream():
        for at in range(weeks):
            live_week(life.world, life.lead_in + at)
            seen.append(life.world.people.copy())
    return np.array(seen)


class Broken(NamedTuple):
    """Both designs, people in each of STREAM_WEEKS weeks, in both worlds; the person who can never come."""

    row: int
    addressed: tuple[np.ndarray, np.ndarray]
    streamed: tuple[np.ndarray, np.ndarray]


def break_twins(twins: Twins) -> Broken:
    """Live the first weeks after the opening from one stream, with the group and without."""
    addressed = tuple(np.array(life.history[: STREAM_WEEKS + 1]) for life in (twins.group, twins.absent))
    streamed = tuple(lived_from_a_stream(world(scenario), STREAM_WEEKS) for scenario in ("groupA", "absent"))
    men = never_eligible(twins.group)
    return Broken(int(men[0]), addressed, streamed)  # type: ignore[arg-type]


def never_eligible(life: Life) -> np.ndarray:
    """Rows of those whom this group cannot reach: men who live here for all these weeks."""
    t = life.traits
    here = (t.arrives_week <= life.lead_in) & (t.departs_week > life.lead_in + STREAM_WEEKS)
    return np.flatnonzero(~t.woman & here)


def stream_numbers(twins: Twins, broken: Broken) -> str:
    """What the two designs make of people whom the group cannot reach."""
    men = never_eligible(twins.group)
    lines = [
        f"| {len(men)} men, {STREAM_WEEKS} weeks, group A (women only) against no group "
        "| draws with addresses | one stream |",
        "| --- | ---: | ---: |",
    ]
    cells: list[list[str]] = []
    for with_group, without in (broken.addressed, broken.streamed):
        distress = with_group["distress"][1:, men] - without["distress"][1:, men]
        differing = np.flatnonzero((distress != 0).any(axis=1))
        episodes = (with_group["episodes"][-1, men] - with_group["episodes"][0, men]) - (
            without["episodes"][-1, men] - without["episodes"][0, men]
        )
        cells.append([
            "never" if len(differing) == 0 else f"{int(differing[0])}",
            f"{int((episodes != 0).sum())}",
            f"{float(np.abs(episodes).max()):.0f}",
            f"{float(episodes.mean()):+.2f}",
            f"{float(episodes.std(ddof=1)):.2f}",
        ])  # fmt: skip
    heads = ("first week in which anybody's distress differs", "men with another number of episodes",
             "largest difference of one man",
             "mean difference in episodes (true: 0)", "standard deviation of the difference")  # fmt: skip
    lines += [f"| {head} | {one} | {other} |" for head, one, other in zip(heads, *cells, strict=True)]
    return "\n".join(lines)


def outsider_numbers(twins: Twins) -> str:
    """A man moves in whom nobody meets: who else is changed?"""
    alone, joined = twins.group, with_outsider(HORIZON)
    joined.live()
    others = joined.traits.id != OUTSIDER_ID
    names = alone.world.people.dtype.names
    same = sum(int(np.array_equal(joined.world.people[name][others], alone.world.people[name])) for name in names)
    ties = np.array_equal(joined.world.ties[np.ix_(others, others)], alone.world.ties)
    weeks = 4
    before = lived_from_a_stream(world("groupA"), weeks)[-1]
    after = lived_from_a_stream(with_outsider(HORIZON), weeks)[-1][others]
    living = before["living"]
    changed = int((before["distress"] != after["distress"])[living].sum())
    return (
        f"- **Draws with addresses**: after {HORIZON} weeks, {same} of {len(names)} states of the other "
        f"{int(others.sum())} people are the same to the last bit, and "
        f"{'so is every tie' if ties else 'THE TIES DIFFER'}.\n"
        f"- **One stream**: after {weeks} weeks, {changed} of the {int(living.sum())} people living then have another "
        "distress than they would have had."
    )


def with_outsider(weeks: int) -> Life:
    """Group A's town, and one man more, who lives there all the time."""
    values = {**load(SCENARIOS / "groupA.yaml").values, "run.seed": SEED, "run.weeks": weeks}
    plain = Life(values).traits
    man = plain[:1].copy()
    man.id, man.woman, man.arrives_week, man.departs_week = OUTSIDER_ID, False, int(values["run.lead_in_weeks"]), 10**6
    at = int(np.searchsorted(plain.id, OUTSIDER_ID))
    traits = np.concatenate([plain[:at], man, plain[at:]]).view(np.recarray)
    return Life(values, traits=traits)


# The page.


def blocks(twins: Twins, broken: Broken) -> dict[str, str]:
    """All blocks of numbers, by name."""
    return {
        "who": who(twins),
        "first": first_differences(twins),
        "week": first_week(twins),
        "year": after_a_year(twins),
        "count": one_count(twins),
        "counts": many_counts(),
        "stream": stream_numbers(twins, broken),
        "outsider": outsider_numbers(twins),
    }


def main(arguments: list[str] | None = None) -> int:
    """Renew or check; the exit status."""
    parser = argparse.ArgumentParser(description="Renew the numbers and the figure of docs/why/twins.md.")
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit with 1 if the numbers are out of date"
    )
    options = parser.parse_args(arguments)
    twins = find_twins()
    broken = break_twins(twins)
    old = PAGE.read_text(encoding="utf-8")
    new = renewed(old, blocks(twins, broken), PAGE)
    if options.check:
        if old != new:
            print(f"{PAGE}: numbers are out of date; run: python docs/why/make_twins.py", file=sys.stderr)
        return int(old != new)
    draw(twins, broken, PICTURE, SEED)
    PAGE.write_text(new, encoding="utf-8", newline="\n")
    print(f"{PAGE}: {'numbers renewed' if old != new else 'numbers were up to date'}; figure drawn")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
