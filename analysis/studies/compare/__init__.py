"""With and without the group: arms on the same people with the same lives, each against its twin."""
