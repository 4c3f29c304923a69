"""Coming to the group, leaving it, organising it, and what keeps it going."""

from sim.declare import Section, number, proportion, switch

joining = Section(
    "joining", "hearing of the group and coming for the first time",
    number("joining.need_power", 2.0, 0.0, 6.0, "power", "how strongly coming grows with need (0: joining at random)",
           "assumption; people come when things are worse", plausible=(0.0, 4.0)),
)  # fmt: skip

leaving = Section(
    "leaving",
    "staying and leaving",
)

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
