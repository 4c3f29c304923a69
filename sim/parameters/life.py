"""A person's inner life: strain, distress, episodes, and what slow states return to."""

from sim.parameters.declare import Section

life = Section("life", "strain, distress and the return of slow states")
life.number("stressor_half_life_weeks", 8.0, 0.1, 1000.0, "weeks", "half-life of the slow strain of life",
            "assumption: model notes, section 3", plausible=(4.0, 16.0))  # fmt: skip
life.number("circumstances_half_life_weeks", 26.0, 0.1, 1000.0, "weeks", "half-life of ups and downs of company in life",
            "assumption, with the next line: loneliness correlates 0.6-0.75 over a year (Mund 2020, 75 studies)",
            plausible=(13.0, 52.0))  # fmt: skip
life.number("circumstances_effect", 0.9, 0.0, 3.0, "log odds per SD", "how far circumstances move the isolation set point",
            "assumption, set so that isolation correlates 0.7 with itself over a year: see the line above",
            plausible=(0.5, 1.2))  # fmt: skip
life.share("distress_carry_over", 0.4, "share of a deviation of distress that is left the next day (log-odds scale)",
           "assumption: 0.3-0.6; related states in Kleiman 2017, Coppersmith 2023", plausible=(0.3, 0.6))  # fmt: skip
life.number("distress_sd", 1.0, 0.0, 5.0, "log odds", "day-to-day standard deviation of distress", plausible=(0.6, 1.4))
life.number("distress_from_isolation", 1.0, 0.0, 5.0, "log odds per unit", "rise of mean distress from no to full isolation",
            plausible=(0.0, 2.0))  # fmt: skip
life.number("distress_from_stigma", 1.0, 0.0, 5.0, "log odds per unit", "rise of mean distress from no to full stigma",
            plausible=(0.0, 2.0))  # fmt: skip
life.number("distress_from_stressor", 0.6, 0.0, 5.0, "log odds per SD", "rise of mean distress with the slow strain of life",
            plausible=(0.3, 1.0))  # fmt: skip
life.number("strain_half_life_days", 28.0, 0.5, 1000.0, "days", "over how long \"recent\" distress is averaged",
            plausible=(14.0, 60.0))  # fmt: skip
life.number("isolation_half_life_weeks", 8.0, 0.1, 10000.0, "weeks", "return of isolation to what ties and life make of it",
            "assumption: model notes, section 3", plausible=(4.0, 26.0))  # fmt: skip
life.number("stigma_half_life_weeks", 52.0, 0.1, 10000.0, "weeks", "return of stigma to its set point",
            "assumption: model notes, section 3", plausible=(26.0, 104.0))  # fmt: skip
life.number("understanding_half_life_weeks", 104.0, 0.1, 10000.0, "weeks", "return of understanding to where it began",
            "assumption: model notes, section 3", plausible=(52.0, 520.0))  # fmt: skip
life.number("coping_half_life_weeks", 104.0, 0.1, 10000.0, "weeks", "return of coping to where it began",
            "assumption: model notes, section 3", plausible=(52.0, 520.0))  # fmt: skip

episodes = Section("episodes", "episodes, what follows one, and hard days got through")
episodes.share("coping_protection", 0.5, "by how much full coping lowers the rate of episodes", plausible=(0.0, 0.9))
episodes.number("social_influence", 0.3, 0.0, 5.0, "relative rise", "rise of the rate after hearing of somebody's recent "
                "episode (kappa); it does not depend on whether mechanics are spoken of",
                "assumption; for: OR 2.03 (1.05-3.90) in adolescents, cross-sectional, and OR 1.49 for up to 4 h on wards; "
    "against: none once selection is modelled (Giletta 2013)",
                plausible=(0.0, 1.0))  # fmt: skip
episodes.number("mechanics_influence", 0.3, 0.0, 5.0, "relative rise", "further rise where mechanics were spoken of",
                plausible=(0.0, 1.0))  # fmt: skip
episodes.number("influence_days", 7, 0, 60, "days", "how long such hearing works on urges",
                "assumption: the model's \"this week\"", plausible=(1, 14))  # fmt: skip
episodes.share("natural_decline_per_year", 0.05, "yearly fall of the rate with nobody's help, in every condition",
               "assumption: 0-15 %; Moran 2012, Zanarini 2008 as context", plausible=(0.0, 0.15))  # fmt: skip
episodes.effect("relief", 0.3, "short relief after an episode: distress moves to 0 by",
                "negative affect falls after an episode: experience-sampling review of 19 studies; size an assumption",
                plausible=(0.0, 0.5))  # fmt: skip
episodes.effect("guilt", 0.005, "guilt after an episode, unless supported: stigma moves to 1 by",
                "\"it doesn't make me feel so guilty when I've done it\" (A1); size an assumption", plausible=(0.0, 0.02))  # fmt: skip
episodes.number("support_days", 7, 0, 60, "days", "how long a member's support keeps guilt away",
                "assumption: the model's \"supported that week\"", plausible=(1, 14))  # fmt: skip
episodes.effect("practice", 0.004, "a hard day got through: coping moves to 1 by this times understanding",
                plausible=(0.0, 0.012))  # fmt: skip
