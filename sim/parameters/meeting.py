"""What the group is like, and what one event at a meeting does."""

from sim.parameters.declare import Section

group = Section("group", "what kind of group it is, and its norms")
group.flag("exists", True, "there is a group; no: the same people and lives without one", "condition")
group.flag(
    "clinician_started", False, "begun by a clinician with clients, who leads until handing over", "condition; group B"
)
group.flag("women_only", False, "only women may join", 'group A: "only open to women"')
group.flag("service_users_only", False, "only people in touch with services may join",
           "group B: funded \"to provide support ... to mental health service users\"")  # fmt: skip
group.number("founders", 5, 1, 30, "people", "who are there when the group opens: founders, or a clinician's clients",
             plausible=(2, 8))  # fmt: skip
group.number("places", 10, 1, 200, "people", "largest membership; visitors are welcome while there is a place",
             "3-9 people at a meeting (GROW); places an assumption", plausible=(8, 15))  # fmt: skip
group.weekdays("meeting_days", [2], "weekdays of meetings", "group A: once a week; group B: twice weekly")
group.flag(
    "regular", True, "meets on fixed days; no: as many meetings a year, on days nobody can foresee", "condition (C20)"
)
group.number(
    "meeting_hours", 2.0, 0.0, 12.0, "hours", "length of a meeting", "about 2 hours (GROW)", plausible=(1.5, 3.0)
)
group.number("meal_hours", 0.0, 0.0, 6.0, "hours", "time added by eating together (\"we have a meal together\", B4)",
             "assumption", plausible=(0.0, 1.5))  # fmt: skip
group.number("socials_per_year", 0.0, 0.0, 52.0, "per year", "social activities besides meetings",
             "group B: \"held a number of social activities\"; number an assumption", plausible=(0.0, 24.0))  # fmt: skip
group.number("social_hours", 3.0, 0.0, 12.0, "hours", "length of a social", plausible=(2.0, 5.0))
group.number("social_day", 5, 0, 6, "weekday (0 = Monday)", "weekday of socials")
group.flag("phone_line", False, "a 24-hour phone line, held by members in turn",
           "group B: \"a 24-hour crisis support mobile telephone line\"")  # fmt: skip
group.share("acceptance", 0.95, "probability that what is shared is accepted, not judged",
            "assumption: 0.85-0.98; \"without the fear of being judged\" (B3)", plausible=(0.85, 0.98))  # fmt: skip
group.share("shared_experience", 1.0, "how much of the likeness between people the group lets them meet "
            "(0: befriending, company without shared experience)", "condition (C9)")  # fmt: skip
group.share("wider_life", 0.4, "share of talk that is about the rest of life (\"self-harm is one part of it\", A3)",
            plausible=(0.2, 0.7))  # fmt: skip
group.share("mechanics", 0.0, "probability that talk of self-harm is about how, not why",
            "\"we don't talk about the mechanics\" (B4)", plausible=(0.0, 0.1))  # fmt: skip
group.share("labelling", 0.0, "probability that somebody who shares is given a label",
            "\"we don't give people labels here\" (A3)", plausible=(0.0, 0.1))  # fmt: skip
group.share("pressure_to_stop", 0.0, "probability that telling of an episode meets pressure to stop",
            "\"in neither group was the emphasis on cessation\"", plausible=(0.0, 0.1))  # fmt: skip
group.share("breach_prob", 0.002, "probability a meeting that a confidence is broken afterwards",
            "assumption; \"what goes on in the room stays in the room\" (A3)", plausible=(0.0, 0.02))  # fmt: skip

meeting = Section("meeting", "what happens at a meeting, and how much one event moves a person")
meeting.share(
    "attend_floor", 0.75, "readiness to attend without any trust, against with full trust", plausible=(0.5, 0.95)
)
meeting.share("attend_distress", 0.2, "by how much full distress keeps a person away", plausible=(0.0, 0.5))
meeting.share("share_floor", 0.1, "probability of speaking without any trust", plausible=(0.02, 0.3))
meeting.number("turns_per_hour", 3.0, 0.0, 60.0, "per hour", "how many people can speak in an hour and be listened to",
               "assumption; without it a large group would do everybody more good without end", plausible=(2.0, 6.0))  # fmt: skip
meeting.share("tell_episode", 0.5, "probability that somebody who shares after an episode this week tells of it",
              "assumption; \"we talk about whether people have self-harmed if that's what they want to talk about\" (A3)",
              plausible=(0.2, 0.8))  # fmt: skip
meeting.number("recent_days", 7, 0, 60, "days", "how long ago an episode may be, to be told of as recent",
               "\"what's happened in the last week\" (A3)", plausible=(3, 14))  # fmt: skip
meeting.number("regularity_half_life_weeks", 13.0, 0.1, 1000.0, "weeks", "over how long attendance is averaged (measurement only)",
               plausible=(8.0, 26.0))  # fmt: skip
meeting.share("regular_share", 0.33, "share of recent meetings attended from which a member counts as a regular (measurement only)",
              "assumption; the paper speaks of \"regularly attending core members\"", plausible=(0.25, 0.5))  # fmt: skip
meeting.share("help_prob", 0.3, "probability that a listener with full trust and no distress offers help",
              plausible=(0.1, 0.6))  # fmt: skip
meeting.share("strength", 0.06, "one gain for all that follows marked *: the strength of what sharing does to a person",
              "assumption; group peer support moves recovery by 0.18 (Lyons 2021), self-stigma by 0.17-0.24 "
              "(Rusch and Kosters 2021), symptoms not at all", plausible=(0.0, 0.12), unit="multiple")  # fmt: skip
_RATIO = "assumption: ratios of model notes, section 3"
meeting.effect("accept", 0.06, "* own share is accepted: stigma moves to 0 by", _RATIO, plausible=(0.0, 0.12))
meeting.effect("judge", 0.10, "* own share is judged: stigma moves to 1 by", _RATIO, plausible=(0.0, 0.2))
meeting.effect("normalise", 0.01, "* a share is heard (\"you're not on your own\", A1): stigma moves to 0 by this times similarity",
               _RATIO, plausible=(0.0, 0.03))  # fmt: skip
meeting.effect("learn", 0.03, "* a share is heard (\"a light switch\", A2): understanding moves to 1 by this times similarity",
               _RATIO, plausible=(0.0, 0.06))  # fmt: skip
meeting.effect("cope", 0.02, "* a share is heard: coping moves to the speaker's by this times similarity and trust",
               _RATIO, plausible=(0.0, 0.05))  # fmt: skip
meeting.effect("helper", 0.01, "* helping another (\"mirror images to yourself\", B3): understanding moves to 1 by this times "
               "similarity", _RATIO, plausible=(0.0, 0.03))  # fmt: skip
meeting.effect("label", 0.10, "* being labelled: stigma moves to 1 by", "assumption: as hard as being judged",
               plausible=(0.0, 0.2))  # fmt: skip
meeting.share("copy_poor_coping", 0.5, "rival: how much of the pull applies where the speaker copes less well",
              "assumption; 0 = only good ways are learned, 1 = poor ones as readily", plausible=(0.0, 1.0))  # fmt: skip
meeting.effect("burden", 0.02, "helping weighs on the helper: distress moves to 1 by", plausible=(0.0, 0.06))
meeting.effect("heard", 0.05, 'being "heard and acknowledged" (B3): distress moves to 0 by', plausible=(0.0, 0.15))
meeting.share("trust_start", 0.35, "trust on coming for the first time", plausible=(0.2, 0.6))
meeting.number(
    "trust_half_life_weeks", 52.0, 0.1, 10000.0, "weeks", "return of trust to where it began", plausible=(13.0, 104.0)
)
meeting.effect("trust_accepted", 0.06, "own share is accepted: trust moves to 1 by", plausible=(0.02, 0.12))
meeting.effect("hurt", 0.25, "own share is judged: trust moves to 0 by", plausible=(0.1, 0.5))
meeting.effect("breach_hurt", 0.4, "a confidence is broken: trust of those present moves to 0 by", plausible=(0.2, 0.8))
meeting.effect(
    "mechanics_upset", 0.1, "mechanics are spoken of: distress of those who hear moves to 1 by", plausible=(0.0, 0.3)
)
