"""The words a meeting is counted by: who somebody is, where a hindrance sits, how much room is taken."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """Who somebody is in the room; `ROOM` is the facilitator writing for everyone."""

    PRACTITIONER = "uitvoerder"
    MANAGER = "leidinggevende"
    POLICY = "beleid"
    BOARD = "bestuur"
    CHAIN = "ketenpartner"
    EXPERIENCE = "ervaringsdeskundige"
    OTHER = "anders"
    ROOM = "zaal"


#: Whose row an answer about roles is: who speaks from experience speaks as a resident.
SPEAKS_AS = {role: str(role) for role in Role if role not in (Role.OTHER, Role.ROOM)} | {Role.EXPERIENCE: "inwoner"}


class Source(StrEnum):
    """Where a hindrance sits (`bron`)."""

    LAW = "wet"
    POLICY = "beleid"
    PROCESS = "werkproces"
    CHAIN = "keten"
    HABIT = "gewoonte"
    MANDATE = "mandaat"
    DOUBT = "twijfel"


class Status(StrEnum):
    """How much room somebody takes (`status`)."""

    DOING = "doe_ik"
    ALLOWED = "mag"
    UNSURE = "weet_niet"
    NEEDED = "nodig"


class Certainty(StrEnum):
    """How sure somebody is that a domain plays a part."""

    KNOW = "weet"
    SUSPECT = "vermoed"
    ASK = "vragen"
