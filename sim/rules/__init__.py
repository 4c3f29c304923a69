"""One rule, one file. ``sim.week`` says in which order they apply."""
