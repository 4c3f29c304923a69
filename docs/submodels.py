"""What docs/odd.md says about each rule, as far as the rule's own file says it: words, draws, states, parameters.

Each rule has a heading in section 7. Below it stand two generated blocks, words and facts, and between
them the pseudo-code, which is written by hand. A rule that has no heading yet gets one, with the
equation of its docstring in place of the pseudo-code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from textwrap import dedent

from docs.reads_writes import grouped, of_rule
from sim.declare import PURPOSES
from sim.plan import PLAN, RULES, Step

HEADINGS = ("In words", "Members' words", "Equation", "Reads", "Writes", "Source")
BY_FILE = {step.file: module for step, module in zip(PLAN, RULES, strict=True)}


def docstring_part(text: str, heading: str) -> str:
    """What stands below a heading of a rule's docstring."""
    parts = re.split(rf"^({'|'.join(HEADINGS)})$", text, flags=re.MULTILINE)
    return parts[parts.index(heading) + 1].strip("\n")


def paragraph(text: str) -> str:
    """Indented lines as one line of Markdown."""
    return " ".join(text.split()).replace("``", "`")


def words(file: str) -> str:
    """What happens, in words, and what members said."""
    text = BY_FILE[file].__doc__ or ""
    said = paragraph(docstring_part(text, "Members' words"))
    return f"**In words.** {paragraph(docstring_part(text, 'In words'))}\n\n**Members' words.** {said}"


def named(names: Iterable[str], but: tuple[str, ...] = ()) -> str:
    """States by kind: people: `stigma`, `trust`; group: `open`."""
    kinds = [(kind, states) for kind, states in grouped(names) if kind not in but]
    lists = [(f"{kind}: " if kind else "") + ", ".join(f"`{state}`" for state in states) for kind, states in kinds]
    return "; ".join(lists) or "nothing"


def facts(file: str) -> str:
    """Draws, states read and written, parameters: all that the rule touches, with the helpers that it calls."""
    touched = of_rule(file)
    draws = ", ".join(f"{name} ({PURPOSES[name]})" for name in sorted(touched.draws, key=PURPOSES.__getitem__))
    parameters = dict(grouped(touched.reads)).get("parameters", [])
    return (
        f"**Draws.** {draws or 'None'}. **Reads** {named(touched.reads, but=('parameters',))}. "
        f"**Writes** {named(touched.writes)}.\n\n"
        f"**Parameters.** {', '.join(f'`{dotted}`' for dotted in parameters) or 'None'}."
    )


def blocks() -> dict[tuple[str, str], str]:
    """All generated blocks of section 7, by (kind, rule)."""
    made = {("words", step.file): words(step.file) for step in PLAN}
    return made | {("facts", step.file): facts(step.file) for step in PLAN}


def new_section(step: Step) -> str:
    """A heading for a rule that has none, its blocks still empty."""
    equation = dedent(docstring_part(BY_FILE[step.file].__doc__ or "", "Equation"))
    return (
        f"### {step.file}\n\n<!-- words: {step.file} -->\n\n<!-- end: words of {step.file} -->\n\n"
        f"**Rule.**\n\n```\n{equation}\n```\n\n"
        f"<!-- facts: {step.file} -->\n\n<!-- end: facts of {step.file} -->\n\n"
    )


def with_headings(text: str) -> str:
    """The document with a heading for each rule of the week.

    Raises:
        ValueError: if a heading of section 7 belongs to no rule.
    """
    start, end = text.index("\n## 7 ") + 1, text.index("\n## Appendix A")
    top, *sections = re.split(r"(?=^### )", text[start : end + 1], flags=re.MULTILINE)
    by_rule = {re.match(r"### (\w+)", section)[1]: section for section in sections}  # type: ignore[index]
    stray = [name for name in by_rule if name not in BY_FILE]
    if stray:
        raise ValueError(f"docs/odd.md: no rule is called {stray[0]}; remove its heading from section 7, or rename it")
    return text[:start] + top + "".join(by_rule.get(step.file) or new_section(step) for step in PLAN) + text[end + 1 :]
