"""The figure of claims over plausible space: bars of shares, claims down, accounts across."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.figures.palette import AGAINST, BLUE, GREY, GRID, INK
from analysis.figures.style import Drawing, margins, new_page
from analysis.studies.claims.declare import FAILS, HOLDS, NOT_VERIFIED, VERIFIED, WITHOUT_TOO
from analysis.studies.claims.over_space import CODES, FAILED, HELD, NOT_READ, TWINS_TOO, ClaimShare
from analysis.words.numbers import percent
from analysis.words.prose import plural

if TYPE_CHECKING:
    from analysis.studies.claims.over_space import ClaimsOverSpace

TAN = "#E8C27A"
COLOUR = {HELD: BLUE, TWINS_TOO: TAN, FAILED: AGAINST, NOT_READ: GRID}
NAMED = {HELD: "holds", TWINS_TOO: "true without a group as well", FAILED: "fails", NOT_READ: "nobody to read it off"}
AT_CENTRE = {HOLDS: BLUE, VERIFIED: BLUE, WITHOUT_TOO: TAN, FAILS: AGAINST, NOT_VERIFIED: AGAINST}
HARDLY_KNOWN = 0.5  # of space: a wider interval says little
ROW, LETTERS, LABEL = 0.27, 62, 4.95  # inches, letters, inches
NOTE = (
    "Luck of the few towns that each draw is lived in is taken away. Lines: 95 % interval of the share in which a "
    "claim holds, over draws and towns; pale: it is wider than half of space.\nIt is about the model and the evidence "
    "behind the space, and no probability that groups help."
)


def draw_shares(space: ClaimsOverSpace) -> Drawing:
    """In which share of plausible space each claim holds."""
    ids = list({one.claim.id: one.claim for one in space.claims}.values())
    ids.sort(key=lambda claim: (claim.kind == "built in", int("".join(filter(str.isdigit, claim.id)) or 0)))
    built = next((y for y, claim in enumerate(ids) if claim.kind == "built in"), 0)
    place = {claim.id: y + (0 < built <= y) for y, claim in enumerate(ids)}  # an empty row between
    rows = len(ids) + (built > 0)
    accounts = [account for account in space.verdicts if space.of(account)]
    title = "In which share of plausible space does each claim hold?"
    below = (f"{plural(space.plausible.draws, 'draw')}, each in the same {plural(space.plausible.towns, 'town')}; "
             f"at the left of each bar the verdict at the centre ({plural(space.runs, 'run')}).")  # fmt: skip
    width = LABEL + max(1.75 * len(accounts), 5.0) + 0.4
    page = new_page(title, below, width, ROW * rows + 1.95, NOTE)
    grid = page.subplots(1, len(accounts), squeeze=False, sharey=True)[0]
    margins(page, top=1.05, bottom=0.85, left=LABEL, right=0.35, wspace=0.12)
    told = []
    for axes, account in zip(grid, accounts, strict=True):
        for one in space.of(account):
            _bar(axes, place[one.claim.id], one)
            told.append(f"{one.claim.id} {account}: holds in {percent(one.holds.value)}, {one.word} at the centre")
        axes.set_title(account, fontsize=9)
        axes.set_xlim(-0.1, 1.01)
        axes.set_xticks([0, 0.5, 1], ["0", "50 %", "100 %"])
        axes.grid(False)
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0)
    labels = [f"{claim.id}  {textwrap.shorten(claim.statement, LETTERS, placeholder=' ...')}" for claim in ids]
    at = list(place.values())
    if built:
        at, labels = [*at, built], [*labels, "Built in: put in by hand, and no finding"]
    grid[0].set_yticks(at, labels, ha="left")
    grid[0].tick_params(axis="y", pad=72 * (LABEL - 0.2), labelcolor=INK)
    for label in grid[0].get_yticklabels()[len(ids) :]:
        label.set_color(GREY)
        label.set_style("italic")
    for axes in grid:
        axes.set_ylim(rows - 0.4, -0.6)
    used = [code for code in NAMED if any((one.codes == code).any() for one in space.claims)]
    handles: list = [Patch(color=COLOUR[code], label=NAMED[code]) for code in used]
    handles.append(Line2D([], [], marker="s", linewidth=0, markersize=6, color="white", markeredgecolor=INK,
                          label="at the centre: undetermined"))  # fmt: skip
    page.legend(handles=handles, loc="upper right", ncols=len(handles), fontsize=8, frameon=False,
                bbox_to_anchor=(0.99, 1 - 0.55 / page.get_figheight()))  # fmt: skip
    return Drawing(page, f"{title} {'; '.join(told)}.")


def _bar(axes: Axes, y: int, one: ClaimShare) -> None:
    """Shares by what becomes of the claim, the interval of the first, and the verdict at the centre."""
    left, pale = 0.0, one.holds.high - one.holds.low > HARDLY_KNOWN
    for code in CODES:
        share = one.shares[code].value
        axes.barh(y, share, left=left, height=0.72, color=COLOUR[code], linewidth=0, alpha=0.4 if pale else 1.0)
        left += share
    axes.plot([one.holds.low, one.holds.high], [y, y], color=INK, linewidth=1.0)
    axes.plot([one.holds.low, one.holds.high], [y, y], "|", color=INK, markersize=4, linewidth=0)
    axes.plot(-0.055, y, "s", markersize=6, color=AT_CENTRE.get(one.word, "white"),
              markeredgecolor=AT_CENTRE.get(one.word, INK), markeredgewidth=0.8)  # fmt: skip
