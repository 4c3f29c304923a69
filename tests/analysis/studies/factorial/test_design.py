"""Cells and contrasts, against effects that are known."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from analysis.studies.factorial.design import Factor, cells_of, code_of, interactions, main_effects, split_of


def factors_of(*levels):
    return [Factor(f"f{k}", f"F{k}?", {str(i): {} for i in range(count)}) for k, count in enumerate(levels)]


def coded(factors):
    """The cells' levels of two each, coded -1 and +1."""
    return 2.0 * np.array(cells_of(factors)) - 1.0


def test_every_combination_is_a_cell_from_all_first_levels_to_all_last():
    cells = cells_of(factors_of(2, 3, 2))
    assert len(set(cells)) == len(cells) == 12
    assert (cells[0], cells[-1]) == ((0, 0, 0), (1, 2, 1))
    assert code_of(cells[-1]) == "2-3-2"


@pytest.mark.parametrize("count", [2, 3, 5])
def test_effects_are_those_of_the_regression_on_minus_and_plus_one(count):
    factors = factors_of(*[2] * count)
    x = coded(factors)
    y = np.random.default_rng(3).normal(size=len(x))
    pairs = [(f, g) for f in range(count) for g in range(f + 1, count)]
    design = np.column_stack([np.ones(len(x)), x, *(x[:, f] * x[:, g] for f, g in pairs)])
    slopes = np.linalg.lstsq(design, y, rcond=None)[0]  # an effect is twice its slope: from -1 to +1
    found = [effect.weights @ y for effect in (*main_effects(factors), *interactions(factors))]
    assert found == pytest.approx(2 * slopes[1:])


def test_an_effect_is_the_second_level_minus_the_first():
    factors = factors_of(2, 2)
    y = np.array([0.0, 0.0, 3.0, 5.0])  # 00, 01, 10, 11
    assert [effect.weights @ y for effect in main_effects(factors)] == [4.0, 1.0]
    assert [effect.weights @ y for effect in interactions(factors)] == [1.0]


@pytest.mark.parametrize("levels", [(2, 2), (2, 2, 2, 2, 2), (2, 3), (3, 2, 4)])
def test_parts_and_rest_sum_to_the_last_cell_minus_the_first(levels):
    factors = factors_of(*levels)
    split = split_of(factors)
    assert sum(part.weights for part in split.parts) + split.rest.weights == pytest.approx(split.whole.weights)
    assert split.whole.weights[[0, -1]].tolist() == [-1.0, 1.0]
    for effect in (*main_effects(factors), *interactions(factors), *split.alone, *split.taken_back, split.rest):
        assert effect.weights.sum() == pytest.approx(0.0)


def test_two_way_interactions_are_no_part_of_the_difference_but_three_way_ones_are():
    factors = factors_of(2, 2, 2)
    x, split = coded(factors), split_of(factors_of(2, 2, 2))
    assert split.whole.weights @ (x[:, 0] * x[:, 1]) == 0.0
    assert split.rest.weights @ (x[:, 0] * x[:, 1]) == pytest.approx(0.0)
    assert split.rest.weights @ (x[:, 0] * x[:, 1] * x[:, 2]) == pytest.approx(2.0)


def test_alone_and_taken_back_change_one_factor_of_the_first_and_of_the_last_cell():
    factors = factors_of(2, 2, 2)
    y = {cell: 10.0 * cell[0] + cell[1] + 5.0 * cell[0] * cell[1] for cell in product(range(2), repeat=3)}
    values = np.array([y[cell] for cell in cells_of(factors)])
    split = split_of(factors)
    assert [effect.weights @ values for effect in split.alone] == [10.0, 1.0, 0.0]
    assert [effect.weights @ values for effect in split.taken_back] == [15.0, 6.0, 0.0]


def test_with_more_than_two_levels_each_is_held_against_the_first():
    factors = factors_of(3, 2)
    y = np.array([[0.0, 2.0], [1.0, 3.0], [5.0, 9.0]]).ravel()
    assert [effect.name for effect in main_effects(factors)] == ["f0: 1", "f0: 2", "f1"]
    assert [effect.weights @ y for effect in main_effects(factors)] == pytest.approx([1.0, 6.0, 8.0 / 3])
    assert [effect.weights @ y for effect in interactions(factors)] == pytest.approx([0.0, 1.0])
