"""A person's inner life: strain, distress, episodes, and what slow states return to."""

from sim.declare import Section, number

life = Section(
    "life", "strain, distress and the return of slow states",
    number("life.circumstances_half_life_weeks", 26.0, 0.1, 1000.0, "weeks",
           "half-life of ups and downs of company in life",
           "assumption, with the next line: loneliness correlates 0.6-0.75 over a year (Mund 2020, 75 studies)",
           plausible=(13.0, 52.0)),
    number("life.circumstances_effect", 0.9, 0.0, 3.0, "log odds per SD",
           "how far circumstances move the isolation set point",
           "assumption, set so that isolation correlates 0.7 with itself over a year: see the line above",
           plausible=(0.5, 1.2)),
    number("life.distress_sd", 1.0, 0.0, 5.0, "log odds", "day-to-day standard deviation of distress",
           plausible=(0.6, 1.4)),
    number("life.distress_from_isolation", 1.0, 0.0, 5.0, "log odds per unit",
           "rise of mean distress from no to full isolation", plausible=(0.0, 2.0)),
    number("life.distress_from_stigma", 1.0, 0.0, 5.0, "log odds per unit",
           "rise of mean distress from no to full stigma", plausible=(0.0, 2.0)),
    number("life.distress_from_stressor", 0.6, 0.0, 5.0, "log odds per SD",
           "rise of mean distress with the slow strain of life", plausible=(0.3, 1.0)),
)  # fmt: skip

episodes = Section(
    "episodes",
    "episodes, what follows one, and hard days got through",
)
