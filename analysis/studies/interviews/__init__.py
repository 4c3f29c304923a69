"""Virtual interviews: groups that lasted, interviewed as the paper did, in worlds with and without effects."""
