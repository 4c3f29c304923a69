# ruff: noqa: E501 - declarations of columns
"""Tables of ``calibrate``: priors, outside figures, what each account comes to, what is left standing, and the checks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from analysis.results.columns import Column, table_of
from analysis.studies.calibrate.account import QUANTILES, Calibrated
from analysis.studies.calibrate.checks import LEVELS
from analysis.studies.calibrate.compared import Compared
from analysis.studies.calibrate.fit import Fit, fits_of
from analysis.studies.calibrate.leaving import shares_without

WORDS, FIGURE = "words", "as the figure"
ENDS = (("low", "5 %"), ("middle", "50 %"), ("high", "95 %"))


def all_tables(found: Sequence[Calibrated], compared: Sequence[Compared]) -> dict[str, pa.Table]:
    """All tables by name."""
    return {
        "priors": _priors(found), "figures": _figures(found), "accounts": _accounts(compared),
        "parameters": _parameters(found), "pulls": _pulls(found), "recovery": _recovery(found), "ranks": _ranks(found),
        "methods": _methods(found), "leaving": _leaving(found), "leaving_accounts": _leaving_accounts(found),
    }  # fmt: skip


def _priors(found: Sequence[Calibrated]) -> pa.Table:
    rows = [(one.account, part) for one in found for part in one.priors.parts]
    return table_of([
        Column("account", "name", "account of how a group works", [account for account, _ in rows]),
        Column("parameter", "name", "what is believed of which parameter", [part.name for _, part in rows]),
        Column("law", WORDS, "uniform, whole (uniform over whole numbers), log-uniform or pert", [part.law for _, part in rows]),
        Column("low", "as the parameter", "lower end", np.array([part.low for _, part in rows])),
        Column("high", "as the parameter", "upper end", np.array([part.high for _, part in rows])),
        Column("mode", "as the parameter", "best guess; that of the account where the law has none", np.array([part.mode for _, part in rows])),
        Column("source", WORDS, "of the range, or assumption", [part.source for _, part in rows]),
        Column("linked", WORDS, "parameters believed to go together with it, with the correlation of normal scores",
               [_links(account, part.name, found) for account, part in rows]),
    ])  # fmt: skip


def _links(account: str, name: str, found: Sequence[Calibrated]) -> str:
    linked = next(one.priors.linked for one in found if one.account == account)
    return ", ".join(
        f"{other} ({link.correlation:g})" for link in linked for other in {link.one, link.other} - {name}
        if name in (link.one, link.other)
    )  # fmt: skip


def _ends(name: str, what: str, fits: Sequence[Fit]) -> list[Column]:
    return [
        Column(f"{name}_{end}", FIGURE, f"{what}: {said}", np.array([getattr(fit, name)[k] for fit in fits]))
        for k, (end, said) in enumerate(ENDS)
    ]


def _figures(found: Sequence[Calibrated]) -> pa.Table:
    fits = [fit for one in found for fit in fits_of(one)]
    return table_of([
        Column("account", "name", "account of how a group works", [fit.account for fit in fits]),
        Column("figure", "name", "outside figure", [fit.target.name for fit in fits]),
        Column("outside_low", FIGURE, "lower end of the outside figure; missing where open", _open([fit.target.low for fit in fits])),
        Column("outside_high", FIGURE, "upper end of the outside figure; missing where open", _open([fit.target.high for fit in fits])),
        Column("outside_sd", FIGURE, "standard deviation of its own error and of the discrepancy together", np.array([fit.target.sd for fit in fits])),
        *_ends("before", "all over the prior", fits),
        *_ends("left", "what is left standing, by the emulators", fits),
        *_ends("lived", "what is left standing, lived again in more towns", fits),
        *_ends("foretold", "as the other figures foretell it", fits),
        Column("away", "sd", "how many standard deviations what is left standing lies from the outside figure, in the middle; 0 inside a range", np.array([fit.away for fit in fits])),
        Column("word", WORDS, "whether what is left standing fits: fits, strained (more than 2 sd) or missed (more than 3)", [fit.word for fit in fits]),
        Column("foretold_rank", "share", "of what the others lead one to see, below the outside figure", np.array([fit.rank for fit in fits])),
        Column("kept", "share", "of the prior that this figure alone does not rule out", np.array([fit.kept for fit in fits])),
        Column("explained", "share", "of what parameters do to the figure, that its emulator explains", np.array([fit.explained for fit in fits])),
        Column("emulator_sd", FIGURE, "standard deviation of the emulator's own error", np.array([fit.emulator_sd for fit in fits])),
        Column("towns_sd", FIGURE, "standard deviation of the figure at one place, from the luck of few towns", np.array([fit.towns_sd for fit in fits])),
    ])  # fmt: skip


def _open(ends: Sequence[float]) -> np.ndarray:
    return np.array([end if np.isfinite(end) else np.nan for end in ends])


def _accounts(compared: Sequence[Compared]) -> pa.Table:
    return table_of([
        Column("account", "name", "account of how a group works", [one.account for one in compared]),
        Column("log10_likelihood", "log10", "mean likelihood over the prior, relative to a perfect fit", np.array([one.log10 for one in compared])),
        Column("log10_likelihood_low", "log10", "lowest of the refits of the emulators", np.array([one.low for one in compared])),
        Column("log10_likelihood_high", "log10", "highest of the refits of the emulators", np.array([one.high for one in compared])),
        Column("share", "probability", "of all accounts tried, if each was as likely before", np.array([one.share for one in compared])),
        Column("share_low", "probability", "lowest over the refits", np.array([one.share_low for one in compared])),
        Column("share_high", "probability", "highest over the refits", np.array([one.share_high for one in compared])),
        Column("kept", "share", "of the prior that no figure rules out (implausibility up to 3)", np.array([one.kept for one in compared])),
        Column("missed", WORDS, "figures that what is left standing misses by more than 3 standard deviations", [", ".join(one.missed) for one in compared]),
    ])  # fmt: skip


def _parameters(found: Sequence[Calibrated]) -> pa.Table:
    rows = [(one, k) for one in found for k in range(len(one.priors))]
    before = {one.account: np.array([part.at(np.array(QUANTILES)) for part in one.priors.parts]) for one in found}
    left = {one.account: np.array([part.at(np.quantile(one.posterior.places[:, k], QUANTILES))
                                   for k, part in enumerate(one.priors.parts)]) for one in found}  # fmt: skip
    return table_of([
        Column("account", "name", "account of how a group works", [one.account for one, _ in rows]),
        Column("parameter", "name", "which", [one.priors.names[k] for one, k in rows]),
        *(Column(f"before_{end}", "as the parameter", f"prior: {said}", np.array([before[one.account][k, e] for one, k in rows]))
          for e, (end, said) in enumerate(ENDS)),
        *(Column(f"left_{end}", "as the parameter", f"left standing: {said}", np.array([left[one.account][k, e] for one, k in rows]))
          for e, (end, said) in enumerate(ENDS)),
        Column("told", "share", "by which its spread has become less; about 0 where the evidence says nothing", np.array([one.told[k] for one, k in rows])),
    ])  # fmt: skip


def _pulls(found: Sequence[Calibrated]) -> pa.Table:
    rows = [(one, a, b) for one in found for a in range(len(one.targets)) for b in range(a + 1, len(one.targets))]
    return table_of([
        Column("account", "name", "account of how a group works", [one.account for one, _, _ in rows]),
        Column("first", "name", "one figure", [one.targets[a].name for one, a, _ in rows]),
        Column("second", "name", "another", [one.targets[b].name for one, _, b in rows]),
        Column("log10_together", "log10", "how much oftener than by chance both fit at one place of the prior; below 0: they pull against each other",
               np.array([one.pulls[a, b] for one, a, b in rows]) / np.log(10)),
    ])  # fmt: skip


def _recovery(found: Sequence[Calibrated]) -> pa.Table:
    rows = [(one, k) for one in found for k in range(len(one.recovered.parameters))]
    covered = {(one.account, level): one.recovered.covered(level) for one in found for level in LEVELS}
    uneven = {one.account: one.recovered.uneven() for one in found}
    return table_of([
        Column("account", "name", "account of how a group works", [one.account for one, _ in rows]),
        Column("parameter", "name", "told from made-up evidence", [one.recovered.parameters[k] for one, k in rows]),
        Column("places", "places", "known places that were told", np.array([len(one.recovered.ranks) for one, _ in rows])),
        *(Column(f"covered_{round(100 * level)}", "share", f"of known values in the middle {level:.0%} of what was left",
                 np.array([covered[one.account, level][k] for one, k in rows])) for level in LEVELS),
        Column("p_even", "probability", "P of Kolmogorov and Smirnov's test that ranks lie evenly", np.array([uneven[one.account][k] for one, k in rows])),
    ])  # fmt: skip


def _ranks(found: Sequence[Calibrated]) -> pa.Table:
    rows = [
        (one, n, k)
        for one in found
        for n in range(len(one.recovered.ranks))
        for k in range(len(one.recovered.parameters))
    ]
    return table_of([
        Column("account", "name", "account of how a group works", [one.account for one, _, _ in rows]),
        Column("place", "number", "of the known place", np.array([n for _, n, _ in rows])),
        Column("parameter", "name", "told from made-up evidence", [one.recovered.parameters[k] for one, _, k in rows]),
        Column("rank", "share", "of what was left that lies below the known value", np.array([one.recovered.ranks[n, k] for one, n, k in rows])),
    ])  # fmt: skip


def _methods(found: Sequence[Calibrated]) -> pa.Table:
    rows = [(one.account, agreed) for one in found for agreed in one.agreement]
    return table_of([
        Column("account", "name", "account of how a group works", [account for account, _ in rows]),
        Column("parameter", "name", "of those told best", [agreed.name for _, agreed in rows]),
        *(Column(f"{method}_{end}", "place in the prior", f"{words}: {said}", np.array([getattr(agreed, method)[e] for _, agreed in rows]))
          for method, words in (("emulated", "by emulators and likelihood"), ("forest", "by forests, without either"))
          for e, (end, said) in enumerate(ENDS)),
    ])  # fmt: skip


def _leaving(found: Sequence[Calibrated]) -> pa.Table:
    rows = [(one, left, k) for one in found for left in one.leaving for k in one.most]
    return table_of([
        Column("account", "name", "account of how a group works", [one.account for one, _, _ in rows]),
        Column("figure", "name", "outside figure that is left out", [left.figure for _, left, _ in rows]),
        Column("parameter", "name", "of those told best with all figures", [one.priors.names[k] for one, _, k in rows]),
        Column("shift", "sd", "how far the middle of its place in the prior moves without the figure, in standard deviations of what all figures leave", np.array([left.shifts[k] for _, left, k in rows])),
        Column("wider", "ratio", "its spread without the figure, by that with all figures", np.array([left.wider[k] for _, left, k in rows])),
        Column("worth", "draws", "to how many draws those reweighted without the figure amount", np.array([left.worth for _, left, _ in rows])),
        Column("anew", "yes/no", "whether draws were made anew from the other figures, as those amount to too few", np.array([left.anew for _, left, _ in rows], bool)),
    ])  # fmt: skip


def _leaving_accounts(found: Sequence[Calibrated]) -> pa.Table:
    rows = [(k, j) for k, one in enumerate(found) for j in range(len(one.leaving))]
    logs = np.array([[left.log_evidence for left in one.leaving] for one in found]).reshape(len(found), -1)
    without, together = shares_without(logs), np.array([one.log_evidence[0] for one in found])
    share = shares_without(together[:, None])[:, 0]
    return table_of([
        Column("account", "name", "account of how a group works", [found[k].account for k, _ in rows]),
        Column("figure", "name", "outside figure that is left out", [found[k].leaving[j].figure for k, j in rows]),
        Column("log10_likelihood", "log10", "mean likelihood of the other figures over the prior, relative to a perfect fit", np.array([logs[k, j] for k, j in rows]) / np.log(10)),
        Column("share", "probability", "of all accounts tried without the figure, if each was as likely before", np.array([without[k, j] for k, j in rows])),
        Column("share_with", "probability", "the same with all figures", np.array([share[k] for k, _ in rows])),
    ])  # fmt: skip
