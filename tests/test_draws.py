"""Draws: Philox against its published known answers, and quantile functions against SciPy."""

from __future__ import annotations

import math

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim import draws
from sim.draws import NOBODY, THE_GROUP
from sim.purposes import ATTEND

WORD = st.integers(0, 2**32 - 1)
INSIDE = st.floats(2.0**-53, 1.0 - 2.0**-53)
NOT_AT_THE_VERY_END = st.floats(2.0**-53, 1.0 - 1e-9)  # beyond, rounding of a long sum may show
KEY = draws.key_of_seed(1)

# Random123 (Salmon et al. 2011), file kat_vectors, philox4x32 with 10 rounds.
PI = ((0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344), (0xA4093822, 0x299F31D0))
KNOWN_ANSWERS = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (*PI, (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1)),
]


@numba.njit
def compiled_philox(words):
    return draws.philox4x32(words[0], words[1], words[2], words[3], words[4], words[5])


@numba.njit
def compiled_quantiles(u, mean):
    return draws.normal_quantile(u), draws.poisson_quantile(u, mean)


@numba.njit
def compiled_uniform(key, person, partner, day, purpose):
    return draws.uniform(key, person, partner, day, purpose)


@numba.njit
def compiled_pairs(key, persons, partner, day, purpose, first, second):
    draws.uniform_pairs(key, persons, partner, day, purpose, first, second)


@numba.njit
def compiled_quantiles_of_many(uniforms, places, out):
    draws.normal_quantiles(uniforms, places, out)


def philox(counter, key):
    return tuple(int(word) for word in draws.philox4x32(*(np.uint64(word) for word in (*counter, *key))))


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_philox_gives_its_published_answers(counter, key, answer):
    assert philox(counter, key) == answer
    assert tuple(compiled_philox(np.array([*counter, *key], dtype=np.uint64))) == answer


@given(st.tuples(WORD, WORD, WORD, WORD), st.tuples(WORD, WORD))
def test_compiled_and_plain_philox_agree(counter, key):
    assert philox(counter, key) == tuple(compiled_philox(np.array([*counter, *key], dtype=np.uint64)))


def plain_philox(counter, key):
    """Written anew from the paper, with Python's own integers."""
    c, k = list(counter), list(key)
    for _ in range(10):
        high0, low0 = divmod(0xD2511F53 * c[0], 2**32)
        high1, low1 = divmod(0xCD9E8D57 * c[2], 2**32)
        c = [high1 ^ c[1] ^ k[0], low1, high0 ^ c[3] ^ k[1], low0]
        k = [(k[0] + 0x9E3779B9) % 2**32, (k[1] + 0xBB67AE85) % 2**32]
    return tuple(c)


@given(st.tuples(WORD, WORD, WORD, WORD), st.tuples(WORD, WORD))
def test_philox_is_the_one_of_the_paper(counter, key):
    assert philox(counter, key) == plain_philox(counter, key)


@given(person=WORD, partner=st.integers(-1, 2**32 - 2), day=WORD, purpose=WORD, seed=st.integers(0, 2**64 - 1))
def test_uniforms_are_inside_the_unit_interval_and_the_same_compiled(person, partner, day, purpose, seed):
    key = draws.key_of_seed(seed)
    u = draws.uniform(key, person, partner, day, purpose)
    one, other = draws.uniform_pair(key, person, partner, day, purpose)
    assert 0.0 < u < 1.0
    assert 0.0 < other < 1.0
    assert u == one
    assert u == compiled_uniform(key, person, partner, day, purpose)


@pytest.mark.parametrize("words", [(0, 0), (0xFFFFFFFF, 0xFFFFFFFF)])
def test_the_outermost_uniforms_are_still_inside(words):
    u = draws._inside_unit_interval(np.uint64(words[0]), np.uint64(words[1]))
    assert 0.0 < u < 1.0
    assert math.isfinite(draws.normal_quantile(u))
    assert draws.poisson_quantile(u, 1.0) < 60


def test_an_address_has_five_parts_and_each_matters():
    base = (7, 3, 100, ATTEND)
    others = [(8, 3, 100, ATTEND), (7, 4, 100, ATTEND), (7, NOBODY, 100, ATTEND), (7, 3, 101, ATTEND), (7, 3, 100, 92)]
    others += [(3, 7, 100, ATTEND), (THE_GROUP, NOBODY, 100, ATTEND)]
    seen = {draws.uniform(KEY, *address) for address in [base, *others]}
    seen |= {draws.uniform(draws.key_of_seed(seed), *base) for seed in (2, 2**32 + 1, 2**63)}
    assert len(seen) == 1 + len(others) + 3


def test_the_order_of_drawing_does_not_matter():
    days = range(50)
    forwards = [draws.uniform(KEY, 1, NOBODY, day, ATTEND) for day in days]
    assert forwards == [draws.uniform(KEY, 1, NOBODY, day, ATTEND) for day in reversed(days)][::-1]


def test_uniforms_are_uniform():
    # Kolmogorov-Smirnov on 5,000 addresses; a fixed seed, and a false alarm in 1 of 10,000 of them.
    u = [draws.uniform(KEY, person, NOBODY, day, ATTEND) for person in range(50) for day in range(100)]
    assert stats.kstest(u, "uniform").pvalue > 1e-4


@given(INSIDE)
def test_normal_quantiles_agree_with_scipy(u):
    assert draws.normal_quantile(u) == pytest.approx(stats.norm.ppf(u), rel=1e-6, abs=1e-7)
    assert compiled_quantiles(u, 0.5)[0] == draws.normal_quantile(u)


@given(INSIDE, INSIDE)
def test_normal_quantiles_never_fall(u, v):
    low, high = sorted((u, v))
    # a seam between two formulas may be off by the stated accuracy of 1e-7
    assert draws.normal_quantile(low) <= draws.normal_quantile(high) + 1e-6


def test_normal_quantiles_mirror():
    for u in (0.001, 0.05, 0.075, 0.3, 0.4999):
        assert draws.normal_quantile(u) == pytest.approx(-draws.normal_quantile(1.0 - u), abs=1e-6)
    assert draws.normal_quantile(0.5) == 0.0


def test_draws_for_many_are_the_draws_of_each():
    ids = np.array([0, 1, 79, 1_000_000, 1_000_064])
    first, second = np.empty(5), np.empty(5)
    for many in (draws.uniform_pairs, compiled_pairs):
        many(KEY, ids, NOBODY, 100, ATTEND, first, second)
        each = [draws.uniform_pair(KEY, person, NOBODY, 100, ATTEND) for person in ids]
        assert list(zip(first, second, strict=True)) == each


@given(st.lists(INSIDE, max_size=40))
def test_quantiles_of_many_are_the_quantiles_of_each(uniforms):
    u = np.array(uniforms)
    out, places = np.empty(len(u)), np.empty(len(u), dtype=np.int64)
    for many in (draws.normal_quantiles, compiled_quantiles_of_many):
        many(u.copy(), places, out)
        assert out.tolist() == [draws.normal_quantile(one) for one in uniforms]


@pytest.mark.parametrize("mean", [0.0, 1e-6, 0.01, 0.3, 1.0, 2.5, 7.0, 30.0, 100.0, 650.0, 740.0, 800.0, 5e3])
def test_poisson_quantiles_are_scipys(mean):
    for u in (1e-9, 0.003, 0.05, 0.25, 0.5, 0.66, 0.75, 0.9, 0.99, 0.999, 0.99999, 1.0 - 1e-9):
        assert draws.poisson_quantile(u, mean) == (stats.poisson.ppf(u, mean) if mean > 0.0 else 0)


@given(NOT_AT_THE_VERY_END, NOT_AT_THE_VERY_END, st.floats(0.0, 2000.0))
def test_poisson_counts_never_fall_as_luck_rises(u, v, mean):
    low, high = sorted((u, v))
    assert draws.poisson_quantile(low, mean) <= draws.poisson_quantile(high, mean)


@given(NOT_AT_THE_VERY_END, st.floats(0.0, 2000.0), st.floats(0.0, 2000.0))
def test_poisson_counts_never_fall_as_the_mean_rises(u, one, other):
    low, high = sorted((one, other))
    assert draws.poisson_quantile(u, low) <= draws.poisson_quantile(u, high)
    assert compiled_quantiles(u, high)[1] == draws.poisson_quantile(u, high)


@pytest.mark.parametrize("mean", [746.0, 1000.0, 5000.0])
def test_a_very_large_mean_does_not_turn_into_no_events(mean):
    # accepted parameters reach such means: see people.episode_rate_mean and _shape
    for u in (0.01, 0.5, 0.99):
        assert draws.poisson_quantile(u, mean) == pytest.approx(mean, rel=0.2)


@given(INSIDE, st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_higher_chance_never_undoes_an_event(u, one, other):
    low, high = sorted((one, other))
    assert (u < low) <= (u < high)


def test_nothing_happens_without_a_chance_and_everything_with_certainty():
    for day in range(1000):
        assert not draws.happens(KEY, 1, NOBODY, day, ATTEND, 0.0)
        assert draws.happens(KEY, 1, NOBODY, day, ATTEND, 1.0)


@given(st.integers(0, 2**64 - 1))
def test_a_seed_is_two_words(seed):
    key = draws.key_of_seed(seed)
    assert key.dtype == np.uint64
    assert int(key[0]) + 2**32 * int(key[1]) == seed


@pytest.mark.parametrize("seed", [-1, 2**64, -(2**70)])
def test_other_seeds_are_refused(seed):
    with pytest.raises(ValueError, match="a seed must be a whole number from 0 to"):
        draws.key_of_seed(seed)
