"""Claims over plausible space, in plain words and a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.studies.claims.declare import UNDETERMINED
from analysis.studies.claims.over_space import FAILED, HELD, NOT_READ, TWINS_TOO, ClaimShare
from analysis.studies.claims.over_tables import OWN
from analysis.studies.over_space.flips import flips_said, moves_said
from analysis.studies.over_space.words import table_said, told
from analysis.words.numbers import DASH, percent
from analysis.words.prose import listed, wrapped

if TYPE_CHECKING:
    from analysis.compare.share import BlockShare
    from analysis.studies.claims.over_space import ClaimsOverSpace

SAYS, CENTRE = "what the paper says", "at the centre"
BY_OWN = "by own intervals: holds / twins too / fails / open"
RATIOS = {SAYS: 4, CENTRE: 2, BY_OWN: 2}
HOW = (
    "Holds, fails: by figures with the luck of the few towns taken away, with 95 % intervals over draws and towns. By "
    "each draw's own intervals: as a trial of so few towns would find it, most of it undetermined by luck alone."
)


def shares_summary(space: ClaimsOverSpace) -> str:
    """Everything."""
    table = table_said(headings_of(space), claim_rows(space), RATIOS)
    blocks = [table, wrapped(HOW)] if space.claims else ["No claim could be read at every draw."]
    return told(space, blocks, shares_in_short(space))


def shares_in_short(space: ClaimsOverSpace) -> list[str]:
    """Which verdicts stand all over plausible space, which are turned, and where."""
    said = []
    for account in space.verdicts:
        claims = space.of(account)
        if not claims:
            continue
        alike = [c.claim.id for c in claims if c.word != UNDETERMINED and c.as_at_centre.value == 1.0]
        said.append(f"Under {account}, as at the centre in every draw: {listed(alike) or 'none'}.")
        if turned := [c for c in claims if c.turned]:
            each = (f"{c.claim.id} ({c.word} at the centre; so in {_share(c.as_at_centre)} of space)" for c in turned)
            said.append(f"Under {account}, other than at the centre in most of plausible space: {listed(each)}.")
    for one in space.claims:
        if one.divided:
            name = f"{one.claim.id}, {one.account}" if len(space.verdicts) > 1 else one.claim.id
            where = " ".join(filter(None, (flips_of(space, one), goes_with(space, one))))
            said.append(f"{name} holds in {_share(one.holds)}. {where or 'Too few draws on one side to say where.'}")
    return said


def flips_of(space: ClaimsOverSpace, one: ClaimShare) -> str:
    """Where a claim fails or holds; empty if everywhere, or it cannot be told."""
    columns = space.plausible.plans[one.account].columns(space.plausible.draws)
    return flips_said(columns, one.codes != HELD) if one.divided else ""


def goes_with(space: ClaimsOverSpace, one: ClaimShare) -> str:
    """Which parameters the figure that decides goes with; empty if chance could make it."""
    return moves_said(space.plausible.plans[one.account].columns(space.plausible.draws), one.key.true)


def headings_of(space: ClaimsOverSpace) -> tuple[str, ...]:
    """Of the table: the account only where there are several."""
    account = ("account",) if len(space.verdicts) > 1 else ()
    return (*account, "claim", SAYS, CENTRE, "holds in", "twins too", "fails in", "no reading", BY_OWN)


def claim_rows(space: ClaimsOverSpace) -> list[tuple[str, ...]]:
    """A row a claim and account."""
    rows = []
    for one in space.claims:
        own = " / ".join(percent(sum(one.own.get(word, 0.0) for word in words)) for _, words, _ in OWN)
        cells = [_share(one.shares[HELD]), *(_plain(one.shares[code]) for code in (TWINS_TOO, FAILED, NOT_READ)), own]
        account = (one.account,) if len(space.verdicts) > 1 else ()
        rows.append((*account, one.claim.id, one.claim.statement, one.word, *cells))
    return rows


def _share(share: BlockShare) -> str:
    return f"{percent(share.value)} ({percent(share.low)} to {percent(share.high)})"


def _plain(share: BlockShare) -> str:
    return percent(share.value) if share.value > 0 else DASH
