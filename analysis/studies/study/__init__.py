"""A virtual study: what a study of a group would publish, against what its people and their twins show."""
