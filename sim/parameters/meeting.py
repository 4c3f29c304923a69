"""What the group is like, and what one event at a meeting does."""

from sim.declare import ONLY_RATIOS, Section, effect, number, proportion, switch

group = Section(
    "group", "what kind of group it is, and its norms",
    switch("group.women_only", False, "only women may join", 'group A: "only open to women"'),
    switch("group.service_users_only", False, "only people in touch with services may join",
           'group B: funded "to provide support ... to mental health service users"'),
    number("group.places", 10, 1, 200, "people", "largest membership; visitors are welcome while there is a place",
           "3-9 people at a meeting (GROW); places an assumption", plausible=(8, 15)),
    number("group.meeting_hours", 2.0, 0.0, 12.0, "hours", "length of a meeting", "about 2 hours (GROW)",
           plausible=(1.5, 3.0)),
    proportion("group.shared_experience", 1.0,
               "how much of the likeness between people the group lets them meet (0: befriending, company without "
               "shared experience)", "condition (C9)"),
)  # fmt: skip

meeting = Section(
    "meeting", "what happens at a meeting, and how much one event moves a person",
    proportion("meeting.tell_episode", 0.5,
               "probability that somebody who shares after an episode this week tells of it",
               "assumption; \"we talk about whether people have self-harmed if that's what they want to talk "
               "about\" (A3)", plausible=(0.2, 0.8)),
    number("meeting.recent_days", 7, 0, 60, "days", "how long ago an episode may be, to be told of as recent",
           "\"what's happened in the last week\" (A3)", plausible=(3, 14)),
    number("meeting.regularity_half_life_weeks", 13.0, 0.1, 1000.0, "weeks",
           "over how long attendance is averaged (measurement only)",
           "choice: a quarter of a year", plausible=(8.0, 26.0)),
    proportion("meeting.regular_share", 0.33,
               "share of recent meetings attended from which a member counts as a regular (measurement only)",
               'assumption; the paper speaks of "regularly attending core members"', plausible=(0.25, 0.5)),
    proportion("meeting.strength", 0.06,
               "one gain for all that follows marked *: the strength of what sharing does to a person",
               "assumption; group peer support moves recovery by 0.18 (Lyons 2021), self-stigma by 0.17-0.24 "
               "(Rusch and Kosters 2021), symptoms not at all", plausible=(0.0, 0.12), unit="multiple"),
    effect("meeting.helper", 0.01,
           '* helping another ("mirror images to yourself", B3): understanding moves to 1 by this times similarity',
           "assumption: a third of what listening teaches, for each time of helping" + ONLY_RATIOS,
           plausible=(0.0, 0.03)),
    proportion("meeting.copy_poor_coping", 0.5,
               "rival: how much of the pull applies where the speaker copes less well",
               "assumption; 0 = only good ways are learned, 1 = poor ones as readily", plausible=(0.0, 1.0)),
    effect("meeting.burden", 0.02, "helping weighs on the helper: distress moves to 1 by",
           "assumption: a fifteenth of the relief that a call gives, so that helping can weigh on who is rung often",
           plausible=(0.0, 0.06)),
    proportion("meeting.trust_start", 0.35, "trust on coming for the first time",
               "assumption: below the middle, since who comes has often been labelled elsewhere (A3)",
               plausible=(0.2, 0.6)),
)  # fmt: skip
