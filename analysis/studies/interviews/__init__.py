"""Virtual interviews: groups that lasted, interviewed as the paper did, under rival accounts of how a group works."""
