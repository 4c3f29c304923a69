"""What a sweep says about parameters: which ones matter, how they act together, where a claim fails.

Start with ``response``: the number that each point of a sweep is reduced to.
"""
