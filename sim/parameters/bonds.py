"""Ties between members, and contact between meetings."""

from sim.declare import Section, switch

ties = Section(
    "ties",
    "ties between people, and what they do for isolation",
)

contact = Section(
    "contact", "contact between meetings: calls on hard days, the phone line, texts",
    switch("contact.between_meetings", True, "members text and ring each other",
           '"we are all welcome to ring each other" (B3)'),
)  # fmt: skip
