"""A person's inner life: strain, distress, episodes, and what slow states return to."""

from sim.declare import Section, number

life = Section(
    "life", "strain, distress and the return of slow states",
    number("life.circumstances_half_life_weeks", 26.0, 0.1, 1000.0, "weeks",
           "half-life of ups and downs of company in life",
           "assumption: with life.circumstances_effect it makes isolation correlate 0.7 with itself after a year; "
           "loneliness does 0.6-0.75 (Mund 2020, 75 studies; the range is our reading)", plausible=(13.0, 52.0)),
    number("life.circumstances_effect", 0.9, 0.0, 3.0, "log odds per SD",
           "how far circumstances move the isolation set point",
           "assumption: with life.circumstances_half_life_weeks it makes isolation correlate 0.7 with itself after a "
           "year; loneliness does 0.6-0.75 (Mund 2020, 75 studies; the range is our reading)", plausible=(0.5, 1.2)),
    number("life.distress_sd", 1.0, 0.0, 5.0, "log odds", "day-to-day standard deviation of distress",
           "assumption: wide enough that most people have both easy and hard days", plausible=(0.6, 1.4)),
    number("life.distress_from_isolation", 1.0, 0.0, 5.0, "log odds per unit",
           "rise of mean distress from no to full isolation",
           "assumption: from none to full, e times the odds of distress; the range holds no effect at all",
           plausible=(0.0, 2.0)),
    number("life.distress_from_stigma", 1.0, 0.0, 5.0, "log odds per unit",
           "rise of mean distress from no to full stigma",
           "assumption: from none to full, e times the odds of distress; the range holds no effect at all",
           plausible=(0.0, 2.0)),
    number("life.distress_from_stressor", 0.6, 0.0, 5.0, "log odds per SD",
           "rise of mean distress with the slow strain of life",
           "assumption: weeks of strain raise distress less than a bad day does (life.distress_sd)",
           plausible=(0.3, 1.0)),
)  # fmt: skip

episodes = Section(
    "episodes",
    "episodes, what follows one, and hard days got through",
)
