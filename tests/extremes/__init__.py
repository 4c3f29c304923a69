"""Scenarios nobody would choose: short runs in which rules meet what shipped scenarios never bring."""
