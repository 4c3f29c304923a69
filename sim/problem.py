"""What can go wrong that the person at the keyboard can mend."""


class Problem(Exception):  # noqa: N818  (it is shown to people, and reads better so)
    """Something is wrong, said in one line: what, where, and how to mend it. Exit status 2."""
