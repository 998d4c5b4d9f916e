"""Guessing a code is slow: wrong codes are counted per address."""

from __future__ import annotations

import time
from collections import deque

from laveren.workshop.refusals import TooMany


class WrongCodes:
    """Counts wrong codes per address: guessing is slow, a room behind one address is not."""

    LIMIT, WINDOW = 100, 60.0

    def __init__(self) -> None:
        self._wrong: dict[str, deque[float]] = {}

    def check(self, address: str) -> None:
        """Refuses an address that tried too many wrong codes in the last minute."""
        tries = self._wrong.get(address)
        while tries and tries[0] < time.monotonic() - self.WINDOW:
            tries.popleft()
        if tries and len(tries) >= self.LIMIT:
            raise TooMany("too_many_tries")

    def note(self, address: str) -> None:
        """A wrong code from this address."""
        self._wrong.setdefault(address, deque()).append(time.monotonic())
