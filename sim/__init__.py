"""Sameboat's model: people, ties, a group, and the weeks they live. Start reading in ``sim.week``."""
