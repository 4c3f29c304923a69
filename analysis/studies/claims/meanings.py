# ruff: noqa: E501 - declarations
"""Unit and meaning of each total (see ``totals`` in this folder), as the table of that name gives them.

A sum of a state that goes from 0 to 1 has the unit "sum of 0-1". A total that a run is too short for is zero.
"""

from __future__ import annotations

STATE, PEOPLE, TIMES, SQUARED = "sum of 0-1", "people", "times", "sum of squares"
NEW_YEAR, OLD_YEAR = 1, 8  # ages of a group that is new, and of one that is old
REGULAR_SHARES = (0.33, 0.4, 0.5, 0.6, 0.67)  # of recent meetings attended, from which a member may count as a regular
DECIDING_SHARES = (REGULAR_SHARES[0], REGULAR_SHARES[2], REGULAR_SHARES[-1])
NEAREST_YEARS = (2, 8, 12)  # the last two are the ages of the paper's groups
SIZES = tuple(range(1, 13))  # numbers of regulars


def definition(share: float) -> str:
    """A definition of a regular in a name, such as 33 for a third of meetings."""
    return f"{100 * share:.0f}"


TOTALS: dict[str, tuple[str, str]] = {
    "opening": (PEOPLE, "people who live in the area at the opening"),
    "opening_isolation": (STATE, "isolation of people who live in the area at the opening, then"),
    "opening_understanding": (STATE, "understanding of people who live in the area at the opening, then"),
    "stayed": (PEOPLE, "people who live in the area at the opening and two years on"),
    "stayed_isolation_rise": (STATE, "rise of isolation over two years, of people who live in the area at both times"),
    "stayed_told_nobody": (PEOPLE, "people who stayed for two years and told nobody outside the group"),
    "stayed_told": (TIMES, "times of telling somebody outside in two years, of people who stayed"),
    "later": (PEOPLE, "people who live in the area two years after the opening"),
    "later_stigma": (STATE, "internalised stigma of people who live in the area two years after the opening, then"),
    "contacts": (TIMES, "calls and texts answered and help given by anybody in two years, with the group"),
    "twin_contacts": (TIMES, "calls and texts answered and help given by anybody in two years, without the group"),
    "comers": (PEOPLE, "people who first came within two years"),
    "comers_isolation": (STATE, "isolation just before first coming, of people who came within two years"),
    "comers_isolation_above": (STATE, "isolation just before first coming less the mean of everybody eligible then, of people who came within two years"),
    "comers_understanding": (STATE, "understanding just before first coming, of people who came within two years"),
    "founders": (PEOPLE, "founders: people who came at the opening"),
    "founders_support_above": (STATE, "outside support of founders less the mean of everybody eligible at the opening"),
    "founders_isolation_above": (STATE, "isolation just before the opening less the mean of everybody eligible then, of founders"),
    "seen_a_year_on": (PEOPLE, "people who still live in the area a year after first coming, within two years"),
    "twins_isolation_rise": (STATE, "rise of the twins' isolation over the year from first coming, of people still there"),
    "early_meetings": (TIMES, "meetings attended in the first four weeks, of people who also came from week 24 to 28"),
    "early_shares": (TIMES, "turns taken at meetings in the first four weeks, of people who also came from week 24 to 28"),
    "late_meetings": (TIMES, "meetings attended from week 24 to 28 since coming, of people who also came in the first four weeks"),
    "late_shares": (TIMES, "turns taken from week 24 to 28 since coming, of people who also came in the first four weeks"),
    "attenders": (PEOPLE, "people who came and could have been there half a year on"),
    "attenders_early": ("sum of rates", "turns about self-harm for each meeting attended in the first four weeks, of these"),
    "attenders_carried": ("sum of rates", "the same from week 24 to 28 since coming; of who did not come then, in the last four weeks with a meeting"),
    "attenders_none": ("sum of rates", "the same from week 24 to 28 since coming; of who did not come then, none"),
    "shares": (TIMES, "turns taken at meetings in two years, by anybody"),
    "shares_wider_life": (TIMES, "turns taken at meetings in two years that were not about self-harm"),
    "new_looks": ("person-times", "members in the second year who came at most half a year before, counted every four weeks"),
    "new_trust": (STATE, "trust of members in the second year who came at most half a year before, summed over every four weeks"),
    "old_looks": ("person-times", "members in the second year who came more than half a year before, counted every four weeks"),
    "old_trust": (STATE, "trust of members in the second year who came more than half a year before, summed over every four weeks"),
    **{
        f"carried_{name}_{what}": (unit, f"{meaning} in the second year, who first came {when}, counted every four weeks; of who left, as it last was")
        for name, when in (("new", "at most half a year before"), ("old", "more than half a year before"))
        for what, unit, meaning in (("looks", "person-times", "people"), ("trust", STATE, "trust of people"))
    },
    "year_two": (PEOPLE, "people who came in the first year and live in the area after two"),
    **{
        f"year_two_{name}{what}": (unit, f"{meaning} in the second year, of these, {world}")
        for name, world in (("", "with the group"), ("twin_", "without"))
        for what, unit, meaning in (("guilt", STATE, "guilt, summed over every four weeks"), ("episodes", TIMES, "episodes"))
    },
    **{
        f"{name}_{what}_{year}": (unit, f"{meaning}, of regulars who first came {when}, {year} years after the opening")
        for year in NEAREST_YEARS
        for name, when in (("newer", "up to a year before"), ("longer", "more than a year before"))
        for what, unit, meaning in (("regulars", PEOPLE, "number"), ("nearest", STATE, "mean tie to the three who are nearest"))
    },
    "first_year_comers": (PEOPLE, "people who first came in the first year"),
    "first_year_still": (PEOPLE, "people who first came in the first year and are members two years after the opening"),
    "member_weeks": ("person-weeks", "members, summed over the weeks of two years"),
    "calls_taken": (TIMES, "calls taken from peers in two years, by anybody"),
    "year_on": (PEOPLE, "people who came in the first year and live in the area a year after coming"),
    "isolation_4": (STATE, "isolation four weeks after coming, with the group minus without, of people who came in the first year"),
    "isolation_52": (STATE, "isolation a year after coming, with the group minus without, of people who came in the first year"),
    "regulars_year_on": (PEOPLE, "people who came in the first year and are regulars a year after coming"),
    "regulars_isolation_4": (STATE, "isolation four weeks after coming, with the group minus without, of regulars a year on"),
    "regulars_isolation_52": (STATE, "isolation a year after coming, with the group minus without, of regulars a year on"),
    "regulars_change_4": (STATE, "change of isolation in the four weeks since coming, with the group, of regulars a year on"),
    "regulars_change_52": (STATE, "change of isolation in the year since coming, with the group, of regulars a year on"),
    "regulars_twin_change_4": (STATE, "change of the twins' isolation over the same four weeks, of regulars a year on"),
    "regulars_twin_change_52": (STATE, "change of the twins' isolation over the same year, of regulars a year on"),
    **{
        f"{name}_{weeks}": (STATE, f"{what} {when} coming, {whom}")
        for weeks, when in ((4, "four weeks after"), (52, "a year after"))
        for name, what, whom in (
            ("apart", "perceived difference, with the group minus without,", "of people who came in the first year"),
            ("regulars_apart", "perceived difference, with the group minus without,", "of regulars a year on"),
            ("regulars_apart_change", "perceived difference less that before, with the group,", "of regulars a year on"),
            ("regulars_apart_twin_change", "perceived difference less that before, of the twins,", "of regulars a year on"),
        )
    },
    "gainers": (PEOPLE, "regulars a year on whose understanding, with the group minus without, rose over the year"),
    "largest_gain": ("sum of shares", "largest four-week gain of understanding as a share of the year's whole, of those in whom it rose"),
    "helpers": (PEOPLE, "people who came within two years and live in the area then"),
    "help": (TIMES, "help given and calls taken in two years, of people who came"),
    "help_squared": (SQUARED, "each one's help given and calls taken in two years, squared"),
    "gained": (STATE, "understanding two years after the opening, with the group minus without, of people who came"),
    "help_gained": ("sum of products", "each one's help given times understanding gained"),
    "met": (TIMES, "meetings attended in two years, of people who came"),
    "met_squared": (SQUARED, "each one's meetings attended in two years, squared"),
    "met_help": ("sum of products", "each one's meetings attended times help given"),
    "met_gained": ("sum of products", "each one's meetings attended times understanding gained"),
    **{
        name + ending: (unit, f"{what}, of {whom}")
        for name, whom in (
            ("first_hand", "founders who are regulars a year on"),
            ("joining", "people who came to a group of two years or more and are regulars a year on"),
        )
        for ending, unit, what in (
            ("", PEOPLE, "number"),
            ("_coping", STATE, "coping a year after coming, with the group minus without"),
            ("_change", STATE, "change of coping in the year since coming, with the group"),
            ("_twin_change", STATE, "change of the twins' coping over the same year"),
            ("_meetings", TIMES, "meetings attended in the year since coming"),
        )
    },
    "open_2": ("0 or 1", "whether the group is open after two years, in a run of three years or more"),
    "open_3": ("0 or 1", "whether a group open after two years is still open a year later"),
    "led_3": ("0 or 1", "whether a group open after two years is still open a year later and has an organiser"),
    **{
        f"{name}_{years}": (unit, f"{what} {years} years")
        for years in (4, 8)
        for name, unit, what in (
            ("open_weeks", "weeks", "weeks in which the group was open, in its first"),
            ("closed", "0 or 1", "whether the group has closed after"),
            ("groups", "0 or 1", "whether the run is long enough to look at"),
            ("socials", TIMES, "socials held in the first"),
        )
    },
    "meetings_4": (TIMES, "meetings held in the first four years"),
    "organisers_4": ("person-weeks", "organisers, summed over the weeks of the first four years in which the group was open"),
    "old_weeks": ("weeks", "weeks from year eight to year twelve in which the group was open"),
    "old_regulars": ("person-weeks", "regulars, summed over the weeks from year eight to year twelve in which the group was open"),
    **{
        f"{name}_{year}": (unit, f"{what} {year} after the opening")
        for year in (NEW_YEAR, OLD_YEAR)
        for name, unit, what in (
            ("knowing_groups", "0 or 1", "whether the group has members, and coping is a repertoire of ways, in year"),
            ("known", STATE, "highest skill among members in each way of coping, with the group, in year"),
            ("known_twin", STATE, "the same of the same people without the group, in year"),
        )
    },
    "found": (TIMES, "times at which the group was open and led by members, looked at every four weeks over twelve years"),
    "found_old": (TIMES, "of these, when the group was eight years old or older"),
    **{
        f"found_regulars_{definition(share)}": ("person-times", f"regulars at these times, by a share of {share:g} of meetings")
        for share in REGULAR_SHARES
    },
    **{
        f"found_{size}_at_{definition(share)}": (TIMES, f"of these, with exactly {size} regulars by a share of {share:g} of meetings")
        for share in REGULAR_SHARES
        for size in SIZES
    },
    "hid_8": ("0 or 1", "whether the group closed its door to newcomers within eight years"),
    "hidden_weeks_8": ("weeks", "weeks of the first eight years in which the group was open and its door closed"),
}  # fmt: skip
