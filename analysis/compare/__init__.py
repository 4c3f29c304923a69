"""People against their twins: arms, outcomes, paired differences, effects with intervals."""
