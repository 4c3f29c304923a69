"""The generated parts of docs/odd.md: the plan, the rules, purposes, parameters, states, codes and claims.

Each part stands between two comments, ``<!-- table: name -->`` and ``<!-- end: name -->``, or, for a rule,
``<!-- words: rule -->`` and ``<!-- end: words of rule -->``. ``python -m docs.renew`` writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from analysis.studies.claims.declare import Claim
from analysis.studies.claims.index import CLAIMS
from analysis.studies.claims.words import fails_in_words, quoted
from analysis.studies.run.tables import people_table, story_table, ties_table
from docs import submodels
from docs.reads_writes import writers
from sim import purposes, state
from sim.life import Life
from sim.parameters import SECTIONS, Parameter, defaults
from sim.parameters.mechanisms import MECHANISMS
from sim.plan import DAILY, EVENING, MORNING, PLAN
from sim.scenario import account_names, load_account

ODD = Path(__file__).parent / "odd.md"
HUGE = 1e15

CODES = (
    ("status", state.STATUS_NAMES),
    ("heard_of", state.HEARD_NAMES),
    ("left_reason", state.LEFT_NAMES),
    ("closed_reason", state.CLOSED_NAMES),
    ("kind of a story's entry", state.EVENT_NAMES),
)
STATES = (
    ("Traits of a person", state.TRAITS, lambda name: "population"),
    ("States of a person", state.PEOPLE, lambda name: ", ".join(writers(f"people.{name}"))),
    ("The group", state.GROUP, lambda name: ", ".join(writers(f"group.{name}"))),
    ("The table of weeks", state.WEEKS, lambda name: "observe"),
    ("The story", state.EVENTS, lambda name: "story"),
)


def cell(value: Any) -> str:
    """A value as the text of a table's cell."""
    return " ".join(str(value).split()).replace("|", r"\|")


def table(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """A Markdown table."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell(value) for value in line) + " |" for line in lines)


def number(value: Any) -> str:
    """A number, yes, no or list as a scenario file would say it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and value > HUGE:
        return f"{value:.3g}"
    return str(value) if isinstance(value, list) else f"{value:.10g}"


def span(low: Any, high: Any) -> str:
    """A range in words."""
    if low is None and high is None:
        return "any"
    return f"{number(low)} or more" if high is None else f"{number(low)} to {number(high)}"


def parameter_row(p: Parameter) -> list[str]:
    """A parameter's cells."""
    allowed = "true, false" if p.kind is bool else span(p.low, p.high)
    plausible = "" if p.plausible is None else span(*p.plausible)
    return [f"`{p.dotted}`", number(p.default), allowed, plausible, p.unit, p.meaning, p.source]


def parameters_table() -> str:
    """All parameters, a table for each section."""
    heads = ("name", "default", "range", "plausible", "unit", "meaning", "source")
    return "\n\n".join(
        f"**{section.name}**: {section.meaning}\n\n{table(heads, map(parameter_row, section.parameters))}"
        for section in SECTIONS
    )


def states_table() -> str:
    """All states, a table for each array, and the codes."""
    heads = ("name", "type", "unit", "range", "meaning", "written by")
    parts = [
        f"**{title}**\n\n"
        + table(heads, ((f"`{f.name}`", f.dtype, f.unit, span(f.low, f.high), f.meaning, by(f.name)) for f in fields))
        for title, fields, by in STATES
    ]
    codes = table(("code", *range(max(len(names) for _, names in CODES))), (padded(*code) for code in CODES))
    return "\n\n".join([*parts, f"**Codes**\n\n{codes}"])


def padded(name: str, names: tuple[str, ...]) -> list[str]:
    """A row of codes, with empty cells to the length of the longest."""
    longest = max(len(others) for _, others in CODES)
    return [name, *names, *[""] * (longest - len(names))]


def purposes_table() -> str:
    """All purposes by number."""
    return table(
        ("number", "purpose"), ((n, name) for name, n in sorted(purposes.numbered().items(), key=lambda x: x[1]))
    )


def outputs_table() -> str:
    """The columns of those output tables that are no plain copy of the state, as a short run writes them."""
    life = Life({**defaults(), "people.residents": 2, "run.weeks": 1, "run.lead_in_weeks": 0}, history_every=1)
    life.live()
    heads = ("column", "type", "unit", "meaning")
    made = {"people": people_table(life), "story": story_table(life), "ties": ties_table(life, [])}
    return "\n\n".join(f"**{name}**\n\n{table(heads, map(column_row, one.schema))}" for name, one in made.items())


def column_row(column: Any) -> list[str]:
    """The cells of a column of an output table; text that is stored as codes is text."""
    kind = "string" if "dictionary" in str(column.type) else str(column.type)
    return [f"`{column.name}`", kind, *(column.metadata[key].decode() for key in (b"unit", b"meaning"))]


def plan() -> str:
    """The order of a week, numbered through."""
    headings = {
        MORNING: "*Start of the week*",
        DAILY: "*On each of the seven days, in this order* (each rule for all people before the next rule begins)",
        EVENING: "*End of the week*",
    }
    numbered = list(enumerate(PLAN, start=1))
    return "\n\n".join(
        heading + "\n\n" + "\n".join(
            f"{number}. [{step.file}](#{step.file}): {step.summary}" for number, step in numbered if step.when == when
        )
        for when, heading in headings.items()
    )  # fmt: skip


def claim_row(claim: Claim) -> list[str]:
    """A claim's cells."""
    return [
        claim.id, claim.statement, quoted(claim), claim.kind,
        f"{claim.contrast}; {claim.population}: {claim.outcome}", f"{claim.threshold} ({claim.dated})", claim.note,
        ", ".join(f"`{name}`" for name in claim.needs_mechanisms), fails_in_words(claim),
    ]  # fmt: skip


def claims_table() -> str:
    """All claims, with the test that each can fail and a world in which it does."""
    heads = ("claim", "what it says", "short quote (who)", "kind", "what is compared, for whom: on what",
             "what must be seen (set on)", "note", "needs the mechanisms", "fails in")  # fmt: skip
    return table(heads, map(claim_row, CLAIMS.values()))


def mechanisms_table() -> str:
    """All mechanisms, and which of them each account that comes with Sameboat has."""
    accounts = {name: load_account(name) for name in account_names()}
    heads = ("mechanism", "what it is", "member's words or source", "its sizes", *(f"`{name}`" for name in accounts))
    rows = [
        [
            f"`mechanisms.{m.name}`", f"{m.belongs_to}: {m.meaning}", m.source,
            ", ".join(f"`{size}`" for size in m.effects) or "none: the rule reads the switch",
            *("on" if account.values[f"mechanisms.{m.name}"] else "" for account in accounts.values()),
        ]
        for m in MECHANISMS
    ]  # fmt: skip
    told = [(f"`{name}`", account.title, account.question) for name, account in accounts.items()]
    return f"{table(('account', 'title', 'question'), told)}\n\n{table(heads, rows)}"


TABLES: dict[str, Callable[[], str]] = {
    "plan": plan,
    "mechanisms": mechanisms_table,
    "purposes": purposes_table,
    "parameters": parameters_table,
    "states": states_table,
    "claims": claims_table,
    "outputs": outputs_table,
}


def renewed(text: str) -> str:
    """The document with all its generated parts made anew.

    Raises:
        ValueError: if a part's two comments are not there exactly once, or a rule's heading has no rule.
    """
    text = submodels.with_headings(text)
    parts = {(f"table: {name}", f"end: {name}"): make() for name, make in TABLES.items()}
    for (kind, rule), made in submodels.blocks().items():
        parts[f"{kind}: {rule}", f"end: {kind} of {rule}"] = made
    for comments, made in parts.items():
        begin, end = (f"<!-- {comment} -->" for comment in comments)
        if text.count(begin) != 1 or text.count(end) != 1 or text.index(begin) > text.index(end):
            raise ValueError(f"{ODD}: expected one {begin!r} with one {end!r} after it; put the two comments back")
        before, rest = text.split(begin)
        text = f"{before}{begin}\n\n{made}\n\n{end}{rest.split(end)[1]}"
    return text
