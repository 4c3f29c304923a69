"""``foretell``: what the plausible space leads one to expect of figures that were never fitted."""
