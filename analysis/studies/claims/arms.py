"""The arms that claims are tried on: scenario files, and single changes of them, declared once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import scenarios
from analysis.compare.arms import Arm
from sim.checks import check_size
from sim.own_rules import RuleFile
from sim.problem import Problem
from sim.scenario import Scenario, load

SCENARIOS = scenarios.FOLDER
FIXED = ("run.seed", "run.weeks", "group.exists")  # what the trial itself decides


class Plan(NamedTuple):
    """An arm: a scenario, and what is changed in it.

    Attributes:
        scenario: name of the scenario file.
        title: one line.
        changes: parameters by dotted name.
    """

    scenario: str
    title: str
    changes: dict[str, Any] = {}  # noqa: RUF012 - nobody writes to it


PLANS: dict[str, Plan] = {
    # the five conditions
    "groupA": Plan("groupA", "Group A"),
    "groupB": Plan("groupB", "Group B"),
    "absent": Plan("absent", "No group"),
    "befriending": Plan("befriending", "Befriending: company without shared experience"),
    "judging": Plan("judging", "A judging group, where confidences leak"),
    # before coming, and the world outside
    "silent": Plan("absent", "No group, and nobody ever tells anybody outside", {"outside.tell_per_year": 0.0}),
    "no horror": Plan("absent", "No group; being met with horror does nothing", {"outside.horrified": 0.0}),
    "outside 0.1": Plan("absent", "No group; outsiders hardly ever accept", {"outside.acceptance": 0.1}),
    "outside 0.3": Plan("absent", "No group; outsiders accept less", {"outside.acceptance": 0.3}),
    "outside 0.6": Plan("absent", "No group; outsiders accept more", {"outside.acceptance": 0.6}),
    "outside 0.9": Plan("absent", "No group; outsiders nearly always accept", {"outside.acceptance": 0.9}),
    "less public stigma": Plan("groupA", "Group A where public attitudes are milder", {"outside.public_stigma": 0.7}),
    "joining at random": Plan("groupA", "Group A, joined at random", {"joining.need_power": 0.0}),
    # a safe space
    "coin toss": Plan("groupA", "Group A, but acceptance is a coin toss", {"group.acceptance": 0.5}),
    "breach 0": Plan("groupA", "Group A without any breach of confidence", {"group.breach_prob": 0.0}),
    "breach 0.03": Plan("groupA", "Group A, a breach at 3 % of meetings", {"group.breach_prob": 0.03}),
    "breach 0.1": Plan("groupA", "Group A, a breach at 10 % of meetings", {"group.breach_prob": 0.1}),
    # as often as services label (1 - outside.services_acceptance)
    "labelling": Plan("groupA", "Group A, but it labels as services do", {"group.labelling": 0.55}),
    "pressure to stop": Plan(
        "groupA", "Group A, but whoever tells is pressed to stop", {"group.pressure_to_stop": 1.0}
    ),
    "support unfelt": Plan("groupA", "Group A; support does not keep guilt away", {"episodes.support_days": 0}),
    "mechanics": Plan("groupA", "Group A, but talk is of how, not why", {"group.mechanics": 1.0}),
    "self-harm only": Plan("groupA", "Group A, where nothing else is spoken of", {"group.wider_life": 0.0}),
    "three hours": Plan("groupA", "Group A, meetings of three hours", {"group.meeting_hours": 3.0}),
    "a meal": Plan("groupA", "Group A, with a meal of an hour after each meeting", {"group.meal_hours": 1.0}),
    # bonds
    "no contact": Plan("groupA", "Group A, no contact between meetings", {"contact.between_meetings": False}),
    "irregular": Plan("groupA", "Group A, as many meetings on days nobody can foresee", {"group.regular": False}),
    "no line": Plan("groupB", "Group B without the phone line", {"group.phone_line": False}),
    # learning
    "no learning": Plan("groupA", "Group A; nothing is learned by listening", {"meeting.learn": 0.0}),
    "no mirror": Plan("groupA", "Group A; nothing is learned by helping", {"meeting.helper": 0.0}),
    # the level and the ways of coping alike, whichever an account has
    "no copying": Plan(
        "groupA",
        "Group A; no ways of coping are taken over",
        {"meeting.cope": 0.0, "meeting.pass_on": 0.0, "meeting.advice": 0.0},
    ),
    "influence 0": Plan("groupA", "Group A without social influence on urges", {"episodes.social_influence": 0.0}),
    **{
        f"influence {kappa:g}": Plan(
            "groupA", f"Group A, social influence on urges at {kappa:g}", {"episodes.social_influence": kappa}
        )
        for kappa in (0.6, 1.0, 2.0, 5.0)
    },
    # the group
    "no monitoring": Plan("groupB", "Group B without monitoring forms", {"organising.monitoring": False}),
    "forms filled in": Plan("groupB", "Group B, all forms filled in", {"organising.monitoring_resisted": 0.0}),
    "no handover": Plan("groupB", "Group B, the clinician stays until the post ends", {"organising.handover": False}),
    "unprepared": Plan("groupB", "Group B, handed over unprepared", {"organising.preparation_weeks": 0}),
    "hidden": Plan("groupA", "Group A, hidden: no publicity", {"joining.publicity_per_year": 0.0}),
    "publicised": Plan("groupA", "Group A, publicised", {"joining.publicity_per_year": 0.5}),
    "widely publicised": Plan("groupA", "Group A, known to everybody", {"joining.publicity_per_year": 2.0}),
    "may hide": Plan("groupA", "Group A, which may close its door", {"mechanisms.door": True}),
    "may not hide": Plan("groupA", "Group A, which never closes its door", {"joining.door_closes_per_year": 0.0}),
    "venue": Plan("groupA", "Group A, practitioners offer a room", {"practitioners.venue": True}),
    "promoted": Plan("groupA", "Group A, promoted by practitioners", {"practitioners.publicity": True}),
    "guidance": Plan("groupA", "Group A, organisers get guidance", {"practitioners.guidance": True}),
    "practitioners": Plan(
        "groupA",
        "Group A with all three",
        {"practitioners.venue": True, "practitioners.publicity": True, "practitioners.guidance": True},
    ),
}
MAIN = ("groupA", "groupB", "befriending", "judging", "absent")
MAIN_WEEKS = 624


def arms_for(
    weeks: Mapping[str, int],
    settings: Mapping[str, Any] | None = None,
    rules: Sequence[RuleFile] = (),
    more: Mapping[str, Plan] | None = None,
    account: Scenario | None = None,
) -> list[Arm]:
    """The arms asked for.

    Args:
        weeks: how long each is to be lived, by name.
        settings: parameters changed in every arm; what an arm itself changes stays as the arm has it.
        rules: files of rules of one's own that act in every arm.
        more: arms beside those declared here.
        account: of how a group works, in every arm; what its scenario or the arm itself says stays.

    Raises:
        Problem: if a scenario file is not there, or a setting would undo the trial.
        ScenarioError: if a setting is not valid.
    """
    changed = dict(settings or {})
    for name in FIXED:
        if name in changed:
            raise Problem(f"--set {name}: is decided by the trial itself; remove it")
    plans = {**PLANS, **(more or {})}
    files = scenarios_named({plans[name].scenario for name in weeks}, account)
    settled = {name: file.with_rules(rules).with_values(changed) for name, file in files.items()}
    arms = []
    for name, plan in plans.items():
        if name in weeks:
            scenario = settled[plan.scenario]
            made = {**scenario.values, **plan.changes, "run.weeks": weeks[name]}
            check_size(made, "--set")
            arms.append(Arm(name, plan.title, made, account=scenario.account))
    return arms


def scenarios_named(names: Iterable[str], account: Scenario | None = None) -> dict[str, Scenario]:
    """Scenarios of this house by name, under an account of how a group works if one is given.

    Raises:
        Problem: if its file is not there.
    """
    found = {}
    for name in names:
        path = SCENARIOS / f"{name}.yaml"
        if not path.is_file():
            raise Problem(f"{path}: no such file; the claims are tried on the scenarios that come with Sameboat")
        found[name] = load(path) if account is None else load(path).with_account(account)
    return found
