"""Files as they come from the wild: scenario, sweep, factorial and study files with something changed, the same for the same seed."""

# ruff: noqa: E501 - a table of pieces

from __future__ import annotations

import random

from tests.builders import SCENARIOS

SEEDS = [path.read_text(encoding="utf-8") for path in sorted(SCENARIOS.rglob("*.yaml"))]
SMALL_SWEEP = """sweep: s
arms: {A: ../groupA.yaml, B: {scenario: ../groupB.yaml, title: b, set: {run.weeks: 60}}}
vary: {meeting.accept: {values: [0, 1]}, ties.lapse: plausible, ties.growth_per_hour: {range: [0, 0.1], steps: 3}}
design: {kind: grid, seed: 1}
seeds: {count: 2, first: 1}
weeks: 60
years: [1]
"""
SMALL_FACTORIAL = """factorial: f
base: ../groupA.yaml
set: {run.weeks: 60}
factors:
  a: {question: A?, levels: {one: {group.places: 8}, two: {group.places: 9}}}
  b: {question: B?, levels: {one: {group.phone_line: true, group.meeting_days: [1]}, two: {group.phone_line: false, group.meeting_days: [2]}}}
"""
SMALL_STUDY = """study: s
source: assumption
base: ../groupA.yaml
people: {who: newcomers, weeks: [1, 52], towns: 8, consent: 0.5, consent_depends: {measure: distress, log_odds_per_sd: 0.3}}
allocation: {how: waiting list, wait_weeks: 24, contamination: 0.1}
follow_ups: [12, 24]
instruments:
  distress: {recall_weeks: 4, reliability: 0.8}
  isolation: {floor: 0, ceiling: 1}
drop_out: {rate: 0.1}
analysis: {outcome: distress, week: 24, by: ancova}
"""
# What people and machines write, and what they should not.
PIECES = (
    "null", "~", "", "yes", "no", "on", "off", "true", "FALSE", "010", "0o17", "0x1F", "1_000", "1:44", "1e-3", "1E+05", "1e400",
    ".5", "+1", "-0", "-1", "5L", "NA", "NaN", "Inf", ".inf", "-.INF", ".nan", "2020-01-01", "2020-99-99", "9" * 30, "9" * 1001,
    "9" * 6000, "0x" + "f" * 900, "!!bool maybe", "!!int ''", "!!int '-'", "!!float ''", "!!timestamp x", "!!binary x", "!!set {a}",
    "!!omap [a: 1]", "!!python/object/apply:os.getcwd []", "!%1b%5b31m x", "!a%0ab x", "! x", "!<x> y", "&a 1", "*a", "<<: {a: 1}",
    '"\\e[31mred"', '"\\x00"', '"\\uD800"', "'\u202eabc'", "a\u2028b", "\x1b[31m", "\x00", "\x7f", "\ufeff", "\ud7ff", "\U0001f600",
    "[", "]", "{", "}", "[]", "{}", "[[[[[[[[[[[[[[", "{a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: 1}}}}}}}}}}}", "- ", "? ", "? [1]", ": ",
    "|", ">", "|9", "# x", "%YAML 1.1", "---", "...", "\t", "\n", "\r", "  ", ",", "'", '"', "@", "`", "CON", "nul.txt", "a.", "../..",
    "/dev/zero", "/dev/tty", "/dev/stdin", "/", "~/x.yaml", "~nobody/x.yaml", "groupA.yaml", "../groupA.yaml", "null" * 300, "x" * 3000,
    "people", "run", "name", "extends", "sweep", "arms", "vary", "design", "kind", "seeds", "years", "set", "plausible", "range",
    "factorial", "factors", "levels", "base", "question", "values", "steps", "count", "first", "saltelli", "morris", "sobol", "table", "file", "points", "trajectories", "keep", "outcomes",
)  # fmt: skip


def mutated(seed):
    """One file, changed in a few places; bytes."""
    luck = random.Random(seed)
    text = luck.choice(
        [*SEEDS, SMALL_SWEEP, SMALL_SWEEP, SMALL_SWEEP, SMALL_FACTORIAL, SMALL_FACTORIAL, SMALL_STUDY, SMALL_STUDY]
    )
    for _ in range(luck.choice([1, 1, 1, 2, 3, 6])):
        text = luck.choice([_put, _put, _replace_word, _replace_word, _replace_value, _cut, _double, _swap_lines])(
            text, luck
        )
    content = text.encode("utf-8", "surrogatepass")
    if luck.random() < 0.05 and content:
        at = luck.randrange(len(content))
        content = content[:at] + bytes([luck.randrange(256)]) + content[at + 1 :]
    return content


def _piece(luck):
    return luck.choice(PIECES)


def _put(text, luck):
    at = luck.randint(0, len(text))
    return text[:at] + _piece(luck) + text[at:]


def _replace_word(text, luck):
    words = text.split(" ")
    words[luck.randrange(len(words))] = _piece(luck)
    return " ".join(words)


def _replace_value(text, luck):
    lines = text.split("\n")
    k = luck.randrange(len(lines))
    key, colon, _ = lines[k].partition(":")
    lines[k] = f"{key}: {_piece(luck)}" if colon else _piece(luck)
    return "\n".join(lines)


def _cut(text, luck):
    one, other = sorted(luck.randint(0, len(text)) for _ in range(2))
    return text[:one] + text[other:] if luck.random() < 0.5 else text[:one]


def _double(text, luck):
    lines = text.split("\n")
    k = luck.randrange(len(lines))
    return "\n".join([*lines[: k + 1], *lines[k:]])


def _swap_lines(text, luck):
    lines = text.split("\n")
    i, j = luck.randrange(len(lines)), luck.randrange(len(lines))
    lines[i], lines[j] = lines[j], lines[i]
    return "\n".join(lines)
