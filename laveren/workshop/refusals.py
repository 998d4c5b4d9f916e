"""What can be refused, with the sentence for the person who sees it; it is said in their language where it is shown."""

from __future__ import annotations


class Refused(Exception):
    """Something that was asked and cannot be; `key` names the sentence in the texts, under `refused`."""

    status = 422

    def __init__(self, key: str, *, field: str | None = None, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.field = field
        self.values = values


class NotFound(Refused):
    """There is no such workshop, prompt or answer."""

    status = 404


class NotAllowed(Refused):
    """The key for this is missing."""

    status = 403


class Unknown(Refused):
    """Nobody is known by this cookie or receipt."""

    status = 401


class Gone(Refused):
    """The workshop is over for good."""

    status = 410


class Moved(Refused):
    """The room has moved on since."""

    status = 409


class TooMany(Refused):
    """Too many tries."""

    status = 429
