"""Studies and pools of which the answer is known: people who are drawn from normal distributions."""

from __future__ import annotations

import numpy as np

from analysis.studies.study.pool import Pool, StudyArm
from analysis.studies.study.schema import StudyFile
from analysis.studies.study.towns import GROUP, NOTHING


def study(**said):
    """A study file's content, checked."""
    content = {
        "study": "planted", "source": "assumption", "base": "../groupA.yaml", "follow_ups": [24],
        "people": {"who": "residents", "towns": 10}, "instruments": {"isolation": {}},
    }  # fmt: skip
    for name, value in said.items():
        merged = isinstance(value, dict) and name != "instruments"
        content[name] = content.get(name, {}) | value if merged else value
    return StudyFile.model_validate(content)


def pool(towns=200, people=20, effect=0.0, icc=0.0, after=0.0, seed=1, times=(0, 24), mean=0.0):
    """People whose answer at every time is normal with variance 1: of it a share between towns, the rest of their own.

    Args:
        towns, people: how many, and of each how many.
        effect: of the group, at the second time.
        icc: share of the variance that people of a town have in common.
        after: by how much everybody changes without the group.
        seed: of the draws.
        times: when they are asked.
        mean: at the beginning.
    """
    rng = np.random.default_rng(seed)
    n = towns * people
    town = np.repeat(np.arange(towns), people)
    between = np.sqrt(icc) * rng.standard_normal(towns)[town]
    twin = np.stack([mean + after * (t > 0) + between + np.sqrt(1 - icc) * rng.standard_normal(n) for t in times])
    group = twin + effect * (np.array(times) > 0)[:, None]
    axes = (2, len(times), n)
    return Pool(
        (StudyArm("the group", GROUP), StudyArm("no group", NOTHING)), tuple(times), ("isolation",), town,
        np.tile(np.arange(people), towns), np.stack([group, twin])[:, :, None], np.stack([twin, twin])[:, :, None],
        np.broadcast_to(np.array([True, False])[:, None, None] & (np.array(times) > 0)[:, None], axes).copy(),
        np.zeros(axes, bool), np.ones(axes, bool), np.zeros(n, bool), np.ones(1),
    )  # fmt: skip


def single(of):
    """The same people in the first arm alone, as a study without comparison sees them."""
    import dataclasses

    blocks = {name: getattr(of, name)[:1] for name in ("value", "twin", "came", "member", "there")}
    return dataclasses.replace(of, arms=of.arms[:1], **blocks)
