"""Who lives in the group's catchment, and the world outside the group."""

from typing import Any

from sim.declare import Parameter, Section, effect, number, proportion, switch

_WEEKS_IN_YEAR = 52
_DISTRIBUTIONS = (
    ("isolation", 3.5, 2.0, "isolation set point; mean 0.64 (\"very alone with it\", A4)",
     "above the middle for most (\"very alone with it\", A4), with people at both ends; "
     "a starting state, never a finding (C2)"),
    ("stigma", 3.5, 2.0, "stigma set point; mean 0.64 (\"kept very close to your chest\", A4)",
     "above the middle for most, since it was hidden for years (C1), with people at both ends"),
    ("understanding", 1.5, 3.0, "understanding to begin with; mean 0.33 (\"I didn't understand why I did it\", A2)",
     "low for most, since members did not know why (C6), with some who do"),
    ("coping", 1.5, 3.0, "coping to begin with; mean 0.33",
     "low for most, so that there is something to learn (C23), with some who cope well and can pass it on"),
    ("distress", 2.0, 8.0, "baseline distress; mean 0.2",
     "low on an ordinary day for most, so that hard days are the exception, with a long tail"),
    ("support", 3.0, 5.0, "support from family and friends; mean 0.38",
     "less than half for most (\"suffer in silence\", B4), seldom none at all"),
    ("responsiveness", 1.0, 1.0, "responsiveness; some people gain almost nothing",
     "nothing is known, so every value is as likely: some take almost nothing from a group, some a great deal"),
    ("difference", 3.5, 2.0, "perceived difference that one returns to; mean 0.64 (\"I'm not normal\", B3)",
     "as for shame, of which it is a part"),
    ("position", 2.0, 2.0, "place on the scale of experience; mean similarity of two people 0.74",
     "more people in the middle of the scale than at its ends; only distances count"),
    ("barrier", 2.0, 8.0, "what stands in the way of coming on a given day; mean 0.2",
     "little stands in the way for most, a great deal for a few"),
    ("threshold", 10.0, 10.0, "distress above which a day is hard; mean 0.5",
     "around the middle and never far from it, so that people differ in hard days mostly by their distress"),
)  # fmt: skip


def _shapes(name: str, a: float, b: float, what: str, why: str) -> tuple[Parameter, Parameter]:
    """The two shapes of a trait's beta distribution."""
    first, second = (f"{which} shape of the beta distribution of: {what}" for which in ("first", "second"))
    return (
        number(f"people.{name}_a", a, 0.1, 100.0, "shape", first, f"assumption: {why}"),
        number(f"people.{name}_b", b, 0.1, 100.0, "shape", second, f"assumption: {why}"),
    )


# How far each trait goes with the burden that underlies all; the correlation of two is the product of theirs.
_LOADINGS = (
    ("isolation", 0.5, (0.0, 0.8), "isolation set point", "with that of distress, and what isolation itself does to "
     "distress, loneliness and distress then correlate about 0.5 (0.48 in youth: Dunn and Sicouri, reported)"),
    ("stigma", 0.3, (0.0, 0.6), "stigma set point", "with that of distress 0.18, to which what shame does to distress "
     "adds (self-stigma with mental health 0.28: Mak 2007, reported)"),
    ("difference", 0.4, (0.0, 0.7), "perceived difference", "between isolation and shame"),
    ("understanding", 0.0, (-0.3, 0.3), "understanding", "nothing tells that the burdened understand more or less"),
    ("coping", -0.3, (-0.6, 0.0), "coping", "the burdened have fewer other ways, weakly"),
    ("distress", 0.6, (0.0, 0.8), "baseline distress", "the burden is mostly this"),
    ("support", -0.3, (-0.6, 0.0), "outside support", "the burdened have less of it, weakly"),
    ("rate", 0.3, (0.0, 0.6), "propensity to self-harm", "more burdened, likelier, weakly; most of it is one's own"),
    ("service", 0.4, (0.0, 0.7), "being in touch with services", "services are used by the more burdened"),
    ("inpatient", 0.5, (0.0, 0.8), "having been an inpatient", "more so"),
    ("voices", 0.3, (0.0, 0.6), "hearing voices", "weakly"),
    ("recovering", 0.3, (0.0, 0.6), "being in recovery", "weakly"),
)  # fmt: skip


def _loading(name: str, default: float, plausible: tuple[float, float], what: str, why: str) -> Parameter:
    """How far a trait goes with the burden."""
    meaning = f"correlation with the burden (where people.correlated is on) of: {what}"
    return number(f"people.burden_{name}", default, -0.95, 0.95, "correlation", meaning, f"assumption: {why}",
                  plausible=plausible)  # fmt: skip


people = Section(
    "people", "who lives in the catchment with lived experience of self-harm, and could ever join",
    number("people.residents", 80, 2, 2000, "people", "people living in the area in any week",
           "assumption: not everybody with lived experience, but those who might ever consider a group",
           plausible=(40, 200)),
    number("people.mean_stay_years", 15.0, 0.5, 200.0, "years",
           "mean time a person lives in the area; each one who leaves is on average replaced by a newcomer",
           "assumption: long enough to know a group for years, short enough that groups lose members to life",
           plausible=(8.0, 30.0)),
    proportion("people.women", 0.65, "share who are women",
               "assumption; seven of the paper's eight members were women", plausible=(0.5, 0.8)),
    proportion("people.service_users", 0.41, "share in touch with mental health services",
               "59.4 % had no service contact: McManus 2019, Lancet Psychiatry 6:573", plausible=(0.3, 0.55)),
    *(shape for distribution in _DISTRIBUTIONS for shape in _shapes(*distribution)),
    number("people.episode_rate_mean", 0.8, 0.0, 10.0, "per day at distress 1",
           "mean of the gamma distribution of propensity; with the distress above this gives about half an episode "
           "a week in the mean and far less in the median",
           "assumption: 0.2-0.8 a week in the mean; upper bound 1.6 a week in young people (Nock 2009)",
           plausible=(0.3, 1.3)),
    number("people.episode_rate_shape", 0.6, 0.05, 50.0, "shape",
           "shape of that gamma distribution; the smaller, the more skewed", "assumption: 0.4-1.0",
           plausible=(0.4, 1.0)),
    switch("people.correlated", False,
           "set points, propensity and service use hang together through one burden, and backgrounds are drawn",
           "condition; loneliness with depression 0.48 in youth (Dunn and Sicouri), self-stigma with mental health 0.28 "
           "(Mak 2007), both as reported by a review"),
    switch("people.balanced", False, "lives begin where ordinary life without a group keeps them, so that none drifts",
           "condition; no: at their set points"),
    *(_loading(*one) for one in _LOADINGS),
    proportion("people.inpatient", 0.35, "share of service users who have been inpatients at some time, were these as burdened as others (so more)",
               "assumption; group B's members all referred to having been one", plausible=(0.2, 0.5)),
    proportion("people.voices", 0.2, "share of service users who hear voices, were these as burdened as others (so more)",
               "assumption; two of group B's four members", plausible=(0.1, 0.3)),
    proportion("people.recovering", 0.15, "share in recovery from alcohol or drugs",
               "assumption; two of group B's four members", plausible=(0.05, 0.3)),
    proportion("people.ways_known", 0.4, "share of the ways of coping that somebody knows to begin with",
               "assumption: three of eight, so that most have something to learn and something to pass on",
               plausible=(0.2, 0.6)),
    number("people.age_a", 2.0, 0.1, 100.0, "shape", "first shape of the beta distribution of age between 18 and 75",
           "assumption; mean 41 (the paper's members: mean 46)"),
    number("people.age_b", 3.0, 0.1, 100.0, "shape", "second shape of that distribution",
           "assumption: with the first shape a mean of 41"),
    proportion("people.onset_in_teens", 0.75, "share who began between 11 and 19; the others began later",
               "six of the paper's eight members began as teenagers", plausible=(0.6, 0.9)),
)  # fmt: skip

outside = Section(
    "outside", "family, friends, services and public attitudes",
    effect("outside.horrified", 0.03, 'telling outside meets "that horrified look" (B3): stigma moves to 1 by',
           "assumption: small, as acceptance is, but horror weighs more than acceptance (B3), so that telling can "
           "backfire", plausible=(0.0, 0.08)),
    effect("outside.sets_apart", 0.02, "the same: perceived difference moves to 1 by",
           "assumption: nearly as much as it adds to shame (\"I'm not normal and I do something that other people "
           "don't do\", B3)", plausible=(0.0, 0.08)),
    effect("outside.label_hurt", 0.05, "a label or a horrified look: the hurt of labels moves to 1 by",
           'assumption: some twenty of them make most of the way ("things that have hurt us as people being labelled", '
           "A3)", plausible=(0.0, 0.15)),
    number("outside.public_stigma", 1.0, 0.0, 1.0, "multiple",
           "public attitudes: every stigma set point is multiplied by this (1 = today's; lower: \"more widely "
           "spoken about\", A4)",
           "condition: 1 is today's attitudes, by definition", plausible=(0.7, 1.0)),
)  # fmt: skip


def arrivals_per_week(values: dict[str, Any]) -> float:
    """Newcomers to the area a week, so that on average as many come as leave."""
    return float(values["people.residents"] / (values["people.mean_stay_years"] * _WEEKS_IN_YEAR))
