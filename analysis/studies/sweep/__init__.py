"""Sweeps: many points of parameter space, each lived with many seeds, each life with its twin.

Start with ``sweepfile`` (what a sweep file says) and ``plan`` (what is to be lived, in which order);
``lives`` lives one point with one seed, ``rows`` writes it as tables, ``store`` keeps them, ``local``
and ``cluster`` get it done.
"""
