"""A factorial: two groups that differ in several ways at once, and what of the difference is due to which of them."""
