"""Coming to the group, leaving it, organising it, and what keeps it going."""

from sim.declare import Section, effect, number, proportion, switch

joining = Section(
    "joining", "hearing of the group and coming for the first time",
    number("joining.need_power", 2.0, 0.0, 6.0, "power", "how strongly coming grows with need (0: joining at random)",
           "assumption; people come when things are worse", plausible=(0.0, 4.0)),
)  # fmt: skip

leaving = Section(
    "leaving",
    "staying and leaving",
    number("leaving.lapse_days", 84, 7, 3650, "days",
           "without attending, after which somebody no longer counts as a member",
           "assumption: a quarter of a year", plausible=(42, 180)),
)  # fmt: skip

organising = Section(
    "organising", "organisers, handover, funding, room, closing",
    number("organising.organisers_wanted", 2, 1, 20, "people", "who share the organising when there are enough",
           "assumption: shared by two, so that one may be away", plausible=(1, 3)),
    switch("organising.handover", True, "a clinician prepares members and hands over",
           'group B: "after a couple of years the group evolved into a member-led group"'),
    number("organising.handover_week", 104, 0, 5200, "weeks", "after opening, when a clinician hands over",
           '"after a couple of years"', plausible=(52, 156)),
    switch("organising.funded", False, "begins with a funder; meals, socials and phone line need one",
           'group A "self-funded by its members"; group B "regularly funded"'),
    switch("organising.monitoring", False, "the funder asks for monitoring forms",
           'group B "resisted completing monitoring outcomes, set by the funder"'),
    proportion("organising.monitoring_resisted", 0.0,
               'share of forms not filled in ("not be a true representation", B4)',
               "condition: none unless a scenario says so", plausible=(0.0, 1.0)),
)  # fmt: skip

clinician = Section(
    "clinician", "what is different while a clinician leads a group (where mechanisms.clinician is on)",
    proportion("clinician.caseload", 1.0, "how far founders are the clinician's own clients, so in touch with services",
               '"brought a number of his clients ... together" (authors)', plausible=(0.5, 1.0)),
    number("clinician.inpatients_first", 4.0, 0.0, 100.0, "relative rise",
           "of being among these clients, for who has been an inpatient",
           "assumption: five times as likely; group B's members all referred to having been one", plausible=(0.0, 20.0)),
    effect("clinician.known_before", 0.3, "trust of these founders moves to 1 by, from knowing the clinician",
           "assumption: a third of the way", plausible=(0.0, 0.6)),
    proportion("clinician.held_back", 0.3, 'share of sharing held back while a clinician is there ("them and us", A3)',
               "assumption: a third is not said in front of professionals", plausible=(0.0, 0.6)),
    proportion("clinician.judging_less", 0.5, "by how much judging is rarer", "assumption: half", plausible=(0.0, 0.9)),
    proportion("clinician.mechanics_less", 0.9, "by how much talk of mechanics is rarer",
               "assumption: hardly any is left", plausible=(0.0, 1.0)),
    proportion("clinician.labelling", 0.02, "probability that who shares is given a label, beyond the group's own",
               '"in services it\'s very much them and us" (A3); size an assumption: one share in fifty',
               plausible=(0.0, 0.1)),
    number("clinician.help_seeking", 0.5, 0.0, 20.0, "relative rise",
           "of members' contacts with services (where mechanisms.referring is on)",
           "assumption: half as many more; the way is shorter", plausible=(0.0, 2.0)),
    proportion("clinician.reliance", 0.5, "by how much members take on less of the organising",
               "assumption: half; the clinician does it", plausible=(0.0, 0.9)),
    effect("clinician.knock", 0.3, "the clinician leaves: trust of all members moves to 0 by",
           "assumption: nearly as much as a broken confidence", plausible=(0.0, 0.6)),
    proportion("clinician.softened", 0.6, "share of that knock which preparing the handover takes away",
               "assumption: more than half", plausible=(0.0, 1.0)),
)  # fmt: skip

practitioners = Section(
    "practitioners",
    "what practitioners can offer (C32)",
)

run = Section(
    "run", "seed and length of a run",
    number("run.seed", 1, 0, 2**63 - 1, "number",
           "the same seed gives the same people, lives and luck in every condition",
           "choice: any number does"),
    number("run.weeks", 624, 1, 5200, "weeks", "from the opening of the group", "12 years, group A's age"),
    number("run.lead_in_weeks", 52, 0, 1040, "weeks",
           "each person lives before the group opens, or before moving here",
           "assumption: lets guilt, practice and outsiders' reactions settle first"),
)  # fmt: skip
