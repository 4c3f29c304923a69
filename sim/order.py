"""The order of states: in memory and in the digest of a life. Names here never move and never go.

What every day needs comes first among the states of people: it then lies together in memory. A state
that is not named comes after those that are, in the order of the week; one that every day needs may be
named in ``HOT``, and then lies before all others. The digest of every result that was ever published is taken
in the order below (see ``sim.life.Life.digest``).
"""

from __future__ import annotations

HOT: tuple[str, ...] = (
    "urge_gain",
    "guilt",
    "assured",
)  # states of people that are not in the list below, and that every day needs

_NAMES = {
    "people": """
        living resident hard_day present organiser visiting expected shared spoke told_episode told_mechanics
        status isolation stigma stressor distress distress_log_odds distress_felt strain shock luck
        distress_this_week hard_days_this_week coping decline episodes_today heard_episode_day
        heard_mechanics_day joined_week first_joined_week supported_day understanding trust circumstances need
        fit energy days_ended_hard_this_week hard_days_through_this_week episodes_this_week attended_this_week
        regularity heard_of left_reason left_week last_attended_day last_episode_day distress_total days_lived
        hard_days days_ended_hard hard_days_through episodes calls_made calls_answered calls_taken line_calls
        line_answered texts meetings socials shares shares_self_harm shares_judged shares_heard help_given
        told_outside told_accepted services_contacts heard_episodes
    """,
    "group": """
        open clinician funded venue met_today present opening_week closed_week closed_reason organisers
        weeks_unled weeks_low most_present circle line_holder meetings_this_week meetings socials attendances
        breaches events
    """,
    "weeks": """
        week open clinician members regulars organisers residents meetings attendances socials tie_mean
        members_isolation members_stigma members_understanding members_coping members_distress members_episodes
        members_hard_days members_hard_days_through residents_isolation residents_stigma residents_understanding
        residents_coping residents_distress residents_episodes residents_hard_days residents_hard_days_through
    """,
    "events": """
        week kind row reason
    """,
}
IN_ORDER = {table: tuple(names.split()) for table, names in _NAMES.items()}
