"""Tests of ``verdicts``."""
