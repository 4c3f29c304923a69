"""The model once more, written by hand in plain Python from ``docs/odd.md`` alone.

Nothing here looks at the compiled rules. Where the two differ, the document or one of them is wrong.
"""
