"""Ties between members, and contact between meetings."""

from sim.parameters.declare import Section

ties = Section("ties", "ties between people, and what they do for isolation")
ties.effect("growth_per_hour", 0.008, "an hour together: a tie moves to 1 by",
            "50, 90, 200 hours give 0.33 casual friend, 0.51 friend, 0.80 close friend: Hall 2019", plausible=(0.004, 0.014))  # fmt: skip
ties.number("half_life_weeks", 26.0, 0.1, 10000.0, "weeks", "fading of a tie in weeks without any contact",
            "about 16 weeks for bridging work ties (Burt 2001) to years in the inner circle (Roy 2022)",
            plausible=(12.0, 104.0))  # fmt: skip
ties.share("lapse", 0.01, "a tie that has faded below this is over", plausible=(0.002, 0.02))
ties.share("isolation_per_tie", 0.05, "share of isolation taken away by one full tie to somebody fully alike",
           plausible=(0.0, 0.12))  # fmt: skip
ties.share("likeness_weight", 0.5, "part of that which needs likeness; the rest is company",
           "assumption: model notes, section 3, rule 8", plausible=(0.0, 1.0))  # fmt: skip
ties.share("isolation_per_support", 0.2, "share of isolation taken away by full outside support without any shame",
           plausible=(0.0, 0.4))  # fmt: skip

contact = Section("contact", "contact between meetings: calls on hard days, the phone line, texts")
contact.flag(
    "between_meetings", True, "members text and ring each other", '"we are all welcome to ring each other" (B3)'
)
contact.number("calls_tried", 3, 0, 30, "peers", "peers tried on one hard day, closest first", plausible=(1, 5))
contact.number("call_hours", 0.5, 0.0, 12.0, "hours", "length of a call", plausible=(0.2, 1.0))
contact.effect("relief", 0.3, "a call is answered: distress moves to 0 by", plausible=(0.0, 0.5))
contact.number("texts_per_week", 3.0, 0.0, 100.0, "per week at tie 1", "routine texts and calls of a pair",
               "assumption: 0.5-5 a week between close members", plausible=(0.5, 5.0))  # fmt: skip
contact.number(
    "text_hours", 0.2, 0.0, 12.0, "hours", "what such a contact counts for, as time together", plausible=(0.05, 0.5)
)
contact.share("line_use", 0.6, "probability that somebody with full trust rings the line when no peer answered",
              plausible=(0.2, 0.9))  # fmt: skip
contact.share("line_answered", 0.9, "probability that whoever holds the line picks up", plausible=(0.7, 1.0))
