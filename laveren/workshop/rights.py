"""Who may do what: the keys, and the one table that every page and route asks.

Keys are made from the installation's secret and the workshop's salt, so that none is kept anywhere: a stolen
database opens nothing, and an organiser can always look a link up again.
"""

from __future__ import annotations

import base64
import hmac
import os
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Seat(StrEnum):
    """As what somebody comes in."""

    ORGANISER = "organisator"
    FACILITATOR = "begeleider"
    HELPER = "helper"
    ANYONE = "iedereen"


class Act(StrEnum):
    """What can be done; joining and answering need no right, only the code."""

    PREPARE = "prepare"  # make workshops, see their links
    READ_TOGETHER = "read_together"  # themes over all workshops
    SEE_CASES = "see_cases"
    EDIT_CASES = "edit_cases"  # write a case or another version of it, read what came from practice
    PUBLISH_CASES = "publish_cases"  # say that a version was read over, put it in the library or take it out
    EDIT_CODEBOOK = "edit_codebook"  # change the themes that are counted, and the words that suggest them
    CODE = "code"  # say which themes an answer is about
    STEER = "steer"
    MODERATE = "moderate"
    WRITE_FOR_ROOM = "write_for_room"
    EXPORT = "export"


MAY: dict[Seat, frozenset[Act]] = {
    Seat.ORGANISER: frozenset(Act),
    Seat.FACILITATOR: frozenset({Act.STEER, Act.MODERATE, Act.WRITE_FOR_ROOM, Act.EXPORT, Act.SEE_CASES}),
    Seat.HELPER: frozenset({Act.MODERATE}),
    Seat.ANYONE: frozenset(),
}
SECRET_BYTES = 32
_LETTER = {Seat.ORGANISER: "o", Seat.FACILITATOR: "b", Seat.HELPER: "h"}


def read_secret(data: Path) -> bytes:
    """The installation's secret, made at first start, readable by its owner only. Raises ValueError if it is broken."""
    file = data / "secret"
    data.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
            new.write(secrets.token_bytes(SECRET_BYTES))
    except FileExistsError:
        pass
    secret = file.read_bytes()
    if len(secret) != SECRET_BYTES:  # half a secret would make keys that can be guessed
        raise ValueError(f"{file} is not whole: remove it, and new keys are made")
    return secret


@dataclass(frozen=True)
class Keys:
    """Makes keys and says whose they are."""

    secret: bytes

    def make(self, seat: Seat, code: str = "", salt: str = "") -> str:
        """A key like `b.K7M4PX.…`; the organiser's, which opens everything, has no code."""
        seal = hmac.digest(self.secret, f"{seat}:{code}:{salt}".encode(), "sha256")
        parts = (_LETTER[seat], code, base64.b32encode(seal).decode().lower()[:26])
        return ".".join(part for part in parts if part)

    def seat(self, key: str, salt_of: Callable[[str], str | None]) -> tuple[Seat, str] | None:
        """Whose key this is and for which code; None for any other text.

        `salt_of` gives the salt of the workshop with a code, or None.
        """
        letter, _, rest = key.strip().partition(".")
        seat = next((seat for seat, own in _LETTER.items() if own == letter), None)
        code = "" if seat is Seat.ORGANISER else rest.partition(".")[0]
        salt = "" if seat is Seat.ORGANISER else salt_of(code)
        if seat is None or salt is None:
            return None
        return (seat, code) if hmac.compare_digest(self.make(seat, code, salt).encode(), key.strip().encode()) else None


@dataclass(frozen=True)
class Visitor:
    """Somebody with the keys they hold: seats per workshop code, "" for all."""

    seats: tuple[tuple[Seat, str], ...] = ()

    def may(self, act: Act, code: str = "") -> bool:
        """Whether one of the keys opens `act`, in the workshop with this code or anywhere."""
        return any(act in MAY[seat] and (seat is Seat.ORGANISER or own == code) for seat, own in self.seats)

    def codes(self) -> list[str]:
        """The workshops this visitor holds a key of."""
        return [code for _, code in self.seats if code]


def visitor(keys: Keys, held: Iterable[str], salt_of: Callable[[str], str | None]) -> Visitor:
    """Reads the keys somebody holds; what is no key counts for nothing."""
    return Visitor(tuple(seat for key in held if (seat := keys.seat(key, salt_of))))
