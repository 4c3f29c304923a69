"""A person's inner life: strain, distress, episodes, and what slow states return to."""

from sim.declare import Section, effect, number

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
    number("life.stigma_half_life_weeks", 52.0, 0.1, 10000.0, "weeks", "return of stigma to its set point",
           "assumption: slower than isolation; an effect on self-stigma was still there 3-4 weeks after a programme "
           "had ended (Rusch and Kosters 2021), how much longer is not known", plausible=(26.0, 104.0)),
    number("life.understanding_half_life_weeks", 104.0, 0.1, 10000.0, "weeks",
           "return of understanding to where it began",
           "assumption: what one has learned about oneself fades slowest, over years; without fading every gain "
           "would last for ever", plausible=(52.0, 520.0)),
    number("life.coping_half_life_weeks", 104.0, 0.1, 10000.0, "weeks", "return of coping to where it began",
           "assumption: as for understanding", plausible=(52.0, 520.0)),
    number("life.difference_half_life_weeks", 52.0, 0.1, 10000.0, "weeks",
           "return of perceived difference to its set point", "assumption: as for shame", plausible=(26.0, 104.0)),
    number("life.label_hurt_half_life_weeks", 104.0, 0.1, 10000.0, "weeks", "fading of the hurt of labels",
           "assumption: over years", plausible=(52.0, 520.0)),
    number("life.skill_half_life_weeks", 104.0, 0.1, 10000.0, "weeks",
           "return of skill in a way of coping that is not practised to what one came with",
           "assumption: as for understanding", plausible=(26.0, 520.0)),
    number("life.repertoire_half_life_weeks", 4.0, 0.1, 10000.0, "weeks",
           "how soon coping follows the ways that one has", "assumption: within a month", plausible=(1.0, 13.0)),
    number("life.stigma_swing", 0.65, 0.0, 3.0, "log odds", "standard deviation of own ups and downs of stigma",
           "assumption: about as wide as people differ for good, with set points narrowed to match, so that self-stigma "
           "correlates about 0.75 with itself over a year (the aim is 0.6-0.85)", plausible=(0.0, 1.3)),
    number("life.understanding_swing", 0.8, 0.0, 3.0, "log odds",
           "standard deviation of own ups and downs of understanding", "assumption: as for stigma",
           plausible=(0.0, 1.6)),
    number("life.coping_swing", 0.5, 0.0, 3.0, "log odds", "standard deviation of own ups and downs of coping",
           "assumption: as for stigma; less, since what ways come to returns sooner", plausible=(0.0, 1.2)),
    number("life.difference_swing", 0.65, 0.0, 3.0, "log odds",
           "standard deviation of own ups and downs of perceived difference", "assumption: as for stigma",
           plausible=(0.0, 1.3)),
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
    number("episodes.urge_swing", 1.0, 0.0, 3.0, "log rate", "standard deviation of ups and downs of the urge",
           "assumption: a rate between a third of the usual and about three times it for two thirds of the time",
           plausible=(0.0, 1.5)),
    effect("episodes.guilt_felt", 0.3, "after a day with an episode: guilt moves to 1 by",
           'assumption: a third of all the guilt there can be ("you don\'t beat yourself up about it so much", A1, of the group)',
           plausible=(0.0, 0.6)),
)  # fmt: skip
