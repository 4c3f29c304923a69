"""Coming to the group, leaving it, organising it, and what keeps it going."""

from sim.parameters.declare import Section

joining = Section("joining", "hearing of the group and coming for the first time")
joining.number("publicity_per_year", 0.1, 0.0, 52.0, "per year", "rate of hearing through leaflets, listings, the web (0: hidden)",
               plausible=(0.0, 0.5))  # fmt: skip
joining.share("referral_prob", 0.02, "probability that a contact with services brings the group up",
              "assumption; some professionals are reluctant: Parker and Lindsay 2004, in the paper", plausible=(0.0, 0.2))  # fmt: skip
joining.number("word_of_mouth_per_year", 0.02, 0.0, 52.0, "per year and member", "rate of hearing through members",
               plausible=(0.0, 0.06))  # fmt: skip
joining.number("visit_per_year", 0.6, 0.0, 520.0, "per year at average need", "rate of coming, of somebody who knows of it and "
               "whom nothing keeps away", plausible=(0.1, 1.5))  # fmt: skip
joining.number("need_power", 2.0, 0.0, 6.0, "power", "how strongly coming grows with need (0: joining at random)",
               "assumption; people come when things are worse", plausible=(0.0, 4.0))  # fmt: skip
joining.share(
    "former_return", 0.3, "readiness of a former member to come again, against somebody new", plausible=(0.0, 0.6)
)

leaving = Section("leaving", "staying and leaving")
leaving.share("one_visit_only", 0.45, "probability that somebody of average fit does not return after the first visit",
              "assumption: 30-60 %", plausible=(0.3, 0.6))  # fmt: skip
leaving.number("companion_odds_ratio", 3.0, 1.0, 20.0, "odds ratio", "of returning, for those who came through a member",
               "6.8 for a companion at the first visit (Kurtz 1988, second hand); here only heard of through one",
               plausible=(1.0, 6.8))  # fmt: skip
leaving.number("fit_effect", 3.0, 0.0, 20.0, "log odds per unit", "of returning, by mean similarity to those present",
               plausible=(0.0, 6.0))  # fmt: skip
leaving.share("average_fit", 0.74, "mean similarity of two people, against which fit is judged",
              "from the distribution of positions, beta(2, 2)")  # fmt: skip
leaving.number("welcome_effect", 4.0, 0.0, 20.0, "log odds per unit", "of returning, by trust against trust on coming",
               plausible=(0.0, 8.0))  # fmt: skip
leaving.number("per_year", 0.04, 0.0, 52.0, "per year", "rate of leaving of somebody in need, with a full tie and full trust",
               "assumption", plausible=(0.01, 0.1))  # fmt: skip
leaving.number("weak_ties", 2.0, 0.0, 6.0, "log hazard ratio", "of leaving, with no tie to any member against a full one",
               plausible=(0.5, 3.0))  # fmt: skip
leaving.number(
    "low_trust", 2.0, 0.0, 6.0, "log hazard ratio", "of leaving, without trust against full trust", plausible=(0.5, 3.0)
)
leaving.number("no_need", 1.0, 0.0, 6.0, "log hazard ratio", "of leaving, without any need against very great need",
               plausible=(0.0, 2.0))  # fmt: skip
leaving.number("lapse_days", 84, 7, 3650, "days", "without attending, after which somebody no longer counts as a member",
               plausible=(42, 180))  # fmt: skip

organising = Section("organising", "organisers, handover, funding, room, closing")
organising.number(
    "organisers_wanted", 2, 1, 20, "people", "who share the organising when there are enough", plausible=(1, 3)
)
organising.effect(
    "drain", 0.04, "organising a meeting, shared among organisers: energy moves to 0 by", plausible=(0.01, 0.1)
)
organising.number("energy_half_life_weeks", 13.0, 0.1, 1000.0, "weeks", "recovery of energy", plausible=(4.0, 52.0))
organising.number("step_down_per_year", 1.0, 0.0, 52.0, "per year", "rate of stepping down without any energy; grows with the "
                  "square of what is missing", plausible=(0.3, 3.0))  # fmt: skip
organising.share("volunteer_prob", 0.1, "probability a week that a member with full trust, energy and no distress volunteers "
                 "when organisers are wanted", plausible=(0.01, 0.2))  # fmt: skip
organising.number("volunteer_meetings", 8, 0, 500, "meetings", "attended before somebody volunteers (founders at once)",
                  plausible=(2, 26))  # fmt: skip
organising.number("unled_weeks", 13, 1, 520, "weeks", "without an organiser, after which the group ends",
                  "assumption; leadership 52 % of reasons for closing (Wituk 2002)", plausible=(4, 26))  # fmt: skip
organising.number("low_weeks", 13, 1, 520, "weeks", "in a row with fewer than two attending, after which the group ends",
                  "assumption; attendance 76 % of reasons for closing (Wituk 2002)", plausible=(4, 26))  # fmt: skip
organising.flag("handover", True, "a clinician prepares members and hands over",
                "group B: \"after a couple of years the group evolved into a member-led group\"")  # fmt: skip
organising.number("handover_week", 104, 0, 5200, "weeks", "after opening, when a clinician hands over",
                  "\"after a couple of years\"", plausible=(52, 156))  # fmt: skip
organising.number("preparation_weeks", 26, 0, 520, "weeks", "before handover in which members may take on organising",
                  plausible=(8, 52))  # fmt: skip
organising.number("clinician_leaves_per_year", 0.15, 0.0, 52.0, "per year", "rate of a clinician leaving the post unprepared",
                  plausible=(0.05, 0.3))  # fmt: skip
organising.flag("funded", False, "begins with a funder; meals, socials and phone line need one",
                "group A \"self-funded by its members\"; group B \"regularly funded\"")  # fmt: skip
organising.number(
    "funding_loss_per_year", 0.1, 0.0, 52.0, "per year", "rate of losing the funding", plausible=(0.03, 0.3)
)
organising.number(
    "funding_back_per_year", 0.7, 0.0, 52.0, "per year", "rate of finding funding again", plausible=(0.2, 2.0)
)
organising.flag("monitoring", False, "the funder asks for monitoring forms",
                "group B \"resisted completing monitoring outcomes, set by the funder\"")  # fmt: skip
organising.number("monitoring_every_weeks", 4, 1, 520, "weeks", "between monitoring forms", plausible=(1, 13))
organising.effect(
    "monitoring_hurt", 0.02, "a form is filled in: trust of those present moves to 0 by", plausible=(0.0, 0.06)
)
organising.share("monitoring_resisted", 0.0, "share of forms not filled in (\"not be a true representation\", B4)",
                 plausible=(0.0, 1.0))  # fmt: skip
organising.number("resisting_risk", 1.0, 0.0, 20.0, "relative rise", "of losing the funding, when all forms are resisted",
                  plausible=(0.0, 3.0))  # fmt: skip
organising.number("room_loss_per_year", 0.1, 0.0, 52.0, "per year", "rate of losing the room", plausible=(0.03, 0.3))
organising.number("room_found_per_year", 6.0, 0.0, 520.0, "per year", "rate of finding another", plausible=(2.0, 12.0))

practitioners = Section("practitioners", "what practitioners can offer (C32)")
practitioners.flag("venue", False, "a room is offered: another is found faster", '"suitable meeting venues"')
practitioners.number("venue_factor", 4.0, 1.0, 50.0, "multiple", "how much faster", plausible=(1.0, 8.0))
practitioners.flag(
    "publicity", False, "the group is promoted to potential members", '"promoting and publicising the group"'
)
practitioners.number(
    "publicity_per_year", 0.2, 0.0, 52.0, "per year", "rate of hearing added by that", plausible=(0.0, 0.5)
)
practitioners.flag("guidance", False, "organisers have somebody to turn to", '"support and guidance when required"')
practitioners.share(
    "guidance_relief", 0.5, "share of the drain on energy that guidance takes away", plausible=(0.0, 0.8)
)

run = Section("run", "seed and length of a run")
run.number(
    "seed",
    1,
    0,
    2**63 - 1,
    "number",
    "the same seed gives the same people, lives and luck in every condition",
    "choice",
)
run.number("weeks", 624, 1, 5200, "weeks", "from the opening of the group", "12 years, group A's age")
run.number("lead_in_weeks", 52, 0, 1040, "weeks", "each person lives before the group opens, or before moving here", "assumption: "
           "lets guilt, practice and outsiders' reactions settle first")  # fmt: skip
