"""Where a claim fails, in words: a small decision tree over the points of a sweep.

A tree of three questions at most (scikit-learn) separates points in which the claim holds from those in
which it does not; each leaf is a region. How well it does on points it has not seen is said beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from analysis.studies.sensitivity.response import axis_of
from analysis.words.numbers import fixed, percent
from sim.problem import Problem

DEEPEST = 3
SMALLEST_LEAF = 0.05  # of the points
FOLDS = 5
LEAST_GAIN = 1e-3  # of a question, in Gini impurity: a question that tells nothing makes no region
NO_BETTER_THAN_LUCK = 0.6  # balanced accuracy; 0.5 is luck
FEWEST = 10  # points on either side
SEED = 20260101


class Region(NamedTuple):
    """A part of parameter space.

    Attributes:
        where: conditions, in words.
        points: how many points lie in it.
        fails: share of them in which the claim fails.
        of_all: share of all points in which it fails that lie here.
    """

    where: str
    points: int
    fails: float
    of_all: float


class Discovery(NamedTuple):
    """Regions, the one in which the claim fails most first.

    Attributes:
        regions: leaves of the tree; empty if no region can be told.
        accuracy: balanced accuracy on points not seen; 0.5 is luck, 1 is perfect.
        importance: of each parameter in the tree, by name.
        sentence: the outcome in plain words.
    """

    regions: list[Region]
    accuracy: float
    importance: dict[str, float]
    sentence: str


def discover(
    names: Sequence[str], columns: dict[str, np.ndarray], fails: np.ndarray,
    words: tuple[str, str] = ("fails", "holds"), points: str = "points",
) -> Discovery:  # fmt: skip
    """Find the regions in which a claim fails.

    Args:
        names: what was varied.
        columns: [points] for each name.
        fails: bool[points].
        words: what it does where it fails, and where it does not.
        points: what a point is called.

    Raises:
        Problem: if scikit-learn is not installed.
    """
    bad, (failing, holding) = int(fails.sum()), words
    if min(bad, len(fails) - bad) < FEWEST:
        few = f"; with fewer than {FEWEST} {points} on either side no region is told apart"
        what = {0: "at none of the", len(fails): "at all"}.get(bad, f"at {bad} of")
        return Discovery([], float("nan"), {}, f"It {failing} {what} {len(fails)} {points}{few}.")
    try:
        from sklearn.model_selection import StratifiedKFold, cross_val_score  # noqa: PLC0415  (an extra)
        from sklearn.tree import DecisionTreeClassifier  # noqa: PLC0415
    except ImportError:
        raise Problem(
            "scenario discovery needs scikit-learn; install it with: pip install -e '.[sensitivity]'"
        ) from None
    x = np.stack([axis_of(columns[name])[0] for name in names], axis=1)
    leaf = max(2, round(SMALLEST_LEAF * len(fails)))
    tree = DecisionTreeClassifier(
        max_depth=DEEPEST, min_samples_leaf=leaf, min_impurity_decrease=LEAST_GAIN, class_weight="balanced",
        random_state=SEED,
    )  # fmt: skip
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    accuracy = float(cross_val_score(tree, x, fails, cv=folds, scoring="balanced_accuracy").mean())
    tree.fit(x, fails)
    importance = {name: float(weight) for name, weight in zip(names, tree.feature_importances_, strict=True)}
    if accuracy < NO_BETTER_THAN_LUCK:
        sentence = (f"It {failing} in {bad} of {len(fails)} {points}, but no region of few conditions tells them apart "
                    f"(balanced accuracy {fixed(accuracy)} on {points} not seen; 0.5 is luck).")  # fmt: skip
        return Discovery([], accuracy, importance, sentence)
    regions = _leaves(tree.tree_, names, columns, x, fails)
    well = f"(balanced accuracy of the tree {fixed(accuracy)} on {points} not seen; 0.5 is luck)"
    if bad <= len(fails) / 2:
        worst = regions[0]
        sentence = (
            f"It {failing} most where {worst.where}: in {percent(worst.fails)} of the {worst.points} {points} there, "
            f"which are {percent(worst.of_all)} of all {points} in which it {failing} {well}."
        )
    else:  # it fails nearly anywhere: where it holds is the news
        best = regions[-1]
        of_all = (1 - best.fails) * best.points / (len(fails) - bad)
        sentence = (
            f"It {holding} most where {best.where}: in {percent(1 - best.fails)} of the {best.points} {points} there, "
            f"which are {percent(of_all)} of all {points} in which it {holding} {well}."
        )
    return Discovery(regions, accuracy, importance, sentence)


def _leaves(
    tree: object, names: Sequence[str], columns: dict[str, np.ndarray], x: np.ndarray, fails: np.ndarray
) -> list[Region]:
    left, right = tree.children_left, tree.children_right  # type: ignore[attr-defined]
    feature, cut = tree.feature, tree.threshold  # type: ignore[attr-defined]
    found: list[tuple[dict[int, list[float]], np.ndarray]] = []

    def walk(node: int, box: dict[int, list[float]], inside: np.ndarray) -> None:
        if left[node] < 0:
            found.append((box, inside))
            return
        k, at = int(feature[node]), float(cut[node])
        low, high = box.get(k, [-np.inf, np.inf])
        walk(left[node], box | {k: [low, min(high, at)]}, inside & (x[:, k] <= at))
        walk(right[node], box | {k: [max(low, at), high]}, inside & (x[:, k] > at))

    walk(0, {}, np.ones(len(x), bool))
    regions = [
        Region(
            " and ".join(_condition(names[k], columns[names[k]], *ends) for k, ends in box.items()) or "anywhere",
            int(inside.sum()),
            float(fails[inside].mean()),
            float((fails & inside).sum() / fails.sum()),
        )
        for box, inside in found
    ]
    return sorted(regions, key=lambda region: (-region.fails, -region.of_all))


def _condition(name: str, column: np.ndarray, low: float, high: float) -> str:
    _, words = axis_of(column)
    if words is not None:
        inside = [word for k, word in enumerate(words) if low < k <= high]
        return f"{name} is {' or '.join(inside)}"
    if column.dtype.kind in "iu":
        low, high = np.floor(low) + 1, np.floor(high)  # from, to
        ends = [f"at least {low:g}" if np.isfinite(low) else "", f"at most {high:g}" if np.isfinite(high) else ""]
    else:
        ends = [f"above {low:.3g}" if np.isfinite(low) else "", f"at most {high:.3g}" if np.isfinite(high) else ""]
    return f"{name} is {' and '.join(end for end in ends if end)}"
