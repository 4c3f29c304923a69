"""The colours of everything that is shown: figures, reports, the page.

Okabe and Ito's palette, told apart with every kind of colour vision; arms also differ in their marks. INK, GREY and
the colours in TEXT are dark enough on white for words (WCAG AA).
"""

from __future__ import annotations

BLUE, SKY, ORANGE, GREEN, VERMILLION, PURPLE = "#0072B2", "#56B4E9", "#E69F00", "#009E73", "#D55E00", "#CC79A7"
INK, GREY, PALE, GRID = "#222222", "#5F6B73", "#C9D1D6", "#E8ECEE"
WITHOUT_GROUP = "#F4F4F4"  # behind the time after the closing

ARMS = (BLUE, ORANGE, GREEN, PURPLE, VERMILLION, SKY)
MARKERS = ("o", "s", "D", "^", "v", "P")
TWIN = "#8A8A8A"
MEMBERS, RESIDENTS, FORMER_MEMBERS = BLUE, GREY, VERMILLION
SHADES = ("#D6E6F2", "#A6CBE3", "#6FA8CF", "#2F7CB3", "#084B83")  # from little to much

AGAINST, ALSO_WITHOUT = "#B04A00", "#8A5A00"  # vermillion and orange, dark enough for words
TEXT = {"ink": INK, "soft": GREY, "blue": BLUE, "against": AGAINST, "without": ALSO_WITHOUT}
