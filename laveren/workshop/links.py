"""The links of a workshop; a key stands behind the #, where no log and no history sees it."""

from __future__ import annotations

from dataclasses import dataclass

from laveren.workshop.rights import Keys, Seat
from laveren.workshop.rooms import Room


@dataclass(frozen=True)
class Links:
    """Where each goes: participants, the facilitator, a helper, the projector."""

    join: str
    facilitate: str
    help: str
    screen: str


def links(keys: Keys, room: Room, url: str) -> Links:
    """The links at the address `url`, which has no slash at its end."""

    def access(seat: Seat) -> str:
        return f"{url}/toegang#{keys.make(seat, room.code, room.salt)}"

    return Links(
        join=f"{url}/meedoen/{room.code}",
        facilitate=access(Seat.FACILITATOR),
        help=access(Seat.HELPER),
        screen=f"{url}/scherm?code={room.code}",
    )
