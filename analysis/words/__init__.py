"""How numbers, units, signs and sentences read, wherever people read them; and the care note.

What a program reads (CSV, JSON, Parquet, options) is written elsewhere, with a plain "-".
"""
