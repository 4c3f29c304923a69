"""``calibrate``: what outside evidence leaves standing of each account's parameters."""
