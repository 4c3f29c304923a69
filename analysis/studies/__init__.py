"""Studies of many runs, one folder each."""
