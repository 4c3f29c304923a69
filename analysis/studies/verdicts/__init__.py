"""``verdicts``: the paper's claims, by account of how such a group could work."""
