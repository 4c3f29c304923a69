"""What must be said wherever results are shown: what they are not, and where to find support."""

from __future__ import annotations

NOBODY = "The people here are invented; nobody is portrayed."
SUPPORT = (
    "If this is close to you, you need not be alone with it. In the UK: Samaritans 116 123 (free, day and night), "
    "NHS 111, 999 if somebody is in danger, and Self Injury Support (selfinjurysupport.org.uk). Elsewhere, your "
    "local services."
)
CARE = (
    f"{NOBODY} The model explores whether a published account is coherent. "
    "It is not evidence that groups work or are safe, and must not be used for individual risk, triage, or to close or "
    "fund a group. It has not been reviewed by people with lived experience."
)
EPISODES = 'Fewer episodes are not "success"; read them beside coping, distress and isolation.'
CAUTION = f"This follows from assumptions; it is no evidence about real groups. {NOBODY} {EPISODES} {SUPPORT}"
