"""Renew the numbers and figures of docs/why/calibration.md from results of `calibrate`, `foretell` and `claims`.

python docs/why/make_calibration.py [results/calibrate [results/foretell]]
python docs/why/make_calibration.py --verdicts results/claims-full results/claims-learning ...
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pyarrow.parquet as pq
from page_numbers import renewed

HERE = Path(__file__).parent
PAGE = HERE / "calibration.md"
FIGURES = ("evidence", "ranks", "accounts", "leaving", "leaving-accounts")
WITHOUT = "without as well"
MARK = {"fits": "", "strained": " ?", "missed": " !"}


def short(value: float | None) -> str:
    """A number with two places."""
    return "" if value is None else f"{value:.2f}".replace("-", "\u2212")


def outside(row: dict) -> str:
    """An outside figure."""
    low, high = row["outside_low"], row["outside_high"]
    if low == high:
        return short(low)
    if low is None or high is None:
        return f"{short(high)} or less" if low is None else f"{short(low)} or more"
    return f"{short(low)} to {short(high)}"


def figures(rows: list[dict]) -> str:
    """A row a figure, a column an account."""
    accounts, names = (list(dict.fromkeys(row[key] for row in rows)) for key in ("account", "figure"))
    by = {(row["figure"], row["account"]): row for row in rows}
    lines = ["| outside figure | outside | may be off by | " + " | ".join(f"`{name}`" for name in accounts) + " |",
             "| --- |" + " --- |" * (len(accounts) + 2)]  # fmt: skip
    for name in names:
        first = by[name, accounts[0]]
        cells = [f"{short(by[name, one]['lived_middle'])}{MARK[by[name, one]['word']]}" for one in accounts]
        lines.append(f"| {name} | {outside(first)} | {short(first['outside_sd'])} | {' | '.join(cells)} |")
    note = "The middle of what is left standing, lived again. ?: more than 2 standard deviations off, !: more than 3."
    return "\n".join([*lines, "", note])


def accounts(rows: list[dict]) -> str:
    """A row an account, the likeliest first."""
    lines = ["| account | log10 of its mean likelihood (with other emulators) | share, if all were as likely before | "
             "of its prior not ruled out |", "| --- | --- | --- | --- |"]  # fmt: skip
    for row in rows:
        low, high = short(row["log10_likelihood_low"]), short(row["log10_likelihood_high"])
        lines.append(f"| `{row['account']}` | {short(row['log10_likelihood'])} ({low} to {high}) | {row['share']:.0%} "
                     f"({row['share_low']:.0%} to {row['share_high']:.0%}) | {row['kept']:.0%} |")  # fmt: skip
    return "\n".join(lines)


def foretold(rows: list[dict]) -> str:
    """A row a held-out figure and account."""
    lines = ["| held out | outside | account | foretold: 50 % (5 to 95 %) | |", "| --- | --- | --- | --- | --- |"]
    for row in sorted(rows, key=lambda row: row["figure"]):
        ends = [short(row[f"foretold_{end}"]) for end in ("middle", "low", "high")]
        lines.append(f"| {row['figure']} | {outside(row)} | `{row['account']}` | {ends[0]} ({ends[1]} to {ends[2]}) | "
                     f"{row['word']} |")  # fmt: skip
    return "\n".join(lines)


def verdicts(folders: list[Path]) -> str:
    """A row a claim: at the declared values of each account, and in which share of its plausible space it holds."""
    rows = [row for folder in folders for row in pq.read_table(folder / "plausible_claims.parquet").to_pylist()]
    rows = [row for row in rows if row["kind"] in ("emergent", "rival", "held out")]
    accounts = list(dict.fromkeys(row["account"] for row in rows))
    claims = sorted({row["claim"] for row in rows}, key=lambda claim: int(claim[1:]))
    by = {(row["claim"], row["account"]): row for row in rows}
    lines = [f"| claim | {' | '.join(f'`{account}`' for account in accounts)} |", "| --- |" + " --- |" * len(accounts)]
    for claim in claims:
        lines.append(f"| {claim} | {' | '.join(_share(by.get((claim, account))) for account in accounts)} |")
    return "\n".join(lines)


def _share(row: dict | None) -> str:
    """At the declared values; then the share of space in which it holds, with its interval."""
    if row is None or row["holds"] is None:
        return "not testable"
    word = WITHOUT if row["verdict"].startswith("true without") else row["verdict"]
    return f"{word}; {row['holds']:.0%} ({row['holds_low'] * 100:.0f} to {row['holds_high'] * 100:.0f})"


def part_of(summary: str, heading: str) -> str:
    """The sentences below a heading of a summary, as a list."""
    found: list[str] = []
    for line in summary.split(f"\n{heading}\n", 1)[1].splitlines():
        if not line.startswith("  "):
            break
        found += [f"- {line.strip()}"] if not line.startswith("    ") else []
        if line.startswith("    "):
            found[-1] += f" {line.strip()}"
    return "\n".join(found)


def write(made: dict[str, str]) -> None:
    """Put blocks in their places on the page."""
    made = {name: re.sub("`?contagion`?", "`contagion`", block) for name, block in made.items()}
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), made, PAGE), encoding="utf-8")


def main() -> None:
    """Renew the page."""
    if sys.argv[1:2] == ["--verdicts"]:
        write({"verdicts": verdicts([Path(name) for name in sys.argv[2:]])})
        return
    folders = [Path(name) for name in sys.argv[1:]] or [Path("results/calibrate"), Path("results/foretell")]
    summary = (folders[0] / "summary.txt").read_text(encoding="utf-8")
    tables = {name: pq.read_table(folders[0] / f"{name}.parquet").to_pylist() for name in ("figures", "accounts")}
    made = {
        "figures": figures(tables["figures"]), "accounts": accounts(tables["accounts"]),
        "short": part_of(summary, "In short"), "trusted": part_of(summary, "How far to trust it"),
        "leaving": part_of(summary, "What each figure decides"),
    }  # fmt: skip
    if len(folders) > 1:
        made["foretold"] = foretold(pq.read_table(folders[1] / "foretold.parquet").to_pylist())
    write(made)
    for name in FIGURES:
        shutil.copyfile(folders[0] / f"{name}.png", HERE / f"calibration-{name}.png")


if __name__ == "__main__":
    main()
